//! Where to open from or save to: the desktop's file dialog, or a built-in path field if there is none.

mod completion;
mod native;
mod own;

use std::ffi::OsStr;
use std::path::PathBuf;

use egui::{Context, Ui};

use crate::connect::kinds_of_topic;
use crate::export::FileType;
use crate::import::Topic;
use crate::output::Order;
use crate::session::{Action, ComparisonBasis, PathRequest, Session};
use crate::store;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{close, titled};
use crate::ui::parts::reading_order::at_right_end;
use native::Native;
use own::PathFieldState;

/// The state of the file dialogs between frames.
#[derive(Default)]
pub struct PathState {
    native: Option<Native>,
    own: PathFieldState,
    /// The desktop's file dialog has turned out not to work, or the user chose to type a path.
    is_without_native: bool,
}

impl PathState {
    /// Never uses the desktop's file dialog.
    pub fn without_native() -> Self {
        Self { is_without_native: true, ..Self::default() }
    }

    /// Checks whether the desktop's dialog has been answered.
    pub fn poll(&mut self, ctx: &Context, actions: &mut Vec<Action>) {
        let Some(mut native) = self.native.take() else { return };
        match native.poll(ctx) {
            native::DialogResult::Open => self.native = Some(native),
            native::DialogResult::Chosen(path) => actions.push(action(&native.request, path)),
            native::DialogResult::Dismissed => actions.push(Action::OpenDialog(None)),
            // The built-in field takes over in the next frame.
            native::DialogResult::NeverShown => self.is_without_native = true,
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
        at_right_end(ui, "buttons", |ui| {
            if ui.button("Cancel").clicked() {
                state.native = None;
                close(cx);
            }
            if ui.button("Type a path instead").clicked() {
                state.is_without_native = true;
                state.native = None;
            }
        });
    });
    if closes {
        state.native = None;
        close(cx);
    }
}

/// The action for the chosen path.
fn action(request: &PathRequest, path: PathBuf) -> Action {
    match request {
        PathRequest::Open => Action::Open(path),
        PathRequest::SaveAs { .. } => Action::SaveAs(path),
        PathRequest::Export { order, name } => {
            // A calendar's folder is replaced as a whole, so it is created inside the chosen folder.
            let is_replaced = order.is_folder() && matches!(order, Order::Calendar(_));
            let is_inside = is_replaced && store::is_folder(&path) && path.file_name() != Some(OsStr::new(name));
            Action::Export(order.clone(), if is_inside { path.join(name) } else { path })
        }
        PathRequest::Import { topic, .. } => Action::Import(Some(*topic), vec![path]),
        PathRequest::Compare => Action::Compare(ComparisonBasis::File(path)),
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

/// The label of the button.
fn verb(request: &PathRequest) -> &'static str {
    match request {
        PathRequest::Open => "Open",
        PathRequest::SaveAs { .. } => "Save",
        PathRequest::Export { order, .. } => order.verb(),
        PathRequest::Import { .. } => "Import",
        PathRequest::Compare => "Compare",
    }
}

/// Returns whether a folder can be chosen.
fn takes_folder(request: &PathRequest) -> bool {
    matches!(request, PathRequest::Import { topic, .. } if topic.words().reads_together)
}

/// The suggested name of a new file; `None` if the file must already exist.
fn suggested_name(request: &PathRequest) -> Option<&str> {
    match request {
        PathRequest::SaveAs { name } | PathRequest::Export { name, .. } => Some(name),
        PathRequest::Open | PathRequest::Import { .. } | PathRequest::Compare => None,
    }
}

/// Returns whether a folder must be chosen instead of a file.
fn is_folder(request: &PathRequest) -> bool {
    match request {
        PathRequest::Import { is_folder: true, .. } => true,
        PathRequest::Export { order, .. } => order.is_folder(),
        _ => false,
    }
}

/// The name of the file type, and its extensions.
fn kind_of_file(request: &PathRequest) -> (&'static str, Vec<&'static str>) {
    match request {
        PathRequest::Open | PathRequest::SaveAs { .. } | PathRequest::Compare => {
            ("Plans", store::PLAN_ENDINGS.to_vec())
        }
        PathRequest::Export { order, .. } => {
            let types = order.offered_types();
            let name = if let [only] = types.as_slice() { only.name } else { order.output().name };
            (name, types.iter().map(FileType::ending).collect())
        }
        PathRequest::Import { is_folder: true, .. } => ("Folders", Vec::new()),
        PathRequest::Import { topic, .. } => (topic.words().name, import_endings(*topic)),
    }
}

/// The extensions of all files that can contain a topic, without duplicates.
fn import_endings(topic: Topic) -> Vec<&'static str> {
    let mut endings: Vec<&str> = Vec::new();
    for ending in kinds_of_topic(topic).flat_map(|kind| kind.endings) {
        if !endings.contains(ending) {
            endings.push(ending);
        }
    }
    endings
}
