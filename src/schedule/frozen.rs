//! Change freezes as instants and systems, so that asking whether one covers a window costs next to nothing.

use chrono::NaiveDate;

use super::{Schedule, WindowSchedule, Zone};
use crate::model::{ChangeFreeze, FreezeScope, LocalMinute, Plan, SystemId, UtcMinute, date_in_words as date};

/// A change freeze, reckoned.
pub struct Frozen<'a> {
    pub freeze: &'a ChangeFreeze,
    /// "freeze Year end, Mon 13 Dec 2027 to Mon 3 Jan 2028"
    pub in_words: String,
    /// From the first midnight in the plan's zone …
    pub from: UtcMinute,
    /// … to the one after the last day. Before `from` where the dates stand the wrong way round.
    pub to: UtcMinute,
    /// By place in the plan's table, whether the freeze covers that system; none where it covers everything.
    systems: Option<Vec<bool>>,
}

impl<'a> Frozen<'a> {
    /// All freezes of a plan, in the order of their ids.
    pub fn all(schedule: &'a Schedule) -> Vec<Self> {
        let plan = &*schedule.plan;
        plan.freezes.iter().map(|freeze| Self::of(freeze, plan, &schedule.zone)).collect()
    }

    /// `zone` is the plan's.
    pub fn of(freeze: &'a ChangeFreeze, plan: &Plan, zone: &Zone) -> Self {
        let after = freeze.last_on.succ_opt().unwrap_or(NaiveDate::MAX);
        let midnight = |on| zone.place(LocalMinute::midnight(on)).at;
        Self {
            freeze,
            in_words: format!("freeze {}, {} to {}", freeze.name, date(freeze.first_on), date(freeze.last_on)),
            from: midnight(freeze.first_on),
            to: midnight(after),
            systems: systems(&freeze.scope, plan),
        }
    }

    /// Whether the window needs an exemption to take place in this freeze, and has none.
    pub fn covers(&self, window: &WindowSchedule) -> bool {
        let is_exempt = || self.freeze.exemptions.iter().any(|exemption| exemption.window == *window.id());
        self.covers_any(&window.scope.positions) && !is_exempt()
    }

    /// Whether it covers one of the systems at those places in the plan's table.
    pub fn covers_any(&self, places: &[u32]) -> bool {
        self.systems.as_ref().is_none_or(|systems| places.iter().any(|place| systems[*place as usize]))
    }

    /// Whether any of that time lies in it.
    pub fn touches(&self, start_at: UtcMinute, end_at: UtcMinute) -> bool {
        self.from < self.to && start_at < self.to && end_at > self.from
    }
}

fn systems(scope: &FreezeScope, plan: &Plan) -> Option<Vec<bool>> {
    let mut frozen = vec![false; plan.systems.len()];
    let mark = |id: &SystemId| {
        if let Some(place) = plan.systems.position(id) {
            frozen[place] = true;
        }
    };
    match scope {
        FreezeScope::Everything => return None,
        FreezeScope::Systems(systems) => systems.iter().for_each(mark),
        FreezeScope::Ladders(ladders) => {
            let ladders = ladders.iter().filter_map(|id| plan.ladders.get(id));
            ladders.flat_map(|ladder| &ladder.groups).flat_map(|group| &group.systems).for_each(mark);
        }
        FreezeScope::Areas(areas) => {
            let is_frozen = |area| areas.contains(area);
            frozen = plan.systems.iter().map(|system| system.area.as_ref().is_some_and(is_frozen)).collect();
        }
    }
    Some(frozen)
}
