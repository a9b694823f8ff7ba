//! Counts of the differences that a revision does not list: answers, acceptances, advisories and the like. So a plan that
//! differs only in them is not taken for unchanged.

use std::sync::Arc;

use crate::model::{Plan, Record, Table};
use crate::wording::counted;

/// "2 answers added", "1 advisory changed".
pub fn unlisted(old: &Plan, new: &Plan) -> Vec<String> {
    let mut words = Vec::new();
    count(&mut words, "answer", old.ledger(), new.ledger());
    count(&mut words, "result", old.results(), new.results());
    count(&mut words, "scan", old.scans(), new.scans());
    count(&mut words, "group record", old.group_records(), new.group_records());
    count(&mut words, "advisory", old.advisories(), new.advisories());
    count(&mut words, "acceptance", old.acceptances(), new.acceptances());
    count(&mut words, "sent invite", old.sent_invites(), new.sent_invites());
    count(&mut words, "time zone", old.zones(), new.zones());
    count(&mut words, "table layout", old.mappings(), new.mappings());
    count(&mut words, "cancellation list", old.cancelled_events(), new.cancelled_events());
    count(&mut words, "conflict", old.conflicts(), new.conflicts());
    if old.invites() != new.invites() {
        words.push("invite texts changed".to_owned());
    }
    words
}

fn count<T: Record + PartialEq>(words: &mut Vec<String>, noun: &str, old: &Table<T>, new: &Table<T>) {
    if old.ptr_eq(new) {
        return;
    }
    let added = new.iter().filter(|record| !old.contains(record.id())).count();
    let removed = old.iter().filter(|record| !new.contains(record.id())).count();
    let is_changed = |record: &&Arc<T>| old.get(record.id()).is_some_and(|before| before != *record);
    let changed = new.iter().filter(is_changed).count();
    let counts = [(added, "added"), (changed, "changed"), (removed, "removed")];
    let worded = counts.into_iter().filter(|(count, _)| *count > 0);
    words.extend(worded.map(|(count, verb)| format!("{} {verb}", counted(count, noun))));
}
