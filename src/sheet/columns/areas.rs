//! The columns of business areas.

use crate::cells::choices;
use crate::model::{BusinessArea, addresses};
use crate::sheet::column::Column;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<BusinessArea>] = &[
    name_column!(BusinessArea),
    text_column!(BusinessArea, "Owner", owner).usual(),
    Column::new("E-mail", |_, area: &BusinessArea| area.email.clone()).usual().field(|_, area, text| {
        let address = area.address();
        text.trim().clone_into(&mut area.email);
        // They are those of the owner who had the address before.
        if area.address() != address {
            area.aliases.clear();
        }
        Ok(())
    }),
    Column::new("Replies also from", |_, area: &BusinessArea| area.aliases.join(", ")).field(|_, area, text| {
        area.aliases =
            addresses(text).map_err(|part| format!("Invalid address \"{part}\": use e.g. ann@bank.example"))?;
        Ok(())
    }),
    Column::new("Days of notice", |_, area: &BusinessArea| {
        area.notice_days.map_or_else(String::new, |days| days.to_string())
    })
    .usual()
    .number(|_, area| area.notice_days.map_or(-1, i64::from))
    .field(|_, area, text| {
        area.notice_days = choices::optional(text, |text| choices::number(text, 0..=365))?.map(|days| days as u16);
        Ok(())
    }),
    Column::new("Holidays", |plan, area: &BusinessArea| choices::joined_names(plan.holidays(), &area.holidays))
        .field(|plan, area, text| {
            area.holidays = choices::sorted_records(plan.holidays(), text)?;
            Ok(())
        })
        .choices(|plan| choices::all_names(plan.holidays())),
    Column::new("Systems", |plan, area: &BusinessArea| systems(plan, area).to_string())
        .usual()
        .number(|plan, area| systems(plan, area) as i64),
    text_column!(BusinessArea, "Notes", notes),
    id_column!(BusinessArea),
];

fn systems(plan: &crate::model::Plan, area: &BusinessArea) -> usize {
    plan.systems().iter().filter(|system| system.area.as_ref() == Some(&area.id)).count()
}
