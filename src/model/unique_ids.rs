//! Unique ids for what an edit adds: two people who take the same proposal must not add records with one id.

use super::{Edit, Plan, WindowId};

impl Edit {
    /// The same edit, in which the windows that it adds have ids with `word`, which is random. Nothing else in the edit may
    /// name these windows.
    #[must_use]
    pub fn with_unique_ids(self, plan: &Plan, word: &str) -> Self {
        let mut taken = Vec::new();
        self.with_ids(plan, word, &mut taken)
    }

    fn with_ids(self, plan: &Plan, word: &str, taken: &mut Vec<WindowId>) -> Self {
        match self {
            Self::PutWindow(mut window) if !plan.windows().contains(&window.id) => {
                let is_taken = |id: &WindowId| plan.windows().contains(id) || taken.contains(id);
                window.id = WindowId::unique(window.id.as_str(), word, is_taken);
                taken.push(window.id.clone());
                Self::PutWindow(window)
            }
            Self::Together { label, edits } => {
                let edits = edits.into_iter().map(|edit| edit.with_ids(plan, word, taken)).collect();
                Self::Together { label, edits }
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, MaintenanceWindow, Rule};

    #[test]
    fn only_added_windows_get_unique_ids_and_no_two_the_same() {
        let window = |id: &str| MaintenanceWindow::new(id.into(), "Standby", Rule::once("2027-03-06".parse().unwrap()));
        let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "UTC");
        let plan = plan.apply(&Edit::PutWindow(window("there"))).unwrap();
        let edits = ["standby", "there", "standby"].map(|id| Edit::PutWindow(window(id))).to_vec();
        let edit = Edit::Together { label: "Add".to_owned(), edits };
        let changed = plan.apply(&edit.with_unique_ids(&plan, "qxz")).unwrap();
        let ids: Vec<_> = changed.windows().iter().map(|window| window.id.as_str().to_owned()).collect();
        assert_eq!(ids, ["standby-qxz", "standby-qxz-2", "there"]);
    }
}
