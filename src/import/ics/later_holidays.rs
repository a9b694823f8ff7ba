//! A holiday calendar of which the plan may have imported some days before: what is new, changed, cancelled and gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::additions::may_be_added;
use super::events::Event;
use super::file_events::FileEvents;
use super::holiday_days::{FoundDay, ReplacedDay, days_after_first, fields, following, names_on};
use super::later_report::{LaterReport, NOT_CHOSEN};
use super::memory::{Memory, version};
use super::noted_cancellations::NotedCancellations;
use super::placement::CANCELLED;
use super::revisions::Resolved;
use crate::import::imported::Imported;
use crate::import::reconcile::{Fields, Incoming, Merged, Speaks, merge};
use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId, ImportSource, ImportedEvent, Plan, slug};
use crate::schedule::Zone;
use crate::wording::{counted, date, list_in_sentence};

const GONE: &str = "No longer in the calendar";
/// How many days a warning names.
const MOST_NAMED: usize = 3;

/// The plan and the file, while the file is compared with what it gave before.
pub(super) struct LaterHolidays<'a> {
    pub plan: &'a Plan,
    pub home: Arc<Zone>,
    pub today: NaiveDate,
    pub removes_gone: bool,
    pub file: FileEvents,
    pub memory: Memory<'a, HolidayCalendar>,
    pub report: LaterReport,
    /// Events of which the plan has a newer version: their days stay.
    outdated: HashSet<String>,
    /// Single occurrences that the file moves or cancels.
    replaced: Vec<ReplacedDay>,
    /// UIDs of events that the file cancels as a whole.
    cancelled: HashSet<String>,
    /// Days that move with an earlier one of their series.
    shifted: Vec<FoundDay>,
    /// Days of regions that were not chosen, but imported before.
    of_other_regions: Vec<FoundDay>,
    /// The dates of such days, if they are removed.
    unwanted_on: BTreeSet<NaiveDate>,
    noted: NotedCancellations,
    /// The versions of series of which the plan has something.
    series: HashMap<String, ImportedEvent>,
}

impl<'a> LaterHolidays<'a> {
    pub fn new(plan: &'a Plan, home: &Arc<Zone>, today: NaiveDate, removes_gone: bool, file: FileEvents) -> Self {
        let memory = Memory::new(plan.holidays().iter().map(|calendar| &**calendar), plan, &file);
        Self {
            plan,
            home: Arc::clone(home),
            today,
            removes_gone,
            file,
            memory,
            report: LaterReport::new("no holiday"),
            outdated: HashSet::new(),
            replaced: Vec::new(),
            cancelled: HashSet::new(),
            shifted: Vec::new(),
            of_other_regions: Vec::new(),
            unwanted_on: BTreeSet::new(),
            noted: NotedCancellations::default(),
            series: HashMap::new(),
        }
    }

    /// Takes out what the plan has in a newer version. Returns the rest; cancelled events that the plan has are no longer
    /// in it, since their days are compared.
    pub fn take(&mut self, resolved: Resolved, imported: &mut Imported) -> Resolved {
        let mut rest = Resolved::default();
        for event in resolved.cancelled {
            let own = self.version(&event);
            let source = self.memory.events(&event.uid).first().and_then(|(index, _)| self.memory.source(*index));
            if let Some(source) = source {
                if self.memory.is_outdated(&own) {
                    self.report.add_outdated(format!("Cancellation of {}", event.quoted_title()));
                    self.add_outdated(own);
                } else {
                    self.noted.add(&source.source, own.clone());
                    self.cancelled.extend(Some(own.uid.clone()).filter(|_| own.on.is_none()));
                    self.add_replaced(&event, own, imported);
                }
                continue;
            }
            if event.is_from_cancellation && !event.uid.is_empty() && !self.memory.is_cancelled(&own) {
                self.noted.add(&self.file.source, own);
                self.report.add_noted();
            }
            rest.cancelled.push(event);
        }
        for group in resolved.groups {
            if group.event.is_addition {
                if may_be_added(&group.event, &self.memory, &self.home, &mut self.report, imported) {
                    rest.groups.push(group);
                }
                continue;
            }
            let own = self.version(&group.event);
            if self.memory.is_cancelled(&own) {
                self.report.add_cancelled_before(group.event.quoted_title());
            } else if self.memory.is_outdated(&own) {
                self.report.add_outdated(group.event.quoted_title());
                self.add_outdated(own);
            } else {
                if own.on.is_none() && !self.memory.is_empty() {
                    self.series.insert(own.uid.clone(), own.clone());
                }
                if group.event.replaces_later {
                    self.shift_later(&group.event, &own);
                }
                self.add_replaced(&group.event, own, imported);
                for other in group.replacements.iter().filter(|other| other.is_cancelled) {
                    self.add_replaced(other, self.version(other), imported);
                }
                rest.groups.push(group);
            }
        }
        rest
    }

