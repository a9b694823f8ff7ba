//! B002 margin-thin: it fits, with less to spare than the policy wants.

use crate::checks::words::{clock, counted, date};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::Minutes;
use crate::schedule::{Verdict, WindowSchedule};

pub static RULE: Rule = Rule {
    code: "B002",
    name: "margin-thin",
    severity: Severity::Warning,
    summary: "An occurrence has room to roll back, but less time to spare than the policy's buffer.",
    why: "Estimates are never exact. One slow reboot uses the spare minutes up, and then the way back no longer fits.",
    example: "Core DB has 4 h and needs 3 h 44: 16 min to spare, where a buffer of 10 % wants 24.",
    remedy: "Lengthen the window a little, patch more hosts at a time, or move a few hosts to another window.",
    checks: &[Check::Window(check)],
    fix: Some(lengthen),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let buffer_percent = cx.plan().policy.buffer_percent;
    if window.fits().all(|fit| fit.is_ok_and(|fit| fit.verdict(buffer_percent) != Verdict::Thin)) {
        return;
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        if fit.verdict(buffer_percent) != Verdict::Thin {
            continue;
        }
        let buffer = (u64::from(fit.length.0) * u64::from(buffer_percent)).div_ceil(100) as u32;
        let message = format!(
            "{}, {}: needs {} of {}; roll back by {}; {} to spare, the policy wants {}",
            window.window.name,
            date(occurrence.on()),
            fit.need(),
            fit.length,
            clock(window, occurrence.start_at.plus(fit.rollback_deadline())),
            Minutes(fit.margin().unsigned_abs()),
            Minutes(buffer),
        );
        sink.add(Finding::on(&RULE, window, occurrence, message));
    }
}

/// Lengthens the window so that this occurrence keeps the policy's buffer, up to the next quarter of an hour.
fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let nights = counted(cause.occurrences(), "night");
    let least = super::rollback_does_not_fit::tightest(cx, cause).map_or_else(String::new, |(margin, on)| {
        format!(", the least {}, {}", Minutes(margin.unsigned_abs()), date(on))
    });
    format!("{}: {nights} with less to spare than the policy wants{least}", cause.name(cx))
}

fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    super::rollback_does_not_fit::lengthened(cx, finding, cx.plan().policy.buffer_percent)
}
