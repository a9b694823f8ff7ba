//! The ledger: who agreed to what, by area or window and month; and the calendar of notices that are due.

mod bar;
mod board;
mod detail;
mod filter;
mod form;
mod keys;
mod layout;
mod look;
mod notice_row;
mod notices;
mod paint;
mod pick;
mod table;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Id, Margin, Panel, Ui};
use lucide_icons::Icon;

use crate::model::Subject;
use crate::schedule::agreement::ledger::Ledger;
use crate::session::{Action, CachedView, Command, Destination, LedgerPage, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::{empty_state_button, empty_state_with};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::RoomRight;
use crate::ui::parts::widgets::empty_state;
use board::{Board, Choice, LedgerRow};
use pick::CellSelection;

/// The state of the view between frames.
#[derive(Default)]
pub struct LedgerState {
    choice: Choice,
    board: Memo<(Pointer<Ledger>, Choice), Board>,
    pick: CellSelection,
    form: form::AnswerDraft,
    /// The cursor moved: its cell must be scrolled into view.
    follows_cursor: bool,
    notices: notices::NoticesState,
}

impl LedgerState {
    /// Unfolds a row, or folds it. Inner rows cannot be unfolded.
    fn fold(&mut self, row: LedgerRow) {
        if !row.is_inner() && !self.choice.unfolded.remove(&row) {
            self.choice.unfolded.insert(row);
        }
    }
}

/// Draws one page of the ledger.
pub fn ledger_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut LedgerState,
    page: LedgerPage,
    reading: &CachedView<'_, Ledger>,
) {
    let Some(ledger) = reading.latest else {
        let (title, advice) = if reading.is_stopped {
            ("Stopped before all answers were counted", "Open Ledger again to restart.")
        } else {
            ("Counting all answers", "This takes a moment")
        };
        return empty_state(ui, cx, Icon::BookOpenCheck, title, advice);
    };
    if let Some((title, advice)) = what_is_missing(ledger) {
        let frame = Frame::new().inner_margin(Margin::same(12));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            bar::pages_ui(ui, cx, page);
            let remedy = remedy(cx, ledger);
            empty_state_with(ui, cx, Icon::BookOpenCheck, title, advice, &[remedy]);
        });
        return;
    }
    match page {
        LedgerPage::Answers => answers_ui(ui, cx, state, ledger),
        LedgerPage::Notices => notices::notices_ui(ui, cx, &mut state.notices, ledger),
    }
}

/// Why there is nobody to ask, and what to do about it.
fn what_is_missing(ledger: &Ledger) -> Option<(&'static str, &'static str)> {
    if ledger.windows.is_empty() {
        return Some(("No maintenance windows yet", "Add one to see its dates and who must agree"));
    }
    if ledger.plan.areas().is_empty() {
        return Some(("No business areas yet", "Add them with their owners, and assign each system to one"));
    }
    let nobody = ledger.windows.iter().all(|window| window.areas().next().is_none());
    nobody.then_some(("Nobody to ask", "No system in a window belongs to a business area"))
}

/// The button for what is missing.
fn remedy(cx: &Cx<'_>, ledger: &Ledger) -> (&'static str, Action) {
    let systems = cx.plan().systems().iter().next().map(|system| Subject::System(system.id.clone()));
    if ledger.windows.is_empty() {
        (Command::NewWindow.name(), Action::Run(Command::NewWindow))
    } else if ledger.plan.areas().is_empty() {
        (Command::ImportAreas.name(), Action::Run(Command::ImportAreas))
    } else {
        let open = |subject| Action::Reveal(Destination::List(subject));
        ("Assign systems to areas", systems.map_or(Action::Show(View::Lists), open))
    }
}

fn answers_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut LedgerState, ledger: &Arc<Ledger>) {
    state.pick.follow(ledger);
    let board = state.board.get((Pointer::to(ledger), state.choice.clone()), || {
        state.pick.forget_dates();
        Board::new(ledger, &state.choice)
    });
    let room = RoomRight::new(ui, Id::unique("room for the ledger detail")).folding();
    let mut view = room.view(ui);
    CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(12))).show(&mut view, |ui| {
        bar::bar_ui(ui, cx, state, &board);
        ui.add_space(8.0);
        if board.rows.is_empty() {
            let (title, advice) = ("No match for these filters", "Other answers are hidden");
            if empty_state_button(ui, cx, Icon::Search, title, advice, "Remove the filters") {
                state.choice.filter = filter::Filter::default();
            }
            return;
        }
        table::table_ui(ui, cx, state, &board);
    });
    room.show(ui, |ui| {
        let panel = Frame::new().fill(cx.colors.panel);
        Panel::right("ledger detail").default_size(348.0).size_range(300.0..=560.0).frame(panel).show(ui, |ui| {
            detail::detail_ui(ui, cx, state, &board);
        });
    });
}