    /// The days of an outdated event stay.
    fn add_outdated(&mut self, version: ImportedEvent) {
        if version.on.is_none() {
            self.outdated.insert(version.uid);
        }
    }

    fn version(&self, event: &Event) -> ImportedEvent {
        version(event, event.replaces.as_ref().map(super::event_time::EventTime::written_on), &self.home)
    }

    /// Moves the days of a series after one that the file moves with all later ones.
    fn shift_later(&mut self, event: &Event, own: &ImportedEvent) {
        let Some(on) = own.on else { return };
        let by = event.start.written_on() - on;
        for (index, known) in self.memory.events(&event.uid) {
            let (Some(calendar), Some(known_on)) = (self.memory.records.get(*index), known.on) else { continue };
            let Some(to) = known_on.checked_add_signed(by).filter(|_| on < known_on) else { continue };
            let days = calendar.days.iter().filter(|day| day.on == known_on);
            self.shifted.extend(days.map(|day| FoundDay {
                day: Holiday { on: to, ..day.clone() },
                event: ImportedEvent { on: Some(to), occurrence_at: None, ..own.clone() },
                original_at: to.and_time(chrono::NaiveTime::MIN),
            }));
        }
    }

    fn add_replaced(&mut self, event: &Event, version: ImportedEvent, imported: &mut Imported) {
        let Some(at) = &event.replaces else { return };
        let dates = [at.written_on(), self.home.local(at.instant(&self.home)).date()];
        let (and_later, is_cancelled) = (event.replaces_later, event.is_cancelled);
        let known = self.memory.events(&event.uid).iter().filter(|(_, known)| known.occurrence_at.is_none());
        let known: BTreeSet<NaiveDate> = known.filter_map(|(_, known)| known.on).collect();
        let mut further = dates.map(|first| following(&known, first)).concat();
        further.sort_unstable();
        further.dedup();
        let is_alone = !and_later && !self.file.has_whole(&event.uid);
        if is_alone && !further.is_empty() && days_after_first(event, &self.home) != Some(further.len()) {
            // They may be occurrences of their own.
            let last = further.iter().max().map_or_else(String::new, |last| date(*last));
            imported.warn(
                event.line,
                format!(
                    "{} on {} changes, and the plan has its holidays on the days after that, to {last}: if they are \
                     of the same occurrence, change or remove them yourself",
                    event.quoted_title(),
                    date(at.written_on()),
                ),
            );
            further.clear();
        }
        self.replaced.push(ReplacedDay { version, dates, further, and_later, is_cancelled });
    }

    /// Whether a day of a series was moved or cancelled alone before, and this version of the series does not change that.
    fn was_replaced(&self, found: &FoundDay) -> bool {
        let event = ImportedEvent {
            occurrence_at: found.event.occurrence_at.or(Some(found.original_at)),
            ..found.event.clone()
        };
        let mut known = self.memory.events(&event.uid).iter();
        self.memory.is_cancelled(&event)
            || (found.event.occurrence_at.is_none()
                && known.any(|(index, known)| {
                    known.occurrence_at == event.occurrence_at && self.memory.outlives(*index, known, &event)
                }))
    }

    /// Whether the plan has something of an event.
    pub fn has(&self, uid: &str) -> bool {
        !uid.is_empty() && !self.memory.events(uid).is_empty()
    }

    /// Days of regions that were not chosen this time stay, unless what is gone is removed.
    pub fn add_of_other_regions(&mut self, days: Vec<FoundDay>) {
        let is_known = |found: &FoundDay| {
            let mut known = self.memory.events(&found.event.uid).iter();
            known.any(|(_, event)| event.on == found.event.on)
        };
        let days: Vec<FoundDay> = days.into_iter().filter(is_known).collect();
        if self.removes_gone {
            self.unwanted_on = days.iter().map(|found| found.day.on).collect();
            return;
        }
        for day in days.iter().map(|found| &found.day) {
            self.report.add_unwanted(format!("{} ({}) on {}", day.name, day.region, date(day.on)));
        }
        self.of_other_regions = days;
    }

