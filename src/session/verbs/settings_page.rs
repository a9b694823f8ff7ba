//! The pages of the dialog for the plan's settings.

/// A page of the plan's settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SettingsPage {
    #[default]
    Plan,
    Policy(PolicyPage),
}

/// A part of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyPage {
    Deadlines,
    Windows,
    Ladders,
    Fit,
    Nights,
    Services,
    Recording,
}
