//! Makes the plan of a later year from this year's.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike as _, Months};

use super::date_options::{Outcome, days_in_words};
use super::dates::{DateKey, DateProposal, Step, date_proposals};
use super::left_behind::left_behind;
use super::report::{AcrossBoundary, CalendarDays, across_boundary, calendar_days};
use super::title::later_title;
use super::windows::rolled_window;
use crate::model::{
    ChangeFreeze, FreezeId, FreezeSpan, HolidayCalendar, Horizon, ImportSource, ListedDate, MaintenanceWindow, Person,
    Plan, PlanId, Rule, Subject, Table, slug,
};
use crate::schedule::Expansion;
use crate::wording::counted;
use crate::wording::typed::YEARS;

/// Where to roll a plan.
#[derive(Clone, Debug)]
pub struct RollTarget {
    /// The year in which the new plan begins.
    pub year: i32,
    /// Makes the id of the new plan unique. It becomes part of every exported UID.
    pub word: String,
    /// The title of the new plan. None for the old title with later years.
    pub title: Option<String>,
}

/// The chosen option for each thing with dates of its own. Where there is none, the proposal applies.
pub type Choices = BTreeMap<DateKey, usize>;

/// The plan of a later year, and what a person must know about it.
#[derive(Clone, Debug)]
pub struct RolledPlan {
    pub plan: Plan,
    /// What got other dates, in the order of its earlier dates.
    pub dates: Vec<DateProposal>,
    /// What stays behind, in words.
    pub left_behind: Vec<String>,
    /// What begins in the earlier plan and ends in the later one.
    pub across: Vec<AcrossBoundary>,
    pub calendars: Vec<CalendarDays>,
    /// The names of windows that are in the new plan, but have no date in it.
    pub without_dates: Vec<String>,
    /// The names of windows that stay behind, because all of their dates do or because they ended.
    pub windows_left: Vec<String>,
}

/// Why a plan cannot be rolled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RollError {
    #[error("the plan begins in {0}: roll it to {next} or a later year", next = .0 + 1)]
    NotLater(i32),
    #[error("the year {0} is out of range: use a year up to {last}", last = YEARS.end())]
    OutOfRange(i32),
    #[error("the plan has {}: resolve them first", counted(*.0, "conflict"))]
    Conflicts(usize),
}

/// The months of the plan that begins in `year`.
///
/// # Errors
/// The year is not later than that of the plan, or out of range.
pub fn target_horizon(plan: &Plan, year: i32) -> Result<(Horizon, i32), RollError> {
    let old = plan.horizon();
    let years = year.saturating_sub(old.from.year());
    if years < 1 {
        return Err(RollError::NotLater(old.from.year()));
    }
    let months = u32::try_from(years).ok().and_then(|years| years.checked_mul(12));
    let from = months.and_then(|months| old.from.checked_add_months(Months::new(months)));
    let new = from.map(|from| Horizon { from, ..old }).filter(|new| YEARS.contains(&new.last().year()));
    new.map(|new| (new, years)).ok_or(RollError::OutOfRange(year))
}

