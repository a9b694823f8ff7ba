//! The form of a checklist: its language, its items block by block, and the printed words around them.

mod items;
mod preview;
mod wording_fields;

use egui::Ui;

use crate::export::translation::is_language;
use crate::model::{ChecklistBlock, ChecklistTemplate, Edit, handbook_items};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{fields, theme};
pub use preview::{PreviewState, preview_ui};

pub fn checklist_ui(ui: &mut Ui, cx: &Cx<'_>, template: &ChecklistTemplate) {
    let mut copy = template.clone();
    copy.items.sort_by_key(|item| item.block);
    let before = copy.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &template.name, font, 300.0) {
        copy.name = name;
    }
    let language = row(ui, cx, "Language", |ui| {
        fields::parsed(ui, "Language of the checklist", &template.language, "en", read_language)
    });
    if let Some(language) = language {
        copy.language = language;
    }
    if copy.items.is_empty() && ui.button("Start from the handbook's 25 items").clicked() {
        copy.items = handbook_items();
    }
    for block in ChecklistBlock::ALL {
        section(ui, block.name());
        items::block_ui(ui, cx, &mut copy.items, block);
    }
    ui.add_space(8.0);
    text(ui, muted(cx, "In prints, {ticket} is the change ticket and {every} the interval of status updates."));
    ui.add_space(4.0);
    wording_fields::words_ui(ui, cx, &mut copy.words);
    copy.items.sort_by_key(|item| item.block);
    if copy != before {
        cx.edit(Edit::PutChecklist(copy));
    }
}

/// Reads a short language code such as those used by printers and screen readers.
fn read_language(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || is_language(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("\"{text}\" is not a language code: write en, de, pt-BR, or nothing for English"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_typed_in_short() {
        assert_eq!(read_language(" pt-BR "), Ok("pt-BR".to_owned()));
        assert_eq!(read_language(""), Ok(String::new()));
        assert!(read_language("Deutsch bitte").is_err_and(|error| error.contains("write en, de, pt-BR")));
    }
}
