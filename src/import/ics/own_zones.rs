//! Zones that a file defines and that no IANA zone is: the plan keeps those in which it has windows.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::event_time::EventTime;
use super::events::Event;
use super::window_drafts::Draft;
use crate::model::{CustomZone, Edit, Plan, UtcMinute, ZoneId};
use crate::schedule::Zone;

/// How far apart the moments are at which offsets are compared. Clock changes of a year are further apart.
const STEP: Days = Days::new(7);

/// The zones of events that no IANA zone is.
pub(super) fn custom_zones<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeMap<ZoneId, CustomZone> {
    let zone = |event: &Event| match &event.start {
        EventTime::Local { zone: Some(zone), .. } => zone.custom().cloned(),
        EventTime::Local { zone: None, .. } | EventTime::Date(_) | EventTime::Utc(_) => None,
    };
    events.into_iter().filter_map(zone).map(|zone| (zone.id.clone(), zone)).collect()
}

/// The edits that add the zones of the drafts to the plan. A zone gets another name if the plan has one of that name with
/// other offsets.
pub(super) fn zone_edits(plan: &Plan, drafts: &mut [Draft], zones: BTreeMap<ZoneId, CustomZone>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (id, mut zone) in zones {
        let uses = |draft: &&mut Draft| draft.window.zone.as_deref() == Some(id.as_str());
        let mut used: Vec<&mut Draft> = drafts.iter_mut().filter(uses).collect();
        let is_known = plan.zones().get(&id).map(|known| agree(plan, known, &zone));
        if used.is_empty() || is_known == Some(true) {
            continue;
        }
        if is_known == Some(false) {
            zone.id = ZoneId::unused(id.as_str(), |id| plan.zones().contains(id));
            for draft in &mut used {
                draft.window.zone = Some(zone.id.as_str().to_owned());
            }
        }
        edits.push(Edit::PutZone(zone));
    }
    edits
}

/// Whether both have the same offsets in the plan's months, also when either changes its clock.
fn agree(plan: &Plan, one: &CustomZone, other: &CustomZone) -> bool {
    let changes: Vec<UtcMinute> = one.transitions.iter().chain(&other.transitions).map(|change| change.at).collect();
    let (one, other) = (Zone::custom(one), Zone::custom(other));
    let (from, to) = (plan.horizon().from, plan.horizon().last());
    let days = std::iter::successors(Some(from), |on| on.checked_add_days(STEP)).take_while(|on| *on <= to);
    let noon = |on: NaiveDate| on.and_hms_opt(12, 0, 0).map(|at| UtcMinute::from_utc(at.and_utc()));
    let is_in_plan = |at: &UtcMinute| (from..=to).contains(&at.to_utc().date_naive());
    let changes = changes.into_iter().filter(is_in_plan);
    days.filter_map(noon).chain(changes).all(|at| one.offset(at) == other.offset(at))
}