/// Makes the plan of a later year: rules, systems, ladders, people, groups, areas, policy, checklists and release calendars
/// stay; what belongs to the earlier year alone stays behind.
///
/// # Errors
/// The year is not later than that of the plan, or the plan has conflicts.
pub fn roll_forward(plan: &Plan, target: &RollTarget, choices: &Choices) -> Result<RolledPlan, RollError> {
    let (new, years) = target_horizon(plan, target.year)?;
    if !plan.conflicts().is_empty() {
        return Err(RollError::Conflicts(plan.conflicts().len()));
    }
    let step = Step { old: plan.horizon(), new, years };
    let mut dates = date_proposals(plan, new, years);
    let chosen = |proposal: &DateProposal| {
        let index = choices.get(&proposal.key).copied().unwrap_or(0).min(proposal.options.len().saturating_sub(1));
        proposal.options.get(index).map(|option| (proposal.key.clone(), option.outcome))
    };
    let outcomes: BTreeMap<DateKey, Outcome> = dates.iter().filter_map(chosen).collect();
    note_same_dates(plan, step, &outcomes, &mut dates);
    let title = target.title.clone().unwrap_or_else(|| later_title(plan.title(), step));
    let id = PlanId::new(&format!("{}-{}", slug(&title), target.word));
    let mut parts = plan.to_parts();
    parts.id = id;
    parts.title = title;
    parts.horizon = new;
    (parts.ledger, parts.sent_invites, parts.acceptances) = (Table::default(), Table::default(), Table::default());
    (parts.nights, parts.cancelled, parts.advisories) = (Table::default(), Table::default(), Table::default());
    (parts.results, parts.scans, parts.group_records) = (Table::default(), Table::default(), Table::default());
    parts.people = plan.people().iter().map(|person| without_past_absences(person, step)).collect();
    parts.holidays = plan.holidays().iter().map(|calendar| later_holidays(calendar, step)).collect();
    parts.freezes = later_freezes(plan, step, &outcomes);
    // The windows are expanded in the new months, so the rest of the plan must be there.
    let base: Plan = parts.clone().into();
    parts.windows = plan.windows().iter().filter_map(|window| later_window(&base, window, step, &outcomes)).collect();
    parts.freezes = parts.freezes.iter().map(|freeze| with_known_windows(freeze, &parts.windows)).collect();
    let plan_of_year: Plan = parts.into();
    let is_left = |window: &&Arc<MaintenanceWindow>| !plan_of_year.windows().contains(&window.id);
    let windows_left = plan.windows().iter().filter(is_left).map(|window| window.name.clone()).collect();
    let has_dates = |window: &MaintenanceWindow| !Expansion::new(window, &plan_of_year).occurrences.is_empty();
    let without = plan_of_year.windows().iter().filter(|window| !has_dates(window));
    let without_dates = without.map(|window| window.name.clone()).collect();
    Ok(RolledPlan {
        across: across_boundary(plan, &plan_of_year, step),
        without_dates,
        windows_left,
        plan: plan_of_year,
        dates,
        left_behind: left_behind(plan, step),
        calendars: plan.holidays().iter().map(|calendar| calendar_days(calendar, step)).collect(),
    })
}

fn without_past_absences(person: &Person, step: Step) -> Person {
    let away = person.away.iter().filter(|away| away.last_on >= step.new.from).cloned().collect();
    Person { away, ..person.clone() }
}

/// The calendar with the days that it has in the new months. Others are never moved there: a holiday's date of another year is
/// unknown. It keeps the name of its source and no events, so that the holidays of the new year, from the same source, get
/// into this calendar even if it was renamed.
fn later_holidays(calendar: &HolidayCalendar, step: Step) -> HolidayCalendar {
    let days = calendar.days.iter().filter(|day| step.new.contains(day.on)).cloned().collect();
    let source = calendar.imported.as_ref().map(|imported| imported.source.clone());
    let imported = source.map(|source| ImportSource { source, ..ImportSource::default() });
    HolidayCalendar { days, imported, ..calendar.clone() }
}

fn later_freezes(plan: &Plan, step: Step, outcomes: &BTreeMap<DateKey, Outcome>) -> Table<ChangeFreeze> {
    let mut freezes: Table<ChangeFreeze> = Table::default();
    let stays = |freeze: &ChangeFreeze| {
        freeze.period().is_some() || step.keeps(FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on })
    };
    for freeze in plan.freezes().iter().filter(|freeze| stays(freeze)) {
        freezes = freezes.with(ChangeFreeze { imported: None, ..(**freeze).clone() });
    }
    for freeze in plan.freezes() {
        let Some(Outcome::Days(days)) = outcomes.get(&DateKey::Freeze(freeze.id.clone())) else { continue };
        // A freeze over the new year stays and comes again, as another one.
        let id = if freezes.contains(&freeze.id) {
            FreezeId::unused(&format!("{} {}", freeze.id, days.first_on.year()), |id| plan.freezes().contains(id))
        } else {
            freeze.id.clone()
        };
        freezes = freezes.with(ChangeFreeze {
            id,
            first_on: days.first_on,
            last_on: days.last_on,
            exemptions: Vec::new(),
            imported: None,
            ..(**freeze).clone()
        });
    }
    freezes
}

