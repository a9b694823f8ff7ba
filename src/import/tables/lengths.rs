//! Lengths as people type them. What a bare number means is decided for the whole column.

use crate::model::Minutes;

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
    /// "4.30" is four hours and a half.
    HoursAndMinutes,
}

impl LengthUnit {
    fn plural(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Hours => "hours",
            Self::HoursAndMinutes => "hours and minutes",
            Self::Minutes => "minutes",
            Self::Seconds => "seconds",
        }
    }

    fn in_minutes(self) -> f64 {
        match self {
            Self::Days => 24.0 * 60.0,
            Self::Hours | Self::HoursAndMinutes => 60.0,
            Self::Minutes => 1.0,
            Self::Seconds => 1.0 / 60.0,
        }
    }
}

/// How the lengths of a column are read.
#[derive(Clone, Copy, Debug)]
pub struct LengthColumn {
    unit: LengthUnit,
    /// The title of the column names the unit.
    is_named: bool,
    /// A number of the column may be a share of a day or of hours.
    is_open: bool,
}

/// More decimals than people type: spreadsheets keep times as shares of a day.
const MOST_DECIMALS: usize = 3;

impl LengthColumn {
    /// By the unit in the column's title, else by its numbers: hours if none is above 24, otherwise minutes.
    /// One number that can only be a share of a day makes all of them that: 0.25 is six hours beside 0.1875.
    pub fn new<'a>(cells: impl Iterator<Item = &'a str>, named: Option<LengthUnit>) -> Self {
        let (mut longest, mut is_open, mut is_share) = (0.0, false, false);
        for (text, number) in cells.filter_map(|text| Some((text, number(text)?))) {
            longest = f64::max(longest, number);
            let is_whole = |minutes: f64| (minutes - minutes.round()).abs() <= ROUNDING;
            if decimals(text) > MOST_DECIMALS && is_whole(number * LengthUnit::Days.in_minutes()) {
                is_open = true;
                is_share |= !is_whole(number * 60.0);
            }
        }
        let unit = match named {
            Some(unit) => unit,
            None if is_share => LengthUnit::Days,
            None if longest <= 24.0 => LengthUnit::Hours,
            None => LengthUnit::Minutes,
        };
        Self { unit, is_named: named.is_some(), is_open: is_open && !is_share && named.is_none() }
    }

    /// Reads "4h", "3.5h", "3,5 Std", "90 min", "04:00:00", "4:00", "PT4H", "4 Stunden 30 Minuten" and bare numbers.
    ///
    /// # Errors
    /// Why it is not a length, as a sentence.
    pub fn length(&self, text: &str) -> Result<Minutes, String> {
        let length = match number(text) {
            Some(number) => self.number_as_length(text, number)?,
            None => read(text)?,
        };
        if length.is_zero() {
            return Err(format!("Invalid duration \"{text}\": a window lasts at least one minute"));
        }
        Ok(length)
    }

    /// Says how a bare number is read, unless the title says it.
    pub fn reading(&self, text: &str) -> Option<String> {
        let number = number(text).filter(|_| !self.is_named)?;
        let length = self.number_as_length(text, number).ok()?;
        Some(format!("Lengths without a unit are read as {}: \"{text}\" is {length}", self.unit.plural()))
    }

    /// What bare numbers of the column count. None if it has no bare number.
    pub fn unit_in<'a>(&self, mut cells: impl Iterator<Item = &'a str>) -> Option<&'static str> {
        cells.any(|text| number(text).is_some()).then(|| self.unit.plural())
    }

    fn number_as_length(&self, text: &str, number: f64) -> Result<Minutes, String> {
        if self.is_open {
            // 0.166666667 could be a sixth of an hour or of a day.
            return Err(format!("Invalid duration \"{text}\" (hours, or a share of a day): use e.g. 4h or 04:00"));
        }
        if decimals(text) > MOST_DECIMALS && self.unit != LengthUnit::Days {
            return Err(format!("Invalid duration \"{text}\": use e.g. 4h or 04:00"));
        }
        if self.unit == LengthUnit::HoursAndMinutes
            && let Some((hours, minutes)) = text.trim().split_once(['.', ','])
        {
            let clock = if minutes.len() == 2 { with_colons(&format!("{hours}:{minutes}")) } else { None };
            return clock.ok_or_else(|| {
                format!("Invalid duration \"{text}\": its title says hours and minutes, use e.g. 4:30")
            });
        }
        whole(number * self.unit.in_minutes(), text)
    }
}

