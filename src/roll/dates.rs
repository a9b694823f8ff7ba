//! What a plan has with dates of its own: listed dates of windows, freezes that do not recur, and windows that end. Each gets
//! proposals for the later year.

use chrono::{NaiveDate, TimeDelta};

use super::date_options::{DateOption, Outcome, options_for_freeze, options_for_listed};
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
    /// A window with a last date that comes before the later year.
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
}

/// The years and months that a plan is rolled over.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub old: Horizon,
    pub new: Horizon,
    pub years: i32,
}

impl Step {
    /// Whether the later plan covers the day, but the earlier one does not.
    pub fn adds(self, on: NaiveDate) -> bool {
        self.new.contains(on) && on >= self.old.end()
    }

    fn adds_some_of(self, span: FreezeSpan) -> bool {
        span.last_on >= self.new.from.max(self.old.end()) && span.first_on < self.new.end()
    }

    /// Whether some of the days are in the months of the later plan, so that they still apply as they are.
    pub fn keeps(self, span: FreezeSpan) -> bool {
        span.last_on >= self.new.from && span.first_on < self.new.end()
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
        let by_words = date_by_words(plan, &zone, &date.words, date.on, step.years);
        let mut options = options_for_listed(date.on, &date.words, by_words, &window.name, step.years);
        options.retain(|option| option.span().is_some_and(|span| step.adds(span.first_on)));
        if options.is_empty() {
            return None;
        }
        options.push(DateOption::left_out("not again"));
        Some(DateProposal {
            key: DateKey::Listed { window: window.id.clone(), on: date.on },
            name: window.name.clone(),
            from: FreezeSpan { first_on: date.on, last_on: date.on },
            options,
        })
    };
    dates.iter().filter_map(proposal).collect()
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

/// A window that ended shortly before its plan did was probably limited to the plan's months by an import, and goes on.
fn ended_proposal(window: &MaintenanceWindow, step: Step) -> Option<DateProposal> {
    const SHORTLY_DAYS: i64 = 31;
    let last = window.last.filter(|last| *last < step.new.from && window.rule.is_recurring())?;
    let goes_on = DateOption { outcome: Outcome::WithoutEnd, basis: "goes on without an end".to_owned() };
    let stays = DateOption::left_out("ended; stays behind");
    let ended_with_plan = (step.old.last() - last).num_days() <= SHORTLY_DAYS;
    let options = if ended_with_plan { vec![goes_on, stays] } else { vec![stays, goes_on] };
    Some(DateProposal {
        key: DateKey::Ended(window.id.clone()),
        name: window.name.clone(),
        from: FreezeSpan { first_on: last, last_on: last },
        options,
    })
}

fn freeze_proposal(plan: &Plan, freeze: &ChangeFreeze, step: Step) -> Option<DateProposal> {
    if freeze.period().is_some() || freeze.last_on < freeze.first_on {
        return None;
    }
    let from = FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on };
    let is_there = |span: FreezeSpan| {
        plan.freezes().iter().any(|other| {
            let days = FreezeSpan { first_on: other.first_on, last_on: other.last_on };
            let overlaps = days.first_on <= span.last_on && days.last_on >= span.first_on;
            other.name == freeze.name && other.scope == freeze.scope && step.keeps(days) && overlaps
        })
    };
    let mut options = options_for_freeze(&freeze.name, from, step.years);
    options.retain(|option| option.span().is_some_and(|span| step.adds_some_of(span)));
    if options.is_empty() || options[0].span().is_some_and(is_there) {
        return None;
    }
    options.push(DateOption::left_out("not again"));
    Some(DateProposal { key: DateKey::Freeze(freeze.id.clone()), name: freeze.name.clone(), from, options })
}
