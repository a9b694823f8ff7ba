//! B001 rollback-does-not-fit: no room to roll back before the window ends.

use crate::checks::facts::clock::clock;
use crate::checks::facts::margins::{lengthen_with_buffer, smallest_margin};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::Minutes;
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "B001",
    name: "rollback-does-not-fit",
    severity: Severity::Error,
    summary: "An occurrence is too short for its work, a rollback and the handover.",
    why: "If the last batch fails, there is no time left to restore the systems before the business expects them \
          back. The window overruns, and the next one is harder to get approved.",
    example: "Core DB has 4 h. Work takes 2 h 17, rolling back 1 h 22 and the handover 5 min. But the clocks in \
              London go forward in the night to 28 March, so only 3 h remain: 44 min too short.",
    remedy: "Lengthen the window, patch more hosts at a time, move hosts to another window, or shorten the rollback.",
    checks: &[Check::Window(check)],
    fix: Some(lengthen),
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    if window.fits().all(|fit| fit.is_ok_and(|fit| fit.margin() >= 0)) {
        return;
    }
    for occurrence in &window.expansion.occurrences {
        let Ok(fit) = window.fit(occurrence) else { continue };
        if fit.margin() >= 0 {
            continue;
        }
        let missing = Minutes(fit.margin().unsigned_abs()).to_string();
        let deadline = clock(window, occurrence, occurrence.start_at.plus(fit.rollback_deadline()));
        let (need, length, on) = (fit.need().to_string(), fit.length.to_string(), date(occurrence.on()));
        let what = [&*window.window.name, ", ", &on, ": needs ", &need, " but lasts ", &length];
        let message = [&*what.concat(), ", ", &missing, " too short; roll back by ", &deadline].concat();
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let occurrences = counted(cause.occurrences(), "occurrence");
    let worst = smallest_margin(cx, cause).map_or_else(String::new, |(margin, on)| {
        format!("; worst on {}, {} too short", date(on), Minutes(margin.unsigned_abs()))
    });
    format!("{}: {occurrences} leave no room to roll back{worst}", cause.name(cx))
}

/// Lengthens the window so that this occurrence fits with the policy's buffer, rounded up to a quarter of an hour.
fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    lengthen_with_buffer(cx, finding, cx.plan().policy().buffer_percent)
}
