//! What a person does with the mouse: drags, boxes, menus.

use egui::{Event, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::Screen;

impl Screen {
    /// The last thing whose name begins like that: menus are drawn last, and their names end with the keys.
    #[track_caller]
    fn item<'a>(&'a self, begin: &'a str) -> egui_kittest::Node<'a> {
        let begins =
            |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|name| name.starts_with(begin));
        let found = self.harness.query_all_by_label_contains(begin).rfind(begins);
        found.unwrap_or_else(|| panic!("no menu has \"{begin}\""))
    }

    /// Whether an item of the open menu can be used.
    #[track_caller]
    pub fn has_enabled_item(&self, begin: &str) -> bool {
        !self.item(begin).accesskit_node().is_disabled()
    }

    /// Chooses an item of the open menu.
    #[track_caller]
    pub fn choose(&mut self, begin: &str) {
        self.item(begin).click_accesskit();
        self.settle();
    }

    /// Presses on one thing, moves in steps, lets go on the other.
    #[track_caller]
    pub fn drag(&mut self, from: &str, to: &str) {
        self.drag_with(from, to, Modifiers::NONE);
    }

    /// The same with keys held when the button is released.
    #[track_caller]
    pub fn drag_with(&mut self, from: &str, to: &str, modifiers: Modifiers) {
        let pos = self.hold(from, to);
        self.let_go(pos, modifiers);
    }

    /// Presses on a thing, moves by a distance, lets go.
    #[track_caller]
    pub fn drag_by(&mut self, from: &str, distance: egui::Vec2, modifiers: Modifiers) {
        let from = self.center(from);
        self.hold_at(from, from + distance);
        self.let_go(from + distance, modifiers);
    }

    /// Draws a box with Shift held.
    pub fn drag_box(&mut self, from: Pos2, to: Pos2) {
        let modifiers = Modifiers::SHIFT;
        self.harness.hover_at(from);
        self.harness.run_steps(1);
        let press = Event::PointerButton { pos: from, button: PointerButton::Primary, pressed: true, modifiers };
        self.harness.event_modifiers(press, modifiers);
        self.harness.run_steps(1);
        for share in [0.2, 0.6, 1.0] {
            self.harness.event_modifiers(Event::PointerMoved(from + (to - from) * share), modifiers);
            self.harness.run_steps(1);
        }
        self.harness.run_steps(2);
        self.let_go(to, modifiers);
    }

    /// Holds keys while the button stays pressed at that position.
    pub fn hold_keys(&mut self, pos: Pos2, modifiers: Modifiers) {
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.harness.event(Event::PointerMoved(pos));
        self.harness.run_steps(2);
    }

    /// Releases the button at a position, with keys held.
    pub fn let_go(&mut self, pos: Pos2, modifiers: Modifiers) {
        let event = Event::PointerButton { pos, button: PointerButton::Primary, pressed: false, modifiers };
        self.harness.event_modifiers(event, modifiers);
        self.settle();
    }

    /// Presses the other button of the mouse, which opens a menu.
    #[track_caller]
    pub fn click_secondary(&mut self, name: &str) {
        let pos = self.center(name);
        self.harness.hover_at(pos);
        self.harness.run_steps(1);
        for pressed in [true, false] {
            let event =
                Event::PointerButton { pos, button: PointerButton::Secondary, pressed, modifiers: Modifiers::NONE };
            self.harness.event(event);
            self.harness.run_steps(1);
        }
        self.settle();
    }

    /// Presses on one widget and moves in steps to the other. Returns the position of the other.
    #[track_caller]
    pub fn hold(&mut self, from: &str, to: &str) -> Pos2 {
        let (from, to) = (self.center(from), self.center(to));
        self.hold_at(from, to);
        to
    }

    /// Presses on a thing and moves by a distance. Returns where the pointer is then.
    #[track_caller]
    pub fn hold_by(&mut self, from: &str, distance: egui::Vec2) -> Pos2 {
        let from = self.center(from);
        self.hold_at(from, from + distance);
        from + distance
    }

    fn hold_at(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.run_steps(1);
        self.harness.drag_at(from);
        self.harness.run_steps(1);
        for share in [0.2, 0.6, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.harness.run_steps(1);
        }
        self.settle();
    }
}
