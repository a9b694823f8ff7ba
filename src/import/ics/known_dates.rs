//! A window of single events that came from a file before: each event keeps the original date that it gave.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::date_pattern::with_pattern;
use super::placement::{APART, CANCELLED, GONE, Placement};
use super::window_dates::{WindowClock, WindowDate, listed_window};
use super::window_drafts::{Draft, fields_with_dates};
use crate::import::reconcile::Speaks;
use crate::model::{
    CustomZone, ImportedEvent, ListedDate, MaintenanceWindow, Minutes, OccurrenceChange, Plan, Rule, ZoneId,
};
use crate::schedule::Zone;

/// The dates of a window, as the file has them now.
#[derive(Default)]
pub(super) struct KnownDates<'a> {
    /// The window of the plan; none if the file brings it.
    pub window: Option<&'a MaintenanceWindow>,
    /// By the original date.
    pub members: BTreeMap<NaiveDate, WindowDate>,
    pub cancelled: Vec<ImportedEvent>,
    /// Original dates that the file no longer has, and that are removed.
    pub gone: Vec<NaiveDate>,
}

/// Zone, start and length that most dates have.
type Clock = (Option<String>, NaiveTime, Minutes);

impl KnownDates<'_> {
    /// Whether all its events are cancelled, now or before.
    pub fn is_cancelled(&self) -> bool {
        let Some(window) = self.window.filter(|_| self.members.is_empty()) else { return false };
        let is_cancelled = |on: NaiveDate| {
            let skipped = window.exception(on).map(|exception| &exception.change);
            self.cancelled.iter().any(|event| event.on == Some(on))
                || matches!(skipped, Some(OccurrenceChange::Skipped { .. }))
        };
        let events = window.imported.iter().flat_map(|source| &source.events);
        events.filter_map(|event| event.on).all(is_cancelled)
    }

    /// The window, and the dates that it cannot say.
    /// `zones` has those that the file defines.
    pub fn draft(
        self,
        plan: &Plan,
        home: &Arc<Zone>,
        zones: &BTreeMap<ZoneId, CustomZone>,
    ) -> Option<(Draft, Vec<WindowDate>)> {
        let remembered = self.window.and_then(|window| window.imported.as_deref());
        let absent: BTreeSet<NaiveDate> = remembered
            .into_iter()
            .flat_map(|source| source.events.iter().filter_map(|event| event.on))
            .filter(|on| !self.members.contains_key(on))
            .collect();
        let mut window = self.usual(absent.len())?;
        let cancelled = self.cancelled.iter().filter_map(|event| event.on);
        let originals: BTreeSet<NaiveDate> = self.members.keys().chain(&absent).copied().chain(cancelled).collect();
        let dates = originals.iter().map(|on| ListedDate { on: *on, words: String::new() }).collect();
        window.rule = Rule::Dates(dates);
        let mut window = with_pattern(window, plan);
        let mut said: BTreeSet<NaiveDate> = self.members.keys().copied().collect();
        let mut apart = Vec::new();
        let named = |name: &str| zones.get(&ZoneId::new(name)).map(Zone::custom).or_else(|| Zone::in_plan(plan, name));
        let zone = window.zone.as_deref().and_then(named).unwrap_or_else(|| Arc::clone(home));
        let mut events = Vec::new();
        for (on, date) in self.members {
            events.push(ImportedEvent { on: Some(on), ..date.event.clone() });
            match date.placement(&window, on, &zone).map(Placement::change) {
                Some(None) => {}
                Some(Some(change)) => window.set_exception(on, change),
                None => {
                    window.set_exception(on, OccurrenceChange::Skipped { reason: APART.to_owned() });
                    apart.push(date);
                }
            }
        }
        let skipped = self.cancelled.iter().filter_map(|event| Some((event.on?, CANCELLED)));
        for (on, reason) in skipped.chain(self.gone.iter().map(|on| (*on, GONE))) {
            window.set_exception(on, OccurrenceChange::Skipped { reason: reason.to_owned() });
            said.insert(on);
        }
        events.extend(self.cancelled);
        let mut draft = Draft::new(window, events);
        if self.window.is_some() {
            let mut fields = fields_with_dates(said);
            if !absent.is_empty() {
                // Other events, which the file does not have, gave them, too.
                fields.retain(|field| field != "name" && field != "notes");
            }
            draft.speaks = Speaks::Only(fields);
        }
        Some((draft, apart))
    }

    /// The window with the zone, start and length of most dates, and without dates. Dates that are not in the file count
    /// as the plan has them.
    fn usual(&self, absent: usize) -> Option<MaintenanceWindow> {
        let mut votes: HashMap<Clock, usize> = HashMap::new();
        for date in self.members.values() {
            let clock = (date.clock.zone.clone(), date.clock.start, date.clock.duration);
            *votes.entry(clock).or_default() += 1;
        }
        if let Some(window) = self.window {
            *votes.entry((window.zone.clone(), window.start, window.duration)).or_default() += absent;
        }
        let most = votes.values().max().copied()?;
        let as_now = self.window.map(|window| (window.zone.clone(), window.start, window.duration));
        let first = self.members.values().map(|date| (date.clock.zone.clone(), date.clock.start, date.clock.duration));
        let (zone, start, duration) =
            as_now.into_iter().chain(first).find(|clock| votes.get(clock).copied().unwrap_or_default() == most)?;
        let all: Vec<WindowDate> = self.members.values().cloned().collect();
        let mut names: HashMap<&str, usize> = HashMap::new();
        for date in &all {
            *names.entry(&date.clock.name).or_default() += 1;
        }
        let most = names.values().max().copied().unwrap_or_default();
        let name = all.iter().map(|date| &date.clock.name).find(|name| names.get(name.as_str()) == Some(&most));
        let name = name.cloned().or_else(|| self.window.map(|window| window.name.clone()))?;
        let clock = WindowClock { name, zone, start, duration };
        Some(listed_window(&clock, &all))
    }
}
