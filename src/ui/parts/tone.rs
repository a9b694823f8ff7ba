//! How urgent a figure is, and its colour.

use egui::Color32;

use super::cx::Cx;

/// The urgency of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Warning,
    Error,
}

impl Tone {
    pub fn color(self, cx: &Cx<'_>) -> Color32 {
        match self {
            Self::Plain => cx.colors.text,
            Self::Good => cx.colors.good,
            Self::Warning => cx.colors.warning,
            Self::Error => cx.colors.error,
        }
    }
}
