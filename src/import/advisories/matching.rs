//! Which systems a catalogue's vendor and product mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Plan, System, SystemId};

/// Words that say nothing about which product is meant.
const FILLERS: [&str; 9] = ["and", "or", "the", "for", "of", "software", "product", "products", "multiple"];

/// The systems of a plan by what they say of their make. Many say the same, so each make is compared once.
pub(super) struct Makes {
    makes: Vec<(Make, Vec<SystemId>)>,
    /// How many systems say nothing by which they could be found.
    pub unsaid: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Make {
    vendor: Words,
    product: Words,
    /// Only where there is no product.
    platform: Words,
}

/// A name as words in lower case, without punctuation.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Words(Vec<String>);

impl Makes {
    pub fn of(plan: &Plan) -> Self {
        let mut by_make: BTreeMap<Make, Vec<SystemId>> = BTreeMap::new();
        let mut unsaid = 0;
        for system in plan.systems() {
            match Make::of(system) {
                Some(make) => by_make.entry(make).or_default().push(system.id.clone()),
                None => unsaid += 1,
            }
        }
        Self { makes: by_make.into_iter().collect(), unsaid }
    }

    /// The systems that an entry of that vendor and product is about, sorted.
    pub fn affected(&self, vendor: &str, product: &str) -> Vec<SystemId> {
        let (vendor, products) = (Words::of(vendor), products(product));
        let is_meant = |make: &Make| products.iter().any(|product| make.is_meant(&vendor, product));
        let affected = self.makes.iter().filter(|(make, _)| is_meant(make));
        let mut systems: Vec<SystemId> = affected.flat_map(|(_, systems)| systems).cloned().collect();
        systems.sort();
        systems
    }
}

/// The products that an entry lists, each by itself: "iOS, iPadOS, and macOS".
fn products(text: &str) -> Vec<Words> {
    let lists = text.split([',', ';']).flat_map(|part| part.split(" and "));
    lists.map(Words::of).filter(|words| !words.is_empty()).collect()
}

impl Make {
    fn of(system: &System) -> Option<Self> {
        let [vendor, product, platform] =
            [&system.vendor, &system.product, &system.platform].map(|text| Words::of(text));
        let platform = if product.is_empty() { platform } else { Words::default() };
        (!product.is_empty() || !platform.is_empty()).then_some(Self { vendor, product, platform })
    }

    fn is_meant(&self, vendor: &Words, product: &Words) -> bool {
        if !self.vendor.is_empty() && !self.vendor.is_like(vendor) {
            return false;
        }
        if !self.product.is_empty() {
            let means_all = product.telling().next().is_none() && !self.vendor.is_empty();
            return means_all || self.product.shares_all(product);
        }
        let whole = Words(vendor.0.iter().chain(&product.0).cloned().collect());
        self.platform.is_all_in(&whole) || product.is_all_in(&self.platform)
    }
}

impl Words {
    fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_lowercase).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words that tell products apart.
    fn telling(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|word| !FILLERS.contains(&word.as_str()))
    }

    /// Whether one of the two names stands in the other: "Apache" and "Apache Software Foundation".
    fn is_like(&self, other: &Self) -> bool {
        let stands_in = |short: &Self, long: &Self| long.0.windows(short.0.len()).any(|part| part == short.0);
        let (is_empty, is_joined) = (self.is_empty() || other.is_empty(), self.0.concat() == other.0.concat());
        !is_empty && (is_joined || stands_in(self, other) || stands_in(other, self))
    }

    /// Whether all telling words of one stand in the other: "Windows" and "Windows Server 2022".
    fn shares_all(&self, other: &Self) -> bool {
        self.is_all_in(other) || other.is_all_in(self) || self.0.concat() == other.0.concat()
    }

    /// Whether it has telling words, and all of them are among the other's.
    fn is_all_in(&self, other: &Self) -> bool {
        let theirs: BTreeSet<&String> = other.telling().collect();
        self.telling().next().is_some() && self.telling().all(|word| theirs.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon};

    /// Whether a system of that make is meant by an entry.
    fn is_meant(system: [&str; 3], entry: [&str; 2]) -> bool {
        let [vendor, product, platform] = system.map(str::to_owned);
        let system = System { name: "S".into(), vendor, product, platform, ..System::default() };
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").apply(&Edit::PutSystem(system)).unwrap();
        !Makes::of(&plan).affected(entry[0], entry[1]).is_empty()
    }

    #[test]
    fn names_are_compared_by_whole_words_without_case_and_punctuation() {
        for (system, entry) in [
            (["microsoft", "Windows Server 2022", ""], ["Microsoft", "Windows"]),
            (["Microsoft Corporation", "Exchange Server", ""], ["Microsoft", "Exchange Server"]),
            (["Adobe", "Acrobat Reader DC", ""], ["Adobe", "Acrobat and Reader"]),
            (["Palo Alto", "PANOS", ""], ["Palo Alto Networks", "PAN-OS"]),
            (["Apple", "macOS 26", ""], ["Apple", "iOS, iPadOS, and macOS"]),
            (["Apple", "macOS", ""], ["Apple", "Multiple Products"]),
            (["", "", "Linux"], ["Linux", "Kernel"]),
            (["", "", "Windows Server 2022"], ["Microsoft", "Windows"]),
            (["", "Tomcat", ""], ["Apache", "Tomcat"]),
        ] {
            assert!(is_meant(system, entry), "{system:?} {entry:?}");
        }
    }

    #[test]
    fn other_products_and_parts_of_words_do_not_match() {
        for (system, entry) in [
            (["Microsoft", "SQL Server", ""], ["Microsoft", "Exchange Server"]),
            (["Micro", "Windows", ""], ["Microsoft", "Windows"]),
            (["Oracle", "Database", ""], ["Microsoft", "Database"]),
            (["", "", "appliance"], ["Cisco", "IOS"]),
            (["", "Pages", ""], ["Apple", "Multiple Products"]),
            (["", "", ""], ["Microsoft", "Windows"]),
            (["Oracle", "", ""], ["Oracle", "WebLogic Server"]),
        ] {
            assert!(!is_meant(system, entry), "{system:?} {entry:?}");
        }
    }
}
