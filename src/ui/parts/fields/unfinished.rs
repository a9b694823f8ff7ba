//! The field in use, if its text has not become a value yet. What would lead away from it waits for one frame, in which the
//! field returns its value: a view that is left, a list that is changed or a plan that is closed can draw it no more.

use egui::accesskit::Action;
use egui::{Context, Event, Id, Order, Plugin, Rect, Ui};
use std::mem;

/// The field in use.
#[derive(Clone, Copy)]
struct Unfinished {
    field: Id,
    rect: Rect,
}

/// A field whose text is invalid.
#[derive(Clone)]
struct Problem {
    field: Id,
    name: String,
    text: String,
    /// When it was drawn last.
    pass: u64,
}

#[derive(Clone, Copy)]
struct MustFinish;

fn key() -> Id {
    Id::unique("unfinished text")
}

/// Notes whether the field has text to return. Called by each field when it is drawn.
pub(super) fn note(ui: &Ui, field: Id, rect: Rect, is_unfinished: bool) {
    ui.data_mut(|data| {
        if is_unfinished {
            data.insert_temp(key(), Unfinished { field, rect });
        } else if data.get_temp::<Unfinished>(key()).is_some_and(|last| last.field == field) {
            data.remove::<Unfinished>(key());
        }
    });
}

/// When a field had the focus last.
#[derive(Clone, Copy)]
struct InUse(u64);

/// Notes that a field has the focus.
pub(super) fn note_use(ui: &Ui) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(key(), InUse(pass)));
}

/// Whether a field had the focus in the last frame: Escape takes it away before anything is drawn.
pub fn was_in_use(ctx: &Context) -> bool {
    let pass = ctx.cumulative_pass_nr();
    ctx.data(|data| data.get_temp::<InUse>(key())).is_some_and(|last| last.0 + 1 >= pass)
}

/// Asks the field in use to return its value when it is drawn next, in this frame. Returns whether there is one.
pub fn finish(ctx: &Context) -> bool {
    let is_there = ctx.data_mut(|data| {
        let is_there = data.get_temp::<Unfinished>(key()).is_some();
        if is_there {
            data.remove::<Unfinished>(key());
            data.insert_temp(key(), MustFinish);
        }
        is_there
    });
    if is_there {
        ctx.request_repaint();
    }
    is_there
}

/// Whether a field has text to return, or is asked for it in this frame.
pub fn is_typing(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<Unfinished>(key()).is_some() || data.get_temp::<MustFinish>(key()).is_some())
}

/// Whether the field in use must return its value now.
pub(super) fn must_finish(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<MustFinish>(key()).is_some())
}

pub(super) fn forget(ctx: &Context) {
    ctx.data_mut(|data| {
        data.remove::<Unfinished>(key());
        data.remove::<Vec<Problem>>(key());
    });
}

/// Notes what is wrong with the text in a field, or that nothing is wrong now. Fields in dialogs do not count: they are left on
/// purpose.
pub(super) fn note_problem(ui: &Ui, field: Id, name: &str, problem: Option<&str>) {
    if ui.layer_id().order >= Order::Foreground {
        return;
    }
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let all = data.get_temp_mut_or_default::<Vec<Problem>>(key());
        all.retain(|each| each.field != field);
        if let Some(problem) = problem {
            all.push(Problem { field, name: name.to_owned(), text: problem.to_owned(), pass });
        }
    });
}

/// What to tell about fields with invalid text that are no longer drawn. Each is told once.
pub fn problems_out_of_sight(ctx: &Context) -> Vec<String> {
    let pass = ctx.cumulative_pass_nr();
    let hidden: Vec<Problem> = ctx.data_mut(|data| {
        let all = data.get_temp_mut_or_default::<Vec<Problem>>(key());
        let (shown, hidden) = mem::take(all).into_iter().partition(|each| each.pass == pass);
        *all = shown;
        hidden
    });
    let words =
        |each: Problem| format!("{} was not changed. {}. What you typed is still in the field.", each.name, each.text);
    hidden.into_iter().map(words).collect()
}

/// Asks the field in use for its value when the pointer is pressed outside of it, which is before anything acts on the click.
/// Holds back for a frame what would act at once.
#[derive(Default)]
pub struct UnfinishedFirst {
    held: Vec<Event>,
}

impl Plugin for UnfinishedFirst {
    fn debug_name(&self) -> &'static str {
        "unfinished text first"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        let was_held = !self.held.is_empty();
        let mut events = mem::take(&mut self.held);
        events.append(&mut input.events);
        let unfinished = ctx.data(|data| data.get_temp::<Unfinished>(key()));
        // The field was asked already.
        if let Some(field) = unfinished.filter(|_| !was_held) {
            let (is_left, acts_at) = way_out(&events, field);
            if is_left {
                finish(ctx);
            }
            if let Some(at) = acts_at {
                self.held = events.split_off(at);
            }
        }
        input.events = events;
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        ui.data_mut(|data| data.remove::<MustFinish>(key()));
        if !self.held.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

/// Whether the events lead away from the field, and the first of them that acts at once: the release of a pointer that was
/// pressed in the same frame, or what a screen reader does to something else.
fn way_out(events: &[Event], from: Unfinished) -> (bool, Option<usize>) {
    let mut is_left = false;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::PointerButton { pos, pressed: true, .. } => is_left |= !from.rect.contains(*pos),
            Event::PointerButton { pressed: false, .. } if is_left => return (true, Some(at)),
            Event::AccessKitActionRequest(request)
                if request.target_node != from.field.accesskit_id()
                    && !matches!(request.action, Action::Focus | Action::ScrollIntoView) =>
            {
                return (true, Some(at));
            }
            _ => {}
        }
    }
    (is_left, None)
}
