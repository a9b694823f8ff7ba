//! Where an inventory leaves open whether two hosts are one, and what is assumed.

use std::collections::{BTreeMap, BTreeSet};

use crate::wording::{counted, list_in_sentence};

/// How many hosts a warning names.
const MOST_NAMED: usize = 5;

/// Hosts that may be others than they seem.
#[derive(Debug, Default)]
pub struct Doubts {
    /// What differs between rows of the same name.
    names: BTreeMap<String, BTreeSet<&'static str>>,
    /// Hosts at an address that a system of other names had.
    addresses: BTreeMap<String, String>,
}

impl Doubts {
    /// Rows of this name are read as one host, although they differ in these fields. Without a difference, nothing is noted.
    pub fn note(&mut self, name: &str, differences: &[&'static str]) {
        if !differences.is_empty() {
            self.names.entry(name.to_owned()).or_default().extend(differences);
        }
    }

    /// A host is a new one, although the plan's system `earlier` was at its address.
    pub fn note_address(&mut self, name: &str, earlier: &str) {
        self.addresses.insert(name.to_owned(), earlier.to_owned());
    }

    pub fn of_names(&self) -> Option<String> {
        let named = self.names.iter().map(|(name, differences)| {
            let differences = list_in_sentence(differences.iter().copied(), differences.len());
            format!("\"{name}\": {differences}")
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty()).then(|| {
            format!(
                "{} with rows that differ ({}): rows of one name are read as one system. If they are several hosts, \
                 export their ids too",
                counted(self.names.len(), "name"),
                list_in_sentence(named, MOST_NAMED)
            )
        })
    }

    pub fn of_addresses(&self) -> Option<String> {
        let named: Vec<String> =
            self.addresses.iter().map(|(name, earlier)| format!("\"{name}\", before \"{earlier}\"")).collect();
        (!named.is_empty()).then(|| {
            format!(
                "{} at an address that another system had ({}): their names differ, so they are separate systems",
                counted(self.addresses.len(), "host"),
                list_in_sentence(named, MOST_NAMED)
            )
        })
    }
}
