//! A collection of records that successive plans share.
//!
//! Changing one record copies that record and the list of pointers, nothing else. Two plans that differ in one window
//! share all other windows, so a cache can be keyed by pointer.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wording::plural;

/// A record with an id, for a [`Table`].
pub trait Record {
    type Id: Ord + Clone + fmt::Display;
    /// The kind of record, in lower case: "window".
    const NOUN: &'static str;
    /// A plan has at most this many, so that a file of any shape fits into memory.
    const MOST: usize = 100_000;
    fn id(&self) -> &Self::Id;
}

/// Records sorted by id; ids are unique.
pub struct Table<T>(Arc<Vec<Arc<T>>>);

impl<T> Table<T> {
    pub fn iter(&self) -> std::slice::Iter<'_, Arc<T>> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are the same list in memory, and therefore equal.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The records in the order of their ids.
    pub fn as_slice(&self) -> &[Arc<T>] {
        &self.0
    }
}

impl<T: Record> Table<T> {
    /// The index of `id` in the order of ids.
    pub fn position(&self, id: &T::Id) -> Option<usize> {
        self.0.binary_search_by(|record| record.id().cmp(id)).ok()
    }

    pub fn get(&self, id: &T::Id) -> Option<&Arc<T>> {
        self.position(id).map(|index| &self.0[index])
    }

    pub fn contains(&self, id: &T::Id) -> bool {
        self.position(id).is_some()
    }

    /// The records whose key is `key`. The table must be sorted by what `key_of` returns, as the first part of the ids.
    pub(super) fn range_by_key<K: Ord + ?Sized>(&self, key: &K, key_of: impl Fn(&T) -> &K) -> &[Arc<T>] {
        let from = self.0.partition_point(|record| key_of(record) < key);
        let count = self.0[from..].partition_point(|record| key_of(record) == key);
        &self.0[from..from + count]
    }

    /// Whether both have the same ids; the records may differ.
    pub fn same_ids(&self, other: &Self) -> bool {
        let same_id = |(a, b): (&Arc<T>, &Arc<T>)| Arc::ptr_eq(a, b) || a.id() == b.id();
        self.ptr_eq(other) || (self.len() == other.len() && self.iter().zip(other).all(same_id))
    }

    /// This table with `record` added, or instead of the one with its id.
    #[must_use]
    pub fn with(&self, record: T) -> Self {
        let mut list = (*self.0).clone();
        match list.binary_search_by(|old| old.id().cmp(record.id())) {
            Ok(index) => list[index] = Arc::new(record),
            Err(index) => list.insert(index, Arc::new(record)),
        }
        Self(Arc::new(list))
    }

    /// This table without the record with that id.
    #[must_use]
    pub fn without(&self, id: &T::Id) -> Self {
        let mut list = (*self.0).clone();
        list.retain(|record| record.id() != id);
        Self(Arc::new(list))
    }

    /// This table with `records` added, or instead of those with their ids.
    #[must_use]
    pub fn with_all(&self, records: impl IntoIterator<Item = T>) -> Self {
        Self::from_unsorted(self.iter().cloned().chain(records.into_iter().map(Arc::new)).collect())
    }

    /// This table without the records with those ids.
    #[must_use]
    pub fn without_all(&self, ids: &[T::Id]) -> Self {
        let mut gone: Vec<&T::Id> = ids.iter().collect();
        gone.sort_unstable();
        let mut list = (*self.0).clone();
        list.retain(|record| gone.binary_search(&record.id()).is_err());
        Self(Arc::new(list))
    }

    /// This table, with the records of `other` instead of those that are equal: what both share in memory is not
    /// calculated again.
    #[must_use]
    pub fn sharing(self, other: &Self) -> Self
    where
        T: PartialEq,
    {
        if self == *other {
            return other.clone();
        }
        let share = |record: &Arc<T>| match other.get(record.id()) {
            Some(equal) if equal == record => Arc::clone(equal),
            _ => Arc::clone(record),
        };
        Self(Arc::new(self.iter().map(share).collect()))
    }

    /// Sorts the records. Of several with the same id, the last one is kept.
    fn from_unsorted(mut list: Vec<Arc<T>>) -> Self {
        list.sort_by(|a, b| a.id().cmp(b.id()));
        list.reverse();
        list.dedup_by(|a, b| a.id() == b.id());
        list.reverse();
        Self(Arc::new(list))
    }
}

impl<T: Record> FromIterator<T> for Table<T> {
    /// Of several records with the same id, the last one is kept.
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        Self::from_unsorted(records.into_iter().map(Arc::new).collect())
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a Arc<T>;
    type IntoIter = std::slice::Iter<'a, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    /// Records that are the same in memory are not compared, because the tables of two plans differ in few records.
    fn eq(&self, other: &Self) -> bool {
        let is_equal = |(a, b): (&Arc<T>, &Arc<T>)| Arc::ptr_eq(a, b) || a == b;
        self.ptr_eq(other) || (self.len() == other.len() && self.iter().zip(other).all(is_equal))
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|record| &**record))
    }
}

impl<'de, T: Record + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut list = deserializer.deserialize_seq(Records::<T>(PhantomData))?;
        list.sort_by(|a, b| a.id().cmp(b.id()));
        if let Some(pair) = list.windows(2).find(|pair| pair[0].id() == pair[1].id()) {
            let id = pair[0].id();
            return Err(de::Error::custom(format!("duplicate {} id \"{id}\"", T::NOUN)));
        }
        Ok(Self(Arc::new(list)))
    }
}

/// Reads the records of a table.
struct Records<T>(PhantomData<T>);

impl<'de, T: Record + Deserialize<'de>> de::Visitor<'de> for Records<T> {
    type Value = Vec<Arc<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", plural(T::NOUN))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut records: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(record) = records.next_element()? {
            if list.len() == T::MOST {
                return Err(de::Error::custom(too_many(T::NOUN, T::MOST)));
            }
            list.push(Arc::new(record));
        }
        Ok(list)
    }
}

/// "more than 100000 systems"
pub(super) fn too_many(noun: &str, most: usize) -> String {
    format!("more than {most} {}", plural(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Named(String, u8);

    impl Record for Named {
        type Id = String;
        const NOUN: &'static str = "name";
        fn id(&self) -> &String {
            &self.0
        }
    }

    fn table(names: &[(&str, u8)]) -> Table<Named> {
        names.iter().map(|(name, value)| Named((*name).to_owned(), *value)).collect()
    }

    #[test]
    fn records_are_sorted_by_id_and_the_last_of_an_id_is_kept() {
        let table = table(&[("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!(table.iter().map(|r| (r.0.as_str(), r.1)).collect::<Vec<_>>(), [("a", 2), ("b", 3)]);
    }

    #[test]
    fn changing_one_record_shares_the_others() {
        let before = table(&[("a", 1), ("b", 1)]);
        let after = before.with(Named("b".into(), 2));
        assert!(Arc::ptr_eq(&before.as_slice()[0], &after.as_slice()[0]));
        assert_eq!(before.get(&"b".into()).map(|r| r.1), Some(1));
        assert_eq!(after.get(&"b".into()).map(|r| r.1), Some(2));
        assert_eq!(after.without(&"a".into()).len(), 1);
    }
}
