//! The first start: what is open is a sample, and how to begin.

use egui::Ui;

use crate::session::Command;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, close, titled};
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::widgets::primary_button;

const WIDTH: f32 = 460.0;
const TEXT: &str = "Windowsill plans the maintenance windows of a year. What is open is a sample: the year of a bank that \
                    does not exist. Change it as you like; it is not saved unless you say where.";

pub fn welcome_ui(ui: &Ui, cx: &Cx<'_>, is_new: bool) {
    let closes = titled(ui, "Welcome to Windowsill", WIDTH, |ui| {
        body(ui, TEXT);
        ui.add_space(16.0);
        at_right_end(ui, "buttons", |ui| {
            if ui.button("Look at the sample").clicked() {
                close(cx);
            }
            if ui.button(Command::Open.name()).on_hover_text(Command::Open.help()).clicked() {
                cx.run(Command::Open);
            }
            let new = primary_button(ui, cx, Command::NewPlan.name()).on_hover_text(Command::NewPlan.help());
            if is_new {
                new.request_focus();
            }
            if new.clicked() {
                close(cx);
                cx.run(Command::NewPlan);
            }
        });
    });
    if closes {
        close(cx);
    }
}
