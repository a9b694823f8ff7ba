//! The windows of two plans side by side. Windows that are the same in memory, or equal, are skipped quickly.

use std::sync::Arc;

use chrono::NaiveDate;

use super::dates::DateComparison;
use super::owners::{OwnerDirectory, OwnersBeforeAndAfter, WindowOwner};
use super::window_fields::changes;
use super::{RecordPresence, WindowRevision};
use crate::progress::Progress;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::window_schedule::WindowSchedule;

/// The windows that differ, and the number of dates that do not.
#[derive(Default)]
pub struct WindowDifferences {
    pub windows: Vec<WindowRevision>,
    pub unchanged: usize,
}

/// Compares window by window. None if it is cancelled.
pub fn compare(
    old: &Schedule,
    new: &Schedule,
    today: NaiveDate,
    directory: &OwnerDirectory,
    progress: &Progress,
) -> Option<WindowDifferences> {
    let pairing = WindowComparison::new(old, new, today, directory);
    let (mut before, mut after) = (old.windows.iter().peekable(), new.windows.iter().peekable());
    let mut found = WindowDifferences::default();
    for done in 0.. {
        if !progress.continues(done, old.windows.len().max(new.windows.len())) {
            return None;
        }
        let (a, b) = match (before.peek(), after.peek()) {
            (Some(a), Some(b)) if a.id() == b.id() => (before.next(), after.next()),
            (Some(a), Some(b)) if a.id() > b.id() => (None, after.next()),
            (Some(_), _) => (before.next(), None),
            (None, Some(_)) => (None, after.next()),
            (None, None) => break,
        };
        pairing.compare(&mut found, a, b);
    }
    found.windows.sort_by(|a, b| (&a.name, &a.window).cmp(&(&b.name, &b.window)));
    Some(found)
}

struct WindowComparison<'a> {
    old: &'a Schedule,
    new: &'a Schedule,
    today: NaiveDate,
    directory: &'a OwnerDirectory,
    /// Whether both plans have the same areas, people, teams and checklists.
    same_records: bool,
    same_ladders: bool,
}

impl<'a> WindowComparison<'a> {
    fn new(old: &'a Schedule, new: &'a Schedule, today: NaiveDate, directory: &'a OwnerDirectory) -> Self {
        let (a, b) = (&old.plan, &new.plan);
        let same_records = a.areas() == b.areas()
            && a.people() == b.people()
            && a.teams() == b.teams()
            && a.checklists() == b.checklists();
        Self { old, new, today, directory, same_records, same_ladders: a.ladders() == b.ladders() }
    }

    fn compare(
        &self,
        found: &mut WindowDifferences,
        old: Option<&Arc<WindowSchedule>>,
        new: Option<&Arc<WindowSchedule>>,
    ) {
        let owners = |words_changed| OwnersBeforeAndAfter {
            before: self.concerned(0, self.old, old),
            after: self.concerned(1, self.new, new),
            words_changed,
        };
        let (presence, fields, owners) = match (old, new) {
            (Some(old), Some(new)) => {
                if self.is_same(old, new) {
                    found.unchanged += new.expansion.occurrences.len();
                    return;
                }
                let fields = changes(&self.old.plan, old, &self.new.plan, new);
                let owners = owners(fields.iter().any(|field| field.is_for_owners));
                (RecordPresence::Kept, fields, owners)
            }
            (None, _) => (RecordPresence::New, Vec::new(), owners(false)),
            (_, None) => (RecordPresence::Removed, Vec::new(), owners(false)),
        };
        let same_owners = owners.before.iter().map(|each| each.owner).eq(owners.after.iter().map(|each| each.owner));
        let is_changed = fields.iter().any(|field| !field.is_of_dates) || !same_owners;
        let horizons = (self.old.plan.horizon(), self.new.plan.horizon());
        let sight = DateComparison { old, new, horizons, owners: &owners, is_changed, today: self.today };
        let dates = sight.compare();
        found.unchanged += dates.unchanged;
        if let Some(window) =
            new.or(old).filter(|_| presence != RecordPresence::Kept || !fields.is_empty() || !dates.list.is_empty())
        {
            found.windows.push(WindowRevision {
                window: window.id().clone(),
                name: window.window.name.clone(),
                presence,
                fields,
                dates: dates.list,
                before: dates.before,
            });
        }
    }

    fn concerned(
        &self,
        plan_index: usize,
        schedule: &Schedule,
        window: Option<&Arc<WindowSchedule>>,
    ) -> Vec<WindowOwner> {
        let owners = |window: &Arc<WindowSchedule>| {
            self.directory.concerned(plan_index, &schedule.plan, &window.window, &window.scope)
        };
        window.map(owners).unwrap_or_default()
    }

    /// Whether nothing about it can differ: the same pointers, or equal contents with the same areas, people, teams and
    /// checklists.
    fn is_same(&self, old: &Arc<WindowSchedule>, new: &Arc<WindowSchedule>) -> bool {
        let same_ladders = new.window.groups.is_empty() || self.same_ladders;
        let same_scope = Arc::ptr_eq(&old.scope, &new.scope) || old.scope.systems == new.scope.systems;
        self.same_records
            && same_ladders
            && (Arc::ptr_eq(&old.window, &new.window) || old.window == new.window)
            && (Arc::ptr_eq(&old.expansion, &new.expansion)
                || (old.expansion.occurrences == new.expansion.occurrences
                    && old.expansion.skipped == new.expansion.skipped
                    && old.expansion.zone.name() == new.expansion.zone.name()))
            && same_scope
    }
}
