//! The answers of calendar servers.

#![no_main]

use libfuzzer_sys::fuzz_target;
use windowsill::publish::Url;
use windowsill::publish::multistatus::parse_members;

fuzz_target!(|bytes: &[u8]| {
    let url = Url::parse("https://dav.bank.example/calendars/harbour/").unwrap().url;
    let _ = parse_members(&String::from_utf8_lossy(bytes), &url);
});
