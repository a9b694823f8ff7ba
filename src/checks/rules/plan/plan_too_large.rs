//! P017 plan-too-large: more dates or problems than the program can keep in memory.

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{ExpansionProblem, MOST_OCCURRENCES, WindowSchedule};
use crate::wording::{counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "P017",
    name: "plan-too-large",
    severity: Severity::Error,
    summary: "The plan would have more than 2,000,000 occurrences, so its densest windows have none; or there are more than \
              500,000 problems of one kind, so only the first of them are listed.",
    why: "A plan of this size is almost always a mistake in an import, such as daily events that are not maintenance. What \
          is left out is in no calendar and is not checked.",
    example: "The plan would have more than 2000000 occurrences. 1100 windows with more than 1818 each have none: Backup 1, \
              Backup 2, Backup 3 and 1097 more.",
    remedy: "Cover fewer months, remove windows or make them recur less often, or split the plan. If there are too many \
             problems, correct those that are listed first.",
    checks: &[Check::Size(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let share = |window: &WindowSchedule| match window.expansion.problem {
        Some(ExpansionProblem::PlanTooLarge { share }) => Some(share),
        Some(ExpansionProblem::Rule(_)) | None => None,
    };
    let left_out: Vec<_> = cx.schedule.windows.iter().filter(|window| share(window).is_some()).collect();
    let Some(share) = left_out.first().and_then(|window| share(window)) else { return };
    let has = if left_out.len() == 1 { "has" } else { "have" };
    let names = list_in_sentence(left_out.iter().map(|window| &*window.window.name), MOST_NAMES);
    let windows = counted(left_out.len(), "window");
    sink.add(about_the_plan(format!(
        "The plan would have more than {MOST_OCCURRENCES} occurrences. {windows} with more than {share} each {has} none: {names}"
    )));
}

/// The finding that says that only so many findings of one kind are listed.
pub fn findings_left_out(most: usize) -> Finding {
    about_the_plan(format!("There are more than {most} problems of one kind. Only the first {most} of them are listed"))
}

fn about_the_plan(message: String) -> Finding {
    Finding::new(&RULE, Subject::Plan, message)
}
