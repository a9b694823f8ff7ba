//! The inspector: a card over the right side of the view, so that opening it moves nothing.

use egui::{Area, CornerRadius, CursorIcon, Frame, Id, Order, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use crate::session::{Command, Selection};
use crate::ui::frame::inspector;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::widgets::icon_button_with_help;
use crate::ui::views::calendar::CalendarState;

const USUAL: f32 = 340.0;
const NARROWEST: f32 = 280.0;
const WIDEST: f32 = 520.0;
/// At least this much of the view stays visible.
const VIEW: f32 = 320.0;
/// The part of the left edge that can be dragged.
const HANDLE: f32 = 6.0;

fn id() -> Id {
    Id::unique("inspector")
}

/// The width of the card in a view of that area.
pub fn width(ui: &Ui, area: Rect) -> f32 {
    let wanted = ui.data(|data| data.get_temp::<f32>(id())).unwrap_or(USUAL);
    wanted.clamp(NARROWEST, WIDEST).min((area.width() - VIEW).max(NARROWEST))
}

/// Draws the inspector over the right side of `area`, if it is open. A closed one is shown empty: egui draws nothing of an
/// area in its first frame, and the name of a new window gets the focus in the frame in which the inspector opens.
pub fn inspector_ui(ui: &Ui, cx: &Cx<'_>, calendar: &mut CalendarState, area: Rect, is_open: bool) {
    let card = area.with_min_x(area.right() - width(ui, area));
    let shown = Area::new(id()).order(Order::Middle).fixed_pos(card.min).constrain(false).interactable(is_open);
    shown.show(ui.ctx(), |ui| {
        if !is_open {
            return;
        }
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Pane);
            node.set_label("Inspector");
        });
        if cx.has_dialog() {
            super::put_behind_dialog(ui);
        }
        ui.set_clip_rect(card.expand2(Vec2::new(24.0, 0.0)));
        // Takes the clicks that would otherwise reach the view below.
        ui.allocate_rect(card, Sense::CLICK);
        let frame = Frame::new().fill(cx.colors.panel).stroke(Stroke::new(1.0, cx.colors.line));
        ui.painter().add(ui.visuals().popup_shadow.as_shape(card, CornerRadius::ZERO));
        ui.painter().add(frame.paint(card));
        resize_ui(ui, card);
        let mut content = ui.new_child(UiBuilder::new().max_rect(card));
        content.set_clip_rect(card);
        close_ui(&mut content, cx, card);
        inspector::inspector_ui(&mut content, cx, calendar);
    });
}

/// The left edge changes the width.
fn resize_ui(ui: &Ui, card: Rect) {
    let edge = card.with_max_x(card.left() + HANDLE).translate(Vec2::new(-HANDLE / 2.0, 0.0));
    let response = ui.interact(edge, id().with("edge"), Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        let width = (card.right() - at.x).clamp(NARROWEST, WIDEST);
        ui.data_mut(|data| data.insert_temp(id(), width));
    }
}

/// The cross that closes it: nothing is selected then.
fn close_ui(ui: &mut Ui, cx: &Cx<'_>, card: Rect) {
    let square = Rect::from_min_size(Pos2::new(card.right() - 32.0, card.top() + 6.0), Vec2::splat(26.0));
    let mut corner = ui.new_child(UiBuilder::new().max_rect(square));
    let help = keys::with_keys(ui.ctx(), "Close the inspector", Command::ToggleInspector);
    if icon_button_with_help(&mut corner, Icon::X, "Close the inspector", &help, true).clicked() {
        cx.select(Selection::Nothing);
    }
}
