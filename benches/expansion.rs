//! Compares the speed of our rule expansion with the `rrule` crate. Before timing, the dates are compared.
//!
//! Budget: at least five times as fast as `rrule`.

#![allow(clippy::unwrap_used)]

use std::fmt;

use chrono::{DateTime, NaiveDate, Weekday};
use divan::{Bencher, black_box};
use rrule::{RRuleSet, Tz};
use windowsill::model::{MonthDay, Rule, Table};
use windowsill::schedule::{Zone, rule_dates};

fn main() {
    for series in SERIES {
        assert_eq!(ours(&series.rule(), &series), theirs(&series.rrule()), "{series}");
    }
    divan::main();
}

/// A rule over several years.
#[derive(Clone, Copy)]
struct Series {
    name: &'static str,
    rrule: &'static str,
    years: i32,
}

const SECOND_TUESDAY: &str = "FREQ=MONTHLY;BYDAY=2TU";
const LAST_FRIDAY: &str = "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR";
const WEEKLY: &str = "FREQ=WEEKLY;BYDAY=SA";

const SERIES: [Series; 6] = [
    Series { name: "second Tuesday", rrule: SECOND_TUESDAY, years: 2 },
    Series { name: "second Tuesday", rrule: SECOND_TUESDAY, years: 10 },
    Series { name: "last Friday of every third month", rrule: LAST_FRIDAY, years: 2 },
    Series { name: "last Friday of every third month", rrule: LAST_FRIDAY, years: 10 },
    Series { name: "every Saturday", rrule: WEEKLY, years: 2 },
    Series { name: "every Saturday", rrule: WEEKLY, years: 10 },
];

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} years", self.name, self.years)
    }
}

impl Series {
    fn from() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()
    }

    fn to(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026 + self.years, 12, 31).unwrap()
    }

    fn rule(self) -> Rule {
        match self.rrule {
            SECOND_TUESDAY => Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every: 1, offset_days: 0 },
            LAST_FRIDAY => Rule::Monthly { on: MonthDay::Last(Weekday::Fri), every: 3, offset_days: 0 },
            _ => Rule::Weekly { days: vec![Weekday::Sat], every: 1 },
        }
    }

    fn rrule(self) -> RRuleSet {
        let text =
            format!("DTSTART:20270101T220000Z\nRRULE:{};UNTIL={}T235959Z", self.rrule, self.to().format("%Y%m%d"));
        text.parse().unwrap()
    }
}

fn ours(rule: &Rule, series: &Series) -> Vec<NaiveDate> {
    rule_dates(rule, Some(Series::from()), &Table::default(), &Zone::utc(), Series::from(), series.to())
}

fn theirs(set: &RRuleSet) -> Vec<NaiveDate> {
    set.into_iter().map(|at: DateTime<Tz>| at.date_naive()).collect()
}

#[divan::bench(args = SERIES)]
fn windowsill(bencher: Bencher<'_, '_>, series: &Series) {
    let rule = series.rule();
    bencher.bench(|| ours(black_box(&rule), series));
}

/// Parses the rule before timing, so that only the expansion is measured.
#[divan::bench(args = SERIES)]
fn rrule_crate(bencher: Bencher<'_, '_>, series: &Series) {
    let set = series.rrule();
    bencher.bench(|| theirs(black_box(&set)));
}
