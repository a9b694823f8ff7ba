//! Units of one window each.

use super::{Before, Unit, each, unit};
use crate::checks::{Check, Context, RULES, Sink};
use crate::parallel::both;
use crate::schedule::{Frozen, WindowSchedule};

type FreezeCheck = fn(&Context<'_>, &WindowSchedule, &Frozen<'_>, &mut Sink);
type WindowCheck = fn(&Context<'_>, &WindowSchedule, &mut Sink);

/// One of each kind for each window of the schedule.
pub(super) struct OfWindows {
    pub windows: Vec<Unit>,
    pub freezes: Vec<Unit>,
    pub holidays: Vec<Unit>,
    pub outlooks: Vec<Unit>,
    pub ladders: Vec<Unit>,
    pub answers: Vec<Unit>,
}

impl OfWindows {
    pub(super) fn of(cx: &Context<'_>, before: Option<&Before<'_>>) -> Self {
        let by_themselves = || both(|| windows(cx, before), || window_outlooks(cx, before));
        let in_time = || both(|| window_freezes(cx, before), || window_holidays(cx, before));
        let among_others = || both(|| window_ladders(cx, before), || window_answers(cx, before));
        let ((windows, outlooks), ((freezes, holidays), (ladders, answers))) =
            both(by_themselves, || both(in_time, among_others));
        Self { windows, freezes, holidays, outlooks, ladders, answers }
    }
}

fn windows(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept = |before: &Before<'_>, index| before.findings.windows.get(before.same.window(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::Window(check) | Check::All { window: check, .. } | Check::WindowAndRota(check, _) => Some(*check),
        _ => None,
    })
}

/// What was found about freezes that are as they were is kept, though others are not.
fn window_freezes(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let checks: Vec<_> = RULES.iter().filter_map(|rule| of_freeze(&rule.check)).collect();
    let windows = &cx.schedule.windows;
    let kept = |index| before?.findings.window_freezes.get(before?.same.window_freezes(index)?).cloned();
    let found = |index: usize| {
        let mut sink = Sink::default();
        let stood = before.and_then(|before| Some((before, before.same.window_but_for_freezes(index)?)));
        if let Some((before, place)) = stood {
            let findings = before.findings.window_freezes.get(place).into_iter().flatten().flat_map(|unit| unit.iter());
            sink.0.extend(findings.filter(|finding| !before.same.is_of_changed_freeze(finding.cause())).cloned());
        }
        let is_known =
            |frozen: &&Frozen<'_>| stood.is_some_and(|(before, _)| !before.same.is_changed_freeze(&frozen.freeze.id));
        for frozen in cx.freezes().iter().filter(|frozen| !is_known(frozen)) {
            for check in &checks {
                check(cx, &windows[index], frozen, &mut sink);
            }
        }
        sink.into_unit()
    };
    each(windows.len(), kept, found)
}

fn of_freeze(check: &Check) -> Option<FreezeCheck> {
    match check {
        Check::WindowFreeze(check) => Some(*check),
        _ => None,
    }
}

fn window_holidays(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_holidays.get(before.same.window_holidays(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowHolidays(check) => Some(*check),
        _ => None,
    })
}

fn window_ladders(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_ladders.get(before.same.window_ladders(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowLadders(check) => Some(*check),
        _ => None,
    })
}

fn window_answers(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_answers.get(before.same.window_answers(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowAnswers(check) => Some(*check),
        _ => None,
    })
}

/// None at all where no outlook is known.
fn window_outlooks(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let (outlooks, windows) = (&cx.schedule.outlooks, &cx.schedule.windows);
    if outlooks.is_empty() {
        return Vec::new();
    }
    let kept = |index: usize| {
        let outlook = outlooks.get(&windows[index])?;
        let before = before?;
        before.findings.window_outlooks.get(before.same.window_outlook(index, outlook)?).cloned()
    };
    let found = |index: usize| {
        let (window, outlook) = (&windows[index], outlooks.get(&windows[index])?);
        unit(|check, sink| {
            if let Check::WindowOutlook(check) = check {
                check(cx, window, outlook, sink);
            }
        })
    };
    each(windows.len(), kept, found)
}

/// A unit for each window: what was `kept` of the findings before, else what the rules of one kind find.
fn each_window(
    cx: &Context<'_>,
    before: Option<&Before<'_>>,
    kept: impl Fn(&Before<'_>, usize) -> Option<Unit> + Sync,
    of_kind: impl Fn(&Check) -> Option<WindowCheck>,
) -> Vec<Unit> {
    let checks: Vec<_> = RULES.iter().filter_map(|rule| of_kind(&rule.check)).collect();
    let windows = &cx.schedule.windows;
    let found = |index: usize| {
        let mut sink = Sink::default();
        for check in &checks {
            check(cx, &windows[index], &mut sink);
        }
        sink.into_unit()
    };
    each(windows.len(), |index| kept(before?, index), found)
}
