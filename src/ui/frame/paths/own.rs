//! The built-in path field: type, complete, confirm. Used by tests and on desktops without a file dialog.

use std::path::{Path, PathBuf, is_separator};

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Button, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, Vec2};
use lucide_icons::Icon;

use super::completion::Completion;
use super::{action, kind_of_file, suggested_name, takes_folder, title, verb};
use crate::session::{Action, PathRequest, Session};
use crate::store::{self, is_file};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{close, titled};
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::widgets::{icon_button, muted, primary_button, strong};

const WIDTH: f32 = 620.0;
const ROW: f32 = 24.0;
const LIST: f32 = 260.0;
const MOST_RECENT: usize = 5;
/// The room of the button for the folder above, beside the field.
const UP: f32 = 46.0;

/// The state of the path field while it is open.
#[derive(Default)]
pub struct PathFieldState {
    text: String,
    completion: Completion,
    /// The list entry selected with the arrow keys.
    chosen: Option<usize>,
    /// The existing file that the user has been warned about.
    told_about: Option<PathBuf>,
    /// Why the path cannot be used, until it is edited.
    problem: Option<String>,
    /// Whether the plan at the path was asked for in the last frame.
    is_opening: bool,
}

pub fn own_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    session: &Session,
    state: &mut PathFieldState,
    request: &PathRequest,
    is_new: bool,
) {
    // A file that fails at once opens the dialog again before it was seen closed.
    let is_opened_again = std::mem::take(&mut state.is_opening);
    if is_new {
        *state = PathFieldState { text: beginning(session, request), ..PathFieldState::default() };
    }
    if let (PathRequest::Open, Some(failed), true) = (request, &session.dialogs.not_opened, is_new || is_opened_again) {
        state.text = failed.path.display().to_string();
        state.problem = Some(failed.reason.clone());
    }
    let mut confirms = false;
    let closes = titled(ui, &title(request), WIDTH, |ui| {
        let typed = in_folder(&state.text, session).display().to_string();
        let list = state.completion.complete(&typed, &kind_of_file(request).1);
        let is_entered = keyboard(ui, state, &list);
        field_ui(ui, state, is_new);
        ui.add_space(6.0);
        list_ui(ui, cx, state, &list, request);
        ui.add_space(10.0);
        confirms = buttons_ui(ui, cx, state, request) || is_entered;
    });
    if closes {
        return close(cx);
    }
    if confirms {
        confirm(cx, session, state, request);
    }
}

/// Arrow keys move through the list; Enter accepts the selected entry or confirms. Returns whether it confirms.
fn keyboard(ui: &Ui, state: &mut PathFieldState, list: &[String]) -> bool {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = list.len().checked_sub(1);
    if pressed(Key::ArrowDown) {
        state.chosen = last.map(|last| state.chosen.map_or(0, |at| (at + 1).min(last)));
    }
    if pressed(Key::ArrowUp) {
        state.chosen = state.chosen.and_then(|at| at.checked_sub(1));
    }
    if !ui.memory(|memory| memory.has_focus(field_id())) || !pressed(Key::Enter) {
        return false;
    }
    match state.chosen.take().and_then(|at| list.get(at)) {
        Some(path) => {
            set_text(ui, state, path.clone());
            false
        }
        None => true,
    }
}

fn field_id() -> Id {
    Id::unique("path field")
}

fn field_ui(ui: &mut Ui, state: &mut PathFieldState, is_new: bool) {
    ui.label("Path");
    let mut upper = None;
    let shown = ui.horizontal(|ui| {
        let width = ui.available_width() - UP;
        let edit = TextEdit::singleline(&mut state.text).id(field_id()).desired_width(width);
        let response = ui.add(edit).accessible_name("Path");
        let parent = parent_folder(&state.text);
        if icon_button(ui, Icon::CornerLeftUp, "Folder above", parent.is_some()).clicked() {
            upper = parent;
        }
        response
    });
    let response = shown.inner;
    if let Some(upper) = upper {
        set_text(ui, state, upper);
        ui.memory_mut(|memory| memory.request_focus(field_id()));
    }
    if is_new {
        response.request_focus();
        select(ui, &state.text, CCursor::default());
    }
    if response.changed() {
        state.chosen = None;
        state.told_about = None;
        state.problem = None;
    }
}

/// The folder above the one that a path is in, with what is typed after it.
fn parent_folder(text: &str) -> Option<String> {
    let at = text.rfind(is_separator)?;
    let (folder, name) = (Path::new(&text[..at]), &text[at + 1..]);
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty())?;
    let is_typed = !name.is_empty() && !is_file(Path::new(text));
    Some(parent.join(if is_typed { name } else { "" }).display().to_string())
}

/// The matching entries of the folder, and recent plans.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PathFieldState, list: &[String], request: &PathRequest) {
    let mut taken = None;
    let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    area.id_salt("path list").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let recent = recent(cx, request);
        if !recent.is_empty() {
            ui.label(strong("Recent plans"));
        }
        for path in recent {
            let path = path.display().to_string();
            if row_ui(ui, &path, &path, false).clicked() {
                taken = Some(path);
            }
        }
        ui.add_space(8.0);
        ui.label(strong("In this folder"));
        for (at, path) in list.iter().enumerate() {
            let is_chosen = state.chosen == Some(at);
            let row = row_ui(ui, short(path), path, is_chosen);
            if is_chosen && !ui.clip_rect().contains_rect(row.rect) {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                taken = Some(path.clone());
            }
        }
        if list.is_empty() {
            ui.label(muted(cx, "No match"));
        }
    });
    if let Some(path) = taken {
        state.chosen = None;
        set_text(ui, state, path);
        ui.memory_mut(|memory| memory.request_focus(field_id()));
    }
}

