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
    let (mut sorted, mut sorted_after) = (before.clone(), after.clone());
    sorted.sort_unstable();
    sorted_after.sort_unstable();
    if before != after && sorted == sorted_after {
        fields.value("Order of items", texts(a), texts(b));
    }
    fields.list("Items", before, after);
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
