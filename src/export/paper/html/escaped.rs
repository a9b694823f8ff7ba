//! People's text in HTML.

use crate::export::escape;
use crate::export::text::{clean, one_line};

/// Text on one line, escaped.
pub fn line(text: &str) -> String {
    escape::html(&one_line(text))
}

/// Text of several lines, escaped; the style sheet keeps its line ends.
pub fn lines(text: &str) -> String {
    escape::html(clean(text).trim())
}
