//! The form that records an answer for all selected dates in one undo step: asked, agreed, declined, or a reserve date.

use chrono::NaiveDate;
use egui::Ui;

use super::LedgerState;
use super::board::Board;
use crate::schedule::agreement::ledger::{AnswerIndex, BulkAnswer, NewAnswer, ReserveOn, in_words};
use crate::session::{Dialog, Proposal, Question};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::widgets::{muted, primary_button, segments, strong, text};
use crate::wording::typed::read_date;
use crate::wording::{self, counted};

/// Height of a row of the form, including the gap below it.
const ROW: f32 = 30.0;

/// A question lists at most this many answers.
const MOST_LISTED: usize = 30;

/// An answer that is being entered.
#[derive(Default)]
pub struct AnswerDraft {
    kind: AnswerKind,
    /// `None` means today.
    on: Option<NaiveDate>,
    by: String,
    reason: String,
    reserve: Option<ReserveOn>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum AnswerKind {
    Asked,
    #[default]
    Agreed,
    Declined,
    Reserve,
}

impl AnswerDraft {
    fn bulk_answer(&self, today: NaiveDate) -> BulkAnswer {
        let said = match self.kind {
            AnswerKind::Asked => NewAnswer::Asked,
            AnswerKind::Agreed => NewAnswer::Agreed { by: self.by.clone() },
            AnswerKind::Declined => NewAnswer::Declined { by: self.by.clone(), reason: self.reason.clone() },
            AnswerKind::Reserve => NewAnswer::Nothing,
        };
        let reserve = self.reserve.filter(|_| self.kind != AnswerKind::Asked);
        BulkAnswer { said, on: self.on.unwrap_or(today), reserve }
    }
}

/// Draws the form; `dates` are the dates in the selected cells.
pub fn form_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, dates: &[AnswerIndex], is_cut: bool) {
    let single = state.pick.single.clone();
    let meant = if single.is_empty() { dates } else { &single };
    let today = cx.today();
    let bulk_answer = state.form.bulk_answer(today);
    let (answered, open): (Vec<AnswerIndex>, Vec<AnswerIndex>) = meant
        .iter()
        .filter(|dated| bulk_answer.concerns(dated.state(&board.ledger)))
        .partition(|dated| bulk_answer.replaces(dated.state(&board.ledger)));
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let which = if single.is_empty() { "for the dates above" } else { "for the selected dates" };
        ui.horizontal(|ui| {
            ui.label(strong("Record answer"));
            ui.label(muted(cx, which));
        });
        draft_ui(ui, cx, &mut state.form, today);
        let is_ready = !is_cut && (state.form.kind != AnswerKind::Reserve || state.form.reserve.is_some());
        ui.horizontal_wrapped(|ui| {
            let label = format!("Record for {}", counted(open.len(), "date"));
            let is_open = is_ready && !open.is_empty();
            if ui.add_enabled_ui(is_open, |ui| primary_button(ui, cx, &label).clicked()).inner {
                cx.edit(bulk_answer.edit(&board.ledger, &open));
                state.pick.single.clear();
                state.form = AnswerDraft { kind: state.form.kind, ..AnswerDraft::default() };
            }
            if is_ready && !answered.is_empty() {
                let label = format!("Replace {}…", counted(answered.len(), "answer"));
                let help = "Dates that already have an answer keep it unless you replace it here";
                if ui.button(label).on_hover_text(help).clicked() {
                    cx.open_dialog(Dialog::Question(Question::Edit(replacing(&bulk_answer, board, &answered))));
                }
            }
        });
        if is_cut {
            text(ui, muted(cx, "Select fewer cells to record an answer for all of them."));
        }
    });
}

