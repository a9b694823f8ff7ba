//! The columns of bulletin duties.

use crate::cells::{assignee, choices};
use crate::model::{BulletinDuty, Plan};
use crate::sheet::column::Column;

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<BulletinDuty>] = &[
    name_column!(BulletinDuty),
    Column::new("Vendors", |_, duty: &BulletinDuty| duty.vendors.join(", ")).usual().field(|_, duty, text| {
        duty.vendors = choices::names_in(text);
        Ok(())
    }),
    text_column!(BulletinDuty, "Source", source).usual(),
    Column::new("Owner", |plan, duty: &BulletinDuty| assignee::name(plan, duty.owner.as_ref()))
        .usual()
        .field(|plan, duty, text| {
            duty.owner = assignee::read(plan, text)?;
            Ok(())
        })
        .choices(assignee::all),
    Column::new("Stand-in", |plan, duty: &BulletinDuty| assignee::name(plan, duty.stand_in.as_ref()))
        .usual()
        .field(|plan, duty, text| {
            duty.stand_in = assignee::read(plan, text)?;
            Ok(())
        })
        .choices(assignee::all),
    Column::new("Systems", |plan, duty: &BulletinDuty| systems(plan, duty).to_string()).usual().number(systems),
    text_column!(BulletinDuty, "Notes", notes),
    id_column!(BulletinDuty),
];

/// How many systems are of its vendors.
fn systems(plan: &Plan, duty: &BulletinDuty) -> i64 {
    plan.systems().iter().filter(|system| duty.concerns(system)).count() as i64
}
