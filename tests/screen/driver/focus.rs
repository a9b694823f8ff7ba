//! The focus, the pointer at rest, and the window itself.

use egui::{Event, Key, Modifiers, Rect, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::Screen;

/// What has the keyboard focus.
#[derive(Debug)]
pub struct Stop {
    pub id: String,
    pub name: String,
    pub rect: Rect,
    /// Whether the focus ring is around it.
    pub has_ring: bool,
    /// Whether it is on a card above the view.
    pub is_in_card: bool,
}

impl Screen {
    /// Turns the wheel over a thing, or the first one whose name contains `name`: those of menu items end with the keys.
    #[track_caller]
    pub fn scroll_at(&mut self, name: &str, points: f32) {
        let at = self.found(name).map_or_else(|| self.rect_of(name), |node| node.rect()).center();
        self.harness.hover_at(at);
        self.harness.run_steps(1);
        self.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        self.harness.run_steps(20);
    }

    /// Closes the window as the desktop does.
    pub fn close_window(&mut self) {
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        self.harness.run_steps(1);
        let viewport = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.clear();
        self.settle();
    }

    /// The width of a text in the regular weight.
    pub fn text_width(&self, text: &str, size: f32) -> f32 {
        let font = egui::FontId::proportional(size);
        self.harness.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, egui::Color32::BLACK).size().x)
    }

    /// The user returns to the window from another program.
    pub fn gain_focus(&mut self) {
        self.harness.event(Event::WindowFocused(true));
        self.settle();
        self.finish_jobs();
    }

    /// Gives the keyboard focus to a widget.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        self.harness.get_by_label(name).focus();
        self.settle();
    }

    /// Where the ring around the widget with the focus is painted.
    pub fn focus_ring(&self) -> Option<Rect> {
        let accent = self.harness.ctx.global_style().visuals.selection.stroke.color;
        self.harness.output().shapes.iter().find_map(|clipped| match &clipped.shape {
            egui::Shape::Rect(rect) => {
                let is_ring = rect.fill == egui::Color32::TRANSPARENT && rect.stroke == egui::Stroke::new(2.0, accent);
                (is_ring && clipped.clip_rect.contains_rect(rect.rect)).then_some(rect.rect)
            }
            _ => None,
        })
    }

    /// Lets time pass without any input.
    pub fn wait(&mut self, seconds: f32) {
        // One step of the harness is a quarter of a second.
        self.harness.run_steps((seconds * 4.0) as usize);
    }

    /// Whether screen readers announce the text when it appears.
    #[track_caller]
    pub fn is_announced(&self, text: &str) -> bool {
        self.harness.get_by_label(text).accesskit_node().live() != egui::accesskit::Live::Off
    }

    #[track_caller]
    pub fn focus_role(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).focus();
        self.settle();
    }

    #[track_caller]
    pub fn expect_role(&self, role: Role, name: &str) {
        assert!(self.harness.query_by_role_and_label(role, name).is_some(), "there is no {role:?} \"{name}\"");
    }

    /// What has the keyboard focus.
    pub fn stop(&self) -> Option<Stop> {
        let root = self.harness.root();
        let node = root.children_recursive().find(|node| node.accesskit_node().is_focused())?;
        let (rect, accesskit) = (node.rect(), node.accesskit_node());
        let ring = self.focus_ring();
        let is_in_card = std::iter::successors(Some(accesskit), egui_kittest::kittest::AccessKitNode::parent)
            .any(|each| each.label().is_some_and(|label| label == "Inspector"));
        Some(Stop {
            id: format!("{:?}", accesskit.id()),
            name: accesskit.label().or(accesskit.value()).unwrap_or_default(),
            rect,
            has_ring: ring.is_some_and(|ring| ring.expand(4.0).intersects(rect)),
            is_in_card,
        })
    }

    /// Presses a key without waiting for what it starts.
    pub fn press_quickly(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run_steps(3);
    }

    /// Presses keys so quickly that one frame has all of them.
    pub fn press_together(&mut self, keys: &[(Modifiers, Key)]) {
        let events = keys.iter().map(|(modifiers, key)| Event::Key {
            key: *key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: *modifiers,
        });
        self.harness.input_mut().events.extend(events);
        self.settle();
    }

    /// Presses a key, and returns whether egui says on screen that too many frames in a row were drawn twice.
    pub fn draws_twice_too_often_after(&mut self, key: Key) -> bool {
        self.harness.key_press(key);
        (0..10).any(|_| {
            self.harness.run_steps(1);
            self.harness.output().shapes.iter().any(|clipped| is_warning(&clipped.shape))
        })
    }

    /// What is chosen in the drop-down list of that name.
    #[track_caller]
    pub fn chosen_in(&self, list: &str) -> String {
        self.harness.get_by_role_and_label(Role::ComboBox, list).accesskit_node().value().unwrap_or_default()
    }

    /// Whether screen readers are not told of a thing.
    #[track_caller]
    pub fn is_hidden(&self, name: &str) -> bool {
        let node = self.harness.get_by_label(name);
        std::iter::successors(Some(node.accesskit_node()), egui_kittest::kittest::AccessKitNode::parent)
            .any(|each| each.is_hidden())
    }

    /// Where the button of that name is.
    #[track_caller]
    pub fn button_rect(&self, name: &str) -> Rect {
        self.harness.get_by_role_and_label(Role::Button, name).rect()
    }

    /// Lets the pointer rest on a thing until its tooltip is shown.
    #[track_caller]
    pub fn hover_long(&mut self, name: &str) {
        let at = self.center(name);
        self.harness.hover_at(at);
        self.harness.run_steps(60);
    }

    /// Whether nothing wants to be drawn again before something happens.
    pub fn is_idle(&self) -> bool {
        let output = self.harness.output();
        output.viewport_output.values().all(|viewport| viewport.repaint_delay == std::time::Duration::MAX)
    }
}

fn is_warning(shape: &egui::Shape) -> bool {
    match shape {
        egui::Shape::Text(text) => text.galley.text().contains("PERF WARNING"),
        egui::Shape::Vec(shapes) => shapes.iter().any(is_warning),
        _ => false,
    }
}
