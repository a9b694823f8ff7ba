//! Which system of the plan a host belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::{OptionSpec, ValueKind};
use crate::model::{Edit, Plan, System, SystemId};

/// Assigns hosts that no system is named after. The system remembers them.
pub const HOSTS: OptionSpec = OptionSpec {
    id: "host",
    name: "Hosts",
    help: "Assign hosts of the file to systems of the plan, as HOST=SYSTEM; the systems remember them",
    value: ValueKind::Hosts,
    default_text: "hosts are found by name",
    is_fallback: false,
};

/// The systems of a plan by the names of their hosts: exact, short (before the first dot), or an address, without case.
///
/// Addresses are used again by other hosts, so names win: an address finds a system only if the host has no name, or the
/// names of the system's hosts are not all known.
pub struct HostIndex<'a> {
    plan: &'a Plan,
    names: HashMap<String, BTreeSet<&'a SystemId>>,
    /// The short names of those that have a domain.
    short_names: HashMap<String, BTreeSet<&'a SystemId>>,
    assigned: BTreeMap<String, SystemId>,
    /// What was found before, by all names of a host.
    known: HashMap<Vec<String>, Option<SystemId>>,
}

impl<'a> HostIndex<'a> {
    /// `assigned`: hosts that a person assigned in this import, and the systems by name or id.
    pub fn new(plan: &'a Plan, assigned: &[(String, SystemId)]) -> Self {
        let mut names: HashMap<String, BTreeSet<&SystemId>> = HashMap::new();
        let mut short_names: HashMap<String, BTreeSet<&SystemId>> = HashMap::new();
        for system in plan.systems() {
            for name in names_of_hosts(system) {
                let short = Some(short_name(&name)).filter(|short| *short != name && !is_address(&name));
                if let Some(short) = short {
                    short_names.entry(short.to_owned()).or_default().insert(&system.id);
                }
                names.entry(name).or_default().insert(&system.id);
            }
        }
        let assigned = assigned.iter().map(|(host, system)| (host.to_lowercase(), system.clone())).collect();
        Self { plan, names, short_names, assigned, known: HashMap::new() }
    }

    /// The system of a host with these names; blank ones do not count. None if no system, or several, have hosts of such a
    /// name.
    pub fn find(&mut self, names: &[String]) -> Option<SystemId> {
        let names: Vec<String> =
            names.iter().map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect();
        if let Some(found) = self.known.get(&names) {
            return found.clone();
        }
        let found = self.look_up(&names, &names);
        self.known.insert(names, found.clone());
        found
    }

