//! Owners' replies and notices of carriers: e-mails, mailboxes and calendars.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    windowsill_fuzz::import(&["replies", "maintnote"], "x.eml", bytes);
});
