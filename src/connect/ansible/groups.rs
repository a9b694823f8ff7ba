//! Hosts and groups of an inventory, whatever it is written in, and the rows that they give.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::connect::inventory::{CRITICALITY, HostRow, Inventory, environment, level};
use crate::import::{ImportError, Imported, Input, MOST_RECORDS};
use crate::wording::{counted, list_in_sentence};

/// The groups that each inventory has.
const ALL: &str = "all";
const UNGROUPED: &str = "ungrouped";
/// How many values of the variable a warning names.
const MOST_NAMED: usize = 5;

/// Variables that are read, besides the one that says how critical a host is.
const NAMES: [&str; 2] = ["ansible_host", "ansible_ssh_host"];
const ENVIRONMENTS: [&str; 3] = ["environment", "env", "stage"];
const PLATFORMS: [&str; 2] = ["ansible_distribution", "ansible_os_family"];
const CONNECTION: &str = "ansible_connection";
/// A variable of groups: of those on one level, the one with the highest number counts.
const PRIORITY: &str = "ansible_group_priority";

/// The variables of a host or group that are read.
type Variables = BTreeMap<String, String>;

#[derive(Clone, Debug, Default)]
struct Group {
    hosts: BTreeSet<String>,
    children: BTreeSet<String>,
    variables: Variables,
}

/// Hosts and groups as they are written.
#[derive(Clone, Debug, Default)]
pub struct HostsAndGroups {
    /// In the order of the file, each once.
    hosts: Vec<String>,
    variables: HashMap<String, Variables>,
    groups: BTreeMap<String, Group>,
    /// The variable that says how critical a host is.
    criticality: Option<String>,
}

impl HostsAndGroups {
    pub fn new(input: &Input<'_>) -> Self {
        Self { criticality: input.options.words(&CRITICALITY).first().cloned(), ..Self::default() }
    }

    /// Adds a host, which may be known already.
    ///
    /// # Errors
    /// There are more hosts than a plan can have.
    pub fn add_host(&mut self, name: &str) -> Result<(), ImportError> {
        if !self.variables.contains_key(name) {
            self.variables.insert(name.to_owned(), Variables::new());
            self.hosts.push(name.to_owned());
        }
        if self.hosts.len() > MOST_RECORDS { Err(ImportError::TooMany("hosts")) } else { Ok(()) }
    }

    pub fn add_group(&mut self, name: &str) {
        self.groups.entry(name.to_owned()).or_default();
    }

    pub fn put_into(&mut self, group: &str, host: &str) {
        self.groups.entry(group.to_owned()).or_default().hosts.insert(host.to_owned());
    }

    pub fn add_child(&mut self, group: &str, child: &str) {
        self.add_group(child);
        self.groups.entry(group.to_owned()).or_default().children.insert(child.to_owned());
    }

    /// Whether a variable is read. Others may be large.
    pub fn reads(&self, variable: &str) -> bool {
        let known = NAMES.iter().chain(&ENVIRONMENTS).chain(&PLATFORMS).chain([&CONNECTION, &PRIORITY]);
        known.copied().any(|name| name == variable) || self.criticality.as_deref() == Some(variable)
    }

    pub fn set_of_host(&mut self, host: &str, variable: &str, value: &str) {
        if self.reads(variable) {
            self.variables.entry(host.to_owned()).or_default().insert(variable.to_owned(), value.to_owned());
        }
    }

    pub fn set_of_group(&mut self, group: &str, variable: &str, value: &str) {
        if self.reads(variable) {
            let group = self.groups.entry(group.to_owned()).or_default();
            group.variables.insert(variable.to_owned(), value.to_owned());
        }
    }

