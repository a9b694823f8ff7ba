//! A host as an inventory has it.

use crate::model::{Environment, Level, System, SystemClass};

/// What an inventory says about a host. What it does not say is empty.
#[derive(Clone, Debug, Default)]
pub struct HostRow {
    /// The name by which the inventory knows it.
    pub name: String,
    /// What tells it apart from others of the same name: the id that the inventory gave it. Empty if names are unique.
    pub identity: String,
    /// Other names, and addresses.
    pub other_names: Vec<String>,
    /// The groups that it is in, as the inventory names them.
    pub groups: Vec<String>,
    /// The groups in which these are.
    pub parent_groups: Vec<String>,
    /// Its groups are departments: a developer's laptop is not a system in development.
    pub is_in_departments: bool,
    pub class: Option<SystemClass>,
    pub environment: Option<Environment>,
    /// The name of a business area.
    pub area: String,
    pub owner: String,
    /// "Linux", "Windows Server 2022"
    pub platform: String,
    pub vendor: String,
    pub product: String,
    /// The hardware.
    pub model: String,
    pub availability: Option<Level>,
    /// Why the row is counted but gives no system.
    pub left_out: Option<&'static str>,
}

impl HostRow {
    /// In what a row of the same name is about another host, as far as both say it. Several rows of one host have the same
    /// environment and platform, and name at least one address of each other.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let texts = |one: &str, two: &str| !one.is_empty() && !two.is_empty() && !one.eq_ignore_ascii_case(two);
        let addresses = |host: &Self| -> Vec<core::net::IpAddr> {
            host.other_names.iter().filter_map(|name| name.parse().ok()).collect()
        };
        let (own, others) = (addresses(self), addresses(other));
        let is_elsewhere = !own.is_empty() && !others.is_empty() && !own.iter().any(|one| others.contains(one));
        [
            (is_elsewhere, "address"),
            (texts(&self.platform, &other.platform), "platform"),
            (differ(self.environment, other.environment), "environment"),
            (differ(self.class, other.class), "class"),
        ]
        .into_iter()
        .filter_map(|(is_different, what)| is_different.then_some(what))
        .collect()
    }

    /// Takes what `other` says about the same host, where this row says nothing.
    pub fn fill(&mut self, other: &Self) {
        let texts = [
            (&mut self.identity, &other.identity),
            (&mut self.area, &other.area),
            (&mut self.owner, &other.owner),
            (&mut self.platform, &other.platform),
            (&mut self.vendor, &other.vendor),
            (&mut self.product, &other.product),
            (&mut self.model, &other.model),
        ];
        for (text, other) in texts {
            if text.is_empty() {
                text.clone_from(other);
            }
        }
        self.class = self.class.or(other.class);
        self.environment = self.environment.or(other.environment);
        self.availability = self.availability.or(other.availability);
        for (list, others) in [
            (&mut self.other_names, &other.other_names),
            (&mut self.groups, &other.groups),
            (&mut self.parent_groups, &other.parent_groups),
        ] {
            for each in others {
                if !list.contains(each) {
                    list.push(each.clone());
                }
            }
        }
    }

    /// Sets what it says in a system. The number of hosts and what people wrote beside that stay.
    pub fn apply(&self, system: &mut System) {
        let texts = [
            (&mut system.service_owner, &self.owner),
            (&mut system.platform, &self.platform),
            (&mut system.vendor, &self.vendor),
            (&mut system.product, &self.product),
            (&mut system.model, &self.model),
        ];
        for (text, new) in texts {
            if !new.is_empty() {
                text.clone_from(new);
            }
        }
        system.class = self.class.unwrap_or(system.class);
        system.environment = self.environment.unwrap_or(system.environment);
        system.rating.availability = self.availability.unwrap_or(system.rating.availability);
    }
}

/// Whether two rows say different things.
fn differ<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one != two)
}
