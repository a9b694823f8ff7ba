//! Runs the program without a visible window; finds widgets by their accessible names.

mod gestures;

use std::cell::RefCell;
use std::rc::Rc;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use windowsill::model::{Plan, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, FileState, Session, View};
use windowsill::ui::App;

mod focus;

pub use focus::Stop;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

pub struct Screen {
    harness: Harness<'static>,
    app: Rc<RefCell<Option<App>>>,
}

impl Screen {
    /// A window of 1280 × 800 points on `plan`, on 1 March 2027, with that view open.
    pub fn new(plan: Plan, view: View) -> Self {
        let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(NOW)), None);
        session.perform(Action::Show(view));
        Self::with_session(session)
    }

    /// The same window on a session that was prepared before.
    pub fn with_session(session: Session) -> Self {
        let app = Rc::new(RefCell::new(None::<App>));
        let (made, drawn) = (Rc::clone(&app), Rc::clone(&app));
        let setup = move |ctx: &egui::Context| {
            let mut app = App::new(session);
            app.attach(ctx);
            app.use_own_file_dialogs();
            *made.borrow_mut() = Some(app);
        };
        let builder = Harness::builder().with_size([1280.0, 800.0]).with_context_setup(setup);
        let harness = builder.build_ui(move |ui| {
            let mut app = drawn.borrow_mut();
            let app = app.as_mut().unwrap();
            app.run_between_frames(&ui.ctx().clone());
            app.draw(ui);
        });
        let mut screen = Self { harness, app };
        screen.finish_jobs();
        screen
    }

    /// Looks at the session.
    pub fn session<R>(&self, look: impl FnOnce(&Session) -> R) -> R {
        look(&self.app.borrow().as_ref().unwrap().session)
    }

    /// Does something that comes from outside the window, and waits for all that it starts.
    pub fn perform(&mut self, action: Action) {
        self.app.borrow_mut().as_mut().unwrap().session.perform(action);
        self.finish_jobs();
    }

    /// Waits until no file is being read or written.
    pub fn finish_jobs(&mut self) {
        self.app.borrow_mut().as_mut().unwrap().session.finish_jobs();
        self.settle();
    }

    /// A few frames: what was sent is performed before the next one.
    fn settle(&mut self) {
        self.harness.run_steps(3);
    }

    #[track_caller]
    fn center(&self, name: &str) -> Pos2 {
        self.found(name).unwrap_or_else(|| panic!("there is no \"{name}\"")).rect().center()
    }

    /// The thing with that name, or with that name and more about it after a comma.
    fn found<'a>(&'a self, name: &'a str) -> Option<egui_kittest::Node<'a>> {
        self.harness.query_by_label(name).or_else(|| {
            self.harness.query_all_by_label_contains(name).find(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.strip_prefix(name).is_some_and(|more| more.starts_with(", "))
            })
        })
    }

    /// Where the text field of that name is.
    #[track_caller]
    pub fn field_rect(&self, name: &str) -> Rect {
        self.harness.get_by_role_and_label(Role::TextInput, name).rect()
    }

    #[track_caller]
    pub fn expect(&self, name: &str) {
        assert!(self.found(name).is_some(), "there is no \"{name}\"");
    }

    /// The distance of the lower edge of a thing from the top of the window.
    #[track_caller]
    pub fn bottom_of(&self, name: &str) -> f32 {
        let found = self.harness.query_all_by_label_contains(name).next();
        found.unwrap_or_else(|| panic!("nothing is called \"…{name}…\"")).rect().bottom()
    }

    /// Where the first thing is whose name contains `part`.
    #[track_caller]
    pub fn rect_of(&self, part: &str) -> Rect {
        let found = self.harness.query_all_by_label_contains(part).next();
        found.unwrap_or_else(|| panic!("nothing is called \"…{part}…\"")).rect()
    }

    /// Moves the pointer to a thing, which opens a submenu.
    #[track_caller]
    pub fn point_at(&mut self, name: &str) {
        let at = self.center(name);
        self.harness.hover_at(at);
        self.settle();
    }

    #[track_caller]
    pub fn absent(&self, name: &str) {
        assert!(self.found(name).is_none(), "there is \"{name}\"");
    }

    /// The whole name of the first thing whose name contains `part`.
    #[track_caller]
    pub fn name_of(&self, part: &str) -> String {
        let found = self.harness.query_all_by_label_contains(part).next();
        let found = found.unwrap_or_else(|| panic!("nothing is called \"…{part}…\""));
        found.accesskit_node().label().unwrap_or_default()
    }

    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.click_with(name, Modifiers::NONE);
    }

    /// Clicks the button of that name, although other things have it, too.
    #[track_caller]
    pub fn click_button(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Button, name).click_accesskit();
        self.settle();
    }

    #[track_caller]
    pub fn click_with(&mut self, name: &str, modifiers: Modifiers) {
        let pos = self.center(name);
        self.harness.hover_at(pos);
        self.harness.run_steps(1);
        for pressed in [true, false] {
            let event = Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
            self.harness.event_modifiers(event, modifiers);
            self.harness.run_steps(1);
        }
        self.settle();
    }

    /// Presses a widget as a screen reader does, even if it is scrolled out of sight.
    #[track_caller]
    pub fn invoke(&mut self, name: &str) {
        self.harness.get_by_label(name).click_accesskit();
        self.settle();
    }

    /// Presses the box to tick with that name.
    #[track_caller]
    pub fn tick(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::CheckBox, name).click_accesskit();
        self.settle();
    }

    /// Opens the searchable list of the button with that name.
    #[track_caller]
    pub fn open_list(&mut self, name: &str) {
        let picker = self.harness.query_by_role_and_label(Role::ComboBox, name);
        picker.unwrap_or_else(|| self.harness.get_by_role_and_label(Role::Button, name)).click_accesskit();
        self.settle();
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Chooses from the drop-down list of that name.
    #[track_caller]
    pub fn choose_in(&mut self, list: &str, choice: &str) {
        self.harness.get_by_role_and_label(Role::ComboBox, list).click_accesskit();
        self.settle();
        self.harness.query_all_by_label(choice).last().unwrap().click_accesskit();
        self.settle();
    }

    /// Presses the keys that paste this text.
    pub fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.settle();
    }

    /// Presses the keys that copy, and returns what is then on the clipboard.
    pub fn copy(&mut self) -> Option<String> {
        self.harness.event(Event::Copy);
        self.harness.run_steps(1);
        let commands = self.harness.output().platform_output.commands.clone();
        self.settle();
        commands.into_iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text),
            _ => None,
        })
    }

    /// Replaces the text in the field of that name. The field keeps the focus.
    #[track_caller]
    pub fn write(&mut self, field: &str, text: &str) {
        let secret = self.harness.query_by_role_and_label(Role::PasswordInput, field);
        let secret = secret.or_else(|| self.harness.query_by_role_and_label(Role::MultilineTextInput, field));
        secret.unwrap_or_else(|| self.harness.get_by_role_and_label(Role::TextInput, field)).focus();
        self.settle();
        self.press_with(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Replaces the text in the field of that name, and presses Enter.
    #[track_caller]
    pub fn enter(&mut self, field: &str, text: &str) {
        self.write(field, text);
        self.press(Key::Enter);
    }

    /// Where the first thing is that says `part`.
    #[track_caller]
    pub fn rect_of_part(&self, part: &str) -> Rect {
        let found = self.harness.query_all_by_label_contains(part).next();
        found.unwrap_or_else(|| panic!("nothing says \"{part}\"")).rect()
    }

    /// Gives the window another size, in points.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(egui::vec2(width, height));
    }

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Where the thing with that name is.
    #[track_caller]
    pub fn rect(&self, name: &str) -> Rect {
        self.found(name).unwrap_or_else(|| panic!("there is no \"{name}\"")).rect()
    }

    /// Where the first thing is whose name begins like that.
    pub fn rect_of_first(&self, begin: &str) -> Option<Rect> {
        let mut found = self.harness.query_all_by_label_contains(begin);
        found
            .find(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with(begin)))
            .map(|node| node.rect())
    }

    #[track_caller]
    pub fn expect_part(&self, part: &str) {
        assert!(self.harness.query_by_label_contains(part).is_some(), "nothing says \"{part}\"");
    }

    /// Whether the name of anything contains `part`.
    pub fn says(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// The value of the field or list with that name.
    #[track_caller]
    pub fn value_of(&self, name: &str) -> String {
        self.harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
    }

    /// The text in the field with that name.
    #[track_caller]
    pub fn value_of_field(&self, name: &str) -> String {
        let multiline = self.harness.query_by_role_and_label(Role::MultilineTextInput, name);
        let field = multiline.unwrap_or_else(|| self.harness.get_by_role_and_label(Role::TextInput, name));
        field.accesskit_node().value().unwrap_or_default()
    }

    /// The text in the field of that name.
    #[track_caller]
    pub fn text_in(&self, field: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, field).accesskit_node().value().unwrap_or_default()
    }
}