    /// As [`HostIndex::find`], for a host whose `name` is shared with others, so that only its other names can find it.
    pub fn find_beside(&self, name: &str, others: &[String]) -> Option<SystemId> {
        let lower = |names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
        };
        let others = lower(&mut others.iter().map(String::as_str));
        let all = lower(&mut std::iter::once(name).chain(others.iter().map(String::as_str)));
        self.look_up(&others, &all)
    }

    /// The system that has one of the addresses of a host with these names, although its hosts have other names.
    pub fn earlier_at_address(&self, names: &[String]) -> Option<SystemId> {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        let addresses = names.iter().filter(|name| is_address(name));
        addresses.filter_map(|name| only(self.names.get(name))).find(|id| self.has_other_names(id, &names))
    }

    /// Whether all hosts of a system are known by name, and a host with these names is none of them. A host without a name
    /// may be any.
    fn has_other_names(&self, id: &SystemId, names: &[String]) -> bool {
        let Some(system) = self.plan.systems().get(id) else { return false };
        let own: BTreeSet<String> = names_of_hosts(system).filter(|name| !is_address(name)).collect();
        let mut named = names.iter().filter(|name| !name.is_empty() && !is_address(name)).peekable();
        let is_own = |name: &String| {
            let short = short_name(name);
            own.contains(name) || own.contains(short) || own.iter().any(|own| short_name(own) == name)
        };
        if named.peek().is_none() || named.any(is_own) {
            return false;
        }
        // Systems of an inventory are called as their hosts; others may be called anything.
        let name = Some(system.name.to_lowercase()).filter(|_| !system.inventories.is_empty());
        let of_hosts = system.host_names.iter().map(|name| name.to_lowercase()).filter(|name| !is_address(name));
        let hosts: BTreeSet<String> = of_hosts.chain(name).map(|name| short_name(&name).to_owned()).collect();
        hosts.len() >= system.hosts.max(1) as usize
    }

    /// The only system with exactly this name or id, or whose hosts have it.
    pub fn find_exactly(&self, name: &str) -> Option<SystemId> {
        only(self.names.get(&name.trim().to_lowercase()))
    }

    /// All systems that have a host of this name: those that have it as it is, or else by its short name. Sorted.
    pub fn find_all(&self, name: &str) -> Vec<SystemId> {
        let name = name.trim().to_lowercase();
        if let Some(system) = self.assigned.get(&name) {
            return vec![system.clone()];
        }
        let short = Some(short_name(&name)).filter(|_| !is_address(&name)).and_then(|short| self.names.get(short));
        let found = self.names.get(&name).or(short).or_else(|| self.short_names.get(&name));
        found.into_iter().flatten().map(|id| (*id).clone()).collect()
    }

    /// `names`: those by which it can be found; `all`: also those that others have. Both in lower case.
    fn look_up(&self, names: &[String], all: &[String]) -> Option<SystemId> {
        let lower = || names.iter().cloned();
        let short = || lower().filter(|name| !is_address(name)).map(|name| short_name(&name).to_owned());
        if let Some(system) = lower().find_map(|name| self.assigned.get(&name)) {
            return Some(system.clone());
        }
        // Two full names of different domains are two hosts.
        let named = lower().filter(|name| !is_address(name));
        let addresses = || lower().filter(|name| is_address(name));
        let at_address = || addresses().filter_map(|name| only(self.names.get(&name)));
        named
            .chain(short())
            .find_map(|name| only(self.names.get(&name)))
            .or_else(|| at_address().find(|id| !self.has_other_names(id, all)))
            .or_else(|| lower().find_map(|name| only(self.short_names.get(&name))))
    }

    /// The edits that make systems remember the hosts that a person assigned to them.
    pub fn remember(&self) -> Vec<Edit> {
        let mut changed: BTreeMap<&SystemId, System> = BTreeMap::new();
        for (host, id) in &self.assigned {
            let Some(system) = self.plan.systems().get(id) else { continue };
            if names_of_hosts(system).any(|name| name == *host) {
                continue;
            }
            changed.entry(id).or_insert_with(|| System::clone(system)).host_names.push(host.clone());
        }
        changed.into_values().map(Edit::PutSystem).collect()
    }
}

/// The system, if there is exactly one.
fn only(systems: Option<&BTreeSet<&SystemId>>) -> Option<SystemId> {
    match systems {
        Some(systems) if systems.len() == 1 => systems.first().map(|id| (*id).clone()),
        _ => None,
    }
}

/// All names by which files may name the hosts of a system, in lower case.
fn names_of_hosts(system: &System) -> impl Iterator<Item = String> {
    let names = [system.name.as_str(), system.id.as_str()].into_iter();
    names.chain(system.host_names.iter().map(String::as_str)).map(str::to_lowercase)
}

/// "db01" of "db01.bank.example".
fn short_name(name: &str) -> &str {
    name.split_once('.').map_or(name, |(short, _)| short)
}