/// Recently opened plans, if the request is for a plan.
fn recent<'a>(cx: &Cx<'a>, request: &PathRequest) -> &'a [PathBuf] {
    let recent = &cx.settings().recent;
    if matches!(request, PathRequest::Open | PathRequest::Compare) {
        &recent[..recent.len().min(MOST_RECENT)]
    } else {
        &[]
    }
}

fn row_ui(ui: &mut Ui, text: &str, path: &str, is_chosen: bool) -> egui::Response {
    let button = Button::selectable(is_chosen, text).truncate().min_size(Vec2::new(ui.available_width(), ROW));
    ui.add(button).on_hover_text(path)
}

/// The last part of a path, including the trailing separator of a folder.
fn short(path: &str) -> &str {
    let inner = path.trim_end_matches(is_separator);
    inner.rfind(is_separator).map_or(path, |at| &path[at + 1..])
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, state: &PathFieldState, request: &PathRequest) -> bool {
    if let Some(problem) = &state.problem {
        ui.add(egui::Label::new(RichText::new(problem).color(cx.colors.error)).wrap());
        ui.add_space(4.0);
    }
    let overwrites = state.told_about.is_some();
    if let Some(path) = &state.told_about {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        ui.label(RichText::new(format!("{name} already exists and would be replaced.")).color(cx.colors.warning));
        ui.add_space(4.0);
    }
    at_right_end(ui, "buttons", |ui| {
        if ui.button("Cancel").clicked() {
            close(cx);
        }
        let text = if overwrites { "Replace the file" } else { verb(request) };
        primary_button(ui, cx, text).clicked()
    })
}

/// Confirms the path, but warns first if an existing file would be replaced.
fn confirm(cx: &Cx<'_>, session: &Session, state: &mut PathFieldState, request: &PathRequest) {
    let mut text = state.text.trim();
    if super::is_folder(request) {
        text = text.trim_end_matches(is_separator);
    }
    let path = in_folder(text, session);
    let target = with_ending(&path, request);
    state.problem = problem(text, &path, request);
    if state.problem.is_some() {
        return;
    }
    if suggested_name(request).is_some() && is_file(&target) && state.told_about.as_ref() != Some(&target) {
        // The plan's own file is replaced without asking, as on any save.
        if session.file.path.as_ref() != Some(&target) {
            state.told_about = Some(target);
            return;
        }
    }
    state.completion.forget();
    let is_open = *request == PathRequest::Open;
    state.is_opening = is_open;
    cx.send(if is_open { Action::OpenTyped(target) } else { action(request, target) });
}

/// Why the path cannot be what is asked for.
fn problem(text: &str, path: &Path, request: &PathRequest) -> Option<String> {
    let must_exist = suggested_name(request).is_none();
    let is_folder = text.ends_with(is_separator) || path.file_name().is_none() || must_exist && store::is_folder(path);
    if text.is_empty() {
        Some("Enter a path".to_owned())
    } else if must_exist && !is_file(path) && !store::is_folder(path) {
        Some(format!("No such file or folder: {}", path.display()))
    } else if is_folder && !takes_folder(request) && !super::is_folder(request) {
        Some("This is a folder: add the name of a file in it".to_owned())
    } else {
        None
    }
}

/// The path as typed. One that is not absolute is in the folder that the dialog begins with.
fn in_folder(text: &str, session: &Session) -> PathBuf {
    let typed = text.trim();
    if typed.is_empty() { PathBuf::new() } else { folder(session).unwrap_or_default().join(typed) }
}

/// Adds the default extension. The session does the same; here it tells which file would be replaced.
fn with_ending(path: &Path, request: &PathRequest) -> PathBuf {
    match (suggested_name(request), kind_of_file(request).1.first()) {
        (Some(_), Some(ending)) if path.extension().is_none() => path.with_extension(ending),
        _ => path.to_owned(),
    }
}

fn set_text(ui: &Ui, state: &mut PathFieldState, text: String) {
    state.text = text;
    state.told_about = None;
    state.problem = None;
    let end = CCursor::new(state.text.chars().count());
    select(ui, &state.text, end);
}

/// Selects the text from `begin` to its end.
fn select(ui: &Ui, text: &str, begin: CCursor) {
    let mut edit = TextEditState::load(ui.ctx(), field_id()).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    edit.cursor.set_char_range(Some(CCursorRange::two(begin, end)));
    edit.store(ui.ctx(), field_id());
}

/// The initial folder: the one chosen last in this session, that of the plan, that of the last plan, or the user's
/// documents folder.
pub fn folder(session: &Session) -> Option<PathBuf> {
    let beside = session.dialogs.last_path.as_ref().or(session.file.path.as_ref()).or(session.settings.recent.first());
    beside.and_then(|path| path.parent()).map(Path::to_owned).or_else(store::documents_folder)
}

fn beginning(session: &Session, request: &PathRequest) -> String {
    let folder = folder(session).unwrap_or_default();
    folder.join(suggested_name(request).unwrap_or("")).display().to_string()
}
