//! B005 overrun-likely: it fits if all goes as estimated, but it often will not.

use crate::checks::words::{clock, counted, date};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::schedule::{Outlook, WindowSchedule};

pub static RULE: Rule = Rule {
    code: "B005",
    name: "overrun-likely",
    severity: Severity::Warning,
    summary: "The work fits with its likely minutes, but of the nights that are played through more overrun than the \
             policy allows.",
    why: "Nearly all that goes wrong makes a phase longer, hardly anything makes it shorter. A window that fits on \
          paper is then overrun every few months, and its owners stop believing the plan.",
    example: "Core DB has 2 h; half of all nights need at most 1 h 44, but one in five needs longer than the window.",
    remedy: "Lengthen the window, patch more hosts at a time, or find out what makes the worst case so long.",
    checks: &[Check::WindowOutlook(check)],
    fix: Some(lengthen),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, outlook: &Outlook, sink: &mut Sink) {
    let allowed_percent = cx.plan().policy.overrun_percent;
    let is_too_likely = |share: f64| share * 100.0 > f64::from(allowed_percent);
    if !window.lengths().any(|length| is_too_likely(outlook.overrun(length))) {
        return;
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        let share = outlook.overrun(fit.length);
        // Where not even the likely minutes fit, B001 says so.
        if fit.margin() < 0 || !is_too_likely(share) {
            continue;
        }
        let message = format!(
            "{}, {}: overruns {} in {:.0} % of nights, the policy allows {allowed_percent} %; half need at most {}, \
             nine in ten {}; to be 95 % sure roll back by {}",
            window.window.name,
            date(occurrence.on()),
            fit.length,
            share * 100.0,
            outlook.need(50),
            outlook.need(90),
            clock(window, occurrence.start_at.plus(outlook.roll_back_by(fit.length))),
        );
        sink.add(Finding::on(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let nights = counted(cause.occurrences(), "date");
    let allowed_percent = cx.plan().policy.overrun_percent;
    format!("{}: on {nights} it overruns in more than {allowed_percent} % of nights", cause.name(cx))
}

/// Lengthens the window so that it overruns no more often than the policy allows, up to the next quarter of an hour.
fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let outlook = cx.schedule.outlooks.get(window)?;
    let wanted = outlook.need(100_u8.saturating_sub(cx.plan().policy.overrun_percent));
    super::rollback_does_not_fit::lengthened_to(cx, finding, wanted)
}
