//! T001 local-time-skipped: the clock change skips the time at which an occurrence starts or ends.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::schedule::{LocalTimeKind, WindowSchedule};
use crate::wording::{date, time};

pub static RULE: Rule = Rule {
    code: "T001",
    name: "local-time-skipped",
    severity: Severity::Warning,
    summary: "An occurrence starts or ends at a time that does not exist that night, because the clocks go forward.",
    why: "Each program and each person reads such a time differently. Invites, schedulers and the team may be an \
          hour apart.",
    example: "Web patching starts at 02:30 on Sun 28 Mar 2027, but clocks in Berlin go from 02:00 to 03:00.",
    remedy: "Move the occurrence to another night or hour, or agree on the later time with everyone involved.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let is_skipped = |clock| clock == LocalTimeKind::Gap;
    for each in &window.expansion.occurrences {
        let starts = is_skipped(each.start_clock).then(|| {
            let meant = time(each.local_start.time());
            format!(
                "its start, {meant}, is skipped by the clock change, so it starts at {}",
                time(window.local(each.start_at).time())
            )
        });
        let ends = is_skipped(each.end_clock).then(|| {
            let meant = time(each.local_end().time());
            format!(
                "its end, {meant}, is skipped by the clock change, so it ends at {}",
                time(window.local(each.end_at).time())
            )
        });
        let what = match (starts, ends) {
            (None, None) => continue,
            (Some(starts), Some(ends)) => format!("{starts}; {ends}"),
            (starts, ends) => starts.or(ends).unwrap_or_default(),
        };
        let message = format!("{}, {}: {what}", window.window.name, date(each.on()));
        sink.add(Finding::for_occurrence(&RULE, window, each, message));
    }
}
