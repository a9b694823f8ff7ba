//! How every control shows that the pointer is over it, that it is pressed, chosen or has the focus.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Button, Color32, Context, CornerRadius, Event, Id, Painter, Rect, Response, Stroke, StrokeKind, Ui, Vec2};

use super::cx::Cx;
use super::theme::{self, ControlState};

/// The width of the focus ring, and its distance from the control.
const RING: f32 = 2.0;
/// A control larger than this share of the window has its ring inside, because there is no room around it.
const REGION: f32 = 0.2;
/// The width of the edge of a selected row.
const EDGE: f32 = 3.0;

/// What the pointer does with a control, as of the last frame if it is still to be drawn.
pub fn control_state(ui: &Ui, id: Id) -> ControlState {
    ui.ctx().read_response(id).map_or(ControlState::Rest, |response| state_of(&response))
}

/// What the pointer does with a control that was drawn.
pub fn state_of(response: &Response) -> ControlState {
    if response.is_pointer_button_down_on() {
        ControlState::Pressed
    } else if response.hovered() {
        ControlState::Hovered
    } else {
        ControlState::Rest
    }
}

/// Returns whether controls look as if they could be used: they can, or are only behind a dialog.
pub fn looks_enabled(ui: &Ui) -> bool {
    ui.is_enabled() || ui.visuals().disabled_alpha() >= 1.0
}

/// Adds a button without an outline, on a ground of its own or none.
pub fn filled_button(ui: &mut Ui, cx: &Cx<'_>, button: Button<'_>, fill: Option<Color32>) -> Response {
    let state = control_state(ui, ui.next_auto_id());
    ui.add(button.fill(cx.colors.filled(fill, state)).stroke(Stroke::NONE))
}

/// Adds a button that looks like text until the pointer is over it: titles, counts, links to other views.
pub fn quiet_button(ui: &mut Ui, cx: &Cx<'_>, button: Button<'_>) -> Response {
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, Vec2::new(6.0, 2.0));
    let response = filled_button(ui, cx, button, None);
    ui.spacing_mut().button_padding = padding;
    response
}

/// Paints the ground of a row that was drawn as `response`; `rest` is its usual colour.
pub fn row_ground(painter: &Painter, cx: &Cx<'_>, response: &Response, is_selected: bool, rest: Color32) {
    let rect = response.rect;
    let fill = match (is_selected, state_of(response)) {
        (true, _) | (false, ControlState::Pressed) => cx.colors.selected,
        (false, ControlState::Hovered) => cx.colors.hover,
        (false, ControlState::Rest) => rest,
    };
    painter.rect_filled(rect, CornerRadius::ZERO, fill);
    if is_selected {
        selected_edge(painter, cx, rect);
    }
}

/// Paints the edge that a selected row has on its left.
pub fn selected_edge(painter: &Painter, cx: &Cx<'_>, row: Rect) {
    painter.rect_filled(row.with_max_x(row.left() + EDGE), CornerRadius::ZERO, cx.colors.accent);
}

/// Scrolls to the control that has just got the focus, if it is out of sight. `last` had it before.
pub fn scroll_to_focus(ctx: &Context, last: &mut Option<Id>) {
    let focused = ctx.memory(egui::Memory::focused);
    if *last == focused {
        return;
    }
    *last = focused;
    let Some(response) = focused.and_then(|id| ctx.read_response(id)) else { return };
    if !response.interact_rect.contains_rect(response.rect) {
        let request = ActionRequest {
            action: Action::ScrollIntoView,
            target_tree: TreeId::ROOT,
            target_node: response.id.accesskit_id(),
            data: None,
        };
        ctx.input_mut(|input| input.events.push(Event::AccessKitActionRequest(request)));
        ctx.request_repaint();
    }
}

/// Paints the ring around the control that has the focus, above everything else in its layer. It is the only mark of the
/// focus, so that no control can be without one.
pub fn focus_ring_ui(ctx: &Context) {
    let Some(focused) = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id)) else { return };
    // The part that is not scrolled out of sight.
    let rect = focused.interact_rect;
    if !rect.is_positive() {
        return;
    }
    let window = ctx.content_rect();
    let is_region = rect.area() > REGION * window.area();
    let outer = if is_region { rect.shrink(1.0) } else { rect.expand(2.0 * RING) };
    let radius = CornerRadius::same(if is_region { 0 } else { theme::BAR_RADIUS + 3 });
    let accent = ctx.global_style().visuals.selection.stroke.color;
    let painter = ctx.layer_painter(focused.layer_id);
    painter.rect_stroke(outer.intersect(window), radius, Stroke::new(RING, accent), StrokeKind::Inside);
}
