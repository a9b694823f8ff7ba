//! Hosts of the same name: one host in several rows, or several hosts that the ids of their inventory tell apart.

use std::collections::{BTreeMap, HashMap};

use super::host_row::HostRow;
use crate::model::{LONGEST_NAME, check_name_length};
use crate::wording::{counted, list_in_sentence};

/// How many shared names a warning lists.
const MOST_NAMED: usize = 5;

/// The hosts of an inventory by their names in lower case.
#[derive(Default)]
pub struct HostsByName(BTreeMap<String, Namesakes>);

/// The hosts of a name, as positions in the list of all hosts.
struct Namesakes {
    first: usize,
    by_identity: HashMap<String, usize>,
}

impl HostsByName {
    /// The position of the host that a row is about. None if it is a new one, which will be at the end of `hosts`.
    pub fn find_or_add(&mut self, row: &HostRow, hosts: &[HostRow]) -> Option<usize> {
        let new = hosts.len();
        let known = self.0.entry(row.name.to_lowercase());
        let named = known.or_insert_with(|| Namesakes { first: new, by_identity: HashMap::new() });
        let first_has_no_identity = hosts.get(named.first).is_none_or(|first| first.identity.is_empty());
        let at = if row.identity.is_empty() || first_has_no_identity {
            named.first
        } else {
            named.by_identity.get(&row.identity).copied().unwrap_or(new)
        };
        if !row.identity.is_empty() {
            named.by_identity.insert(row.identity.clone(), at);
        }
        (at != new).then_some(at)
    }

    /// Puts the id of each host that shares its name into the name. Returns the shared name of these hosts, by position,
    /// and what should be known about it.
    pub fn tell_apart(&self, hosts: &mut [HostRow]) -> (HashMap<usize, String>, Option<String>) {
        let mut shared = HashMap::new();
        let mut names = Vec::new();
        for named in self.0.values().filter(|named| named.by_identity.len() > 1) {
            for at in named.by_identity.values() {
                let Some(host) = hosts.get_mut(*at) else { continue };
                let own = name_with_identity(host);
                let name = std::mem::replace(&mut host.name, own);
                if *at == named.first {
                    names.push(format!("\"{name}\""));
                }
                shared.insert(*at, name);
            }
        }
        let warning = (!names.is_empty()).then(|| {
            format!(
                "{} with the name of another ({}): each becomes a separate system, with its id in its name",
                counted(shared.len(), "host"),
                list_in_sentence(names, MOST_NAMED)
            )
        });
        (shared, warning)
    }
}

/// "web (i-0abc)". Empty without an id.
pub fn name_with_identity(host: &HostRow) -> String {
    if host.identity.is_empty() {
        return String::new();
    }
    let whole = format!("{} ({})", host.name, host.identity);
    if check_name_length(&whole).is_ok() {
        return whole;
    }
    // The id must stay whole: without it, names would be equal again.
    let room = LONGEST_NAME.saturating_sub(host.identity.chars().count() + 4);
    let short: String = host.name.chars().take(room).collect();
    format!("{short}… ({})", host.identity)
}
