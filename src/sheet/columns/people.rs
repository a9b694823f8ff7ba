//! The columns of people.

use crate::cells::{choices, informed_of};
use crate::model::{Edit, Person, Plan, Team};
use crate::sheet::column::Column;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<Person>] = &[
    name_column!(Person),
    Column::new("Teams", |plan, person: &Person| teams(plan, person))
        .usual()
        .edits(set_teams)
        .choices(|plan| choices::all_names(plan.teams())),
    text_column!(Person, "E-mail", email).usual(),
    text_column!(Person, "Phone", phone).usual(),
    Column::new("Absences", |_, person: &Person| person.away.len().to_string())
        .usual()
        .number(|_, person| person.away.len() as i64),
    Column::new("Informed of", |plan, person: &Person| informed_of::shown(plan, &person.informed_of))
        .usual()
        .field(|plan, person, text| {
            person.informed_of = informed_of::read(plan, text)?;
            Ok(())
        })
        .choices(informed_of::choices),
    text_column!(Person, "Notes", notes),
    id_column!(Person),
];

fn teams(plan: &Plan, person: &Person) -> String {
    let teams = plan.teams().iter().filter(|team| team.people.contains(&person.id));
    teams.map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Adds the person to the teams that the text names, and removes them from all others.
fn set_teams(plan: &Plan, person: &Person, text: &str) -> Result<Vec<Edit>, String> {
    let wanted = choices::records(plan.teams(), text)?;
    let changed = plan.teams().iter().filter(|team| team.people.contains(&person.id) != wanted.contains(&team.id));
    let change = |team: &std::sync::Arc<Team>| {
        let mut team = Team::clone(team);
        if wanted.contains(&team.id) {
            team.people.push(person.id.clone());
        } else {
            team.people.retain(|id| *id != person.id);
        }
        Edit::PutTeam(team)
    };
    Ok(changed.map(change).collect())
}
