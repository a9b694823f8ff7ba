//! Identifiers: readable slugs, given once and never changed.
//!
//! A record's id is what other records, exported calendars and people's notes refer to,
//! so renaming a record leaves its id alone. Each kind of record has an id type of its own:
//! a group's id cannot stand where a window's is meant.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest slug that [`slug`] makes, in bytes. Longer ids in a file are read as they are.
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

            /// An id for something called `name` that `is_taken` does not know yet.
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
    /// Names a plan in the UIDs of everything exported from it.
    PlanId
    /// Names a business area.
    AreaId
    /// Names a system.
    SystemId
    /// Names a ladder.
    LadderId
    /// Names a group; unique in the whole plan, not only on its ladder.
    GroupId
    /// Names a vendor's release calendar.
    ReleaseId
    /// Names a maintenance window.
    WindowId
    /// Names a change freeze.
    FreezeId
    /// Names a holiday calendar.
    HolidayId
    /// Names a person.
    PersonId
    /// Names a team.
    TeamId
    /// Names an advisory, mostly by its CVE number in lower case.
    AdvisoryId
    /// Names a checklist template.
    ChecklistId
    /// Names an accepted finding.
    AcceptanceId
}

/// `name` as a slug: lower-case ASCII letters and digits with single hyphens between words.
/// A name without any of those (other scripts) becomes `item`.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'ä' | 'å' | 'à' | 'á' | 'â' => out.push('a'),
            'ö' | 'ø' | 'ó' | 'ô' => out.push('o'),
            'ü' | 'ú' => out.push('u'),
            'é' | 'è' | 'ê' => out.push('e'),
            'ß' => out.push_str("ss"),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
        if out.len() >= LONGEST_SLUG {
            break;
        }
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
