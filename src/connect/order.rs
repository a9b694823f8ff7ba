//! An order of files for a connected system.

use super::system::ConnectedSystem;
use super::writing::Writer;
use crate::export::{FileType, one_line};
use crate::model::{Plan, slug};

/// The windows of a plan for a system, in one of its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemOrder {
    pub system: &'static ConnectedSystem,
    pub writer: &'static Writer,
}

impl SystemOrder {
    /// The usual form of a system. None if nothing is written for it.
    pub fn usual(system: &'static ConnectedSystem) -> Option<Self> {
        system.writes.first().map(|writer| Self { system, writer })
    }

    /// The name of its file, without an ending: "servers-2027.ssm"
    pub fn stem(&self, plan: &Plan) -> String {
        format!("{}.{}", slug(&one_line(plan.title())), self.writer.output.id)
    }

    /// The types that its forms have, each once, the type of this form first.
    pub fn file_types(&self) -> Vec<FileType> {
        let mut types = vec![self.writer.file_type];
        for writer in self.system.writes {
            if types.iter().all(|known| known.ending() != writer.file_type.ending()) {
                types.push(writer.file_type);
            }
        }
        types
    }

    /// The same order in the first form of that type, unless its form has that type.
    #[must_use]
    pub fn in_type(self, file_type: FileType) -> Self {
        if self.writer.file_type.ending() == file_type.ending() {
            return self;
        }
        let form = self.system.writes.iter().find(|writer| writer.file_type.ending() == file_type.ending());
        Self { writer: form.copied().unwrap_or(self.writer), ..self }
    }

    /// How the administrator applies the file.
    pub fn how_to_apply(&self) -> impl Iterator<Item = String> {
        let steps = self.system.apply.iter();
        steps.map(|step| format!("To apply ({}): {}", step.what, step.how))
    }
}
