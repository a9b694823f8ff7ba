//! The answers to one window: a state for each area and date, in a byte each.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::{AnswerState, Tally};
use crate::model::{Horizon, Plan};
use crate::schedule::agreement::answers::{Party, areas};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// How the answers of all areas to all dates of one window stand.
#[derive(Debug)]
pub struct WindowLedger {
    pub of: Arc<WindowSchedule>,
    /// The places of the areas in the plan's table, sorted.
    areas: Vec<u32>,
    /// For each of `areas` how many days of notice it needs; none where notice is informational.
    notice_days: Vec<Option<u16>>,
    /// For each occurrence the month in which it starts.
    months: Vec<u8>,
    /// Area by area, a state for each occurrence.
    states: Vec<AnswerState>,
    pub total: Tally,
}

impl WindowLedger {
    pub(super) fn new(plan: &Plan, window: &Arc<WindowSchedule>, today: NaiveDate) -> Self {
        let occurrences = &window.expansion.occurrences;
        let parties: Vec<_> =
            areas(plan, &window.scope).into_iter().map(|area| Party::new(plan, window, area)).collect();
        let mut states = Vec::with_capacity(parties.len() * occurrences.len());
        let mut total = Tally::default();
        for party in &parties {
            for occurrence in occurrences {
                let state = state(plan, party, occurrence, today);
                total.add(state);
                states.push(state);
            }
        }
        Self {
            of: Arc::clone(window),
            areas: parties
                .iter()
                .filter_map(|party| plan.areas().position(&party.area.id))
                .map(|at| at as u32)
                .collect(),
            notice_days: parties.iter().map(|party| party.notice_days).collect(),
            months: occurrences.iter().map(|occurrence| month_of(plan.horizon(), occurrence.on())).collect(),
            states,
            total,
        }
    }

    pub fn occurrences(&self) -> &[Occurrence] {
        &self.of.expansion.occurrences
    }

    /// The places of its areas in the plan's table, sorted.
    pub fn areas(&self) -> impl Iterator<Item = usize> + '_ {
        self.areas.iter().map(|place| *place as usize)
    }

    /// Whether the area at that place in the plan's table must agree to it.
    pub fn concerns(&self, area: usize) -> bool {
        self.slot(area).is_some()
    }

    fn slot(&self, area: usize) -> Option<usize> {
        self.areas.binary_search(&(area as u32)).ok()
    }

    /// How the answers of that area stand, in the order of the occurrences; nothing where it need not agree.
    pub fn states(&self, area: usize) -> &[AnswerState] {
        let count = self.months.len();
        self.slot(area).map_or(&[], |slot| &self.states[slot * count..(slot + 1) * count])
    }

    /// Each occurrence's month and how that area's answer stands.
    pub fn by_month(&self, area: usize) -> impl Iterator<Item = (usize, AnswerState)> + '_ {
        self.months.iter().map(|month| usize::from(*month)).zip(self.states(area).iter().copied())
    }

    /// The last day on which that area can be asked about an occurrence, where it must be and was not.
    pub fn due_day(&self, area: usize, occurrence: usize) -> Option<i32> {
        let slot = self.slot(area)?;
        let state = self.states[slot * self.months.len() + occurrence];
        let days = self.notice_days[slot].filter(|_| state.must_be_asked())?;
        Some(self.occurrences()[occurrence].start_day() - i32::from(days))
    }
}

fn state(plan: &Plan, party: &Party<'_>, occurrence: &Occurrence, today: NaiveDate) -> AnswerState {
    if occurrence.on() < today {
        return AnswerState::Over;
    }
    match party.said(occurrence) {
        Some(answer) => AnswerState::new(&answer, today, plan.policy()),
        None => AnswerState::unasked(party.notice(occurrence), today, plan.policy()),
    }
}

/// The number of a month, counted from the horizon's first one. What was moved out of the horizon counts to its first
/// or its last month.
pub fn month_of(horizon: Horizon, on: NaiveDate) -> u8 {
    let month = |on: NaiveDate| on.year() * 12 + on.month0() as i32;
    let on = on.clamp(horizon.from, horizon.last().max(horizon.from));
    u8::try_from(month(on) - month(horizon.from)).unwrap_or(u8::MAX)
}
