//! A column of a table: what its cells say, how they are sorted, and what typing into them changes.

use crate::model::{Edit, Plan};

/// What becomes of text that is typed into a cell.
pub enum Write<T: 'static> {
    /// The field that it changes. The error says what to write instead.
    Field(fn(&Plan, &mut T, &str) -> Result<(), String>),
    /// The edits of other records that it means.
    Edits(fn(&Plan, &T, &str) -> Result<Vec<Edit>, String>),
}

/// A column for records of the type `T`.
pub struct Column<T: 'static> {
    pub info: ColumnInfo,
    pub text: fn(&Plan, &T) -> String,
    /// The sort key, if the text would sort wrongly.
    pub key: Option<fn(&Plan, &T) -> i64>,
    pub write: Option<Write<T>>,
    /// What can be typed, if that is a list.
    pub choices: Option<fn(&Plan) -> Vec<String>>,
}

/// What all columns have, for records of every kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    pub title: &'static str,
    /// Whether its cells are aligned at the right.
    pub is_number: bool,
    /// Whether it is shown until somebody chooses other columns.
    pub is_usual: bool,
    pub is_editable: bool,
    /// Whether it tells records apart: two should not have the same text.
    pub is_identifying: bool,
}

impl<T> Column<T> {
    /// A column that can only be read.
    pub const fn new(title: &'static str, text: fn(&Plan, &T) -> String) -> Self {
        let info = ColumnInfo { title, is_number: false, is_usual: false, is_editable: false, is_identifying: false };
        Self { info, text, key: None, write: None, choices: None }
    }

    pub const fn usual(mut self) -> Self {
        self.info.is_usual = true;
        self
    }

    pub const fn identifying(mut self) -> Self {
        self.info.is_identifying = true;
        self
    }

    pub const fn sorted_by(mut self, key: fn(&Plan, &T) -> i64) -> Self {
        self.key = Some(key);
        self
    }

    pub const fn number(mut self, key: fn(&Plan, &T) -> i64) -> Self {
        self.info.is_number = true;
        self.sorted_by(key)
    }

    pub const fn field(mut self, write: fn(&Plan, &mut T, &str) -> Result<(), String>) -> Self {
        self.info.is_editable = true;
        self.write = Some(Write::Field(write));
        self
    }

    pub const fn edits(mut self, write: fn(&Plan, &T, &str) -> Result<Vec<Edit>, String>) -> Self {
        self.info.is_editable = true;
        self.write = Some(Write::Edits(write));
        self
    }

    pub const fn choices(mut self, choices: fn(&Plan) -> Vec<String>) -> Self {
        self.choices = Some(choices);
        self
    }
}
