//! Several records of a kind with the same name: cells and imported tables find a record by its name.

use std::collections::BTreeMap;

use super::{RecordKind, sheet};
use crate::model::{Plan, Subject};
use crate::wording::{counted, list_in_sentence};

/// At most this many names are listed.
const MOST_LISTED: usize = 5;

/// The message if one of the records `named` has the same name as another of its kind; none if all names differ:
/// "2 systems are called "Core DB". Tables and cells find a system by its name: rename one of them."
pub fn same_names(kind: RecordKind, named: &[Subject], plan: &Plan) -> Option<String> {
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
