//! What merges dropped: the changes of one side, if the merge took the other side's value.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::log::LogEntry;
use crate::schedule::Schedule;
use crate::schedule::revision::{RecordChange, RecordPresence, record_changes};

/// The changes that merges dropped, with the commits that made them.
#[derive(Default)]
pub struct Dropped(Vec<DroppedPart>);

/// A part of a record, as it was changed by some commits.
struct DroppedPart {
    /// The commits of the side whose value was not taken.
    commits: HashSet<String>,
    /// The record, as it differs between that side and the merge.
    record: RecordChange,
    fields: Vec<String>,
    dates: Vec<NaiveDate>,
    /// Whether the record was added or removed on that side alone.
    is_whole: bool,
}

impl Dropped {
    /// Notes what a merge of `parents` dropped. A part that differs from one parent, and is as in another, was not taken from
    /// the first.
    pub fn note(&mut self, entries: &[LogEntry], parents: &[(String, Schedule)], merged: &Schedule, today: NaiveDate) {
        let changes: Vec<Vec<RecordChange>> =
            parents.iter().map(|(_, parent)| record_changes(parent, merged, today)).collect();
        for (index, (commit, _)) in parents.iter().enumerate() {
            for (other, (other_commit, _)) in parents.iter().enumerate().filter(|(other, _)| *other != index) {
                let mut parts: Vec<_> =
                    changes[index].iter().filter_map(|change| not_taken(change, &changes[other])).collect();
                if parts.is_empty() {
                    continue;
                }
                let others = with_ancestors(entries, other_commit);
                let mut commits = with_ancestors(entries, commit);
                commits.retain(|commit| !others.contains(commit));
                for part in &mut parts {
                    part.commits.clone_from(&commits);
                }
                self.0.append(&mut parts);
            }
        }
    }

    /// The changes of a commit that no merge dropped.
    pub fn rest(&self, commit: &str, changes: Vec<RecordChange>) -> Vec<RecordChange> {
        let mine: Vec<&DroppedPart> = self.0.iter().filter(|part| part.commits.contains(commit)).collect();
        let rest = |change: RecordChange| {
            mine.iter().try_fold(change, |change, part| match change.presence {
                _ if !part.record.is_about_same(&change) => Some(change),
                RecordPresence::Kept => change.without(&part.fields, &part.dates),
                RecordPresence::New | RecordPresence::Removed => (!part.is_whole).then_some(change),
            })
        };
        changes.into_iter().filter_map(rest).collect()
    }
}

/// The part of a change between one parent and the merge that the other parent has as the merge has it.
fn not_taken(change: &RecordChange, of_other: &[RecordChange]) -> Option<DroppedPart> {
    let other = of_other.iter().find(|other| other.is_about_same(change));
    let is_changed_there = |field: &String| other.is_some_and(|other| other.fields.contains(field));
    let is_moved_there = |on: &NaiveDate| other.is_some_and(|other| other.dates.contains(on));
    let part = DroppedPart {
        commits: HashSet::new(),
        record: change.clone(),
        fields: change.fields.iter().filter(|field| !is_changed_there(field)).cloned().collect(),
        dates: change.dates.iter().filter(|on| !is_moved_there(on)).copied().collect(),
        is_whole: change.presence != RecordPresence::Kept && other.is_none(),
    };
    // A record that the other parent added or removed has no parts.
    let is_kept = other.is_none_or(|other| other.presence == RecordPresence::Kept);
    let has_part = part.is_whole || (is_kept && !(part.fields.is_empty() && part.dates.is_empty()));
    has_part.then_some(part)
}

/// A commit and all before it.
fn with_ancestors(entries: &[LogEntry], commit: &str) -> HashSet<String> {
    let parents: HashMap<&str, &[String]> =
        entries.iter().map(|entry| (&*entry.commit.hash, &*entry.parents)).collect();
    let (mut found, mut open) = (HashSet::new(), vec![commit.to_owned()]);
    while let Some(commit) = open.pop() {
        if found.contains(&commit) {
            continue;
        }
        open.extend(parents.get(&*commit).into_iter().flat_map(|parents| parents.iter().cloned()));
        found.insert(commit);
    }
    found
}
