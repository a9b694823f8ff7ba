//! The columns of freezes.

use crate::cells::choices;
use crate::model::{ChangeFreeze, Plan, day_number};
use crate::sheet::column::Column;
use crate::wording::date;

use super::{id_column, name_column, text_column};
use crate::cells::scope::{read_scope, scope};

pub const COLUMNS: &[Column<ChangeFreeze>] = &[
    name_column!(ChangeFreeze),
    Column::new("From", |_, freeze: &ChangeFreeze| date(freeze.first_on))
        .usual()
        .sorted_by(|_, freeze| day_number(freeze.first_on).into())
        .field(|_, freeze, text| {
            freeze.first_on = choices::date(text)?;
            Ok(())
        }),
    Column::new("To", |_, freeze: &ChangeFreeze| date(freeze.last_on))
        .usual()
        .sorted_by(|_, freeze| day_number(freeze.last_on).into())
        .field(|_, freeze, text| {
            freeze.last_on = choices::date(text)?;
            Ok(())
        }),
    Column::new("Days", |_, freeze: &ChangeFreeze| days(freeze).to_string()).usual().number(|_, freeze| days(freeze)),
    Column::new("Recurs", |_, freeze: &ChangeFreeze| freeze.period_in_words().unwrap_or_default())
        .usual()
        .sorted_by(|_, freeze| freeze.period().map_or(0, i64::from))
        .field(set_period)
        .choices(|_| ["", "every month", "every quarter", "every year"].map(str::to_owned).to_vec()),
    Column::new("Covers", |plan, freeze: &ChangeFreeze| scope(plan, &freeze.scope)).usual().field(
        |plan, freeze, text| {
            freeze.scope = read_scope(plan, text)?;
            Ok(())
        },
    ),
    text_column!(ChangeFreeze, "Notes", notes),
    id_column!(ChangeFreeze),
];

fn days(freeze: &ChangeFreeze) -> i64 {
    (freeze.last_on - freeze.first_on).num_days() + 1
}

fn set_period(_: &Plan, freeze: &mut ChangeFreeze, text: &str) -> Result<(), String> {
    let words = text.trim().to_lowercase();
    let number = || words.trim_start_matches("every ").trim_end_matches(" months").parse::<u16>().ok();
    freeze.every_months = match words.as_str() {
        "" | "no" | "never" => None,
        "every month" | "monthly" => Some(1),
        "every quarter" | "quarterly" => Some(3),
        "every year" | "yearly" => Some(12),
        _ => Some(number().filter(|months| (1..=1_200).contains(months)).ok_or_else(|| {
            format!("Invalid interval \"{}\": use e.g. every year, every 6 months, or nothing", text.trim())
        })?),
    };
    Ok(())
}
