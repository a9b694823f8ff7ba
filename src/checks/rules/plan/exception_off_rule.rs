//! P009 exception-off-rule: an occurrence was moved or skipped on a date that the rule does not give.

use chrono::{Days, NaiveDate};

use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{self, Edit, Exception, MaintenanceWindow, OccurrenceChange, Subject};
use crate::schedule::{WindowSchedule, window_dates};
use crate::wording::typed::is_in_range;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "P009",
    name: "exception-off-rule",
    severity: Severity::Warning,
    summary: "An occurrence is moved or skipped, but its original date is not one that the window's rule gives.",
    why: "A skip of such a date skips nothing, and the occurrence that was meant takes place. A move adds an occurrence, \
          and the one that was meant stays where it was. This happens if a date is mistyped, or if the rule changes \
          afterwards.",
    example: "Core DB: skipped on Sun 10 Jan 2027, but its rule gives no such date; did you mean Sat 9 Jan 2027?",
    remedy: "Correct the date of the exception. If the occurrence is an additional one, enter it as added.",
    checks: &[Check::Window(check)],
    fix: Some(use_nearest),
    fold: Some(in_one_line),
};

/// The nearest date of the rule is looked for within this many days before and after.
const NEAR: Days = Days::new(31);

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for (exception, dates) in strays(cx, window) {
        let what = match &exception.change {
            OccurrenceChange::Moved { to, .. } => format!("moved from {} to {}", date(exception.on), date(*to)),
            OccurrenceChange::Skipped { .. } => format!("skipped on {}", date(exception.on)),
            OccurrenceChange::Added { .. } | OccurrenceChange::Restored => continue,
        };
        let meant = nearest(window, exception, &dates);
        let meant = meant.map_or_else(String::new, |on| format!("; did you mean {}?", date(on)));
        let message = format!("{}: {what}, but its rule gives no such date{meant}", window.window.name);
        let at = window.expansion.occurrence_on(exception.on).map(|occurrence| occurrence.start_at);
        let finding = Finding::new(&RULE, Subject::Window(window.id().clone()), message);
        sink.add(Finding { on: Some(exception.on), at, ..finding });
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let exceptions = counted(cause.findings.len(), "exception");
    format!("{}: {exceptions} on dates that its rule does not give{}", cause.name(cx), cause.first_in_words(cx))
}

/// The exceptions for dates that the rule does not give, each with the dates of the rule near it.
fn strays<'w>(cx: &Context<'_>, window: &'w WindowSchedule) -> Vec<(&'w Exception, Vec<NaiveDate>)> {
    if window.window.exceptions.is_empty() || !has_dates(cx, window) {
        return Vec::new();
    }
    let horizon = cx.plan().horizon();
    let matters = |exception: &&Exception| match &exception.change {
        // P014 reports years that are impossible.
        OccurrenceChange::Moved { to, .. } => {
            is_in_range(exception.on) && is_in_range(*to) && (horizon.contains(exception.on) || horizon.contains(*to))
        }
        OccurrenceChange::Skipped { .. } => is_in_range(exception.on) && horizon.contains(exception.on),
        OccurrenceChange::Added { .. } | OccurrenceChange::Restored => false,
    };
    // An occurrence that was added can be moved or skipped later. Its exception was changed more than once.
    let may_be_added = |exception: &&Exception| exception.sequence > 1;
    let exceptions = window.window.exceptions.iter().filter(|each| matters(each) && !may_be_added(each));
    let dates = |from, to| window_dates(&window.window, &window.expansion.zone, cx.plan(), from, to);
    let near = |exception: &'w Exception| {
        if !dates(exception.on, exception.on).is_empty() {
            return None;
        }
        let (from, to) = (exception.on.checked_sub_days(NEAR)?, exception.on.checked_add_days(NEAR)?);
        Some((exception, dates(from, to)))
    };
    exceptions.filter_map(near).collect()
}

/// Whether the dates of the rule are known. Other findings report it if they are not.
fn has_dates(cx: &Context<'_>, window: &WindowSchedule) -> bool {
    let is_known = match &window.window.rule {
        model::Rule::AfterRelease { release, .. } => cx.plan().releases().contains(release),
        model::Rule::Dates(_) | model::Rule::Weekly { .. } | model::Rule::Monthly { .. } | model::Rule::Foreign(_) => {
            true
        }
    };
    is_known && window.expansion.problem.is_none()
}

/// The date that was probably meant: the nearest one without an exception.
fn nearest(window: &WindowSchedule, exception: &Exception, dates: &[NaiveDate]) -> Option<NaiveDate> {
    let is_target = |on: NaiveDate| match exception.change {
        OccurrenceChange::Moved { to, .. } => to == on,
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Added { .. } | OccurrenceChange::Restored => false,
    };
    let free = dates.iter().copied().filter(|on| window.window.exception(*on).is_none() && !is_target(*on));
    free.min_by_key(|on| (*on - exception.on).num_days().abs())
}

/// Moves the exception to the nearest date of the rule.
fn use_nearest(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let (exception, dates) = strays(cx, window).into_iter().find(|(exception, _)| Some(exception.on) == finding.on)?;
    let on = nearest(window, exception, &dates)?;
    let mut corrected = MaintenanceWindow::clone(&window.window);
    for each in corrected.exceptions.iter_mut().filter(|each| each.on == exception.on) {
        each.on = on;
    }
    corrected.exceptions.sort_by_key(|each| each.on);
    Some(Fix { label: format!("Use {}", date(on)), edit: Edit::PutWindow(corrected) })
}
