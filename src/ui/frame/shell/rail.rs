//! The rail on the left: the menu and the views.

use egui::{
    Align2, Color32, CornerRadius, Painter, Pos2, Rect, Response, Role, ScrollArea, Sense, Shape, Stroke, Ui, Vec2,
    WidgetInfo,
};
use lucide_icons::Icon;

use crate::session::{Command, Menu, Session, ViewKind};
use crate::ui::frame::views::{badge, icon};
use crate::ui::parts::command_item::command_item_ui;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::theme;

/// The usual height of a button, the one with a smaller word, and the one of an icon alone, which has its name as a tooltip.
const HEIGHT: f32 = 48.0;
const COMPACT: f32 = 34.0;
const ICONS: f32 = 26.0;
/// The height below which the icon and its word are smaller.
const SMALLER: f32 = 40.0;
const GAP: f32 = 6.0;
/// The line between two groups, with the space around it.
const RULE: f32 = 7.0;

/// What the frame of a menu takes of the height of the window.
const MENU_FRAME: f32 = 32.0;

/// The views in groups: planning, the work itself, and what needs watching.
const GROUPS: [&[ViewKind]; 3] = [
    &[ViewKind::Calendar, ViewKind::Groups, ViewKind::Cycles, ViewKind::Lists, ViewKind::People],
    &[ViewKind::Night, ViewKind::Ledger, ViewKind::Changes],
    &[ViewKind::Advisories, ViewKind::Compliance, ViewKind::Findings],
];

/// The height of a button and the space between two, so that all are visible in `room`.
fn heights(room: f32) -> (f32, f32) {
    let buttons = 1.0 + ViewKind::ALL.len() as f32;
    let each = (room - GROUPS.len() as f32 * RULE) / buttons;
    let gap = (each - HEIGHT).clamp(1.0, GAP);
    let height = (each - gap).min(HEIGHT);
    (if height < COMPACT { ICONS.max(height.min(COMPACT)) } else { height }, gap)
}

/// `room` is the visible height.
pub fn rail_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, room: f32) {
    let (height, gap) = heights(room);
    ui.spacing_mut().item_spacing.y = gap;
    ui.spacing_mut().interact_size.y = height;
    let menu = rail_button(ui, cx, Icon::Menu, "Menu", false, None);
    let menu = menu.on_hover_text("Menu");
    egui::Popup::menu(&menu).width(260.0).show(|ui| menu_ui(ui, cx));
    for group in GROUPS {
        rule_ui(ui, cx);
        for view in group {
            let (count, fill) = badge(cx, session, *view);
            let badge = (count > 0).then(|| (badge_text(count), fill));
            let button = rail_button(ui, cx, icon(*view), view.row().title, cx.view().kind() == *view, badge);
            let command = Command::Show(*view);
            let keys = keys::text(ui.ctx(), command);
            if button.on_hover_text(format!("{}  {keys}", view.row().title)).clicked() {
                cx.run(command);
            }
        }
    }
}

fn rule_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let height = (RULE - ui.spacing().item_spacing.y).max(1.0);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(56.0, height), Sense::hover());
    ui.painter().hline(rect.shrink2(Vec2::new(8.0, 0.0)).x_range(), rect.center().y, Stroke::new(1.0, cx.colors.line));
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    for menu in Menu::ALL {
        ui.menu_button(menu.name(), |ui| {
            scrolling(ui, |ui| commands_ui(ui, cx, menu));
        });
    }
}

/// A menu that scrolls if the window is lower than it is.
fn scrolling(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let room = ui.ctx().content_rect().height() - MENU_FRAME;
    ScrollArea::vertical().max_height(room).show(ui, content);
}

