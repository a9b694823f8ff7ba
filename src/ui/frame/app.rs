//! The main window: handles keys and dropped files, performs actions and draws the screen.

use egui::{Context, Ui, ViewportCommand};

use super::dialogs::DialogState;
use super::shell::Regions;
use super::views::Views;
use super::{dialogs, keys, shell};
use crate::session::state::jobs;
use crate::session::{Action, Appearance, Dialog, Session, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::focus_return::FocusReturn;
use crate::ui::parts::keys::release_focus;
use crate::ui::parts::{fields, fonts, states, theme};

/// The program with a screen: the session, plus the state that only the screen needs.
pub struct App {
    pub session: Session,
    views: Views,
    dialogs: DialogState,
    /// The actions that the views sent in the last frame.
    actions: Vec<Action>,
    /// What keys asked for while the field in use had text to return: it follows the edit of that text.
    waiting: Vec<Action>,
    /// Whether the window is to be closed once that text is part of the plan.
    is_closing: bool,
    /// The parts of the window, for the keys that go from one to the next.
    regions: Regions,
    /// The widget that had the keyboard focus in the last frame.
    focused: Option<egui::Id>,
    focus_return: FocusReturn,
    title: String,
    /// The view of the last frame.
    drawn_view: Option<ViewKind>,
    /// Which opened plan the last frame showed.
    drawn_plan: u32,
}

impl App {
    /// The program before it has a window: [`App::attach`] gives it one.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            views: Views::default(),
            dialogs: DialogState::default(),
            actions: Vec::new(),
            waiting: Vec::new(),
            is_closing: false,
            regions: Regions::default(),
            focused: None,
            focus_return: FocusReturn::default(),
            title: String::new(),
            drawn_view: None,
            drawn_plan: 0,
        }
    }

    /// Continues in the window of `ctx`, the first one or another one after a renderer has failed.
    pub fn attach(&mut self, ctx: &Context) {
        ctx.set_fonts(fonts::definitions());
        theme::install(ctx);
        ctx.add_plugin(fields::UnfinishedFirst::default());
        let waker = ctx.clone();
        self.session.jobs.wake_with(move || waker.request_repaint());
        self.title.clear();
    }

    /// Always asks for paths with the built-in path field, never with the desktop's file dialog. For tests.
    pub fn use_own_file_dialogs(&mut self) {
        self.dialogs.use_own_paths();
    }

    /// Performs the work between two frames.
    pub fn run_between_frames(&mut self, ctx: &Context) {
        states::scroll_to_focus(ctx, &mut self.focused);
        self.session.take_results();
        keys::send_commands(ctx, &self.session, &mut self.waiting);
        self.take_dropped_files(ctx);
        // Somebody may have used Git meanwhile.
        if ctx.input(|input| input.raw.events.contains(&egui::Event::WindowFocused(true))) {
            self.session.refresh_git();
        }
        self.dialogs.poll_paths(ctx, &mut self.waiting);
        if self.waiting.is_empty() || !fields::finish(ctx) {
            self.actions.append(&mut self.waiting);
        }
        for action in std::mem::take(&mut self.actions) {
            self.session.perform(action);
        }
        if !fields::is_typing(ctx) {
            self.session.note_typing(&[]);
        }
        self.session.take_results();
        if self.session.navigation.names_selection {
            self.session.enter_newest(true);
        }
        if let Some(wait) = self.session.tick() {
            ctx.request_repaint_after(wait);
        }
        if let Some(wait) = self.session.refresh_running_nights() {
            ctx.request_repaint_after(wait);
        }
        if !self.session.jobs.is_idle() {
            // Progress is shown once a job takes noticeably long, and is redrawn while the job runs.
            ctx.request_repaint_after(jobs::SHOW_AFTER / 2);
        }
        // The plan's file may have changed while another window was used.
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.session.jobs.look_now();
        }
        if let Some(text) = self.session.desktop.clipboard.take() {
            ctx.copy_text(text);
        }
        self.session.desktop.is_dark = ctx.system_theme() == Some(egui::Theme::Dark);
        self.apply_settings(ctx);
        self.update_window_title(ctx);
        self.close_window(ctx);
    }

    /// Draws everything.
    pub fn draw(&mut self, ui: &mut Ui) {
        // The focus on a button of the previous view would keep the keys from this one.
        if self.drawn_view.replace(self.session.view().kind()) != Some(self.session.view().kind()) {
            release_focus(ui);
        }
        if std::mem::replace(&mut self.drawn_plan, self.session.opened_plans()) != self.session.opened_plans() {
            // What is open, filtered or selected in a view belongs to the plan that was shown before.
            self.views = Views::default();
            fields::forget_drafts(ui.ctx());
        }
        self.focus_return.begin(ui.ctx());
        fields::tell_in_dialogs(ui.ctx(), self.session.dialog().is_some_and(Dialog::edits_plan));
        let cx = Cx::new(&self.session, ui);
        shell::shell_ui(ui, &cx, &self.session, &mut self.views, &mut self.regions);
        dialogs::dialogs_ui(ui, &cx, &self.session, &mut self.dialogs);
        self.focus_return.follow(ui.ctx());
        states::focus_ring_ui(ui.ctx());
        let mut sent = cx.into_sent();
        if fields::take_told(ui.ctx()) {
            // The field is still in use: this is only what it would change.
            let told = sent.extract_if(.., |action| !action.is_about_view()).collect::<Vec<_>>();
            self.session.note_typing(&told);
            if let Some(wait) = self.session.tick() {
                ui.ctx().request_repaint_after(wait);
            }
        }
        // A frame that is drawn twice has its clicks in the first pass.
        self.actions.extend(sent);
        self.actions.append(&mut self.waiting);
        for problem in fields::problems_out_of_sight(ui.ctx()) {
            self.session.show_error(problem);
        }
        self.session.enter_newest(fields::take_naming(ui.ctx()) || self.session.navigation.names_selection);
        self.session.outside.wants_focus = false;
        self.session.navigation.scrolls_to_selection = false;
        // In the frame after a dialog, what was behind it cannot take the focus yet.
        let was_behind = self.session.dialog().is_none() && ui.memory(|memory| memory.top_modal_layer().is_some());
        if was_behind {
            ui.ctx().request_repaint();
        } else {
            self.session.navigation.names_selection = false;
            self.session.navigation.focuses_filter = false;
            self.session.navigation.region_step = 0;
            self.session.navigation.board = None;
            self.session.navigation.release = None;
            self.session.navigation.table_step = None;
        }
        if !self.actions.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect::<Vec<_>>());
        if !dropped.is_empty() {
            self.waiting.push(Action::Drop(dropped));
        }
    }

    fn apply_settings(&self, ctx: &Context) {
        let preference = match self.session.settings.appearance {
            Appearance::System => egui::ThemePreference::System,
            Appearance::Light => egui::ThemePreference::Light,
            Appearance::Dark => egui::ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != preference {
            ctx.set_theme(preference);
        }
        let zoom = f32::from(self.session.settings.zoom_percent) / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
    }

    fn update_window_title(&mut self, ctx: &Context) {
        let mark = if self.session.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Windowsill", self.session.plan().title());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Closes the window once nothing would be lost; until then, a request to close it runs the command Quit.
    fn close_window(&mut self, ctx: &Context) {
        if self.session.desktop.may_close {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        if ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            // On logout, nobody answers the question that follows.
            self.session.autosave_now();
            self.is_closing = true;
        }
        if self.is_closing && !fields::finish(ctx) {
            self.is_closing = false;
            self.session.autosave_now();
            self.session.perform(Action::Run(crate::session::Command::Quit));
            ctx.request_repaint();
        }
    }
}