/// The question whether to replace answers, with those that would be lost.
fn replacing(bulk_answer: &BulkAnswer, board: &Board, answered: &[AnswerIndex]) -> Box<Proposal> {
    let ledger = &board.ledger;
    let detail = |dated: &AnswerIndex| {
        let (answer, window) = (dated.answer(ledger), &dated.window(ledger).schedule.window.name);
        let starts = wording::date(dated.occurrence(ledger).on());
        format!("{starts}, {window}, {}: {}", answer.area.name, in_words(&answer, ledger.today, &ledger.zone))
    };
    let others = answered.len().saturating_sub(MOST_LISTED);
    let rest = (others > 0).then(|| wording::and_more(others));
    Box::new(Proposal {
        edit: bulk_answer.edit(ledger, answered),
        title: format!("Replace {}?", counted(answered.len(), "recorded answer")),
        text: "What was recorded for these dates is overwritten. Auditors may rely on it.".to_owned(),
        details: answered.iter().take(MOST_LISTED).map(detail).chain(rest).collect(),
        verb: "Replace".to_owned(),
    })
}

fn draft_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut AnswerDraft, today: NaiveDate) {
    let kinds = [
        (AnswerKind::Asked, "Asked"),
        (AnswerKind::Agreed, "Agreed"),
        (AnswerKind::Declined, "Declined"),
        (AnswerKind::Reserve, "Reserve date"),
    ];
    ui.horizontal(|ui| {
        if let Some(kind) = segments(ui, cx, &kinds, draft.kind) {
            draft.kind = kind;
        }
    });
    if draft.kind != AnswerKind::Reserve
        && let Some(on) = row(ui, cx, "On", |ui| fields::date(ui, cx, "Recorded on", draft.on.unwrap_or(today)))
    {
        draft.on = Some(on);
    }
    if matches!(draft.kind, AnswerKind::Agreed | AnswerKind::Declined)
        && let Some(by) = row(ui, cx, "By", |ui| fields::text(ui, "Recorded by", &draft.by, "each area's owner"))
    {
        draft.by = by;
    }
    if draft.kind == AnswerKind::Declined
        && let Some(reason) = row(ui, cx, "Reason", |ui| fields::text(ui, "Reason recorded", &draft.reason, ""))
    {
        draft.reason = reason;
    }
    if draft.kind != AnswerKind::Asked
        && let Some(reserve) = row(ui, cx, "Reserve date", |ui| reserve_ui(ui, draft.reserve))
    {
        draft.reserve = reserve;
    }
    // The form keeps its height for every choice, so that the list above it does not jump.
    let missing = match draft.kind {
        AnswerKind::Declined => 0.0,
        AnswerKind::Agreed => 1.0,
        AnswerKind::Asked | AnswerKind::Reserve => 3.0,
    };
    ui.add_space(missing * ROW);
}

/// A date, or a number of days after each date: "Sat 20 Mar 2027", "+7".
fn reserve_ui(ui: &mut Ui, current: Option<ReserveOn>) -> Option<Option<ReserveOn>> {
    let shown = match current {
        None => String::new(),
        Some(ReserveOn::Date(on)) => wording::date(on),
        Some(ReserveOn::DaysLater(days)) => format!("+{}", counted(i64::from(days), "day")),
    };
    fields::parsed(ui, "Reserve date recorded", &shown, "a date, or +7 days", read_reserve)
}

fn read_reserve(text: &str) -> Result<Option<ReserveOn>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(days) = text.strip_prefix('+') {
        let days = days.trim().trim_end_matches("days").trim_end_matches("day").trim();
        let days = days.parse::<u16>().map_err(|_| format!("Invalid number of days \"{text}\": use e.g. +7"))?;
        return Ok(Some(ReserveOn::DaysLater(days)));
    }
    read_date(text).map(|on| Some(ReserveOn::Date(on)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_is_a_date_or_a_number_of_days_later() {
        let on = NaiveDate::from_ymd_opt(2027, 3, 20).unwrap();
        assert_eq!(read_reserve("2027-03-20"), Ok(Some(ReserveOn::Date(on))));
        assert_eq!(read_reserve(" +7 days"), Ok(Some(ReserveOn::DaysLater(7))));
        assert_eq!(read_reserve("+1"), Ok(Some(ReserveOn::DaysLater(1))));
        assert_eq!(read_reserve(""), Ok(None));
        assert!(read_reserve("+soon").is_err() && read_reserve("soon").is_err());
    }
}
