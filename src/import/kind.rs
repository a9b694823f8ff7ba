//! A kind of file that can be imported: how it is called, how it is recognised, and how it is read.

use std::fmt;

use super::confidence::Confidence;
use super::error::ImportError;
use super::head::Head;
use super::imported::Imported;
use super::input::Input;
use super::option::OptionSpec;
use super::tables::layout::Layout;
use super::topic::Topic;

/// A row of the list of kinds. The dialogs, drag and drop and the command line all read it.
pub struct ImportKind {
    /// For machines: "windows-table".
    pub id: &'static str,
    pub topic: Topic,
    /// What a file of this kind is called in a sentence: "a table of windows (CSV)".
    pub name: &'static str,
    /// What is read from it, below the choice on screen.
    pub help: &'static str,
    /// Usual file endings, for file dialogs. The content decides what a file is.
    pub endings: &'static [&'static str],
    pub options: &'static [OptionSpec],
    /// Judges by the beginning of a file whether it is of this kind.
    pub sniff: fn(&Head) -> Confidence,
    /// What its columns are called, if it is a table.
    pub layout: Option<&'static Layout>,
    pub read: fn(&Input<'_>) -> Result<Imported, ImportError>,
}

impl PartialEq for ImportKind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ImportKind {}

impl fmt::Debug for ImportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImportKind({})", self.id)
    }
}
