//! The differences of a checklist, in words.

use super::fields::Fields;
use crate::model::{ChecklistId, ChecklistItem, ChecklistTemplate, Plan};

pub fn checklist(fields: &mut Fields, (_, a): (&Plan, &ChecklistTemplate), (_, b): (&Plan, &ChecklistTemplate)) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Language", &a.language, &b.language);
    let words = |template: &ChecklistTemplate| {
        template.words.iter().map(|(key, words)| format!("{key}: {words}")).collect::<Vec<_>>()
    };
    fields.list("Words", words(a), words(b));
    let items = |template: &ChecklistTemplate| template.items.iter().map(item).collect::<Vec<_>>();
    let (before, after) = (items(a), items(b));
    if common(&before, &after) != common(&after, &before) {
        fields.value("Order of items", texts(a), texts(b));
    }
    fields.list("Items", before, after);
}

/// The items of `a` that `b` has too, in the order of `a`.
fn common<'a>(a: &'a [String], b: &[String]) -> Vec<&'a String> {
    let mut left: Vec<&String> = b.iter().collect();
    let is_common =
        |item: &&String| left.iter().position(|other| other == item).map(|at| left.swap_remove(at)).is_some();
    a.iter().filter(is_common).collect()
}

/// "Start of window: Doors locked (30 min before · Security)"
fn item(item: &ChecklistItem) -> String {
    let (block, details) = (item.block.name(), item.details());
    if details.is_empty() { format!("{block}: {}", item.text) } else { format!("{block}: {} ({details})", item.text) }
}

fn texts(template: &ChecklistTemplate) -> String {
    template.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// The name of a checklist, or its id if the plan does not contain it.
pub fn checklist_name(plan: &Plan, id: &ChecklistId) -> String {
    plan.checklists().name_of(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChecklistBlock, Condition, Horizon};

    fn differences(before: &[&str], after: &[&str]) -> Vec<String> {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let template = |texts: &[&str]| {
            let item = |text: &&str| ChecklistItem {
                block: ChecklistBlock::Start,
                text: (*text).to_owned(),
                offset: None,
                owner: String::new(),
                condition: Condition::default(),
            };
            ChecklistTemplate::new("c".into(), "C", texts.iter().map(item).collect())
        };
        let mut fields = Fields::default();
        checklist(&mut fields, (&plan, &template(before)), (&plan, &template(after)));
        fields.list.into_iter().map(|change| change.field).collect()
    }

    #[test]
    fn one_of_two_equal_items_that_was_removed_is_found() {
        assert_eq!(differences(&["a", "a", "b"], &["a", "b"]), ["Items"]);
    }

    #[test]
    fn another_order_is_found_although_an_item_was_added() {
        assert_eq!(differences(&["a", "b"], &["b", "c", "a"]), ["Order of items", "Items"]);
        assert_eq!(differences(&["a", "b"], &["a", "c", "b"]), ["Items"]);
        assert_eq!(differences(&["a", "b"], &["a", "b"]), [""; 0]);
    }
}
