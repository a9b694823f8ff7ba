//! What a form keeps while it is shown: a choice or a text that must not act on anything else, nor later.

use egui::{Id, Ui};

/// A value, what it belongs to, and the last pass in which it was shown.
#[derive(Clone)]
struct Kept<K, T> {
    value: T,
    key: K,
    pass: u64,
}

/// Returns the value that was kept under `id` in the last pass; the usual one if the form was not shown in it, or showed
/// something else. Must be called in every pass in which the form is shown.
pub fn get<K, T>(ui: &Ui, id: Id, key: K) -> T
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Default + Clone + Send + Sync + 'static,
{
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let kept = data.get_temp::<Kept<K, T>>(id);
        let kept = kept.filter(|kept| kept.key == key && pass.saturating_sub(kept.pass) <= 1);
        let value = kept.map(|kept| kept.value).unwrap_or_default();
        data.insert_temp(id, Kept { value: value.clone(), key, pass });
        value
    })
}

/// Keeps another value for the thing that is shown.
pub fn set<K, T>(ui: &Ui, id: Id, value: T)
where
    K: Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    ui.data_mut(|data| {
        if let Some(kept) = data.get_temp::<Kept<K, T>>(id) {
            data.insert_temp(id, Kept { value, ..kept });
        }
    });
}
