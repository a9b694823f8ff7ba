//! The rail on the left: the menu and the views.

use egui::{Align2, Color32, CornerRadius, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use lucide_icons::Icon;

use crate::session::{Command, Menu, Session, ViewKind};
use crate::ui::frame::views::{badge, icon};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::theme;

/// The number of buttons (the menu and the views) and their height, which shrinks in a low window so that all are
/// visible.
const BUTTONS: f32 = 1.0 + ViewKind::ALL.len() as f32;
const HEIGHT: f32 = 48.0;
const LEAST_HEIGHT: f32 = 40.0;
const GAP: f32 = 6.0;

/// `room` is the visible height.
pub fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, room: f32) {
    let each = (room - GAP) / BUTTONS;
    ui.spacing_mut().item_spacing.y = (each - HEIGHT).clamp(1.0, GAP);
    ui.spacing_mut().interact_size.y = (each - 1.0).clamp(LEAST_HEIGHT, HEIGHT);
    let menu = rail_button(ui, cx, Icon::Menu, "Menu", false);
    egui::Popup::menu(&menu).width(260.0).show(|ui| menu_ui(ui, cx));
    ui.add_space(6.0);
    for view in ViewKind::ALL {
        let button = rail_button(ui, cx, icon(view), view.row().title, cx.view().kind() == view);
        let (count, fill) = badge(cx, session, view);
        badge_ui(ui, cx, button.rect, count, fill);
        if button.clicked() {
            cx.run(Command::Show(view));
        }
    }
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    for menu in Menu::ALL {
        ui.menu_button(menu.name(), |ui| {
            ui.set_min_width(280.0);
            let commands: Vec<Command> = Command::all().filter(|command| command.menu() == menu).collect();
            for group in commands.chunk_by(|a, b| a.submenu().is_some() && a.submenu() == b.submenu()) {
                if group[0].begins_section() {
                    ui.separator();
                }
                match group[0].submenu() {
                    Some(name) => {
                        ui.menu_button(name, |ui| {
                            ui.set_min_width(260.0);
                            for command in group {
                                item_ui(ui, cx, *command);
                            }
                        });
                    }
                    None => item_ui(ui, cx, group[0]),
                }
                if group[0] == Command::Open && !cx.settings().recent.is_empty() {
                    ui.menu_button("Open recent", |ui| recent_ui(ui, cx));
                }
            }
        });
    }
}

fn item_ui(ui: &mut Ui, cx: &Cx<'_>, command: Command) {
    let button = egui::Button::new(cx.label(command)).shortcut_text(keys::text(ui.ctx(), command));
    let response = ui.add_enabled(cx.is_enabled(command), button).on_hover_text(command.help());
    let response = match cx.unavailable_reason(command) {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response,
    };
    if response.clicked() {
        cx.run(command);
        ui.close();
    }
}

/// The plans that were opened last.
fn recent_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.set_min_width(220.0);
    for path in &cx.settings().recent {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
            cx.send(crate::session::Action::Open(path.clone()));
            ui.close();
        }
    }
}

/// An icon above a word.
fn rail_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str, is_on: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(56.0, ui.spacing().interact_size.y), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, name));
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    if is_on {
        painter.rect_filled(rect, radius, cx.colors.panel);
    } else if response.hovered() {
        painter.rect_filled(rect, radius, cx.colors.hover);
    }
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
    response
}

/// A count in the corner of a button; not drawn for 0.
fn badge_ui(ui: &Ui, cx: &Cx<'_>, button: Rect, count: usize, fill: Color32) {
    if count == 0 {
        return;
    }
    let label = if count > 99 { "99+".to_owned() } else { count.to_string() };
    let size = Vec2::new(8.0 + 6.5 * label.len() as f32, 15.0);
    let badge = Rect::from_center_size(Pos2::new(button.right() - 13.0, button.top() + 10.0), size);
    ui.painter().rect_filled(badge, CornerRadius::same(7), fill);
    ui.painter().text(badge.center(), Align2::CENTER_CENTER, label, theme::strong(10.0), cx.colors.on_accent);
}
