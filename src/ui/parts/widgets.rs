//! Small building blocks that several views share.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Wake, Waker};
use std::time::Duration;

use egui::{
    Align2, Button, Color32, CornerRadius, EventFilter, FontId, Id, Key, Painter, Pos2, Rect, Response, RichText, Role,
    Sense, Stroke, Ui, Vec2, WidgetInfo, WidgetText,
};
use lucide_icons::Icon;

use super::cx::Cx;
use super::keys;
use super::states::{filled_button, looks_enabled, state_of};
use super::theme;
use crate::session::Command;
use crate::session::state::jobs::RunningJob;

/// An icon as text.
pub fn icon_text(icon: Icon, size: f32) -> RichText {
    RichText::new(char::from(icon).to_string()).font(theme::icon(size))
}

/// A borderless square button with an icon; `name` is its tooltip and its name for screen readers.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    icon_button_with_help(ui, icon, name, name, enabled)
}

/// An icon that runs a command; its tooltip has the command's keys.
pub fn command_icon_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, command: Command) -> Response {
    let name = cx.label(command);
    let help = keys::with_keys(ui.ctx(), &name, command);
    let response = icon_button_with_help(ui, icon, &name, &help, cx.is_enabled(command));
    if response.clicked() {
        cx.run(command);
    }
    response
}

/// A borderless square button with an icon, whose tooltip says more than its name.
pub fn icon_button_with_help(ui: &mut Ui, icon: Icon, name: &str, help: &str, enabled: bool) -> Response {
    icon_button_that(ui, icon, (name, help), enabled, Sense::click())
}

/// A button for the pointer beside a field in which the same can be typed: Tab skips it.
pub fn step_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    icon_button_that(ui, icon, (name, name), enabled, Sense::CLICK)
}

fn icon_button_that(ui: &mut Ui, icon: Icon, (name, help): (&str, &str), enabled: bool, sense: Sense) -> Response {
    let colors = theme::Colors::for_visuals(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(26.0), if enabled { sense } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if enabled {
        let fill = colors.filled(None, state_of(&response));
        ui.painter().rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), fill);
    }
    let color = if enabled { colors.text } else { colors.outline };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, char::from(icon), theme::icon(15.0), color);
    response.on_hover_text(help)
}

/// A button that runs a command, with its shortcut in the tooltip.
pub fn command_button(ui: &mut Ui, cx: &Cx<'_>, command: Command) -> Response {
    let enabled = cx.is_enabled(command);
    let response = ui.add_enabled(enabled, Button::new(command.name()));
    if response.clicked() {
        cx.run(command);
    }
    response.on_hover_text(keys::with_keys(ui.ctx(), command.help(), command))
}

/// A button in the accent colour, for the main action.
pub fn primary_button(ui: &mut Ui, cx: &Cx<'_>, text: &str) -> Response {
    let (ink, fill) =
        if looks_enabled(ui) { (cx.colors.on_accent, cx.colors.accent) } else { (cx.colors.text, cx.colors.line) };
    let text = RichText::new(text).color(ink).font(theme::strong(theme::TEXT));
    filled_button(ui, cx, Button::new(text), Some(fill))
}

/// A row of options of which one is selected.
pub fn segments<T: PartialEq + Copy>(ui: &mut Ui, cx: &Cx<'_>, choices: &[(T, &str)], current: T) -> Option<T> {
    let choices: Vec<_> = choices.iter().map(|(value, name)| (*value, *name, String::new())).collect();
    segments_with_help(ui, cx, &choices, current)
}

/// A row of options with a tooltip each, of which one is selected.
pub fn segments_with_help<T: PartialEq + Copy>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    choices: &[(T, &str, String)],
    current: T,
) -> Option<T> {
    let on = choices.iter().position(|(value, ..)| *value == current);
    let mut ids = Vec::with_capacity(choices.len());
    let mut chosen = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    for (index, (_, name, help)) in choices.iter().enumerate() {
        let is_on = on == Some(index);
        let color = if is_on { cx.colors.on_accent } else { cx.colors.text };
        let font = if is_on { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
        let button = Button::selectable(is_on, RichText::new(*name).font(font).color(color));
        // One stop for the whole row, the selected option, as a group of radio buttons is.
        let is_stop = index == on.unwrap_or_default();
        let button = button.sense(if is_stop { Sense::click() } else { Sense::CLICK });
        let response = filled_button(ui, cx, button, is_on.then_some(cx.colors.accent));
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_on, *name));
        ids.push(response.id);
        if response.clicked() {
            chosen = Some(index);
        }
        if !help.is_empty() {
            response.on_hover_text(help);
        }
    }
    let stepped = segment_keys(ui, &ids);
    if let Some(id) = stepped.and_then(|index| ids.get(index)) {
        ui.memory_mut(|memory| memory.request_focus(*id));
    }
    chosen.or(stepped).and_then(|index| choices.get(index)).map(|(value, ..)| *value)
}

