//! The columns of carriers' notices.

use crate::cells::choices;
use crate::model::{CarrierNotice, NoticeImpact, NoticeStatus, Plan, UtcMinute};
use crate::schedule::time::zone::Zone;
use crate::sheet::column::Column;
use crate::wording::{capitalised, moment};

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<CarrierNotice>] = &[
    name_column!(CarrierNotice),
    text_column!(CarrierNotice, "Carrier", provider).usual(),
    text_column!(CarrierNotice, "Number", number),
    Column::new("From", |plan, notice: &CarrierNotice| local(plan, notice.starts_at))
        .usual()
        .sorted_by(|_, notice| notice.starts_at.0.into()),
    Column::new("To", |plan, notice: &CarrierNotice| local(plan, notice.ends_at))
        .usual()
        .sorted_by(|_, notice| notice.ends_at.0.into()),
    Column::new("Status", |_, notice: &CarrierNotice| capitalised(notice.status.name()))
        .usual()
        .field(|_, notice, text| {
            notice.status = choices::choice(text, NoticeStatus::ALL, NoticeStatus::name)?;
            Ok(())
        })
        .choices(|_| choices::names(NoticeStatus::ALL, NoticeStatus::name)),
    Column::new("Impact", |_, notice: &CarrierNotice| capitalised(notice.impact.name()))
        .usual()
        .field(|_, notice, text| {
            notice.impact = choices::choice(text, NoticeImpact::ALL, NoticeImpact::name)?;
            Ok(())
        })
        .choices(|_| choices::names(NoticeImpact::ALL, NoticeImpact::name)),
    Column::new("Circuits", |_, notice: &CarrierNotice| circuits(notice)).usual().field(|_, notice, text| {
        notice.set_circuits(text);
        Ok(())
    }),
    Column::new("Systems", |plan, notice: &CarrierNotice| systems(plan, notice)).usual(),
    text_column!(CarrierNotice, "Account", account),
    text_column!(CarrierNotice, "Notes", notes),
    id_column!(CarrierNotice),
];

/// On the plan's clock.
fn local(plan: &Plan, at: UtcMinute) -> String {
    moment(Zone::for_plan(plan).local(at))
}

fn circuits(notice: &CarrierNotice) -> String {
    notice.circuits.iter().map(|circuit| circuit.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// The systems behind its circuits.
fn systems(plan: &Plan, notice: &CarrierNotice) -> String {
    plan.systems_behind(notice).map(|system| system.name.as_str()).collect::<Vec<_>>().join(", ")
}
