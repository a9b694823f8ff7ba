//! The frame around the views: top bar, rail, inspector, status bar.

mod rail;
mod status;
mod top;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::inspector;
use super::views::Views;
use crate::session::View;
use crate::ui::parts::cx::Cx;
use crate::ui::views::{advisories, calendar, changes, cycles, findings, groups, ledger, lists, night, people};

const INSPECTOR_WIDTH: f32 = 340.0;

/// Draws everything but dialogs.
pub fn shell_ui(ui: &mut Ui, cx: &Cx<'_>, views: &mut Views) {
    let bar = |margin| Frame::new().fill(cx.colors.panel).inner_margin(margin);
    Panel::top("top").exact_size(48.0).frame(bar(Margin::symmetric(12, 0))).show(ui, |ui| top::top_ui(ui, cx));
    Panel::bottom("status")
        .exact_size(28.0)
        .frame(bar(Margin::symmetric(16, 0)))
        .show(ui, |ui| status::status_ui(ui, cx));
    let rail = Frame::new().fill(cx.colors.rail).inner_margin(Margin::symmetric(4, 8));
    Panel::left("rail").exact_size(64.0).resizable(false).frame(rail).show(ui, |ui| {
        // A short window, or a large zoom, has no room for all of it.
        let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
        let room = ui.available_height();
        let area = ScrollArea::vertical().auto_shrink(false).scroll_bar_visibility(bar);
        area.show(ui, |ui| rail::rail_ui(ui, cx, room));
    });
    let is_beside = matches!(cx.session.view, View::Calendar(_) | View::People);
    let has_inspector = is_beside && cx.session.settings.shows_inspector;
    if has_inspector {
        let frame = bar(Margin::ZERO);
        Panel::right("inspector").default_size(INSPECTOR_WIDTH).size_range(280.0..=520.0).frame(frame).show(ui, |ui| {
            inspector::inspector_ui(ui, cx, &mut views.calendar);
        });
    }
    CentralPanel::default().frame(Frame::new().fill(cx.colors.background)).show(ui, |ui| {
        status::messages_ui(ui, cx);
        match cx.session.view {
            View::Calendar(view) => calendar::calendar_ui(ui, cx, &mut views.calendar, view),
            View::Groups => groups::groups_ui(ui, cx, &mut views.groups),
            View::Cycles => cycles::cycles_ui(ui, cx, &mut views.cycles),
            View::Lists => lists::lists_ui(ui, cx, &mut views.lists),
            View::People => people::people_ui(ui, cx, &mut views.people),
            View::Advisories => advisories::advisories_ui(ui, cx, &mut views.advisories),
            View::Ledger(page) => ledger::ledger_ui(ui, cx, &mut views.ledger, page),
            View::Changes => changes::changes_ui(ui, cx, &mut views.changes),
            View::Night => night::night_ui(ui, cx, &mut views.night),
            View::Findings => findings::findings_ui(ui, cx, &mut views.findings),
        }
    });
}