    /// Adds all hosts to an inventory. `shown`: the groups of the file, if that lists them all itself.
    ///
    /// # Errors
    /// There are too many hosts, or the import was cancelled.
    pub fn finish(
        self,
        mut inventory: Inventory<'_>,
        shown: Option<BTreeSet<String>>,
        input: &Input<'_>,
    ) -> Result<Imported, ImportError> {
        let parents = self.parents();
        let ranks = self.ranks(&parents);
        let mut unknown: BTreeSet<&str> = BTreeSet::new();
        let mut direct: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, group) in self.groups.iter().filter(|(name, _)| !is_built_in(name)) {
            group.hosts.iter().for_each(|host| direct.entry(host).or_default().push(name));
        }
        let mut has_ungrouped = false;
        for host in &self.hosts {
            input.source.check_cancelled()?;
            let own = direct.remove(host.as_str()).unwrap_or_default();
            has_ungrouped |= own.is_empty();
            let all = with_ancestors(&own, &parents);
            let mut merged = all.clone();
            merged.sort_by_key(|group| (std::cmp::Reverse(ranks.get(group)), std::cmp::Reverse(*group)));
            let value = |variable: &str| self.value(host, &merged, variable);
            let criticality = self.criticality.as_deref().and_then(value);
            let availability = criticality.and_then(level);
            unknown.extend(criticality.filter(|_| availability.is_none()));
            let first = |names: &[&str]| names.iter().find_map(|name| value(name)).unwrap_or_default();
            let is_windows = matches!(value(CONNECTION), Some("winrm" | "psrp"));
            let platform = first(&PLATFORMS);
            inventory.add(HostRow {
                name: host.clone(),
                other_names: Vec::from_iter(Some(first(&NAMES)).filter(|name| is_name(name)).map(str::to_owned)),
                groups: own.iter().map(|group| (*group).to_owned()).collect(),
                parent_groups: all[own.len()..].iter().map(|group| (*group).to_owned()).collect(),
                environment: ENVIRONMENTS.iter().filter_map(|name| value(name)).find_map(environment),
                platform: if platform.is_empty() && is_windows { "Windows".to_owned() } else { platform.to_owned() },
                availability,
                ..HostRow::default()
            })?;
        }
        if let Some(groups) = shown {
            for group in groups {
                inventory.add_group(&group);
            }
        } else {
            inventory.add_group(ALL);
            let is_shown = |group: &Group| !group.hosts.is_empty() || !group.children.is_empty();
            let shown = self.groups.iter().filter(|(name, group)| !is_built_in(name) && is_shown(group));
            shown.for_each(|(name, _)| inventory.add_group(name));
            if has_ungrouped {
                inventory.add_group(UNGROUPED);
            }
        }
        if !unknown.is_empty() {
            let count = unknown.len();
            let named = list_in_sentence(unknown.iter().map(|value| format!("\"{value}\"")), MOST_NAMED);
            let text = format!(
                "{} of the variable not understood ({named}): use high, medium or low",
                counted(count, "value")
            );
            inventory.warn(None, text);
        }
        Ok(inventory.finish(true))
    }

    /// The groups in which each group is.
    fn parents(&self) -> HashMap<&str, Vec<&str>> {
        let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, group) in self.groups.iter().filter(|(name, _)| !is_built_in(name)) {
            group.children.iter().for_each(|child| parents.entry(child).or_default().push(name));
        }
        parents
    }

    /// The level of each group below *all*, and its priority. Variables are merged level by level, those of one level by
    /// priority and then by name, and the last one counts. A group on several levels is on the lowest one.
    /// <https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#how-variables-are-merged>
    fn ranks<'a>(&'a self, parents: &HashMap<&'a str, Vec<&'a str>>) -> HashMap<&'a str, (usize, i64)> {
        let priority = |group: &Group| group.variables.get(PRIORITY).and_then(|text| text.parse().ok()).unwrap_or(1);
        let groups = || self.groups.iter().filter(|(name, _)| !is_built_in(name));
        let mut ranks: HashMap<&str, (usize, i64)> =
            groups().map(|(name, group)| (name.as_str(), (1, priority(group)))).collect();
        let mut open: HashMap<&str, usize> = parents.iter().map(|(group, parents)| (*group, parents.len())).collect();
        // From the top down: a group comes after all that it is in. Groups in a circle stay where they are.
        let mut next: Vec<&str> =
            groups().map(|(name, _)| name.as_str()).filter(|name| !open.contains_key(name)).collect();
        while let Some(name) = next.pop() {
            let level = ranks.get(name).map_or(1, |(level, _)| *level);
            for child in self.groups.get(name).into_iter().flat_map(|group| &group.children) {
                if let Some((own, _)) = ranks.get_mut(child.as_str()) {
                    *own = (*own).max(level + 1);
                }
                let Some(left) = open.get_mut(child.as_str()) else { continue };
                *left -= 1;
                if *left == 0 {
                    next.push(child);
                }
            }
        }
        ranks
    }

    /// The value of a variable: the host's, then that of the group that counts most, then that of all. `groups`: that
    /// group first.
    fn value<'a>(&'a self, host: &str, groups: &[&str], variable: &str) -> Option<&'a str> {
        let own = self.variables.get(host).and_then(|variables| variables.get(variable));
        let of_group = |name: &&str| self.groups.get(*name).and_then(|group| group.variables.get(variable));
        let value = own.or_else(|| groups.iter().chain([&ALL]).find_map(of_group));
        value.map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn is_built_in(group: &str) -> bool {
    matches!(group, ALL | UNGROUPED)
}

/// Groups, then those in which they are, the nearest first, each once. Groups may be in a circle.
fn with_ancestors<'a>(own: &[&'a str], parents: &HashMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut all = own.to_vec();
    let mut next = 0;
    while let Some(group) = all.get(next) {
        let new: Vec<&str> =
            parents.get(group).into_iter().flatten().copied().filter(|parent| !all.contains(parent)).collect();
        all.extend(new);
        next += 1;
    }
    all
}

/// Whether a value is a name or address, and no template or word for nothing.
fn is_name(value: &str) -> bool {
    !value.is_empty() && !value.contains("{{") && !value.eq_ignore_ascii_case("none")
}
