//! S003 advisory-without-window: no occurrence before its due date covers the affected systems.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::checks::facts::free_dates::latest_free;
use crate::checks::{Check, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Edit, Subject, SystemId, WindowId, day_number};
use crate::schedule::{Rollout, SystemRollout, WindowSchedule};
use crate::wording::{counted, date, list_in_sentence, moment};

pub static RULE: Rule = Rule {
    code: "S003",
    name: "advisory-without-window",
    severity: Severity::Warning,
    summary: "An advisory must still be installed, and for some of the affected systems no occurrence ends before \
              its due date.",
    why: "Waiting for the next window means missing the date without having decided to.",
    example: "CVE-2027-1234 Heap overflow is due Thu 11 Mar 2027, but no window covers Core DB by then; Core DB \
              patching, Sat 13 Mar 2027 22:00 completes it, 3 days late.",
    remedy: "Add an occurrence before the date, or record a decision: defer, mitigate or accept.",
    checks: &[Check::Advisory(check)],
    fix: Some(add_occurrences),
    fold: None,
};

fn check(cx: &Context<'_>, rollout: &Rollout<'_>, sink: &mut Sink) {
    let Some(due_on) = rollout.due_on(&cx.schedule.zone).filter(|_| rollout.lacks_window(cx.today, cx.schedule)) else {
        return;
    };
    let advisory = rollout.advisory;
    let late = list_in_sentence(rollout.late().map(|each| each.system.name.as_str()), MOST_NAMES);
    let message = format!(
        "{} {} is due {}, but no window covers {late} by then; {}",
        advisory.number(),
        advisory.title,
        date(due_on),
        afterwards(cx, rollout, due_on),
    );
    let finding = Finding::new(&RULE, Subject::Advisory(advisory.id.clone()), message);
    sink.add(Finding { at: rollout.due_at, ..finding });
}

/// What happens after the date: "Core DB patching, Sat 13 Mar 2027 22:00 completes it, 3 days late".
fn afterwards(cx: &Context<'_>, rollout: &Rollout<'_>, due_on: NaiveDate) -> String {
    let without = list_in_sentence(
        rollout.late().filter(|late| late.by.is_none()).map(|late| late.system.name.as_str()),
        MOST_NAMES,
    );
    if !without.is_empty() {
        return format!("no later window covers {without} either");
    }
    let lasts = rollout.late().filter_map(|late| late.by);
    let Some((window, occurrence)) = lasts.max_by_key(|(_, occurrence)| occurrence.end_at) else {
        return "no window completes it".to_owned();
    };
    let ends_on = cx.schedule.zone.local(occurrence.end_at.plus(-1)).date();
    let late = match day_number(ends_on) - day_number(due_on) {
        days @ 1.. => format!("{} late", counted(days, "day")),
        _ => "a few hours late".to_owned(),
    };
    format!("{}, {} completes it, {late}", window.window.name, moment(window.local(occurrence.start_at)))
}

/// Adds an occurrence to as few windows as possible, on the latest free date before the due date, so that all systems
/// are covered in time.
fn add_occurrences(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let Subject::Advisory(id) = &finding.subject else { return None };
    let rollout = cx.rollout(cx.plan().advisories().get(id)?);
    let mut late: Vec<&SystemRollout<'_>> = rollout.late().collect();
    let mut added: Vec<(&WindowSchedule, NaiveDate)> = Vec::new();
    let mut useless = BTreeSet::new();
    while !late.is_empty() {
        let window = most_covering(cx, &late, &useless)?;
        useless.insert(window.id().clone());
        let covered = |each: &&SystemRollout<'_>| window.scope.covers(&each.system.id);
        if let Some(on) = date_for(cx, &rollout, window, late.iter().copied().filter(covered)) {
            late.retain(|each| !covered(each));
            added.push((window, on));
        }
    }
    let (window, on) = *added.first()?;
    let edit = |(window, on): &(&WindowSchedule, NaiveDate)| Edit::AddOccurrence {
        window: window.id().clone(),
        on: *on,
        start: None,
        duration: None,
    };
    if added.len() == 1 {
        return Some(Fix { label: format!("Add {}, {}", window.window.name, date(on)), edit: edit(&(window, on)) });
    }
    let label =
        format!("Add {} from {}", counted(added.len(), "occurrence"), date(added.iter().map(|(_, on)| *on).min()?));
    Some(Fix { edit: Edit::Together { label: label.clone(), edits: added.iter().map(edit).collect() }, label })
}

/// The window that covers most of these systems; of several the first.
fn most_covering<'a>(
    cx: &Context<'a>,
    late: &[&SystemRollout<'_>],
    useless: &BTreeSet<WindowId>,
) -> Option<&'a WindowSchedule> {
    let position = |id: &SystemId| cx.plan().systems().position(id);
    let mut counts = vec![0_usize; cx.schedule.windows.len()];
    for position in late.iter().filter_map(|each| position(&each.system.id)) {
        for window in cx.schedule.covering.windows_covering(position) {
            counts[*window as usize] += 1;
        }
    }
    let windows = cx.schedule.windows.iter().zip(counts).filter(|(window, _)| !useless.contains(window.id()));
    let best = windows.rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0)?;
    Some(best.0)
}

/// The latest date on which another occurrence of the window ends before the due date and starts before what now
/// installs the advisory on `systems`.
fn date_for<'a>(
    cx: &Context<'_>,
    rollout: &Rollout<'_>,
    window: &WindowSchedule,
    systems: impl Iterator<Item = &'a SystemRollout<'a>>,
) -> Option<NaiveDate> {
    const MOST_DAYS: usize = 366;
    let due_at = rollout.due_at?;
    let before = systems.filter_map(|each| each.by.map(|(_, occurrence)| occurrence.start_at)).min();
    let last = window.local(due_at).date();
    let dates = std::iter::successors(Some(last), NaiveDate::pred_opt).take(MOST_DAYS);
    let dates = dates.take_while(|on| *on >= window.local(rollout.from_at).date());
    latest_free(cx, window, dates, |added| {
        added.start_at >= rollout.from_at
            && added.end_at <= due_at
            && before.is_none_or(|before| added.start_at < before)
    })
}
