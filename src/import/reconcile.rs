//! Compares what a file says with what was imported earlier: which record it is about, which version is newer, and which
//! fields change. Knows neither calendars nor kinds of records.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::option::{OptionSpec, ValueKind};
use crate::model::{FieldPrints, ImportSource, ImportedEvent, fnv1a};

pub(crate) const REMOVE_GONE: OptionSpec = OptionSpec {
    id: "remove-gone",
    name: "Remove gone",
    help: "Remove what was imported before and is no longer in the file",
    value: ValueKind::Switch,
    default_text: "what is no longer in the file stays",
    is_fallback: false,
};

/// The fields of a record by their names.
pub(crate) type Fields = BTreeMap<String, FieldValue>;

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldValue {
    fingerprint: u32,
    /// For people.
    pub words: String,
}

impl FieldValue {
    pub fn new(value: &impl Serialize, words: impl Into<String>) -> Self {
        // Values of a plan can always be written; one that could not would count as changed by a person.
        let text = serde_json::to_vec(value).unwrap_or_default();
        let hash = fnv1a(&text);
        let fingerprint = ((hash ^ (hash >> 32)) & 0xffff_ffff) as u32;
        Self { fingerprint, words: words.into() }
    }
}

/// The fields that a file speaks about. It says nothing about the others, which stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Speaks {
    #[default]
    All,
    Only(BTreeSet<String>),
    AllBut(BTreeSet<String>),
}

/// A record as a file gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Incoming {
    pub events: Vec<ImportedEvent>,
    pub fields: Fields,
    pub speaks: Speaks,
}

/// A field in which the plan and the file differ; empty if one of them has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub field: String,
    pub here: String,
    pub file: String,
}

/// What becomes of a record that was imported earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    /// Fields that take the file's value.
    pub changed: Vec<Difference>,
    /// Fields that a person changed since the last import: they stay.
    pub kept: Vec<Difference>,
    /// What the record remembers from now on.
    pub source: ImportSource,
}

impl Speaks {
    fn is_about(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(fields) => fields.contains(field),
            Self::AllBut(fields) => !fields.contains(field),
        }
    }
}

impl Incoming {
    /// What a record remembers that is imported for the first time; none if no event can be recognised again.
    pub fn source(&self, name: &str) -> Option<ImportSource> {
        let events = newest(self.events.iter().cloned());
        (!events.is_empty()).then(|| ImportSource {
            source: name.to_owned(),
            events,
            fields: fingerprints(&self.fields),
        })
    }
}

/// The order of two versions of an event (RFC 5546, 2.1.5). One without DTSTAMP is as new as any of the same SEQUENCE.
pub(crate) fn compare_versions(one: &ImportedEvent, other: &ImportedEvent) -> Ordering {
    let stamps = one.stamp.zip(other.stamp).map_or(Ordering::Equal, |(one, other)| one.cmp(&other));
    one.sequence.cmp(&other.sequence).then(stamps)
}

/// How an event of a file is found again: by these parts of it, if it may be found so.
type Key = fn(&ImportedEvent) -> (&str, Option<NaiveDate>, Option<NaiveDateTime>);

/// Whether a known event and one of a file may be the same.
type MayBe = fn(&ImportedEvent, &ImportedEvent) -> bool;

/// The record that each incoming one is about: first by UID and occurrence, then by UID and date, then by UID alone. An
/// event that replaces one occurrence is never found by its UID alone. Each record is found once.
pub(crate) fn pairs(known: &[&ImportSource], incoming: &[Incoming]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; incoming.len()];
    let mut taken = HashSet::new();
    let exact: Key = |event| (&event.uid, event.on, event.occurrence_at);
    let by_date: Key = |event| (&event.uid, event.on, None);
    let by_uid: Key = |event| (&event.uid, None, None);
    let is_any = |_: &ImportedEvent, _: &ImportedEvent| true;
    // One of them is an occurrence as its series gives it.
    let is_by_series =
        |one: &ImportedEvent, other: &ImportedEvent| one.occurrence_at.is_none() || other.occurrence_at.is_none();
    let is_whole =
        |one: &ImportedEvent, other: &ImportedEvent| one.occurrence_at.is_none() && other.occurrence_at.is_none();
    let steps: [(Key, MayBe); 3] = [(exact, is_any), (by_date, is_by_series), (by_uid, is_whole)];
    for (key, may_be) in steps {
        let mut index: HashMap<_, Vec<(usize, &ImportedEvent)>> = HashMap::new();
        for (at, source) in known.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            source.events.iter().for_each(|event| index.entry(key(event)).or_default().push((at, event)));
        }
        for (pair, record) in pairs.iter_mut().zip(incoming).filter(|(pair, _)| pair.is_none()) {
            let same =
                |event| index.get(&key(event)).into_iter().flatten().map(move |(at, known)| (event, *at, *known));
            let mut found = record.events.iter().flat_map(same);
            *pair = found.find(|(event, at, known)| !taken.contains(at) && may_be(event, known)).map(|(_, at, _)| at);
            taken.extend(*pair);
        }
    }
    pairs
}