fn is_address(name: &str) -> bool {
    name.parse::<core::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let system = |id: &str, name: &str, hosts: &[&str]| System {
            id: SystemId::new(id),
            name: name.to_owned(),
            host_names: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..System::default()
        };
        let systems = [
            system("core-db", "Core DB", &["db01.bank.example", "10.0.0.5"]),
            system("web", "web01", &["web01.bank.example", "shared"]),
            system("app", "Application", &["shared"]),
            // Nothing says how its host is called.
            system("mail", "Mail", &["10.0.0.6"]),
            System { hosts: 2, ..system("cluster", "Mail cluster", &["mail1", "mail1.bank.example", "10.0.0.7"]) },
            System { inventories: vec!["cmdb".to_owned()], ..system("files", "files", &["10.0.0.8"]) },
        ];
        let edits = systems.into_iter().map(Edit::PutSystem);
        let plan = Plan::new("p".into(), "Plan", crate::model::Horizon::year(2027), "Europe/Berlin");
        edits.fold(plan, |plan, edit| plan.apply(&edit).unwrap())
    }

    #[test]
    fn hosts_are_found_by_name_short_name_and_address() {
        let plan = plan();
        let mut index = HostIndex::new(&plan, &[("odd".to_owned(), SystemId::new("app"))]);
        for (names, expected) in [
            (vec!["DB01.bank.example"], Some("core-db")),
            (vec!["10.0.0.5"], Some("core-db")),
            (vec!["unknown.example", "10.0.0.5"], None),
            (vec!["10.0.0.5", "db01"], Some("core-db")),
            (vec!["unknown.example", "10.0.0.6"], Some("mail")),
            (vec!["mail3", "10.0.0.7"], Some("cluster")),
            (vec!["files2", "10.0.0.8"], None),
            (vec!["FILES.bank.example", "10.0.0.8"], Some("files")),
            (vec!["WEB01.other.example"], Some("web")),
            (vec!["core db"], Some("core-db")),
            (vec!["DB01"], Some("core-db")),
            (vec!["db01.other.example"], None),
            (vec!["10"], None),
            (vec!["10.0.0.50"], None),
            (vec!["shared"], None),
            (vec!["Odd"], Some("app")),
            (vec![], None),
            (vec!["", "web01"], Some("web")),
            (vec!["", "db01"], Some("core-db")),
            (vec![" ", ""], None),
            (vec!["10.9.9.9"], None),
            (vec!["10.9.9.9", "db01"], Some("core-db")),
            (vec!["10.9.9.9", "web01"], Some("web")),
        ] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(index.find(&names).as_ref().map(SystemId::as_str), expected, "{names:?}");
        }
    }

    #[test]
    fn all_systems_of_a_shared_host_are_found() {
        let plan = plan();
        let index = HostIndex::new(&plan, &[("odd".to_owned(), SystemId::new("app"))]);
        for (name, expected) in [
            ("SHARED", vec!["app", "web"]),
            ("shared.bank.example", vec!["app", "web"]),
            ("db01", vec!["core-db"]),
            ("10.0.0.5", vec!["core-db"]),
            ("10", vec![]),
            ("odd", vec!["app"]),
            ("", vec![]),
        ] {
            assert_eq!(index.find_all(name).iter().map(SystemId::as_str).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn a_host_at_the_address_of_another_is_known_as_such() {
        let plan = plan();
        let index = HostIndex::new(&plan, &[]);
        for (names, expected) in [
            (vec!["unknown.example", "10.0.0.5"], Some("core-db")),
            (vec!["files2", "10.0.0.8"], Some("files")),
            (vec!["mail3", "10.0.0.7"], None),
            (vec!["10.0.0.8"], None),
            (vec!["files", "10.0.0.8"], None),
        ] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(index.earlier_at_address(&names).as_ref().map(SystemId::as_str), expected, "{names:?}");
        }
        let others = ["10.0.0.8".to_owned()];
        assert_eq!(index.find_beside("files", &others).as_ref().map(SystemId::as_str), Some("files"));
        assert_eq!(index.find_beside("files2", &others), None);
    }

    #[test]
    fn assigned_hosts_are_remembered_once() {
        let plan = plan();
        let assigned = [("odd".to_owned(), SystemId::new("app")), ("shared".to_owned(), SystemId::new("app"))];
        let edits = HostIndex::new(&plan, &assigned).remember();
        let [Edit::PutSystem(system)] = edits.as_slice() else { panic!("{edits:?}") };
        assert_eq!(system.host_names, ["shared", "odd"]);
    }
}