fn commands_ui(ui: &mut Ui, cx: &Cx<'_>, menu: Menu) {
    ui.set_min_width(280.0);
    let commands: Vec<Command> = Command::all().filter(|command| command.menu() == menu).collect();
    for group in commands.chunk_by(|a, b| a.submenu().is_some() && a.submenu() == b.submenu()) {
        if group[0].begins_section() {
            ui.separator();
        }
        match group[0].submenu() {
            Some(name) => {
                ui.menu_button(name, |ui| {
                    scrolling(ui, |ui| {
                        ui.set_min_width(260.0);
                        for command in group {
                            command_item_ui(ui, cx, *command);
                        }
                    });
                });
            }
            None => command_item_ui(ui, cx, group[0]),
        }
        if group[0] == Command::Open && !cx.settings().recent.is_empty() {
            ui.menu_button("Open recent", |ui| scrolling(ui, |ui| recent_ui(ui, cx)));
        }
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

/// An icon above a word, or alone in a low window. `badge` is a count with its colour.
fn rail_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    icon: Icon,
    name: &str,
    is_on: bool,
    badge: Option<(String, Color32)>,
) -> Response {
    let height = ui.spacing().interact_size.y;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(56.0, height), Sense::click());
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
    let has_word = height >= COMPACT;
    let (size, word) = if height < SMALLER { (15.0, 9.5) } else { (18.0, theme::SMALL) };
    let up = if has_word { height / 6.0 } else { 0.0 };
    // A wide badge moves the icon to the left, so that it neither covers the icon nor leaves the rail.
    let aside = if badge.as_ref().is_some_and(|(text, _)| text.len() > 2) { 8.0 } else { 0.0 };
    let at = rect.center() - Vec2::new(aside, up);
    painter.text(at, Align2::CENTER_CENTER, char::from(icon), theme::icon(size), color);
    if has_word {
        let at = rect.center() + Vec2::new(0.0, height * 0.27);
        // A long word is a little smaller, so that it stays within its button.
        let width = painter.layout_no_wrap(name.to_owned(), theme::regular(word), text).size().x;
        let word = if width > rect.width() { word - 1.0 } else { word };
        painter.text(at, Align2::CENTER_CENTER, name, theme::regular(word), text);
    }
    if let Some((label, fill)) = badge {
        let corner = at + Vec2::new(size / 2.0 - 1.0, -size / 2.0 + 1.0);
        painter.add(badge_at(cx, painter, corner.max(Pos2::new(rect.left(), rect.top() + 6.5)), label, fill));
    }
    response
}

fn badge_text(count: usize) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// A count whose left end is at the corner of an icon.
fn badge_at(cx: &Cx<'_>, painter: &Painter, corner: Pos2, label: String, fill: Color32) -> Shape {
    const HEIGHT: f32 = 13.0;
    let text = painter.layout_no_wrap(label, theme::strong(9.5), cx.colors.on_accent);
    let width = (text.size().x + 6.0).max(HEIGHT);
    let badge = Rect::from_min_size(corner - Vec2::new(0.0, HEIGHT / 2.0), Vec2::new(width, HEIGHT));
    let at = Align2::CENTER_CENTER.anchor_size(badge.center(), text.size());
    Shape::Vec(vec![
        Shape::rect_filled(badge, CornerRadius::same(6), fill),
        Shape::galley(at.min, text, cx.colors.on_accent),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_in_one_group_in_the_order_of_the_views() {
        assert_eq!(GROUPS.concat(), ViewKind::ALL);
    }

    #[test]
    fn all_buttons_are_visible_in_the_lowest_windows() {
        let needed = |room: f32| {
            let (height, gap) = heights(room);
            11.0 * (height + gap) + 3.0 * RULE
        };
        for room in [1000.0, 700.0, 624.0, 500.0, 358.0] {
            assert!(needed(room) <= room + 1.0, "{room}: {:?} needs {}", heights(room), needed(room));
        }
        assert!(heights(1000.0).0 >= HEIGHT);
        assert!(heights(608.0).0 >= SMALLER, "at 1024 × 700 the words have their usual size");
        assert!(heights(200.0).0 >= ICONS, "a still lower rail scrolls");
    }
}
