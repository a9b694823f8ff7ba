//! Times as files for programs write them.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{LocalMinute, UtcMinute};
use crate::wording::iso;

/// An instant in UTC, written as RFC 3339 does: "2027-03-13T22:00:00Z".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IsoInstant(pub UtcMinute);

/// A reading of a wall clock, written without a zone: "2027-03-13T22:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IsoLocalTime(pub LocalMinute);

impl fmt::Display for IsoInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&iso::utc_second(self.0))
    }
}

impl fmt::Display for IsoLocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&iso::local_minute(self.0))
    }
}

impl Serialize for IsoInstant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for IsoLocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
