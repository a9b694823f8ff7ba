//! Which checklist applies to a window.

use super::{ChecklistChoice, ChecklistId, ChecklistTemplate, DeploymentGroup, Ladder, MaintenanceWindow, Plan};

/// The checklist that follows from a window's choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EffectiveChecklist<'a> {
    /// The handbook's 25 items.
    Handbook,
    Template(&'a ChecklistTemplate),
    /// A template that the plan does not have.
    Unknown(&'a ChecklistId),
    Without,
}

/// Where a window's checklist comes from. A window overrides its groups, and groups override the type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChecklistSource<'a> {
    /// The window names one, or does without.
    Window,
    /// The first of its groups that names one, and the group's ladder.
    Group(&'a Ladder, &'a DeploymentGroup),
    WindowType,
    /// Nothing names one, so the handbook's applies.
    Handbook,
}

impl Plan {
    /// The checklist of a window.
    pub fn effective_checklist<'a>(&'a self, window: &'a MaintenanceWindow) -> EffectiveChecklist<'a> {
        match (&window.checklist, self.checklist_id_for(window)) {
            (ChecklistChoice::Without, _) => EffectiveChecklist::Without,
            (_, None) => EffectiveChecklist::Handbook,
            (_, Some(id)) => match self.checklists().get(id) {
                Some(template) => EffectiveChecklist::Template(template),
                None => EffectiveChecklist::Unknown(id),
            },
        }
    }

    /// The template named by a window, by the first of its groups that names one, or by its type.
    pub fn checklist_id_for<'a>(&'a self, window: &'a MaintenanceWindow) -> Option<&'a ChecklistId> {
        match (&window.checklist, self.checklist_source(window)) {
            (ChecklistChoice::Template(id), _) => Some(id),
            (_, ChecklistSource::Group(_, group)) => group.checklist.as_ref(),
            (_, ChecklistSource::WindowType) => self.policy().window_type(window.kind)?.checklist.as_ref(),
            (_, ChecklistSource::Window | ChecklistSource::Handbook) => None,
        }
    }

    /// Where a window's checklist comes from.
    pub fn checklist_source<'a>(&'a self, window: &MaintenanceWindow) -> ChecklistSource<'a> {
        if window.checklist != ChecklistChoice::Usual {
            return ChecklistSource::Window;
        }
        let mut groups = window.groups.iter().filter_map(|id| self.group(id));
        if let Some((ladder, group)) = groups.find(|(_, group)| group.checklist.is_some()) {
            return ChecklistSource::Group(ladder, group);
        }
        match self.policy().window_type(window.kind) {
            Some(window_type) if window_type.checklist.is_some() => ChecklistSource::WindowType,
            _ => ChecklistSource::Handbook,
        }
    }
}
