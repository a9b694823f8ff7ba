//! Rows in another zone than the window of the plan that takes place at the same instants: they are read on its clock. Other
//! programs give times in UTC, or in the zone of a user.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};

use super::date_row::DateRow;
use super::known_nights::{Night, Times, nights, times};
use crate::model::{LocalMinute, MaintenanceWindow, Plan, UtcMinute};
use crate::schedule::Zone;

/// The windows of a plan, for rows in other zones.
struct OtherZones<'a> {
    plan: &'a Plan,
    by_name: HashMap<String, Vec<&'a MaintenanceWindow>>,
    by_ticket: HashMap<&'a str, Vec<&'a MaintenanceWindow>>,
    /// The days of the rows, and one more on both sides.
    span: (NaiveDate, NaiveDate),
    nights: HashMap<&'a str, BTreeMap<NaiveDate, Night>>,
}

/// Puts rows with a start on the clock of the window with their ticket, or else their name, if it takes place at the same
/// instants.
pub(super) fn read_on_clocks_of_plan(rows: &mut [DateRow], plan: &Plan) {
    let days = || rows.iter().map(|row| row.on);
    let Some((from, to)) = days().min().zip(days().max()) else { return };
    let day = Days::new(1);
    let span = (from.checked_sub_days(day).unwrap_or(from), to.checked_add_days(day).unwrap_or(to));
    let (by_name, by_ticket, nights) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut known = OtherZones { plan, by_name, by_ticket, span, nights };
    for window in plan.windows() {
        known.by_name.entry(window.name.to_lowercase()).or_default().push(window);
        if !window.change_ticket.is_empty() {
            known.by_ticket.entry(&window.change_ticket).or_default().push(window);
        }
    }
    for row in rows.iter_mut().filter(|row| row.settings.start.is_some()) {
        if let Some((on, times)) = known.same_instants(row) {
            row.on = on;
            row.settings.start = Some(times.start);
            row.settings.duration = Some(times.duration);
            row.settings.zone = Some(times.zone).filter(|zone| zone != plan.zone());
        }
    }
}

impl<'a> OtherZones<'a> {
    /// The date and the times of a window in another zone that takes place when a row says.
    fn same_instants(&mut self, row: &DateRow) -> Option<(NaiveDate, Times)> {
        let plan = self.plan;
        let own = times(&row.settings, plan);
        let at = instants(&own, row.on, plan)?;
        let with_ticket = self.by_ticket.get(row.settings.ticket.as_str());
        let named = || self.by_name.get(&row.settings.name.to_lowercase());
        let windows: Vec<&'a MaintenanceWindow> = with_ticket.or_else(named)?.clone();
        for window in windows.into_iter().filter(|window| plan.window_zone(window) != own.zone) {
            let zone = Zone::in_plan(plan, plan.window_zone(window))?;
            let on = zone.local(at.0).date();
            let span = self.span;
            let nights = self.nights.entry(window.id.as_str()).or_insert_with(|| nights(window, plan, span));
            let found = nights.get(&on).filter(|night| !night.is_off && instants(&night.times, on, plan) == Some(at));
            if let Some(night) = found {
                return Some((on, night.times.clone()));
            }
        }
        None
    }
}

/// When times on a date begin and end.
fn instants(times: &Times, on: NaiveDate, plan: &Plan) -> Option<(UtcMinute, UtcMinute)> {
    let zone = Zone::in_plan(plan, &times.zone)?;
    let begins = LocalMinute::from_naive(on.and_time(times.start));
    let (from, to) = zone.resolve_period(begins, times.duration, &mut [0; 2]);
    Some((from.at, to.at))
}
