//! The differences of the record of a night, in words: what was done and by whom, and when it ended. The times of ticks
//! and status updates are not compared; they cannot change without the item itself.

use super::fields::Fields;
use crate::model::{NightRecord, WatchOutcome, WatchRecord};
use crate::wording::iso::utc_minute;

pub fn night(fields: &mut Fields, old: &NightRecord, new: &NightRecord) {
    let ticks = |record: &NightRecord| {
        let words = record.ticks.iter().map(|tick| format!("{}: {} ({})", tick.block.name(), tick.item, tick.by));
        words.collect::<Vec<_>>()
    };
    let updates = |record: &NightRecord| {
        record.status_updates.iter().map(|update| format!("{} ({})", update.text, update.by)).collect::<Vec<_>>()
    };
    let outcome = |record: &NightRecord| {
        record.ending.as_ref().map(|ending| {
            let (outcome, by, at) = (ending.outcome.name(), &ending.by, utc_minute(ending.at.to_utc()));
            format!("{outcome} ({by}, {at})")
        })
    };
    fields.list("Ticks", ticks(old), ticks(new));
    fields.list("Status updates", updates(old), updates(new));
    fields.optional("Outcome", outcome(old), outcome(new));
    if old.watch != new.watch {
        let watch = |record: &NightRecord| record.watch.as_ref().map(watch_in_words);
        fields.optional("Watch", watch(old), watch(new));
    }
    fields.value("Notes", &old.notes, &new.notes);
}

/// "Quiet; logs: no new warnings; performance: as before (Ann, 2027-03-15T09:00Z)"
fn watch_in_words(watch: &WatchRecord) -> String {
    let part = |title: &str, text: &str| if text.is_empty() { String::new() } else { format!("{title}: {text}") };
    let outcome = watch.outcome.map_or("", WatchOutcome::name).to_owned();
    let parts = [outcome, part("logs", &watch.logs), part("performance", &watch.performance)];
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    format!("{words} ({}, {})", watch.by, utc_minute(watch.at.to_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Ending, NightKey, Outcome, UtcMinute};

    #[test]
    fn another_name_or_time_of_the_ending_is_found() {
        let key = NightKey { window: "core-db".into(), on: chrono::NaiveDate::MIN };
        let ended = |by: &str, at| {
            let ending = Some(Ending { outcome: Outcome::Done, by: by.to_owned(), at: UtcMinute(at) });
            NightRecord { ending, ..NightRecord::new(key.clone()) }
        };
        for (other, count) in [(ended("Ann", 60), 0), (ended("Bo", 60), 1), (ended("Ann", 61), 1)] {
            let mut fields = Fields::default();
            night(&mut fields, &ended("Ann", 60), &other);
            assert_eq!(fields.list.len(), count, "{other:?}");
        }
    }
}
