//! The board of groups: one ladder's groups as columns, systems as cards that can be moved between them.

mod assign;
mod board;
mod layout;
mod paint;
mod pick;
pub mod settings;

use egui::{EventFilter, Id, Key, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo};
use lucide_icons::Icon;

use crate::model::{Edit, LadderId, Plan};
use crate::session::state::clock::unique_word;
use crate::session::{Action, Command};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::keys::{pressed, take_focus};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::RoomAbove;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, segments};
use crate::wording::counted;
use board::Board;
use chrono::NaiveDate;
use layout::ColumnLayout;
use pick::{CardSelection, ClickMode, Direction};

/// The state of the board between frames.
#[derive(Default)]
pub struct GroupsState {
    ladder: Option<LadderId>,
    filter: String,
    pick: CardSelection,
    board: Memo<(Pointer<Plan>, NaiveDate, Option<LadderId>, String), Board>,
    /// The selected cards are being dragged.
    is_dragging: bool,
    /// The cursor moved: its card must be scrolled into view.
    follows_cursor: bool,
}

/// Draws the board.
pub fn groups_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut GroupsState) {
    let ladders = cx.plan().ladders();
    if let Some(ladder) = &cx.navigation().board {
        state.ladder = Some(ladder.clone());
    }
    if state.ladder.as_ref().is_none_or(|id| !ladders.contains(id)) {
        state.ladder = ladders.iter().next().map(|ladder| ladder.id.clone());
    }
    let inputs = (Pointer::to(cx.plan_pointer()), cx.today(), state.ladder.clone(), state.filter.clone());
    let board = state.board.get(inputs, || {
        let board = Board::new(cx.document(), state.ladder.as_ref(), &state.filter);
        state.pick.refresh_shown(&board);
        board
    });
    egui::Frame::new().inner_margin(egui::Margin::same(12)).show(ui, |ui| {
        let bar = RoomAbove::new(ui, Id::unique("groups bar"));
        ui.add_space(8.0);
        if state.ladder.is_none() && cx.plan().systems().is_empty() {
            let advice = "A ladder has a group for each stage, and systems are dragged into the groups";
            let add = Action::Edit(Edit::PutLadder(cx.plan().new_ladder(&unique_word())));
            let buttons = [("Add a ladder", add), (Command::ImportSystems.name(), Action::Run(Command::ImportSystems))];
            empty_state_with(ui, cx, Icon::Columns3, "No ladder yet", advice, &buttons);
        } else {
            board_ui(ui, cx, state, &board);
        }
        bar.show(ui, |ui| bar_ui(ui, cx, state));
    });
}

/// Ladders, filter, and a hint about the board's keys.
fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut GroupsState) {
    /// Below this width the filter has a row of its own.
    const NARROW: f32 = 700.0;
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        let names: Vec<(usize, &str)> =
            cx.plan().ladders().iter().enumerate().map(|(index, ladder)| (index, ladder.name.as_str())).collect();
        let current = state.ladder.as_ref().and_then(|id| cx.plan().ladders().position(id)).unwrap_or(usize::MAX);
        if let Some(index) = segments(ui, cx, &names, current) {
            state.ladder = cx.plan().ladders().as_slice().get(index).map(|ladder| ladder.id.clone());
        }
        ui.spacing_mut().item_spacing.x = 8.0;
        settings::ladder_buttons(ui, cx, &mut state.ladder);
        settings::plan_windows_button(ui, cx, state.ladder.as_ref());
        if !is_narrow {
            filter_ui(ui, cx, state);
        }
    });
    if is_narrow {
        ui.horizontal(|ui| filter_ui(ui, cx, state));
    }
}

/// The filter at the right end of the row, and the hint beside it.
fn filter_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut GroupsState) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let edit = egui::TextEdit::singleline(&mut state.filter).hint_text("Filter systems").desired_width(170.0);
        let response = ui.add(edit);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter systems"));
        hint_ui(ui, cx, state.pick.chosen.len());
    });
}

