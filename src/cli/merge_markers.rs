//! What `merge` leaves as a merge driver of Git if it cannot merge: both texts between conflict markers, as Git itself
//! would. If ours alone stayed, `git add` would drop theirs.

use std::path::Path;

use super::reply::Failure;
use crate::store::{self, LARGEST_FILE};

/// Writes both versions to the file of ours, and says what to do with them.
pub fn keep_both(ours: &Path, theirs: &Path, named: &str, why: &Failure) -> Failure {
    match write_both(ours, theirs) {
        Ok(()) => Failure(format!(
            "{named}: not merged as a plan, because {}\n{named}: both versions are in it now, between conflict \
             markers: keep one of them, then git add",
            why.0
        )),
        Err(problem) => Failure(format!(
            "{named}: not merged, because {}\n{named}: it has only our version ({problem}). Theirs is: git show :3:{named}",
            why.0
        )),
    }
}

fn write_both(ours: &Path, theirs: &Path) -> Result<(), String> {
    let read = |path| store::read_text(path, LARGEST_FILE).map(|read| read.text).map_err(|error| error.to_string());
    let [mut first, mut second] = [read(ours)?, read(theirs)?];
    for text in [&mut first, &mut second] {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    let both = format!("<<<<<<< ours\n{first}=======\n{second}>>>>>>> theirs\n");
    store::write_over_plan(ours, both.as_bytes()).map_err(|error| error.to_string())
}
