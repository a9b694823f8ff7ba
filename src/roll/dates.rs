//! What a plan has with dates of its own: listed dates of windows, freezes that do not recur, and windows that end. Each gets
//! proposals for the later year.

use chrono::{NaiveDate, TimeDelta};

use super::date_options::{DateOption, Outcome, days_in_words, options_for_freeze, options_for_listed};
use super::holiday_dates::same_holiday;
use crate::model::{ChangeFreeze, FreezeId, FreezeSpan, Horizon, MaintenanceWindow, Plan, Rule, WindowId};
use crate::schedule::Zone;
use crate::schedule::time::phrases;

/// What a proposal is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateKey {
    /// A listed date of a window.
    Listed {
        window: WindowId,
        on: NaiveDate,
    },
    Freeze(FreezeId),
    /// A window with a last date that comes before the end of the later plan.
    Ended(WindowId),
}

/// Something with dates of its own, and what could become of it in the later year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateProposal {
    pub key: DateKey,
    /// The name of the window or freeze.
    pub name: String,
    /// Its days in the earlier plan.
    pub from: FreezeSpan,
    /// At least one. The first is the proposal.
    pub options: Vec<DateOption>,
    /// What a person must know about the chosen option: that another date becomes the same one.
    pub note: Option<String>,
}

/// The years and months that a plan is rolled over.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub old: Horizon,
    pub new: Horizon,
    pub years: i32,
}

/// In whose months the days are that something would move to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MonthsOf {
    /// In months that the later plan adds.
    LaterOnly,
    /// In months of both plans.
    Both,
    Neither,
}

impl Step {
    /// Whether some of the days are in the months of the later plan, so that they still apply as they are.
    pub fn keeps(self, span: FreezeSpan) -> bool {
        span.last_on >= self.new.from && span.first_on < self.new.end()
    }

    /// Whether some of the days are in the months of the earlier plan.
    pub fn had(self, span: FreezeSpan) -> bool {
        span.last_on >= self.old.from && span.first_on < self.old.end()
    }

    fn months_of(self, span: FreezeSpan) -> MonthsOf {
        if !self.keeps(span) {
            MonthsOf::Neither
        } else if span.last_on < self.old.end() {
            MonthsOf::Both
        } else {
            MonthsOf::LaterOnly
        }
    }
}

/// Everything in the plan that must get other dates, with proposals, in the order of its dates.
pub fn date_proposals(plan: &Plan, new: Horizon, years: i32) -> Vec<DateProposal> {
    let step = Step { old: plan.horizon(), new, years };
    let listed = plan.windows().iter().flat_map(|window| listed_proposals(plan, window, step));
    let ended = plan.windows().iter().filter_map(|window| ended_proposal(window, step));
    let freezes = plan.freezes().iter().filter_map(|freeze| freeze_proposal(plan, freeze, step));
    let mut all: Vec<DateProposal> = listed.chain(ended).chain(freezes).collect();
    all.sort_by(|a, b| (a.from, &a.key).cmp(&(b.from, &b.key)));
    all
}

fn listed_proposals(plan: &Plan, window: &MaintenanceWindow, step: Step) -> Vec<DateProposal> {
    let Rule::Dates(dates) = &window.rule else { return Vec::new() };
    let zone = Zone::in_plan(plan, plan.window_zone(window)).unwrap_or_else(Zone::utc);
    let proposal = |date: &crate::model::ListedDate| {
        let from = FreezeSpan { first_on: date.on, last_on: date.on };
        let by_words = date_by_words(plan, &zone, &date.words, date.on, step.years);
        let all = options_for_listed(date.on, &date.words, by_words, &window.name, step.years);
        Some(DateProposal {
            key: DateKey::Listed { window: window.id.clone(), on: date.on },
            name: window.name.clone(),
            options: in_later_plan(all, from, step)?,
            from,
            note: None,
        })
    };
    dates.iter().filter_map(proposal).collect()
}

