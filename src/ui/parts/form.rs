//! Form elements other than fields: rows with labels, and a searchable list for records, zones and weekdays.

use chrono::Weekday;
use egui::{Align, Button, Id, Layout, Popup, PopupCloseBehavior, Rect, ScrollArea, Ui, Vec2};

use super::cx::Cx;
use super::search::{Search, search_ui};
use super::widgets::muted;
use crate::schedule::time::zone;

/// Width of the labels on the left of a form.
const LABEL: f32 = 116.0;

/// A row of a form: the label on the left, the field on the right.
pub fn row<R>(ui: &mut Ui, cx: &Cx<'_>, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    row_of(ui, cx, LABEL, label, field)
}

/// The same with a label that is `room` wide.
pub fn row_of<R>(ui: &mut Ui, cx: &Cx<'_>, room: f32, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(Vec2::new(room, 24.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(muted(cx, label)).wrap());
        });
        ui.vertical(field).inner
    })
    .inner
}

/// Pairs all values of a choice with their names, as the fields expect them.
pub fn named<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<(T, String)> {
    all.iter().map(|value| (*value, word(*value).to_owned())).collect()
}

/// A button that opens a searchable list; fast with thousands of choices.
struct Picker<'a> {
    id: Id,
    /// Its name for screen readers.
    name: &'a str,
    /// The current choice, as text.
    shown: &'a str,
    /// Whether the list stays open so that more than one can be chosen.
    is_many: bool,
}

impl Picker<'_> {
    /// Draws it and returns what was clicked. `choices` is called only while the list is open.
    fn show<K>(
        &self,
        ui: &mut Ui,
        choices: impl FnOnce() -> Vec<(K, String)>,
        is_on: impl Fn(&K) -> bool,
    ) -> Option<K> {
        let width = ui.available_width().min(260.0);
        let response = ui.add(Button::new(self.shown).truncate().min_size(Vec2::new(width.min(132.0), 24.0)));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_label(self.name);
            node.set_value(self.shown);
        });
        let popup = Popup::menu(&response).width(280.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let chosen = popup.show(|ui| {
            let Search { words, is_entered } = search_ui(ui, self.id, self.name, response.clicked());
            let mut found = choices();
            found.retain(|(_, name)| words.are_in(name));
            list_ui(ui, found, is_on, is_entered)
        });
        let chosen = chosen.and_then(|shown| shown.inner);
        if chosen.is_some() && !self.is_many {
            Popup::close_id(ui.ctx(), Popup::default_response_id(&response));
            response.request_focus();
        }
        chosen
    }
}

fn list_ui<K>(ui: &mut Ui, found: Vec<(K, String)>, is_on: impl Fn(&K) -> bool, takes_first: bool) -> Option<K> {
    if found.is_empty() {
        ui.weak("No match");
        return None;
    }
    let mut chosen = takes_first.then_some(0);
    let height = 24.0;
    ScrollArea::vertical().max_height(280.0).auto_shrink([false, true]).show_rows(
        ui,
        height,
        found.len(),
        |ui, rows| {
            for row in rows {
                let (key, name) = &found[row];
                let rect = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), height));
                if ui.put(rect, Button::selectable(is_on(key), name.as_str()).truncate()).clicked() {
                    chosen = Some(row);
                }
            }
        },
    );
    found.into_iter().nth(chosen?).map(|(key, _)| key)
}

/// A time zone, or none. `otherwise` says what applies if there is none.
pub fn optional_zone(ui: &mut Ui, name: &str, value: Option<&str>, otherwise: &str) -> Option<Option<String>> {
    let choices = || {
        let zones = zone::names().into_iter().map(|name| (Some(name.clone()), name));
        std::iter::once((None, otherwise.to_owned())).chain(zones).collect()
    };
    let picker =
        Picker { id: ui.make_persistent_id(("picker", name)), name, shown: value.unwrap_or(otherwise), is_many: false };
    let picked = picker.show(ui, choices, |zone: &Option<String>| zone.as_deref() == value);
    picked.filter(|zone| zone.as_deref() != value)
}

/// The id of another record, or none. `otherwise` says what applies if there is none.
pub fn optional_id<K: PartialEq + Clone + std::fmt::Display>(
    ui: &mut Ui,
    name: &str,
    current: Option<&K>,
    otherwise: &str,
    choices: &dyn Fn() -> Vec<(K, String)>,
    name_of: impl Fn(&K) -> String,
) -> Option<Option<K>> {
    let shown = current.map_or_else(|| otherwise.to_owned(), name_of);
    let all = || {
        let some = choices().into_iter().map(|(key, name)| (Some(key), name));
        std::iter::once((None, otherwise.to_owned())).chain(some).collect()
    };
    let picker = Picker { id: ui.make_persistent_id(("picker", name)), name, shown: &shown, is_many: false };
    let picked = picker.show(ui, all, |key: &Option<K>| key.as_ref() == current);
    picked.filter(|key| key.as_ref() != current)
}

/// The ids of any number of other records, sorted. `none` is the text for an empty list.
pub fn ids<K: Ord + Clone>(
    ui: &mut Ui,
    name: &str,
    current: &[K],
    none: &str,
    choices: &dyn Fn() -> Vec<(K, String)>,
    name_of: impl Fn(&K) -> String,
) -> Option<Vec<K>> {
    let shown = match current {
        [] => none.to_owned(),
        some => some.iter().map(name_of).collect::<Vec<_>>().join(", "),
    };
    let picker = Picker { id: ui.make_persistent_id(("picker", name)), name, shown: &shown, is_many: true };
    let picked = picker.show(ui, choices, |key| current.contains(key))?;
    let mut next: Vec<K> = current.iter().filter(|key| **key != picked).cloned().collect();
    if next.len() == current.len() {
        next.push(picked);
        next.sort();
    }
    Some(next)
}

/// Weekdays to switch on and off, Monday first.
pub fn weekdays(ui: &mut Ui, name: &str, current: &[Weekday]) -> Option<Vec<Weekday>> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    const WEEK: [Weekday; 7] = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let mut toggled = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for day in WEEK {
            let word = crate::wording::weekday(day);
            let response =
                ui.add(Button::selectable(current.contains(&day), &word[..2]).min_size(Vec2::new(26.0, 24.0)));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("{name}, {word}")));
            if response.clicked() {
                toggled = Some(day);
            }
        }
    });
    let toggled = toggled?;
    Some(WEEK.into_iter().filter(|day| current.contains(day) != (*day == toggled)).collect())
}
