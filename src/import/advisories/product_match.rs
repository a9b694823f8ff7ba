//! Finds the systems that a catalogue means by a vendor and a product.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Plan, System, SystemId};

/// Words that do not tell products apart.
const FILLERS: [&str; 9] = ["and", "or", "the", "for", "of", "software", "product", "products", "multiple"];

/// The systems of a plan by vendor and product. Many systems share these, so each pair is compared once.
pub(super) struct ProductMatch {
    makes: Vec<(Make, Vec<SystemId>)>,
    /// How many systems have neither a product nor a platform, so that no entry can match them.
    pub systems_without_product: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Make {
    vendor: NameWords,
    product: NameWords,
    /// Empty if there is a product.
    platform: NameWords,
}

/// A name as words in lower case, without punctuation.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct NameWords(Vec<String>);

impl ProductMatch {
    pub fn new(plan: &Plan) -> Self {
        let mut by_make: BTreeMap<Make, Vec<SystemId>> = BTreeMap::new();
        let mut systems_without_product = 0;
        for system in plan.systems() {
            let makes = Make::all_of(system);
            systems_without_product += usize::from(makes.is_empty());
            for make in makes {
                by_make.entry(make).or_default().push(system.id.clone());
            }
        }
        Self { makes: by_make.into_iter().collect(), systems_without_product }
    }

    /// The systems that an entry for that vendor and product affects, sorted.
    pub fn affected(&self, vendor: &str, product: &str) -> Vec<SystemId> {
        let (vendor, products) = (NameWords::new(vendor), products(product));
        let matches = |make: &Make| products.iter().any(|product| make.matches(&vendor, product));
        let affected = self.makes.iter().filter(|(make, _)| matches(make));
        let mut systems: Vec<SystemId> = affected.flat_map(|(_, systems)| systems).cloned().collect();
        systems.sort();
        systems.dedup();
        systems
    }
}

/// The products that an entry lists: "iOS, iPadOS, and macOS" are three.
fn products(text: &str) -> Vec<NameWords> {
    let lists = text.split([',', ';']).flat_map(|part| part.split(" and "));
    lists.map(NameWords::new).filter(|words| !words.is_empty()).collect()
}

impl Make {
    /// One for each of its products. The platform counts if it has no main product.
    fn all_of(system: &System) -> BTreeSet<Self> {
        let of_products = system.products().map(|(vendor, product)| Self {
            vendor: NameWords::new(vendor),
            product: NameWords::new(product),
            platform: NameWords::default(),
        });
        let mut all: BTreeSet<Self> = of_products.filter(|make| !make.product.is_empty()).collect();
        let platform = NameWords::new(&system.platform);
        if NameWords::new(&system.product).is_empty() && !platform.is_empty() {
            all.insert(Self { vendor: NameWords::new(&system.vendor), product: NameWords::default(), platform });
        }
        all
    }

    fn matches(&self, vendor: &NameWords, product: &NameWords) -> bool {
        if !self.vendor.is_empty() && !self.vendor.is_like(vendor) {
            return false;
        }
        if !self.product.is_empty() {
            let matches_all = product.distinctive().next().is_none() && !self.vendor.is_empty();
            return matches_all || self.product.shares_all(product);
        }
        let whole = NameWords(vendor.0.iter().chain(&product.0).cloned().collect());
        self.platform.is_all_in(&whole) || product.is_all_in(&self.platform)
    }
}

impl NameWords {
    fn new(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_lowercase).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words that tell products apart.
    fn distinctive(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|word| !FILLERS.contains(&word.as_str()))
    }

    /// Whether one of the two names contains the other: "Apache" and "Apache Software Foundation".
    fn is_like(&self, other: &Self) -> bool {
        let is_part = |short: &Self, long: &Self| long.0.windows(short.0.len()).any(|part| part == short.0);
        let (is_empty, is_joined) = (self.is_empty() || other.is_empty(), self.0.concat() == other.0.concat());
        !is_empty && (is_joined || is_part(self, other) || is_part(other, self))
    }

    /// Whether one has all distinctive words of the other: "Windows" and "Windows Server 2022".
    fn shares_all(&self, other: &Self) -> bool {
        self.is_all_in(other) || other.is_all_in(self) || self.0.concat() == other.0.concat()
    }

    /// Whether it has distinctive words, and the other has all of them.
    fn is_all_in(&self, other: &Self) -> bool {
        let theirs: BTreeSet<&String> = other.distinctive().collect();
        self.distinctive().next().is_some() && self.distinctive().all(|word| theirs.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, Product};

    /// Whether an entry matches a system of that make.
    fn matches(system: [&str; 3], entry: [&str; 2]) -> bool {
        let [vendor, product, platform] = system.map(str::to_owned);
        let system = System { name: "S".into(), vendor, product, platform, ..System::default() };
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").apply(&Edit::PutSystem(system)).unwrap();
        !ProductMatch::new(&plan).affected(entry[0], entry[1]).is_empty()
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
            assert!(matches(system, entry), "{system:?} {entry:?}");
        }
    }

    #[test]
    fn each_product_of_a_system_matches() {
        let other = |vendor: &str, product: &str| Product { vendor: vendor.into(), product: product.into() };
        let system = System {
            id: "shop".into(),
            name: "Shop".into(),
            platform: "Linux".into(),
            other_products: vec![other("Apache", "Tomcat"), other("", "Java SE"), other("Apache", "HTTP Server")],
            ..System::default()
        };
        let affected = |system: &System, vendor, product| {
            let put = Edit::PutSystem(system.clone());
            let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").apply(&put).unwrap();
            ProductMatch::new(&plan).affected(vendor, product).len()
        };
        for (vendor, product) in
            [("Apache", "Tomcat"), ("Oracle", "Java SE"), ("Linux", "Kernel"), ("Apache", "Multiple Products")]
        {
            assert_eq!(affected(&system, vendor, product), 1, "{vendor} {product}");
        }
        assert_eq!(affected(&system, "Microsoft", "Tomcat"), 0);
        let named = System { product: "Ubuntu".into(), ..system };
        assert_eq!(affected(&named, "Linux", "Kernel"), 0, "its main product is entered");
        assert_eq!(affected(&named, "Apache", "Tomcat"), 1);
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
            assert!(!matches(system, entry), "{system:?} {entry:?}");
        }
    }
}
