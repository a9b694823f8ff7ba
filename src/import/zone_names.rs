//! Time zone names of other programs: IANA, Windows, Exchange, and names with a vendor's prefix.

use std::collections::HashMap;
use std::sync::LazyLock;

use calcard::common::timezone::Tz;

use crate::schedule::time::zone;

/// The longest name that is looked up, in bytes.
const LONGEST_NAME: usize = 100;

/// IANA names by their lower-case spelling.
static NAMES: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| zone::names().into_iter().map(|name| (name.to_lowercase(), name)).collect());

/// The IANA name of a zone, in its usual spelling: "W. Europe Standard Time" is Europe/Berlin. `None` if it is unknown.
pub(super) fn iana_name(name: &str) -> Option<String> {
    let name = name.trim().trim_matches('"');
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let known = |name: &str| NAMES.get(&name.to_lowercase()).cloned();
    known(name).or_else(|| foreign_name(name).and_then(|name| known(&name))).or_else(|| {
        // "/vendor.example/Europe/Berlin", "posix/America/Indiana/Knox": the longest suffix that is a zone.
        let suffixes = name.match_indices('/').map(|(slash, _)| &name[slash + 1..]);
        suffixes.filter(|suffix| suffix.contains('/')).find_map(known)
    })
}

/// The IANA name of a zone that calcard knows by another name.
fn foreign_name(name: &str) -> Option<String> {
    match name.parse::<Tz>().ok()? {
        // Offsets that are not whole hours have no IANA name.
        Tz::Fixed(offset) if offset.local_minus_utc() % 3600 != 0 => None,
        zone => zone.name().map(std::borrow::Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_other_programs_get_their_iana_name() {
        for (name, expected) in [
            ("Europe/Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("W. Europe Standard Time", Some("Europe/Berlin")),
            ("Pacific Standard Time", Some("America/Los_Angeles")),
            ("/mozilla.org/20070129_1/Europe/Brussels", Some("Europe/Brussels")),
            ("/vendor.example/America/Indiana/Knox", Some("America/Indiana/Knox")),
            ("\"Eastern Standard Time\"", Some("America/New_York")),
            ("Middle Earth", None),
            ("", None),
        ] {
            assert_eq!(iana_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(iana_name(&"x".repeat(1000)), None);
    }
}
