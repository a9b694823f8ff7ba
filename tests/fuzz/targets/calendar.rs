//! Calendars of other programs as windows, holidays and freezes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    windowsill_fuzz::import(&["windows-calendar", "holidays-calendar", "freezes-calendar"], "x.ics", bytes);
});
