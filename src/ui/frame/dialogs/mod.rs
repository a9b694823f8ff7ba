//! Dialogs over the screen, one at a time. Escape cancels, Enter presses the highlighted button.

mod accept;
mod calendar;
mod changed_on_disk;
mod choose_kind;
mod git;
mod import;
mod import_options;
mod import_records;
mod import_report;
mod invite_texts;
mod invites;
mod labelled_row;
mod ladder_windows;
mod mapping_grid;
mod meetings;
mod own_zones;
mod policy;
mod print;
mod publish;
mod question;
mod quick_add;
mod recovery;
mod roll_forward;
mod settings;
mod shortcuts;
mod systems;
mod versions;
mod welcome;

use std::mem::Discriminant;

use egui::Ui;

use super::{palette, paths};
use crate::session::{Action, Dialog, Question, Session, SettingsPage};
use crate::ui::parts::cx::Cx;

/// The state of the dialogs between frames.
#[derive(Default)]
pub struct DialogState {
    /// The current page of the plan's settings.
    settings: SettingsPage,
    /// The values entered for accepting a finding.
    accept: accept::AcceptDraft,
    invites: invites::InvitesState,
    texts: invite_texts::TextsState,
    print: print::PrintState,
    /// The values entered for publishing.
    publish: publish::PublishDraft,
    palette: palette::PaletteState,
    paths: paths::PathState,
    versions: versions::VersionsState,
    git: git::GitDraft,
    roll: roll_forward::RollState,
    meetings: meetings::MeetingsState,
    quick_add: quick_add::QuickAddState,
    ladder_windows: ladder_windows::LadderWindowsState,
    systems: systems::SystemsState,
    /// The kind of dialog that was drawn last: a new one takes the focus.
    shown: Option<DialogKind>,
}

impl DialogState {
    /// Always asks for paths with the built-in path field, never with the desktop's file dialog. For tests.
    pub fn use_own_paths(&mut self) {
        self.paths = paths::PathState::without_native();
    }

    /// Sends the path chosen in the desktop's file dialog, if there is one.
    pub fn poll_paths(&mut self, ctx: &egui::Context, actions: &mut Vec<Action>) {
        self.paths.poll(ctx, actions);
    }
}

type DialogKind = (Discriminant<Dialog>, Option<Discriminant<Question>>);

/// Draws the open dialog, if any.
pub fn dialogs_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, state: &mut DialogState) {
    let dialog = session.dialog();
    let kind = dialog.map(kind_of);
    let is_new = kind != state.shown;
    state.shown = kind;
    match dialog {
        None => {}
        Some(Dialog::ChooseKind { paths, kinds }) => choose_kind::choose_kind_ui(ui, cx, paths, kinds),
        Some(Dialog::RecoveryFiles(offers)) => recovery::recovery_ui(ui, cx, offers, is_new),
        Some(Dialog::Palette) => palette::palette_ui(ui, cx, &mut state.palette, is_new),
        Some(Dialog::Welcome) => welcome::welcome_ui(ui, cx, is_new),
        Some(Dialog::Shortcuts) => shortcuts::shortcuts_ui(ui, cx),
        Some(Dialog::PlanSettings(page)) => settings::settings_ui(ui, cx, &mut state.settings, *page, is_new),
        Some(Dialog::RollForward) => roll_forward::roll_forward_ui(ui, cx, &mut state.roll, is_new),
        Some(Dialog::Meetings) => meetings::meetings_ui(ui, cx, &mut state.meetings, is_new),
        Some(Dialog::QuickAdd) => quick_add::quick_add_ui(ui, cx, &mut state.quick_add, is_new),
        Some(Dialog::LadderWindows(ladder)) => {
            ladder_windows::ladder_windows_ui(ui, cx, &mut state.ladder_windows, ladder, is_new);
        }
        Some(Dialog::Invites(occasion)) => invites::invites_ui(ui, cx, session, &mut state.invites, *occasion, is_new),
        Some(Dialog::InviteTexts) => invite_texts::invite_texts_ui(ui, cx, &mut state.texts, is_new),
        Some(Dialog::Path(request)) => paths::path_ui(ui, cx, session, &mut state.paths, request, is_new),
        Some(Dialog::Print(order)) => print::print_ui(ui, cx, &mut state.print, order, is_new),
        Some(Dialog::Calendar(dialog)) => calendar::calendar_ui(ui, cx, dialog, is_new),
        Some(Dialog::Systems) => systems::systems_ui(ui, cx, &mut state.systems, is_new),
        Some(Dialog::Accept(current)) => accept::accept_ui(ui, cx, &mut state.accept, current, is_new),
        Some(Dialog::Versions(entries)) => {
            versions::versions_ui(ui, cx, session, &mut state.versions, entries.as_ref(), is_new);
        }
        Some(Dialog::Git) => git::git_ui(ui, cx, session, &mut state.git, is_new),
        Some(Dialog::Publish) => publish::publish_ui(ui, cx, session, &mut state.publish, is_new),
        Some(Dialog::Question(Question::Import(preview))) => {
            import::import_ui(ui, cx, session, preview, is_new);
        }
        Some(Dialog::Question(Question::ChangedOnDisk { path })) => {
            changed_on_disk::changed_on_disk_ui(ui, cx, path, is_new);
        }
        Some(Dialog::Question(question)) => question::question_ui(ui, cx, question, is_new),
    }
}

fn kind_of(dialog: &Dialog) -> DialogKind {
    let question = match dialog {
        Dialog::Question(question) => Some(std::mem::discriminant(question)),
        _ => None,
    };
    (std::mem::discriminant(dialog), question)
}
