//! Ladders over time: one row per release, its ladder as a bar from the release to the last group.

mod layout;
mod paint;
mod promises;
mod release;
mod rows;

use egui::{
    CentralPanel, EventFilter, Frame, Id, Key, Margin, Panel, Rect, RectAlign, Response, Role, ScrollArea, Sense,
    Tooltip, Ui, Vec2,
};
use lucide_icons::Icon;

use crate::model::{LadderId, Plan};
use crate::session::{Action, Destination, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::RoomRight;
use crate::ui::parts::scroll::rows_between;
use crate::ui::parts::widgets::{muted, name, segments, strong};
use crate::wording::{self, days_and_hours_rounded_up};
use layout::Axis;
use rows::{CycleLine, CycleLines};

/// The width of the card about a release.
const CARD: f32 = 300.0;

/// The state of the view between frames.
#[derive(Default)]
pub struct CyclesState {
    ladder: Option<LadderId>,
    rows: Memo<(Pointer<Plan>, LadderId), CycleLines>,
    promises: promises::DeadlinePanelState,
    /// The row and block selected with the keyboard.
    cursor: (usize, usize),
    /// The number of the opened plan and the ladder that the cursor belongs to.
    cursor_of: Option<(u32, LadderId)>,
    follows_cursor: bool,
}

/// Draws the cycles of one ladder, and which deadlines it can meet.
pub fn cycles_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CyclesState) {
    let ladders = cx.plan().ladders();
    let asked = cx.navigation().release.as_ref();
    if let Some((ladder, _)) = asked {
        state.ladder = Some(ladder.clone());
    }
    if state.ladder.as_ref().is_none_or(|id| !ladders.contains(id)) {
        // The first one that follows a vendor, because a ladder without a release calendar has no cycles.
        let follows = ladders.iter().find(|ladder| ladder.release.is_some()).or(ladders.iter().next());
        state.ladder = follows.map(|ladder| ladder.id.clone());
    }
    let Some(ladder) = state.ladder.clone() else {
        let advice = "A ladder has a group for each stage, in the order in which they are patched";
        let buttons = [("Open groups", Action::Show(View::Groups))];
        return empty_state_with(ui, cx, Icon::ChartGantt, "No ladder yet", advice, &buttons);
    };
    let inputs = (Pointer::to(cx.plan_pointer()), ladder.clone());
    let rows = state.rows.get(inputs, || CycleLines::new(cx.schedule(), &ladder));
    let shown = Some((cx.opened_plans(), ladder.clone()));
    if state.cursor_of != shown {
        // The latest release is the one that is being installed.
        let latest = rows.list.iter().rposition(|row| row.cycle.released_at <= cx.now()).unwrap_or(0);
        (state.cursor_of, state.cursor, state.follows_cursor) = (shown, (latest, 0), true);
    }
    if let Some(row) = asked.and_then(|(_, at)| rows.list.iter().position(|row| row.cycle.released_at == *at)) {
        (state.cursor, state.follows_cursor) = ((row, 0), true);
    }
    let room = RoomRight::new(ui, Id::unique("room for the release")).folding();
    let mut view = room.view(ui);
    CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(12))).show(&mut view, |ui| {
        bar_ui(ui, cx, state, &rows);
        ui.add_space(6.0);
        if rows.list.is_empty() {
            let advice = "The ladder needs a release calendar, and its groups need systems";
            let buttons = [("Open groups", Action::Show(View::Groups))];
            empty_state_with(ui, cx, Icon::ChartGantt, "No cycles on this ladder", advice, &buttons);
        } else {
            list_ui(ui, cx, state, &rows);
        }
    });
    room.show(ui, |ui| side_ui(ui, cx, state, &ladder, &rows));
}

