//! Where to open from or save to: the desktop's file dialog, or a path field of our own where there is none.

mod completion;
mod native;
mod own;

use std::ffi::OsStr;
use std::path::PathBuf;

use egui::{Context, Ui};

use crate::export::print::Form;
use crate::import::{Topic, kinds_of_topic};
use crate::session::{Action, Basis, Export, PathRequest, Session};
use crate::store;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{close, titled};
use native::Native;
use own::OwnState;

/// What the file dialogs remember between frames.
#[derive(Default)]
pub struct PathState {
    native: Option<Native>,
    own: OwnState,
    /// The desktop has shown that it has no file dialog after all.
    is_without_native: bool,
}

impl PathState {
    /// One that never asks the desktop.
    pub fn without_native() -> Self {
        Self { is_without_native: true, ..Self::default() }
    }

    /// Looks whether the desktop's dialog has been answered.
    pub fn poll(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let Some(mut native) = self.native.take() else { return };
        match native.poll(ctx) {
            native::Outcome::Open => self.native = Some(native),
            native::Outcome::Chosen(path) => actions.push(action(&native.request, path)),
            native::Outcome::Dismissed => actions.push(Action::OpenDialog(None)),
            // Our own field takes over in the next frame.
            native::Outcome::NeverShown => self.is_without_native = true,
        }
    }
}

/// Draws the dialog for `request`, or shows the desktop's.
pub fn path_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, state: &mut PathState, request: &PathRequest, is_new: bool) {
    let wants_own = state.is_without_native || !native::is_offered();
    if wants_own {
        return own::own_ui(ui, cx, session, &mut state.own, request, is_new);
    }
    if !state.native.as_ref().is_some_and(|native| native.request == *request) {
        state.native = Some(Native::open(request, own::folder(session)));
        ui.ctx().request_repaint();
    }
    let closes = titled(ui, title(request), 360.0, |ui| {
        ui.label("The desktop's file dialog is open.");
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if ui.button("Type a path instead").clicked() {
                state.is_without_native = true;
                state.native = None;
            }
            if ui.button("Cancel").clicked() {
                state.native = None;
                close(cx);
            }
        });
    });
    if closes {
        state.native = None;
        close(cx);
    }
}

/// What is done with the path that was chosen.
fn action(request: &PathRequest, path: PathBuf) -> Action {
    match request {
        PathRequest::Open => Action::Open(path),
        PathRequest::SaveAs { .. } => Action::SaveAs(path),
        PathRequest::Export { export, .. } => Action::Export(export.clone(), path),
        PathRequest::Calendar { order, name } => {
            // A folder was picked in which the new one is to be; an earlier one is replaced.
            let is_inside = is_folder(request) && store::is_folder(&path) && path.file_name() != Some(OsStr::new(name));
            Action::ExportCalendar(order.clone(), if is_inside { path.join(name) } else { path })
        }
        PathRequest::Print { order, .. } => Action::Print(order.clone(), path),
        PathRequest::Invites { which, occasion, .. } => Action::ExportInvites(which.clone(), *occasion, path),
        PathRequest::Import { topic, .. } => Action::Import(Some(*topic), vec![path]),
        PathRequest::Compare => Action::Compare(Basis::File(path)),
    }
}

fn title(request: &PathRequest) -> &'static str {
    match request {
        PathRequest::Open => "Open a plan",
        PathRequest::SaveAs { .. } => "Save the plan as",
        PathRequest::Calendar { .. } => "Export the year calendar",
        PathRequest::Print { .. } if is_folder(request) => "Print into a folder",
        PathRequest::Print { .. } => "Print to a file",
        PathRequest::Export { export: Export::Occurrences, .. } => "Export the list of occurrences",
        PathRequest::Export { export: Export::Advisories, .. } => "Export the list of advisories",
        PathRequest::Export { export: Export::Changes, .. } => "Export the changes",
        PathRequest::Compare => "Compare with an earlier plan",
        PathRequest::Invites { .. } => "Export invites into a folder",
        PathRequest::Export { export: Export::Ledger, .. } => "Export the ledger",
        PathRequest::Export { export: Export::Notices, .. } => "Export the notice calendar",
        PathRequest::Import { is_folder: true, .. } => "Import a folder of replies",
        PathRequest::Import { topic, .. } => topic.words().title,
    }
}

/// The word on the button.
fn verb(request: &PathRequest) -> &'static str {
    match request {
        PathRequest::Open => "Open",
        PathRequest::SaveAs { .. } => "Save",
        PathRequest::Print { .. } => "Print",
        PathRequest::Export { .. } | PathRequest::Calendar { .. } | PathRequest::Invites { .. } => "Export",
        PathRequest::Import { .. } => "Import",
        PathRequest::Compare => "Compare",
    }
}

/// Whether a folder is wanted, or will do.
fn takes_folder(request: &PathRequest) -> bool {
    matches!(request, PathRequest::Import { topic, .. } if topic.words().takes_many)
}

/// The name that a new file would get; none for files that must be there.
fn suggested_name(request: &PathRequest) -> Option<&str> {
    match request {
        PathRequest::SaveAs { name }
        | PathRequest::Export { name, .. }
        | PathRequest::Calendar { name, .. }
        | PathRequest::Print { name, .. }
        | PathRequest::Invites { name, .. } => Some(name),
        PathRequest::Open | PathRequest::Import { .. } | PathRequest::Compare => None,
    }
}

/// Whether it is a folder that is chosen, not a file.
fn is_folder(request: &PathRequest) -> bool {
    match request {
        PathRequest::Invites { .. } | PathRequest::Import { is_folder: true, .. } => true,
        PathRequest::Calendar { order, .. } => order.profile.kind().is_folder(),
        PathRequest::Print { order, .. } => order.is_folder(),
        _ => false,
    }
}

/// What the files are called, and their endings.
fn kind_of_file(request: &PathRequest) -> (&'static str, Vec<&'static str>) {
    match request {
        PathRequest::Open | PathRequest::SaveAs { .. } | PathRequest::Compare => ("Plans", vec!["ron"]),
        PathRequest::Calendar { .. } if is_folder(request) => ("Folders", Vec::new()),
        PathRequest::Calendar { .. } => ("Calendars", vec!["ics"]),
        PathRequest::Print { .. } if is_folder(request) => ("Folders", Vec::new()),
        PathRequest::Print { order, .. } => match order.form {
            Form::Pdf => ("PDF", vec!["pdf"]),
            Form::Html => ("HTML", vec!["html"]),
            Form::Markdown => ("Markdown", vec!["md"]),
            Form::Text => ("Text", vec!["txt"]),
        },
        PathRequest::Export { export: Export::Changes, .. } => ("Changes", vec!["html", "md", "txt", "json"]),
        PathRequest::Invites { .. } => ("Folders", Vec::new()),
        PathRequest::Export { .. } => ("Lists", vec!["csv", "json", "txt"]),
        PathRequest::Import { is_folder: true, .. } => ("Folders", Vec::new()),
        PathRequest::Import { topic, .. } => (topic.words().name, import_endings(*topic)),
    }
}

/// The endings of the files that bring a topic, each once.
fn import_endings(topic: Topic) -> Vec<&'static str> {
    let mut endings: Vec<&str> = Vec::new();
    for ending in kinds_of_topic(topic).flat_map(|kind| kind.endings) {
        if !endings.contains(ending) {
            endings.push(ending);
        }
    }
    endings
}
