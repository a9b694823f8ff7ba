//! The text of a person or team: the name.

use super::choices;
use crate::model::{Assignee, Plan};
use crate::wording::capitalised;

/// Empty for nobody.
pub fn name(plan: &Plan, who: Option<&Assignee>) -> String {
    who.map_or_else(String::new, |who| who.name(plan).to_owned())
}

/// The team or person with that name or id, or with that key as lists write it, "team/unix"; none for an empty text.
///
/// # Errors
/// Neither has it.
pub fn read(plan: &Plan, text: &str) -> Result<Option<Assignee>, String> {
    choices::optional(text, |text| {
        if let Some(who) = by_key(plan, text.trim()) {
            return Ok(who);
        }
        let team = choices::record(plan.teams(), text).map(Assignee::Team);
        team.or_else(|_| choices::record(plan.people(), text).map(Assignee::Person)).map_err(|problem| {
            let teams = choices::all_names(plan.teams());
            if teams.is_empty() { problem } else { capitalised(&format!("{problem}, or a team, e.g. {}", teams[0])) }
        })
    })
}

/// "team/unix" or "person/ann" of the plan.
fn by_key(plan: &Plan, text: &str) -> Option<Assignee> {
    match text.split_once('/')? {
        ("team", id) => plan.teams().get(&id.into()).map(|team| Assignee::Team(team.id.clone())),
        ("person", id) => plan.people().get(&id.into()).map(|person| Assignee::Person(person.id.clone())),
        _ => None,
    }
}

/// All teams and people, teams first.
pub fn all(plan: &Plan) -> Vec<String> {
    [choices::all_names(plan.teams()), choices::all_names(plan.people())].concat()
}