/// The selected release, and which deadlines the ladder can meet.
fn side_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CyclesState, ladder: &LadderId, rows: &CycleLines) {
    let panel = Frame::new().fill(cx.colors.panel).inner_margin(Margin::same(16));
    Panel::right("promises").exact_size(300.0).resizable(false).frame(panel).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            // The bar must not cover the figures at the right end.
            ui.set_width(ui.available_width() - 10.0);
            if let Some(line) = rows.list.get(state.cursor.0) {
                release::release_ui(ui, cx, ladder, line);
            }
            promises::promises_ui(ui, cx, ladder, &mut state.promises);
        });
    });
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CyclesState, rows: &CycleLines) {
    ui.horizontal(|ui| {
        let ladders = cx.plan().ladders().as_slice();
        let names: Vec<_> = ladders.iter().enumerate().map(|(index, ladder)| (index, ladder.name.as_str())).collect();
        let current = ladders.iter().position(|ladder| Some(&ladder.id) == state.ladder.as_ref()).unwrap_or(usize::MAX);
        if let Some(index) = segments(ui, cx, &names, current) {
            state.ladder = ladders.get(index).map(|ladder| ladder.id.clone());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if !rows.list.is_empty() {
                ui.add(egui::Label::new(muted(cx, rows.summary())).truncate());
            }
        });
    });
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CyclesState, rows: &CycleLines) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let severities = &cx.plan().policy().severities;
    let area = ui.available_rect_before_wrap();
    let axis = Axis::new(area.left(), area.width() - 10.0, rows.longest);
    let canvas = ui.interact(area, Id::unique("cycles"), Sense::focusable_noninteractive());
    name(&canvas, Role::List, || "Cycles".to_owned());
    let (head, _) = ui.allocate_exact_size(Vec2::new(area.width(), layout::HEADER), Sense::hover());
    paint::header(ui.painter(), cx, &axis, head, severities);
    keyboard_ui(ui, cx, state, rows, canvas.id);
    let mut scroll = ScrollArea::vertical().auto_shrink(false);
    if state.follows_cursor {
        let top = state.cursor.0 as f32 * layout::ROW;
        scroll = scroll.vertical_scroll_offset((top - area.height() / 2.0).max(0.0));
    }
    let release = release_name(cx, state.ladder.as_ref());
    scroll.show_viewport(ui, |ui, viewport| {
        ui.set_height(rows.list.len() as f32 * layout::ROW);
        ui.set_width(area.width() - 10.0);
        let top = ui.min_rect().top();
        for index in rows_between(viewport.top(), viewport.bottom(), layout::ROW, rows.list.len()) {
            let rect = axis.row(top, index);
            let has_cursor = state.cursor.0 == index && ui.memory(|memory| memory.has_focus(canvas.id));
            paint::ground(ui.painter(), cx, &axis, rect, severities, has_cursor);
            row_ui(ui, cx, state, &axis, rect, (index, &rows.list[index]), &release, has_cursor);
        }
    });
    state.follows_cursor = false;
}

fn release_name(cx: &Cx<'_>, ladder: Option<&LadderId>) -> String {
    let ladder = ladder.and_then(|id| cx.plan().ladders().get(id));
    ladder.and_then(|ladder| ladder.release.as_ref()).map_or_else(String::new, |id| cx.plan().release_name(id))
}

#[expect(clippy::too_many_arguments, reason = "a row needs its rectangle, its data and the view's state")]
fn row_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut CyclesState,
    axis: &Axis,
    rect: Rect,
    (index, row): (usize, &CycleLine),
    release: &str,
    has_cursor: bool,
) {
    let response = ui.interact(rect, Id::unique(("cycle", index)), Sense::CLICK);
    name(&response, Role::ListItem, || row.name());
    paint::row(ui.painter(), cx, axis, rect, row, release);
    if response.clicked() {
        state.cursor = (index, 0);
        cx.select(crate::session::Selection::Day(cx.schedule().zone.local(row.cycle.released_at).date()));
    }
    let spans: Vec<_> = row.blocks.iter().map(|block| (block.start, block.end)).collect();
    let blocks = axis.blocks(rect, &spans);
    // In a complete cycle nothing waits for the soak time of the last group.
    let waited_for = if row.cycle.is_complete { row.blocks.len().saturating_sub(1) } else { row.blocks.len() };
    for (block, at) in row.blocks.iter().zip(&blocks).take(waited_for) {
        paint::soak(ui.painter(), cx, axis, rect, block, *at);
    }
    for (step, (block, at)) in row.blocks.iter().zip(&blocks).enumerate() {
        paint::block(ui.painter(), cx, *at, block, has_cursor && state.cursor.1 == step);
        let response = ui.interact(*at, Id::unique(("cycle block", index, step)), Sense::CLICK);
        name(&response, Role::Button, || block.name.clone());
        if response.clicked() {
            cx.reveal(Destination::Occurrence(block.occurrence.window.clone(), block.occurrence.on));
        }
        response.on_hover_ui(|ui| block_hover_ui(ui, cx, block));
    }
    if !blocks.iter().any(|at| response.hover_pos().is_some_and(|pos| at.contains(pos))) {
        let page = ui.clip_rect();
        card_at_edge(&response, page).show(|ui| row_hover_ui(ui, cx, row));
    }
}

