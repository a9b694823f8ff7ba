//! Rolling the open plan forward: the plan of a later year opens as a new one that is not saved yet.

use crate::model::Plan;
use crate::roll::{RollTarget, roll_forward};
use crate::session::session::Session;
use crate::session::state::clock::unique_word;
use crate::session::state::file_state::FileState;
use crate::session::verbs::action::{After, Dialog, Question, RollOrder};

impl Session {
    /// Opens the dialog. Asks before, if the file of the plan has unknown fields: the new plan would not have them.
    pub(in crate::session) fn start_rolling(&mut self) {
        if self.file.newer_format {
            return self.show_error(format!(
                "{} was written by a newer Windowsill, and rolling it forward with this version could lose data.",
                self.file.name()
            ));
        }
        let fields: Vec<String> = self.file.unknown_fields.iter().map(ToString::to_string).collect();
        self.dialogs.open = Some(if fields.is_empty() {
            Dialog::RollForward
        } else {
            Dialog::Question(Question::RollDropsUnknown { fields })
        });
    }

    /// Makes the plan that was ordered, and opens it once unsaved changes of this one are saved or discarded.
    pub(in crate::session) fn roll_forward(&mut self, order: &RollOrder) {
        let RollOrder { year, title, choices } = order;
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        match roll_forward(self.plan(), &RollTarget { year: *year, word: unique_word(), title }, choices) {
            Ok(rolled) => {
                self.dialogs.open = None;
                self.after_saving(After::StartRolled(Box::new(rolled.plan)));
            }
            Err(error) => self.show_error(format!("Cannot roll forward: {error}.")),
        }
    }

    /// Opens a rolled plan, and what must be decided in it.
    pub(in crate::session) fn start_rolled(&mut self, plan: Plan) {
        self.start_over(plan, FileState::none());
        self.dialogs.open = Some(Dialog::Meetings);
    }
}
