//! What owners answered about upcoming occurrences, for the rules about agreement.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checks::facts::notice_horizon::{days_after, reminded_until};
use crate::checks::{CommonCause, Context, Finding, MOST_NAMES};
use crate::model::{Agreement, BusinessArea, Subject, day_number};
use crate::schedule::agreement::answers::{Answer, Notice, answer, areas};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::list_in_sentence;

/// The upcoming occurrences for which notice to an area is due or will be soon, with the answer of that area.
pub fn notice_due_soon<'a>(
    cx: &'a Context<'_>,
    window: &'a WindowSchedule,
) -> Vec<(&'a Occurrence, Notice, Answer<'a>)> {
    let upcoming = upcoming(cx, window);
    let last = day_number(cx.last_date_near());
    if upcoming.first().is_none_or(|first| first.start_day() > last) {
        return Vec::new();
    }
    notice_due_soon_to(cx, window, &areas(cx.plan(), &window.scope))
}

/// The same for areas that need not agree.
pub fn notice_due_soon_to<'a>(
    cx: &'a Context<'_>,
    window: &'a WindowSchedule,
    areas: &[&'a Arc<BusinessArea>],
) -> Vec<(&'a Occurrence, Notice, Answer<'a>)> {
    let (plan, upcoming) = (cx.plan(), upcoming(cx, window));
    let notice = areas.iter().filter_map(|area| plan.notice_days(window.window.kind, area));
    let reminded_until = reminded_until(plan, cx.today);
    let last = day_number(days_after(reminded_until, notice.max().unwrap_or(0)));
    let answers = upcoming
        .iter()
        .take_while(|occurrence| occurrence.start_day() <= last)
        .flat_map(|occurrence| areas.iter().map(move |area| (occurrence, answer(plan, window, occurrence, area))));
    let with_notice = answers.filter_map(|(occurrence, answer)| Some((occurrence, answer.notice?, answer)));
    with_notice.filter(|(_, notice, _)| notice.due_on <= reminded_until).collect()
}

/// The occurrences that start today or later.
pub fn upcoming<'a>(cx: &Context<'_>, window: &'a WindowSchedule) -> &'a [Occurrence] {
    let today = day_number(cx.today);
    let all = &window.expansion.occurrences;
    &all[all.partition_point(|occurrence| occurrence.start_day() < today)..]
}

/// The notice that each of these findings is about, and the answer.
pub fn notices(cx: &Context<'_>, cause: &CommonCause) -> Vec<(Notice, Agreement)> {
    let answer = |finding: &Arc<Finding>| {
        let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
        let Some(Subject::Area(area)) = &finding.other else { return None };
        let answer = answer(cx.plan(), window, occurrence, cx.plan().areas().get(area)?);
        Some((answer.notice?, answer.agreement().clone()))
    };
    cause.findings.iter().filter_map(answer).collect()
}

/// The business areas of these findings: "Payments and Cards".
pub fn areas_in_words(cx: &Context<'_>, cause: &CommonCause) -> String {
    let areas = cause.findings.iter().filter_map(|finding| finding.other.as_ref()).collect::<BTreeSet<_>>();
    let areas: Vec<String> = areas.into_iter().map(|area| area.name(cx.plan())).collect();
    list_in_sentence(&areas, MOST_NAMES)
}
