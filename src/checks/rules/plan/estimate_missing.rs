//! P006 estimate-missing: nobody has said how long the work takes.

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Estimate, Subject, Work};
use crate::schedule::{NoFit, WindowSchedule};
use crate::wording::list_in_sentence;

pub static RULE: Rule = Rule {
    code: "P006",
    name: "estimate-missing",
    severity: Severity::Warning,
    summary: "The minutes for patching or for rolling back are missing, for the window or for a system in it. Of \
              a window that switches to images or a second environment, the minutes for switching.",
    why: "Without them nobody can say whether the work fits, or by when rolling back must begin.",
    example: "Core DB: no minutes for rolling back for Core DB primary.",
    remedy: "Estimate the minutes for one batch. A rough estimate is enough; correct it after the first night.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    if window.usual_fit() != Err(NoFit::NoEstimate) {
        return;
    }
    let strategy = window.window.strategy;
    let lacking = |estimates: &[Estimate]| if strategy.is_switch() { "switching" } else { lacking(estimates) };
    let (lacking, whose) = match &window.window.work {
        Work::Pool(estimate) => (lacking(&[*estimate]), String::new()),
        Work::Tracks(_) => {
            let without = || {
                let systems = window.scope.systems.iter();
                systems.filter(|system| system.hosts > 0 && !system.estimate.under(strategy).is_complete())
            };
            let whose = list_in_sentence(without().map(|system| system.name.as_str()), MOST_NAMES);
            let estimates: Vec<Estimate> = without().map(|system| system.estimate).collect();
            (lacking(&estimates), format!(" for {whose}"))
        }
    };
    let message = format!("{}: no minutes for {lacking}{whose}", window.window.name);
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}

fn lacking(estimates: &[Estimate]) -> &'static str {
    let no_patch = estimates.iter().any(|estimate| estimate.patch.is_none());
    let no_rollback = estimates.iter().any(|estimate| estimate.rollback.is_none());
    match (no_patch, no_rollback) {
        (true, true) => "patching or rolling back",
        (true, false) => "patching",
        _ => "rolling back",
    }
}