/// How many decimals a number has.
fn decimals(text: &str) -> usize {
    text.trim().split_once(['.', ',']).map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len())
}

/// The unit that a word is short or long for, in minutes.
fn unit(word: &str) -> Option<f64> {
    match word {
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" => Some(24.0 * 60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" => Some(60.0),
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Some(1.0),
        "s" | "sec" | "second" | "seconds" | "sekunden" => Some(1.0 / 60.0),
        _ => None,
    }
}

/// Whether a word is a unit of lengths: "min", "Std".
pub fn is_unit(word: &str) -> bool {
    unit(&word.to_lowercase()).is_some()
}

/// Whether a title says that hours and minutes are separated: "Dauer (h:min)", "hh.mm".
pub fn names_hours_and_minutes(title: &str) -> bool {
    let lower = title.to_lowercase();
    let word_before = |at: usize| lower[..at].trim_end_matches([']', ' ']).rsplit(|c: char| !c.is_alphabetic()).next();
    let word_after = |at: usize| lower[at + 1..].trim_start().split(|c: char| !c.is_alphabetic()).next();
    lower.match_indices([':', '.']).any(|(at, _)| {
        let is_hour = matches!(word_before(at), Some("h" | "hh" | "hrs" | "hours" | "std" | "stunden"));
        is_hour && matches!(word_after(at), Some("m" | "mm" | "min" | "mins" | "minutes" | "minuten"))
    })
}

/// The unit that the words of a title name: "Dauer (h)", "Stunden".
pub fn unit_in_title(title: &str) -> Option<LengthUnit> {
    if names_hours_and_minutes(title) {
        return Some(LengthUnit::HoursAndMinutes);
    }
    let lower = title.to_lowercase();
    let named = lower.split(|c: char| !c.is_alphanumeric()).find_map(unit)?;
    let all = [LengthUnit::Days, LengthUnit::Hours, LengthUnit::Minutes, LengthUnit::Seconds];
    all.into_iter().find(|unit| (unit.in_minutes() - named).abs() < f64::EPSILON)
}

/// A number without a unit.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    let is_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.len() < 20;
    if is_number { text.parse().ok() } else { None }
}

/// A length with units or colons.
///
/// # Errors
/// Why it is not a length, as a sentence.
pub fn read(text: &str) -> Result<Minutes, String> {
    let wrong = || format!("Invalid duration \"{}\": use e.g. 4h, 90m, 3h30 or 2d, at most 366 days", text.trim());
    if let Ok(length) = text.parse::<Minutes>() {
        return Ok(length);
    }
    let lower = text.trim().to_lowercase().replace(',', ".");
    if lower.len() > 60 {
        return Err(format!("Invalid duration of {} characters: use e.g. 4h", text.chars().count()));
    }
    if lower.contains(':') {
        return with_colons(&lower).ok_or_else(wrong);
    }
    let rest = lower.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == 't'));
    let mut rest = rest.map_or_else(|| lower.clone(), |rest| rest.replacen('t', "", 1));
    let mut minutes = 0.0;
    let mut last = f64::INFINITY;
    while !rest.trim().is_empty() {
        let (number, unit, after) = part(rest.trim()).ok_or_else(wrong)?;
        if unit >= last {
            return Err(wrong());
        }
        (minutes, last, rest) = (minutes + number * unit, unit, after.to_owned());
    }
    if last.is_infinite() { Err(wrong()) } else { whole(minutes, text) }
}

/// "3.5", its unit in minutes, and the text after it.
fn part(text: &str) -> Option<(f64, f64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let after = after.trim_start_matches(['.', ' ']);
    let after = after.strip_prefix("und ").or_else(|| after.strip_prefix("and ")).unwrap_or(after);
    Some((number.parse().ok()?, unit(word)?, after))
}

/// "04:00:00" is four hours.
fn with_colons(text: &str) -> Option<Minutes> {
    let text = text.strip_suffix('h').or_else(|| text.strip_suffix("std")).unwrap_or(text).trim();
    let mut parts = text.split(':');
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let hours = number(parts.next()?)?;
    let minutes = number(parts.next()?).filter(|minutes| *minutes < 60)?;
    let seconds = parts.next().map_or(Some("00"), |seconds| Some(seconds.split('.').next().unwrap_or(seconds)))?;
    let is_whole = number(seconds)? == 0 && parts.next().is_none();
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (is_whole && all <= Minutes::LONGEST.0).then_some(Minutes(all))
}