    /// Turns the days of the file into edits.
    pub fn apply(mut self, mut found: Vec<FoundDay>, imported: &mut Imported) {
        if !self.memory.is_empty() {
            found.retain(|day| !self.was_replaced(day));
        }
        found.append(&mut self.shifted);
        found.append(&mut self.of_other_regions);
        let events = found.iter().map(|found| found.event.clone()).collect();
        let mut days: Vec<Holiday> = found.into_iter().map(|found| found.day).collect();
        days.sort();
        days.dedup();
        let incoming = Incoming { events, fields: fields(&days), speaks: Speaks::All };
        let is_named = |calendar: &&HolidayCalendar| {
            calendar.imported.as_ref().is_some_and(|source| source.source == self.file.source)
        };
        let shared = self.memory.records.iter().find(|calendar| is_named(calendar)).or(self.memory.records.first());
        let same_name = || self.plan.holidays().iter().map(|calendar| &**calendar).find(is_named);
        let known = shared.copied().or_else(|| same_name().filter(|_| !days.is_empty()));
        if let Some((calendar, source)) = known.and_then(|calendar| Some((calendar, calendar.imported.as_ref()?))) {
            return self.change(calendar, source, &days, incoming, imported);
        }
        let is_entered = |calendar: &&HolidayCalendar| calendar.imported.is_none() && calendar.name == self.file.source;
        let entered = self.plan.holidays().iter().map(|calendar| &**calendar).find(is_entered);
        if let Some(calendar) = entered.filter(|_| !days.is_empty()) {
            warn_about_others(calendar, &days, imported);
            let source = ImportSource { source: self.file.source.clone(), ..ImportSource::default() };
            return self.change(calendar, &source, &days, incoming, imported);
        }
        imported.edits.extend(std::mem::take(&mut self.noted).edits(self.plan));
        if self.report.is_later {
            return self.report.finish("holiday", imported);
        }
        let name = self.file.source.clone();
        imported.summary = format!("{} ({name})", counted(days.len(), "holiday"));
        if !days.is_empty() {
            let imported_from = incoming.source(&name);
            let id = HolidayId::unused(&slug(&name), |id| self.plan.holidays().contains(id));
            imported.edits.push(Edit::PutHolidays(HolidayCalendar { id, name, days, imported: imported_from }));
        }
    }

    fn change(
        mut self,
        calendar: &HolidayCalendar,
        source: &ImportSource,
        days: &[Holiday],
        mut incoming: Incoming,
        imported: &mut Imported,
    ) {
        self.report.is_later = true;
        let current = fields(&calendar.days);
        let said = self.said(calendar, source, days);
        incoming.speaks = Speaks::Only(said.clone());
        let Merged { changed, kept, source: mut remembered } = merge(source, &current, &incoming);
        let words = |on: &str, fields: &Fields| fields.get(on).map(|value| value.words.clone()).unwrap_or_default();
        for difference in &changed {
            let on = &difference.field;
            let title = |words: &str| format!("{words} on {}", on.parse().map_or_else(|_| on.clone(), date));
            match (difference.here.is_empty(), difference.file.is_empty()) {
                (true, _) => self.report.add_new(on, title(&difference.file)),
                (false, true) => {
                    let is_unwanted = on.parse().is_ok_and(|on| self.unwanted_on.contains(&on));
                    let why = if is_unwanted { NOT_CHOSEN } else { self.why_removed(source, on) };
                    self.report.add_removed(on, title(&words(on, &current)), why);
                }
                (false, false) => {
                    self.report.add_changed(on, calendar.name.clone(), std::slice::from_ref(difference));
                }
            }
        }
        self.report.add_kept(calendar.name.clone(), &kept);
        // Dates that the file spoke about, but no longer gives, have no events.
        let given: BTreeSet<String> = incoming.fields.keys().cloned().collect();
        remembered.events.retain(|event| {
            event.on.is_none_or(|on| given.contains(&on.to_string()) || !said.contains(&on.to_string()))
        });
        if !changed.is_empty() || remembered != *source {
            if changed.is_empty() {
                self.report.add_newer();
            }
            let is_changed: HashSet<NaiveDate> = changed.iter().filter_map(|each| each.field.parse().ok()).collect();
            let mut all: Vec<Holiday> =
                calendar.days.iter().filter(|day| !is_changed.contains(&day.on)).cloned().collect();
            all.extend(days.iter().filter(|day| is_changed.contains(&day.on)).cloned());
            all.sort();
            let imported_from = Some(remembered);
            imported.edits.push(Edit::PutHolidays(HolidayCalendar {
                days: all,
                imported: imported_from,
                ..calendar.clone()
            }));
        }
        imported.edits.extend(std::mem::take(&mut self.noted).edits(self.plan));
        self.report.finish("holiday", imported);
    }

