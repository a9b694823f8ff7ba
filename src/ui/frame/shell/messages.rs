//! Messages over the view, which move nothing: what was done at the bottom, information and errors as cards at the top
//! right. All but errors go away after a while, but not while they are pointed at or have the keyboard.

use egui::accesskit::Live;
use egui::{Align, Align2, Area, Button, Frame, Id, Label, Layout, Margin, Order, Pos2, Rect, Response, Stroke, Ui};
use lucide_icons::Icon;

use crate::session::{Action, Message, MessageButton, MessageKind, Session};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, icon_text, strong, text};

/// The width of a card.
const CARD: f32 = 360.0;
/// The longest text of a toast in one line.
const TOAST: f32 = 420.0;
/// The distance from the edges of the view.
const MARGIN: f32 = 16.0;
/// The room that the card about changes by others takes.
const OUTSIDE_CARD: f32 = 456.0;
/// A message stays at least this long after the pointer has left it, in seconds.
const AFTERWARDS: f64 = 1.5;

/// How long a message is still shown.
#[derive(Clone, Copy, Default)]
struct Remaining {
    seconds: f64,
    /// When it was drawn last.
    drawn: f64,
    /// Whether it was in use then, so that its time stood still.
    is_held: bool,
}

/// Draws the messages over a view. `open` is the part of the view that the inspector leaves.
pub fn messages_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, open: Rect) {
    let view = ui.max_rect();
    let mut top = view.top() + MARGIN;
    for message in session.messages.iter().filter(|message| !message.is_toast()).rev() {
        let at = Pos2::new(view.right() - MARGIN, top);
        let shown = card_ui(ui, cx, message, at);
        top = shown.bottom() + 8.0;
    }
    if let Some(message) = session.messages.toast() {
        let has_card = session.outside.card().is_some();
        let right = if has_card { open.right().min(view.right() - OUTSIDE_CARD) } else { open.right() };
        let room = open.with_max_x(right.max(open.left() + TOAST));
        toast_ui(ui, cx, message, Pos2::new(room.center().x, view.bottom() - MARGIN));
    }
}

fn toast_ui(ui: &Ui, cx: &Cx<'_>, message: &Message, at: Pos2) {
    show(ui, cx, message, Align2::CENTER_BOTTOM, at, |ui, is_held| {
        let is_long = is_wider(ui, &message.text, TOAST);
        if is_long {
            ui.set_max_width(TOAST);
            let label = text(ui, &message.text);
            announced(ui, label, message);
            // An empty row would leave a gap below the text.
            if !message.buttons.is_empty() {
                ui.horizontal(|ui| buttons_ui(ui, cx, message, is_held));
            }
        } else {
            ui.horizontal(|ui| {
                let label = ui.add(Label::new(&message.text).extend());
                announced(ui, label, message);
                buttons_ui(ui, cx, message, is_held);
            });
        }
    });
}

fn card_ui(ui: &Ui, cx: &Cx<'_>, message: &Message, at: Pos2) -> Rect {
    let width = CARD.min(ui.max_rect().width() - 2.0 * MARGIN);
    show(ui, cx, message, Align2::RIGHT_TOP, at, |ui, is_held| {
        ui.set_width(width - 28.0);
        let (icon, color) =
            if message.is_error() { (Icon::CircleAlert, cx.colors.error) } else { (Icon::Info, cx.colors.accent) };
        ui.horizontal_top(|ui| {
            ui.label(icon_text(icon, 16.0).color(color));
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let dismiss = icon_button(ui, Icon::X, "Dismiss", true);
                *is_held |= dismiss.has_focus();
                if dismiss.clicked() {
                    cx.send(Action::DismissMessage(message.id));
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add_space(2.0);
                    let label = text(ui, &message.text);
                    announced(ui, label, message);
                    if !message.buttons.is_empty() {
                        ui.horizontal_wrapped(|ui| buttons_ui(ui, cx, message, is_held));
                    }
                });
            });
        });
    })
}

