//! The search field above a list of choices: words narrow the list, Enter picks the first line.

use egui::{Id, Key, TextEdit, Ui};

/// The words typed, and whether Enter was pressed after them.
pub struct Search {
    pub words: SearchWords,
    pub is_entered: bool,
}

/// Words that must all occur in a text. Case does not count, and underscores are spaces.
pub struct SearchWords(Vec<String>);

impl SearchWords {
    /// The words of what somebody typed.
    pub fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(plain).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether `text` contains every word.
    pub fn are_in(&self, text: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let text = plain(text);
        self.0.iter().all(|word| text.contains(word))
    }
}

/// Zone names have underscores where people type spaces.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('_', " ")
}

/// Draws the field. A newly opened one is empty and takes the focus. `id` is the id of the list below it.
pub fn search_ui(ui: &mut Ui, id: Id, name: &str, is_new: bool) -> Search {
    let (field_id, text_id, opening_id) = (id.with("search"), id.with("search text"), id.with("search opening"));
    if is_new {
        ui.data_mut(|data| {
            data.remove_temp::<String>(text_id);
            data.insert_temp(opening_id, true);
        });
    }
    let mut text: String = ui.data(|data| data.get_temp(text_id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text).id(field_id).hint_text("Search").desired_width(f32::INFINITY);
    let edit = edit.margin(egui::Margin::symmetric(6, 4));
    let field = ui.add(edit).accessible_name(format!("Search {name}"));
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // While a list is only being measured, nothing in it can take the focus.
    let is_opening = !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<bool>(opening_id)).is_some();
    // After Enter too: in a multiple choice the user then searches for the next one.
    if is_opening || is_entered {
        field.request_focus();
    }
    ui.add_space(2.0);
    let words = SearchWords::new(&text);
    ui.data_mut(|data| data.insert_temp(text_id, text));
    Search { words, is_entered }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_anywhere_and_underscores_are_spaces() {
        let zones = ["America/New_York", "Europe/London"];
        let found = |text| zones.into_iter().filter(|zone| SearchWords::new(text).are_in(zone)).collect::<Vec<_>>();
        assert_eq!(found("new york"), ["America/New_York"]);
        assert_eq!(found("York amer"), ["America/New_York"]);
        assert_eq!(found("new_y"), ["America/New_York"]);
        assert_eq!(found("o"), zones);
        assert!(found("paris").is_empty());
    }
}
