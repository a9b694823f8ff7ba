//! Search and commands: one field that finds everything by name.

mod dates;
mod entries;
mod ranking;

use std::rc::Rc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, Id, Key, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, Vec2,
};

use crate::model::Plan;
use crate::session::{Action, FilterStep};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{label_dialog, modal_at_top};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, rule, text_in};
use crate::ui::views::lists;
use entries::{Entry, Target};

const WIDTH: f32 = 620.0;
const ROW: f32 = 30.0;
const ROWS: f32 = 11.0;
/// At most this many results; a longer query narrows them.
const MOST: usize = 200;
/// How many of the entries chosen last come first.
const MOST_RECENT: usize = 5;

/// The state of the palette while it is open.
#[derive(Default)]
pub struct PaletteState {
    query: String,
    /// Everything that can be found in the plan.
    entries: Memo<Pointer<Plan>, Vec<Entry>>,
    /// The entries found for the query.
    found: Memo<(Pointer<Plan>, String), Vec<Entry>>,
    cursor: usize,
    /// What was chosen last, by kind and title; the latest first.
    recent: Vec<(&'static str, String)>,
}

impl PaletteState {
    fn search(&mut self, cx: &Cx<'_>) -> Rc<Vec<Entry>> {
        let plan = || Pointer::to(cx.plan_pointer());
        let all = self.entries.get(plan(), || entries::all(cx));
        self.found.get((plan(), self.query.clone()), || {
            self.cursor = 0;
            if self.query.trim().is_empty() {
                return entries::begin(cx, &all, &self.recent);
            }
            let mut found = dates::entries_on(cx, &self.query);
            found.extend(entries::typed_window(cx.plan(), &self.query));
            found.extend(ranking::best(&all, &self.query, MOST));
            found
        })
    }
}

/// Draws the palette over the screen. It opens with an empty field.
pub fn palette_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PaletteState, is_new: bool) {
    if is_new {
        *state = PaletteState { recent: std::mem::take(&mut state.recent), ..PaletteState::default() };
    }
    let closes = modal_at_top(ui, "Search or run a command", WIDTH, |ui| {
        label_dialog(ui, "Palette");
        let field = Id::unique("palette field");
        let before = state.cursor;
        keyboard(ui, cx, state);
        let edit = TextEdit::singleline(&mut state.query)
            .id(field)
            .hint_text("Command, window, system, group, freeze, area, advisory, finding, filter or date")
            .frame(egui::Frame::NONE)
            .font(theme::regular(theme::HEAD))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name("Search or run a command");
        if is_new || !ui.memory(|memory| memory.has_focus(response.id)) {
            response.request_focus();
        }
        ui.add_space(8.0);
        rule(ui, cx);
        ui.add_space(4.0);
        list_ui(ui, cx, state, before);
    });
    if closes {
        cx.send(Action::OpenDialog(None));
    }
}

