//! Commands about checklists: a new one, and a copy of the open one.

use crate::model::{ChecklistId, ChecklistTemplate, Edit, Subject, copy_name};
use crate::session::session::Session;
use crate::session::state::clock::unique_word;
use crate::session::verbs::action::Destination;
use crate::session::verbs::views::View;

impl Session {
    /// The checklist whose form is open.
    pub fn shown_checklist(&self) -> Option<&ChecklistTemplate> {
        match &self.navigation.listed {
            Some(Subject::Checklist(id)) if self.navigation.view == View::Lists => {
                self.plan().checklists().get(id).map(|each| &**each)
            }
            _ => None,
        }
    }

    pub(in crate::session) fn new_checklist(&mut self) {
        let id = ChecklistId::unique("new-checklist", &unique_word(), |id| self.plan().checklists().contains(id));
        self.put_checklist(ChecklistTemplate::new(id, "New checklist", Vec::new()));
    }

    /// Copies the open checklist and opens the copy.
    pub(in crate::session) fn copy_checklist(&mut self) {
        let Some(shown) = self.shown_checklist() else { return };
        let is_taken = |name: &str| self.plan().checklists().iter().any(|each| each.name == name);
        let name = copy_name(&shown.name, is_taken);
        let id = ChecklistId::unique(&name, &unique_word(), |id| self.plan().checklists().contains(id));
        self.put_checklist(ChecklistTemplate { id, name, ..shown.clone() });
    }

    fn put_checklist(&mut self, template: ChecklistTemplate) {
        let id = template.id.clone();
        self.edit(&Edit::PutChecklist(template));
        self.reveal(Destination::List(Subject::Checklist(id)));
    }
}
