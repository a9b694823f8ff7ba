//! The windows that affect one business area.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::export::sheet_text::{starts_on, window_name};
use crate::model::BusinessArea;
use crate::schedule::agreement::answers::{Party, areas};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// The maintenance that affects one business area.
pub struct Year<'a> {
    pub schedule: &'a Schedule,
    pub area: &'a BusinessArea,
    pub today: NaiveDate,
    /// The windows that work on its systems, by name.
    pub affecting_windows: Vec<AffectingWindow<'a>>,
}

/// A window that works on an area's systems.
pub struct AffectingWindow<'a> {
    pub name: String,
    pub window: &'a WindowSchedule,
    pub party: Party<'a>,
    /// Occurrences that start today or later.
    pub coming: Vec<&'a Occurrence>,
}

impl<'a> Year<'a> {
    pub fn new(schedule: &'a Schedule, area: &'a Arc<BusinessArea>, today: NaiveDate) -> Self {
        let plan = &*schedule.plan;
        let affecting = |window: &'a Arc<WindowSchedule>| {
            areas(plan, &window.scope).iter().any(|each| each.id == area.id).then(|| {
                let all = window.expansion.occurrences.iter();
                AffectingWindow {
                    name: window_name(&window.window),
                    window,
                    party: Party::new(plan, window, area),
                    coming: all.filter(|occurrence| starts_on(window, occurrence) >= today).collect(),
                }
            })
        };
        let mut affecting_windows: Vec<_> = schedule.windows.iter().filter_map(affecting).collect();
        affecting_windows.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.window.id().cmp(b.window.id())));
        Self { schedule, area, today, affecting_windows }
    }
}
