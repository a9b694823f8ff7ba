//! The columns of checklists.

use crate::cells::choices;
use crate::model::{ChecklistTemplate, Plan};
use crate::sheet::column::Column;

use super::{id_column, name_column};

pub const COLUMNS: &[Column<ChecklistTemplate>] = &[
    name_column!(ChecklistTemplate),
    Column::new("Items", |_, checklist: &ChecklistTemplate| checklist.items.len().to_string())
        .usual()
        .number(|_, checklist| checklist.items.len() as i64),
    Column::new("Windows", |plan, checklist: &ChecklistTemplate| windows(plan, checklist).to_string())
        .usual()
        .number(|plan, checklist| windows(plan, checklist) as i64),
    Column::new("Groups and types", users).usual(),
    id_column!(ChecklistTemplate),
];

fn windows(plan: &Plan, checklist: &ChecklistTemplate) -> usize {
    plan.windows().iter().filter(|window| plan.checklist_id_for(window) == Some(&checklist.id)).count()
}

/// The groups and window types that choose it.
fn users(plan: &Plan, checklist: &ChecklistTemplate) -> String {
    let is_it = |chosen: &Option<crate::model::ChecklistId>| chosen.as_ref() == Some(&checklist.id);
    let types = plan.policy().window_types.iter().filter(|window_type| is_it(&window_type.checklist));
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let groups = groups.filter(|group| is_it(&group.checklist)).map(|group| &*group.name);
    groups.chain(types.map(|window_type| window_type.kind.name())).collect::<Vec<_>>().join(", ")
}