/// Compares a record field by field. The file's value counts, unless a person changed the field since the last import.
pub(crate) fn merge(source: &ImportSource, current: &Fields, incoming: &Incoming) -> Merged {
    let mut merged = Merged { changed: Vec::new(), kept: Vec::new(), source: source.clone() };
    let here_or_file = current.keys().chain(incoming.fields.keys()).map(String::as_str);
    let names: BTreeSet<&str> = here_or_file.chain(source.fields.names()).collect();
    for name in names.into_iter().filter(|name| incoming.speaks.is_about(name)) {
        let (here, file) = (current.get(name), incoming.fields.get(name));
        let fingerprint = |value: Option<&FieldValue>| value.map(|value| value.fingerprint);
        merged.source.fields.set(name, fingerprint(file));
        if fingerprint(here) == fingerprint(file) {
            continue;
        }
        let words = |value: Option<&FieldValue>| value.map(|value| value.words.clone()).unwrap_or_default();
        let difference = Difference { field: name.to_owned(), here: words(here), file: words(file) };
        let is_untouched = source.fields.get(name) == fingerprint(here);
        if is_untouched { merged.changed.push(difference) } else { merged.kept.push(difference) }
    }
    let all = source.events.iter().chain(&incoming.events).cloned();
    merged.source.events = newest(all);
    merged
}

/// What a record remembers that another event gives as well: both events. None if it remembers none, or nothing new.
pub(crate) fn with_twin(known: Option<&ImportSource>, twin: Option<&ImportSource>) -> Option<ImportSource> {
    let (known, twin) = (known.filter(|known| !known.events.is_empty())?, twin?);
    let events = newest(known.events.iter().chain(&twin.events).cloned());
    (events != known.events).then(|| ImportSource { events, ..known.clone() })
}

/// Each event in its newest version, sorted; events without a UID cannot be recognised again.
pub(crate) fn newest(events: impl Iterator<Item = ImportedEvent>) -> Vec<ImportedEvent> {
    let mut newest: BTreeMap<_, ImportedEvent> = BTreeMap::new();
    for event in events.filter(|event| !event.uid.is_empty()) {
        let key = (event.uid.clone(), event.on, event.occurrence_at);
        let known = newest.entry(key).or_insert_with(|| event.clone());
        if compare_versions(&event, known) != Ordering::Less {
            *known = event;
        }
    }
    // The event of a replaced occurrence counts instead of the series on that date.
    let replaced: BTreeSet<(String, NaiveDate)> = newest
        .values()
        .filter(|event| event.occurrence_at.is_some())
        .filter_map(|event| Some((event.uid.clone(), event.on?)))
        .collect();
    let is_replaced = |event: &ImportedEvent| event.on.is_some_and(|on| replaced.contains(&(event.uid.clone(), on)));
    let kept = newest.into_values().filter(|event| event.occurrence_at.is_some() || !is_replaced(event));
    kept.collect()
}

