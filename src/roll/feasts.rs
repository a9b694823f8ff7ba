//! Feasts that freezes and dates are named after and whose dates differ from year to year.

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};

use super::name_words::NameWords;
use crate::wording::counted;

/// A feast whose date differs from year to year and can be calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    Easter,
    Thanksgiving,
}

/// Names of days that have a fixed distance from Easter Sunday.
const EASTER: &str = "easter, good friday, holy week, maundy thursday, palm sunday, ascension, whit, whitsun, whitsuntide, \
    pentecost, corpus christi, carnival, mardi gras, shrove monday, shrove tuesday, ash wednesday, lent, \
    ostern, osterferien, ostersonntag, ostermontag, osterwochenende, karfreitag, karwoche, \
    gründonnerstag, himmelfahrt, christi himmelfahrt, pfingsten, pfingstsonntag, pfingstmontag, \
    pfingstferien, fronleichnam, karneval, fasching, rosenmontag, aschermittwoch, pâques, pentecôte, \
    pasqua, semana santa";
const THANKSGIVING: &str = "thanksgiving, black friday, cyber monday";

/// Names of feasts that follow the moon, or another church calendar.
const BY_CALENDAR: &str = "chinese new year, lunar new year, spring festival, mid autumn, golden week, tet, seollal, chuseok, \
    diwali, deepavali, holi, vesak, nowruz, ramadan, eid, ashura, islamic new year, jewish new year, \
    rosh hashanah, yom kippur, passover, sukkot, hanukkah, orthodox easter, greek easter, pascha";

impl Feast {
    /// The feast that a freeze or a date is named after.
    pub fn named_in(name: &str) -> Option<Self> {
        let words = NameWords::new(name);
        if words.name(BY_CALENDAR).is_some() {
            return None;
        }
        if words.name(EASTER).is_some() {
            return Some(Self::Easter);
        }
        words.name(THANKSGIVING).is_some().then_some(Self::Thanksgiving)
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

    /// A date further from its feast has nothing to do with it, whatever it is called. Carnival begins seven weeks before
    /// Easter, Corpus Christi is 60 days after it.
    fn furthest_days(self) -> i64 {
        match self {
            Self::Easter => 70,
            Self::Thanksgiving => 14,
        }
    }

    /// The date that many years later, at the same distance from the feast, and that distance in words: "2 days before
    /// Easter Sunday". None if the date is too far from it.
    pub fn later(self, on: NaiveDate, years: i32) -> Option<(NaiveDate, String)> {
        let days = (on - self.in_year(on.year())?).num_days();
        if days.abs() > self.furthest_days() {
            return None;
        }
        let later = self.in_year(on.year() + years)?.checked_add_signed(TimeDelta::try_days(days)?)?;
        let distance = counted(days.unsigned_abs(), "day");
        let words = match days {
            0 => self.name().to_owned(),
            days if days < 0 => format!("{distance} before {}", self.name()),
            _ => format!("{distance} after {}", self.name()),
        };
        Some((later, words))
    }
}

/// The name of a feast whose date must be looked up: "lunar new year".
pub fn feast_of_a_calendar(name: &str) -> Option<&'static str> {
    NameWords::new(name).name(BY_CALENDAR)
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
        // That of Canada is in October.
        assert_eq!(Feast::Thanksgiving.later("2027-10-11".parse().unwrap(), 1), None);
    }

    #[test]
    fn feasts_are_found_in_names_as_whole_words() {
        for (name, feast) in [
            ("Good Friday to Easter Monday", Some(Feast::Easter)),
            ("Whit Monday", Some(Feast::Easter)),
            ("WHITSUN", Some(Feast::Easter)),
            ("Freeze (Easter)", Some(Feast::Easter)),
            ("Pre-Easter", Some(Feast::Easter)),
            ("Ostermontag", Some(Feast::Easter)),
            ("Black Friday weekend", Some(Feast::Thanksgiving)),
            ("Black-Friday", Some(Feast::Thanksgiving)),
            ("Eastern datacenter", None),
            ("Northeaster", None),
            ("Easterly", None),
            ("Whitehall move", None),
            ("White box switches", None),
            ("Carnivalesque", None),
            ("Lenten rose", None),
            ("Valentine", None),
            ("Silent night, talent day", None),
            ("Good and Friday", None),
            ("Orthodox Easter", None),
            ("Year end", None),
        ] {
            assert_eq!(Feast::named_in(name), feast, "{name}");
        }
        assert_eq!(Feast::Easter.later("2027-12-24".parse().unwrap(), 1), None);
        assert_eq!(feast_of_a_calendar("Lunar New Year (HK)"), Some("lunar new year"));
        assert_eq!(feast_of_a_calendar("Holiday"), None);
    }
}
