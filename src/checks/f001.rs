//! F001 window-in-freeze: an occurrence lies in a freeze that covers it.

use chrono::NaiveDate;

use super::words::date;
use super::{Check, Context, Finding, Fix, Rule, Severity, Sink, Subject};
use crate::model::{ChangeFreeze, Edit, FreezeScope, LocalMinute, UtcMinute};
use crate::schedule::{Scope, WindowSchedule, Zone};

pub static RULE: Rule = Rule {
    code: "F001",
    name: "window-in-freeze",
    severity: Severity::Error,
    checks: "An occurrence touches a change freeze that covers one of its systems, and is not exempt from it.",
    why: "Changes are forbidden then: the window will be denied at the last moment, when all other dates are taken.",
    example: "Freeze Year end covers 13 December to 3 January; Core DB patching is planned for Sat 18 Dec.",
    remedy: "Move the occurrence out of the freeze, skip it, or have an exemption approved and enter it in the freeze.",
    check: Check::Window(check),
    fix: Some(move_out),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for freeze in cx.plan().freezes.iter().filter(|freeze| covers(cx, freeze, window)) {
        let (from, to) = span(freeze, &cx.schedule.zone);
        let longest = window.expansion.occurrences.iter().map(|each| each.real_length().signed()).max().unwrap_or(0);
        for occurrence in window.expansion.starting_from(from.plus(-longest)) {
            if occurrence.start_at >= to {
                break;
            }
            if occurrence.end_at > from {
                let message = format!(
                    "{}, {} lies in freeze {}, {} to {}",
                    window.window.name,
                    date(occurrence.on()),
                    freeze.name,
                    date(freeze.first_on),
                    date(freeze.last_on),
                );
                sink.add(
                    Finding::on(&RULE, window, occurrence, message).with_other(Subject::Freeze(freeze.id.clone())),
                );
            }
        }
    }
}

/// From the first midnight of a freeze to the one after its last day.
fn span(freeze: &ChangeFreeze, zone: &Zone) -> (UtcMinute, UtcMinute) {
    let after = freeze.last_on.succ_opt().unwrap_or(NaiveDate::MAX);
    (zone.place(LocalMinute::midnight(freeze.first_on)).at, zone.place(LocalMinute::midnight(after)).at)
}

/// Whether the window needs an exemption to take place in that freeze, and has none.
fn covers(cx: &Context<'_>, freeze: &ChangeFreeze, window: &WindowSchedule) -> bool {
    let is_exempt = freeze.exemptions.iter().any(|exemption| exemption.window == *window.id());
    !is_exempt && reaches(cx, &freeze.scope, &window.scope)
}

fn reaches(cx: &Context<'_>, freeze: &FreezeScope, scope: &Scope) -> bool {
    match freeze {
        FreezeScope::Everything => true,
        FreezeScope::Areas(areas) => {
            scope.systems.iter().any(|system| system.area.as_ref().is_some_and(|area| areas.contains(area)))
        }
        FreezeScope::Systems(systems) => systems.iter().any(|system| scope.covers(system)),
        FreezeScope::Ladders(ladders) => {
            let frozen = ladders.iter().filter_map(|id| cx.plan().ladders.get(id));
            frozen.flat_map(|ladder| &ladder.groups).flat_map(|group| &group.systems).any(|system| scope.covers(system))
        }
    }
}

/// Moves the occurrence by whole weeks to the nearest free date, later rather than earlier: out of every freeze that
/// covers the window, not onto another of its occurrences, inside the horizon.
fn move_out(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    const WEEKS: i64 = 26;
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let freezes: Vec<_> = cx.plan().freezes.iter().filter(|freeze| covers(cx, freeze, window)).collect();
    let is_free = |on: NaiveDate| {
        let start = LocalMinute::new(on, occurrence.local_start.time());
        let from = window.expansion.zone.place(start).at;
        let to = window.expansion.zone.place(start.plus(window.window.duration)).at;
        let frozen = freezes.iter().any(|freeze| {
            let (first, last) = span(freeze, &cx.schedule.zone);
            from < last && to > first
        });
        let taken = window.expansion.occurrences.iter().any(|each| from < each.end_at && to > each.start_at);
        !frozen && !taken && cx.plan().horizon.contains(on)
    };
    let on = occurrence.on();
    let by_weeks = |weeks: i64| on.checked_add_signed(chrono::TimeDelta::weeks(weeks));
    let to = (1..=WEEKS).flat_map(|weeks| [by_weeks(weeks), by_weeks(-weeks)]).flatten().find(|on| is_free(*on))?;
    let start = Some(occurrence.local_start.time()).filter(|start| *start != window.window.start);
    let edit = Edit::MoveOccurrence { window: window.id().clone(), on: occurrence.original_on(), to, start };
    Some(Fix { label: format!("Move to {}", date(to)), edit })
}
