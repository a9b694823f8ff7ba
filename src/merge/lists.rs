//! How lists inside a record are merged: element by element, by a key.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::fields::{Merging, Plain, Strategy, Unfit, Whole, read, value_of};

/// Element by element. Elements are the same if they have the same key.
pub struct List<T, S> {
    key: fn(&T) -> String,
    element: S,
    order: Order<T>,
    is_key_changeable: bool,
}

/// The order of a merged list.
enum Order<T> {
    /// It means something: if both sides changed it differently, that is a conflict.
    Meaningful,
    /// It means nothing: ours, if both sides changed it.
    Free,
    /// By the elements.
    Sorted(fn(&T, &T) -> Ordering),
}

impl<T, S> List<T, S> {
    /// A list in any order.
    pub fn by(key: fn(&T) -> String, element: S) -> Self {
        Self { key, element, order: Order::Free, is_key_changeable: false }
    }

    /// Its order means something.
    pub fn in_order(self) -> Self {
        Self { order: Order::Meaningful, ..self }
    }

    pub fn sorted_by(self, compare: fn(&T, &T) -> Ordering) -> Self {
        Self { order: Order::Sorted(compare), ..self }
    }

    /// An element that somebody edited may get another key. So if both sides removed the same element and each added
    /// another, they may have edited the same one: the whole list is in conflict.
    pub fn with_changeable_keys(self) -> Self {
        Self { is_key_changeable: true, ..self }
    }
}

/// A set of values, such as ids: each is in the list or not.
pub fn members<T: Plain>() -> List<T, Whole> {
    List::by(|member| text_of(&value_of(member)), Whole)
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Elements with their keys. Of several with the same key, the second is "key (2)".
struct Keyed<'a, T> {
    list: Vec<(String, &'a T)>,
    index: HashMap<String, usize>,
}

impl<'a, T> Keyed<'a, T> {
    fn new(elements: &'a [T], key: fn(&T) -> String) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let number = |element: &'a T| {
            let key = key(element);
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            (if *count == 1 { key } else { format!("{key} ({count})") }, element)
        };
        let list: Vec<(String, &T)> = elements.iter().map(number).collect();
        let index = list.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
        Self { list, index }
    }

    fn get(&self, key: &str) -> Option<&'a T> {
        self.index.get(key).map(|at| self.list[*at].1)
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|(key, _)| key.as_str())
    }

    fn only_keys(&self, with: impl Fn(&str) -> bool) -> Vec<&str> {
        self.keys().filter(|key| with(key)).collect()
    }
}

/// The list before both changes, ours and theirs.
struct Sides<'a, T> {
    base: Keyed<'a, T>,
    ours: Keyed<'a, T>,
    theirs: Keyed<'a, T>,
}

impl<T: Plain> Sides<'_, T> {
    fn may_have_edited_the_same(&self) -> bool {
        let is_gone = |key: &str| self.ours.get(key).is_none() && self.theirs.get(key).is_none();
        let is_new = |key: &str| self.base.get(key).is_none();
        let adds_own = |side: &Keyed<'_, T>, other: &Keyed<'_, T>| {
            side.list.iter().any(|(key, element)| is_new(key) && other.get(key) != Some(element))
        };
        self.base.keys().any(is_gone) && adds_own(&self.ours, &self.theirs) && adds_own(&self.theirs, &self.ours)
    }

    /// The element of a key; none if it is removed.
    fn merged(&self, at: &mut Merging, key: &str, strategy: &impl Strategy<T>) -> Option<T> {
        at.element(key, |at| match (self.base.get(key), self.ours.get(key), self.theirs.get(key)) {
            (_, None, None) => None,
            (base, Some(ours), Some(theirs)) if ours == theirs || base == Some(theirs) => Some(ours.clone()),
            (Some(base), Some(ours), Some(theirs)) if base == ours => Some(theirs.clone()),
            (base, Some(ours), Some(theirs)) => Some(strategy.merge(at, base, ours, theirs)),
            (None, one, other) => one.or(other).cloned(),
            (Some(base), None, Some(theirs)) => {
                if base != theirs {
                    at.conflict(Some(base), Some(theirs));
                }
                None
            }
            (Some(base), Some(ours), None) => (base != ours).then(|| {
                at.conflict(Some(base), None);
                ours.clone()
            }),
        })
    }

    /// The keys that are left, in their merged order, and whether both sides changed the order differently.
    fn order(&self, is_left: &dyn Fn(&str) -> bool) -> (Vec<&str>, bool) {
        let is_common =
            |key: &str| self.base.get(key).is_some() && self.ours.get(key).is_some() && self.theirs.get(key).is_some();
        let base = self.base.only_keys(is_common);
        let (ours, theirs) = (self.ours.only_keys(is_common), self.theirs.only_keys(is_common));
        let takes_theirs = ours == base && theirs != base;
        let (first, second) = if takes_theirs { (&self.theirs, &self.ours) } else { (&self.ours, &self.theirs) };
        let mut order = first.only_keys(is_left);
        let mut present: HashSet<&str> = order.iter().copied().collect();
        let mut before: Option<&str> = None;
        for key in second.only_keys(is_left) {
            if present.insert(key) {
                let at = before.and_then(|before| order.iter().position(|each| *each == before)).map_or(0, |at| at + 1);
                order.insert(at, key);
            }
            before = Some(key);
        }
        (order, ours != base && theirs != base && ours != theirs)
    }
}

