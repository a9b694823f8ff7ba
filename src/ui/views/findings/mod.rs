//! The findings of the plan: a list with filters, explanations and quick fixes.

mod accepted;
mod conflict;
mod explanation;
mod filters;
mod listing;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{EventFilter, Frame, Id, Key, Margin, Panel, ScrollArea, Ui};
use lucide_icons::Icon;

use crate::checks::{Context, Finding, RULES};
use crate::model::Plan;
use crate::session::{Action, Command, CurrentFinding, Destination, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::{empty_state_button, empty_state_with};
use crate::ui::parts::keys::pressed;
use crate::ui::parts::reading_order::RoomRight;
use crate::ui::parts::scroll;
use crate::wording::counted;
use conflict::ConflictState;
use listing::{Filter, FindingsRow, Listing};

const EXPLANATION_WIDTH: f32 = 320.0;

/// The state of the list between frames.
#[derive(Default)]
pub struct FindingsState {
    filter: Filter,
    listing: Listing,
    /// The row that the arrow keys move to and that is explained.
    cursor: usize,
    /// The row to scroll into view once.
    follows: Option<usize>,
    /// The row that has the keyboard focus.
    focused: Option<usize>,
    /// The height of the rows, which depends on the width of the list.
    row_height: f32,
    fixes: FixLabels,
    conflict: ConflictState,
}

/// The labels of quick fixes by finding. Calculated only for visible rows and kept while the plan is the same.
#[derive(Default)]
struct FixLabels {
    made_from: Option<Arc<Plan>>,
    labels: HashMap<*const Finding, Option<String>>,
}

impl FixLabels {
    /// The label of the fix, if there is one.
    fn label_for(&mut self, context: &Context<'_>, plan: &Arc<Plan>, finding: &Arc<Finding>) -> Option<String> {
        if !self.made_from.as_ref().is_some_and(|from| Arc::ptr_eq(from, plan)) {
            self.labels.clear();
            self.made_from = Some(Arc::clone(plan));
        }
        let label = self.labels.entry(Arc::as_ptr(finding));
        label.or_insert_with(|| finding.fix(context).map(|fix| fix.label)).clone()
    }
}

/// Draws the list with its filters, and the explanation of the current row beside it.
pub fn findings_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FindingsState) {
    state.listing.refresh(cx, &state.filter);
    keyboard(ui, cx, state);
    if state.listing.rows().is_empty() && state.filter == Filter::default() {
        if cx.plan().windows().is_empty() {
            let advice = "The plan has no maintenance windows. Add the first one to check it.";
            let buttons = [(Command::NewWindow.name(), Action::Run(Command::NewWindow))];
            return empty_state_with(ui, cx, Icon::CircleCheck, "Nothing to check yet", advice, &buttons);
        }
        let advice = format!("Checked {} against {}.", checked(cx), counted(RULES.len(), "rule"));
        let buttons = [("Open the calendar", Action::Show(View::Calendar(cx.navigation().calendar)))];
        return empty_state_with(ui, cx, Icon::CircleCheck, "No findings", &advice, &buttons);
    }
    let room = RoomRight::new(ui, Id::unique("room for the explanation")).folding();
    let mut view = room.view(ui);
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(&mut view, |ui| {
        filters::filters_ui(ui, cx, &mut state.filter, &state.listing);
        state.listing.refresh(cx, &state.filter);
        ui.add_space(8.0);
        if state.listing.rows().is_empty() {
            let advice = "Other findings are hidden";
            if empty_state_button(ui, cx, Icon::Search, "No match for these filters", advice, "Remove the filters") {
                state.filter = Filter::default();
            }
            return;
        }
        list_ui(ui, cx, state);
    });
    room.show(ui, |ui| side_ui(ui, cx, state));
}

/// The explanation of the current row.
fn side_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FindingsState) {
    let panel = Frame::new().fill(cx.colors.panel).inner_margin(Margin::ZERO);
    Panel::right("explanation").exact_size(EXPLANATION_WIDTH).resizable(false).frame(panel).show(ui, |ui| {
        let row = state.listing.rows().get(state.cursor).copied();
        let current = row.and_then(|row| state.listing.finding(&row)).cloned();
        let fix = current.as_ref().and_then(|finding| state.fixes.label_for(&cx.context(), cx.plan_pointer(), finding));
        point(cx, current.as_ref(), row.is_some_and(|row| state.listing.count(&row) > 1));
        explanation::explanation_ui(ui, cx, current.as_deref(), fix.as_deref(), &mut state.conflict);
    });
}

/// Sends the session which finding the cursor is on, so that commands act on it.
fn point(cx: &Cx<'_>, current: Option<&Arc<Finding>>, is_cause: bool) {
    let told = cx.navigation().current_finding.as_ref().map(|told| (Arc::as_ptr(&told.finding), told.is_cause));
    if told != current.map(|finding| (Arc::as_ptr(finding), is_cause)) {
        let current = current.map(|finding| CurrentFinding { finding: Arc::clone(finding), is_cause });
        cx.send(Action::Point(current));
    }
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FindingsState) {
    let context = cx.context();
    let rows = state.listing.rows().len();
    state.cursor = state.cursor.min(rows - 1);
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = row::height(ui.available_width());
    state.row_height = height;
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("findings");
    if let Some(row) = state.follows.take() {
        area = area.vertical_scroll_offset(scroll::offset_to_show(ui, view_id(), row.min(rows - 1), height));
    }
    state.focused = None;
    let shown = area.show_rows(ui, height, rows, |ui, range| {
        for index in range.clone() {
            let current = state.listing.rows()[index];
            let response = line_ui(ui, cx, state, &context, index);
            if response.is_chosen || response.has_gained_focus {
                state.cursor = index;
            }
            if response.has_focus {
                state.focused = Some(index);
            }
            if response.has_gained_focus {
                state.follows = scroll::beyond(index, &range);
            }
            if response.folds {
                state.listing.fold(&current);
                ui.ctx().request_repaint();
                break;
            }
        }
    });
    scroll::remember(ui, view_id(), &shown);
}

