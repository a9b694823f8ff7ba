//! Form elements other than fields: rows with labels, and weekdays.

use chrono::Weekday;
use egui::{Align, Button, Layout, Ui, Vec2};

use super::cx::Cx;
use super::widgets::muted;
use crate::wording::capitalised;

/// Width of the labels on the left of a form.
const LABEL: f32 = 116.0;

/// A row of a form: the label on the left, the field on the right.
pub fn row<R>(ui: &mut Ui, cx: &Cx<'_>, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    row_of(ui, cx, LABEL, label, field)
}

/// The same with a label that is `room` wide.
pub fn row_of<R>(ui: &mut Ui, cx: &Cx<'_>, room: f32, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(Vec2::new(room, 24.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(muted(cx, label)).wrap());
        });
        ui.vertical(field).inner
    })
    .inner
}

/// Pairs all values of a choice with their names, as the fields expect them.
pub fn named<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<(T, String)> {
    all.iter().map(|value| (*value, capitalised(word(*value)))).collect()
}

/// Weekdays to switch on and off, Monday first.
pub fn weekdays(ui: &mut Ui, name: &str, current: &[Weekday]) -> Option<Vec<Weekday>> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    const WEEK: [Weekday; 7] = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let mut toggled = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for day in WEEK {
            let word = crate::wording::weekday(day);
            let response =
                ui.add(Button::selectable(current.contains(&day), &word[..2]).min_size(Vec2::new(26.0, 24.0)));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{name}, {word}")));
            if response.clicked() {
                toggled = Some(day);
            }
        }
    });
    let toggled = toggled?;
    Some(WEEK.into_iter().filter(|day| current.contains(day) != (*day == toggled)).collect())
}
