//! The bar above the ledger's table: the summary of all answers, and the filters.

use chrono::NaiveDate;
use egui::{Button, Id, Label, Ui};

use super::LedgerState;
use super::board::{Board, RowOrder};
use super::filter::{AnswerFilter, Filter};
use crate::model::AreaId;
use crate::schedule::agreement::ledger::{AnswerState, Ledger};
use crate::session::{Command, LedgerPage, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::filters::{filter_chip, filter_field};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::widgets::{command_button, segments, strong};
use crate::wording::short_month_and_year;

/// Below this width the months are in the row of the chips, so that none of them is alone in a row.
const NARROW: f32 = 700.0;

pub fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board) {
    ui.horizontal(|ui| {
        pages_ui(ui, cx, LedgerPage::Answers);
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            command_button(ui, cx, Command::ExportInvites);
            command_button(ui, cx, Command::ExportLedger);
        });
    });
    ui.add_space(6.0);
    let sentence = board.total.in_words(board.ledger.plan.policy().silent_after_days);
    ui.add(Label::new(strong(&sentence)).truncate()).on_hover_text(sentence);
    ui.add_space(6.0);
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal_wrapped(|ui| {
        let rows = [(RowOrder::Areas, "By area"), (RowOrder::Windows, "By window")];
        if let Some(rows) = segments(ui, cx, &rows, state.choice.rows) {
            state.choice.rows = rows;
            state.choice.unfolded.clear();
            state.pick.clear();
        }
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(4.0);
        area_ui(ui, &board.ledger, &mut state.choice.filter.area);
        text_ui(ui, "Filter windows", &mut state.choice.filter.text);
        if !is_narrow {
            months_ui(ui, &board.ledger, &mut state.choice.filter);
        }
        if state.choice.filter != Filter::default() && quiet_button(ui, cx, Button::new("Show all")).clicked() {
            state.choice.filter = Filter::default();
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if is_narrow {
            months_ui(ui, &board.ledger, &mut state.choice.filter);
            ui.add_space(4.0);
        }
        for answers in AnswerFilter::CHOICES {
            chip_ui(ui, cx, state, board, answers);
        }
    });
}

/// A switch between the pages of the ledger.
pub fn pages_ui(ui: &mut Ui, cx: &Cx<'_>, page: LedgerPage) {
    ui.horizontal(|ui| {
        let pages = [(LedgerPage::Answers, "Answers"), (LedgerPage::Notices, "Notice calendar")];
        if let Some(page) = segments(ui, cx, &pages, page) {
            cx.show(View::Ledger(page));
        }
    });
}

pub fn area_ui(ui: &mut Ui, ledger: &Ledger, area: &mut Option<AreaId>) {
    let areas = ledger.plan.areas();
    let all = || areas.names();
    let name = |id: &_| areas.name_of(id);
    if let Some(chosen) = optional_id(ui, "Area shown", area.as_ref(), "All areas", &all, name) {
        *area = chosen;
    }
}

pub fn text_ui(ui: &mut Ui, name: &str, text: &mut String) {
    filter_field(ui, Id::unique(name), name, name, 130.0, text);
}

/// The choice of the first and last month shown.
fn months_ui(ui: &mut Ui, ledger: &Ledger, filter: &mut Filter) {
    let last = ledger.months.len().saturating_sub(1) as u8;
    let range = filter.range(ledger.months.len());
    let (from, to) = (*range.start() as u8, *range.end() as u8);
    let chosen_from = month_ui(ui, ledger, "First month", from, 0..=to);
    ui.label("–");
    let chosen_to = month_ui(ui, ledger, "Last month", to, from..=last);
    if chosen_from.is_some() || chosen_to.is_some() {
        let chosen = (chosen_from.unwrap_or(from), chosen_to.unwrap_or(to));
        filter.months = (chosen != (0, last)).then_some(chosen);
    }
}

fn month_ui(
    ui: &mut Ui,
    ledger: &Ledger,
    name: &str,
    current: u8,
    choices: std::ops::RangeInclusive<u8>,
) -> Option<u8> {
    let word = |month: u8| {
        let on: Option<&NaiveDate> = ledger.months.get(usize::from(month));
        on.map_or_else(String::new, |on| short_month_and_year(*on))
    };
    let choices: Vec<(u8, String)> = choices.map(|month| (month, word(month))).collect();
    fields::wide_choice(ui, name, &choices, current, 84.0)
}

/// A filter with the number of matching answers; a second click removes it. Hidden if there are none.
fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, answers: AnswerFilter) {
    let (count, is_on) = (answers.count(&board.total), state.choice.filter.answers == answers);
    if count == 0 && !is_on {
        return;
    }
    let color = match answers {
        AnswerFilter::All | AnswerFilter::NotAgreed => cx.colors.text,
        AnswerFilter::Declined => super::look::color(cx, AnswerState::Declined),
        AnswerFilter::Late => super::look::color(cx, AnswerState::Late),
        AnswerFilter::Silent | AnswerFilter::Outdated => cx.colors.warning,
    };
    if filter_chip(ui, cx, answers.name(), count, color, is_on) {
        state.choice.filter.answers = if is_on { AnswerFilter::All } else { answers };
    }
}
