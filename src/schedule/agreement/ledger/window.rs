//! The answers for one window: one byte per area and date.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{AnswerState, Tally};
use crate::model::{Horizon, Plan, month_number};
use crate::schedule::agreement::answers::{Party, areas};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// The state of the answers of all areas for all dates of a window.
#[derive(Debug)]
pub struct WindowLedger {
    pub schedule: Arc<WindowSchedule>,
    /// The positions of the areas in the plan's table, sorted.
    areas: Vec<u32>,
    /// The days of notice that each of `areas` needs. None if notice is informational.
    notice_days: Vec<Option<u16>>,
    /// The month in which each occurrence starts.
    months: Vec<u8>,
    /// The state for each occurrence, area by area.
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
            schedule: Arc::clone(window),
            areas: parties
                .iter()
                .filter_map(|party| plan.areas().position(&party.area.id))
                .map(|at| at as u32)
                .collect(),
            notice_days: parties.iter().map(|party| party.notice_days).collect(),
            months: occurrences.iter().map(|occurrence| month_index(plan.horizon(), occurrence.on())).collect(),
            states,
            total,
        }
    }

    pub fn occurrences(&self) -> &[Occurrence] {
        &self.schedule.expansion.occurrences
    }

    /// The positions of its areas in the plan's table, sorted.
    pub fn areas(&self) -> impl Iterator<Item = usize> + '_ {
        self.areas.iter().map(|position| *position as usize)
    }

    /// Whether the area at this position in the plan's table must agree to it.
    pub fn concerns(&self, area: usize) -> bool {
        self.slot(area).is_some()
    }

    fn slot(&self, area: usize) -> Option<usize> {
        self.areas.binary_search(&(area as u32)).ok()
    }

    /// The states of an area's answers, in the order of the occurrences. Empty if it does not have to agree.
    pub fn states(&self, area: usize) -> &[AnswerState] {
        let count = self.months.len();
        self.slot(area).map_or(&[], |slot| &self.states[slot * count..(slot + 1) * count])
    }

    /// The month of each occurrence and the state of the area's answer.
    pub fn by_month(&self, area: usize) -> impl Iterator<Item = (usize, AnswerState)> + '_ {
        self.months.iter().map(|month| usize::from(*month)).zip(self.states(area).iter().copied())
    }

    /// The last day on which this area can be asked about an occurrence, if it must be and was not.
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
    match party.recorded_answer(occurrence) {
        Some(answer) => AnswerState::new(&answer, today, plan.policy()),
        None => AnswerState::unasked(party.notice(occurrence), today, plan.policy()),
    }
}

/// The index of a month, counted from the plan's first one. Dates that were moved out of the plan's months count
/// towards the first or the last one.
pub fn month_index(horizon: Horizon, on: NaiveDate) -> u8 {
    let on = on.clamp(horizon.from, horizon.last().max(horizon.from));
    u8::try_from(month_number(on) - month_number(horizon.from)).unwrap_or(u8::MAX)
}
