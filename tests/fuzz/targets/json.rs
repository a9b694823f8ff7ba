//! CISA's catalogue of known exploited vulnerabilities.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    windowsill_fuzz::import(&["advisories-kev"], "x.json", bytes);
});
