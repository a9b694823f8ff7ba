//! The columns of ladders.

use crate::cells::choices;
use crate::model::{Ladder, SystemClass};
use crate::sheet::column::Column;

use super::{id_column, name_column};

pub const COLUMNS: &[Column<Ladder>] = &[
    name_column!(Ladder),
    Column::new("For", |_, ladder: &Ladder| ladder.class.name().to_owned())
        .usual()
        .field(|_, ladder, text| {
            ladder.class = choices::choice(text, SystemClass::ALL, SystemClass::name)?;
            Ok(())
        })
        .choices(|_| choices::names(SystemClass::ALL, SystemClass::name)),
    Column::new("Release calendar", |plan, ladder: &Ladder| {
        ladder.release.as_ref().map_or_else(String::new, |id| plan.release_name(id))
    })
    .usual()
    .field(|plan, ladder, text| {
        ladder.release = choices::optional(text, |text| choices::record(plan.releases(), text))?;
        Ok(())
    })
    .choices(|plan| choices::all_names(plan.releases())),
    Column::new("Groups", |_, ladder: &Ladder| ladder.groups.len().to_string())
        .usual()
        .number(|_, ladder| ladder.groups.len() as i64),
    Column::new("Systems", |_, ladder: &Ladder| systems(ladder).to_string())
        .usual()
        .number(|_, ladder| systems(ladder) as i64),
    id_column!(Ladder),
];

fn systems(ladder: &Ladder) -> usize {
    ladder.groups.iter().map(|group| group.systems.len()).sum()
}
