//! A result that a view calculates once and keeps between frames while its inputs stay the same.

use std::rc::Rc;
use std::sync::Arc;

use egui::{Context, Id};

/// The last result and the inputs it was calculated from.
pub struct Memo<K, V>(Option<(K, Rc<V>)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Returns the result for `inputs`; recalculates it if the inputs have changed.
    pub fn get(&mut self, inputs: K, calculate: impl FnOnce() -> V) -> Rc<V> {
        match &self.0 {
            Some((kept, value)) if *kept == inputs => Rc::clone(value),
            _ => Rc::clone(&self.0.insert((inputs, Rc::new(calculate()))).1),
        }
    }

    pub fn clear(&mut self) {
        self.0 = None;
    }
}

/// The same for a part that has no state of its own: the last result and its inputs are kept under `id`.
pub fn kept<K, V>(ctx: &Context, id: Id, inputs: K, calculate: impl FnOnce() -> V) -> Arc<V>
where
    K: PartialEq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    let last = ctx.data(|data| data.get_temp::<Arc<(K, Arc<V>)>>(id));
    if let Some(last) = last.filter(|last| last.0 == inputs) {
        return Arc::clone(&last.1);
    }
    let value = Arc::new(calculate());
    ctx.data_mut(|data| data.insert_temp(id, Arc::new((inputs, Arc::clone(&value)))));
    value
}

/// An input that is compared by pointer: shared data that has not been replaced has not changed.
pub struct Pointer<T: ?Sized>(Arc<T>);

impl<T: ?Sized> Pointer<T> {
    pub fn to(shared: &Arc<T>) -> Self {
        Self(Arc::clone(shared))
    }

    /// Whether it points to that data.
    pub fn is(&self, shared: &Arc<T>) -> bool {
        Arc::ptr_eq(&self.0, shared)
    }
}

impl<T: ?Sized> PartialEq for Pointer<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_kept_until_an_input_changes() {
        let mut memo = Memo::default();
        let (first, second) = (Arc::new(1), Arc::new(1));
        assert_eq!(*memo.get((Pointer::to(&first), "a"), || 10), 10);
        assert_eq!(*memo.get((Pointer::to(&first), "a"), || 20), 10);
        assert_eq!(*memo.get((Pointer::to(&first), "b"), || 30), 30);
        assert_eq!(
            *memo.get((Pointer::to(&second), "b"), || 40),
            40,
            "an equal value behind another pointer is another input"
        );
        memo.clear();
        assert_eq!(*memo.get((Pointer::to(&second), "b"), || 50), 50);
    }
}
