//! The view for working through the night: the checklist of one occurrence and the time left. Converts input to
//! actions.

mod blocks;
mod ending;
mod figures;
mod head;
mod keys;
mod list;
mod page;
mod record;
mod status;
mod strip;
mod watch;

use egui::{CentralPanel, Frame, Id, Margin, Panel, Role, ScrollArea, Sense, Ui};
use lucide_icons::Icon;

use crate::model::NightKey;
use crate::session::{Action, Tonight, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::lessons::{Lessons, lessons_ui, summary};
use crate::ui::parts::recording::recording_ui;
use crate::ui::parts::widgets::{name, rule, strong};
pub use figures::in_short;
use page::Page;

/// The width of the list of nights, and the view's width from which it is shown.
const LIST_WIDTH: f32 = 212.0;
const WIDE: f32 = 880.0;
/// The column with status and ending: its share of the width, and its minimum and maximum.
const SIDE_SHARE: f32 = 0.36;
const LEAST_SIDE: f32 = 320.0;
const MOST_SIDE: f32 = 520.0;

/// The state of the view between frames.
#[derive(Default)]
pub struct NightState {
    /// The night that the cursor belongs to.
    key: Option<NightKey>,
    /// The item that the arrow keys start from.
    cursor: usize,
    /// The cursor moved: its item must be scrolled into view.
    follows_cursor: bool,
    records: list::Records,
    lessons: Lessons,
}

/// Draws the view.
pub fn night_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NightState, tonight: &Tonight) {
    if ui.available_width() >= WIDE {
        let frame = Frame::new().fill(cx.colors.panel).inner_margin(Margin::symmetric(8, 12));
        Panel::left("nights")
            .exact_size(LIST_WIDTH)
            .resizable(false)
            .frame(frame)
            .show(ui, |ui| list::list_ui(ui, cx, tonight, &mut state.records));
    }
    let frame = Frame::new().inner_margin(Margin { left: 16, right: 16, top: 12, bottom: 0 });
    CentralPanel::default().frame(frame).show(ui, |ui| {
        let Some(key) = &cx.navigation().night else {
            let advice = "Select an occurrence in the calendar, then come back here";
            let buttons = [("Open the calendar", Action::Show(View::Calendar(cx.navigation().calendar)))];
            return empty_state_with(ui, cx, Icon::MoonStar, "No night to work through", advice, &buttons);
        };
        if let Some(page) = Page::find(cx, key) {
            page_ui(ui, cx, state, &page);
        } else if let Some(record) = cx.plan().nights().get(key) {
            record::record_ui(ui, cx, record);
        } else {
            let advice = "It has no record. Choose another one.";
            let buttons = [("Open the calendar", Action::Show(View::Calendar(cx.navigation().calendar)))];
            empty_state_with(ui, cx, Icon::MoonStar, "This night is no longer in the plan", advice, &buttons);
        }
    });
}

/// The fixed part on top; below it the checklist beside status and ending, or above them if the view is narrow.
fn page_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NightState, page: &Page<'_>) {
    if state.key.as_ref() != Some(&page.key) {
        state.key = Some(page.key.clone());
        (state.cursor, state.follows_cursor) = (page.first_due(), true);
    }
    ui.push_id((page.key.window.as_str(), page.key.on), |ui| {
        head::head_ui(ui, cx, page);
        ui.add_space(8.0);
        figures::figures_ui(ui, cx, page);
        ui.add_space(6.0);
        strip::strip_ui(ui, cx, page);
        ui.add_space(4.0);
        let canvas =
            ui.interact(ui.available_rect_before_wrap(), Id::unique("night"), Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || "Checklist of the night".to_owned());
        keys::keyboard_ui(ui, cx, state, page, &canvas);
        if ui.available_width() >= WIDE - LIST_WIDTH {
            let side = Frame::new().inner_margin(Margin { left: 20, ..Margin::ZERO });
            Panel::right("status and end")
                .exact_size((ui.available_width() * SIDE_SHARE).clamp(LEAST_SIDE, MOST_SIDE))
                .resizable(false)
                .show_separator_line(false)
                .frame(side)
                .show(ui, |ui| {
                    ScrollArea::vertical()
                        .id_salt("side")
                        .auto_shrink(false)
                        .show(ui, |ui| side_ui(ui, cx, &mut state.lessons, page));
                });
            ScrollArea::vertical()
                .id_salt("items")
                .auto_shrink(false)
                .show(ui, |ui| blocks::blocks_ui(ui, cx, state, page));
        } else {
            ScrollArea::vertical().id_salt("all").auto_shrink(false).show(ui, |ui| {
                blocks::blocks_ui(ui, cx, state, page);
                side_ui(ui, cx, &mut state.lessons, page);
            });
        }
    });
}

/// What is needed next comes first: the results once the window has ended, before that the status updates.
fn side_ui(ui: &mut Ui, cx: &Cx<'_>, lessons: &mut Lessons, page: &Page<'_>) {
    let is_over = page.now >= page.night.ends_at();
    if !is_over {
        earlier_ui(ui, cx, lessons, page);
    }
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        if is_over {
            results_ui(ui, cx, page);
        }
        status::status_ui(ui, cx, page);
        ui.add_space(16.0);
        ending::ending_ui(ui, cx, page);
        watch::watch_ui(ui, cx, page);
        if !is_over {
            ui.add_space(16.0);
            results_ui(ui, cx, page);
        }
    });
    ui.add_space(16.0);
}

/// What was learned in earlier nights, as long as it can help.
fn earlier_ui(ui: &mut Ui, cx: &Cx<'_>, lessons: &mut Lessons, page: &Page<'_>) {
    let notes = lessons.for_window(cx, page.night.window);
    if summary(&notes, Some(&page.key)).is_some() {
        ui.label(strong("From earlier nights"));
        rule(ui, cx);
        ui.add_space(4.0);
        lessons_ui(ui, cx, &notes, Some(&page.key));
        ui.add_space(12.0);
    }
}

fn results_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    ui.add_space(6.0);
    ui.label(strong("Results"));
    rule(ui, cx);
    ui.add_space(4.0);
    recording_ui(ui, cx, page.night.window, page.night.occurrence);
    ui.add_space(10.0);
}
