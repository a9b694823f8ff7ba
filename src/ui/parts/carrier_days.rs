//! On which days of the plan's clock carriers work.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{CarrierNotice, LocalMinute, Plan};
use crate::schedule::{Schedule, Zone};
use crate::wording::{moments, time};

/// The most days of one notice: a wrong year must not fill the calendar.
const MOST_DAYS: usize = 31;

/// Each day on which the work of an open notice takes place.
pub fn carrier_days(schedule: &Schedule) -> Vec<(NaiveDate, Arc<CarrierNotice>)> {
    open(schedule).flat_map(|notice| days(notice, &schedule.zone).map(|on| (on, Arc::clone(notice)))).collect()
}

/// The open notices whose work takes place on a day, as [`carrier_days`] gives them.
pub fn notices_on(schedule: &Schedule, on: NaiveDate) -> impl Iterator<Item = &Arc<CarrierNotice>> {
    let zone = &schedule.zone;
    let midnight = |on: NaiveDate| zone.resolve(LocalMinute::midnight(on)).at;
    let (from, to) = (midnight(on), midnight(on.succ_opt().unwrap_or(on)));
    let near = open(schedule).filter(move |notice| notice.starts_at < to && from < notice.ends_at);
    near.filter(move |notice| days(notice, zone).any(|day| day == on))
}

fn open(schedule: &Schedule) -> impl Iterator<Item = &Arc<CarrierNotice>> {
    schedule.plan.notices().iter().filter(|notice| notice.is_open() && notice.starts_at < notice.ends_at)
}

/// The days of the work of a notice.
fn days(notice: &CarrierNotice, zone: &Zone) -> impl Iterator<Item = NaiveDate> + use<> {
    let last = zone.local(notice.ends_at.plus(-1)).date();
    zone.local(notice.starts_at).date().iter_days().take_while(move |on| *on <= last).take(MOST_DAYS)
}

/// "Carrier: Card replacement, 23:00"
pub fn short_words(notice: &CarrierNotice, zone: &Zone) -> String {
    format!("Carrier: {}, {}", notice.name, time(zone.local(notice.starts_at).time()))
}

/// "Carrier: Card replacement, Sat 13 Mar 2027 23:00 – 03:00 (tentative, outage of IC-1)"
pub fn long_words(notice: &CarrierNotice, plan: &Plan, zone: &Zone) -> String {
    let circuits: Vec<&str> = notice.circuits.iter().map(|circuit| circuit.id.as_str()).collect();
    let systems: Vec<&str> = plan.systems_behind(notice).map(|system| system.name.as_str()).collect();
    let affects = if systems.is_empty() { String::new() } else { format!("; {}", systems.join(", ")) };
    let times = moments(zone.local(notice.starts_at), zone.local(notice.ends_at));
    format!(
        "Carrier: {}, {times} ({}, {} of {}{affects})",
        notice.name,
        notice.status,
        notice.impact,
        circuits.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, NoticeStatus, UtcMinute};

    fn at(text: &str) -> UtcMinute {
        UtcMinute::from_utc(text.parse().unwrap())
    }

    #[test]
    fn the_notices_of_a_day_are_those_of_all_days() {
        let notice = |id: &str, from: &str, to: &str| CarrierNotice {
            ends_at: at(to),
            ..CarrierNotice::new(id.into(), id, at(from))
        };
        let done = CarrierNotice {
            status: NoticeStatus::Completed,
            ..notice("done", "2027-03-02T22:00:00Z", "2027-03-03T02:00:00Z")
        };
        let notices = [
            notice("evening", "2027-03-01T22:00:00Z", "2027-03-02T02:00:00Z"),
            notice("to-midnight", "2027-03-01T20:00:00Z", "2027-03-01T23:00:00Z"),
            notice("from-midnight", "2027-03-01T23:00:00Z", "2027-03-02T00:00:00Z"),
            notice("clock-change", "2027-03-27T22:00:00Z", "2027-03-28T22:00:00Z"),
            notice("wrong-year", "2026-12-20T22:00:00Z", "2027-12-20T22:00:00Z"),
            notice("backwards", "2027-03-05T22:00:00Z", "2027-03-04T22:00:00Z"),
            done,
        ];
        let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
        let plan = notices.into_iter().fold(plan, |plan, notice| plan.apply(&Edit::PutNotice(notice)).unwrap());
        let schedule = Schedule::derive(&Arc::new(plan), None);
        let all = carrier_days(&schedule);
        assert_eq!(all.len(), 2 + 1 + 1 + 2 + MOST_DAYS);
        let first: NaiveDate = "2026-12-01".parse().unwrap();
        for on in first.iter_days().take(400) {
            let expected: Vec<_> = all.iter().filter(|(day, _)| *day == on).map(|(_, notice)| &notice.id).collect();
            let found: Vec<_> = notices_on(&schedule, on).map(|notice| &notice.id).collect();
            assert_eq!(found, expected, "{on}");
        }
        assert_eq!(notices_on(&schedule, "2027-03-02".parse().unwrap()).count(), 2);
    }
}