/// How cards are moved: the longest sentence for which there is room.
fn hint_ui(ui: &mut Ui, cx: &Cx<'_>, chosen: usize) {
    let systems = counted(chosen, "system");
    let hints = match chosen {
        0 => [
            "Drag a card to a group, or select it and press the group's key".to_owned(),
            "Drag a card, or press a group's key".to_owned(),
        ],
        _ => [
            format!("{systems} selected: press a group's key, or 0 to remove from the ladder"),
            format!("{systems} selected: press a key"),
        ],
    };
    let width = |text: &str| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::regular(theme::SMALL), cx.colors.muted);
        galley.size().x
    };
    let fitting = hints.iter().find(|hint| width(hint) < ui.available_width());
    if let Some(hint) = fitting {
        ui.label(muted(cx, hint));
    }
}

fn board_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut GroupsState, board: &Board) {
    let width = layout::board_width(board.columns.len(), ui.available_width());
    let height = ui.available_height();
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        let (area, _) = ui.allocate_exact_size(Vec2::new(width, height - 8.0), Sense::hover());
        let canvas = ui.interact(area, Id::unique("groups"), Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || "Board of groups".to_owned());
        let columns = layout::columns(area, board.columns.len());
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let under = pointer.and_then(|at| columns.iter().position(|column| column.rect.contains(at)));
        let target = under.filter(|_| state.is_dragging);
        for (index, at) in columns.iter().enumerate() {
            column_ui(ui, cx, state, board, index, at, target == Some(index), canvas.id);
        }
        drag_ui(ui, cx, state, board, target, pointer);
        keyboard_ui(ui, cx, state, board, canvas.id);
    });
}

#[expect(clippy::too_many_arguments, reason = "a column needs its rectangle, its data and the view's state")]
fn column_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut GroupsState,
    board: &Board,
    index: usize,
    at: &ColumnLayout,
    is_target: bool,
    canvas: Id,
) {
    let column = &board.columns[index];
    let response = ui.interact(at.rect, Id::unique(("group", index)), Sense::hover());
    name(&response, Role::Group, || column.name.clone());
    paint::column(ui.painter(), cx, column, at, index, is_target);
    if let Some(group) = &column.group {
        let corner = Rect::from_center_size(Pos2::new(at.head.right() - 24.0, at.head.top() + 20.0), Vec2::splat(26.0));
        ui.scope_builder(UiBuilder::new().max_rect(corner).id_salt(("settings", index)), |ui| {
            settings::group_button(ui, cx, state.ladder.as_ref(), group);
        });
    }
    let list = at.list;
    ui.scope_builder(UiBuilder::new().max_rect(list).id_salt(("cards", index)), |ui| {
        let mut scroll = ScrollArea::vertical().auto_shrink(false);
        let cursor = state.pick.cursor.as_ref().and_then(|id| board.find_card(id));
        if let Some((_, row)) = cursor.filter(|(column, _)| state.follows_cursor && *column == index) {
            let top = layout::cards_height(row);
            scroll = scroll.vertical_scroll_offset((top - list.height() / 2.0).max(0.0));
        }
        scroll.show_viewport(ui, |ui, viewport| {
            let count = column.cards.len();
            ui.set_height(layout::cards_height(count + usize::from(is_target)));
            ui.set_width(list.width());
            let top = ui.min_rect().top();
            for row in rows_between(viewport.top(), viewport.bottom(), layout::CARD_STEP, count) {
                card_ui(ui, cx, state, board, (index, row), layout::card(list, top, row), canvas);
            }
            if is_target && !state.pick.chosen.is_empty() {
                let rect = layout::card(list, top, count).intersect(Rect::EVERYTHING);
                let rect = rect.translate(Vec2::new(0.0, (list.bottom() - rect.bottom()).min(0.0)));
                paint::drop_target(ui.painter(), cx, rect, &assign::names(cx, &state.pick.systems()));
            }
        });
    });
}

