//! S001 deadline-unreachable: days of the year on which a severity's deadline cannot be met.

use crate::checks::facts::ladder_timeline::LadderTimeline;
use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Minutes, Subject};
use crate::schedule::ladders::standby::{Standby, soak};
use crate::schedule::{EmergencyReachability, LadderReachability, SeverityReachability};
use crate::wording::{counted, date, days_with_tenth, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "S001",
    name: "deadline-unreachable",
    severity: Severity::Warning,
    summary: "On some days of the plan, a fix published that day would not reach the whole ladder within a \
              severity's deadline. If the policy has an emergency lane, what is exploited is judged by it as well. \
              Days whose deadline is after the end of the plan do not count. If the soak times alone take that \
              long, it is a note.",
    why: "The deadline was promised, and the windows already show that the promise cannot be kept. Better to know a \
          year ahead than on the day the fix is published.",
    example: "Servers: a Critical fix misses its deadline of 3 days on 328 of 364 days, 32 of them in a row from Sun \
              18 Apr 2027 on; a climb takes 15.5 days on average, 34.9 at worst.",
    remedy: "Book standby windows for urgent fixes (the quick fix adds the fewest that are enough), agree on more \
             frequent windows, or give the policy an emergency lane with shorter soak times.",
    checks: &[Check::LadderTimeline(check)],
    fix: Some(add_standbys),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, timeline: &LadderTimeline<'_>, sink: &mut Sink) {
    let Some(days) = &timeline.days else { return };
    let soak = soak(cx.schedule, timeline.reach);
    for severity in &days.severities {
        let what = format!("a {} fix", severity.name);
        report(cx, Judged { days, severity, soak, what }, sink);
    }
    let lane = EmergencyReachability::derive(cx.schedule, timeline.reach, cx.freezes());
    if let Some(lane) = lane.filter(|lane| soak >= lane.severity().within || !is_known(days, lane)) {
        let what = "by the emergency lane, a fix for what is exploited".to_owned();
        report(cx, Judged { days: lane.days(), severity: lane.severity(), soak: lane.soak(), what }, sink);
    }
}

/// Whether the lane takes as long as the usual way, and a severity has the same deadline.
fn is_known(days: &LadderReachability, lane: &EmergencyReachability) -> bool {
    let within = lane.severity().within;
    lane.days().climbs == days.climbs && days.severities.iter().any(|severity| severity.within == within)
}

/// The days of a ladder, judged by a deadline.
struct Judged<'a> {
    days: &'a LadderReachability,
    severity: &'a SeverityReachability,
    /// The soak times alone.
    soak: Minutes,
    /// What is installed: "a Critical fix".
    what: String,
}

fn report(cx: &Context<'_>, judged: Judged<'_>, sink: &mut Sink) {
    let Judged { days, severity, soak, what } = judged;
    if severity.late() == 0 {
        return;
    }
    let ladder = Subject::Ladder(days.ladder.clone());
    let mut message = format!(
        "{}: {what} misses its deadline of {} on {} of {}",
        ladder.name(cx.plan()),
        severity.within,
        severity.late(),
        counted(severity.judged(), "day"),
    );
    if let Some(gap) = days.largest_gap(severity).filter(|gap| gap.days > 1) {
        let count = if gap.days == severity.late() { "all".to_owned() } else { format!("{} of them", gap.days) };
        message = format!("{message}, {count} in a row from {} on", date(gap.from));
    }
    if let Some((mean, worst)) = days.mean().zip(days.worst()) {
        let [mean, worst] = [mean, worst].map(|minutes| days_with_tenth(minutes.0));
        message = format!("{message}; a climb takes {mean} days on average, {worst} at worst");
    }
    let is_impossible = soak >= severity.within;
    if is_impossible {
        message = format!("{message}; the soak times alone take {soak}");
    }
    let finding = Finding::new(&RULE, ladder, message).with_other(Subject::Severity(severity.name.clone()));
    sink.add(if is_impossible { finding.with_severity(Severity::Note) } else { finding });
}

/// "Servers: High and Medium fixes sometimes miss their deadline"
fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let severities = cause.findings.iter().filter_map(|finding| finding.other.as_ref()).map(Subject::id);
    format!("{}: {} fixes sometimes miss their deadline", cause.name(cx), list_in_sentence(severities, MOST_NAMES))
}

/// Adds the fewest standby windows that are enough, if there are any that help on all days.
fn add_standbys(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (Subject::Ladder(ladder), Subject::Severity(severity)) = (&finding.subject, finding.other.as_ref()?) else {
        return None;
    };
    let reach = cx.schedule.reach(ladder)?;
    let days = LadderReachability::derive(cx.schedule, reach, cx.freezes())?;
    let severity = days.severities.iter().find(|each| each.name == *severity)?;
    match Standby::find(cx.schedule, reach, cx.freezes(), &days, severity) {
        Standby::Windows(windows) if windows.left == 0 && windows.is_few() => {
            let label = match windows.list.len() {
                1 => "Add a standby window".to_owned(),
                count => format!("Add {}", counted(count, "standby window")),
            };
            Some(Fix { label, edit: windows.edit(cx.schedule, reach)? })
        }
        Standby::Windows(_) | Standby::NotNeeded | Standby::Impossible { .. } | Standby::TooManyGroups => None,
    }
}
