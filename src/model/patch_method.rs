//! Who or what installs the patches on a system.

use serde::{Deserialize, Serialize};

/// How patches are installed on a system.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PatchMethod {
    #[default]
    Unknown,
    Manual,
    /// By a program: "WSUS", "Ansible".
    Tool(String),
}

/// How cells and forms write [`PatchMethod::Manual`].
const MANUALLY: &str = "Manually";

impl PatchMethod {
    /// Reads a cell: "manually", or the name of a tool. Empty if it is not known.
    pub fn read(text: &str) -> Self {
        match text.trim() {
            "" => Self::Unknown,
            tool => match &*tool.to_lowercase() {
                "manual" | "manually" | "manuell" | "von hand" => Self::Manual,
                _ => Self::Tool(tool.to_owned()),
            },
        }
    }

    /// "Manually", or the name of the tool. Empty if it is not known.
    pub fn name(&self) -> &str {
        match self {
            Self::Unknown => "",
            Self::Manual => MANUALLY,
            Self::Tool(tool) => tool,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        for method in [PatchMethod::Unknown, PatchMethod::Manual, PatchMethod::Tool("WSUS".to_owned())] {
            assert_eq!(PatchMethod::read(method.name()), method);
        }
        assert_eq!(PatchMethod::read(" Manually "), PatchMethod::Manual);
        assert_eq!(PatchMethod::read(" Red Hat Satellite "), PatchMethod::Tool("Red Hat Satellite".to_owned()));
    }
}
