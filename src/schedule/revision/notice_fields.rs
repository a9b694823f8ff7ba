//! The differences of carriers' notices, in words.

use super::fields::Fields;
use crate::model::{CarrierNotice, NoticeCircuit, Plan};
use crate::schedule::time::zone::Zone;
use crate::wording::moments;

/// A notice and its plan.
type NoticeInPlan<'a> = (&'a Plan, &'a CarrierNotice);

// Does nothing, but lists all fields, so that the compiler asks for a comparison of each new one.
const _: fn(&CarrierNotice) = |notice| {
    let CarrierNotice {
        id: _,
        name: _,
        provider: _,
        number: _,
        uid: _,
        sequence: _,
        written_at: _,
        status: _,
        starts_at: _,
        ends_at: _,
        circuits: _,
        impact: _,
        account: _,
        text: _,
        notes: _,
    } = notice;
};

pub fn notice(fields: &mut Fields, (old_plan, old): NoticeInPlan<'_>, (new_plan, new): NoticeInPlan<'_>) {
    fields.value("Name", &old.name, &new.name);
    fields.value("Carrier", &old.provider, &new.provider);
    fields.value("Number", &old.number, &new.number);
    fields.value("Status", old.status, new.status);
    fields.value("Work", work(old_plan, old), work(new_plan, new));
    fields.list("Circuits", circuits(old), circuits(new));
    fields.value("Account", &old.account, &new.account);
    fields.value("Text of the carrier", &old.text, &new.text);
    fields.value("Notes", &old.notes, &new.notes);
    fields.value("Revision", old.sequence, new.sequence);
}

/// From when to when, on the plan's clock.
fn work(plan: &Plan, notice: &CarrierNotice) -> String {
    let zone = Zone::for_plan(plan);
    moments(zone.local(notice.starts_at), zone.local(notice.ends_at))
}

/// "IC-111111 (outage)"
fn circuits(notice: &CarrierNotice) -> Vec<String> {
    let circuit = |each: &NoticeCircuit| format!("{} ({})", each.id, each.impact.unwrap_or(notice.impact));
    notice.circuits.iter().map(circuit).collect()
}
