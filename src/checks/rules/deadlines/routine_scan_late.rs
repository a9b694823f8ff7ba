//! S005 routine-scan-late: a scan routine has given no result for longer than its interval.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{ScanOutcome, ScanRoutine, Subject};
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "S005",
    name: "routine-scan-late",
    severity: Severity::Warning,
    summary: "The last result of a scan routine is older than its interval, or its last run failed. Intervals count from \
              the day from which results are recorded; without that day in the policy, nothing is reported. Scans that \
              run with a build or a commit are only reported if their last run failed.",
    why: "What no scan has looked at is unknown, and a scanner that stopped weeks ago reports nothing at all, which looks \
          like nothing to report.",
    example: "Authenticated scan of servers runs every week: the last result is of Mon 1 Mar 2027, 5 days late.",
    remedy: "Run the scan and record its result: windowsill record routine, or the form of the routine. If it runs less \
             often, change its interval.",
    checks: &[Check::Routines(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let Some(from) = cx.plan().policy().recording_from else { return };
    for routine in cx.plan().scan_routines() {
        if let Some(late) = routine.days_late(from, cx.today) {
            let message = message(routine, late);
            sink.add(Finding::new(&RULE, Subject::ScanRoutine(routine.id.clone()), message));
        }
    }
}

fn message(routine: &ScanRoutine, late: u32) -> String {
    let ScanRoutine { name, every, last, .. } = routine;
    match last {
        Some(run) if run.outcome == ScanOutcome::Failed => format!("{name}: the run of {} failed", date(run.on)),
        Some(run) => {
            format!("{name} runs {every}: the last result is of {}, {} late", date(run.on), counted(late, "day"))
        }
        None => format!("{name} runs {every}: no result was recorded, {} late", counted(late, "day")),
    }
}
