//! The windows that concern one business area.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::export::sheet_text::{starts_on, window_name};
use crate::model::BusinessArea;
use crate::schedule::agreement::answers::{Party, areas};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// The maintenance that concerns one business area.
pub struct Year<'a> {
    pub schedule: &'a Schedule,
    pub area: &'a BusinessArea,
    pub today: NaiveDate,
    /// The windows that work on its systems, by name.
    pub concerns: Vec<Concern<'a>>,
}

/// A window that works on an area's systems.
pub struct Concern<'a> {
    pub name: String,
    pub window: &'a WindowSchedule,
    pub party: Party<'a>,
    /// Occurrences that start today or later.
    pub coming: Vec<&'a Occurrence>,
}

impl<'a> Year<'a> {
    pub fn new(schedule: &'a Schedule, area: &'a Arc<BusinessArea>, today: NaiveDate) -> Self {
        let plan = &*schedule.plan;
        let concern = |window: &'a Arc<WindowSchedule>| {
            areas(plan, &window.scope).iter().any(|each| each.id == area.id).then(|| {
                let all = window.expansion.occurrences.iter();
                Concern {
                    name: window_name(&window.window),
                    window,
                    party: Party::new(plan, window, area),
                    coming: all.filter(|occurrence| starts_on(window, occurrence) >= today).collect(),
                }
            })
        };
        let mut concerns: Vec<_> = schedule.windows.iter().filter_map(concern).collect();
        concerns.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.window.id().cmp(b.window.id())));
        Self { schedule, area, today, concerns }
    }
}
