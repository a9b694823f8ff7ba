//! The difference from an earlier plan or from what was sent: who must be notified, and where notice is too short.

mod bar;
mod listing;
mod owners;
mod row;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Id, Key, Margin, Modifiers, Panel, ScrollArea, Ui};
use lucide_icons::Icon;

use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, WindowRevision};
use crate::session::{Action, CachedView, Command, Comparison, ComparisonBasis, Destination};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::{empty_state_button, empty_state_with};
use crate::ui::parts::reading_order::RoomRight;
use crate::ui::parts::scroll;
use crate::ui::parts::widgets::{empty_state, rule};
use listing::{ChangeFilter, ChangeRow, Listing};

/// The width of the owners' panel, also for a narrow window.
const OWNERS_WIDTH: f32 = 264.0;
const LEAST_OWNERS_WIDTH: f32 = 200.0;
const NARROW: f32 = 900.0;

/// The state of the view between frames.
#[derive(Default)]
pub struct ChangesState {
    /// The revision listed, and what it compares with.
    shown: Option<(ComparisonBasis, Arc<Revision>)>,
    quick: ChangeFilter,
    listing: Listing,
    /// The row selected with the keyboard.
    cursor: usize,
    /// Set by the keyboard: scroll the row into view once.
    follows_cursor: bool,
}

impl ChangesState {
    /// Lists the current revision; returns `None` if there is no comparison yet.
    fn refresh(&mut self, comparison: Option<&Comparison>, revision: Option<&Arc<Revision>>) -> Option<Arc<Revision>> {
        let (comparison, revision) = (comparison?, revision?);
        if !self.shown.as_ref().is_some_and(|(_, shown)| Arc::ptr_eq(shown, revision)) {
            self.listing.show(revision, self.quick);
            if self.shown.as_ref().is_none_or(|(basis, _)| *basis != comparison.basis) {
                self.cursor = 0;
            }
            self.shown = Some((comparison.basis.clone(), Arc::clone(revision)));
        }
        Some(Arc::clone(revision))
    }
}

/// Draws the choice of what to compare with, the list of changes, and the owners to tell beside it.
pub fn changes_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut ChangesState,
    comparison: Option<&Comparison>,
    reading: &CachedView<'_, Revision>,
) {
    let revision = state.refresh(comparison, reading.latest);
    let room = RoomRight::new(ui, Id::unique("room for the owners"));
    let mut view = room.view(ui);
    CentralPanel::default().frame(Frame::new().inner_margin(Margin::symmetric(16, 12))).show(&mut view, |ui| {
        changes_and_bar_ui(ui, cx, state, comparison, (revision.as_ref(), reading.is_stopped));
    });
    room.show(ui, |ui| {
        let Some(revision) = revision.as_ref().filter(|revision| !revision.owners.is_empty()) else { return };
        let panel = Frame::new().fill(cx.colors.panel);
        let width = if ui.available_width() < NARROW { LEAST_OWNERS_WIDTH } else { OWNERS_WIDTH };
        Panel::right("owners to tell").exact_size(width).resizable(false).frame(panel).show(ui, |ui| {
            owners::owners_ui(ui, cx, revision);
        });
    });
}

fn changes_and_bar_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut ChangesState,
    comparison: Option<&Comparison>,
    (revision, is_stopped): (Option<&Arc<Revision>>, bool),
) {
    bar::bar_ui(ui, cx, comparison);
    let Some(revision) = revision else {
        return nothing_compared(ui, cx, comparison.is_some(), is_stopped);
    };
    if revision.is_empty() {
        return nothing_different(ui, cx, comparison, revision);
    }
    if bar::summary_ui(ui, cx, revision, &mut state.quick) {
        state.listing.show(revision, state.quick);
    }
    ui.add_space(6.0);
    keyboard(ui, cx, state, revision);
    if state.listing.rows().is_empty() {
        let (title, advice) = ("No differences of that kind", "Other differences are hidden");
        if empty_state_button(ui, cx, Icon::Search, title, advice, "Remove the filter") {
            state.quick = ChangeFilter::default();
            state.listing.show(revision, state.quick);
        }
        return;
    }
    list_ui(ui, cx, state, revision);
}

fn nothing_compared(ui: &mut Ui, cx: &Cx<'_>, is_chosen: bool, is_stopped: bool) {
    if is_chosen {
        let (title, advice) = if is_stopped {
            ("Stopped before all dates were compared", "Open Changes again to restart.")
        } else {
            ("Comparing all dates", "This takes a moment")
        };
        return empty_state(ui, cx, Icon::FileDiff, title, advice);
    }
    let advice = "See which dates have changed, who must be notified and where notice is too short";
    let buttons = [
        ("What was sent to the owners", Action::Run(Command::CompareWithSent)),
        ("The saved plan", Action::Run(Command::CompareWithSaved)),
        ("An earlier file…", Action::Run(Command::CompareWithFile)),
    ];
    empty_state_with(ui, cx, Icon::FileDiff, "Compare the plan with what?", advice, &buttons);
}

