//! On which days of the plan's clock carriers work.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{CarrierNotice, Plan};
use crate::schedule::{Schedule, Zone};
use crate::wording::{moments, time};

/// The most days of one notice: a wrong year must not fill the calendar.
const MOST_DAYS: usize = 31;

/// Each day on which the work of an open notice takes place.
pub fn carrier_days(schedule: &Schedule) -> Vec<(NaiveDate, Arc<CarrierNotice>)> {
    let zone = &schedule.zone;
    let open = schedule.plan.notices().iter().filter(|notice| notice.is_open() && notice.starts_at < notice.ends_at);
    let days = open.flat_map(|notice| {
        let last = zone.local(notice.ends_at.plus(-1)).date();
        let days = zone.local(notice.starts_at).date().iter_days().take_while(move |on| *on <= last);
        days.take(MOST_DAYS).map(move |on| (on, Arc::clone(notice)))
    });
    days.collect()
}

/// "Carrier: Card replacement, 23:00"
pub fn short_words(notice: &CarrierNotice, zone: &Zone) -> String {
    format!("Carrier: {}, {}", notice.name, time(zone.local(notice.starts_at).time()))
}

/// "Carrier: Card replacement, Sat 13 Mar 2027 23:00 – 03:00 (tentative, outage of IC-1)"
pub fn long_words(notice: &CarrierNotice, plan: &Plan, zone: &Zone) -> String {
    let circuits: Vec<&str> = notice.circuits.iter().map(|circuit| circuit.id.as_str()).collect();
    let systems = plan
        .systems()
        .iter()
        .filter(|system| system.circuits.iter().any(|circuit| notice.impact_on(circuit).is_some()));
    let systems: Vec<&str> = systems.map(|system| system.name.as_str()).collect();
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
