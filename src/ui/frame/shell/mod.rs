//! The layout around the views: top bar, rail, inspector, status bar.

mod messages;
mod outside;
mod overlay;
mod rail;
mod regions;
mod start_card;
mod status;
mod top;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui, UiBuilder};

use super::views::{Views, view_ui};
use crate::session::Session;
use crate::ui::parts::cx::Cx;
use regions::Region;
pub use regions::Regions;

const TOP: f32 = 48.0;
const RAIL: f32 = 64.0;
const STATUS: f32 = 28.0;

/// Draws everything except dialogs, in the order in which it is read, which is the order of Tab.
pub fn shell_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, views: &mut Views, regions: &mut Regions) {
    let has_dialog = session.dialog().is_some();
    ui.scope_builder(UiBuilder::new().id_salt("shell"), |ui| {
        if has_dialog {
            put_behind_dialog(ui);
        }
        regions.begin(ui, cx);
        let bar = |margin| Frame::new().fill(cx.colors.panel).inner_margin(margin);
        let window = ui.available_rect_before_wrap();
        let (top, rest) = window.split_top_bottom_at_y(window.top() + TOP);
        let (middle, bottom) = rest.split_top_bottom_at_y(rest.bottom() - STATUS);
        regions.enter(ui, Region::TopBar, top);
        Panel::top("top")
            .exact_size(TOP)
            .frame(bar(Margin::symmetric(12, 0)))
            .show(ui, |ui| top::top_ui(ui, cx, session));
        let mut between = ui.new_child(UiBuilder::new().id_salt("between").max_rect(middle));
        rail_ui(&mut between, cx, session, regions);
        central_ui(&mut between, cx, session, views, regions);
        regions.enter(ui, Region::StatusBar, bottom);
        Panel::bottom("status")
            .exact_size(STATUS)
            .frame(bar(Margin::symmetric(16, 0)))
            .show(ui, |ui| status::status_ui(ui, cx, session));
    });
}

/// Nothing in `ui` can be used, has a tooltip or is told to screen readers while a dialog is above it. It looks as before.
fn put_behind_dialog(ui: &mut Ui) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), egui::accesskit::Node::set_hidden);
    ui.visuals_mut().disabled_alpha = 1.0;
    ui.disable();
}

fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, regions: &mut Regions) {
    let frame = Frame::new().fill(cx.colors.rail).inner_margin(Margin::symmetric(4, 8));
    let area = ui.available_rect_before_wrap();
    regions.enter(ui, Region::Rail, area.with_max_x(area.left() + RAIL));
    Panel::left("rail").exact_size(RAIL).resizable(false).frame(frame).show(ui, |ui| {
        // In a low window or at a large zoom the rail has to scroll.
        let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
        let room = ui.available_height();
        let area = ScrollArea::vertical().auto_shrink(false).scroll_bar_visibility(bar);
        area.show(ui, |ui| rail::rail_ui(ui, cx, session, room));
    });
}

fn central_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, views: &mut Views, regions: &mut Regions) {
    let has_inspector = cx.view().kind().shows_selection() && cx.is_inspecting();
    CentralPanel::default().frame(Frame::new().fill(cx.colors.background)).show(ui, |ui| {
        let whole = ui.available_rect_before_wrap();
        let steps_height = if start_card::is_below_view(cx) { start_card::ROW } else { 0.0 };
        let (area, steps) = whole.split_top_bottom_at_y(whole.bottom() - steps_height);
        views.calendar.covered = if has_inspector { overlay::width(ui, area) } else { 0.0 };
        // Before the view, so that Escape in the card does not reach it.
        outside::outside_ui(ui, cx, session);
        regions.enter(ui, Region::View, area);
        ui.scope_builder(UiBuilder::new().id_salt("view").max_rect(area), |ui| {
            ui.shrink_clip_rect(area);
            if start_card::is_prominent(cx) {
                start_card::start_ui(ui, cx);
            } else {
                view_ui(ui, cx, session, views);
            }
        });
        if steps_height > 0.0 {
            let builder = UiBuilder::new().id_salt("first steps").max_rect(steps);
            ui.scope_builder(builder, |ui| start_card::row_below_ui(ui, cx));
        }
        if has_inspector {
            regions.enter(ui, Region::Inspector, area.with_min_x(area.right() - views.calendar.covered));
        }
        overlay::inspector_ui(ui, cx, &mut views.calendar, area, has_inspector);
        messages::messages_ui(ui, cx, session, area.with_max_x(area.right() - views.calendar.covered));
    });
}