fn nothing_different(ui: &mut Ui, cx: &Cx<'_>, comparison: Option<&Comparison>, revision: &Revision) {
    let dates = crate::wording::counted(revision.unchanged, "date");
    let (title, advice) = match comparison.map(|comparison| &comparison.basis) {
        Some(ComparisonBasis::Sent) if cx.plan().sent_invites().is_empty() => (
            "Nothing was sent yet",
            "No area with systems in a coming occurrence has an owner with an address.".to_owned(),
        ),
        Some(ComparisonBasis::Sent) => {
            ("Owners have the current plan", format!("{dates} are in their calendars at the right time."))
        }
        Some(basis) => ("No differences", format!("{dates} are as in {}.", basis.name())),
        None => ("No differences", String::new()),
    };
    empty_state(ui, cx, Icon::CircleCheck, title, &advice);
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ChangesState, revision: &Revision) {
    let rows = state.listing.rows().len();
    state.cursor = state.cursor.min(rows - 1);
    ui.spacing_mut().item_spacing.y = 0.0;
    // Rows are narrower if there is a scroll bar; the column heads must match them.
    let width = ui.available_width() - ui.spacing().scroll.allocated_width();
    row::heads_ui(ui, cx, width);
    rule(ui, cx);
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("changes");
    if std::mem::take(&mut state.follows_cursor) {
        area = area.vertical_scroll_offset(scroll::offset_to_show(ui, view_id(), state.cursor, row::HEIGHT));
    }
    let shown = area.show_rows(ui, row::HEIGHT, rows, |ui, range| {
        for index in range {
            let Some(row) = state.listing.rows().get(index).copied() else { break };
            let is_unfolded = state.listing.is_unfolded(revision, &row);
            if row::row_ui(ui, cx, revision, (index, &row), width, is_unfolded, index == state.cursor) {
                state.cursor = index;
                activate(cx, state, revision, &row);
            }
        }
    });
    scroll::remember(ui, view_id(), &shown);
}

/// Folds or unfolds a window; for any other row, goes to what it is about.
fn activate(cx: &Cx<'_>, state: &mut ChangesState, revision: &Revision, row: &ChangeRow) {
    match row {
        ChangeRow::Window(_) => state.listing.fold(revision, row),
        row => go_to(cx, revision, row),
    }
}

/// Goes to what a row is about: the occurrence if it still exists, otherwise its day; for a window, the window itself.
fn go_to(cx: &Cx<'_>, revision: &Revision, row: &ChangeRow) {
    let destination = match *row {
        ChangeRow::Title(..) => None,
        ChangeRow::Window(window) | ChangeRow::Line { window, .. } => window_destination(cx, &revision.windows[window]),
        ChangeRow::Date { window, date } => {
            let window = &revision.windows[window];
            Some(date_destination(cx, window, &window.dates[date]))
        }
        ChangeRow::Record(record) => {
            let subject = &revision.records[record].subject;
            subject.exists(cx.plan()).then(|| Destination::Subject(subject.clone()))
        }
    };
    if let Some(destination) = destination {
        cx.reveal(destination);
    }
}

fn window_destination(cx: &Cx<'_>, window: &WindowRevision) -> Option<Destination> {
    let first = window.dates.iter().find(|date| !date.is_past).or(window.dates.first());
    if cx.plan().windows().contains(&window.window) {
        return Some(Destination::Subject(crate::model::Subject::Window(window.window.clone())));
    }
    first.map(|date| date_destination(cx, window, date))
}

fn date_destination(cx: &Cx<'_>, window: &WindowRevision, date: &DateRevision) -> Destination {
    match cx.schedule().occurrence(&window.window, date.on) {
        Some(_) => Destination::Occurrence(window.window.clone(), date.on),
        None => Destination::Day(date.when().map_or(date.on, crate::schedule::revision::OccurrencePeriod::on)),
    }
}

fn view_id() -> Id {
    Id::unique("changes in sight")
}

/// Arrow keys move, fold and unfold; Enter goes to what the row is about.
fn keyboard(ui: &Ui, cx: &Cx<'_>, state: &mut ChangesState, revision: &Revision) {
    if !cx.keys_are_free(ui, None) || state.listing.rows().is_empty() {
        return;
    }
    let last = state.listing.rows().len() - 1;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let page = 12;
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)] {
        if pressed(key) {
            state.cursor = state.cursor.saturating_add_signed(step).min(last);
            state.follows_cursor = true;
        }
    }
    let current = state.listing.rows()[state.cursor.min(last)];
    let folds = |is_open: bool| {
        matches!(current, ChangeRow::Window(_)) && state.listing.is_unfolded(revision, &current) == is_open
    };
    if (pressed(Key::ArrowRight) && folds(false)) || (pressed(Key::ArrowLeft) && folds(true)) {
        state.listing.fold(revision, &current);
    } else if pressed(Key::Enter) {
        go_to(cx, revision, &current);
    }
}
