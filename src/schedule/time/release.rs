//! When vendors publish: from release calendars to UTC times.

use chrono::Datelike as _;

use super::zone::Zone;
use crate::model::{LocalMinute, ReleaseCalendar, ReleaseId, Rule, UtcMinute, date_of_day, day_number};
use crate::schedule::time::rules::{Days, days};

/// One release of a vendor. It is a point in time: in Sydney, Patch Tuesday is a Wednesday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    pub at: UtcMinute,
    pub calendar: ReleaseId,
}

/// The times at which a vendor publishes on the days `within` (in the vendor's time zone), ascending and without
/// duplicates. A calendar in an unknown time zone uses UTC.
pub fn instants(calendar: &ReleaseCalendar, within: Days) -> Vec<UtcMinute> {
    let mut out = Vec::new();
    for cadence in &calendar.cadences {
        let zone = Zone::named(&cadence.zone).unwrap_or_else(Zone::utc);
        let rule = Rule::Monthly { on: cadence.on, every: 1, offset_days: 0 };
        let published = days(&rule, cadence.valid_from, cadence.valid_to, within, |_| Vec::new());
        out.extend(
            published
                .into_iter()
                .map(date_of_day)
                .filter(|on| cadence.months.is_empty() || cadence.months.contains(&(on.month() as u8)))
                .map(|on| zone.resolve(LocalMinute::new(on, cadence.time)).at),
        );
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The local dates of those times in `zone`, as day numbers. May include days up to two before or after `within`.
pub fn local_days(calendar: &ReleaseCalendar, zone: &Zone, within: Days) -> Vec<i32> {
    let mut days: Vec<i32> =
        instants(calendar, within.wider(2)).into_iter().map(|at| day_number(zone.local(at).date())).collect();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::built_in_releases;
    use chrono::NaiveDate;

    fn published(calendar: &str, zone: &str, from: &str, to: &str) -> String {
        let calendar = built_in_releases().into_iter().find(|each| each.id.as_str() == calendar).unwrap();
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let zone = Zone::named(zone).unwrap();
        let local = |at: UtcMinute| zone.local(at).to_naive().format("%a %m-%d %H:%M").to_string();
        instants(&calendar, Days::between(date(from), date(to))).into_iter().map(local).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn patch_tuesday_is_wednesday_in_sydney_at_an_hour_that_depends_on_both_clocks() {
        assert_eq!(
            published("microsoft", "Australia/Sydney", "2027-03-01", "2027-05-31"),
            "Wed 03-10 05:00, Wed 04-14 03:00, Wed 05-12 03:00"
        );
        assert_eq!(published("microsoft", "Europe/London", "2027-03-01", "2027-03-31"), "Tue 03-09 18:00");
    }

    #[test]
    fn a_changed_rhythm_does_not_affect_the_past() {
        let los_angeles = "America/Los_Angeles";
        assert_eq!(
            published("oracle", los_angeles, "2026-01-01", "2026-07-31"),
            "Tue 01-20 13:00, Tue 04-21 13:00, Tue 06-16 13:00, Tue 07-21 13:00"
        );
        assert_eq!(
            published("cisco", los_angeles, "2026-01-01", "2026-07-31"),
            "Wed 03-25 09:00, Wed 07-01 09:00, Wed 07-15 09:00"
        );
    }
}
