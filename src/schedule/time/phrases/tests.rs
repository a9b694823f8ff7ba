//! Tables of wordings and the rules that they stand for.

use super::*;
use crate::model::built_in_releases;

fn releases() -> Table<ReleaseCalendar> {
    built_in_releases().into_iter().collect()
}

fn nth_day(n: u8, day: Weekday) -> MonthDay {
    MonthDay::Nth(n, day)
}

fn monthly(on: MonthDay, every: u16, offset_days: i32) -> Rule {
    Rule::Monthly { on, every, offset_days }
}

fn weekly_on(days: &[Weekday], every: u16) -> Rule {
    Rule::Weekly { days: days.to_vec(), every }
}

fn after(release: &str, offset_days: i32, then: Option<Weekday>) -> Rule {
    Rule::AfterRelease { release: release.into(), offset_days, then }
}

#[track_caller]
fn means(words: &str, expected: &Rule) {
    assert_eq!(rule(words, &releases()).as_ref(), Some(expected), "{words}");
}

#[test]
fn a_weekday_before_a_release_is_in_the_week_before() {
    means("Saturday before Patch Tuesday", &after("microsoft", -7, Some(Weekday::Sat)));
    means("second Saturday after Patch Tuesday", &after("microsoft", 8, Some(Weekday::Sat)));
    means("second Friday after the second Tuesday", &monthly(nth_day(2, Weekday::Tue), 1, 10));
    for words in ["every second", "on every second", "on each 2nd", "On every third", "on the every second"] {
        let words = format!("{words} Saturday after Patch Tuesday");
        assert_eq!(rule(&words, &releases()), None, "{words} may count weeks");
    }
    means("on the second Saturday after Patch Tuesday", &after("microsoft", 8, Some(Weekday::Sat)));
    means("second Saturday after Patch Tuesday, every month", &after("microsoft", 8, Some(Weekday::Sat)));
    means("Tuesday on or before Patch Tuesday", &after("microsoft", -6, Some(Weekday::Tue)));
    means("the last Saturday before Patch Tuesday + 7 days", &after("microsoft", 0, Some(Weekday::Sat)));
}

#[test]
fn words_before_the_weekday_do_not_matter() {
    let plain = rule("Saturday after Patch Tuesday", &releases()).unwrap();
    for words in ["on the first Saturday after Patch Tuesday", "on every next Saturday after Patch Tuesday"] {
        means(words, &plain);
    }
}

#[test]
fn every_other_weekday_is_ambiguous() {
    assert_eq!(rule("every other weekday", &releases()), None);
    assert!(rule("every weekday", &releases()).is_some());
}

#[test]
fn days_of_the_month_are_read_as_people_write_them() {
    use Weekday::{Fri, Sat, Sun, Tue, Wed};
    for (words, on, every, offset) in [
        ("first Saturday", nth_day(1, Sat), 1, 0),
        ("  First   SATURDAY of the month ", nth_day(1, Sat), 1, 0),
        ("1st Sat. of each month", nth_day(1, Sat), 1, 0),
        ("every first Saturday", nth_day(1, Sat), 1, 0),
        ("every second Sunday of the month", nth_day(2, Sun), 1, 0),
        ("fourth Wed", nth_day(4, Wed), 1, 0),
        ("last Friday", MonthDay::Last(Fri), 1, 0),
        ("last Friday of every third month", MonthDay::Last(Fri), 3, 0),
        ("third Wednesday of every third month", nth_day(3, Wed), 3, 0),
        ("third Wednesday, every 3 months", nth_day(3, Wed), 3, 0),
        ("every 3 months on the third Wednesday", nth_day(3, Wed), 3, 0),
        ("every other month on the third Wednesday", nth_day(3, Wed), 2, 0),
        ("alle drei Monate am 3. Mittwoch", nth_day(3, Wed), 3, 0),
        ("2nd Tuesday", nth_day(2, Tue), 1, 0),
        ("second Tuesday + 11 days", nth_day(2, Tue), 1, 11),
        ("Second Tuesday +11 days", nth_day(2, Tue), 1, 11),
        ("second Tuesday - 1 day", nth_day(2, Tue), 1, -1),
        ("Friday after the second Tuesday", nth_day(2, Tue), 1, 3),
        ("Friday following the 2nd Tuesday of the month", nth_day(2, Tue), 1, 3),
        ("Tuesday after the second Tuesday", nth_day(2, Tue), 1, 7),
        ("Friday before the last Sunday", MonthDay::Last(Sun), 1, -2),
        ("Friday after the second Tuesday of every other month", nth_day(2, Tue), 2, 3),
        ("3 days after the second Tuesday", nth_day(2, Tue), 1, 3),
        ("the day before the first Saturday", nth_day(1, Sat), 1, -1),
        ("a week after the last Friday", MonthDay::Last(Fri), 1, 7),
        ("day 15", MonthDay::Day(15), 1, 0),
        ("15th of the month", MonthDay::Day(15), 1, 0),
        ("on the 31st", MonthDay::Day(31), 1, 0),
        ("monthly on the 3rd", MonthDay::Day(3), 1, 0),
    ] {
        means(words, &monthly(on, every, offset));
    }
}

