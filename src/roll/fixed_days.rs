//! Days that are on the same date each year, and the freezes and dates that are named after them.

use chrono::{Datelike as _, NaiveDate};

use super::name_words::NameWords;
use crate::model::FreezeSpan;

/// Names of days between Christmas and Epiphany.
const TURN_OF_YEAR: &str = "christmas, xmas, x mas, boxing day, st stephen, new year, new years, year end, end of year, \
    turn of the year, hogmanay, epiphany, three kings, weihnachten, heiligabend, silvester, neujahr, \
    jahresende, jahreswechsel, dreikönig, noël, navidad";
const WEEKDAYS: &str =
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun";

/// Month and day of public holidays that many countries have on a fixed date, as 1225.
const FIXED: [u32; 18] =
    [101, 106, 501, 508, 624, 704, 714, 815, 1003, 1026, 1031, 1101, 1111, 1208, 1224, 1225, 1226, 1231];

/// Whether the name says that days are on fixed dates: it has a feast of the turn of the year near which they are, or one
/// of the dates itself ("24-26 Dec"). A weekday in the name ("Monday after Christmas") counts more.
pub fn is_named_by_date(name: &str, span: FreezeSpan) -> bool {
    let words = NameWords::new(name);
    if words.have_date(span.first_on) || words.have_date(span.last_on) {
        return true;
    }
    let on = (span.first_on.month(), span.first_on.day());
    let is_near = on >= (12, 15) || on <= (1, 10);
    is_near && words.name(WEEKDAYS).is_none() && words.name(TURN_OF_YEAR).is_some()
}

/// Whether the days include one from Christmas Eve to Boxing Day, New Year's Eve, or New Year's Day.
pub fn includes_turn_of_year(span: FreezeSpan) -> bool {
    const DAYS: [(u32, u32); 5] = [(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)];
    let years = span.first_on.year()..=span.last_on.year();
    years.into_iter().any(|year| {
        let day = |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
        DAYS.into_iter().filter_map(day).any(|on| span.contains(on))
    })
}

/// Whether many countries have a public holiday on that day of each year.
pub fn is_fixed_feast(on: NaiveDate) -> bool {
    FIXED.contains(&(on.month() * 100 + on.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str) -> FreezeSpan {
        FreezeSpan { first_on: first.parse().unwrap(), last_on: last.parse().unwrap() }
    }

    #[test]
    fn names_of_fixed_feasts_and_dates_in_names_are_found() {
        let christmas = span("2027-12-24", "2027-12-26");
        for name in
            ["Christmas", "xmas freeze", "24-26 Dec", "24 to 26 December", "Dec 24", "24.12. closed", "24th Dec"]
        {
            assert!(is_named_by_date(name, christmas), "{name}");
        }
        for name in ["Christmas Monday", "24 servers", "Closed", "Decision 24", "Christmastide"] {
            assert!(!is_named_by_date(name, christmas), "{name}");
        }
        assert!(is_named_by_date("New Year's Day", span("2027-01-01", "2027-01-01")));
        assert!(is_named_by_date("1 May", span("2027-05-01", "2027-05-02")));
        assert!(!is_named_by_date("Christmas campaign", span("2027-10-02", "2027-10-03")));
        for (days, expected) in [
            (christmas, true),
            (span("2027-12-31", "2027-12-31"), true),
            (span("2027-12-30", "2028-01-02"), true),
            (span("2027-12-27", "2027-12-30"), false),
            (span("2027-12-18", "2027-12-19"), false),
        ] {
            assert_eq!(includes_turn_of_year(days), expected, "{days:?}");
        }
    }
}
