//! Change freezes from a calendar.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::calendar_source::{read_calendar, source_name};
use super::cancellations;
use super::day_spans::{MOST_SERIES, Span, days_of, outside, spans};
use super::events::Event;
use super::file_events::FileEvents;
use super::later_freezes::{FreezeDraft, LaterFreezes, replaced_on};
use super::later_report::LaterReport;
use super::memory::{Memory, version};
use super::month_period::every_months;
use super::noted_cancellations::NotedCancellations;
use super::own_events::without_own;
use super::revisions::{EventGroup, resolve, warn_about_cancelled};
use super::series::Series;
use crate::import::error::ImportError;
use crate::import::imported::{Imported, OUTSIDE};
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::import::reconcile::REMOVE_GONE;
use crate::import::topic::Topic;
use crate::model::{ChangeFreeze, FreezeId, ImportedEvent, Plan};
use crate::schedule::Zone;
use crate::wording::counted;
use crate::wording::typed::is_in_range;

/// Freezes of a file, and the UIDs of the events that gave them.
#[derive(Default)]
struct Found {
    freezes: Vec<FreezeDraft>,
    alive: HashSet<String>,
    /// Days of series outside the plan's months.
    outside: Vec<NaiveDate>,
    /// The last days of the events that end, by UID.
    ends: HashMap<String, NaiveDate>,
}

/// Reads each event as a freeze of everything, on the whole days that it touches in the plan's zone. An event that
/// recurs every few months for ever becomes one recurring freeze; of any other series, each occurrence in the plan's
/// months becomes a freeze. Events that the plan has imported before change their freezes.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let home = Zone::for_plan(plan);
    let (mut calendar, mut imported) = read_calendar(input, &home)?;
    let file = FileEvents::new(&calendar, source_name(&calendar, input)?);
    input.source.check_cancelled()?;
    calendar.events = without_own(calendar.events, plan, Topic::Freezes, &mut imported);
    input.source.check_cancelled()?;
    let resolved = resolve(calendar.events, &home, input.source, &mut imported)?;
    let mut later = LaterFreezes {
        source: input.source,
        plan,
        home: Arc::clone(&home),
        today: input.target.today(),
        removes_gone: input.options.is_on(&REMOVE_GONE),
        memory: Memory::new(plan.freezes().iter().map(|freeze| &**freeze), plan, &file),
        file,
        report: LaterReport::default(),
        removed: BTreeMap::new(),
        twins: HashSet::new(),
        noted: NotedCancellations::default(),
        series: HashMap::new(),
        dates: HashMap::new(),
        changed: Vec::new(),
    };
    let resolved = later.take(resolved, &mut imported);
    warn_about_cancelled(&resolved, &mut imported);
    cancellations::tell_freezes(&resolved, plan, &mut imported);
    let mut found = Found::default();
    let mut series = 0;
    // Each event is dropped once it is read, because a calendar may have 100,000 of them.
    for group in resolved.groups {
        input.source.check_cancelled()?;
        series += usize::from(!group.event.rules.is_empty());
        if series > MOST_SERIES {
            return Err(ImportError::TooMany("events or recurring freezes"));
        }
        if let Err(reason) = found.add(&group, plan, &home, later.today, &mut imported) {
            imported.skip(group.event.line, &format!("\"{}\"", name_of(&group.event.summary)), &reason);
        }
        if found.freezes.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("freezes"));
        }
    }
    let freezes = found.without_repeated();
    warn_about_outside(&freezes, &found.outside, plan, &mut imported);
    later.apply(freezes, &found.alive, &found.ends, &mut imported);
    input.source.check_cancelled()?;
    Ok(imported.in_order())
}

fn name_of(summary: &str) -> &str {
    if summary.is_empty() { "Change freeze" } else { summary }
}

