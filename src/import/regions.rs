//! The regions whose holidays a person wants.

use std::collections::{BTreeMap, BTreeSet};

use super::imported::Imported;
use super::option::{OptionSpec, ValueKind};
use crate::wording::{counted, list_in_sentence};

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
/// How many holidays of other regions it names.
const MOST_HOLIDAYS: usize = 10;

/// Judges the regions of holidays while a file is read.
#[derive(Clone, Debug)]
pub(super) struct RegionChoice<'a> {
    /// Empty if all are wanted.
    chosen: &'a [String],
    /// The regions that the file names.
    found: BTreeSet<String>,
    /// The holidays of other regions that the plan does not get: "Epiphany (Bavaria)".
    elsewhere: BTreeMap<String, usize>,
}

impl<'a> RegionChoice<'a> {
    pub fn new(chosen: &'a [String]) -> Self {
        Self { chosen, found: BTreeSet::new(), elsewhere: BTreeMap::new() }
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

    /// Counts a holiday that the plan does not get.
    pub fn leave_out(&mut self, name: &str, region: &str) {
        *self.elsewhere.entry(format!("{name} ({region})")).or_default() += 1;
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
        if !self.elsewhere.is_empty() {
            let holidays = counted(self.elsewhere.values().sum::<usize>(), "holiday");
            let named = list_in_sentence(self.elsewhere.keys(), MOST_HOLIDAYS);
            imported.warn(None, format!("{holidays} of other regions left out: {named}"));
            imported.leave_out("of other regions", self.elsewhere.values().sum());
        }
    }
}

/// Whether the region of a holiday, which may list several, names one of `regions`. A region that only says that there
/// are some, such as "5 states" or "all except Bavaria", may be any.
fn is_in(region: &str, regions: &[String]) -> bool {
    let lower = region.to_lowercase();
    let is_vague = lower.starts_with(|c: char| c.is_ascii_digit())
        || lower.starts_with("some ")
        || lower.split_whitespace().any(|word| EXCEPTIONS.contains(&word.trim_start_matches('(')));
    is_vague || regions.iter().any(|wanted| names_in(region).any(|name| is_same(name, wanted)))
}

/// Words after which regions are named that do not have a holiday.
const EXCEPTIONS: [&str; 6] = ["except", "excluding", "without", "außer", "ohne", "sauf"];

/// The names in a list of regions, without brackets. "Newfoundland and Labrador" may be one name or two.
fn names_in(region: &str) -> impl Iterator<Item = &str> {
    let parts = region.split([',', ';', '/', '|', '\n']).filter_map(|part| part.trim().split(" (").next());
    let names = parts.flat_map(|part| {
        let words = JOINING.into_iter().find_map(|word| part.split_once(word));
        let halves = words.into_iter().flat_map(|(one, other)| [one, other]);
        std::iter::once(part).chain(halves)
    });
    names.map(str::trim).filter(|name| !name.is_empty())
}

const JOINING: [&str; 4] = [" and ", " und ", " & ", " et "];

/// Whether two names are of the same region: without case, and "BY" for "DE-BY" (ISO 3166-2).
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let code = |name: &str| {
        let (country, region) = name.split_once('-')?;
        let is_code = country.len() == 2 && region.len() <= 3 && name.is_ascii();
        is_code.then(|| region.to_owned())
    };
    one == other || code(&one).is_some_and(|one| one == other) || code(&other).is_some_and(|other| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_found_as_people_write_them() {
        let chosen = ["Bavaria", "DE-BE", "Newfoundland and Labrador"].map(str::to_owned);
        for (region, expected) in [
            ("bavaria", true),
            ("Saxony, Bavaria (Catholic towns)", true),
            ("Hesse/Bavaria", true),
            ("Hesse and Bavaria", true),
            ("BE", true),
            ("DE-BE | DE-BB", true),
            ("Newfoundland and Labrador", true),
            ("5 states", true),
            ("all except Saxony", true),
            ("Saxony", false),
            ("Lower Bavaria", false),
            ("DE-BB", false),
            ("Labrador", false),
        ] {
            assert_eq!(is_in(region, &chosen), expected, "{region}");
        }
    }

    #[test]
    fn holidays_that_are_left_out_are_named() {
        let chosen = ["Bavaria".to_owned()];
        let mut choice = RegionChoice::new(&chosen);
        assert!(choice.is_elsewhere("Saxony") && !choice.is_elsewhere("Bavaria") && !choice.is_elsewhere(""));
        choice.leave_out("Repentance Day", "Saxony");
        choice.leave_out("Repentance Day", "Saxony");
        let mut imported = Imported::default();
        choice.warn(&mut imported);
        let texts: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["2 holidays of other regions left out: Repentance Day (Saxony)"]);
    }
}
