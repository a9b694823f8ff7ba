//! Systems of the plan as cells name them.

use std::collections::HashMap;

use crate::import::text::words_on_one_line;
use crate::model::{Plan, SystemId};

/// The plan's systems by id and by name in lower case.
pub struct SystemNames<'a>(HashMap<String, Vec<&'a SystemId>>);

impl<'a> SystemNames<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut names: HashMap<String, Vec<&SystemId>> = HashMap::new();
        for system in plan.systems() {
            names.entry(words_on_one_line(&system.name).to_lowercase()).or_default().push(&system.id);
        }
        // If an id is also the name of another system, the id wins.
        names.extend(plan.systems().iter().map(|system| (system.id.as_str().to_lowercase(), vec![&system.id])));
        Self(names)
    }

    /// The systems that a cell names, sorted. Semicolons, bars or commas separate several, and spaces several ids. A name
    /// may itself contain any of these.
    pub fn systems(&self, cell: &str, warn: &mut dyn FnMut(String)) -> Vec<SystemId> {
        let mut systems = Vec::new();
        self.collect(cell, &[&[';', '|', '\n', '\r'], &[',']], &mut systems, warn);
        systems.sort();
        systems.dedup();
        systems
    }

    fn collect(&self, text: &str, separators: &[&[char]], systems: &mut Vec<SystemId>, warn: &mut dyn FnMut(String)) {
        if let Some(found) = self.named(text) {
            systems.extend(found);
        } else if let Some((first, rest)) = separators.split_first() {
            for part in text.split(*first).map(str::trim).filter(|part| !part.is_empty()) {
                self.collect(part, rest, systems, warn);
            }
        } else {
            match text.split_whitespace().map(|word| self.named(word)).collect::<Option<Vec<_>>>() {
                Some(words) => systems.extend(words.into_iter().flatten()),
                None => warn(format!("Unknown system \"{}\": ignored", words_on_one_line(text))),
            }
        }
    }

    pub fn named(&self, name: &str) -> Option<impl Iterator<Item = SystemId>> {
        self.0.get(&words_on_one_line(name).to_lowercase()).map(|ids| ids.iter().map(|id| (*id).clone()))
    }
}
