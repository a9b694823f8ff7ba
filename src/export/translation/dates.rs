//! Dates, times of day and lengths of time in the words of one language.

use chrono::{Datelike, NaiveDate};

use super::{Word, Words};
use crate::model::Minutes;

const WEEKDAYS: [Word; 7] = [Word::Mon, Word::Tue, Word::Wed, Word::Thu, Word::Fri, Word::Sat, Word::Sun];
const SHORT_MONTHS: [Word; 12] = [
    Word::Jan,
    Word::Feb,
    Word::Mar,
    Word::Apr,
    Word::MayShort,
    Word::Jun,
    Word::Jul,
    Word::Aug,
    Word::Sep,
    Word::Oct,
    Word::Nov,
    Word::Dec,
];
const MONTHS: [Word; 12] = [
    Word::January,
    Word::February,
    Word::March,
    Word::April,
    Word::May,
    Word::June,
    Word::July,
    Word::August,
    Word::September,
    Word::October,
    Word::November,
    Word::December,
];

impl Words {
    /// "Sat"
    pub fn weekday(&self, on: NaiveDate) -> &str {
        self.get(WEEKDAYS[on.weekday().num_days_from_monday() as usize])
    }

    /// "Sat 13 Mar 2027"
    pub fn date(&self, on: NaiveDate) -> String {
        self.of_date(Word::Date, on)
    }

    /// "Sat 13 Mar"
    pub fn day(&self, on: NaiveDate) -> String {
        self.of_date(Word::Day, on)
    }

    /// "March 2027"
    pub fn month(&self, on: NaiveDate) -> String {
        let month = self.get(MONTHS[on.month0() as usize]);
        self.fill(Word::MonthOf, &[("month", month), ("year", &on.year().to_string())])
    }

    fn of_date(&self, word: Word, on: NaiveDate) -> String {
        let month = self.get(SHORT_MONTHS[on.month0() as usize]);
        let (day, year) = (on.day().to_string(), on.year().to_string());
        self.fill(word, &[("weekday", self.weekday(on)), ("day", &day), ("month", month), ("year", &year)])
    }

    /// "Fri 19 Mar, 22:00"
    pub fn moment(&self, day: &str, time: &str) -> String {
        self.fill(Word::Moment, &[("day", day), ("time", time)])
    }

    /// "22:00 – 02:00"
    pub fn span(&self, from: &str, to: &str) -> String {
        self.fill(Word::Span, &[("from", from), ("to", to)])
    }

    /// "45 min", "3 h", "3 h 35", "14 days": as `Minutes` shows itself, in this language.
    pub fn length(&self, length: Minutes) -> String {
        let (hours, minutes) = (length.0 / 60, length.0 % 60);
        match (hours, minutes) {
            (0, minutes) => self.fill(Word::LengthMinutes, &[("minutes", &minutes.to_string())]),
            (hours, 0) if hours >= 48 && hours % 24 == 0 => {
                self.fill(Word::LengthDays, &[("days", &(hours / 24).to_string())])
            }
            (hours, 0) => self.fill(Word::LengthHours, &[("hours", &hours.to_string())]),
            (hours, minutes) => {
                self.fill(Word::LengthBoth, &[("hours", &hours.to_string()), ("minutes", &format!("{minutes:02}"))])
            }
        }
    }

    /// The same with a true minus sign if it is negative: "− 22 min".
    pub fn signed_length(&self, minutes: i32) -> String {
        let text = self.length(Minutes(minutes.unsigned_abs()));
        if minutes < 0 { format!("− {text}") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ChecklistTemplate;
    use crate::wording::{date, signed_duration};

    #[test]
    fn english_dates_and_lengths_are_those_of_the_program() {
        let words = Words::english();
        for day in 0..400 {
            let on = NaiveDate::default() + chrono::TimeDelta::days(day * 53);
            assert_eq!(words.date(on), date(on));
        }
        for minutes in [0, 45, 60, 61, -22, 215, 48 * 60, 20_160, -20_161] {
            assert_eq!(words.signed_length(minutes), signed_duration(minutes));
        }
    }

    #[test]
    fn another_language_puts_the_parts_of_a_date_in_its_own_order() {
        let mut template = ChecklistTemplate::new("nacht".into(), "Nacht", Vec::new());
        let own =
            [("date", "{weekday}, {day}. {month} {year}"), ("sat", "Sa"), ("mar", "März"), ("month-of", "{year}年")];
        template.words = own.map(|(key, word)| (key.to_owned(), word.to_owned())).into();
        let words = Words::for_template(&template);
        let on = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        assert_eq!((words.date(on), words.month(on)), ("Sa, 13. März 2027".to_owned(), "2027年".to_owned()));
    }
}
