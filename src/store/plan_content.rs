//! Recognises plans by what a file contains.

use std::io::Read as _;
use std::path::Path;

use super::plan_name::has_plan_name;
use super::stream::open_to_read;
use crate::import::begins_plan;

/// How much of a file is looked at to recognise a plan, in bytes.
const LONGEST_HEAD: u64 = 4 << 10;

/// Whether a file looks like a plan, by its content or else by its name.
pub fn looks_like_plan(path: &Path) -> bool {
    head(path).is_some_and(|text| begins_plan(&text) || has_plan_name(path))
}

/// Whether a file contains a plan.
pub(super) fn contains_plan(path: &Path) -> bool {
    head(path).is_some_and(|text| begins_plan(&text))
}

/// The beginning of a file; none if it cannot be read.
fn head(path: &Path) -> Option<String> {
    let mut head = Vec::new();
    open_to_read(path).and_then(|file| file.take(LONGEST_HEAD).read_to_end(&mut head)).ok()?;
    Some(String::from_utf8_lossy(&head).into_owned())
}
