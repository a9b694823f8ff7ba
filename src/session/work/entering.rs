//! Hides what is wrong with a new record while its name is being entered.

use crate::model::Subject;
use crate::session::session::Session;

impl Session {
    /// Tells whether the name of the record that was added last is being entered. Until it is left, findings about the
    /// record are not shown.
    pub fn enter_newest(&mut self, is_naming: bool) {
        if !is_naming {
            self.navigation.new_records.leave_newest();
        }
        let newest = self.navigation.new_records.newest().cloned();
        let groups = match &newest {
            Some(Subject::Ladder(id)) => self.plan().ladders().get(id).map(|ladder| ladder.groups.clone()),
            _ => None,
        };
        let groups = groups.into_iter().flatten().map(|group| Subject::Group(group.id));
        self.document.hide_findings_about(newest.into_iter().chain(groups).collect());
    }
}
