//! A button that opens a searchable list, for records, zones and months.

use egui::{Button, Id, Popup, PopupCloseBehavior, Rect, ScrollArea, Ui, Vec2};
use lucide_icons::Icon;

use super::search::{Search, search_ui};
use super::theme::Colors;
use super::widgets::icon_text;
use crate::model::{CustomZone, Table, ZoneId};
use crate::schedule::time::zone as zones;

/// Fast with thousands of choices.
struct Picker<'a> {
    id: Id,
    /// Its name for screen readers.
    name: &'a str,
    /// The current choice, as text.
    shown: &'a str,
    /// Whether the list stays open so that more than one can be chosen.
    is_many: bool,
}

impl<'a> Picker<'a> {
    fn new(ui: &Ui, name: &'a str, shown: &'a str) -> Self {
        Self { id: ui.make_persistent_id(("picker", name)), name, shown, is_many: false }
    }

    /// Draws it and returns what was clicked. `choices` is called only while the list is open.
    fn show<K>(
        &self,
        ui: &mut Ui,
        choices: impl FnOnce() -> Vec<(K, String)>,
        is_on: impl Fn(&K) -> bool,
    ) -> Option<K> {
        let width = ui.available_width().min(260.0);
        // The look of a drop-down list.
        let colors = Colors::for_visuals(ui.visuals());
        let chevron = icon_text(Icon::ChevronDown, 12.0).color(colors.muted);
        let button = Button::new(self.shown).truncate().right_text(chevron);
        let response = ui.add(button.min_size(Vec2::new(width.min(132.0), 24.0)));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(egui::Role::ComboBox);
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
                // Text at the right end, if only an empty one, keeps the name at the left.
                let rect = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), height));
                let line = Button::selectable(is_on(key), name.as_str()).truncate().right_text("");
                let line = ui.put(rect, line).accessible_name(name.as_str());
                if line.clicked() {
                    chosen = Some(row);
                }
            }
        },
    );
    found.into_iter().nth(chosen?).map(|(key, _)| key)
}

/// A time zone: one of `own`, the plan's own zones, or an IANA zone.
pub fn zone(ui: &mut Ui, name: &str, current: &str, own: &Table<CustomZone>) -> Option<String> {
    let choices = || {
        let own = own.iter().map(|zone| (zone.id.to_string(), zone.title()));
        own.chain(zones::names().into_iter().map(|name| (name.clone(), name))).collect()
    };
    let shown = own.get(&ZoneId::new(current)).map_or_else(|| current.to_owned(), |zone| zone.title());
    let picked = Picker::new(ui, name, &shown).show(ui, choices, |zone: &String| zone == current);
    picked.filter(|zone| zone != current)
}

/// A time zone, or none. `otherwise` says what applies if there is none.
pub fn optional_zone(ui: &mut Ui, name: &str, value: Option<&str>, otherwise: &str) -> Option<Option<String>> {
    let choices = || {
        let zones = zones::names().into_iter().map(|name| (Some(name.clone()), name));
        std::iter::once((None, otherwise.to_owned())).chain(zones).collect()
    };
    let picker = Picker::new(ui, name, value.unwrap_or(otherwise));
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
    let picker = Picker::new(ui, name, &shown);
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
    let picker = Picker { is_many: true, ..Picker::new(ui, name, &shown) };
    let picked = picker.show(ui, choices, |key| current.contains(key))?;
    let mut next: Vec<K> = current.iter().filter(|key| **key != picked).cloned().collect();
    if next.len() == current.len() {
        next.push(picked);
        next.sort();
    }
    Some(next)
}
