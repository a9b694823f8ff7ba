//! The rail on the left: menu and screens.

use egui::{Align2, Color32, CornerRadius, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use lucide_icons::Icon;

use crate::checks::Severity;
use crate::session::{CalendarView, Command, CommandGroup, LedgerPage, View};
use crate::ui::frame::keys;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::focus_ring;

/// How many buttons there are, and how high one is: less in a low window, so that all of them are in sight.
const BUTTONS: f32 = 11.0;
const HEIGHT: f32 = 48.0;
const LEAST_HEIGHT: f32 = 40.0;
const GAP: f32 = 6.0;

/// `room`: the height that is in sight.
pub fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, room: f32) {
    let each = (room - GAP) / BUTTONS;
    ui.spacing_mut().item_spacing.y = (each - HEIGHT).clamp(1.0, GAP);
    ui.spacing_mut().interact_size.y = (each - 1.0).clamp(LEAST_HEIGHT, HEIGHT);
    let menu = rail_button(ui, cx, Icon::Menu, "Menu", false, 0);
    egui::Popup::menu(&menu).width(260.0).show(|ui| menu_ui(ui, cx));
    ui.add_space(6.0);
    let on_calendar = matches!(cx.session.view, View::Calendar(_));
    if rail_button(ui, cx, Icon::CalendarDays, "Year", on_calendar, 0).clicked() {
        cx.show(View::Calendar(CalendarView::Planner));
    }
    if rail_button(ui, cx, Icon::Columns3, "Groups", cx.session.view == View::Groups, 0).clicked() {
        cx.show(View::Groups);
    }
    if rail_button(ui, cx, Icon::ChartGantt, "Cycles", cx.session.view == View::Cycles, 0).clicked() {
        cx.show(View::Cycles);
    }
    if rail_button(ui, cx, Icon::List, "Lists", cx.session.view == View::Lists, 0).clicked() {
        cx.show(View::Lists);
    }
    if rail_button(ui, cx, Icon::Users, "People", cx.session.view == View::People, 0).clicked() {
        cx.show(View::People);
    }
    let night = rail_button(ui, cx, Icon::MoonStar, "Night", cx.session.view == View::Night, 0);
    badge(ui, cx, night.rect, cx.session.running().len(), cx.colors.good);
    if night.clicked() {
        cx.run(Command::ShowNight);
    }
    let on_ledger = matches!(cx.session.view, View::Ledger(_));
    if rail_button(ui, cx, Icon::BookOpenCheck, "Ledger", on_ledger, 0).clicked() {
        cx.show(View::Ledger(LedgerPage::Answers));
    }
    if rail_button(ui, cx, Icon::FileDiff, "Changes", cx.session.view == View::Changes, 0).clicked() {
        cx.show(View::Changes);
    }
    let overdue = cx.session.findings.count_by_code("S002");
    if rail_button(ui, cx, Icon::ShieldAlert, "Advisories", cx.session.view == View::Advisories, overdue).clicked() {
        cx.show(View::Advisories);
    }
    let errors = cx.session.findings.count(Severity::Error);
    if rail_button(ui, cx, Icon::TriangleAlert, "Findings", cx.session.view == View::Findings, errors).clicked() {
        cx.show(View::Findings);
    }
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    for group in CommandGroup::ALL {
        ui.menu_button(group.name(), |ui| {
            ui.set_min_width(280.0);
            for command in Command::all().filter(|command| command.group() == group) {
                let button = egui::Button::new(cx.session.label(command)).shortcut_text(keys::text(ui.ctx(), command));
                let response = ui.add_enabled(cx.session.is_enabled(command), button).on_hover_text(command.help());
                if response.clicked() {
                    cx.run(command);
                    ui.close();
                }
            }
            if group == CommandGroup::File && !cx.session.settings.recent.is_empty() {
                ui.separator();
                for path in &cx.session.settings.recent {
                    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                    if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                        cx.send(crate::session::Action::Open(path.clone()));
                        ui.close();
                    }
                }
            }
        });
    }
}

/// An icon over a word, with a count at its corner where there is one.
fn rail_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str, is_on: bool, count: usize) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(56.0, ui.spacing().interact_size.y), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, name));
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    if is_on {
        painter.rect_filled(rect, radius, cx.colors.panel);
    } else if response.hovered() {
        painter.rect_filled(rect, radius, cx.colors.hover);
    }
    focus_ring(painter, &response, cx.colors.accent);
    let color = if is_on { cx.colors.accent } else { cx.colors.muted };
    let text = if is_on { cx.colors.text } else { cx.colors.muted };
    painter.text(
        rect.center() - Vec2::new(0.0, 8.0),
        Align2::CENTER_CENTER,
        char::from(icon),
        theme::icon(18.0),
        color,
    );
    painter.text(rect.center() + Vec2::new(0.0, 13.0), Align2::CENTER_CENTER, name, theme::regular(theme::SMALL), text);
    badge(ui, cx, rect, count, cx.colors.error);
    response
}

/// A count at the corner of a button; none where there is nothing to count.
fn badge(ui: &Ui, cx: &Cx<'_>, button: Rect, count: usize, fill: Color32) {
    if count == 0 {
        return;
    }
    let label = if count > 99 { "99+".to_owned() } else { count.to_string() };
    let size = Vec2::new(8.0 + 6.5 * label.len() as f32, 15.0);
    let badge = Rect::from_center_size(Pos2::new(button.right() - 13.0, button.top() + 10.0), size);
    ui.painter().rect_filled(badge, CornerRadius::same(7), fill);
    ui.painter().text(badge.center(), Align2::CENTER_CENTER, label, theme::strong(10.0), cx.colors.on_accent);
}
