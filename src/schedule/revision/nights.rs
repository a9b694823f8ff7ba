//! The differences of the record of a night, in words.

use super::fields::Fields;
use crate::model::NightRecord;

pub fn night(fields: &mut Fields, old: &NightRecord, new: &NightRecord) {
    let ticks = |record: &NightRecord| {
        let words = record.ticks.iter().map(|tick| format!("{}: {} ({})", tick.block.name(), tick.item, tick.by));
        words.collect::<Vec<_>>()
    };
    let told = |record: &NightRecord| {
        record.status_updates.iter().map(|told| format!("{} ({})", told.text, told.by)).collect::<Vec<_>>()
    };
    let outcome = |record: &NightRecord| record.ending.as_ref().map(|ending| ending.outcome.name());
    fields.list("Ticks", ticks(old), ticks(new));
    fields.list("Status updates", told(old), told(new));
    fields.optional("Outcome", outcome(old), outcome(new));
    fields.value("Notes", &old.notes, &new.notes);
}