/// The option that the arrow keys, Home and End go to, if one of these options has the focus.
fn segment_keys(ui: &Ui, ids: &[Id]) -> Option<usize> {
    let focused = ui.memory(egui::Memory::focused)?;
    let at = ids.iter().position(|id| *id == focused)?;
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
    let last = ids.len() - 1;
    let steps = [
        (Key::ArrowLeft, at.saturating_sub(1)),
        (Key::ArrowRight, (at + 1).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    steps.into_iter().find(|(key, to)| pressed(*key) && *to != at).map(|(_, to)| to)
}

/// Secondary text.
pub fn muted(cx: &Cx<'_>, text: impl Into<String>) -> RichText {
    RichText::new(text).font(theme::regular(theme::SMALL)).color(cx.colors.muted)
}

/// A heading inside a panel.
pub fn head(text: impl Into<String>) -> RichText {
    RichText::new(text).font(theme::strong(theme::HEAD))
}

/// Text in the heavier weight.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).font(theme::strong(theme::TEXT))
}

/// A one-pixel line across the full width.
pub fn rule(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, cx.colors.line));
}

/// The line below a painted row.
pub fn row_line(painter: &Painter, cx: &Cx<'_>, row: Rect) {
    painter.hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// Shown instead of an empty list: what is missing and what to do about it.
pub fn empty_state(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, title: &str, advice: &str) {
    empty_state_text(ui, cx, icon, title, advice);
}

/// The same. Returns where the text is.
pub fn empty_state_text(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, title: &str, advice: &str) -> Rect {
    let texts = ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.25);
        let icon = ui.label(icon_text(icon, 28.0).color(cx.colors.muted));
        ui.add_space(8.0);
        icon.rect | ui.label(head(title)).rect | ui.label(muted(cx, advice)).rect
    });
    texts.inner
}

/// The progress of a job as a bar; if the progress is unknown, a segment moves back and forth.
pub fn job_bar(ui: &mut Ui, cx: &Cx<'_>, job: &RunningJob<'_>, width: f32) {
    const HEIGHT: f32 = 6.0;
    const PART: f32 = 0.3;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, HEIGHT), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, job.label);
        info.value = job.done.map(|done| f64::from((done * 100.0).floor()));
        info
    });
    let (from, to) = job.done.map_or_else(
        || {
            ui.ctx().request_repaint_after(Duration::from_millis(40));
            let from = (1.0 - PART) * (0.5 - 0.5 * ui.input(|input| input.time * 2.0).cos() as f32);
            (from, from + PART)
        },
        |done| (0.0, done),
    );
    let at = |share: f32| rect.left() + share * rect.width();
    let radius = CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, cx.colors.line);
    let done = Rect::from_x_y_ranges(at(from)..=at(to).max(at(from) + HEIGHT), rect.y_range());
    ui.painter().rect_filled(done, radius, cx.colors.accent);
}

/// Paints `text` into `rect` from the left, truncated with "…" if it is too long. Returns the width used.
pub fn text_in(painter: &Painter, rect: Rect, text: &str, font: FontId, color: Color32) -> f32 {
    if rect.width() < 6.0 {
        return 0.0;
    }
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
    let galley = painter.layout_job(job);
    let size = galley.size();
    painter.galley(Pos2::new(rect.left(), rect.center().y - size.y / 2.0), galley, color);
    size.x
}

/// Gives a custom-painted widget a name for screen readers.
pub fn name(response: &Response, kind: Role, name: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::labeled(kind, true, name()));
}

/// A label that wraps.
pub fn text(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    ui.add(egui::Label::new(text).wrap())
}

/// Blocks this thread until a future that is nearly ready completes.
pub fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = TaskContext::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::hint::spin_loop();
    }
}

/// Repaints the screen when a future that it waits for is ready.
pub struct WakeScreen(pub egui::Context);

impl Wake for WakeScreen {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}
