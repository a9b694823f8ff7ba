//! The panel beside the ledger's table: the dates in the selected cells with their answers, and the form for new ones.

use std::fmt::Write as _;

use egui::{Align, Frame, Id, Label, Layout, Margin, Panel, Pos2, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2};
use lucide_icons::Icon;

use super::LedgerState;
use super::board::Board;
use super::look::{color, sign};
use super::{form, table};
use crate::schedule::agreement::answers::Answer;
use crate::schedule::agreement::ledger::{AnswerIndex, AnswerState, Tally, in_words};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, icon_button, muted, name, rule, text, text_in};
use crate::wording::{counted, date, moment, short_month_and_year};

/// Height of one date.
const LINE: f32 = 74.0;

pub fn detail_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board) {
    let margin = Margin { left: 16, right: 12, top: 14, bottom: 10 };
    if state.pick.cells().is_empty() {
        Frame::new().inner_margin(margin).show(ui, |ui| legend_ui(ui, cx));
        return;
    }
    let dates = state.pick.dates(board);
    let (all, is_cut) = (dates.all.clone(), dates.is_cut);
    Panel::bottom("ledger form").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        form::form_ui(ui, cx, state, board, &all, is_cut);
    });
    Frame::new().inner_margin(margin).show(ui, |ui| {
        head_ui(ui, cx, state, board, &all, is_cut);
        ui.add_space(6.0);
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, LINE, all.len(), |ui, shown| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for dated in &all[shown] {
                date_ui(ui, cx, state, board, *dated);
            }
        });
    });
}

/// The meaning of the icons in the table.
fn legend_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.label(head("Answers"));
    text(
        ui,
        muted(
            cx,
            "Select cells, a row or a month to see their dates and answers, and to record answers for all of them at once.",
        ),
    );
    ui.add_space(8.0);
    for state in AnswerState::ALL.into_iter().rev() {
        ui.horizontal(|ui| {
            let ink = color(cx, state);
            ui.add_sized(
                Vec2::new(18.0, 18.0),
                Label::new(RichText::new(char::from(sign(state))).font(theme::icon(13.0)).color(ink)),
            );
            ui.label(state.name());
        });
    }
    ui.add_space(6.0);
    text(ui, muted(cx, "A cell shows its most urgent state and how many of its dates have it."));
}

/// What is selected, and the tally of its answers.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, all: &[AnswerIndex], is_cut: bool) {
    let cells = state.pick.cells();
    let title = match cells {
        [cell] => table::cell_name(board, *cell),
        [first, .., last] if first.row == last.row => table::row_words(board, first.row),
        [first, ..] if cells.iter().all(|cell| cell.month == first.month) => {
            let month = board.ledger.months.get(usize::from(first.month));
            format!(
                "{}, {}",
                counted(cells.len() as i64, "row"),
                month.map_or_else(String::new, |on| short_month_and_year(*on))
            )
        }
        cells => format!("{} cells", cells.len()),
    };
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::X, "Clear selection", true).clicked() {
                state.pick.clear();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(head(title)).truncate()));
        });
    });
    let mut tally = Tally::default();
    for dated in all {
        tally.add(dated.state(&board.ledger));
    }
    let words = if is_cut {
        "Too many dates to record at once; the first ones are shown".to_owned()
    } else if all.is_empty() {
        "No dates here".to_owned()
    } else {
        tally.in_words(board.ledger.plan.policy().silent_after_days)
    };
    text(ui, muted(cx, words));
    ui.add_space(4.0);
    rule(ui, cx);
}

/// One date. A click selects it for the form, the arrow goes to its occurrence.
fn date_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, board: &Board, dated: AnswerIndex) {
    let ledger = &board.ledger;
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    let (answer, how) = (dated.answer(ledger), dated.state(ledger));
    let starts = dated.occurrence(ledger).local_start;
    let window = &dated.window(ledger).schedule.window;
    let said = in_words(&answer, ledger.today, &ledger.zone);
    let about = about(&answer, how);
    let when = moment(starts);
    let area = &answer.area.name;
    let response = ui.interact(rect, Id::unique(("ledger date", dated)), Sense::click());
    name(&response, Role::ListItem, || format!("{when}, {}, {area}: {}, {said}", window.name, how.name()));
    let picked = state.pick.single.binary_search(&dated);
    row_ground(ui.painter(), cx, &response, picked.is_ok(), cx.colors.panel);
    let lines = [&when, &format!("{} · {area}", window.name), &said, &about.join(" · ")];
    lines_ui(ui, cx, rect, how, lines);
    if response.clicked() {
        match picked {
            Ok(index) => drop(state.pick.single.remove(index)),
            Err(index) => state.pick.single.insert(index, dated),
        }
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        for line in std::iter::once(&said).chain(&about) {
            ui.label(line);
        }
    });
    let arrow = Rect::from_min_size(Pos2::new(rect.right() - 30.0, rect.top() + 2.0), Vec2::splat(26.0));
    let mut arrow = ui.new_child(egui::UiBuilder::new().max_rect(arrow));
    if icon_button(&mut arrow, Icon::ArrowUpRight, &format!("Go to {when}, {area}"), true).clicked() {
        cx.reveal(Destination::Occurrence(window.id.clone(), dated.occurrence(ledger).original_on()));
    }
}

/// Date, window and area, answer, other details; with the icon of the state in front.
fn lines_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, how: AnswerState, lines: [&String; 4]) {
    let (painter, ink) = (ui.painter(), color(cx, how));
    let at = Pos2::new(rect.left() + 11.0, rect.top() + 13.0);
    painter.text(at, egui::Align2::CENTER_CENTER, char::from(sign(how)), theme::icon(12.5), ink);
    let small = theme::regular(theme::SMALL);
    let looks = [
        (theme::strong(theme::TEXT), cx.colors.text, 34.0),
        (small.clone(), cx.colors.text, 6.0),
        (small.clone(), ink, 6.0),
        (small, cx.colors.muted, 6.0),
    ];
    let mut top = rect.top() + 5.0;
    for (text, (font, ink, right)) in lines.into_iter().zip(looks) {
        let line = Rect::from_min_max(Pos2::new(rect.left() + 24.0, top), Pos2::new(rect.right() - right, top + 16.0));
        text_in(painter, line, text, font, ink);
        top = line.bottom();
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, cx.colors.line));
}

/// The invite sent, the day the notice is due, the reserve date, the notes.
fn about(answer: &Answer<'_>, state: AnswerState) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(sent) = answer.sent_invite {
        let mut line = format!("Sent {} ({})", date(sent.sent_on), sent.version_in_words());
        if sent.is_cancelled {
            let _ = write!(line, ", cancelled");
        }
        lines.push(line);
    }
    if let Some(on) = answer.entry.and_then(|entry| entry.reserve_on) {
        lines.push(format!("Reserve {}", date(on)));
    }
    if let Some(notice) = answer.notice.filter(|_| !matches!(state, AnswerState::Over | AnswerState::Agreed)) {
        let verb = if state == AnswerState::Late { "was" } else { "is" };
        lines.push(format!("Notice {verb} due {}", date(notice.due_on)));
    }
    if let Some(entry) = answer.entry.filter(|entry| !entry.notes.trim().is_empty()) {
        lines.push(entry.notes.trim().to_owned());
    }
    lines
}
