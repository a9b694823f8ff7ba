//! B001 rollback-does-not-fit: no room to roll back before the window ends.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::words::{clock, counted, date};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, MaintenanceWindow, Minutes};
use crate::schedule::{Occurrence, WindowSchedule};

pub static RULE: Rule = Rule {
    code: "B001",
    name: "rollback-does-not-fit",
    severity: Severity::Error,
    summary: "Work, rollback and handover together need more time than an occurrence really has.",
    why: "If the last batch fails, there is no time left to bring the systems back before the business expects them. \
          The window that was agreed is then overrun, and the next one is harder to get.",
    example: "Core DB has 4 h; work takes 2 h 17, rolling back 1 h 22 and handing over 5 min; but in the night to \
              28 March the clocks in London jump and only 3 h remain: 44 min are missing.",
    remedy: "Lengthen the window, patch more hosts at a time, move hosts to another window, or shorten the way back.",
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
        let deadline = clock(window, occurrence.start_at.plus(fit.rollback_deadline()));
        let (need, length, on) = (fit.need().to_string(), fit.length.to_string(), date(occurrence.on()));
        let before = [&*window.window.name, ", ", &on, ": needs ", &need, " of ", &length];
        let message = [&*before.concat(), "; roll back by ", &deadline, "; ", &missing, " too short"].concat();
        sink.add(Finding::on(&RULE, window, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let nights = counted(cause.occurrences(), "night");
    let worst = tightest(cx, cause).map_or_else(String::new, |(margin, on)| {
        format!(", the worst {} too short, {}", Minutes(margin.unsigned_abs()), date(on))
    });
    format!("{}: {nights} leave no room to roll back{worst}", cause.name(cx))
}

/// The least margin of those occurrences, and the first of them that has it.
pub fn tightest(cx: &Context<'_>, cause: &Cause) -> Option<(i32, NaiveDate)> {
    let margin = |finding: &Arc<Finding>| {
        let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
        Some((window.fit(occurrence).ok()?.margin(), occurrence.on()))
    };
    cause.findings.iter().filter_map(margin).min()
}

/// Lengthens the window so that this occurrence fits with the policy's buffer, up to the next quarter of an hour.
fn lengthen(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    lengthened(cx, finding, cx.plan().policy.buffer_percent)
}

/// A fix that lengthens the finding's window so that its occurrence keeps `buffer_percent` of its length to spare.
pub fn lengthened(cx: &Context<'_>, finding: &Finding, buffer_percent: u8) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let need = window.fit(occurrence).ok()?.need();
    let share = 100_u32.checked_sub(buffer_percent.into()).filter(|share| *share > 0)?;
    lengthened_to(cx, finding, Minutes(need.0.checked_mul(100)?.div_ceil(share)))
}

/// A fix that lengthens the finding's window so that its occurrence really lasts that long.
pub fn lengthened_to(cx: &Context<'_>, finding: &Finding, wanted: Minutes) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let duration = on_the_clock(window, occurrence, wanted)?;
    if duration <= window.window.duration {
        return None;
    }
    let longer = MaintenanceWindow { duration, ..MaintenanceWindow::clone(&window.window) };
    Some(Fix { label: format!("Lengthen window to {duration}"), edit: Edit::PutWindow(longer) })
}

/// The length on the clock, in full quarters of an hour, with which that occurrence really lasts `wanted`. The length
/// on the clock is what is agreed; a night that loses an hour needs an hour more on it, and the longer window may reach
/// into a clock change that the shorter one did not meet.
fn on_the_clock(window: &WindowSchedule, occurrence: &Occurrence, wanted: Minutes) -> Option<Minutes> {
    let zone = &window.expansion.zone;
    let mut duration = wanted;
    for _ in 0..4 {
        if duration > Minutes::LONGEST {
            return None;
        }
        duration = duration.up_to_quarter();
        let end_at = zone.place(occurrence.local_start.plus(duration)).at;
        let missing = wanted.signed() - end_at.since(occurrence.start_at);
        match u32::try_from(missing) {
            Ok(missing) if missing > 0 => duration = duration + Minutes(missing),
            _ => return Some(duration),
        }
    }
    None
}