/// The options that are in the months of the later plan. If the most likely one is not, no other replaces it: the proposal
/// is to leave it behind. None if nothing must be decided, because the days stay as they are or are in neither plan.
fn in_later_plan(all: Vec<DateOption>, from: FreezeSpan, step: Step) -> Option<Vec<DateOption>> {
    let first = all.first().cloned();
    let months = first.as_ref().and_then(DateOption::span).map(|span| step.months_of(span));
    if months != Some(MonthsOf::LaterOnly) && (step.keeps(from) || !step.had(from)) {
        return None;
    }
    let months_of = |option: &DateOption| option.span().map_or(MonthsOf::Neither, |span| step.months_of(span));
    let mut options: Vec<DateOption> =
        all.into_iter().filter(|option| matches!(months_of(option), MonthsOf::LaterOnly | MonthsOf::Both)).collect();
    let days = |option: &DateOption| option.span().map(days_in_words).unwrap_or_default();
    match (months, first) {
        (Some(MonthsOf::LaterOnly), _) => {
            options.retain(|option| months_of(option) == MonthsOf::LaterOnly);
            options.push(DateOption::left_out("not again"));
        }
        (Some(MonthsOf::Both), Some(first)) => {
            let why = format!(
                "not again: {} ({}) is within the old plan, whose dates there are kept",
                days(&first),
                first.basis
            );
            options.insert(0, DateOption::left_out(&why));
        }
        (Some(MonthsOf::Neither), Some(first)) => {
            let why = format!("not again: {} ({}) is outside the new plan", days(&first), first.basis);
            options.insert(0, DateOption::left_out(&why));
        }
        (None, Some(first)) => options.insert(0, first),
        (_, None) => options.insert(0, DateOption::left_out("not again: there is no such date")),
    }
    Some(options)
}

/// The date in the later year that the words beside a listed date give: that of "first Saturday" in the same month.
fn date_by_words(plan: &Plan, zone: &Zone, words: &str, on: NaiveDate, years: i32) -> Option<NaiveDate> {
    if words.trim().is_empty() {
        return None;
    }
    let later = on.checked_add_months(chrono::Months::new(u32::try_from(years).ok()? * 12))?;
    let days = phrases::days_off(words, later, plan.releases(), zone)?;
    later.checked_sub_signed(TimeDelta::try_days(days.into())?)
}

/// A window that ended shortly before its plan did was probably limited to the plan's months by an import, and goes on. One
/// that ends during the later plan still does.
fn ended_proposal(window: &MaintenanceWindow, step: Step) -> Option<DateProposal> {
    const SHORTLY_DAYS: i64 = 31;
    let last = window.last.filter(|last| *last < step.new.last() && window.rule.is_recurring())?;
    let from = FreezeSpan { first_on: last, last_on: last };
    let goes_on = DateOption { outcome: Outcome::WithoutEnd, basis: "goes on without an end".to_owned() };
    let stays = if last < step.new.from {
        DateOption::left_out("ended; stays behind")
    } else {
        DateOption { outcome: Outcome::Days(from), basis: "still ends on this day".to_owned() }
    };
    let ended_with_plan = (0..=SHORTLY_DAYS).contains(&(step.old.last() - last).num_days());
    let options = if ended_with_plan { vec![goes_on, stays] } else { vec![stays, goes_on] };
    let key = DateKey::Ended(window.id.clone());
    Some(DateProposal { key, name: window.name.clone(), from, options, note: None })
}

fn freeze_proposal(plan: &Plan, freeze: &ChangeFreeze, step: Step) -> Option<DateProposal> {
    if freeze.period().is_some() {
        return None;
    }
    let from = FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on };
    let (key, name) = (DateKey::Freeze(freeze.id.clone()), freeze.name.clone());
    if freeze.last_on < freeze.first_on {
        if step.keeps(from) {
            return None;
        }
        let options = vec![DateOption::left_out("not again: it ends before it begins")];
        return Some(DateProposal { key, name, from, options, note: None });
    }
    let already = |span: FreezeSpan| {
        let others = plan.freezes().iter().filter(|other| other.name == freeze.name && other.scope == freeze.scope);
        let mut days = others.map(|other| FreezeSpan { first_on: other.first_on, last_on: other.last_on });
        days.find(|days| step.keeps(*days) && days.first_on <= span.last_on && days.last_on >= span.first_on)
    };
    let holiday = same_holiday(plan, &freeze.name, from, step.years);
    let all = options_for_freeze(&freeze.name, from, step.years, holiday.as_ref());
    let there = all.first().and_then(DateOption::span).and_then(already);
    let mut options = in_later_plan(all, from, step)?;
    if let Some(there) = there {
        if step.keeps(from) {
            return None;
        }
        let why = format!("not again: the freeze of this name, {}, stays in the new plan", days_in_words(there));
        options.retain(|option| option.outcome != Outcome::LeftOut);
        options.insert(0, DateOption::left_out(&why));
    }
    Some(DateProposal { key, name, from, options, note: None })
}