/// Notes which dates of a window become one, and which freezes of one name cover the same days.
fn note_same_dates(plan: &Plan, step: Step, outcomes: &BTreeMap<DateKey, Outcome>, dates: &mut [DateProposal]) {
    let mut taken: BTreeMap<(Subject, FreezeSpan), Option<FreezeSpan>> = BTreeMap::new();
    for window in plan.windows() {
        let Rule::Dates(listed) = &window.rule else { continue };
        for date in listed.iter().filter(|date| step.new.contains(date.on)) {
            let on = FreezeSpan { first_on: date.on, last_on: date.on };
            taken.insert((Subject::Window(window.id.clone()), on), None);
        }
    }
    for proposal in dates {
        let subject = match &proposal.key {
            DateKey::Listed { window, .. } => Subject::Window(window.clone()),
            // Freezes with other ids may have the same name.
            DateKey::Freeze(_) => Subject::Freeze(FreezeId::new(&proposal.name)),
            DateKey::Ended(_) => continue,
        };
        let Some(Outcome::Days(to)) = outcomes.get(&proposal.key) else { continue };
        match taken.get(&(subject.clone(), *to)) {
            Some(Some(from)) => {
                let from = days_in_words(*from);
                proposal.note = Some(match proposal.key {
                    DateKey::Freeze(_) => format!("same days as the freeze of this name that was {from}"),
                    _ => format!("same date as the one that was {from}: they become one date"),
                });
            }
            Some(None) => proposal.note = Some("the window has this date already: they become one date".to_owned()),
            None => {
                taken.insert((subject, *to), Some(proposal.from));
            }
        }
    }
}

/// The freeze with exemptions only for windows that are still in the plan.
fn with_known_windows(freeze: &ChangeFreeze, windows: &Table<MaintenanceWindow>) -> ChangeFreeze {
    let known = freeze.exemptions.iter().filter(|exemption| windows.contains(&exemption.window));
    ChangeFreeze { exemptions: known.cloned().collect(), ..freeze.clone() }
}

fn later_window(
    base: &Plan,
    window: &MaintenanceWindow,
    step: Step,
    outcomes: &BTreeMap<DateKey, Outcome>,
) -> Option<MaintenanceWindow> {
    let mut rolled = rolled_window(base, window, step);
    match outcomes.get(&DateKey::Ended(window.id.clone())) {
        Some(Outcome::LeftOut) => return None,
        Some(Outcome::WithoutEnd) => rolled.last = None,
        Some(Outcome::Days(_)) | None => {}
    }
    if let Rule::Dates(dates) = &window.rule {
        let kept = dates.iter().filter(|date| step.new.contains(date.on)).cloned();
        let moved = dates.iter().filter_map(|date| {
            let key = DateKey::Listed { window: window.id.clone(), on: date.on };
            match outcomes.get(&key)? {
                Outcome::Days(span) => Some(ListedDate { on: span.first_on, words: date.words.clone() }),
                Outcome::LeftOut | Outcome::WithoutEnd => None,
            }
        });
        let mut dates: Vec<ListedDate> = kept.chain(moved).collect();
        dates.sort_by_key(|date| date.on);
        dates.dedup_by_key(|date| date.on);
        if dates.is_empty() {
            return None;
        }
        // Such limits belong to the earlier dates.
        rolled.first = rolled.first.filter(|first| dates.iter().all(|date| date.on >= *first));
        rolled.last = rolled.last.filter(|last| dates.iter().all(|date| date.on <= *last));
        rolled.rule = Rule::Dates(dates);
    }
    Some(rolled)
}