#[test]
fn days_of_the_week_are_read_as_people_write_them() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue};
    for (words, days, every) in [
        ("every Friday", &[Fri][..], 1),
        ("Fridays", &[Fri], 1),
        ("weekly on Fri", &[Fri], 1),
        ("every second Sunday", &[Sun], 2),
        ("every other Sunday", &[Sun], 2),
        ("Sunday, every 3 weeks", &[Sun], 3),
        ("every 2 weeks on Sunday", &[Sun], 2),
        ("every second week on Sunday", &[Sun], 2),
        ("Thursdays and Tuesdays", &[Tue, Thu], 1),
        ("every Sat, Sun & Mon", &[Mon, Sat, Sun], 1),
        ("every weekday", &WEEK[..5], 1),
        ("Mon-Fri", &WEEK[..5], 1),
        ("alle 2 Wochen samstags", &[Sat], 2),
        ("samstags 14-tägig", &[Sat], 2),
        ("fortnightly on Saturday", &[Sat], 2),
        ("daily", &WEEK, 1),
    ] {
        means(words, &weekly_on(days, every));
    }
}

#[test]
fn releases_are_known_by_name_id_and_vendor() {
    let saturday = Some(Weekday::Sat);
    means("Saturday after Patch Tuesday", &after("microsoft", 1, saturday));
    means("the Saturday following Patch Tuesday", &after("microsoft", 1, saturday));
    means("first Saturday after Microsoft", &after("microsoft", 1, saturday));
    means("Saturday on or after Patch Tuesday + 3 days", &after("microsoft", 3, saturday));
    means("Sat after Oracle CPU release", &after("oracle", 1, saturday));
    means("Patch Tuesday", &after("microsoft", 0, None));
    means("On SAP patch day", &after("sap", 0, None));
    means("Patch Tuesday + 3 days", &after("microsoft", 3, None));
    means("3 days after Patch Tuesday", &after("microsoft", 3, None));
    assert_eq!(rule("Saturday after Patch Tuesday", &Table::default()), None);
}

