//! The time at which a checklist item is due, relative to its block: "30 min before".

use std::fmt;
use std::str::FromStr;

use super::{Minutes, ParseMinutesError};

/// Minutes after a time, or before it if negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset(pub i32);

impl fmt::Display for Offset {
    /// "30 min before", "1 h 30 after"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.0 < 0 { "before" } else { "after" };
        write!(f, "{} {side}", Minutes(self.0.unsigned_abs()))
    }
}

/// The error for an invalid offset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseOffsetError {
    #[error(transparent)]
    Length(#[from] ParseMinutesError),
    #[error("Missing \"before\" or \"after\" in \"{0}\": use e.g. 30 min before, 1 h after or -30m")]
    Side(String),
}

impl FromStr for Offset {
    type Err = ParseOffsetError;

    /// Parses "30 min before", "1h30 after", "-30m" and "+2h".
    fn from_str(text: &str) -> Result<Self, ParseOffsetError> {
        let lower = text.trim().to_lowercase();
        let sided = [
            (lower.strip_suffix("before"), -1),
            (lower.strip_suffix("after"), 1),
            (lower.strip_prefix('-'), -1),
            (lower.strip_prefix('−'), -1),
            (lower.strip_prefix('+'), 1),
        ];
        let (length, sign) = sided
            .into_iter()
            .find_map(|(length, sign)| Some((length?, sign)))
            .ok_or_else(|| ParseOffsetError::Side(text.trim().to_owned()))?;
        Ok(Self(sign * length.parse::<Minutes>()?.signed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_survive_a_round_trip() {
        for (text, minutes) in [
            ("30 min before", -30),
            ("30m Before", -30),
            ("1 h 30 after", 90),
            ("2d before", -2880),
            ("-45m", -45),
            ("− 45 min", -45),
            ("+1:30", 90),
            ("0m after", 0),
        ] {
            assert_eq!(text.parse(), Ok(Offset(minutes)), "{text}");
            assert_eq!(Offset(minutes).to_string().parse(), Ok(Offset(minutes)), "{text}");
        }
    }

    #[test]
    fn an_offset_needs_a_side_and_a_length() {
        assert_eq!("30 min".parse::<Offset>(), Err(ParseOffsetError::Side("30 min".to_owned())));
        for text in ["before", "-", "soon after", "30 min before after", "-30m before", "400d before", "--3m"] {
            assert!(text.parse::<Offset>().is_err(), "{text}");
        }
    }

    #[test]
    fn extreme_offsets_are_displayed() {
        assert!(Offset(i32::MIN).to_string().ends_with(" before"));
        assert!(Offset(i32::MAX).to_string().ends_with(" after"));
    }
}
