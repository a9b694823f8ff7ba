//! Estimated durations: one number, or three for the best, the likely and the worst case.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Minutes, ParseMinutesError};

/// An estimated duration. The fit uses the likely value, the simulation all three (beta-PERT).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Guess {
    pub best: Minutes,
    pub likely: Minutes,
    pub worst: Minutes,
}

impl Guess {
    /// A duration without uncertainty.
    pub const fn sure(minutes: Minutes) -> Self {
        Self { best: minutes, likely: minutes, worst: minutes }
    }

    /// Sorts three durations into best, likely and worst.
    pub fn from_three(a: Minutes, b: Minutes, c: Minutes) -> Self {
        let mut sorted = [a, b, c];
        sorted.sort_unstable();
        let [best, likely, worst] = sorted;
        Self { best, likely, worst }
    }

    pub fn is_fixed(self) -> bool {
        self.best == self.worst
    }
}

impl From<Minutes> for Guess {
    fn from(minutes: Minutes) -> Self {
        Self::sure(minutes)
    }
}

impl fmt::Display for Guess {
    /// "20 min", or "20 min / 30 min / 1 h 30"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_fixed() { self.likely.fmt(f) } else { write!(f, "{} / {} / {}", self.best, self.likely, self.worst) }
    }
}

impl FromStr for Guess {
    type Err = ParseMinutesError;

    /// Parses one duration, or three separated by slashes: "20m/30m/1h30".
    fn from_str(text: &str) -> Result<Self, ParseMinutesError> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [one] => one.parse().map(Self::sure),
            [best, likely, worst] => Ok(Self::from_three(best.parse()?, likely.parse()?, worst.parse()?)),
            _ => Err(ParseMinutesError(text.trim().to_owned())),
        }
    }
}

impl Serialize for Guess {
    /// "30m", or "20m/30m/1h30m"
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_fixed() {
            return self.likely.serialize(serializer);
        }
        serializer.collect_str(&format_args!("{}/{}/{}", self.best.typed(), self.likely.typed(), self.worst.typed()))
    }
}

impl<'de> Deserialize<'de> for Guess {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_fixed_and_three_are_sorted() {
        for (text, [best, likely, worst], shown) in [
            ("30m", [30, 30, 30], "30 min"),
            ("20m/30m/1h30", [20, 30, 90], "20 min / 30 min / 1 h 30"),
            ("1h30 / 20m / 30m", [20, 30, 90], "20 min / 30 min / 1 h 30"),
        ] {
            let guess = Guess { best: Minutes(best), likely: Minutes(likely), worst: Minutes(worst) };
            assert_eq!(text.parse(), Ok(guess), "{text}");
            assert_eq!(guess.to_string(), shown);
        }
    }

    #[test]
    fn two_numbers_and_other_texts_are_refused() {
        for text in ["", "20m/30m", "20m/30m/1h/2h", "20m//30m", "soon"] {
            assert!(text.parse::<Guess>().is_err(), "{text}");
        }
    }
}
