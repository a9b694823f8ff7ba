//! What people wrote, made fit for paper.

use crate::export::text::{clean, clip, clip_line};

/// Characters of a name on paper.
const LONGEST_NAME: usize = 2_000;
/// Characters of a text of several lines.
const LONGEST_TEXT: usize = 20_000;

/// A name on one line.
pub fn name(text: &str) -> String {
    clip_line(text, LONGEST_NAME)
}

/// A text with the lines in which it was written.
pub fn written(text: &str) -> String {
    clip(clean(text).trim().to_owned(), LONGEST_TEXT)
}
