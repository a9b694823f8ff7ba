//! A summary of the ledger: the state of all areas' answers for all occurrences, by window, area and month, and which
//! notice must go out by which day.
//!
//! It contains one [`WindowLedger`] per window. Deriving it again after an edit reuses those whose inputs are the same.

mod notices;
mod noting;
mod state;
mod tally;
mod window;

use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};

pub use notices::DueNotice;
pub use noting::{AnswerIndex, BulkAnswer, NewAnswer, ReserveOn};
pub use state::{AnswerState, days_silent, in_words, outdated_in_words};
pub use tally::Tally;
pub use window::{WindowLedger, month_index};

use crate::model::{Plan, Record, Table, WindowId};
use crate::progress::Progress;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::window_schedule::WindowSchedule;

/// The state of all answers of one plan on one day.
#[derive(Debug)]
pub struct Ledger {
    pub plan: Arc<Plan>,
    pub today: NaiveDate,
    /// The first day of each month of the plan.
    pub months: Vec<NaiveDate>,
    /// One per window of the plan, in the order of their ids.
    pub windows: Vec<Arc<WindowLedger>>,
    /// For each area of the plan, a tally per month.
    by_area: Vec<Vec<Tally>>,
    pub total: Tally,
    /// Notice that must still be given, sorted by due day, then by start and window.
    pub notices: Vec<DueNotice>,
}

impl Ledger {
    /// Derives the ledger of `schedule`, reusing the parts of `previous` that are unchanged.
    pub fn derive(schedule: &Schedule, today: NaiveDate, previous: Option<&Self>) -> Self {
        let windows = kept_windows(schedule, today, previous);
        let fold = |(window, kept): (&Arc<WindowSchedule>, Option<_>)| {
            kept.unwrap_or_else(|| Arc::new(WindowLedger::new(&schedule.plan, window, today)))
        };
        Self::with(schedule, today, schedule.windows.iter().zip(windows).map(fold).collect())
    }

    /// The same for a large plan. None if it is cancelled.
    pub fn derive_with_progress(
        schedule: &Schedule,
        today: NaiveDate,
        previous: Option<&Self>,
        progress: &Progress,
    ) -> Option<Self> {
        let mut windows = Vec::with_capacity(schedule.windows.len());
        for (window, kept) in schedule.windows.iter().zip(kept_windows(schedule, today, previous)) {
            if !progress.continues(windows.len(), schedule.windows.len()) {
                return None;
            }
            windows.push(kept.unwrap_or_else(|| Arc::new(WindowLedger::new(&schedule.plan, window, today))));
        }
        Some(Self::with(schedule, today, windows))
    }

    fn with(schedule: &Schedule, today: NaiveDate, windows: Vec<Arc<WindowLedger>>) -> Self {
        let plan = &schedule.plan;
        let months = months(plan);
        let mut by_area = vec![vec![Tally::default(); months.len()]; plan.areas().len()];
        let mut total = Tally::default();
        for window in &windows {
            total.add_all(&window.total);
            for area in window.areas() {
                for (month, state) in window.by_month(area) {
                    by_area[area][month.min(months.len() - 1)].add(state);
                }
            }
        }
        let notices = notices::due(&windows);
        Self { plan: Arc::clone(plan), today, months, windows, by_area, total, notices }
    }

    /// Whether it is the ledger of this plan on this day.
    pub fn is_of(&self, plan: &Arc<Plan>, today: NaiveDate) -> bool {
        Arc::ptr_eq(&self.plan, plan) && self.today == today
    }

    /// Whether everything that affects all windows' answers is the same.
    fn is_like(&self, plan: &Plan, today: NaiveDate) -> bool {
        self.today == today
            && self.plan.areas().ptr_eq(plan.areas())
            && Arc::ptr_eq(self.plan.policy(), plan.policy())
            && self.plan.horizon() == plan.horizon()
    }

    /// Whether the ledger of a window is still valid in another plan.
    fn is_valid(&self, kept: &WindowLedger, window: &Arc<WindowSchedule>, plan: &Plan) -> bool {
        let id = window.id();
        let is_same_window = Arc::ptr_eq(&kept.schedule, window)
            || (Arc::ptr_eq(&kept.schedule.window, &window.window)
                && Arc::ptr_eq(&kept.schedule.expansion, &window.expansion)
                && Arc::ptr_eq(&kept.schedule.scope, &window.scope));
        is_same_window
            && is_same(self.plan.ledger(), plan.ledger(), |table| table.for_window(id))
            && is_same(self.plan.sent_invites(), plan.sent_invites(), |table| table.for_window(id))
    }

    /// The tallies of the area at this position in the plan's table, one per month.
    pub fn tallies_for(&self, area: usize) -> &[Tally] {
        self.by_area.get(area).map_or(&[], Vec::as_slice)
    }

    pub fn window(&self, id: &WindowId) -> Option<&Arc<WindowLedger>> {
        self.windows.binary_search_by(|window| window.schedule.id().cmp(id)).ok().map(|index| &self.windows[index])
    }
}

/// The parts of `previous` that are still valid, for each window of `schedule`.
fn kept_windows(
    schedule: &Schedule,
    today: NaiveDate,
    previous: Option<&Ledger>,
) -> impl Iterator<Item = Option<Arc<WindowLedger>>> {
    let plan = &*schedule.plan;
    let reuse = previous.filter(|previous| previous.is_like(plan, today));
    let mut old = reuse.map_or(&[][..], |previous| &previous.windows).iter().peekable();
    schedule.windows.iter().map(move |window| {
        while old.next_if(|each| each.schedule.id() < window.id()).is_some() {}
        let kept = old.next_if(|each| each.schedule.id() == window.id()).zip(reuse);
        kept.filter(|(kept, previous)| previous.is_valid(kept, window, plan)).map(|(kept, _)| Arc::clone(kept))
    })
}

/// Whether a part of two tables has the same records.
fn is_same<T: Record>(a: &Table<T>, b: &Table<T>, part: impl Fn(&Table<T>) -> &[Arc<T>]) -> bool {
    let is_same_part = || {
        let (a, b) = (part(a), part(b));
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
    };
    a.ptr_eq(b) || is_same_part()
}

/// The first day of each month of the plan. At least one.
fn months(plan: &Plan) -> Vec<NaiveDate> {
    let first = plan.horizon().from.with_day(1).unwrap_or(plan.horizon().from);
    let count = u32::from(month_index(plan.horizon(), plan.horizon().last())) + 1;
    (0..count).filter_map(|month| first.checked_add_months(Months::new(month))).collect()
}
