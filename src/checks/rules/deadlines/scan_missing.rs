//! S004 scan-missing: no follow-up scan was recorded after an occurrence.

use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::model::LocalMinute;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "S004",
    name: "scan-missing",
    severity: Severity::Warning,
    summary: "No follow-up scan was recorded after an occurrence. Only occurrences that ended after results began to be \
              recorded are looked at.",
    why: "An installer that reports success may have changed nothing. Only a scan that logs in shows what is installed, \
          and until then a patched system counts as unverified.",
    example: "Core DB patching, Sat 13 Mar 2027: no scan was recorded.",
    remedy: "Scan the systems and record what was found: windowsill record scan. Without results, leave recording off in \
             the policy.",
    checks: &[Check::WindowScans(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, schedule: &WindowSchedule, sink: &mut Sink) {
    let Some(from) = cx.plan().policy().recording_from else { return };
    let midnight = |on| cx.schedule.zone.resolve(LocalMinute::midnight(on)).at;
    let (from_at, until_at) = (midnight(from), midnight(cx.today));
    let scans = cx.plan().scans().for_window(schedule.id());
    let is_over = |each: &&Occurrence| each.end_at > from_at && each.end_at <= until_at;
    let is_scanned = |each: &&Occurrence| scans.iter().any(|scan| scan.key.on == each.original_on());
    for occurrence in schedule.expansion.occurrences.iter().filter(is_over).filter(|each| !is_scanned(each)) {
        let message = format!("{}, {}: no scan was recorded", schedule.window.name, date(occurrence.on()));
        sink.add(Finding::for_occurrence(&RULE, schedule, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    format!("{name}: no scan was recorded after {which}{first}")
}
