//! The blocks of the checklist, with large boxes; a click anywhere on a row ticks it.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};
use lucide_icons::Icon;

use super::NightState;
use super::page::{Line, Page};
use crate::model::{ChecklistBlock, Tick};
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, rule, strong, text, text_in};
use crate::wording::and_more;

const LEAST_HEIGHT: f32 = 34.0;
const BOX: f32 = 18.0;
/// Width of the area to the left of an item's text.
const INDENT: f32 = 40.0;
/// Width for the name and time of a tick: a share of the row.
const DONE: f32 = 0.3;
const DONE_LIMITS: (f32, f32) = (112.0, 176.0);
/// A limit for files with any number of ticks; a real night has a few dozen.
const MOST_OTHERS: usize = 50;

pub fn blocks_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NightState, page: &Page<'_>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(problem) = &page.problem {
        text(ui, muted(cx, problem.to_string()));
        ui.add_space(12.0);
    }
    for block in ChecklistBlock::ALL {
        if page.of_block(block).next().is_some() {
            block_ui(ui, cx, state, page, block);
        }
    }
    others_ui(ui, cx, page);
    state.follows_cursor = false;
}

fn block_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NightState, page: &Page<'_>, block: ChecklistBlock) {
    let all = page.of_block(block).count();
    let done = page.of_block(block).filter(|(_, line)| line.tick.is_some()).count();
    let is_open = |line: &Line<'_>| line.tick.is_none() && page.is_time_for(&line.item);
    let is_late = page.night.is_near(page.now) && page.of_block(block).any(|(_, line)| is_open(line));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(strong(block.name()));
        let at = page.night.block_at(block);
        let when = match block {
            ChecklistBlock::During => format!("{} – {}", page.clock(at), page.clock(page.night.ends_at())),
            ChecklistBlock::Watch => format!("{} – {}", page.clock(page.night.ended_at()), page.clock(at)),
            _ => page.clock(at),
        };
        ui.label(muted(cx, when));
        let open = if is_late { cx.colors.warning } else { cx.colors.muted };
        let color = if done == all { cx.colors.good } else { open };
        ui.label(egui::RichText::new(format!("{done} of {all}")).font(theme::strong(theme::SMALL)).color(color));
    });
    rule(ui, cx);
    for (index, line) in page.of_block(block) {
        line_ui(ui, cx, state, page, index, line);
    }
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NightState, page: &Page<'_>, index: usize, line: &Line<'_>) {
    let is_due = page.is_time_for(&line.item);
    // What is not due yet can be ticked, too.
    let color = if line.tick.is_some() { cx.colors.muted } else { cx.colors.text };
    let width = ui.available_width();
    let words = (width - INDENT - done_width(width)).max(120.0);
    let galley = ui.painter().layout_job(words_of(cx, page, line, color, words));
    let size = Vec2::new(width, LEAST_HEIGHT.max(galley.size().y + 14.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    // Not focusable, because the view handles the arrow keys itself.
    let response = ui.interact(rect, Id::unique(("night item", index)), Sense::CLICK);
    let done = line.tick.map(|tick| done(page, tick));
    let label = match &done {
        Some(done) => format!("{}, {done}", line.item.text),
        None => line.item.text.clone(),
    };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, cx.is_editable(), line.tick.is_some(), &label));
    let is_on = state.cursor == index;
    if is_on && state.follows_cursor {
        ui.scroll_to_rect(rect.expand(LEAST_HEIGHT), None);
    }
    row_ground(ui.painter(), cx, &response, is_on, Color32::TRANSPARENT);
    tick_box(ui, cx, Pos2::new(rect.left() + 18.0, rect.center().y), line.tick.is_some(), is_due);
    ui.painter().galley(Pos2::new(rect.left() + INDENT, rect.center().y - galley.size().y / 2.0), galley, color);
    if let Some(done) = done {
        done_ui(ui, cx, rect, &done);
    }
    if response.clicked() && cx.is_editable() {
        state.cursor = index;
        cx.send(Action::Note(page.key.clone(), line.toggled()));
    }
}

/// The item, followed by its own time and owner in small type.
fn words_of(cx: &Cx<'_>, page: &Page<'_>, line: &Line<'_>, color: Color32, width: f32) -> LayoutJob {
    let item = &line.item;
    let mut job = LayoutJob::simple(item.text.clone(), theme::regular(theme::HEAD), color, width);
    let own = [item.at.map(|at| page.clock(at)).unwrap_or_default(), item.owner.clone()];
    let own = own.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    if !own.is_empty() {
        job.append(&own, 10.0, TextFormat::simple(theme::regular(theme::SMALL), cx.colors.muted));
    }
    job
}

/// "A. Osei, 22:04"
fn done(page: &Page<'_>, tick: &Tick) -> String {
    let who = crate::export::one_line(&tick.by);
    format!("{who}, {}", page.clock(tick.at))
}

/// The width for the name and time of a tick. The same before it is ticked, so that no row moves then.
fn done_width(row: f32) -> f32 {
    (row * DONE).clamp(DONE_LIMITS.0, DONE_LIMITS.1)
}

fn done_ui(ui: &Ui, cx: &Cx<'_>, row: Rect, done: &str) {
    let right = row.with_min_x(row.right() - done_width(row.width())).with_max_x(row.right() - 8.0);
    text_in(ui.painter(), right, done, theme::regular(theme::TEXT), cx.colors.good);
}

fn tick_box(ui: &Ui, cx: &Cx<'_>, center: Pos2, is_ticked: bool, is_due: bool) {
    let rect = Rect::from_center_size(center, Vec2::splat(BOX));
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    let painter = ui.painter();
    let edge = if is_ticked {
        cx.colors.good
    } else if is_due {
        cx.colors.text
    } else {
        cx.colors.muted
    };
    let fill = if is_ticked { cx.colors.good } else { Color32::TRANSPARENT };
    painter.rect(rect, radius, fill, Stroke::new(1.5, edge), StrokeKind::Inside);
    if is_ticked {
        painter.text(center, Align2::CENTER_CENTER, char::from(Icon::Check), theme::icon(13.0), cx.colors.on_accent);
    }
}

/// Ticks of items that are no longer on the checklist.
fn others_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    if page.others.is_empty() {
        return;
    }
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.label(strong("No longer on the checklist"));
        ui.label(muted(cx, "ticked before its text was changed"));
    });
    rule(ui, cx);
    for tick in page.others.iter().take(MOST_OTHERS) {
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LEAST_HEIGHT), Sense::hover());
        let (item, done) = (crate::export::one_line(&tick.item), done(page, tick));
        name(&response, Role::Label, || format!("{item}, {done}"));
        tick_box(ui, cx, Pos2::new(rect.left() + 18.0, rect.center().y), true, true);
        let words = rect.with_min_x(rect.left() + INDENT).with_max_x(rect.right() - done_width(rect.width()));
        text_in(ui.painter(), words, &item, theme::regular(theme::HEAD), cx.colors.muted);
        done_ui(ui, cx, rect, &done);
    }
    if page.others.len() > MOST_OTHERS {
        ui.label(muted(cx, and_more(page.others.len() - MOST_OTHERS)));
    }
}
