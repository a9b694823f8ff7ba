//! Tables as text or workbooks, as the kind that the first byte names.

#![no_main]

use libfuzzer_sys::fuzz_target;

const KINDS: [&str; 9] = [
    "windows-table",
    "holidays-table",
    "freezes-table",
    "systems-table",
    "areas-table",
    "people-table",
    "scans-table",
    "bulletins-table",
    "advisories-table",
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((first, rest)) = bytes.split_first() {
        windowsill_fuzz::import(&[KINDS[usize::from(*first) % KINDS.len()]], "x.csv", rest);
    }
});
