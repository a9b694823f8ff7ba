//! The layout around the views: top bar, rail, inspector, status bar.

mod messages;
mod outside;
mod overlay;
mod rail;
mod status;
mod top;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::views::{Views, has_inspector, view_ui};
use crate::session::Session;
use crate::ui::parts::cx::Cx;

/// Draws everything except dialogs.
pub fn shell_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, views: &mut Views) {
    let bar = |margin| Frame::new().fill(cx.colors.panel).inner_margin(margin);
    Panel::top("top").exact_size(48.0).frame(bar(Margin::symmetric(12, 0))).show(ui, |ui| top::top_ui(ui, cx, session));
    Panel::bottom("status")
        .exact_size(28.0)
        .frame(bar(Margin::symmetric(16, 0)))
        .show(ui, |ui| status::status_ui(ui, cx, session));
    let rail = Frame::new().fill(cx.colors.rail).inner_margin(Margin::symmetric(4, 8));
    Panel::left("rail").exact_size(64.0).resizable(false).frame(rail).show(ui, |ui| {
        // In a low window or at a large zoom the rail has to scroll.
        let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
        let room = ui.available_height();
        let area = ScrollArea::vertical().auto_shrink(false).scroll_bar_visibility(bar);
        area.show(ui, |ui| rail::rail_ui(ui, cx, session, room));
    });
    let has_inspector = has_inspector(cx.view()) && cx.is_inspecting();
    CentralPanel::default().frame(Frame::new().fill(cx.colors.background)).show(ui, |ui| {
        let area = ui.available_rect_before_wrap();
        views.calendar.covered = if has_inspector { overlay::width(ui, area) } else { 0.0 };
        // Before the view, so that Escape in the card does not reach it.
        outside::outside_ui(ui, cx, session);
        view_ui(ui, cx, session, views);
        overlay::inspector_ui(ui, cx, &mut views.calendar, area, has_inspector);
        messages::messages_ui(ui, cx, session, area.with_max_x(area.right() - views.calendar.covered));
    });
}
