//! Environments that only the names of groups tell.

use std::collections::BTreeMap;

use super::host_row::HostRow;
use super::words::environment_of_group;
use crate::model::{Environment, System};
use crate::wording::{counted, list_in_sentence};

/// How many systems a warning names.
const MOST_NAMED: usize = 5;

/// What the names of groups told about the hosts of an inventory.
#[derive(Default)]
pub(super) struct GroupEnvironments {
    /// The names of the groups, and how many new systems have the environment for it.
    set: BTreeMap<(Environment, String), usize>,
    /// Systems of the plan that have another environment than their groups tell, in words.
    kept: Vec<String>,
    /// New systems whose groups tell several environments.
    unclear: Vec<String>,
}

/// What the names of a host's groups tell.
enum Told<'a> {
    Nothing,
    One(Environment, &'a str),
    Several,
}

impl GroupEnvironments {
    /// Sets the environment of a new system by the names of its groups, if nothing else says it. A system that the plan has
    /// keeps its own, since somebody may have chosen it.
    pub(super) fn apply(&mut self, host: &HostRow, system: &mut System, is_new: bool) {
        if host.environment.is_some() || host.is_in_departments {
            return;
        }
        match told(host) {
            Told::One(environment, group) if is_new => {
                system.environment = environment;
                *self.set.entry((environment, group.to_owned())).or_default() += 1;
            }
            Told::One(environment, group) if environment != system.environment => {
                let (name, kept) = (&system.name, system.environment.name());
                self.kept.push(format!("{name}: {kept}, not {} as {group}", environment.name()));
            }
            Told::Several if is_new => self.unclear.push(system.name.clone()),
            Told::Nothing | Told::One(..) | Told::Several => {}
        }
    }

    /// "Environments by the names of groups: Test for 2 systems (test)"
    pub(super) fn assumption(&self) -> Option<String> {
        let set = self.set.iter().map(|((environment, group), count)| {
            format!("{} for {} ({group})", environment.name(), counted(*count, "system"))
        });
        let set: Vec<String> = set.collect();
        let text = || format!("Environments by the names of groups: {}", list_in_sentence(&set, MOST_NAMED));
        (!set.is_empty()).then(text)
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.kept.is_empty() {
            let count = counted(self.kept.len(), "system");
            let named = list_in_sentence(&self.kept, MOST_NAMED);
            warnings.push(format!("{count} with another environment than their groups tell, kept ({named})"));
        }
        if !self.unclear.is_empty() {
            let count = counted(self.unclear.len(), "system");
            let named = list_in_sentence(&self.unclear, MOST_NAMED);
            warnings.push(format!(
                "{count} in groups that tell different environments ({named}): set to {}, choose it in Lists, Systems",
                Environment::default().name()
            ));
        }
        warnings
    }
}

/// Its own groups count before those in which they are.
fn told(host: &HostRow) -> Told<'_> {
    for groups in [&host.groups, &host.parent_groups] {
        let mut all = groups.iter().filter_map(|group| Some((environment_of_group(group)?, group.as_str())));
        if let Some((first, group)) = all.next() {
            let is_one = all.all(|(environment, _)| environment == first);
            return if is_one { Told::One(first, group) } else { Told::Several };
        }
    }
    Told::Nothing
}