fn line_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut FindingsState,
    context: &Context<'_>,
    index: usize,
) -> row::RowResponse {
    let current = state.listing.rows()[index];
    let Some(finding) = state.listing.finding(&current).cloned() else {
        match current {
            FindingsRow::Title(part) => accepted::title_ui(ui, cx, part, state.row_height),
            FindingsRow::Stale { at } => accepted::stale_ui(ui, cx, state.listing.stale(at), state.row_height),
            FindingsRow::Head { .. } | FindingsRow::Member { .. } => {}
        }
        return row::RowResponse::default();
    };
    let message = match (current, state.listing.cause(&current)) {
        (FindingsRow::Head { .. }, Some(cause)) => cause.message(context),
        _ => &finding.message,
    };
    let acceptance = cx.findings().accepted.current(&finding).map(|each| accepted::in_words(each));
    let fix = state.fixes.label_for(context, cx.plan_pointer(), &finding).filter(|_| acceptance.is_none());
    let count = (state.listing.count(&current) > 1).then(|| state.listing.count_in_words(&current));
    let row = row::FindingRow {
        finding: &finding,
        message,
        count: count.as_deref(),
        is_unfolded: state.listing.is_unfolded(&current),
        is_member: matches!(current, FindingsRow::Member { .. }),
        is_current: index == state.cursor,
        acceptance: acceptance.as_deref(),
        fix: fix.as_deref(),
        height: state.row_height,
    };
    row::row_ui(ui, cx, index, &row)
}

fn view_id() -> Id {
    Id::unique("findings in sight")
}

/// Arrow keys move, Enter goes to what the finding is about; arrows also work while the text filter has the focus.
fn keyboard(ui: &mut Ui, cx: &Cx<'_>, state: &mut FindingsState) {
    let focused = state.focused.filter(|row| ui.memory(|memory| memory.has_focus(row::row_id(*row))));
    if let Some(row) = focused {
        let arrows = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row::row_id(row), arrows));
        state.cursor = row;
    }
    let own = focused.map_or_else(filters::text_id, row::row_id);
    if !cx.keys_are_free(ui, Some(own)) || state.listing.rows().is_empty() {
        return;
    }
    let page = 12;
    let moves = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)];
    for (key, step) in moves {
        if pressed(ui, key) {
            let row = state.listing.finding_from(state.cursor, step);
            go_to(ui, state, row, focused.is_some());
        }
    }
    let current = state.listing.rows()[state.cursor.min(state.listing.rows().len() - 1)];
    let is_typed_in = ui.memory(|memory| memory.has_focus(filters::text_id()));
    if !is_typed_in && folds(ui, state, &current, focused.is_some()) {
        return;
    }
    if let Some(finding) = state.listing.finding(&current)
        && pressed(ui, Key::Enter)
    {
        cx.reveal(Destination::for_finding(finding));
    }
}

/// Moves the cursor, and the focus with it if a row has it.
fn go_to(ui: &Ui, state: &mut FindingsState, row: usize, takes_focus: bool) {
    (state.cursor, state.follows) = (row, Some(row));
    if takes_focus {
        ui.memory_mut(|memory| memory.request_focus(row::row_id(row)));
    }
}

/// Right unfolds a cause. Left folds it, also from one of its findings.
fn folds(ui: &Ui, state: &mut FindingsState, current: &FindingsRow, has_focus: bool) -> bool {
    let is_cause = state.listing.count(current) > 1;
    let is_unfolded = state.listing.is_unfolded(current);
    let is_member = matches!(current, FindingsRow::Member { .. });
    let opens = is_cause && !is_unfolded && pressed(ui, Key::ArrowRight);
    let closes = (is_member || (is_cause && is_unfolded)) && pressed(ui, Key::ArrowLeft);
    if !opens && !closes {
        return false;
    }
    state.listing.fold(current);
    if let FindingsRow::Member { cause, .. } = *current {
        let head = state.listing.rows().iter().position(|row| *row == FindingsRow::Head { cause });
        go_to(ui, state, head.unwrap_or_default(), has_focus);
    }
    true
}

/// Applies the fix for the current plan, which may differ from the one on the button's label.
fn apply_fix(cx: &Cx<'_>, finding: &Finding) {
    if let Some(fix) = finding.fix(&cx.context()) {
        cx.edit_as_proposed(fix.edit);
    }
}

/// "26 windows with 312 occurrences, 40 systems and 2 ladders"
fn checked(cx: &Cx<'_>) -> String {
    let plan = cx.plan();
    format!(
        "{} with {}, {} and {}",
        counted(plan.windows().len(), "window"),
        counted(cx.schedule().occurrence_count(), "occurrence"),
        counted(plan.systems().len(), "system"),
        counted(plan.ladders().len(), "ladder"),
    )
}
