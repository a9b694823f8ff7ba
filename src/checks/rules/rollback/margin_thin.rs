//! B002 margin-thin: it fits, with less to spare than the policy requires.

use crate::checks::facts::clock::clock;
use crate::checks::facts::margins::{lengthen_with_buffer, smallest_margin};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::Minutes;
use crate::schedule::{FitVerdict, WindowSchedule};
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "B002",
    name: "margin-thin",
    severity: Severity::Warning,
    summary: "An occurrence has room to roll back, but less time to spare than the policy's buffer.",
    why: "Estimates are never exact. One slow reboot uses up the spare minutes, and then there is no time left to \
          roll back.",
    example: "Core DB has 4 h and needs 3 h 44. That leaves 16 min, but the policy requires a buffer of 10 %, which \
              is 24 min.",
    remedy: "Lengthen the window a little, patch more hosts at a time, or move a few hosts to another window.",
    checks: &[Check::Window(check)],
    fix: Some(lengthen),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let buffer_percent = cx.plan().policy().buffer_percent;
    if window.fits().all(|fit| fit.is_ok_and(|fit| fit.verdict(buffer_percent) != FitVerdict::Thin)) {
        return;
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        if fit.verdict(buffer_percent) != FitVerdict::Thin {
            continue;
        }
        let buffer = (u64::from(fit.length.0) * u64::from(buffer_percent)).div_ceil(100) as u32;
        let message = format!(
            "{}, {}: needs {} of {}; roll back by {}; {} to spare, the policy requires {}",
            window.window.name,
            date(occurrence.on()),
            fit.need(),
            fit.length,
            clock(window, occurrence, occurrence.start_at.plus(fit.rollback_deadline())),
            Minutes(fit.margin().unsigned_abs()),
            Minutes(buffer),
        );
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let occurrences = counted(cause.occurrences(), "occurrence");
    let least = smallest_margin(cx, cause).map_or_else(String::new, |(margin, on)| {
        format!("; least on {}, {}", date(on), Minutes(margin.unsigned_abs()))
    });
    format!("{}: {occurrences} with less to spare than the policy requires{least}", cause.name(cx))
}

/// Lengthens the window so that this occurrence keeps the policy's buffer, rounded up to a quarter of an hour.
fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    lengthen_with_buffer(cx, finding, cx.plan().policy().buffer_percent)
}
