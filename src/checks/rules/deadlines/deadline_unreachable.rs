//! S001 deadline-unreachable: days of the year on which a severity's deadline cannot be met.

use std::cell::LazyCell;

use crate::checks::facts::ladder_timeline::LadderTimeline;
use crate::checks::words::{date, names};
use crate::checks::{Cause, Check, Context, Finding, Fix, Rule, Severity, Sink, Subject};
use crate::model::Minutes;
use crate::schedule::standby::{Standby, soak};
use crate::schedule::{LadderReachability, Reach, SeverityReachability};

pub static RULE: Rule = Rule {
    code: "S001",
    name: "deadline-unreachable",
    severity: Severity::Warning,
    summary: "A fix published at the start of a day would not have climbed the ladder within a severity's deadline: \
             counted for every day of the plan. Days whose deadline lies behind the plan's end do not count. Where the \
             soak times alone are as long as the deadline it is a note.",
    why: "The deadline was promised, and from the windows alone it follows that the promise cannot be kept. Better to \
          know a year ahead than on the day on which the fix is published.",
    example: "Servers: a Critical fix cannot be in within 3 days on 328 of 364 days, 32 of them in a row from \
              Sun 18 Apr 2027 on; a climb takes 15.5 days in the mean, 34.9 at worst.",
    remedy: "Book standby windows for what is urgent: the quick fix adds the fewest that suffice. Or agree on windows \
             more often, or on shorter soak times for emergencies.",
    checks: &[Check::LadderTimeline(check)],
    fix: Some(add_standbys),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, reached: &LadderTimeline<'_>, sink: &mut Sink) {
    let Some(days) = &reached.days else { return };
    let soak = soak(cx.schedule, reached.reach);
    let lengths = LazyCell::new(|| days.mean().zip(days.worst()));
    for severity in &days.severities {
        let late = severity.late();
        if late > 0 {
            sink.add(report(reached.reach, days, severity, *lengths, soak));
        }
    }
}

/// `lengths`: of a climb, in the mean and at worst.
fn report(
    reach: &Reach,
    days: &LadderReachability,
    severity: &SeverityReachability,
    lengths: Option<(Minutes, Minutes)>,
    soak: Minutes,
) -> Finding {
    let mut message = format!(
        "{}: a {} fix cannot be in within {} on {} of {} days",
        reach.ladder.name,
        severity.name,
        severity.within,
        severity.late(),
        severity.judged(),
    );
    if let Some(gap) = days.largest_gap(severity).filter(|gap| gap.days > 1) {
        let count = if gap.days == severity.late() { "all".to_owned() } else { format!("{} of them", gap.days) };
        message = format!("{message}, {count} in a row from {} on", date(gap.from));
    }
    if let Some((mean, worst)) = lengths {
        message = format!("{message}; a climb takes {} days in the mean, {} at worst", in_days(mean), in_days(worst));
    }
    let is_hopeless = soak >= severity.within;
    if is_hopeless {
        message = format!("{message}; the soak times alone take {soak}");
    }
    let finding = Finding::new(&RULE, Subject::Ladder(reach.ladder.id.clone()), message);
    let finding = finding.with_other(Subject::Severity(severity.name.clone()));
    if is_hopeless { finding.with_severity(Severity::Note) } else { finding }
}

/// "Servers: fixes of High and Medium cannot always be in on time"
fn in_one_line(cx: &Context<'_>, cause: &Cause) -> String {
    let severities = cause.findings.iter().filter_map(|finding| finding.other.as_ref()).map(Subject::id);
    format!("{}: fixes of {} cannot always be in on time", cause.name(cx), names(severities))
}

/// "15.5"
fn in_days(minutes: Minutes) -> String {
    let tenths = minutes.0 / 144;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Adds the fewest standby windows, where they help on all days.
fn add_standbys(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::Ladder(ladder), Subject::Severity(severity)) = (&finding.subject, finding.other.as_ref()?) else {
        return None;
    };
    let reach = cx.schedule.reach(ladder)?;
    let days = LadderReachability::of(cx.schedule, reach, cx.freezes())?;
    let severity = days.severities.iter().find(|each| each.name == *severity)?;
    match Standby::of(cx.schedule, reach, cx.freezes(), &days, severity) {
        Standby::Windows(windows) if windows.left == 0 => {
            let label = match windows.list.len() {
                1 => "Add a standby window".to_owned(),
                count => format!("Add {count} standby windows"),
            };
            Some(Fix { label, edit: windows.edit(cx.schedule, reach)? })
        }
        Standby::Windows(_) | Standby::NotNeeded | Standby::Impossible { .. } => None,
    }
}
