//! The groups of all ladders, by the names that cells show.

use crate::cells::choices::split_names;
use crate::model::{DeploymentGroup, Ladder, Plan};
use crate::wording::list_of_choices;

/// A group and the ladder that it is on.
pub type LadderGroup<'a> = (&'a Ladder, &'a DeploymentGroup);

/// The ladders and groups in the order of ladders.
pub fn all_groups(plan: &Plan) -> impl Iterator<Item = LadderGroup<'_>> {
    plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (&**ladder, group)))
}

/// The name of a group, with its ladder if groups of other ladders have the same name.
pub fn group_name(plan: &Plan, (ladder, group): LadderGroup<'_>) -> String {
    let same = all_groups(plan).filter(|(_, other)| other.name.eq_ignore_ascii_case(&group.name)).count();
    if same > 1 { format!("{}: {}", ladder.name, group.name) } else { group.name.clone() }
}

pub fn group_names(plan: &Plan) -> Vec<String> {
    all_groups(plan).map(|each| group_name(plan, each)).collect()
}

/// The groups that a text names, separated by commas or semicolons.
pub fn read_groups<'a>(plan: &'a Plan, text: &str) -> Result<Vec<LadderGroup<'a>>, String> {
    split_names(text, |name| find_group(plan, name))
}

/// The group with that name, "Ladder: Group", or id.
fn find_group<'a>(plan: &'a Plan, name: &str) -> Result<LadderGroup<'a>, String> {
    let is_it = |(ladder, group): &LadderGroup<'_>| {
        group.id.as_str() == name || format!("{}: {}", ladder.name, group.name).eq_ignore_ascii_case(name)
    };
    if let Some(found) = all_groups(plan).find(is_it) {
        return Ok(found);
    }
    let named: Vec<_> = all_groups(plan).filter(|(_, group)| group.name.eq_ignore_ascii_case(name)).collect();
    match named.as_slice() {
        [found] => Ok(*found),
        [] => Err(format!("Unknown group \"{name}\": use the name of one on the board under Groups")),
        several => {
            let names: Vec<String> = several.iter().map(|each| group_name(plan, *each)).collect();
            Err(format!("\"{name}\" is a group of several ladders: use {}", list_of_choices(&names)))
        }
    }
}
