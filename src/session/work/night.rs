//! During the night: adds name and time to each note, and tells when the screen must be redrawn.

use std::sync::Arc;
use std::time::Duration;

use crate::model::{Edit, Ending, NightKey, NightRecord, StatusUpdate, Tick, UtcMinute, WatchRecord};
use crate::schedule::night;
use crate::schedule::night::Night;
use crate::session::session::Session;
use crate::session::state::tonight::Tonight;
use crate::session::verbs::action::Selection;
use crate::session::verbs::night_steps::{NightStep, WatchNote};
use crate::session::verbs::views::View;

/// How many minutes before a start the screen schedules a redraw. An edit or a click looks again anyway.
const AHEAD: i32 = 24 * 60;

/// How many coming nights are listed.
const MOST_COMING: usize = 8;

impl Session {
    /// Looks up what runs now. Returns when to look again: at the next full minute while a night runs or one that is near
    /// is shown, at the next start, or never.
    pub fn refresh_running_nights(&mut self) -> Option<Duration> {
        let now = self.now();
        let is_known =
            self.tonight.looked_up_for.as_ref().is_some_and(|(plan, at)| Arc::ptr_eq(plan, self.plan()) && *at == now);
        if !is_known {
            self.tonight = Tonight {
                looked_up_for: Some((Arc::clone(self.plan()), now)),
                running: night::running(&self.document.schedule, now),
                coming: night::coming(&self.document.schedule, now, MOST_COMING),
            };
        }
        let is_near = |key: &NightKey| {
            Night::find(&self.document.schedule, &key.window, key.on).is_some_and(|night| night.is_near(now))
        };
        let shows_one = self.navigation.view == View::Night && self.navigation.night.as_ref().is_some_and(is_near);
        if shows_one || !self.tonight.running.is_empty() {
            return Some(self.surroundings.clock.rest_of_minute());
        }
        let next = self.tonight.coming.first()?;
        let start_at = self.document.schedule.occurrence(&next.window, next.on)?.1.start_at;
        let wait = Some(start_at.since(now)).filter(|wait| *wait <= AHEAD)?;
        let minutes = Duration::from_secs(60 * u64::try_from(wait - 1).unwrap_or_default());
        Some(minutes + self.surroundings.clock.rest_of_minute())
    }

    /// Shows the selected night, the running one, the one shown last, or the next; the first of these that exists.
    pub(in crate::session) fn show_night(&mut self) {
        let exists = |key: &NightKey| {
            self.document.schedule.occurrence(&key.window, key.on).is_some() || self.plan().nights().contains(key)
        };
        let selected = match &self.navigation.selection {
            Selection::Occurrence(window, on) => Some(NightKey { window: window.clone(), on: *on }),
            _ => None,
        };
        let running = || night::running(&self.document.schedule, self.now()).into_iter().next();
        let coming = || night::coming(&self.document.schedule, self.now(), 1).into_iter().next();
        let kept = self.navigation.night.clone().filter(exists);
        match selected.or_else(running).or(kept).or_else(coming) {
            Some(key) => self.open_night(key),
            None => self.navigation.view = View::Night,
        }
    }

    /// The night whose results are recorded next: the selected one or the one shown last if it has begun, or the one that
    /// ended last.
    pub(in crate::session) fn night_to_record(&self) -> Option<NightKey> {
        let now = self.now();
        let has_begun = |key: &NightKey| {
            let found = self.document.schedule.occurrence(&key.window, key.on);
            found.is_some_and(|(_, occurrence)| occurrence.start_at <= now)
        };
        let selected = match &self.navigation.selection {
            Selection::Occurrence(window, on) => Some(NightKey { window: window.clone(), on: *on }),
            _ => None,
        };
        let shown = || self.navigation.night.clone().filter(has_begun);
        selected.filter(has_begun).or_else(shown).or_else(|| night::last_ended(&self.document.schedule, now))
    }

    /// Shows a night and selects its occurrence, so that commands act on it.
    pub(in crate::session) fn open_night(&mut self, key: NightKey) {
        if self.document.schedule.occurrence(&key.window, key.on).is_some() {
            self.navigation.selection = Selection::Occurrence(key.window.clone(), key.on);
        }
        self.navigation.night = Some(key);
        self.navigation.view = View::Night;
    }

    /// Notes a step. All steps but notes need the user's name; if it is missing, the
    /// cursor moves to its field.
    pub(in crate::session) fn note_night(&mut self, key: &NightKey, step: NightStep) {
        if self.lacks_name_for(&step) {
            // The field says what is missing.
            self.navigation.names_selection = true;
            return;
        }
        if let Some(edit) = self.night_edit(key, step) {
            self.edit(&edit);
        }
    }

    fn lacks_name_for(&self, step: &NightStep) -> bool {
        self.settings.user_name().is_empty() && !matches!(step, NightStep::Notes(_))
    }

    /// The edit that notes a step; none if it changes nothing, or if the user's name is missing.
    pub(in crate::session) fn night_edit(&self, key: &NightKey, step: NightStep) -> Option<Edit> {
        if self.lacks_name_for(&step) {
            return None;
        }
        let by = self.settings.user_name().to_owned();
        let before = self.plan().nights().get(key).map(|record| NightRecord::clone(record));
        let mut record = before.clone().unwrap_or_else(|| NightRecord::new(key.clone()));
        write_down(&mut record, step, by, self.now());
        let put = Edit::PutNight(record.clone());
        if record != NightRecord::new(key.clone()) {
            return Some(put);
        }
        // Removes a record that has become empty.
        let label = put.label(self.plan());
        before.map(|_| Edit::Together { label, edits: vec![Edit::RemoveNight(key.clone())] })
    }
}

fn write_down(record: &mut NightRecord, step: NightStep, by: String, at: UtcMinute) {
    match step {
        NightStep::Tick(block, item) => record.ticks.push(Tick { block, item, by, at }),
        NightStep::Untick { block, item, nth } => {
            let is_meant = |(_, tick): &(usize, &Tick)| tick.block == block && tick.item == item;
            let index = record.ticks.iter().enumerate().filter(is_meant).nth(nth).map(|(index, _)| index);
            if let Some(index) = index {
                record.ticks.remove(index);
            }
        }
        NightStep::UpdateStatus(due_at, text) => {
            record.status_updates.retain(|update| update.due_at != due_at);
            if !text.is_empty() {
                record.status_updates.push(StatusUpdate { due_at, text, by, at });
            }
            record.status_updates.sort_by_key(|update| update.due_at);
        }
        NightStep::End(outcome) => record.ending = Some(Ending { outcome, by, at }),
        NightStep::Reopen => record.ending = None,
        NightStep::Notes(notes) => record.notes = notes,
        NightStep::Watch(note) => {
            let mut watch = record.watch.take().unwrap_or_else(|| WatchRecord::new(by.clone(), at));
            match note {
                WatchNote::Outcome(outcome) => watch.outcome = outcome,
                WatchNote::Logs(logs) => watch.logs = logs,
                WatchNote::Performance(performance) => watch.performance = performance,
            }
            record.watch = Some(WatchRecord { by, at, ..watch }).filter(|watch| !watch.is_empty());
        }
    }
}
