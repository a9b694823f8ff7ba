//! The registry of outputs: a row for everything that can be written for others.
//!
//! Each family of outputs lists its rows in `export/`: lists, printed documents, and the profiles of the year calendar. Those
//! for connected systems are in the rows of `connect/`.

use crate::connect::writers;
use crate::export::Output;
use crate::export::lists::List;
use crate::export::print;
use crate::export::profiles::{PROFILES, Profile};
use crate::export::{invites, revision};

/// The profile that the command line calls by that name.
pub fn find_profile(id: &str) -> Option<&'static Profile> {
    PROFILES.into_iter().find(|profile| profile.output.id == id)
}

/// Everything that can be written.
pub fn outputs() -> Vec<&'static Output> {
    let lists = List::ALL.map(|list| list.output()).into_iter();
    let printed = print::KINDS.into_iter().map(print::PrintKind::output);
    let profiles = PROFILES.into_iter().map(|profile| &profile.output);
    lists
        .chain([&revision::OUTPUT, &invites::OUTPUT])
        .chain(printed)
        .chain(profiles)
        .chain(writers().map(|writer| &writer.output))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::outputs;

    #[test]
    fn every_output_has_an_id_and_a_name_that_no_other_has() {
        let outputs = outputs();
        let ids: BTreeSet<&str> = outputs.iter().map(|output| output.id).collect();
        let names: BTreeSet<&str> = outputs.iter().map(|output| output.name).collect();
        assert_eq!((ids.len(), names.len()), (outputs.len(), outputs.len()));
        assert!(outputs.iter().all(|output| !output.help.ends_with('.') && !output.help.is_empty()));
    }
}
