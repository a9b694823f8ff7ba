//! The regions whose holidays a person wants.

use std::collections::BTreeSet;

use super::imported::Imported;
use super::option::{OptionSpec, ValueKind};
use crate::wording::counted;

pub(super) const REGIONS: OptionSpec = OptionSpec {
    id: "regions",
    name: "Regions",
    help: "Regions whose holidays are imported, separated by commas, besides those of the whole country",
    value: ValueKind::Words,
    default_text: "holidays of all regions",
    is_fallback: false,
};

/// How many regions a warning names.
const MOST_REGIONS: usize = 20;

/// Judges the regions of holidays while a file is read.
#[derive(Clone, Debug)]
pub(super) struct RegionChoice<'a> {
    /// Empty if all are wanted.
    chosen: &'a [String],
    /// The regions that the file names.
    found: BTreeSet<String>,
    /// How many holidays of other regions the plan does not get.
    elsewhere: usize,
}

impl<'a> RegionChoice<'a> {
    pub fn new(chosen: &'a [String]) -> Self {
        Self { chosen, found: BTreeSet::new(), elsewhere: 0 }
    }

    /// Whether a holiday is of other regions than the chosen ones. `region` may list several, and is empty for holidays of
    /// the whole country.
    pub fn is_elsewhere(&mut self, region: &str) -> bool {
        if self.chosen.is_empty() || region.is_empty() {
            return false;
        }
        self.found.extend(names_in(region).map(str::to_owned));
        !is_in(region, self.chosen)
    }

    /// Counts holidays that the plan does not get.
    pub fn leave_out(&mut self, holidays: usize) {
        self.elsewhere += holidays;
    }

    /// Warns about what was left out, and about chosen regions that the file does not have.
    pub fn warn(&self, imported: &mut Imported) {
        for wanted in self.chosen.iter().filter(|wanted| !self.found.iter().any(|each| is_same(each, wanted))) {
            let named: Vec<&str> = self.found.iter().map(String::as_str).take(MOST_REGIONS).collect();
            let named = if named.is_empty() {
                "the file names no regions".to_owned()
            } else {
                format!("the file names {}", named.join(", "))
            };
            imported.warn(None, format!("No holiday is one of the region \"{wanted}\": {named}"));
        }
        if self.elsewhere > 0 {
            let holidays = counted(self.elsewhere, "holiday");
            imported.warn(None, format!("{holidays} of other regions left out"));
        }
    }
}

/// Whether the region of a holiday, which may list several, names one of `regions`. A region that only says that there
/// are some, such as "5 states", may be any.
fn is_in(region: &str, regions: &[String]) -> bool {
    let names = |wanted: &String| names_in(region).any(|name| is_same(name, wanted));
    let is_vague = region.starts_with(|c: char| c.is_ascii_digit()) || region.starts_with("some places");
    is_vague || regions.iter().any(names)
}

/// The names in a list of regions, without brackets.
fn names_in(region: &str) -> impl Iterator<Item = &str> {
    let names = region.split([',', ';']).filter_map(|part| part.trim().split(" (").next());
    names.map(str::trim).filter(|name| !name.is_empty())
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
