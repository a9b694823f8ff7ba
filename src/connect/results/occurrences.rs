//! Which occurrence a result belongs to.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{SystemId, UtcMinute, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// Work may begin this many minutes before the planned start …
const EARLY: i32 = 60;
/// … and its report may be made this many after the planned end.
const AFTERWARDS: i32 = 24 * 60;

/// Finds the occurrence of results.
pub struct Occurrences<'a> {
    pub schedule: &'a Schedule,
    /// What a person chose.
    pub window: Option<WindowId>,
    pub on: Option<NaiveDate>,
}

/// An occurrence and its window.
pub type Found<'a> = (&'a Arc<WindowSchedule>, &'a Occurrence);

impl<'a> Occurrences<'a> {
    /// The window that a row names, by id or name, or that was chosen.
    ///
    /// # Errors
    /// A window that the plan does not have, or several of that name.
    pub fn window(&self, named: &str) -> Result<Option<&'a Arc<WindowSchedule>>, String> {
        if named.is_empty() {
            return Ok(self.window.as_ref().and_then(|id| self.schedule.window(id)));
        }
        let lower = named.to_lowercase();
        let is_it =
            |window: &&Arc<WindowSchedule>| window.id().as_str() == lower || window.window.name.to_lowercase() == lower;
        let found: Vec<_> = self.schedule.windows.iter().filter(is_it).collect();
        match found.as_slice() {
            [window] => Ok(Some(window)),
            [] => Err(format!("unknown window \"{named}\"")),
            _ => Err(format!("several windows are called \"{named}\"")),
        }
    }

    /// The occurrence of a window on a date, or at a time. Without a window, that of a window that covers the system.
    ///
    /// # Errors
    /// There is none, or nothing tells which.
    pub fn find(
        &self,
        window: Option<&'a Arc<WindowSchedule>>,
        on: Option<NaiveDate>,
        at: Option<UtcMinute>,
        system: Option<&SystemId>,
    ) -> Result<Found<'a>, Missing> {
        let on = on.or(self.on);
        if let (Some(window), Some(on)) = (window, on) {
            let all = &window.expansion.occurrences;
            let found = window.expansion.occurrence_on(on).or_else(|| all.iter().find(|each| each.on() == on));
            let missing = || Missing::NotThere(format!("{} has no occurrence on {on}", window.window.name));
            return found.map(|occurrence| (window, occurrence)).ok_or_else(missing);
        }
        let Some(at) = at else {
            let only = |on: NaiveDate| self.on_date(on, system);
            return on.and_then(only).ok_or(Missing::Unknown);
        };
        let windows = self.schedule.windows.iter().filter(|each| match (window, system) {
            (Some(window), _) => Arc::ptr_eq(each, window),
            (None, Some(system)) => each.scope.covers(system),
            (None, None) => false,
        });
        let fits = |each: &&Occurrence| {
            each.start_at.plus(-EARLY) <= at
                && at <= each.end_at.plus(AFTERWARDS)
                && on.is_none_or(|on| each.on() == on)
        };
        let fitting = windows.filter_map(|window| {
            let last = window.expansion.occurrences.iter().rev().find(fits);
            last.map(|occurrence| (window, occurrence))
        });
        let missing = || Missing::NotThere("no occurrence of its windows at that time".to_owned());
        fitting.max_by_key(|(_, occurrence)| occurrence.start_at).ok_or_else(missing)
    }

    /// The only occurrence on a date of the windows that cover a system.
    fn on_date(&self, on: NaiveDate, system: Option<&SystemId>) -> Option<Found<'a>> {
        let system = system?;
        let windows = self.schedule.windows.iter().filter(|window| window.scope.covers(system));
        let mut found = windows.filter_map(|window| {
            let occurrence = window.expansion.occurrence_on(on)?;
            Some((window, occurrence))
        });
        found.next().filter(|_| found.next().is_none())
    }
}

/// Why no occurrence was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing says which: a person must choose.
    Unknown,
    /// As part of a sentence.
    NotThere(String),
}