impl Found {
    /// Adds the freezes of an event.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    fn add(
        &mut self,
        group: &EventGroup,
        plan: &Plan,
        home: &Arc<Zone>,
        today: NaiveDate,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let event = &group.event;
        let series = Series::new(group, home, None)?;
        series.warn(imported);
        if let Some(months) = every_months(&series).filter(|_| !event.is_addition) {
            let mut draft = draft(days_of(&series)?, event, version(event, None, home), None);
            draft.freeze.every_months = Some(months);
            self.freezes.push(draft);
        } else {
            let spans = spans(&series, plan)?;
            let name = format!("\"{}\"", name_of(&event.summary));
            let outside = outside(&series, plan, today);
            if event.replaces.is_none() && !event.is_addition && outside.ends {
                let days = outside.days.iter().map(|outside| outside.last).chain(spans.iter().map(|each| each.span.1));
                self.ends.insert(event.uid.clone(), days.max().unwrap_or(NaiveDate::MIN));
            }
            if let Some(outside) = outside.days {
                outside.warn(&name, event.line, plan, imported);
                self.outside.extend([outside.first, outside.last]);
            } else if spans.is_empty() {
                imported.warn(event.line, format!("{name} has no day in the plan's months"));
            }
            let is_series = event.recurs() || event.is_addition || !group.replacements.is_empty();
            self.freezes.extend(spans.into_iter().map(|each| {
                let on = if is_series { Some(each.original_on) } else { replaced_on(event) };
                let added_at = Some(each.original_at).filter(|_| event.is_addition);
                let own = version(each.event, on, home);
                let own = ImportedEvent { occurrence_at: own.occurrence_at.or(added_at), ..own };
                draft(each.span, each.event, own, Some(each.original_at))
            }));
        }
        // A replacement of one occurrence, or another one, says nothing about the others.
        if event.replaces.is_none() && !event.is_addition {
            self.alive.insert(event.uid.clone());
        }
        Ok(())
    }

    /// The freezes in the order of their days. Events of one name and the same days are one freeze.
    fn without_repeated(&mut self) -> Vec<FreezeDraft> {
        let mut freezes = std::mem::take(&mut self.freezes);
        let key = |draft: &FreezeDraft| {
            let freeze = &draft.freeze;
            (freeze.first_on, freeze.last_on, freeze.every_months, freeze.name.clone(), freeze.notes.clone())
        };
        freezes.sort_by_cached_key(key);
        freezes.dedup_by(|later, first| {
            let (one, other) = (key(later), key(first));
            let is_same = (one.0, one.1, one.2, &one.3) == (other.0, other.1, other.2, &other.3);
            if is_same {
                first.events.append(&mut later.events);
            }
            is_same
        });
        freezes
    }
}

fn draft(
    (first_on, last_on): Span,
    event: &Event,
    version: ImportedEvent,
    original_at: Option<NaiveDateTime>,
) -> FreezeDraft {
    let freeze = ChangeFreeze {
        name: name_of(&event.summary).to_owned(),
        last_on,
        notes: event.description.clone(),
        ..ChangeFreeze::week(FreezeId::new(""), first_on)
    };
    FreezeDraft { freeze, events: vec![version], original_at, known: None }
}

/// Warns about freezes outside the plan's months: they have no effect there.
fn warn_about_outside(found: &[FreezeDraft], of_series: &[NaiveDate], plan: &Plan, imported: &mut Imported) {
    let horizon = plan.horizon();
    // Freezes in years that no plan can have are refused by name.
    let is_outside = |freeze: &ChangeFreeze| {
        freeze.every_months.is_none()
            && is_in_range(freeze.last_on)
            && (freeze.last_on < horizon.from || horizon.last() < freeze.first_on)
    };
    let outside = found.iter().filter(|draft| is_outside(&draft.freeze)).count();
    let days = found.iter().filter(|draft| draft.freeze.every_months.is_none());
    let days = days.flat_map(|draft| [draft.freeze.first_on, draft.freeze.last_on]);
    imported.offer_months(days.chain(of_series.iter().copied()), plan);
    if outside > 0 {
        let months = format!("{} to {}", horizon.from, horizon.last());
        let (all, verb) = (counted(found.len(), "freeze"), if outside == 1 { "is" } else { "are" });
        imported.warn(None, format!("{outside} of {all} {verb} {OUTSIDE} ({months}) and without effect"));
    }
}