fn keyboard(ui: &Ui, cx: &Cx<'_>, state: &mut PaletteState) {
    let count = state.search(cx).len();
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 10), (Key::PageUp, -10)] {
        if pressed(key) {
            state.cursor = state.cursor.saturating_add_signed(step).min(count.saturating_sub(1));
        }
    }
    let cursor = state.cursor;
    if pressed(Key::Enter)
        && let Some(entry) = state.search(cx).get(cursor)
    {
        go(cx, entry, &mut state.recent);
    }
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PaletteState, cursor_before: usize) {
    let count = state.search(cx).len();
    ui.set_min_height(ROW * ROWS);
    if count == 0 {
        ui.add_space(12.0);
        ui.label(muted(cx, format!("No match for \"{}\"", state.query.trim())));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().max_height(ROW * ROWS).auto_shrink(false).id_salt("palette");
    let offset_id = Id::unique("palette offset");
    if state.cursor != cursor_before {
        let offset = ui.data(|data| data.get_temp::<f32>(offset_id)).unwrap_or_default();
        let top = state.cursor as f32 * ROW;
        area = area.vertical_scroll_offset(offset.min(top).max(top + ROW - ROW * ROWS).max(0.0));
    }
    let mut pointed_at = None;
    let cursor = state.cursor;
    let found = state.search(cx);
    let shown = area.show_rows(ui, ROW, count, |ui, range| {
        for index in range {
            let row = row_ui(ui, cx, index, &found[index], index == cursor, &state.query);
            if row.is_pointed_at {
                pointed_at = Some(index);
            }
            if row.is_clicked {
                go(cx, &found[index], &mut state.recent);
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(offset_id, shown.state.clamped_offset().y));
    state.cursor = pointed_at.unwrap_or(cursor);
}

/// What the pointer does on a row.
struct RowInput {
    /// It moved over the row.
    is_pointed_at: bool,
    is_clicked: bool,
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, index: usize, entry: &Entry, is_current: bool, query: &str) -> RowInput {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, Id::unique(("palette row", index)), Sense::click());
    name(&response, Role::Button, || format!("{}, {}", entry.title, entry.kind));
    let is_enabled = entry.is_enabled(cx);
    let painter = ui.painter();
    if is_current {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.selected);
    }
    let color = if is_enabled { cx.colors.text } else { cx.colors.muted.gamma_multiply(0.7) };
    let kind = Rect::from_min_size(rect.min + Vec2::new(8.0, 0.0), Vec2::new(26.0, ROW));
    let icon = char::from(entries::icon(entry.kind));
    painter.text(kind.left_center(), Align2::LEFT_CENTER, icon, theme::icon(14.0), cx.colors.muted);
    let keys = entry.keys(ui.ctx());
    let end = rect.right() - 8.0;
    let keys_width = if keys.is_empty() {
        0.0
    } else {
        let at = Pos2::new(end, rect.center().y);
        painter.text(at, Align2::RIGHT_CENTER, &keys, theme::regular(theme::SMALL), cx.colors.muted).width() + 16.0
    };
    let line = Rect::from_min_max(Pos2::new(kind.right(), rect.top()), Pos2::new(end - keys_width, rect.bottom()));
    let taken = title_in(painter, line, &entry.title, query, color);
    let rest = line.with_min_x(line.left() + taken + 10.0);
    text_in(painter, rest, &entry.detail, theme::regular(theme::SMALL), cx.colors.muted);
    if response.has_focus() {
        painter.rect_stroke(rect, CornerRadius::ZERO, Stroke::new(1.5, cx.colors.accent), egui::StrokeKind::Inside);
    }
    RowInput {
        is_pointed_at: ui.rect_contains_pointer(rect) && ui.input(|input| input.pointer.delta() != Vec2::ZERO),
        is_clicked: response.on_hover_text(entry.kind).clicked(),
    }
}

/// Paints a title with what was searched for in bold. Returns the width used.
fn title_in(painter: &Painter, line: Rect, title: &str, query: &str, color: Color32) -> f32 {
    let mut job = LayoutJob::default();
    for (text, is_match) in ranking::matched_parts(title, query) {
        let font = if is_match { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
        job.append(&text, 0.0, TextFormat::simple(font, color));
    }
    job.wrap = TextWrapping::truncate_at_width(line.width().max(0.0));
    let galley = painter.layout_job(job);
    let size = galley.size();
    painter.galley(Pos2::new(line.left(), line.center().y - size.y / 2.0), galley, color);
    size.x
}

/// Closes the palette first, because the entry may open another dialog.
fn go(cx: &Cx<'_>, entry: &Entry, recent: &mut Vec<(&'static str, String)>) {
    if !entry.is_enabled(cx) {
        return;
    }
    let chosen = (entry.kind, entry.title.clone());
    recent.retain(|each| *each != chosen);
    recent.insert(0, chosen);
    recent.truncate(MOST_RECENT);
    cx.send(Action::OpenDialog(None));
    cx.send(match &entry.target {
        Target::Command(command) => Action::Run(*command),
        Target::Destination(destination) => Action::Reveal(destination.clone()),
        Target::File(path) => Action::Open(path.clone()),
        Target::NewRecord(kind) => return lists::add_record(cx, *kind),
        Target::Filter(name) => Action::Filter(FilterStep::Use(name.clone())),
        Target::TypedWindow(typed) => Action::AddTypedWindow(typed.clone()),
    });
}
