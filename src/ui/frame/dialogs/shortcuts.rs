//! All keyboard shortcuts on one page, from the same lists as `docs/keyboard.md`.

use egui::{Align, Layout, RichText, ScrollArea, Ui, Vec2};

use crate::session::{Command, Menu, keys_in_views};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::modal::{close, done_button, titled};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, strong};

const WIDTH: f32 = 760.0;
const KEYS: f32 = 124.0;

pub fn shortcuts_ui(ui: &Ui, cx: &Cx<'_>) {
    let closes = titled(ui, "Keyboard shortcuts", WIDTH, |ui| {
        let height = ui.ctx().content_rect().height() - 180.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(
            ui,
            |ui| {
                ui.columns(2, |columns| {
                    let [left, right] = columns else { return };
                    for menu in [Menu::File, Menu::Edit] {
                        commands_ui(left, cx, menu);
                    }
                    for menu in [Menu::Go, Menu::View] {
                        commands_ui(right, cx, menu);
                    }
                    // The menus on the right are shorter, so most views go below them.
                    for (index, (heading, rows)) in keys_in_views().enumerate() {
                        rows_ui(if index % 3 == 0 { &mut *left } else { &mut *right }, cx, heading, rows);
                    }
                });
            },
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let palette = keys::text(ui.ctx(), Command::Palette);
            ui.label(muted(cx, format!("Find commands without keys with {palette}")));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if done_button(ui, cx) {
                    close(cx);
                }
            });
        });
    });
    if closes {
        close(cx);
    }
}

fn commands_ui(ui: &mut Ui, cx: &Cx<'_>, menu: Menu) {
    heading(ui, menu.name());
    for command in Command::all().filter(|command| command.menu() == menu) {
        let keys = keys::text(ui.ctx(), command);
        if !keys.is_empty() {
            row(ui, cx, &keys, command.name());
        }
    }
    ui.add_space(12.0);
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, rows: &[(&str, &str)]) {
    heading(ui, title);
    for (keys, what) in rows {
        row(ui, cx, keys, what);
    }
    ui.add_space(12.0);
}

fn heading(ui: &mut Ui, title: &str) {
    ui.label(strong(title));
    ui.add_space(2.0);
}

fn row(ui: &mut Ui, cx: &Cx<'_>, keys: &str, what: &str) {
    ui.horizontal_top(|ui| {
        let keys = RichText::new(keys).font(theme::regular(theme::TEXT)).color(cx.colors.muted);
        ui.allocate_ui_with_layout(Vec2::new(KEYS, 16.0), Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(KEYS);
            ui.label(keys);
        });
        ui.add(egui::Label::new(what.trim_end_matches('…')).wrap());
    });
}
