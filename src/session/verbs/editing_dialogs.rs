//! Which dialogs change the plan: some do nothing else, so that they are refused if the plan is read-only.

use super::action::{Dialog, PathRequest, Question};

impl Dialog {
    /// Whether its fields change the plan while it is open, like those of forms.
    pub fn edits_plan(&self) -> bool {
        matches!(self, Self::PlanSettings(_) | Self::InviteTexts)
    }

    /// Whether it is only there to change the plan. Dialogs that also show something, such as the plan's settings, disable
    /// their fields instead.
    pub fn only_edits(&self) -> bool {
        match self {
            Self::Meetings
            | Self::QuickAdd
            | Self::LadderWindows(_)
            | Self::Accept(_)
            | Self::ChooseKind { .. }
            | Self::Path(PathRequest::Import { .. })
            | Self::Question(Question::Edit(_) | Question::Import(_)) => true,
            Self::Welcome
            | Self::Palette
            | Self::Shortcuts
            | Self::PlanSettings(_)
            | Self::RollForward
            | Self::Invites(_)
            | Self::InviteTexts
            | Self::Path(_)
            | Self::Calendar(_)
            | Self::Systems
            | Self::Print(_)
            | Self::Versions(_)
            | Self::Git
            | Self::Publish
            | Self::Question(_)
            | Self::RecoveryFiles(_) => false,
        }
    }
}
