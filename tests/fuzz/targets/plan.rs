//! Plan files: any bytes are read or refused, and what is read is written so that it is read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use windowsill::store;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match store::parse(&text) {
        Ok(loaded) => windowsill_fuzz::survives(&loaded.plan),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
