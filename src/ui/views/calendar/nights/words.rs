//! What a calendar says about an occurrence beside its bar: its hours, whether its work fits, who works.

use crate::model::Duty;
use crate::schedule::{FitVerdict, Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::occurrence_text;
use crate::wording;

/// How many people are named.
const NAMED: usize = 3;

/// "22:00 – 02:00"; with the zone, if the window has another one than the plan.
pub fn hours(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> String {
    if window.expansion.zone.name() == cx.schedule().zone.name() {
        return occurrence_text::hours(window, occurrence);
    }
    wording::hours_with_zone(window.zoned(occurrence.start_at), window.zoned(occurrence.end_at))
}

/// "Fits, 1 h 05 to spare", or that the work is unknown.
pub fn fit_in_words(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> (String, Option<FitVerdict>) {
    let Ok(fit) = window.fit(occurrence) else { return ("Work unknown".to_owned(), None) };
    let (words, verdict) = occurrence_text::fit_in_words(cx.plan(), &fit);
    (words, Some(verdict))
}

/// "Back by 00:45 · Fits, 28 min to spare"
pub fn rollback_in_words(
    cx: &Cx<'_>,
    window: &WindowSchedule,
    occurrence: &Occurrence,
) -> (String, Option<FitVerdict>) {
    if let Some(reason) = occurrence_text::skip_reason(window, occurrence) {
        return (wording::capitalised(&reason), None);
    }
    let (fit, verdict) = fit_in_words(cx, window, occurrence);
    let back = window.rollback_deadline_at(occurrence).filter(|at| *at >= occurrence.start_at);
    match back {
        Some(at) => {
            let clock = occurrence_text::clock_within(window, occurrence, at);
            (format!("Back by {clock} · {fit}"), verdict)
        }
        None => (fit, verdict),
    }
}

/// Who works in it: "Aisha Khan, Ben Carter".
pub fn people(cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let rota = &cx.schedule().rota;
    let shifts = rota.shifts_at(window.id(), occurrence.original_on()).filter(|shift| shift.duty == Duty::Work);
    let mut names: Vec<&str> = shifts.map(|shift| rota.person(shift).name.as_str()).collect();
    names.dedup();
    wording::list(names, NAMED)
}