/// How far from a whole minute a calculated number may be.
const ROUNDING: f64 = 0.01;

fn whole(minutes: f64, text: &str) -> Result<Minutes, String> {
    let whole = minutes.round();
    if (minutes - whole).abs() > ROUNDING {
        return Err(format!("Invalid duration \"{text}\": use whole minutes, e.g. 4h or 90m"));
    }
    if whole > f64::from(Minutes::LONGEST.0) {
        return Err(format!("Invalid duration \"{text}\": use at most 366 days"));
    }
    Ok(Minutes(whole as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(column: &[&str], text: &str) -> Option<u32> {
        let column = LengthColumn::new(column.iter().copied().chain([text]), None);
        column.length(text).ok().map(|length| length.0)
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, expected) in [
            ("4h", 240),
            ("4 h", 240),
            ("3.5h", 210),
            ("3,5 h", 210),
            ("3,5 Std.", 210),
            ("04:00:00", 240),
            ("4:00", 240),
            ("04:00", 240),
            ("240", 240),
            ("240 min", 240),
            ("4", 240),
            ("0.5", 30),
            ("4.0", 240),
            ("PT4H", 240),
            ("PT3H30M", 210),
            ("P1DT2H", 1560),
            ("4 Stunden", 240),
            ("4 hours 30 minutes", 270),
            ("4 Stunden und 30 Minuten", 270),
            ("1 day", 1440),
            ("26:00:00", 1560),
            ("1,5 Tage", 2160),
            ("3h35", 215),
            ("4:00 h", 240),
            ("24", 1440),
            ("25", 25),
        ] {
            assert_eq!(minutes(&[], text), Some(expected), "{text}");
        }
        for text in
            ["", "0", "0h", "long", "4x", "0.166666667", "-4", "4h4h", "3:75", "400d", "1e3", "4m4h", "10s", "é"]
        {
            assert_eq!(minutes(&[], text), None, "{text}");
        }
    }

    #[test]
    fn the_column_decides_what_a_bare_number_counts() {
        assert_eq!((minutes(&["240"], "15"), minutes(&["8"], "15")), (Some(15), Some(900)));
        let column = LengthColumn::new(["4", "6"].into_iter(), None);
        assert_eq!(column.reading("4").as_deref(), Some("Lengths without a unit are read as hours: \"4\" is 4 h"));
        let named = LengthColumn::new(["4"].into_iter(), unit_in_title("Duration (min)"));
        assert_eq!((named.length("4"), named.reading("4")), (Ok(Minutes(4)), None));
        for (title, expected) in [
            ("Dauer in Stunden", Some(LengthUnit::Hours)),
            ("Dauer Std.", Some(LengthUnit::Hours)),
            ("Duration mins", Some(LengthUnit::Minutes)),
            ("Duration (days)", Some(LengthUnit::Days)),
            ("Dauer in Tagen", Some(LengthUnit::Days)),
            ("Duration (s)", Some(LengthUnit::Seconds)),
            ("Duration (seconds)", Some(LengthUnit::Seconds)),
            ("Dauer", None),
        ] {
            assert_eq!(unit_in_title(title), expected, "{title}");
        }
        for (column, text, expected) in [
            (&["0.1875", "1"][..], "0.25", Some(360)),
            (&["0.1875", "1"], "1", Some(1440)),
            (&["0.0208333333"], "0.1666666667", Some(240)),
            (&["0.1666666667"], "0.25", None),
            (&["0.5"], "0.25", Some(15)),
        ] {
            assert_eq!(minutes(column, text), expected, "{column:?} {text}");
        }
        for (title, text, expected) in [
            ("Dauer (h:min)", "4,30", Some(270)),
            ("Duration (hh:mm)", "4.30", Some(270)),
            ("Duration [h]:mm", "4", Some(240)),
            ("Dauer (Std.Min)", "4,3", None),
            ("Dauer (h:min)", "4,75", None),
            ("Dauer (h)", "4,50", Some(270)),
            ("Duration (days)", "0.1666666667", Some(240)),
        ] {
            let column = LengthColumn::new([text].into_iter(), unit_in_title(title));
            assert_eq!(column.length(text).ok().map(|length| length.0), expected, "{title} {text}");
        }
        let seconds = LengthColumn::new(["14400"].into_iter(), unit_in_title("Duration (s)"));
        assert_eq!(seconds.length("14400"), Ok(Minutes::hours(4)));
    }
}
