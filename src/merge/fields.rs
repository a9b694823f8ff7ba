//! How the fields of a record are merged: a strategy for each field, and the macro that lists them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a merge collects while it goes through a record: where it is, and the conflicts.
#[derive(Default)]
pub struct Merging {
    path: String,
    pub conflicts: Vec<FieldConflict>,
}

/// A field that both sides changed differently.
pub struct FieldConflict {
    /// Empty for the whole record.
    pub field: String,
    pub base: Value,
    pub theirs: Value,
}

impl Merging {
    /// Merges a field of the record.
    pub fn field<R>(&mut self, name: &str, merge: impl FnOnce(&mut Self) -> R) -> R {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.within(&format!("{dot}{name}"), merge)
    }

    /// Merges an element of a list, by its key.
    pub fn element<R>(&mut self, key: &str, merge: impl FnOnce(&mut Self) -> R) -> R {
        self.within(&format!("[{key}]"), merge)
    }

    fn within<R>(&mut self, step: &str, merge: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        self.path.push_str(step);
        let result = merge(self);
        self.path.truncate(length);
        result
    }

    pub fn conflict<T: Serialize>(&mut self, base: Option<&T>, theirs: Option<&T>) {
        let conflict = FieldConflict {
            field: self.path.clone(),
            base: base.map_or(Value::Null, value_of),
            theirs: theirs.map_or(Value::Null, value_of),
        };
        self.conflicts.push(conflict);
    }
}

/// A value in the form in which conflicts keep it. All values of a plan can be written as JSON.
pub fn value_of<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Why a value of a conflict cannot be set: it does not suit the field, or the plan no longer has what it belongs to.
#[derive(Debug)]
pub struct Unfit;

/// Reads a value of a conflict.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Unfit> {
    T::deserialize(value).map_err(|_| Unfit)
}

/// Whether a side left the field empty. If the record is new on both sides, such a side has not decided anything.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// How a field with values of type `T` is merged. `path` leads from the field to the value inside it: empty for the
/// field itself, or ".patch", or "[2027-03-13]".
pub trait Strategy<T> {
    /// The merged value. Of a value in conflict, ours. There is no `base` if both sides added what contains the field.
    fn merge(&self, at: &mut Merging, base: Option<&T>, ours: &T, theirs: &T) -> T;

    /// The value at a path; null if there is none.
    fn get(&self, value: &T, path: &str) -> Value;

    /// Changes the value at a path.
    fn set(&self, value: &mut T, path: &str, new: &Value) -> Result<(), Unfit>;
}

/// Any value of a plan that is compared as a whole.
pub trait Plain: Clone + PartialEq + Serialize + DeserializeOwned {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Plain for T {}

/// The value as a whole: the side that changed it wins.
pub struct Whole;

impl<T: Plain> Strategy<T> for Whole {
    fn merge(&self, at: &mut Merging, base: Option<&T>, ours: &T, theirs: &T) -> T {
        if ours == theirs || base == Some(theirs) || (base.is_none() && is_empty(&value_of(theirs))) {
            ours.clone()
        } else if base == Some(ours) || (base.is_none() && is_empty(&value_of(ours))) {
            theirs.clone()
        } else {
            at.conflict(base, Some(theirs));
            ours.clone()
        }
    }

    fn get(&self, value: &T, path: &str) -> Value {
        if path.is_empty() { value_of(value) } else { Value::Null }
    }

    fn set(&self, value: &mut T, path: &str, new: &Value) -> Result<(), Unfit> {
        if !path.is_empty() {
            return Err(Unfit);
        }
        *value = read(new)?;
        Ok(())
    }
}

/// How often something changed. The merged number is higher than both if both sides changed it, so that calendars take
/// the merged version for the newest one.
pub struct Count;

impl Count {
    pub fn merged(base: Option<u32>, ours: u32, theirs: u32) -> u32 {
        let sum = ours.saturating_add(theirs).saturating_sub(base.unwrap_or_default());
        sum.max(ours).max(theirs)
    }
}

impl Strategy<u32> for Count {
    fn merge(&self, _: &mut Merging, base: Option<&u32>, ours: &u32, theirs: &u32) -> u32 {
        Self::merged(base.copied(), *ours, *theirs)
    }

    fn get(&self, value: &u32, path: &str) -> Value {
        Whole.get(value, path)
    }

    fn set(&self, value: &mut u32, path: &str, new: &Value) -> Result<(), Unfit> {
        Whole.set(value, path, new)
    }
}

/// A record or a part of one whose fields are merged one by one. [`merge_fields`] implements it.
pub trait MergeFields: Plain {
    fn merge_fields(at: &mut Merging, base: Option<&Self>, ours: &Self, theirs: &Self) -> Self;

    /// The value at a path that begins with the name of a field.
    fn get_field(&self, path: &str) -> Value;

    /// Changes the value at a path that begins with the name of a field.
    fn set_field(&mut self, path: &str, new: &Value) -> Result<(), Unfit>;
}

/// The first name of a path, and the rest with its dot or bracket.
pub fn first_name(path: &str) -> (&str, &str) {
    path.split_at(path.find(['.', '[']).unwrap_or(path.len()))
}

/// Field by field.
pub struct Fields;

impl<T: MergeFields> Strategy<T> for Fields {
    fn merge(&self, at: &mut Merging, base: Option<&T>, ours: &T, theirs: &T) -> T {
        T::merge_fields(at, base, ours, theirs)
    }

    fn get(&self, value: &T, path: &str) -> Value {
        path.strip_prefix('.').map_or_else(|| Whole.get(value, path), |path| value.get_field(path))
    }

