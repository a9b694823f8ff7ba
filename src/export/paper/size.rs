//! The sizes of paper.

use serde::{Deserialize, Serialize};

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
    A3,
    A2,
    /// 11 by 17 inches, the North American counterpart of A3.
    Tabloid,
}

impl Paper {
    pub const ALL: [Self; 5] = [Self::A4, Self::Letter, Self::A3, Self::A2, Self::Tabloid];

    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::Tabloid => "Tabloid (11 × 17 in)",
        }
    }
}
