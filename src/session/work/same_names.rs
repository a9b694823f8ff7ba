//! Says so when two records of a kind get the same name: cells and imported tables find a record by its name.

use std::collections::BTreeMap;

use crate::model::{Edit, Plan, Subject};
use crate::session::session::Session;
use crate::session::state::new_records::named_records;
use crate::sheet::{RecordKind, sheet};
use crate::wording::{counted, list_in_sentence};

/// At most this many names are listed.
const MOST_LISTED: usize = 5;

impl Session {
    /// Shows which names an edit has given to several records.
    pub(in crate::session) fn report_same_names(&mut self, edit: &Edit, before: &Plan) {
        let mut named = named_records(edit, before);
        // New records have the same name until they get their own.
        named.retain(|subject| !self.navigation.new_records.is_unnamed(subject));
        let told: Vec<String> =
            RecordKind::ALL.into_iter().filter_map(|kind| same_names(kind, &named, self.plan())).collect();
        if !told.is_empty() {
            self.messages.show_until_next_edit(told.join("\n"));
        }
    }
}

/// "2 systems are called "Core DB". Tables and cells find a system by its name: rename one of them."
fn same_names(kind: RecordKind, named: &[Subject], plan: &Plan) -> Option<String> {
    // Nothing refers to freezes by name, and one of each quarter often has the same.
    let is_of_kind = |subject: &&Subject| RecordKind::for_subject(subject) == Some(kind);
    if kind == RecordKind::Freezes || !named.iter().any(|subject| is_of_kind(&subject)) {
        return None;
    }
    let mut by_name: BTreeMap<String, Vec<(Subject, String)>> = BTreeMap::new();
    for (subject, mut cells) in sheet(kind).records(plan, &[0]) {
        let name = cells.pop().map(|(name, _)| name).unwrap_or_default();
        by_name.entry(name.to_lowercase()).or_default().push((subject, name));
    }
    by_name.retain(|_, records| records.len() > 1 && records.iter().any(|(subject, _)| named.contains(subject)));
    let names: Vec<&str> = by_name.values().map(|records| records[0].1.as_str()).collect();
    let noun = kind.noun();
    let advice = format!("Tables and cells find a {noun} by its name: rename one of them.");
    match names.as_slice() {
        [] => None,
        [name] => {
            let count = by_name.values().next().map_or(0, Vec::len);
            Some(format!("{} are called \"{name}\". {advice}", counted(count, noun)))
        }
        names => {
            let all = list_in_sentence(names, MOST_LISTED);
            Some(format!("Each of these names belongs to more than one {noun}: {all}. {advice}"))
        }
    }
}
