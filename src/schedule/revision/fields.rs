//! The differences of a record, field by field, in words.

use std::collections::BTreeMap;
use std::fmt;

use crate::wording::list;

/// Longer values are shortened in text. Machine-readable output contains all of them.
const LONGEST: usize = 120;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// "Impact"
    pub field: String,
    pub difference: Difference,
    /// Whether business owners need to know of it, besides the dates.
    pub is_for_owners: bool,
    /// Whether it shows in the dates, which are listed separately.
    pub is_of_dates: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Empty without a value.
    Value { before: String, after: String },
    /// Both are sorted.
    List { added: Vec<String>, removed: Vec<String> },
}

impl fmt::Display for FieldChange {
    /// "Type Standard → Extended", "Systems added Web + API; removed Ledger".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.difference)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { before, after } if before.is_empty() => write!(f, "set to {}", clipped(after)),
            Self::Value { before, after } if after.is_empty() => write!(f, "removed, was {}", clipped(before)),
            Self::Value { before, after } => write!(f, "{} → {}", clipped(before), clipped(after)),
            Self::List { added, removed } if added.is_empty() => write!(f, "removed {}", listed(removed)),
            Self::List { added, removed } if removed.is_empty() => write!(f, "added {}", listed(added)),
            Self::List { added, removed } => write!(f, "added {}; removed {}", listed(added), listed(removed)),
        }
    }
}

/// Shortened to one line.
fn clipped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// "Core DB, Ledger", or the first ones and the number of the others.
fn listed(items: &[String]) -> String {
    const MOST: usize = 6;
    list(items.iter().map(|item| clipped(item)), MOST)
}

/// The items of `a` that are not in `b`, sorted. If `a` has more equal items than `b`, the surplus.
fn only(a: &[String], b: &[String]) -> Vec<String> {
    let mut counts = BTreeMap::<&String, usize>::new();
    for item in b {
        *counts.entry(item).or_default() += 1;
    }
    let mut only = a.to_vec();
    only.retain(|item| match counts.get_mut(item) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    only.sort_unstable();
    only
}

/// Collects the differences of one record.
#[derive(Default)]
pub struct Fields {
    pub list: Vec<FieldChange>,
}

impl Fields {
    /// Compares a value in words.
    pub fn value(&mut self, field: &str, before: impl fmt::Display, after: impl fmt::Display) -> &mut Self {
        let (before, after) = (before.to_string(), after.to_string());
        if before != after {
            self.push(field, Difference::Value { before, after });
        }
        self
    }

    /// Compares an optional value.
    pub fn optional<T: fmt::Display>(&mut self, field: &str, before: Option<T>, after: Option<T>) -> &mut Self {
        let words = |value: Option<T>| value.map_or_else(String::new, |value| value.to_string());
        self.value(field, words(before), words(after))
    }

    /// Compares a list of items in words. Equal items count separately; their order does not matter.
    pub fn list(&mut self, field: &str, before: Vec<String>, after: Vec<String>) -> &mut Self {
        let (added, removed) = (only(&after, &before), only(&before, &after));
        if !(added.is_empty() && removed.is_empty()) {
            self.push(field, Difference::List { added, removed });
        }
        self
    }

    fn push(&mut self, field: &str, difference: Difference) {
        self.list.push(FieldChange { field: field.to_owned(), difference, is_for_owners: false, is_of_dates: false });
    }

    /// Marks all differences so far as relevant for business owners.
    pub fn for_owners(&mut self) -> &mut Self {
        self.list.iter_mut().for_each(|change| change.is_for_owners = true);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(find: impl FnOnce(&mut Fields)) -> Vec<String> {
        let mut fields = Fields::default();
        find(&mut fields);
        fields.list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_difference_has_the_old_and_the_new_value() {
        assert_eq!(words(|fields| _ = fields.value("Type", "Standard", "Extended")), ["Type Standard → Extended"]);
        assert_eq!(words(|fields| _ = fields.value("Ticket", "", "CHG-1")), ["Ticket set to CHG-1"]);
        assert_eq!(words(|fields| _ = fields.optional("Zone", Some("UTC"), None)), ["Zone removed, was UTC"]);
        assert!(words(|fields| _ = fields.value("Type", "Standard", "Standard")).is_empty());
    }

    #[test]
    fn a_list_shows_only_added_and_removed_items() {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let change = words(|fields| _ = fields.list("Systems", list(&["b", "a"]), list(&["a", "c"])));
        assert_eq!(change, ["Systems added c; removed b"]);
        let change = words(|fields| _ = fields.list("Items", list(&["a", "a", "b"]), list(&["a", "b"])));
        assert_eq!(change, ["Items removed a"]);
        let many: Vec<String> = (10..20).map(|number| number.to_string()).collect();
        let change = words(|fields| _ = fields.list("Systems", Vec::new(), many));
        assert_eq!(change, ["Systems added 10, 11, 12, 13, 14, 15 and 4 more"]);
    }

    #[test]
    fn a_long_text_is_shortened_to_one_line() {
        let change = words(|fields| _ = fields.value("Impact", "", "ä\n".repeat(300)));
        assert_eq!(change[0].chars().count(), "Impact set to ".chars().count() + LONGEST);
        assert!(change[0].ends_with('…') && !change[0].contains('\n'));
    }
}
