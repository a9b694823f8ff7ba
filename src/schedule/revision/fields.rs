//! What is different about a record, field by field, in words.

use std::collections::BTreeSet;
use std::fmt;

use crate::wording::list;

/// Longer values are cut off where they are worded; what reads the parts gets all of them.
const LONGEST: usize = 120;

/// One field that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// "Impact"
    pub field: String,
    pub difference: Difference,
    /// It says something new to business owners, besides dates.
    pub is_for_owners: bool,
    /// It shows in the dates, each of which is told by itself.
    pub is_of_dates: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Empty where there was nothing, or is nothing any more.
    Value { before: String, after: String },
    /// Both sorted.
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
            Self::Value { before, after } if after.is_empty() => write!(f, "taken out, was {}", clipped(before)),
            Self::Value { before, after } => write!(f, "{} → {}", clipped(before), clipped(after)),
            Self::List { added, removed } if added.is_empty() => write!(f, "removed {}", listed(removed)),
            Self::List { added, removed } if removed.is_empty() => write!(f, "added {}", listed(added)),
            Self::List { added, removed } => write!(f, "added {}; removed {}", listed(added), listed(removed)),
        }
    }
}

/// On one line, and not too long for one.
fn clipped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// "Core DB, Ledger", or the first of them and how many more.
fn listed(items: &[String]) -> String {
    const MOST: usize = 6;
    list(items.iter().map(|item| clipped(item)), MOST)
}

/// Gathers the differences of one record.
#[derive(Default)]
pub struct Fields {
    pub list: Vec<FieldChange>,
}

impl Fields {
    /// A value in words, where the two differ.
    pub fn value(&mut self, field: &str, before: impl fmt::Display, after: impl fmt::Display) -> &mut Self {
        let (before, after) = (before.to_string(), after.to_string());
        if before != after {
            self.push(field, Difference::Value { before, after });
        }
        self
    }

    /// A value that there may be none of.
    pub fn optional<T: fmt::Display>(&mut self, field: &str, before: Option<T>, after: Option<T>) -> &mut Self {
        let words = |value: Option<T>| value.map_or_else(String::new, |value| value.to_string());
        self.value(field, words(before), words(after))
    }

    /// A list of things in words, where one has what the other has not.
    pub fn list(&mut self, field: &str, before: Vec<String>, after: Vec<String>) -> &mut Self {
        let (before, after) = (BTreeSet::from_iter(before), BTreeSet::from_iter(after));
        let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>();
        let (added, removed) = (only(&after, &before), only(&before, &after));
        if !(added.is_empty() && removed.is_empty()) {
            self.push(field, Difference::List { added, removed });
        }
        self
    }

    fn push(&mut self, field: &str, difference: Difference) {
        self.list.push(FieldChange { field: field.to_owned(), difference, is_for_owners: false, is_of_dates: false });
    }

    /// All that was found so far is for business owners.
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
    fn a_difference_says_what_it_was_and_what_it_is() {
        assert_eq!(words(|fields| _ = fields.value("Type", "Standard", "Extended")), ["Type Standard → Extended"]);
        assert_eq!(words(|fields| _ = fields.value("Ticket", "", "CHG-1")), ["Ticket set to CHG-1"]);
        assert_eq!(words(|fields| _ = fields.optional("Zone", Some("UTC"), None)), ["Zone taken out, was UTC"]);
        assert!(words(|fields| _ = fields.value("Type", "Standard", "Standard")).is_empty());
    }

    #[test]
    fn of_a_list_only_what_came_and_went_is_said() {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let change = words(|fields| _ = fields.list("Systems", list(&["b", "a"]), list(&["a", "c"])));
        assert_eq!(change, ["Systems added c; removed b"]);
        let many: Vec<String> = (10..20).map(|number| number.to_string()).collect();
        let change = words(|fields| _ = fields.list("Systems", Vec::new(), many));
        assert_eq!(change, ["Systems added 10, 11, 12, 13, 14, 15 and 4 more"]);
    }

    #[test]
    fn a_long_text_is_cut_off_and_has_no_line_ends() {
        let change = words(|fields| _ = fields.value("Impact", "", "ä\n".repeat(300)));
        assert_eq!(change[0].chars().count(), "Impact set to ".chars().count() + LONGEST);
        assert!(change[0].ends_with('…') && !change[0].contains('\n'));
    }
}
