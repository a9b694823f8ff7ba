//! A figure that opens the list that it counts.

use egui::{Align2, Color32, CornerRadius, FontId, Rect, Role, Sense, Ui, Vec2};

use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::state_of;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::name;

/// Draws a figure at the right end of `rect`, and returns whether it was clicked. `label` is its name for screen readers;
/// with its value it must be unique in the view. A figure that counts nothing is text alone.
pub fn number_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    rect: Rect,
    (label, value): (&str, &str),
    (font, color): (FontId, Color32),
    is_link: bool,
) -> bool {
    let sense = if is_link { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with(("figure", label)), sense);
    name(&response, if is_link { Role::Button } else { Role::Label }, || format!("{label}, {value}"));
    if is_link {
        let fill = cx.colors.filled(None, state_of(&response));
        ui.painter().rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), fill);
    }
    let at = rect.right_center() - Vec2::new(4.0, 0.0);
    ui.painter().text(at, Align2::RIGHT_CENTER, value, font, color);
    response.clicked()
}
