//! Systems, the business areas that they serve, and the minutes that patching one takes.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::{AreaId, Estimate, HolidayId, PatchMethod, Product, Record, SystemId, hhmm, is_default};

/// A part of the business that owns systems and must agree to their windows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BusinessArea {
    pub id: AreaId,
    pub name: String,
    /// The person who agrees.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owner: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: String,
    /// Other addresses from which its owner replies to invites, confirmed by a person.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aliases: Vec<String>,
    /// Hours in which it allows work. Empty for any hour.
    #[serde(default, skip_serializing_if = "is_default")]
    pub allowed: Vec<AllowedHours>,
    /// How many days of notice it needs. None for the number of the window type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notice_days: Option<u16>,
    /// The holiday calendars that apply to it. Empty for all calendars of the plan.
    #[serde(default, skip_serializing_if = "is_default")]
    pub holidays: Vec<HolidayId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for BusinessArea {
    type Id = AreaId;
    const NOUN: &'static str = "business area";
    fn id(&self) -> &AreaId {
        &self.id
    }
}

/// Hours in which a business area allows work. `until` earlier than `from` means the next morning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedHours {
    pub days: Vec<Weekday>,
    #[serde(with = "hhmm")]
    pub from: NaiveTime,
    #[serde(with = "hhmm")]
    pub until: NaiveTime,
}

/// One or more hosts that are patched together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct System {
    pub id: SystemId,
    pub name: String,
    #[serde(default)]
    pub class: SystemClass,
    #[serde(default)]
    pub environment: Environment,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rating: Rating,
    #[serde(default, skip_serializing_if = "is_default")]
    pub area: Option<AreaId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub service_owner: String,
    /// The service that it provides together with others. Empty for one of its own, with its name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub service: String,
    /// Operating system or make: "Linux", "Windows", "appliance".
    #[serde(default, skip_serializing_if = "is_default")]
    pub platform: String,
    /// Vendor and product as advisories spell them: "Red Hat", "Enterprise Linux".
    #[serde(default, skip_serializing_if = "is_default")]
    pub vendor: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub product: String,
    /// What else runs on it, so that advisories and catalogues find it by each of its products.
    #[serde(default, skip_serializing_if = "is_default")]
    pub other_products: Vec<Product>,
    /// The hardware model. A pilot group should have one system of each.
    #[serde(default, skip_serializing_if = "is_default")]
    pub model: String,
    pub hosts: u32,
    /// IANA name of the zone that its site is in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zone: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub depends_on: Vec<SystemId>,
    /// The other half of a high-availability pair.
    #[serde(default, skip_serializing_if = "is_default")]
    pub twin: Option<SystemId>,
    /// The like-for-like system on which its patches are tested before.
    #[serde(default, skip_serializing_if = "is_default")]
    pub counterpart: Option<SystemId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub patch_method: PatchMethod,
    /// The services on its hosts that are stopped before patching, in this order, and started again in the reverse order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stop_services: Vec<String>,
    /// What is run to test it after patching: the name of a script, or a link.
    #[serde(default, skip_serializing_if = "is_default")]
    pub test_script: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub estimate: Estimate,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback: RollbackMethod,
    #[serde(default, skip_serializing_if = "is_default")]
    pub rollback_tested_on: Option<NaiveDate>,
    /// Names and addresses by which files of other programs name its hosts. They do not change the number of hosts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_names: Vec<String>,
    /// Carrier circuits that it depends on, as carriers number them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub circuits: Vec<String>,
    /// The inventories that list it, as imports name them: "ansible-list: inventory". So a later file of the same inventory
    /// tells what is gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inventories: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

impl Record for System {
    type Id = SystemId;
    const NOUN: &'static str = "system";
    fn id(&self) -> &SystemId {
        &self.id
    }
}

impl System {
    /// The vendors of its products, first that of the main one; one may be named more than once.
    pub fn vendors(&self) -> impl Iterator<Item = &str> {
        let others = self.other_products.iter().map(|other| other.vendor.trim());
        std::iter::once(self.vendor.trim()).chain(others).filter(|vendor| !vendor.is_empty())
    }

    /// The vendor and the name of each of its products, first the main one. Products without a name are left out.
    pub fn products(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        let others = self.other_products.iter().map(|other| (other.vendor.trim(), other.product.trim()));
        let all = std::iter::once((self.vendor.trim(), self.product.trim())).chain(others);
        all.filter(|(_, product)| !product.is_empty())
    }
}

impl Default for SystemId {
    fn default() -> Self {
        Self::new("system")
    }
}

impl Default for AreaId {
    fn default() -> Self {
        Self::new("area")
    }
}

macro_rules! named_choices {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_text:literal $(, $choice:ident = $text:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { #[default] $first, $($choice),* }

        impl $name {
            pub const ALL: &[Self] = &[Self::$first, $(Self::$choice),*];

            /// The word for it on screen.
            pub fn name(self) -> &'static str {
                match self { Self::$first => $first_text, $(Self::$choice => $text),* }
            }
        }
    };
}

named_choices! {
    /// The class of a system. A ladder is for systems of one class.
    SystemClass { Server = "Server", Desktop = "Desktop", Network = "Network", Application = "Application", Appliance = "Appliance", Firmware = "Firmware", Cloud = "Cloud" }
}

named_choices! {
    /// What a system is used for.
    Environment { Production = "Production", Uat = "UAT", Test = "Test", Development = "Development" }
}

named_choices! {
    /// The impact of a loss.
    Level { Low = "low", Medium = "medium", High = "high" }
}

named_choices! {
    /// The way to roll a system back.
    RollbackMethod { Unknown = "not set", Snapshot = "snapshot", Backup = "restore from backup", Uninstall = "uninstall the patch", Redeploy = "redeploy", Failover = "fail over to the twin" }
}

/// Confidentiality, integrity and availability, rated one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    #[serde(default)]
    pub confidentiality: Level,
    #[serde(default)]
    pub integrity: Level,
    #[serde(default)]
    pub availability: Level,
}

impl Rating {
    pub fn all(level: Level) -> Self {
        Self { confidentiality: level, integrity: level, availability: level }
    }

    /// The highest of the three.
    pub fn criticality(self) -> Level {
        self.confidentiality.max(self.integrity).max(self.availability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_product_comes_first_and_empty_ones_are_left_out() {
        let tomcat = Product { vendor: "Apache".into(), product: " Tomcat ".into() };
        let other_products = vec![tomcat, Product::default()];
        let mut system = System { vendor: "Oracle".into(), other_products, ..System::default() };
        assert_eq!(system.products().collect::<Vec<_>>(), [("Apache", "Tomcat")]);
        system.product = "Database".into();
        assert_eq!(system.products().collect::<Vec<_>>(), [("Oracle", "Database"), ("Apache", "Tomcat")]);
    }
}
