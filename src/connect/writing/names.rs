//! Names and scopes of windows in the forms that systems accept.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::abilities::Abilities;
use crate::export::{clip_line, one_line};
use crate::model::{Batch, BatchSize, DeploymentGroup, MaintenanceWindow, Plan, System};
use crate::schedule::WindowSchedule;
use crate::wording::list;

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
    /// The number that a stem, in lower case, gets next.
    numbers: HashMap<String, usize>,
    /// Replaces every other character.
    filler: Option<char>,
    /// Signs that are kept.
    signs: &'static str,
    longest: usize,
    /// Stands before a name that does not begin with a letter.
    prefix: &'static str,
    is_lower: bool,
    /// Whether letters and digits of all scripts are kept.
    has_all_letters: bool,
}

impl Identifiers {
    /// `signs`: characters that names may have besides ASCII letters and digits. The first one replaces all others; without
    /// signs they are left out.
    pub fn new(signs: &'static str, longest: usize) -> Self {
        let filler = signs.chars().next();
        Self {
            taken: HashSet::new(),
            numbers: HashMap::new(),
            filler,
            signs,
            longest,
            prefix: "window",
            is_lower: false,
            has_all_letters: false,
        }
    }

    /// The same in lower case.
    #[must_use]
    pub fn lower(self) -> Self {
        Self { is_lower: true, ..self }
    }

    /// The same with the letters and digits of all scripts.
    #[must_use]
    pub fn with_all_letters(self) -> Self {
        Self { has_all_letters: true, ..self }
    }

    /// Makes sure that no name is that one.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// A name for `name` that was not returned before. It begins with a letter, and has at least three characters.
    pub fn next(&mut self, name: &str) -> String {
        let filler: String = self.filler.into_iter().collect();
        let mut stem = String::new();
        for c in name.chars() {
            if self.is_plain(c) || self.signs.contains(c) {
                stem.push(if self.is_lower { c.to_ascii_lowercase() } else { c });
            } else if !stem.ends_with(&filler) {
                stem.push_str(&filler);
            }
        }
        let is_sign = |c: char| !c.is_alphanumeric();
        let stem = stem.trim_matches(is_sign);
        let begins = stem.starts_with(char::is_alphabetic);
        let stem = match (begins && stem.len() > 2, stem.is_empty()) {
            (true, _) => stem.to_owned(),
            (false, true) => self.prefix.to_owned(),
            (false, false) => format!("{}{filler}{stem}", self.prefix),
        };
        let stem: String = stem.chars().take(self.longest).collect();
        let number = self.numbers.entry(stem.to_lowercase()).or_insert(1);
        loop {
            let ending = if *number == 1 { String::new() } else { format!("{filler}{number}") };
            let cut: String = stem.chars().take(self.longest - ending.len()).collect();
            let found = format!("{}{ending}", cut.trim_end_matches(is_sign));
            *number += 1;
            if self.taken.insert(found.to_lowercase()) {
                return found;
            }
        }
    }
}

impl Identifiers {
    fn is_plain(&self, c: char) -> bool {
        c.is_ascii_alphanumeric() || (self.has_all_letters && c.is_alphanumeric())
    }
}

/// Whom a window is about: the names of its groups, and of the systems that it names itself.
pub struct NamedScope {
    pub groups: Vec<String>,
    pub systems: Vec<String>,
}

fn named(name: &str, id: &str) -> String {
    match one_line(name) {
        name if name.is_empty() => one_line(id),
        name => name,
    }
}

/// The name of a group on one line: its id if it has none.
pub fn group_name(group: &DeploymentGroup) -> String {
    named(&group.name, group.id.as_str())
}

/// The name of a system on one line: its id if it has none.
pub fn system_name(system: &System) -> String {
    named(&system.name, system.id.as_str())
}

/// The names of all groups of a plan, sorted, each once.
pub fn group_names(plan: &Plan) -> Vec<String> {
    sorted(plan.ladders().iter().flat_map(|ladder| &ladder.groups).map(group_name))
}

/// The names of all systems of a plan, sorted, each once.
pub fn system_names(plan: &Plan) -> Vec<String> {
    sorted(plan.systems().iter().map(|system| system_name(system)))
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

impl NamedScope {
    pub fn new(window: &WindowSchedule, plan: &Plan) -> Self {
        let record = &window.window;
        let group = |id| plan.group(id).map(|(_, group)| group_name(group));
        let system = |id| plan.systems().get(id).map(|system| system_name(system));
        let groups = sorted(record.groups.iter().filter_map(group));
        let systems = sorted(record.systems.iter().filter_map(system));
        Self { groups, systems }
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.systems.is_empty()
    }
}

/// What the names of a plan become in a file that cannot have them as they are.
pub struct WrittenNames {
    groups: Option<Written>,
    systems: Option<Written>,
}

struct Written {
    write: fn(&str) -> String,
    /// The names by what they become.
    sources: HashMap<String, Vec<String>>,
}

impl Written {
    fn new(names: Vec<String>, write: fn(&str) -> String) -> Self {
        let mut sources: HashMap<String, Vec<String>> = HashMap::new();
        for name in names {
            sources.entry(write(&name)).or_default().push(name);
        }
        Self { write, sources }
    }
}

impl WrittenNames {
    pub fn new(plan: &Plan, abilities: &Abilities) -> Self {
        Self {
            groups: abilities.written_group.map(|write| Written::new(group_names(plan), write)),
            systems: abilities.written_system.map(|write| Written::new(system_names(plan), write)),
        }
    }

    /// Whether the names of a scope can be told from all others.
    ///
    /// # Errors
    /// Why they cannot, as the rest of a sentence.
    pub fn check(&self, scope: &NamedScope, system: &str) -> Result<(), String> {
        for (names, known) in [(&scope.groups, &self.groups), (&scope.systems, &self.systems)] {
            let Some(Written { write, sources }) = known else { continue };
            for name in names {
                let written = write(name);
                let short = clip_line(name, 60);
                if written.is_empty() {
                    return Err(format!("{system} cannot have the name \"{short}\""));
                }
                if let Some(other) = sources.get(&written).and_then(|all| all.iter().find(|other| *other != name)) {
                    let other = clip_line(other, 60);
                    return Err(format!("the names \"{short}\" and \"{other}\" would both be {written} in {system}"));
                }
            }
        }
        Ok(())
    }
}

/// What to say of names that a file has in another form. `renamed` has the names of the file by those of the plan.
pub fn renamed_remark(system: &str, renamed: &BTreeMap<String, String>) -> Option<String> {
    const MOST: usize = 8;
    let name =
        |(name, written): (&String, &String)| format!("\"{}\" is {}", clip_line(name, 60), clip_line(written, 60));
    let names: Vec<String> = renamed.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("Some names are other ones in {system}: {}", list(names, MOST)))
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