    /// The dates that the file speaks about: its own, and those whose events it has moved, cancelled or no longer has.
    fn said(&mut self, calendar: &HolidayCalendar, source: &ImportSource, days: &[Holiday]) -> BTreeSet<String> {
        let mut by_date: BTreeMap<NaiveDate, Vec<&ImportedEvent>> = BTreeMap::new();
        for event in &source.events {
            by_date.entry(event.on.unwrap_or_default()).or_default().push(event);
        }
        let given: BTreeSet<NaiveDate> = days.iter().map(|day| day.on).collect();
        let years: BTreeSet<i32> = given.iter().map(Datelike::year).collect();
        let is_feed = self.file.is_whole && source.source == self.file.source;
        let mut said: BTreeSet<String> = given.iter().map(ToString::to_string).collect();
        for (on, events) in by_date {
            if events.iter().any(|event| self.stays(event)) {
                said.remove(&on.to_string());
                continue;
            }
            let is_in_file = events.iter().all(|event| self.changes(event));
            let is_unread = events.iter().any(|event| self.file.has(&event.uid) && !self.changes(event));
            // Many calendars have one year.
            let is_gone = !is_in_file
                && !is_unread
                && !given.contains(&on)
                && is_feed
                && years.contains(&on.year())
                && self.file.covers(on, self.today);
            if is_in_file || (is_gone && self.removes_gone) {
                said.insert(on.to_string());
            } else if is_gone {
                let names = names_on(&calendar.days, on);
                if !names.is_empty() {
                    self.report.add_gone(format!("{names} on {}", date(on)));
                }
            }
        }
        said
    }

    /// Whether the file says what becomes of the event: it has the whole event, or replaces the occurrence.
    fn changes(&self, known: &ImportedEvent) -> bool {
        self.file.has_whole(&known.uid) || self.replaced.iter().any(|day| day.is(known))
    }

    /// Why the holidays of that date are removed.
    fn why_removed(&self, source: &ImportSource, date: &str) -> &'static str {
        let is_cancelled = |known: &ImportedEvent| {
            self.cancelled.contains(&known.uid) || self.replaced.iter().any(|day| day.is_cancelled && day.is(known))
        };
        let on = date.parse().ok();
        let is_there = on.is_some() && source.events.iter().any(|event| event.on == on && is_cancelled(event));
        if is_there { CANCELLED } else { GONE }
    }

    /// Whether the plan has a newer version of the event.
    fn stays(&self, known: &ImportedEvent) -> bool {
        let outlives = |series: &ImportedEvent| {
            let records = self.memory.events(&known.uid);
            records.iter().any(|(index, event)| *event == known && self.memory.outlives(*index, known, series))
        };
        self.outdated.contains(&known.uid) || self.series.get(&known.uid).is_some_and(outlives)
    }
}

/// Warns about days that were not imported, in the years of a file which does not have them.
fn warn_about_others(calendar: &HolidayCalendar, days: &[Holiday], imported: &mut Imported) {
    let years: BTreeSet<i32> = days.iter().map(|day| day.on.year()).collect();
    let is_other = |on: &NaiveDate| years.contains(&on.year()) && days.iter().all(|day| day.on != *on);
    let others: BTreeSet<NaiveDate> = calendar.days.iter().map(|day| day.on).filter(is_other).collect();
    if !others.is_empty() {
        let (count, named) = (counted(others.len(), "day"), list_in_sentence(others.into_iter().map(date), MOST_NAMED));
        let message = format!("\"{}\" keeps {count} that the file does not have: {named}", calendar.name);
        imported.warn(None, message);
    }
}
