//! The text in a field until it becomes a value. Nothing typed is lost: a draft becomes a value on any loss of the focus, and
//! before anything else that is about to happen (see [`unfinished`]); one that is invalid stays, with what to write instead.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Area, Context, Frame, Id, Key, Label, Margin, Order, Rect, Response, RichText, Ui, Vec2};

use super::{typing, unfinished};
use crate::ui::parts::theme::Colors;

/// Text typed into a field that has not become a value yet.
#[derive(Clone, Default)]
struct Draft {
    text: String,
    /// The text of the value that the record has, or that was returned last: the draft differs from it if there is something
    /// to return.
    saved: String,
    /// The text of the record's value in the last frame.
    current: String,
    /// Why the text is invalid.
    problem: Option<String>,
    /// The text whose value was told last, before it is returned.
    told: Option<String>,
    /// The text of the value that the record had before anything was told.
    original: Option<String>,
    /// Whether the field had the focus when it was drawn last. A field that is drawn again later still returns its value.
    is_open: bool,
}

impl Draft {
    fn new(current: &str) -> Self {
        let current = current.to_owned();
        Self { text: current.clone(), saved: current.clone(), current, ..Self::default() }
    }

    fn is_unfinished(&self) -> bool {
        self.text != self.saved
    }

    /// Shows what the record has now, unless something else was typed.
    fn follow(&mut self, current: &str) {
        if self.current != current {
            if !self.is_unfinished() {
                current.clone_into(&mut self.text);
            }
            current.clone_into(&mut self.saved);
            current.clone_into(&mut self.current);
        }
    }

    /// Whether the text has a value to tell that it has not told yet.
    fn has_news(&self) -> bool {
        self.told.as_ref() != Some(&self.text) && (self.is_unfinished() || self.told.is_some())
    }

    /// The value that the text would give now.
    fn tell<T>(&mut self, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        self.original.get_or_insert_with(|| self.saved.clone());
        self.told = Some(self.text.clone());
        parse(&self.text).ok()
    }

    /// The value that the record had before anything was told, which some views keep beside the plan.
    fn untell<T>(&mut self, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        parse(&self.original.take()?).ok()
    }

    /// The value of the text, if it is another one.
    fn finish<T>(&mut self, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        self.problem = None;
        (self.told, self.original) = (None, None);
        if !self.is_unfinished() {
            return None;
        }
        match parse(&self.text) {
            Ok(value) => {
                self.saved.clone_from(&self.text);
                Some(value)
            }
            Err(problem) => {
                self.problem = Some(problem);
                None
            }
        }
    }
}

/// Forgets all drafts: another plan can have records with the same ids.
pub fn forget_drafts(ctx: &Context) {
    ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<Draft>);
    unfinished::forget(ctx);
}

/// Edits `current` as text and parses it with `parse`, whose error says what to write instead.
pub(super) fn draft_ui<T>(
    ui: &mut Ui,
    name: &str,
    current: &str,
    parse: impl Fn(&str) -> Result<T, String>,
    edit: impl FnOnce(&mut Ui, &mut String, Id) -> Response,
) -> Option<T> {
    echoed_ui(ui, name, current, parse, |_| None, edit)
}