#[test]
fn rules_of_spreadsheets_and_other_programs_are_read() {
    for (words, rrule) in [
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("the last day of every third month", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("2nd and 4th Saturday", "FREQ=MONTHLY;BYDAY=2SA,4SA"),
        ("2. u. 4. Sa.", "FREQ=MONTHLY;BYDAY=2SA,4SA"),
        ("penultimate Saturday", "FREQ=MONTHLY;BYDAY=-2SA"),
        ("vorletzter Samstag im Monat", "FREQ=MONTHLY;BYDAY=-2SA"),
        ("1st, 3rd and last Tue of the month", "FREQ=MONTHLY;BYDAY=1TU,3TU,-1TU"),
        ("RRULE:FREQ=MONTHLY;BYDAY=2SA", "FREQ=MONTHLY;BYDAY=2SA"),
        ("freq=weekly;byday=sa", "FREQ=WEEKLY;BYDAY=SA"),
        ("last Saturday of the quarter", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1SA"),
        ("letzter Samstag im Quartal", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1SA"),
        ("first Sunday of every quarter", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1SU"),
        ("last day of the quarter", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("SUN#1,SUN#3", "FREQ=MONTHLY;BYDAY=1SU,3SU"),
        ("SAT#L", "FREQ=MONTHLY;BYDAY=-1SA"),
        ("end of month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("Monatsende", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ] {
        means(words, &Rule::Foreign(rrule.to_owned()));
    }
    means("SAT#2", &monthly(nth_day(2, Weekday::Sat), 1, 0));
    means("Patch Tuesday + 11", &after("microsoft", 11, None));
    means("Patch Tuesday+11", &after("microsoft", 11, None));
    means("Patch Tuesday +11d", &after("microsoft", 11, None));
    means("Patchday + 11", &after("microsoft", 11, None));
    means("Patch-Dienstag", &after("microsoft", 0, None));
    means("Samstag nach Patchday", &after("microsoft", 1, Some(Weekday::Sat)));
    means("second Tuesday + 4", &monthly(nth_day(2, Weekday::Tue), 1, 4));
    for words in ["SAT#6", "SAT#", "#2", "FREQ=HOURLY", "RRULE:", "2nd and Saturday", "last day + 3 days"] {
        assert_eq!(rule(words, &releases()), None, "{words}");
    }
}

#[test]
fn days_are_counted_from_the_end_of_the_month() {
    for (words, expected) in [
        ("2nd last Saturday", "BYDAY=-2SA"),
        ("second last Sunday", "BYDAY=-2SU"),
        ("the second-last Sunday of the month", "BYDAY=-2SU"),
        ("second to last Friday", "BYDAY=-2FR"),
        ("2nd-to-last Friday of the month", "BYDAY=-2FR"),
        ("next to last Friday", "BYDAY=-2FR"),
        ("last but one Friday", "BYDAY=-2FR"),
        ("third last Friday", "BYDAY=-3FR"),
        ("3rd last Fri", "BYDAY=-3FR"),
        ("2. letzter Samstag", "BYDAY=-2SA"),
        ("2.letzter Samstag im Monat", "BYDAY=-2SA"),
        ("zweitletzter Samstag", "BYDAY=-2SA"),
        ("drittletzter Freitag im Monat", "BYDAY=-3FR"),
        ("jeden vorletzten Samstag", "BYDAY=-2SA"),
        ("every second last Saturday of the month", "BYDAY=-2SA"),
        ("last and second last Saturday", "BYDAY=-1SA,-2SA"),
        ("letzter und vorletzter Samstag", "BYDAY=-1SA,-2SA"),
        ("2nd and last Saturday", "BYDAY=2SA,-1SA"),
        ("2nd, last Saturday", "BYDAY=2SA,-1SA"),
        ("2nd last Saturday in March and June", "BYMONTH=3,6;BYDAY=-2SA"),
        ("2nd last Saturday of the quarter", "BYMONTH=3,6,9,12;BYDAY=-2SA"),
        ("second last day of the month", "BYMONTHDAY=-2"),
        ("vorletzter Tag des Monats", "BYMONTHDAY=-2"),
        ("3rd last working day", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-3"),
    ] {
        means(words, &Rule::Foreign(format!("FREQ=MONTHLY;{expected}")));
    }
    for words in [
        "first last Saturday",
        "last second Saturday",
        "2nd and 3rd last Saturday",
        "2nd 4th last Saturday",
        "every second last Saturday",
        "1st to last Saturday",
        "2nd last Saturday + 3 days",
        "Friday after the second last Monday",
    ] {
        assert_eq!(rule(words, &releases()), None, "{words}");
    }
}

#[test]
fn what_is_unknown_or_could_mean_two_things_gives_no_rule() {
    let long = "first ".repeat(100);
    for words in [
        "",
        "when quiet",
        "every third Wednesday",
        "sixth Monday",
        "day 32",
        "0th",
        "15",
        "Friday after the 15th",
        "first",
        "after",
        "second Tuesday + 9999 days",
        "every 0 weeks on Monday",
        "every",
        "+",
        "second Tuesday + days",
        long.as_str(),
        "Frietag",
        "first Saturday after",
    ] {
        // "first" alone is the first of the month.
        let expected = (words == "first").then(|| monthly(MonthDay::Day(1), 1, 0));
        assert_eq!(rule(words, &releases()), expected, "{words}");
    }
}

#[test]
fn the_program_reads_its_own_words() {
    let days = [nth_day(1, Weekday::Sat), nth_day(5, Weekday::Mon), MonthDay::Last(Weekday::Fri), MonthDay::Day(15)];
    let mut rules = Vec::new();
    for on in days {
        for every in [1, 2, 3, 4, 12] {
            rules.extend([-3, -1, 0, 1, 11].map(|offset| monthly(on, every, offset)));
        }
    }
    for every in [1, 2, 3] {
        rules.push(weekly_on(&[Weekday::Sun], every));
        rules.push(weekly_on(&[Weekday::Tue, Weekday::Thu], every));
    }
    for then in [None, Some(Weekday::Sat)] {
        rules.extend([-3, 1, 2, 7].map(|offset| after("microsoft", offset, then)));
    }
    rules.push(after("oracle", 0, None));
    let plan_releases = releases();
    for expected in rules {
        let words = expected.in_words(|id| plan_releases.get(id).unwrap().name.clone());
        means(&words, &expected);
    }
}

#[test]
fn a_date_is_off_its_rule_by_days() {
    for (words, on, expected) in [
        ("first Saturday", "2024-01-06", Some(0)),
        ("first Saturday", "2024-01-13", Some(7)),
        ("first Saturday", "2024-02-24", Some(21)),
        ("fourth Saturday", "2024-05-18", Some(-7)),
        ("every second Sunday", "2027-03-15", Some(1)),
        ("every Friday", "2027-03-11", Some(-1)),
        ("last Friday + 3 days", "2027-02-01", Some(0)),
        ("second Tuesday + 30 days", "2027-02-12", Some(1)),
        ("day 31", "2027-04-30", Some(30)),
        ("fifth Monday", "2027-02-22", Some(-35)),
        ("Saturday after Patch Tuesday", "2027-05-15", Some(0)),
        ("Saturday after Patch Tuesday", "2027-05-08", Some(-7)),
        ("Patch Tuesday + 3 days", "2027-03-13", Some(1)),
        ("when quiet", "2027-03-13", None),
    ] {
        assert_eq!(days_off(words, on.parse().unwrap(), &releases(), &Zone::utc()), expected, "{words}, {on}");
    }
    for edge in [NaiveDate::MIN, NaiveDate::MAX] {
        for words in ["first Saturday", "every Friday", "Saturday after Patch Tuesday"] {
            days_off(words, edge, &releases(), &Zone::utc());
        }
    }
}

#[test]
fn lists_of_months_are_read_and_unclear_ones_are_not() {
    for (words, expected) in [
        ("first Saturday in January, April, July and October", "BYMONTH=1,4,7,10;BYDAY=1SA"),
        ("on the first Saturday of Jan/Apr/Jul/Oct", "BYMONTH=1,4,7,10;BYDAY=1SA"),
        ("1st Sat (Jan, Apr, Jul, Oct)", "BYMONTH=1,4,7,10;BYDAY=1SA"),
        ("erster Samstag im Januar, April, Juli und Oktober", "BYMONTH=1,4,7,10;BYDAY=1SA"),
        ("jeden letzten Sonntag im März und September", "BYMONTH=3,9;BYDAY=-1SU"),
        ("2. Samstag im Mai", "BYMONTH=5;BYDAY=2SA"),
        ("1st and 3rd Sunday in June", "BYMONTH=6;BYDAY=1SU,3SU"),
        ("last day of June and December", "BYMONTH=6,12;BYMONTHDAY=-1"),
        ("end of March, September", "BYMONTH=3,9;BYMONTHDAY=-1"),
        ("15th of March and September", "BYMONTH=3,9;BYMONTHDAY=15"),
        ("Friday after the second Tuesday in March", "BYMONTH=3;BYDAY=FR;BYMONTHDAY=11,12,13,14,15,16,17"),
        ("second Tuesday + 11 days in March", "BYMONTH=3;BYDAY=SA;BYMONTHDAY=19,20,21,22,23,24,25"),
        ("last working day of June", "BYMONTH=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("every Saturday in December", "BYMONTH=12;BYDAY=SA"),
    ] {
        means(words, &Rule::Foreign(format!("FREQ=MONTHLY;{expected}")));
    }
    for words in [
        "every second Saturday in March",
        "Saturday in March",
        "last Friday + 3 days in March",
        "fourth Tuesday + 11 days in March",
        "Saturday after Patch Tuesday in March and September",
        "30 June and 31 December",
        "first Saturday January to March",
        "March and April",
    ] {
        assert_eq!(rule(words, &releases()), None, "{words}");
    }
}

#[test]
fn working_days_are_monday_to_friday() {
    let week = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS";
    for (words, expected) in [
        ("last working day of the month", format!("FREQ=MONTHLY;{week}=-1")),
        ("last business day", format!("FREQ=MONTHLY;{week}=-1")),
        ("letzter Arbeitstag im Monat", format!("FREQ=MONTHLY;{week}=-1")),
        ("vorletzter Werktag des Monats", format!("FREQ=MONTHLY;{week}=-2")),
        ("3rd working day of every third month", format!("FREQ=MONTHLY;INTERVAL=3;{week}=3")),
        ("last working day of the quarter", format!("FREQ=MONTHLY;BYMONTH=3,6,9,12;{week}=-1")),
    ] {
        means(words, &Rule::Foreign(expected));
        assert!(working_days::counts_working_days(words), "{words}");
    }
    assert_eq!(rule("30th working day of the month", &releases()), None);
    assert!(!working_days::counts_working_days("last day of the month"));
}

#[test]
fn weeks_alone_need_a_first_date() {
    let saturday = NaiveDate::from_ymd_opt(2027, 1, 9).unwrap();
    for words in ["biweekly", "fortnightly", "every other week", "every fortnight", "14-tägig", "alle 14 Tage"] {
        assert_eq!(rule(words, &releases()), None, "{words}");
        assert_eq!(rule_from(words, saturday, &releases()), Some(weekly_on(&[Weekday::Sat], 2)), "{words}");
    }
    means("biweekly on Saturday", &weekly_on(&[Weekday::Sat], 2));
    means("every other week on Saturday", &weekly_on(&[Weekday::Sat], 2));
    means("Samstag alle 14 Tage", &weekly_on(&[Weekday::Sat], 2));
    assert_eq!(rule_from("monthly", saturday, &releases()), None);
}