/// The fingerprint of each field.
pub(crate) fn fingerprints(fields: &Fields) -> FieldPrints {
    fields.iter().map(|(name, value)| (name.as_str(), value.fingerprint)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(uid: &str, on: Option<&str>, sequence: i64, stamp: Option<&str>) -> ImportedEvent {
        let stamp = stamp.map(|at| at.parse().unwrap());
        ImportedEvent {
            uid: uid.to_owned(),
            on: on.map(|on| on.parse().unwrap()),
            occurrence_at: None,
            sequence,
            stamp,
        }
    }

    fn fields(values: &[(&str, &str)]) -> Fields {
        values.iter().map(|(name, value)| ((*name).to_owned(), FieldValue::new(value, *value))).collect()
    }

    fn record(uids: &[(&str, Option<&str>)], values: &[(&str, &str)]) -> Incoming {
        let events = uids.iter().map(|(uid, on)| event(uid, *on, 0, None)).collect();
        Incoming { events, fields: fields(values), speaks: Speaks::All }
    }

    #[test]
    fn the_sequence_counts_before_the_stamp() {
        let (early, late) = (Some("2026-11-01T09:00:00"), Some("2026-11-02T09:00:00"));
        for (one, other, expected) in [
            ((0, early), (0, early), Ordering::Equal),
            ((1, early), (0, late), Ordering::Greater),
            ((0, late), (0, early), Ordering::Greater),
            ((0, early), (0, late), Ordering::Less),
            ((0, None), (0, late), Ordering::Equal),
            ((0, None), (1, early), Ordering::Less),
        ] {
            let version = |(sequence, stamp)| event("a", None, sequence, stamp);
            assert_eq!(compare_versions(&version(one), &version(other)), expected, "{one:?} {other:?}");
        }
    }

    #[test]
    fn records_are_found_by_date_and_else_by_uid() {
        let known = |uids: &[(&str, Option<&str>)]| record(uids, &[]).source("S").unwrap();
        let (series, once) = (known(&[("s", None)]), known(&[("s", Some("2027-03-13"))]));
        let several = known(&[("a", Some("2027-01-02")), ("b", Some("2027-01-09"))]);
        let known = [&series, &once, &several];
        for (incoming, expected) in [
            (record(&[("s", Some("2027-03-13"))], &[]), Some(1)),
            (record(&[("s", None)], &[]), Some(0)),
            (record(&[("b", Some("2027-01-09")), ("c", None)], &[]), Some(2)),
            (record(&[("a", Some("2027-05-05"))], &[]), Some(2)),
            (record(&[("x", None)], &[]), None),
        ] {
            assert_eq!(pairs(&known, std::slice::from_ref(&incoming)), [expected], "{incoming:?}");
        }
        let twice =
            [record(&[("s", None)], &[]), record(&[("s", Some("2027-04-01"))], &[]), record(&[("s", None)], &[])];
        assert_eq!(pairs(&known, &twice), [Some(0), Some(1), None]);
    }

    #[test]
    fn the_files_value_counts_unless_a_person_changed_the_field() {
        let source = record(&[("a", None)], &[("start", "22:00")]).source("S").unwrap();
        for (here, file, changed, kept) in [
            (Some("22:00"), Some("22:00"), 0, 0),
            (Some("22:00"), Some("23:00"), 1, 0),
            (Some("21:00"), Some("22:00"), 0, 1),
            (Some("21:00"), Some("23:00"), 0, 1),
            (Some("23:00"), Some("23:00"), 0, 0),
            (Some("22:00"), None, 1, 0),
            (None, Some("22:00"), 0, 1),
            (None, None, 0, 0),
        ] {
            let values = |value: Option<&str>| value.map(|value| fields(&[("start", value)])).unwrap_or_default();
            let incoming = Incoming { fields: values(file), ..record(&[("a", None)], &[]) };
            let merged = merge(&source, &values(here), &incoming);
            assert_eq!((merged.changed.len(), merged.kept.len()), (changed, kept), "{here:?} {file:?}");
            assert_eq!(merged.source.fields, fingerprints(&incoming.fields));
        }
    }

    #[test]
    fn a_file_changes_only_what_it_speaks_about() {
        let source = record(&[("a", None)], &[("2027-01-02", "moved"), ("name", "A")]).source("S").unwrap();
        let speaks = Speaks::Only(BTreeSet::from(["2027-01-09".to_owned()]));
        let incoming = Incoming { speaks, ..record(&[("a", None)], &[("2027-01-09", "moved")]) };
        let merged = merge(&source, &fields(&[("2027-01-02", "moved"), ("name", "B")]), &incoming);
        let expected = Difference { field: "2027-01-09".to_owned(), here: String::new(), file: "moved".to_owned() };
        assert_eq!((merged.changed, merged.kept), (vec![expected], vec![]));
        assert_eq!(merged.source.fields.names().count(), 3);
    }

    #[test]
    fn the_newest_version_of_each_event_is_remembered() {
        let source = ImportSource { events: vec![event("a", None, 2, None)], ..ImportSource::default() };
        let incoming = Incoming {
            events: vec![event("a", None, 1, None), event("b", None, 0, None), event("", None, 5, None)],
            ..Incoming::default()
        };
        let events = merge(&source, &Fields::new(), &incoming).source.events;
        assert_eq!(events, [event("a", None, 2, None), event("b", None, 0, None)]);
        assert_eq!(record(&[("", None)], &[]).source("S"), None);
    }
}