impl<T: Plain, S: Strategy<T>> Strategy<Vec<T>> for List<T, S> {
    fn merge(&self, at: &mut Merging, base: Option<&Vec<T>>, ours: &Vec<T>, theirs: &Vec<T>) -> Vec<T> {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        let keyed = |list| Keyed::new(list, self.key);
        let sides = Sides { base: keyed(base.map_or(&[], Vec::as_slice)), ours: keyed(ours), theirs: keyed(theirs) };
        if self.is_key_changeable && sides.may_have_edited_the_same() {
            at.conflict(base, Some(theirs));
            return ours.clone();
        }
        let added = sides.theirs.keys().filter(|key| sides.ours.get(key).is_none());
        let mut merged: HashMap<&str, T> = HashMap::new();
        for key in sides.ours.keys().chain(added) {
            if let Some(element) = sides.merged(at, key, &self.element) {
                merged.insert(key, element);
            }
        }
        let (order, is_conflict) = sides.order(&|key: &str| merged.contains_key(key));
        if is_conflict && matches!(self.order, Order::Meaningful) {
            let keys = |side: &Keyed<'_, T>| side.keys().map(str::to_owned).collect::<Vec<_>>();
            at.conflict(Some(&keys(&sides.base)), Some(&keys(&sides.theirs)));
        }
        let mut list: Vec<T> = order.into_iter().filter_map(|key| merged.remove(key)).collect();
        if let Order::Sorted(compare) = self.order {
            list.sort_by(compare);
        }
        list
    }

    fn get(&self, list: &Vec<T>, path: &str) -> Value {
        match self.find(list, path) {
            Some((at, rest)) => self.element.get(&list[at], rest),
            None if path.is_empty() && matches!(self.order, Order::Meaningful) => {
                Keyed::new(list, self.key).keys().collect()
            }
            None => Whole.get(list, path),
        }
    }

    fn set(&self, list: &mut Vec<T>, path: &str, new: &Value) -> Result<(), Unfit> {
        match self.find(list, path).map(|(at, rest)| (at, rest.to_owned())) {
            None if path.is_empty() && matches!(self.order, Order::Meaningful) => {
                self.reorder(list, &read::<Vec<String>>(new)?);
                return Ok(());
            }
            None if path.is_empty() => *list = read(new)?,
            None if new.is_null() => {}
            None => list.push(read(new)?),
            Some((at, rest)) if rest.is_empty() && new.is_null() => _ = list.remove(at),
            Some((at, rest)) => self.element.set(&mut list[at], &rest, new)?,
        }
        if let Order::Sorted(compare) = self.order {
            list.sort_by(compare);
        }
        Ok(())
    }
}

impl<T: Plain, S> List<T, S> {
    /// The element that a path names, and the rest of the path. Keys may have any characters, so that of several the
    /// longest is meant.
    fn find<'p>(&self, list: &[T], path: &'p str) -> Option<(usize, &'p str)> {
        let inside = path.strip_prefix('[')?;
        let keyed = Keyed::new(list, self.key);
        let rest = |key: &str| {
            let rest = inside.strip_prefix(key)?.strip_prefix(']')?;
            (rest.is_empty() || rest.starts_with(['.', '['])).then_some(rest)
        };
        let named = keyed.keys().enumerate().filter_map(|(at, key)| Some((at, rest(key)?)));
        named.min_by_key(|(_, rest)| rest.len())
    }

    /// Sorts the elements as the keys are. Those that are not among them follow the element that they followed.
    fn reorder(&self, list: &mut Vec<T>, keys: &[String]) {
        let old = list.clone();
        let keyed = Keyed::new(&old, self.key);
        let mut order: Vec<&str> = keys.iter().map(String::as_str).filter(|key| keyed.get(key).is_some()).collect();
        let mut before: Option<&str> = None;
        for key in keyed.keys() {
            if !order.contains(&key) {
                let at = before.and_then(|before| order.iter().position(|each| *each == before)).map_or(0, |at| at + 1);
                order.insert(at, key);
            }
            before = Some(key);
        }
        *list = order.into_iter().filter_map(|key| keyed.get(key).cloned()).collect();
    }
}
