//! Calendars of other programs as windows, holidays, freezes and notices of carriers.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let kinds = ["windows-calendar", "holidays-calendar", "freezes-calendar", "maintnote"];
    windowsill_fuzz::import(&kinds, "x.ics", bytes);
});
