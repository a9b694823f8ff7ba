//! A holiday calendar of which the plan may have imported some days before: what is new, changed, cancelled and gone.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use super::later_report::LaterReport;
use super::memory::{FileEvents, Memory};
use super::revisions::Resolved;
use crate::import::imported::Imported;
use crate::import::reconcile::{FieldValue, Fields, Incoming, Merged, Speaks, merge};
use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId, ImportSource, ImportedEvent, Plan, slug};
use crate::wording::{counted, date};

/// The plan and the file, while the file is compared with what it gave before.
pub(super) struct LaterHolidays<'a> {
    pub plan: &'a Plan,
    pub today: NaiveDate,
    pub removes_gone: bool,
    pub file: FileEvents,
    pub memory: Memory<'a, HolidayCalendar>,
    pub report: LaterReport,
    /// Events of which the plan has a newer version: their days stay.
    outdated: HashSet<String>,
}

impl<'a> LaterHolidays<'a> {
    pub fn new(plan: &'a Plan, today: NaiveDate, removes_gone: bool, file: FileEvents) -> Self {
        let memory = Memory::new(plan.holidays().iter().map(|calendar| &**calendar), &file);
        Self {
            plan,
            today,
            removes_gone,
            file,
            memory,
            report: LaterReport::new("no holiday"),
            outdated: HashSet::new(),
        }
    }

    /// Takes out what the plan has in a newer version. Returns the rest; cancelled events that the plan has are no longer
    /// in it, since their days are compared.
    pub fn take(&mut self, resolved: Resolved) -> Resolved {
        let mut rest = Resolved::default();
        for event in resolved.cancelled {
            if self.memory.is_outdated(&event, None) {
                self.report.add_outdated(format!("Cancellation of {}", event.quoted_title()));
                self.outdated.insert(event.uid);
            } else if self.memory.events(&event.uid).is_empty() {
                rest.cancelled.push(event);
            }
        }
        for group in resolved.groups {
            if self.memory.is_outdated(&group.event, None) {
                self.report.add_outdated(group.event.quoted_title());
                self.outdated.insert(group.event.uid);
            } else {
                rest.groups.push(group);
            }
        }
        rest
    }

    /// Turns the days of the file, each with its event, into an edit.
    pub fn apply(mut self, days: Vec<(Holiday, ImportedEvent)>, imported: &mut Imported) {
        let events = days.iter().map(|(_, event)| event.clone()).collect();
        let mut days: Vec<Holiday> = days.into_iter().map(|(day, _)| day).collect();
        days.sort();
        days.dedup();
        let incoming = Incoming { events, fields: fields(&days), speaks: Speaks::OfAll };
        let known =
            self.memory.records.iter().position(|calendar| {
                calendar.imported.as_ref().is_some_and(|source| source.source == self.file.source)
            });
        if let Some(index) = known.or_else(|| (!self.memory.is_empty()).then_some(0)) {
            return self.change(index, &days, incoming, imported);
        }
        let name = self.file.source.clone();
        imported.summary = format!("{} ({name})", counted(days.len(), "holiday"));
        if !days.is_empty() {
            let imported_from = incoming.source(&name);
            let id = id_for_name(&name, self.plan);
            let is_same =
                self.plan.holidays().get(&id).is_some_and(|old| old.days == days && old.imported == imported_from);
            if !is_same {
                imported.edits.push(Edit::PutHolidays(HolidayCalendar { id, name, days, imported: imported_from }));
            }
        }
    }

    fn change(&mut self, index: usize, days: &[Holiday], mut incoming: Incoming, imported: &mut Imported) {
        let (Some(calendar), Some(source)) = (self.memory.records.get(index).copied(), self.memory.source(index))
        else {
            return;
        };
        self.report.is_later = true;
        let current = fields(&calendar.days);
        let said = self.said(index, source, &incoming.fields);
        incoming.speaks = Speaks::OfOnly(said.clone());
        let Merged { changed, kept, source: mut remembered } = merge(source, &current, &incoming);
        let words = |on: &str, fields: &Fields| fields.get(on).map(|value| value.words.clone()).unwrap_or_default();
        for difference in &changed {
            let on = &difference.field;
            let title = |words: &str| format!("{words} on {}", on.parse().map_or_else(|_| on.clone(), date));
            match (difference.here.is_empty(), difference.file.is_empty()) {
                (true, _) => self.report.add_new(on, title(&difference.file)),
                (false, true) => {
                    self.report.add_removed(on, title(&words(on, &current)), "No longer in the calendar");
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
        std::mem::take(&mut self.report).finish("holiday", imported);
    }

    /// The dates that the file speaks about: its own, and those whose events it has moved, cancelled or no longer has.
    fn said(&mut self, index: usize, source: &ImportSource, given: &Fields) -> BTreeSet<String> {
        let mut by_date: BTreeMap<NaiveDate, Vec<&ImportedEvent>> = BTreeMap::new();
        for event in &source.events {
            by_date.entry(event.on.unwrap_or_default()).or_default().push(event);
        }
        let mut said: BTreeSet<String> = given.keys().cloned().collect();
        for (on, events) in by_date {
            if events.iter().any(|event| self.outdated.contains(&event.uid)) {
                said.remove(&on.to_string());
                continue;
            }
            let is_in_file = events.iter().all(|event| self.file.has(&event.uid));
            let is_gone = !is_in_file
                && !given.contains_key(&on.to_string())
                && self.memory.is_same_feed(index)
                && self.file.covers(on, self.today);
            if is_in_file || (is_gone && self.removes_gone) {
                said.insert(on.to_string());
            } else if is_gone {
                let names =
                    self.memory.records.get(index).map(|calendar| names_on(&calendar.days, on)).unwrap_or_default();
                if !names.is_empty() {
                    self.report.add_gone(format!("{names} on {}", date(on)));
                }
            }
        }
        said
    }
}

/// The holidays of each date.
fn fields(days: &[Holiday]) -> Fields {
    let mut by_date: BTreeMap<NaiveDate, Vec<(&str, &str)>> = BTreeMap::new();
    for day in days {
        by_date.entry(day.on).or_default().push((&day.name, &day.region));
    }
    let value =
        |(on, named): (NaiveDate, Vec<(&str, &str)>)| (on.to_string(), FieldValue::new(&named, names_on(days, on)));
    by_date.into_iter().map(value).collect()
}

/// "Epiphany (Bavaria, Saxony-Anhalt)"
fn names_on(days: &[Holiday], on: NaiveDate) -> String {
    let from = days.partition_point(|day| day.on < on);
    let named = days[from..].iter().take_while(|day| day.on == on).map(|day| match day.region.as_str() {
        "" => day.name.clone(),
        region => format!("{} ({region})", day.name),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The id of the calendar of that name, or a new one.
fn id_for_name(name: &str, plan: &Plan) -> HolidayId {
    let same = plan.holidays().iter().find(|calendar| calendar.name == name);
    same.map_or_else(
        || HolidayId::unused(&slug(name), |id| plan.holidays().contains(id)),
        |calendar| calendar.id.clone(),
    )
}