/// Shows a message, and dismisses it when its time is over. `content` says whether it has the keyboard.
fn show(
    ui: &Ui,
    cx: &Cx<'_>,
    message: &Message,
    pivot: Align2,
    at: Pos2,
    content: impl FnOnce(&mut Ui, &mut bool),
) -> Rect {
    let name = if message.is_toast() {
        "toast"
    } else if message.is_error() {
        "error"
    } else {
        "information"
    };
    let area = Area::new(Id::unique(("message", name))).order(Order::Middle).pivot(pivot).fixed_pos(at);
    let mut is_held = false;
    let shown = area.show(ui.ctx(), |ui| {
        let stroke = Stroke::new(1.0, if message.is_error() { cx.colors.error } else { cx.colors.line });
        let frame = Frame::popup(ui.style()).stroke(stroke).corner_radius(theme::CARD_RADIUS);
        let margin = if message.is_toast() { Margin::symmetric(14, 8) } else { Margin::symmetric(14, 10) };
        frame.inner_margin(margin).show(ui, |ui| content(ui, &mut is_held));
    });
    // Above the inspector, which is on the same level.
    ui.ctx().move_to_top(shown.response.layer_id);
    is_held |= shown.response.contains_pointer();
    if let Some(seconds) = message.seconds() {
        count_down(ui, cx, message.id, seconds, is_held);
    }
    shown.response.rect
}

/// Dismisses the message with that id after a while.
fn count_down(ui: &Ui, cx: &Cx<'_>, id: u64, seconds: f64, is_held: bool) {
    let now = ui.input(|input| input.time);
    let key = Id::unique(("time of message", id));
    let before = ui.data(|data| data.get_temp::<Remaining>(key));
    let mut remaining = before.unwrap_or(Remaining { seconds, drawn: now, is_held });
    if !remaining.is_held {
        remaining.seconds -= now - remaining.drawn;
    }
    if is_held {
        remaining.seconds = remaining.seconds.max(AFTERWARDS);
    }
    remaining = Remaining { drawn: now, is_held, ..remaining };
    if remaining.seconds <= 0.0 {
        ui.data_mut(|data| data.remove::<Remaining>(key));
        cx.send(Action::DismissMessage(id));
        return;
    }
    if !is_held {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(remaining.seconds));
    }
    ui.data_mut(|data| data.insert_temp(key, remaining));
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, message: &Message, is_held: &mut bool) {
    for button in &message.buttons {
        let is_enabled = !matches!(button, MessageButton::Step(command, _) if !cx.is_enabled(*command));
        let label = strong(button.text()).color(cx.colors.accent);
        let response = ui.add_enabled(is_enabled, Button::new(label).frame(false));
        *is_held |= response.has_focus();
        if response.clicked() {
            press(cx, button);
            if message.kind != MessageKind::Edit {
                cx.send(Action::DismissMessage(message.id));
            }
        }
        if let MessageButton::Step(command, _) = button {
            let keys = keys::text(ui.ctx(), *command);
            let keys = if keys.is_empty() { keys } else { format!(" ({keys})") };
            response.on_hover_text(format!("{}{keys}", cx.label(*command)));
        }
    }
}

fn press(cx: &Cx<'_>, button: &MessageButton) {
    match button {
        MessageButton::Step(command, at) => cx.send(Action::Step(*command, *at)),
        MessageButton::Open(path) => cx.send(Action::OpenElsewhere(path.clone())),
        MessageButton::ShowInFolder(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            cx.send(Action::OpenElsewhere(folder.map_or_else(|| ".".into(), std::path::Path::to_owned)));
        }
    }
}

/// Lets screen readers announce a text when it appears or changes.
fn announced(ui: &Ui, label: Response, message: &Message) {
    let live = if message.is_error() { Live::Assertive } else { Live::Polite };
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(live));
}

fn is_wider(ui: &Ui, text: &str, width: f32) -> bool {
    let font = theme::regular(theme::TEXT);
    let color = ui.visuals().text_color();
    ui.painter().layout_no_wrap(text.to_owned(), font, color).size().x > width
}
