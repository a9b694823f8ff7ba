//! Dates and times in files and calendars, as other programs read them. ISO 8601 has an extended form, with dashes and
//! colons, and a basic form without them, which iCalendar uses.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

const BASIC_DATE: &str = "%Y%m%d";
const BASIC_DATE_TIME: &str = "%Y%m%dT%H%M%S";

/// "2027-03-13T22:00"
pub fn local_minute(at: impl Into<NaiveDateTime>) -> String {
    at.into().format("%Y-%m-%dT%H:%M").to_string()
}

/// "2027-03-13T22:00Z"
pub fn utc_minute(at: impl Into<DateTime<Utc>>) -> String {
    at.into().format("%Y-%m-%dT%H:%MZ").to_string()
}

/// RFC 3339: "2027-03-13T22:00:00Z".
pub fn utc_second(at: impl Into<DateTime<Utc>>) -> String {
    at.into().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// In UTC, without saying so: "2027-03-13 22:00:00".
pub fn plain_utc_second(at: impl Into<DateTime<Utc>>) -> String {
    at.into().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A minute of a day, which may be its last: "22:00", "24:00".
pub fn minute_of_day(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// "20270313"
pub fn basic_date(on: NaiveDate) -> String {
    on.format(BASIC_DATE).to_string()
}

/// "20270313T220000"
pub fn basic_local(at: impl Into<NaiveDateTime>) -> String {
    at.into().format(BASIC_DATE_TIME).to_string()
}

/// "20270313T220000Z"
pub fn basic_utc(at: impl Into<DateTime<Utc>>) -> String {
    format!("{}Z", at.into().format(BASIC_DATE_TIME))
}

/// Reads "22:00", "9:00" and "22:00:59".
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let forms = [("00:00", "%H:%M"), ("0:00", "%H:%M"), ("00:00:00", "%H:%M:%S")];
    forms.into_iter().find_map(|(shape, form)| NaiveTime::parse_from_str(in_shape(text, shape)?, form).ok())
}

/// Reads "2027-03-13T22:00" and "2027-03-13T22:00:59"; years before 0 have a minus sign, as [`local_minute`] writes them.
pub fn read_local(text: &str) -> Option<NaiveDateTime> {
    let forms = [("0000-00-00T00:00", "%Y-%m-%dT%H:%M"), ("0000-00-00T00:00:00", "%Y-%m-%dT%H:%M:%S")];
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let read = |(shape, form)| in_shape(unsigned, shape).and_then(|_| NaiveDateTime::parse_from_str(text, form).ok());
    forms.into_iter().find_map(read)
}

/// Reads "20270313".
pub fn read_basic_date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(in_shape(text, "00000000")?, BASIC_DATE).ok()
}

/// Reads "20270313T220000".
pub fn read_basic_local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(in_shape(text, "00000000T000000")?, BASIC_DATE_TIME).ok()
}

/// The text if it has a digit wherever `shape` has a zero, and otherwise the same characters. `chrono` alone also
/// accepts shorter numbers, spaces and signs.
fn in_shape<'a>(text: &'a str, shape: &str) -> Option<&'a str> {
    let fits = |(byte, shape): (u8, u8)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
    (text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike as _, Timelike as _};

    fn at() -> NaiveDateTime {
        "2027-03-13T22:05:00".parse().unwrap()
    }

    #[test]
    fn every_form_is_written() {
        for (text, expected) in [
            (local_minute(at()), "2027-03-13T22:05"),
            (utc_minute(at().and_utc()), "2027-03-13T22:05Z"),
            (utc_second(at().and_utc()), "2027-03-13T22:05:00Z"),
            (plain_utc_second(at().and_utc()), "2027-03-13 22:05:00"),
            (basic_date(at().date()), "20270313"),
            (basic_local(at()), "20270313T220500"),
            (basic_utc(at().and_utc()), "20270313T220500Z"),
        ] {
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!([read_time("22:05"), read_time("22:05:00")], [Some(at().time()); 2]);
        assert_eq!(read_time("9:05"), NaiveTime::from_hms_opt(9, 5, 0));
        assert_eq!([read_local("2027-03-13T22:05"), read_local("2027-03-13T22:05:00")], [Some(at()); 2]);
        let early = at().with_year(-43).unwrap();
        assert_eq!(read_local(&local_minute(early)), Some(early.with_second(0).unwrap()));
        assert_eq!(read_basic_date("20270313"), Some(at().date()));
        assert_eq!(read_basic_local("20270313T220500"), Some(at()));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "25:00",
            "2027-13-01",
            "2027-03-13",
            "20270230",
            "22",
            "2027031",
            "2027 3 1",
            "+2027031",
            " 9: 5",
            "22:5",
            "2027-3-1T22:05",
            "2027-03-13T 9:05",
            "20270313T22055",
            "20270313T2205 0",
            "२०270313",
        ] {
            let is_read = [
                read_time(text).is_some(),
                read_local(text).is_some(),
                read_basic_date(text).is_some(),
                read_basic_local(text).is_some(),
            ];
            assert_eq!(is_read, [false; 4], "{text}");
        }
    }
}