fn card_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut GroupsState,
    board: &Board,
    (index, row): (usize, usize),
    rect: Rect,
    canvas: Id,
) {
    let column = &board.columns[index];
    let system = &column.cards[row];
    let id = &system.id;
    let response = ui.interact(rect, Id::unique(("card", index, id.as_str())), Sense::CLICK | Sense::DRAG);
    let is_selected = state.pick.chosen.contains(id);
    response.widget_info(|| {
        let label = format!("{}, {}, {}", system.name, column.name, counted(system.hosts, "host"));
        WidgetInfo::selected(Role::Button, true, is_selected, label)
    });
    let style = paint::CardStyle {
        is_selected,
        is_hovered: response.hovered(),
        has_cursor: state.pick.cursor.as_ref() == Some(id) && ui.memory(|memory| memory.has_focus(canvas)),
        is_leaving: state.is_dragging && is_selected,
    };
    paint::card(ui.painter(), cx, cx.plan(), system, column, rect, style);
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        let way = if modifiers.shift {
            ClickMode::Range
        } else if modifiers.command {
            ClickMode::Toggle
        } else {
            ClickMode::Alone
        };
        state.pick.choose(board, id, way);
        ui.memory_mut(|memory| memory.request_focus(canvas));
    }
    if response.double_clicked() {
        cx.reveal(crate::session::Destination::Subject(crate::model::Subject::System(id.clone())));
    }
    let is_grabbed = response.drag_started() && cx.is_editable();
    if (is_grabbed || response.secondary_clicked()) && !is_selected {
        state.pick.choose(board, id, ClickMode::Alone);
    }
    state.is_dragging |= is_grabbed;
    response.context_menu(|ui| assign::menu_ui(ui, cx, state, board));
}

/// Follows the pointer with a ghost; assigns the systems when the button is released.
fn drag_ui(ui: &Ui, cx: &Cx<'_>, state: &mut GroupsState, board: &Board, target: Option<usize>, pointer: Option<Pos2>) {
    if !state.is_dragging {
        return;
    }
    if pressed(ui, Key::Escape) {
        state.is_dragging = false;
    } else if ui.input(|input| input.pointer.primary_down()) {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        if let Some(at) = pointer {
            let layer = egui::LayerId::new(egui::Order::Tooltip, Id::unique("card ghost"));
            let painter = ui.ctx().layer_painter(layer);
            paint::ghost(&painter, cx, at, &assign::names(cx, &state.pick.systems()));
        }
    } else {
        state.is_dragging = false;
        if let Some(column) = target {
            assign::to_column(cx, state, board, column);
        }
    }
}

/// Arrow keys move the cursor, Space selects, digits assign, Enter shows the record.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut GroupsState, board: &Board, canvas: Id) {
    state.follows_cursor = false;
    if !cx.keys_are_free(ui, Some(canvas)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas, filter));
    let arrows = [
        (Key::ArrowUp, Direction::Up),
        (Key::ArrowDown, Direction::Down),
        (Key::ArrowLeft, Direction::Left),
        (Key::ArrowRight, Direction::Right),
    ];
    for (key, step) in arrows {
        if pressed(ui, key) {
            state.pick.step(board, step);
            state.follows_cursor = true;
        }
    }
    if state.follows_cursor {
        // The cursor is drawn on a board that has the focus.
        take_focus(ui, canvas);
        ui.ctx().request_repaint();
    }
    let cursor = state.pick.cursor.clone();
    if let Some(cursor) = &cursor {
        if pressed(ui, Key::Space) {
            state.pick.choose(board, cursor, ClickMode::Toggle);
        }
        if pressed(ui, Key::Enter) {
            cx.reveal(crate::session::Destination::Subject(crate::model::Subject::System(cursor.clone())));
        }
    }
    if pressed(ui, Key::Escape) {
        state.pick.chosen.clear();
    }
    let digits =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (column, key) in digits.into_iter().enumerate().take(board.columns.len()) {
        if pressed(ui, key) && cx.is_editable() && assign::to_column(cx, state, board, column) {
            // Selected cards keep the cursor, so that another key can correct the first one.
            if state.pick.chosen.is_empty() {
                state.pick.leave_card(board);
            }
            state.follows_cursor = true;
        }
    }
}
