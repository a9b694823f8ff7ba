//! Where to open from or save to: the desktop's file dialog, or a path field of our own where there is none.

mod completion;
mod native;
mod own;

use std::ffi::OsStr;
use std::path::PathBuf;

use egui::{Context, Ui};

use crate::import::{Topic, kinds_of_topic};
use crate::output::{FileType, Order};
use crate::session::{Action, Basis, PathRequest, Session};
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
    let closes = titled(ui, &title(request), 360.0, |ui| {
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
        PathRequest::Export { order, name } => {
            // A calendar's folder is replaced as a whole, so it goes into the folder that was chosen.
            let is_replaced = order.is_folder() && matches!(order, Order::Calendar(_));
            let is_inside = is_replaced && store::is_folder(&path) && path.file_name() != Some(OsStr::new(name));
            Action::Export(order.clone(), if is_inside { path.join(name) } else { path })
        }
        PathRequest::Import { topic, .. } => Action::Import(Some(*topic), vec![path]),
        PathRequest::Compare => Action::Compare(Basis::File(path)),
    }
}

fn title(request: &PathRequest) -> String {
    let title = match request {
        PathRequest::Export { order, .. } => return order.title(),
        PathRequest::Open => "Open a plan",
        PathRequest::SaveAs { .. } => "Save the plan as",
        PathRequest::Compare => "Compare with an earlier plan",
        PathRequest::Import { is_folder: true, .. } => "Import a folder of replies",
        PathRequest::Import { topic, .. } => topic.words().title,
    };
    title.to_owned()
}

/// The word on the button.
fn verb(request: &PathRequest) -> &'static str {
    match request {
        PathRequest::Open => "Open",
        PathRequest::SaveAs { .. } => "Save",
        PathRequest::Export { order, .. } => order.verb(),
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
        PathRequest::SaveAs { name } | PathRequest::Export { name, .. } => Some(name),
        PathRequest::Open | PathRequest::Import { .. } | PathRequest::Compare => None,
    }
}

/// Whether it is a folder that is chosen, not a file.
fn is_folder(request: &PathRequest) -> bool {
    match request {
        PathRequest::Import { is_folder: true, .. } => true,
        PathRequest::Export { order, .. } => order.is_folder(),
        _ => false,
    }
}

/// What the files are called, and their endings.
fn kind_of_file(request: &PathRequest) -> (&'static str, Vec<&'static str>) {
    match request {
        PathRequest::Open | PathRequest::SaveAs { .. } | PathRequest::Compare => ("Plans", vec!["ron"]),
        PathRequest::Export { order, .. } => {
            let types = order.offered_types();
            let name = if let [only] = types.as_slice() { only.name } else { order.output().name };
            (name, types.iter().map(FileType::ending).collect())
        }
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
