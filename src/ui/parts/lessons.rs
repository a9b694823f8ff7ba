//! What was learned in earlier nights, where the next one is planned.

use std::rc::Rc;

use egui::{Label, Ui};

use super::cx::Cx;
use super::memo::{Memo, Pointer};
use super::widgets::muted;
use crate::model::{NightKey, Plan, WindowId};
use crate::schedule::WindowSchedule;
use crate::schedule::night::lessons::lessons_for;
use crate::session::Destination;
use crate::wording;

/// At most this many notes are shown.
const MOST: usize = 5;

/// The notes that matter for a window, found again if the plan changes.
#[derive(Default)]
pub struct Lessons(Memo<(Pointer<Plan>, WindowId), Vec<Note>>);

/// The notes of a night.
pub struct Note {
    key: NightKey,
    /// "Sat 13 Mar 2027, Core DB patching"
    title: String,
    text: String,
}

impl Lessons {
    pub fn for_window(&mut self, cx: &Cx<'_>, window: &WindowSchedule) -> Rc<Vec<Note>> {
        let find = || {
            let found = lessons_for(cx.schedule(), window).into_iter().map(|lesson| Note {
                key: lesson.record.key.clone(),
                title: format!("{}, {}", wording::date(lesson.on()), lesson.name()),
                text: lesson.record.notes.trim().to_owned(),
            });
            found.collect()
        };
        self.0.get((Pointer::to(cx.plan_pointer()), window.id().clone()), find)
    }
}

/// Shows the notes, except those of the night that is shown itself. A click on a title opens that night.
pub fn lessons_ui(ui: &mut Ui, cx: &Cx<'_>, notes: &[Note], shown: Option<&NightKey>) {
    for note in notes.iter().filter(|note| shown != Some(&note.key)).take(MOST) {
        if ui.link(&note.title).clicked() {
            cx.reveal(Destination::Night(note.key.clone()));
        }
        ui.add(Label::new(muted(cx, note.text.clone())).wrap());
        ui.add_space(4.0);
    }
}

/// "5 notes"; none if there is nothing to show.
pub fn summary(notes: &[Note], shown: Option<&NightKey>) -> Option<String> {
    let count = notes.iter().filter(|note| shown != Some(&note.key)).count();
    (count > 0).then(|| wording::counted(count, "note"))
}
