//! The line above the rows: the filter, how they are grouped, the zoom, and today.

use egui::{Align, Button, Layout, Slider, Ui, Vec2};
use lucide_icons::Icon;

use super::RowsState;
use super::axis::{Bounds, SHORTEST};
use super::zoom::{STEP, zoom_center};
use crate::session::{Action, RowGrouping, Settings};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::widgets::{icon_button, muted};
use crate::ui::views::calendar::{CalendarState, filter, pages};

/// The least width in which the filter and the tools are in one line, and no tool is below an open inspector.
const ONE_LINE: f32 = 1130.0;

/// From the left, since the inspector may cover the right.
pub fn toolbar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CalendarState, bounds: Bounds) {
    let is_one_line = ui.available_width() >= ONE_LINE;
    if !is_one_line {
        filter::line_ui(ui, cx, &mut state.filter, state.covered);
    }
    let size = Vec2::new(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        if is_one_line {
            filter::field_ui(ui, cx, &mut state.filter);
            ui.add_space(12.0);
        }
        ui.label(muted(cx, "Group by"));
        grouping_ui(ui, cx);
        ui.add_space(12.0);
        zoom_ui(ui, cx, &mut state.rows, bounds);
        ui.add_space(12.0);
        pages::today_ui(ui, cx);
    });
    if is_one_line {
        filter::parts_line_ui(ui, cx, &mut state.filter, state.covered);
    }
}

fn grouping_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let by = cx.settings().rows_by;
    let choices = RowGrouping::ALL.map(|each| (each, each.name().to_owned()));
    if let Some(rows_by) = fields::wide_choice(ui, "Rows grouped by", &choices, by, 120.0) {
        cx.send(Action::Set(Settings { rows_by, ..cx.settings().clone() }));
    }
}

fn zoom_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &mut RowsState, bounds: Bounds) {
    let whole = bounds.whole;
    let visible = bounds.nearest(rows.visible.unwrap_or(whole));
    let center = zoom_center(cx, visible);
    ui.spacing_mut().item_spacing.x = 4.0;
    if icon_button(ui, Icon::ZoomOut, "Zoom out (−)", visible.minutes < whole.minutes).clicked() {
        rows.visible = Some(visible.zoomed(1.0 / STEP, center, bounds));
    }
    let mut share = visible.zoom(whole);
    ui.spacing_mut().slider_width = 120.0;
    let slider = ui.add(Slider::new(&mut share, 0.0..=1.0).show_value(false)).accessible_name("Zoom");
    if slider.changed() {
        rows.visible = Some(visible.at_zoom(share, bounds));
    }
    if icon_button(ui, Icon::ZoomIn, "Zoom in (+)", visible.minutes > SHORTEST).clicked() {
        rows.visible = Some(visible.zoomed(STEP, center, bounds));
    }
    if ui.add_enabled(visible != whole, Button::new("All months")).on_hover_text("Show all months (0)").clicked() {
        rows.visible = Some(whole);
    }
}
