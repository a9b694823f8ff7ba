//! What was learned in the nights of a plan: the notes of their records.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{NightRecord, SystemId, WindowId};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::window_schedule::WindowSchedule;

/// The notes of one night.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    pub record: &'a NightRecord,
    /// None if the plan no longer has the window.
    pub window: Option<&'a Arc<WindowSchedule>>,
}

impl<'a> Lesson<'a> {
    /// The original date.
    pub fn on(&self) -> NaiveDate {
        self.record.key.on
    }

    /// The window's name, or its id if it was removed.
    pub fn name(&self) -> &'a str {
        self.window.map_or(self.record.key.window.as_str(), |window| &window.window.name)
    }

    /// Whether the notes, the window's name or the outcome contain each of these words, in any case.
    pub fn has_words(&self, words: &[String]) -> bool {
        let outcome = self.record.ending.as_ref().map_or("", |ending| ending.outcome.name());
        let text = format!("{} {} {outcome}", self.record.notes, self.name()).to_lowercase();
        words.iter().all(|word| text.contains(&word.to_lowercase()))
    }
}

/// All notes, those of the newest night first.
pub fn lessons(schedule: &Schedule) -> Vec<Lesson<'_>> {
    let noted = schedule.plan.nights().iter().filter(|record| !record.notes.trim().is_empty());
    let mut all: Vec<_> = noted.map(|record| Lesson { record, window: schedule.window(&record.key.window) }).collect();
    all.sort_by(|one, other| other.on().cmp(&one.on()).then_with(|| one.record.key.cmp(&other.record.key)));
    all
}

/// Those that matter for a window: its own, and those of windows that share a group or system with it or have its type and
/// stage. Its own come first.
pub fn lessons_for<'a>(schedule: &'a Schedule, window: &WindowSchedule) -> Vec<Lesson<'a>> {
    let systems: HashSet<&SystemId> = window.scope.systems.iter().map(|system| &system.id).collect();
    // A window has many nights, and a large one is compared once.
    let mut alike: HashMap<&WindowId, bool> = HashMap::new();
    let mut all = lessons(schedule);
    all.retain(|lesson| {
        let compared = |other: &Arc<WindowSchedule>| is_alike(window, &systems, other);
        lesson.window.is_some_and(|other| *alike.entry(other.id()).or_insert_with(|| compared(other)))
    });
    all.sort_by_key(|lesson| lesson.record.key.window != *window.id());
    all
}

/// `systems`: those of the window.
fn is_alike(window: &WindowSchedule, systems: &HashSet<&SystemId>, other: &WindowSchedule) -> bool {
    let shares_group = window.window.groups.iter().any(|group| other.window.groups.contains(group));
    let shares_system = || other.scope.systems.iter().any(|system| systems.contains(&system.id));
    let is_of_type = || window.window.kind == other.window.kind && window.scope.stage == other.scope.stage;
    window.id() == other.id() || shares_group || shares_system() || (window.scope.stage.is_some() && is_of_type())
}
