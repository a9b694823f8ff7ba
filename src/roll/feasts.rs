//! Days that move from year to year and that freezes are named after: Easter and Thanksgiving.

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};

/// A feast whose date differs from year to year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    Easter,
    Thanksgiving,
}

/// A date this far from its feast has nothing to do with it, whatever it is called.
const FURTHEST_DAYS: i64 = 70;

impl Feast {
    /// The feast that a freeze or a date is named after.
    pub fn named_in(name: &str) -> Option<Self> {
        const EASTER: [&str; 9] = [
            "easter",
            "good friday",
            "holy week",
            "ascension",
            "whit",
            "pentecost",
            "corpus christi",
            "carnival",
            "lent",
        ];
        const THANKSGIVING: [&str; 3] = ["thanksgiving", "black friday", "cyber monday"];
        let name = name.to_lowercase();
        let has_word = |word: &&str| {
            let mut starts = name.match_indices(*word).map(|(at, _)| at);
            starts.any(|at| !name[..at].ends_with(char::is_alphabetic))
        };
        if EASTER.iter().any(has_word) {
            return Some(Self::Easter);
        }
        THANKSGIVING.iter().any(has_word).then_some(Self::Thanksgiving)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Easter => "Easter Sunday",
            Self::Thanksgiving => "Thanksgiving",
        }
    }

    /// Its date in that year.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Easter => easter(year),
            Self::Thanksgiving => NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4),
        }
    }

    /// The date that many years later, at the same distance from the feast, and that distance in words: "2 days before
    /// Easter Sunday". None if the date is too far from it.
    pub fn later(self, on: NaiveDate, years: i32) -> Option<(NaiveDate, String)> {
        let days = (on - self.in_year(on.year())?).num_days();
        if days.abs() > FURTHEST_DAYS {
            return None;
        }
        let later = self.in_year(on.year() + years)?.checked_add_signed(TimeDelta::try_days(days)?)?;
        let distance = crate::wording::counted(days.unsigned_abs(), "day");
        let words = match days {
            0 => self.name().to_owned(),
            days if days < 0 => format!("{distance} before {}", self.name()),
            _ => format!("{distance} after {}", self.name()),
        };
        Some((later, words))
    }
}

/// Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, year_of_century) = (year % 19, year / 100, year % 100);
    let moon_correction = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_on_the_known_dates() {
        for (year, expected) in [
            (1981, "1981-04-19"),
            (2000, "2000-04-23"),
            (2024, "2024-03-31"),
            (2027, "2027-03-28"),
            (2028, "2028-04-16"),
            (2038, "2038-04-25"),
            (2049, "2049-04-18"),
            (2076, "2076-04-19"),
        ] {
            assert_eq!(easter(year).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn the_friday_after_thanksgiving_may_be_the_fifth_one() {
        let (later, words) = Feast::Thanksgiving.later("2027-11-26".parse().unwrap(), 2).unwrap();
        assert_eq!((later.to_string().as_str(), words.as_str()), ("2029-11-23", "1 day after Thanksgiving"));
        // November 2030 begins on a Friday.
        let (later, _) = Feast::Thanksgiving.later("2027-11-26".parse().unwrap(), 3).unwrap();
        assert_eq!(later.to_string(), "2030-11-29");
    }

    #[test]
    fn feasts_are_found_in_names_as_whole_words() {
        assert_eq!(Feast::named_in("Good Friday to Easter Monday"), Some(Feast::Easter));
        assert_eq!(Feast::named_in("Black Friday weekend"), Some(Feast::Thanksgiving));
        assert_eq!(Feast::named_in("Silent night, talent day"), None);
        assert_eq!(Feast::named_in("Year end"), None);
        assert_eq!(Feast::Easter.later("2027-12-24".parse().unwrap(), 1), None);
    }
}
