//! The text of a recovery file: which plan it belongs to, what it is based on, and the plan.

use std::path::{Path, PathBuf};

use super::fingerprint::Fingerprint;
use super::paths::full_path;
use crate::model::{PlanId, fnv1a, slug};

const HEAD: &str = "// Not saved when Windowsill ended. Belongs to ";
const BASE: &str = "// Based on the content ";

/// What a recovery file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecoveryOwner {
    /// A plan file, by its full path.
    File(PathBuf),
    /// A plan that was never saved.
    Untitled(PlanId),
}

impl RecoveryOwner {
    /// The plan file at `path`. Different spellings of a path give the same owner.
    pub fn file(path: &Path) -> Self {
        Self::File(full_path(path))
    }

    /// Readable, and different for each owner.
    pub(super) fn file_stem(&self) -> String {
        let (name, bytes) = match self {
            Self::File(path) => {
                (path.file_stem().unwrap_or_default().to_string_lossy(), path.as_os_str().as_encoded_bytes())
            }
            Self::Untitled(id) => ("untitled".into(), id.as_str().as_bytes()),
        };
        format!("{}-{:016x}", slug(&name), fnv1a(bytes))
    }

    /// One line for any name. A path that is not Unicode is kept as closely as text can.
    pub(super) fn to_line(&self) -> String {
        match self {
            Self::File(path) => format!("the file {:?}", path.to_string_lossy()),
            Self::Untitled(id) => format!("the new plan {:?}", id.as_str()),
        }
    }

    fn from_line(line: &str) -> Option<Self> {
        let name = |text: &str| ron::from_str::<String>(text).ok();
        match line.strip_prefix("the file ") {
            Some(path) => name(path).map(|path| Self::File(path.into())),
            None => name(line.strip_prefix("the new plan ")?).map(|id| Self::Untitled(PlanId::new(&id))),
        }
    }
}

/// A recovery file, read or to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecoveryText<'a> {
    pub owner: RecoveryOwner,
    /// The content of the plan file that the plan is a change of. None for a plan that was never saved, and in files of
    /// earlier versions.
    pub base: Option<Fingerprint>,
    /// The plan's text.
    pub plan: &'a str,
}

impl<'a> RecoveryText<'a> {
    pub(super) fn to_text(&self) -> String {
        let base = self.base.map(|base| format!("{BASE}{base}\n")).unwrap_or_default();
        format!("{HEAD}{}\n{base}{}", self.owner.to_line(), self.plan)
    }

    /// None for a text that is not of a recovery file.
    pub(super) fn from_text(text: &'a str) -> Option<Self> {
        let (head, plan) = text.split_once('\n')?;
        let owner = RecoveryOwner::from_line(head.strip_prefix(HEAD)?)?;
        let based = plan.strip_prefix(BASE).and_then(|rest| rest.split_once('\n'));
        let (base, plan) = based.map_or((None, plan), |(base, plan)| (Fingerprint::from_text(base), plan));
        Some(Self { owner, base, plan })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_file_is_read_as_it_was_written_also_without_a_base() {
        let owners = [RecoveryOwner::File("a \"plan\"\n.ron".into()), RecoveryOwner::Untitled("p".into())];
        for owner in owners {
            for base in [None, Some(Fingerprint::from_bytes(b"old"))] {
                let text = RecoveryText { owner: owner.clone(), base, plan: "(\n  format: 2,\n)\n" };
                assert_eq!(RecoveryText::from_text(&text.to_text()), Some(text));
            }
        }
        for foreign in ["", "(format: 2)\n", "// Not saved\nx", "// Not saved when Windowsill ended. Belongs to x\n"] {
            assert_eq!(RecoveryText::from_text(foreign), None, "{foreign}");
        }
    }
}
