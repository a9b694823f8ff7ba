//! The columns of teams.

use crate::cells::{choices, informed_of};
use crate::model::Team;
use crate::sheet::column::Column;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<Team>] = &[
    name_column!(Team),
    Column::new("In order", |plan, team: &Team| choices::joined_names(plan.people(), &team.people)).usual().field(
        |plan, team, text| {
            let mut people = Vec::new();
            for id in choices::records(plan.people(), text)? {
                if !people.contains(&id) {
                    people.push(id);
                }
            }
            team.people = people;
            Ok(())
        },
    ),
    Column::new("Needed", |_, team: &Team| team.needed.map_or_else(|| "all".to_owned(), |needed| needed.to_string()))
        .usual()
        .number(|_, team| team.needed.map_or(i64::MAX, i64::from))
        .field(|_, team, text| {
            team.needed = match text.trim().to_lowercase().as_str() {
                "" | "all" => None,
                _ => Some(choices::number(text, 1..=999).map_err(|problem| format!("{problem}, or all"))? as u16),
            };
            Ok(())
        }),
    Column::new("People", |_, team: &Team| team.people.len().to_string())
        .usual()
        .number(|_, team| team.people.len() as i64),
    text_column!(Team, "E-mail", email).usual(),
    Column::new("Informed of", |plan, team: &Team| informed_of::shown(plan, &team.informed_of))
        .usual()
        .field(|plan, team, text| {
            team.informed_of = informed_of::read(plan, text)?;
            Ok(())
        })
        .choices(informed_of::choices),
    text_column!(Team, "Notes", notes),
    id_column!(Team),
];
