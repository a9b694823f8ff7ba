//! New records as forms begin with them.

use chrono::NaiveDate;

use super::{
    ChangeFreeze, DeploymentGroup, FreezeId, GroupId, Ladder, LadderId, MaintenanceWindow, Plan, ReleaseId, Rule,
    Stage, SystemClass, WindowId,
};

impl Plan {
    /// A window that takes place once, on that day. `word` makes its id unique.
    pub fn new_window_on(&self, day: NaiveDate, word: &str) -> MaintenanceWindow {
        let id = WindowId::unique("new-window", word, |id| self.windows().contains(id));
        MaintenanceWindow::new(id, "New window", Rule::once(day))
    }

    /// A freeze of a week that begins on that day. `word` makes its id unique.
    pub fn new_freeze_on(&self, day: NaiveDate, word: &str) -> ChangeFreeze {
        ChangeFreeze::week(FreezeId::unique("new-freeze", word, |id| self.freezes().contains(id)), day)
    }

    /// A ladder for servers with four groups and, if the plan has it, Microsoft's release calendar. `word` makes its ids
    /// unique.
    pub fn new_ladder(&self, word: &str) -> Ladder {
        let id = LadderId::unique("new-ladder", word, |id| self.ladders().contains(id));
        let group = |stage: Stage| {
            let id = GroupId::unused(&format!("{id}-{}", stage.name()), |id| self.group(id).is_some());
            DeploymentGroup::new(id, stage.name(), stage)
        };
        let groups = [Stage::Test, Stage::Uat, Stage::Rest, Stage::Production].map(group).to_vec();
        let release = Some(ReleaseId::new("microsoft")).filter(|release| self.releases().contains(release));
        Ladder { id, name: "New ladder".to_owned(), class: SystemClass::Server, release, groups }
    }
}