/// The same. While somebody types, `reading` tells how the text is understood, and stands beside the field.
pub(super) fn echoed_ui<T>(
    ui: &mut Ui,
    name: &str,
    current: &str,
    parse: impl Fn(&str) -> Result<T, String>,
    reading: impl Fn(&T) -> Option<String>,
    edit: impl FnOnce(&mut Ui, &mut String, Id) -> Response,
) -> Option<T> {
    let id = ui.make_persistent_id(("field", name));
    let kept = ui.data(|data| data.get_temp::<Draft>(id));
    let kept = kept.filter(|draft| draft.is_open || draft.problem.is_some());
    let mut draft = kept.unwrap_or_else(|| Draft::new(current));
    draft.follow(current);
    let shown_problem = draft.problem.clone();
    let response = match &shown_problem {
        Some(problem) => invalid_ui(ui, problem, |ui| edit(ui, &mut draft.text, id)),
        None => ui.scope(|ui| edit(ui, &mut draft.text, id)).inner,
    };
    response.widget_info(|| egui::WidgetInfo::text_edit(response.enabled(), current, &*draft.text, ""));
    let response = response.accessible_name(name);
    // Not `Response::has_focus`: that is false while another program has the keyboard, and the draft must survive that.
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let is_left = response.lost_focus() || (draft.is_open && !has_focus);
    let mut committed = None;
    if is_left && ui.input(|input| input.key_pressed(Key::Escape)) {
        committed = draft.untell(&parse);
        if committed.is_some() {
            typing::note_told(ui.ctx());
        }
        draft = Draft::new(current);
    } else if is_left || (has_focus && unfinished::must_finish(ui.ctx())) {
        committed = draft.finish(&parse);
    } else if has_focus && draft.has_news() && typing::may_tell(ui) {
        committed = draft.tell(&parse);
        typing::note_told(ui.ctx());
    }
    if draft.problem != shown_problem {
        ui.ctx().request_repaint();
    }
    if has_focus
        && draft.is_unfinished()
        && let Some(words) = parse(&draft.text).ok().and_then(|value| reading(&value))
        && words != draft.text.trim()
    {
        reading_ui(ui, id, response.rect, &words);
    }
    unfinished::note(ui, id, response.rect, has_focus && draft.is_unfinished());
    if shown_problem.is_some() || draft.problem.is_some() {
        unfinished::note_problem(ui, id, name, draft.problem.as_deref());
    }
    if has_focus {
        unfinished::note_use(ui);
    }
    draft.is_open = has_focus;
    ui.data_mut(|data| data.insert_temp(id, draft));
    committed
}

/// Whether the field with that name, drawn in the same `Ui`, has text that could not be understood.
pub fn is_invalid(ui: &Ui, name: &str) -> bool {
    let id = ui.make_persistent_id(("field", name));
    ui.data(|data| data.get_temp::<Draft>(id)).is_some_and(|draft| draft.problem.is_some())
}

/// Whether the field with that name, drawn in the same `Ui`, has the focus.
pub fn is_in_use(ui: &Ui, name: &str) -> bool {
    let id = ui.make_persistent_id(("field", name));
    ui.memory(|memory| memory.has_focus(id))
}

/// "= 4 h", over what is beside the field, so that nothing moves.
fn reading_ui(ui: &Ui, id: Id, field: Rect, words: &str) {
    let area = Area::new(id.with("reading")).order(Order::Tooltip).interactable(false);
    area.fixed_pos(field.right_top() + Vec2::new(4.0, 0.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(6, 3)).show(ui, |ui| {
            ui.add(Label::new(format!("= {words}")).extend());
        });
    });
}

/// A field in red with the problem below it. In a row, the text wraps at the width of the field, so that it neither widens
/// the panel nor pushes the rest of the row out of sight.
fn invalid_ui(ui: &mut Ui, problem: &str, edit: impl FnOnce(&mut Ui) -> Response) -> Response {
    /// Narrower fields give the text this width.
    const NARROWEST: f32 = 110.0;
    let error = Colors::for_visuals(ui.visuals()).error;
    let is_row = ui.layout().is_horizontal();
    let add = |ui: &mut Ui| {
        let field = ui.scope(|ui| {
            ui.visuals_mut().override_text_color = Some(error);
            ui.visuals_mut().widgets.inactive.bg_stroke.color = error;
            edit(ui)
        });
        if is_row {
            ui.set_max_width(field.response.rect.width().max(NARROWEST));
        }
        ui.add(Label::new(RichText::new(problem).small().color(error)).wrap());
        field.inner
    };
    if is_row { ui.vertical(add).inner } else { add(ui) }
}

/// Moves the focus to the field with that name, which must be drawn next in the same `Ui`, and selects its text, so that
/// typing replaces it.
pub fn focus(ui: &Ui, name: &str, text: &str) {
    let id = ui.make_persistent_id(("field", name));
    select_all(ui, id, text);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Selects all of the text in a field.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), id);
}