    fn set(&self, value: &mut T, path: &str, new: &Value) -> Result<(), Unfit> {
        match path.strip_prefix('.') {
            Some(path) => value.set_field(path, new),
            None => Whole.set(value, path, new),
        }
    }
}

/// A value that may be missing: inside it if all three have one, otherwise as a whole.
pub struct Maybe<S>(pub S);

impl<T: Plain, S: Strategy<T>> Strategy<Option<T>> for Maybe<S> {
    fn merge(&self, at: &mut Merging, base: Option<&Option<T>>, ours: &Option<T>, theirs: &Option<T>) -> Option<T> {
        match (base, ours, theirs) {
            (Some(Some(base)), Some(ours), Some(theirs)) => Some(self.0.merge(at, Some(base), ours, theirs)),
            _ => Whole.merge(at, base, ours, theirs),
        }
    }

    fn get(&self, value: &Option<T>, path: &str) -> Value {
        value.as_ref().map_or(Value::Null, |value| self.0.get(value, path))
    }

    fn set(&self, value: &mut Option<T>, path: &str, new: &Value) -> Result<(), Unfit> {
        match value {
            Some(value) if !path.is_empty() => self.0.set(value, path, new),
            value => Whole.set(value, path, new),
        }
    }
}

impl<T: MergeFields> MergeFields for Box<T> {
    fn merge_fields(at: &mut Merging, base: Option<&Self>, ours: &Self, theirs: &Self) -> Self {
        Self::new(T::merge_fields(at, base.map(|base| &**base), ours, theirs))
    }

    fn get_field(&self, path: &str) -> Value {
        (**self).get_field(path)
    }

    fn set_field(&mut self, path: &str, new: &Value) -> Result<(), Unfit> {
        (**self).set_field(path, new)
    }
}

/// Texts by key: each key is a field.
pub struct ByKey;

impl Strategy<BTreeMap<String, String>> for ByKey {
    fn merge(
        &self,
        at: &mut Merging,
        base: Option<&BTreeMap<String, String>>,
        ours: &BTreeMap<String, String>,
        theirs: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut keys: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let text = |key: &String| {
            let text = |texts: &BTreeMap<String, String>| texts.get(key).cloned();
            let (ours, theirs) = (text(ours), text(theirs));
            Some((key.clone(), at.element(key, |at| Whole.merge(at, base.map(text).as_ref(), &ours, &theirs))?))
        };
        keys.into_iter().filter_map(text).collect()
    }

    fn get(&self, value: &BTreeMap<String, String>, path: &str) -> Value {
        match path.strip_prefix('[').and_then(|path| path.strip_suffix(']')) {
            Some(key) => value_of(&value.get(key)),
            None => Whole.get(value, path),
        }
    }

    fn set(&self, value: &mut BTreeMap<String, String>, path: &str, new: &Value) -> Result<(), Unfit> {
        let Some(key) = path.strip_prefix('[').and_then(|path| path.strip_suffix(']')) else {
            return Whole.set(value, path, new);
        };
        match read::<Option<String>>(new)? {
            Some(text) => _ = value.insert(key.to_owned(), text),
            None => _ = value.remove(key),
        }
        Ok(())
    }
}

/// The name of a field in plan files: that of the code, unless another is given.
macro_rules! file_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident as $name:literal) => {
        $name
    };
}

/// Implements [`MergeFields`] and [`Rename`](super::ids::VisitIds) for a struct. All fields are listed, so that the
/// compiler asks about a new one: the one after `by` identifies the record, all others have a strategy.
macro_rules! merge_fields {
    ($record:ident $(by $key:ident)? { $($field:ident $(as $name:literal)? : $strategy:expr),* $(,)? }) => {
        impl $crate::merge::fields::MergeFields for $record {
            fn merge_fields(
                at: &mut $crate::merge::fields::Merging,
                base: Option<&Self>,
                ours: &Self,
                theirs: &Self,
            ) -> Self {
                Self {
                    $($key: ours.$key.clone(),)?
                    $($field: at.field($crate::merge::fields::file_name!($field $(as $name)?), |at| {
                        use $crate::merge::fields::Strategy as _;
                        $strategy.merge(at, base.map(|base| &base.$field), &ours.$field, &theirs.$field)
                    }),)*
                }
            }

            fn get_field(&self, path: &str) -> serde_json::Value {
                use $crate::merge::fields::Strategy as _;
                let (name, _rest) = $crate::merge::fields::first_name(path);
                $(if name == $crate::merge::fields::file_name!($field $(as $name)?) {
                    return $strategy.get(&self.$field, _rest);
                })*
                serde_json::Value::Null
            }

            fn set_field(
                &mut self,
                path: &str,
                new: &serde_json::Value,
            ) -> Result<(), $crate::merge::fields::Unfit> {
                use $crate::merge::fields::Strategy as _;
                let (name, rest) = $crate::merge::fields::first_name(path);
                $(if name == $crate::merge::fields::file_name!($field $(as $name)?) {
                    return $strategy.set(&mut self.$field, rest, new);
                })*
                Err($crate::merge::fields::Unfit)
            }
        }

        impl $crate::merge::ids::VisitIds for $record {
            fn visit_ids(&mut self, visitor: &mut dyn $crate::merge::ids::IdVisitor) {
                $($crate::merge::ids::VisitIds::visit_ids(&mut self.$key, visitor);)?
                $($crate::merge::ids::VisitIds::visit_ids(&mut self.$field, visitor);)*
            }
        }
    };
}

pub(super) use {file_name, merge_fields};
