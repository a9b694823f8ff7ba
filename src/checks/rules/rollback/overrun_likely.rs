//! B005 overrun-likely: it fits if everything goes as estimated, but often it will not.

use crate::checks::facts::clock::clock;
use crate::checks::facts::margins::lengthen_to;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::schedule::{Outlook, WindowSchedule};
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "B005",
    name: "overrun-likely",
    severity: Severity::Warning,
    summary: "The work fits with its likely minutes, but in the simulation it overruns more often than the policy \
              allows.",
    why: "Most things that go wrong make the work longer; hardly anything makes it shorter. A window that fits on \
          paper then overruns every few months, and its owners stop trusting the plan.",
    example: "Core DB has 2 h. Half of the simulated runs need at most 1 h 44, but one in five needs longer than the \
              window.",
    remedy: "Lengthen the window, patch more hosts at a time, or find out why the worst case takes so long.",
    checks: &[Check::WindowOutlook(check)],
    fix: Some(lengthen),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, outlook: &Outlook, sink: &mut Sink) {
    let allowed_percent = cx.plan().policy().overrun_percent;
    let is_too_likely = |share: f64| share * 100.0 > f64::from(allowed_percent);
    if !window.lengths().any(|length| is_too_likely(outlook.overrun(length))) {
        return;
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        let share = outlook.overrun(fit.length);
        // If not even the likely minutes fit, B001 reports it.
        if fit.margin() < 0 || !is_too_likely(share) {
            continue;
        }
        let message = format!(
            "{}, {}: overruns its {} in {:.0} % of simulated runs (the policy allows {allowed_percent} %); half need at \
             most {}, nine in ten {}; roll back by {} to be 95 % sure",
            window.window.name,
            date(occurrence.on()),
            fit.length,
            share * 100.0,
            outlook.need(50),
            outlook.need(90),
            clock(window, occurrence, occurrence.start_at.plus(outlook.roll_back_by(fit.length))),
        );
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let occurrences = counted(cause.occurrences(), "occurrence");
    let allowed_percent = cx.plan().policy().overrun_percent;
    format!("{}: {occurrences} overrun in more than {allowed_percent} % of simulated runs", cause.name(cx))
}

/// Lengthens the window so that it overruns no more often than the policy allows, rounded up to a quarter of an
/// hour.
fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let outlook = cx.schedule.outlooks.get(window)?;
    let wanted = outlook.need(100_u8.saturating_sub(cx.plan().policy().overrun_percent));
    lengthen_to(cx, finding, wanted)
}
