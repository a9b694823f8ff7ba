//! C003 declined-without-reserve: an owner declined, and no reserve date is set.

use crate::checks::facts::answers::{areas_in_words, upcoming};
use crate::checks::facts::free_dates::{by_weeks, to_free_date};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Agreement, Edit, LedgerEntry, LedgerKey, Subject};
use crate::schedule::agreement::answers::{answer, areas};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::{date, in_brackets};

pub static RULE: Rule = Rule {
    code: "C003",
    name: "declined-without-reserve",
    severity: Severity::Error,
    summary: "A business area declined an upcoming occurrence, and no reserve date was agreed. Answers given for \
              other times do not count.",
    why: "Without another date, the window is lost, and with it this round of patches.",
    example: "Core DB, Sat 27 Mar 2027: Payments declined on Tue 5 Jan 2027 (Quarter close), and there is no reserve \
              date.",
    remedy: "Agree on a reserve date and enter it with the answer, move the occurrence and ask again, or skip it.",
    checks: &[Check::WindowAnswers(check)],
    fix: Some(move_or_skip),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let is_lost =
        |entry: &LedgerEntry| matches!(entry.agreement, Agreement::Declined { .. }) && entry.reserve_on.is_none();
    let mut lost = cx.plan().ledger().for_window(window.id()).iter().filter(|entry| is_lost(entry)).peekable();
    if lost.peek().is_none() {
        return;
    }
    let areas = areas(cx.plan(), &window.scope);
    for entry in lost {
        let Agreement::Declined { on, reason, .. } = &entry.agreement else { continue };
        let Some(area) = areas.iter().find(|area| area.id == entry.key.area) else { continue };
        let mut coming = upcoming(cx, window).iter();
        let Some(occurrence) = coming.find(|occurrence| occurrence.original_on() == entry.key.on) else { continue };
        if answer(cx.plan(), window, occurrence, area).outdated().is_some() {
            continue;
        }
        let message = format!(
            "{}, {}: {} declined on {}{}, and no reserve date is set",
            window.window.name,
            date(occurrence.on()),
            area.name,
            date(*on),
            in_brackets(reason)
        );
        let finding = Finding::for_occurrence(&RULE, window, occurrence, message);
        sink.add(finding.with_other(Subject::Area(area.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, areas) = (cause.occurrences_in_words(), cause.name(cx), areas_in_words(cx, cause));
    format!("{which} of {name}: {areas} declined, and no reserve date is set{}", cause.first_in_words(cx))
}

/// Moves the occurrence by whole weeks to the next free date before the window's next one, so that its round of patches is
/// not lost; skips it if there is none. An answer that applies to any date is not changed by a move.
fn move_or_skip(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    later_date(cx, finding).or_else(|| skip(cx, finding))
}

fn later_date(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    const WEEKS: i64 = 4;
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let Some(Subject::Area(area)) = &finding.other else { return None };
    let key = LedgerKey { window: window.id().clone(), on: finding.on?, area: area.clone() };
    cx.plan().ledger().get(&key)?.answered_for.as_ref()?;
    let later = window.expansion.occurrences.iter().map(Occurrence::on).filter(|on| *on > occurrence.on());
    let next = later.min();
    let dates = by_weeks(occurrence, 1..=WEEKS).filter(|on| next.is_none_or(|next| *on < next));
    to_free_date(cx, window, occurrence, dates)
}

/// Skips the occurrence for the reason that the owner gave.
fn skip(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, on) = (finding.window.clone()?, finding.on?);
    let Some(Subject::Area(area)) = &finding.other else { return None };
    let key = LedgerKey { window, on, area: area.clone() };
    let Agreement::Declined { reason, .. } = &cx.plan().ledger().get(&key)?.agreement else { return None };
    let (_, occurrence) = cx.schedule.occurrence(&key.window, on)?;
    let label = format!("Skip {}", date(occurrence.on()));
    let reason = format!("{} declined{}", cx.plan().areas().get(area)?.name, in_brackets(reason));
    Some(Fix { label, edit: Edit::SkipOccurrence { window: key.window, on, reason } })
}
