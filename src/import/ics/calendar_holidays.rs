//! Public holidays from a calendar.

use std::sync::Arc;

use chrono::NaiveDate;

use super::calendar_source::{read_calendar, source_name};
use super::cancellations;
use super::day_spans::{MOST_SERIES, outside, spans};
use super::file_events::FileEvents;
use super::holiday_days::FoundDay;
use super::holiday_kinds::{HolidayKind, kind_of};
use super::later_holidays::LaterHolidays;
use super::memory::version;
use super::own_events::without_own;
use super::revisions::{EventGroup, resolve, warn_about_cancelled};
use super::series::Series;
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::import::reconcile::REMOVE_GONE;
use crate::import::regions::{REGIONS, RegionChoice};
use crate::import::topic::Topic;
use crate::model::{Holiday, ImportedEvent, Plan};
use crate::schedule::Zone;
use crate::wording::counted;
use crate::wording::typed::is_in_range;

/// Holidays that were found, and how many were left out.
struct Found<'a> {
    days: Vec<FoundDay>,
    /// Days of series outside the plan's months.
    outside: Vec<NaiveDate>,
    observances: usize,
    /// The days of other regions that the plan has of an earlier import.
    imported_before: Vec<FoundDay>,
    regions: RegionChoice<'a>,
}

/// Reads a calendar of public holidays. A calendar without a name is called like its file. If the plan has a calendar of
/// that name, what is new or changed in the file changes in it; days that a person entered stay.
///
/// A holiday of several days becomes one for each day. DESCRIPTION says whether a holiday is one of the whole country or
/// of some regions, or an observance, which people do not get off and which is skipped.
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let home = Zone::for_plan(plan);
    let (mut calendar, mut imported) = read_calendar(input, &home)?;
    let name = Some(source_name(&calendar, input)?).filter(|name| !name.is_empty());
    let file = FileEvents::new(&calendar, name.unwrap_or_else(|| "Holidays".to_owned()));
    calendar.events = without_own(calendar.events, plan, Topic::Holidays, &mut imported);
    let resolved = resolve(calendar.events, &home, input.source, &mut imported)?;
    let mut later = LaterHolidays::new(plan, &home, input.target.today(), input.options.is_on(&REMOVE_GONE), file);
    let resolved = later.take(resolved, &mut imported);
    warn_about_cancelled(&resolved, &mut imported);
    cancellations::tell_holidays(&resolved, plan, &mut imported);
    let mut found = Found {
        days: Vec::new(),
        outside: Vec::new(),
        observances: 0,
        imported_before: Vec::new(),
        regions: RegionChoice::new(input.options.words(&REGIONS)),
    };
    let mut series = 0;
    for group in &resolved.groups {
        input.source.check_cancelled()?;
        series += usize::from(!group.event.rules.is_empty());
        if series > MOST_SERIES {
            return Err(ImportError::TooMany("events or recurring holidays"));
        }
        let is_known = later.has(&group.event.uid);
        let known = (plan, &home, later.today);
        if let Err(reason) = found.add(group, is_known, known, &mut imported) {
            imported.skip(group.event.line, &group.event.quoted_title(), &reason);
            later.file.add_unread(&group.event.uid);
        }
        if found.days.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("holidays"));
        }
    }
    found.warn(plan, &mut imported);
    later.add_of_other_regions(found.imported_before);
    later.apply(found.days, &mut imported);
    Ok(imported.in_order())
}

impl Found<'_> {
    /// Adds the days of an event. `is_known` if the plan has some of them.
    ///
    /// # Errors
    /// Why the event is skipped, in the middle of a sentence.
    fn add(
        &mut self,
        group: &EventGroup,
        is_known: bool,
        (plan, home, today): (&Plan, &Arc<Zone>, NaiveDate),
        imported: &mut Imported,
    ) -> Result<(), String> {
        let (name, region) = match kind_of(&group.event) {
            HolidayKind::Observance => {
                self.observances += 1;
                return Ok(());
            }
            HolidayKind::National { name } => (name, String::new()),
            HolidayKind::Regional { name, region } => (name, region),
        };
        let is_elsewhere = self.regions.is_elsewhere(&region);
        if is_elsewhere && !is_known {
            self.regions.leave_out(&name, &region);
            return Ok(());
        }
        let series = Series::new(group, home, None)?;
        series.warn(imported);
        let spans = spans(&series, plan)?;
        let (title, line) = (group.event.quoted_title(), group.event.line);
        if let Some(outside) = outside(&series, plan, today).days.filter(|_| !is_elsewhere) {
            outside.warn(&title, line, plan, imported);
            self.outside.extend([outside.first, outside.last]);
        } else if spans.is_empty() {
            imported.warn(line, format!("{title} has no day in the plan's months"));
        }
        for each in spans {
            let holiday = |on| {
                let added_at = Some(each.original_at).filter(|_| each.event.is_addition);
                let event = version(each.event, Some(on), home);
                let event = ImportedEvent { occurrence_at: event.occurrence_at.or(added_at), ..event };
                let day = Holiday { on, name: name.clone(), region: region.clone() };
                FoundDay { day, event, original_at: each.original_at }
            };
            let (first, last) = each.span;
            let days = first.iter_days().take_while(|on| *on <= last).map(holiday);
            if is_elsewhere { self.imported_before.extend(days) } else { self.days.extend(days) }
        }
        Ok(())
    }

    /// Warns about what was left out, and about a calendar without a day in the plan's months.
    fn warn(&self, plan: &Plan, imported: &mut Imported) {
        self.regions.warn(imported);
        if self.observances > 0 {
            let events = counted(self.observances, "observance");
            imported.warn(None, format!("{events} left out: on these days people work"));
            imported.leave_out("on these days people work", self.observances);
        }
        let horizon = plan.horizon();
        // Days in years that no plan can have are refused by name.
        let days = || self.days.iter().map(|found| found.day.on).filter(|on| is_in_range(*on));
        imported.offer_months(days().chain(self.outside.iter().copied()), plan);
        let Some(first) = days().min().filter(|_| !days().any(|on| horizon.contains(on))) else { return };
        let months = format!("{} to {}", horizon.from, horizon.last());
        let advice = if first > horizon.last() { "they are later" } else { "look for a newer calendar" };
        imported.warn(None, format!("No holiday is in the plan's months ({months}): {advice}"));
    }
}
