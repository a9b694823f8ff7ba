//! Identifiers: readable slugs that are assigned once and never change.
//!
//! Other records, exported calendars and people's notes refer to a record by its id, so renaming a record does not
//! change its id. Each kind of record has its own id type, so the compiler does not accept a group's id for a window's.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest slug that [`slug`] makes, in bytes. Longer ids in a file are accepted.
pub const LONGEST_SLUG: usize = 40;

macro_rules! id_type {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(id: &str) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// An id for something new called `name`: the name and `word`, which is random, so that nobody else's new
            /// record has the same id. `is_taken` is false for it.
            pub fn unique(name: &str, word: &str, is_taken: impl Fn(&Self) -> bool) -> Self {
                Self::unused(&format!("{} {word}", slug(name)), is_taken)
            }

            /// An id for something called `name` for which `is_taken` is false.
            pub fn unused(name: &str, is_taken: impl Fn(&Self) -> bool) -> Self {
                let base = slug(name);
                let mut id = Self::new(&base);
                let mut number = 2;
                while is_taken(&id) {
                    id = Self::new(&format!("{base}-{number}"));
                    number += 1;
                }
                id
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }
    )*};
}

id_type! {
    /// The id of a plan, part of the UID of everything exported from it.
    PlanId
    /// The id of a business area.
    AreaId
    /// The id of a system.
    SystemId
    /// The id of a ladder.
    LadderId
    /// The id of a group; unique in the whole plan, not only on its ladder.
    GroupId
    /// The id of a vendor's release calendar.
    ReleaseId
    /// The id of a maintenance window.
    WindowId
    /// The id of a change freeze.
    FreezeId
    /// The id of a holiday calendar.
    HolidayId
    /// The id of a carrier's notice.
    NoticeId
    /// The id of a person.
    PersonId
    /// The id of a team.
    TeamId
    /// The id of a scan routine.
    ScanRoutineId
    /// The id of a duty to read bulletins.
    BulletinDutyId
    /// The id of an advisory, usually its CVE number in lower case.
    AdvisoryId
    /// The id of a checklist template.
    ChecklistId
    /// The id of an acceptance.
    AcceptanceId
    /// The name by which windows refer to a zone of the plan.
    ZoneId
}

/// `name` as a slug: lower-case ASCII letters and digits with single hyphens between words.
/// A name without any of those, for example in another script, becomes `item`.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let mut ascii = [0; 4];
        let piece = match c {
            'a'..='z' | '0'..='9' => &*c.encode_utf8(&mut ascii),
            'ä' | 'å' | 'à' | 'á' | 'â' | 'ã' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
            'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ö' | 'ø' | 'ó' | 'ò' | 'ô' | 'õ' | 'ő' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ß' => "ss",
            'ś' | 'š' | 'ş' => "s",
            'ü' | 'ú' | 'ù' | 'û' | 'ű' | 'ů' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            _ if !out.is_empty() && !out.ends_with('-') => "-",
            _ => "",
        };
        if out.len() + piece.len() > LONGEST_SLUG {
            break;
        }
        out.push_str(piece);
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "item".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable_and_never_empty() {
        assert_eq!(slug("Core DB patching"), "core-db-patching");
        assert_eq!(slug("  Web + API (EU) "), "web-api-eu");
        assert_eq!(slug("Jahresabschluß Zürich"), "jahresabschluss-zurich");
        assert_eq!(slug("España, Łódź, Français"), "espana-lodz-francais");
        assert_eq!(slug(&"ß".repeat(40)).len(), LONGEST_SLUG);
        assert_eq!(slug(&format!("a{}", "ß".repeat(40))).len(), LONGEST_SLUG - 1);
        assert_eq!(slug("保守"), "item");
        assert!(slug(&"long ".repeat(40)).len() <= LONGEST_SLUG);
    }

    #[test]
    fn an_unused_id_counts_up() {
        let taken = ["core-db", "core-db-2"];
        let id = WindowId::unused("Core DB", |id| taken.contains(&id.as_str()));
        assert_eq!(id.as_str(), "core-db-3");
    }
}