/// A card above or below the row at its right end, so that its dates and bars stay in sight.
fn card_at_edge(response: &Response, page: Rect) -> Tooltip<'static> {
    let row = response.rect;
    let (corner, align) = if row.center().y < page.center().y {
        (row.right_bottom() + Vec2::new(-CARD, 4.0), RectAlign::BOTTOM_START)
    } else {
        (row.right_top() + Vec2::new(-CARD, -4.0), RectAlign::TOP_START)
    };
    let mut card = Tooltip::for_enabled(response).width(CARD);
    card.popup = card.popup.at_position(corner).align(align);
    card
}

fn block_hover_ui(ui: &mut Ui, cx: &Cx<'_>, block: &rows::Block) {
    ui.label(strong(&block.name));
    for detail in &block.details {
        ui.label(detail);
    }
    ui.label(muted(cx, "Click to see it in the year"));
}

fn row_hover_ui(ui: &mut Ui, cx: &Cx<'_>, row: &CycleLine) {
    ui.label(strong(row.name()));
    for severity in &cx.plan().policy().severities {
        let deadline_at = row.cycle.deadline_at(severity);
        let text = match row.cycle.reached_at() {
            Some(at) if at <= deadline_at => format!("{} is met", severity.name),
            Some(at) => {
                let late = crate::model::Minutes(at.since(deadline_at).unsigned_abs());
                format!("{} is missed by {}", severity.name, days_and_hours_rounded_up(late.0))
            }
            None => format!("{} is not met inside the plan", severity.name),
        };
        ui.label(text);
    }
    if let Some(next_at) = row.cycle.next_at {
        let on = cx.schedule().zone.local(next_at).date();
        ui.label(muted(cx, format!("Next release {}", wording::date(on))));
    }
}

/// Up and Down move between releases, Left and Right between groups; Enter shows the occurrence.
fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut CyclesState, rows: &CycleLines, canvas: Id) {
    if !cx.keys_are_free(ui, Some(canvas)) {
        return;
    }
    // The list takes the focus if nothing else has it.
    ui.memory_mut(|memory| {
        if memory.focused().is_none() {
            memory.request_focus(canvas);
        }
    });
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas, filter));
    let (row, block) = state.cursor;
    let last = rows.list.len().saturating_sub(1);
    let blocks = rows.list.get(row).map_or(0, |row| row.blocks.len());
    let moves = [
        (Key::ArrowUp, (row.saturating_sub(1), block)),
        (Key::ArrowDown, ((row + 1).min(last), block)),
        (Key::ArrowLeft, (row, block.saturating_sub(1))),
        (Key::ArrowRight, (row, (block + 1).min(blocks.saturating_sub(1)))),
    ];
    for (key, to) in moves {
        if pressed(ui, key) {
            let most = rows.list.get(to.0).map_or(0, |row| row.blocks.len().saturating_sub(1));
            state.cursor = (to.0, to.1.min(most));
            state.follows_cursor = true;
            ui.ctx().request_repaint();
        }
    }
    if pressed(ui, Key::Enter)
        && let Some(block) = rows.list.get(state.cursor.0).and_then(|row| row.blocks.get(state.cursor.1))
    {
        cx.reveal(Destination::Occurrence(block.occurrence.window.clone(), block.occurrence.on));
    }
}
