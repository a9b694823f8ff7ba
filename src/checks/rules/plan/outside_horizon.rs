//! P007 outside-horizon: a window that does not take place in the plan's months.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{self, Horizon, Subject};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date, dates};

pub static RULE: Rule = Rule {
    code: "P007",
    name: "outside-horizon",
    severity: Severity::Warning,
    summary: "A window has no occurrence in the plan's months.",
    why: "It is in no calendar and nobody will be asked about it, although somebody added it to the plan.",
    example: "Data centre power test is planned for Sat 15 Jan 2028, outside the plan's months, Fri 1 Jan 2027 to \
              Fri 31 Dec 2027.",
    remedy: "Correct its dates, extend the plan, or remove the window.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let expansion = &window.expansion;
    if !expansion.occurrences.is_empty() || !expansion.skipped.is_empty() || expansion.problem.is_some() {
        return;
    }
    let why = match &window.window.rule {
        // P001 reports it.
        model::Rule::AfterRelease { release, .. } if !cx.plan().releases().contains(release) => return,
        model::Rule::Dates(dates) if dates.is_empty() => "has no date yet".to_owned(),
        model::Rule::Dates(dates) => match dates.as_slice() {
            [one] => format!("is planned for {}, {}", date(one.on), outside(cx.plan().horizon())),
            dates => format!("is planned for {}, all {}", counted(dates.len(), "date"), outside(cx.plan().horizon())),
        },
        _ => format!("never takes place between {}", between(cx.plan().horizon())),
    };
    let message = format!("{} {why}", window.window.name);
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}

fn outside(horizon: Horizon) -> String {
    format!("outside the plan's months, {}", dates(horizon.from, horizon.last()))
}

fn between(horizon: Horizon) -> String {
    format!("{} and {}", date(horizon.from), date(horizon.last()))
}
