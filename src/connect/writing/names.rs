//! Names and scopes of windows in the forms that systems accept.

use std::collections::HashSet;

use crate::export::one_line;
use crate::model::{Batch, BatchSize, MaintenanceWindow, Plan};
use crate::schedule::WindowSchedule;

/// The name of a window on one line: its id if it has none.
pub fn title(window: &MaintenanceWindow) -> String {
    match one_line(&window.name) {
        name if name.is_empty() => one_line(window.id.as_str()),
        name => name,
    }
}

/// Names that differ, each made of letters, digits and some signs.
pub struct Identifiers {
    taken: HashSet<String>,
    /// Replaces every other character.
    filler: Option<char>,
    /// Signs that are kept.
    signs: &'static str,
    longest: usize,
    /// Stands before a name that does not begin with a letter.
    prefix: &'static str,
    is_lower: bool,
}

impl Identifiers {
    /// `signs`: characters that names may have besides ASCII letters and digits. The first one replaces all others; without
    /// signs they are left out.
    pub fn new(signs: &'static str, longest: usize) -> Self {
        let filler = signs.chars().next();
        Self { taken: HashSet::new(), filler, signs, longest, prefix: "window", is_lower: false }
    }

    /// The same in lower case.
    #[must_use]
    pub fn lower(self) -> Self {
        Self { is_lower: true, ..self }
    }

    /// A name for `name` that was not returned before. It begins with a letter, and has at least three characters.
    pub fn next(&mut self, name: &str) -> String {
        let filler: String = self.filler.into_iter().collect();
        let mut stem = String::new();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || self.signs.contains(c) {
                stem.push(if self.is_lower { c.to_ascii_lowercase() } else { c });
            } else if !stem.ends_with(&filler) {
                stem.push_str(&filler);
            }
        }
        let is_sign = |c: char| !c.is_ascii_alphanumeric();
        let stem = stem.trim_matches(is_sign);
        let begins = stem.starts_with(|c: char| c.is_ascii_alphabetic());
        let stem = match (begins && stem.len() > 2, stem.is_empty()) {
            (true, _) => stem.to_owned(),
            (false, true) => self.prefix.to_owned(),
            (false, false) => format!("{}{filler}{stem}", self.prefix),
        };
        let mut number = 1;
        loop {
            let ending = if number == 1 { String::new() } else { format!("{filler}{number}") };
            let cut: String = stem.chars().take(self.longest - ending.len()).collect();
            let found = format!("{}{ending}", cut.trim_end_matches(is_sign));
            if self.taken.insert(found.to_ascii_lowercase()) {
                return found;
            }
            number += 1;
        }
    }
}

/// Whom a window is about: the names of its groups, and of the systems that it names itself.
pub struct NamedScope {
    pub groups: Vec<String>,
    pub systems: Vec<String>,
}

impl NamedScope {
    pub fn new(window: &WindowSchedule, plan: &Plan) -> Self {
        let named = |name: &str, id: &str| match one_line(name) {
            name if name.is_empty() => one_line(id),
            name => name,
        };
        let record = &window.window;
        let group = |id| plan.group(id).map(|(_, group)| named(&group.name, group.id.as_str()));
        let mut groups: Vec<String> = record.groups.iter().filter_map(group).collect();
        let system = |id| plan.systems().get(id).map(|system| named(&system.name, system.id.as_str()));
        let mut systems: Vec<String> = record.systems.iter().filter_map(system).collect();
        for names in [&mut groups, &mut systems] {
            names.sort();
            names.dedup();
        }
        Self { groups, systems }
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.systems.is_empty()
    }
}

/// The first batch of a window, as many systems write it: "10", "25%", "100%".
pub fn concurrency(batch: &Batch) -> String {
    let size = |size: BatchSize| match size {
        BatchSize::Hosts(hosts) => hosts.max(1).to_string(),
        BatchSize::Share(percent) => format!("{}%", percent.clamp(1, 100)),
    };
    match batch {
        Batch::Hosts(hosts) => size(BatchSize::Hosts(*hosts)),
        Batch::Share(percent) => size(BatchSize::Share(*percent)),
        Batch::List(sizes) => sizes.first().map_or_else(|| "100%".to_owned(), |first| size(*first)),
        Batch::All => "100%".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_unique_and_begin_with_a_letter() {
        let mut names = Identifiers::new("_-.", 12);
        let found = ["Prod Pilot", "prod pilot", "", "1. Güte", "漢字", "a_very_long_name_indeed", "a very long n"]
            .map(|name| names.next(name));
        assert_eq!(
            found,
            ["Prod_Pilot", "prod_pilot_2", "window", "window_1._G", "window_2", "a_very_long", "a_very_lon_2"]
        );
    }
}
