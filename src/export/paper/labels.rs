//! Labels and titles, which several parts of a document are made of.

use serde::Serialize;

/// A label and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labelled {
    pub label: String,
    pub text: String,
}

/// A heading inside a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    pub text: String,
    /// "Fri 19 Mar, 22:00"
    pub beside: String,
}
