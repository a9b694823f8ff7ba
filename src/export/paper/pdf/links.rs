//! Links from the contents to sheets. They are printed as addresses, which binding replaces by pages.

use lopdf::{Dictionary, Object};

/// The beginning of the address of a sheet; its number follows.
pub const ADDRESS: &str = "https://sheet.invalid/";

/// The number of the sheet to which a link leads.
pub fn sheet_of(link: &Dictionary) -> Option<usize> {
    let address = link.get(b"A").and_then(Object::as_dict).and_then(|action| action.get(b"URI"));
    let address = address.and_then(Object::as_str).ok()?;
    std::str::from_utf8(address).ok()?.strip_prefix(ADDRESS)?.parse().ok()
}
