//! The program's own words on printed checklists, to translate or replace.

use std::collections::BTreeMap;

use egui::{CollapsingHeader, Ui};
use lucide_icons::Icon;

use crate::export::translation::Word;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::widgets::{icon_button, muted, strong, text};
use crate::wording::counted;

/// The maximum length of an English wording that fits beside its field.
const SHORT: usize = 24;

/// Custom wordings by key.
type CustomWords = BTreeMap<String, String>;

/// All words by group, each with a field for a custom wording.
pub fn words_ui(ui: &mut Ui, cx: &Cx<'_>, own: &mut CustomWords) {
    let title = match own.len() {
        0 => "Printed words".to_owned(),
        count => format!("Printed words ({count})"),
    };
    CollapsingHeader::new(strong(title)).id_salt("words").show_unindented(ui, |ui| {
        text(
            ui,
            muted(
                cx,
                "The program's texts around the items. Empty fields stay in English; names in braces are filled in.",
            ),
        );
        for (group, words) in Word::GROUPS {
            let changed = words.iter().filter(|word| own.contains_key(word.key())).count();
            let title = if changed == 0 { (*group).to_owned() } else { format!("{group} ({changed})") };
            CollapsingHeader::new(title).id_salt(group).show(ui, |ui| {
                for word in *words {
                    ui.push_id(word, |ui| word_ui(ui, cx, *word, own));
                }
            });
        }
        unknown_ui(ui, cx, own);
    });
}

/// One word: the English wording, the field for a custom one, and a warning about placeholders it leaves out.
fn word_ui(ui: &mut Ui, cx: &Cx<'_>, word: Word, own: &mut CustomWords) {
    let english = word.english();
    let current = own.get(word.key()).map_or("", String::as_str);
    let field = |ui: &mut Ui| fields::text(ui, &format!("{english}, custom words"), current, "");
    let typed = if english.chars().count() <= SHORT {
        row(ui, cx, english, field)
    } else {
        text(ui, muted(cx, english));
        field(ui)
    };
    let missing: Vec<String> = match current {
        "" => Vec::new(),
        current => word.missing_fields(current).into_iter().map(|field| format!("{{{field}}}")).collect(),
    };
    if !missing.is_empty() {
        ui.label(
            muted(cx, format!("{} {} missing", missing.join(", "), if missing.len() == 1 { "is" } else { "are" }))
                .color(cx.colors.warning),
        );
    }
    match typed {
        Some(typed) if typed.is_empty() => drop(own.remove(word.key())),
        Some(typed) => drop(own.insert(word.key().to_owned(), typed)),
        None => {}
    }
}

/// Keys in the file that the program does not use.
fn unknown_ui(ui: &mut Ui, cx: &Cx<'_>, own: &mut CustomWords) {
    let is_known = |key: &str| Word::ALL.iter().any(|word| word.key() == key);
    let unknown: Vec<String> = own.keys().filter(|key| !is_known(key)).cloned().collect();
    if unknown.is_empty() {
        return;
    }
    let count = counted(unknown.len() as i64, "word");
    ui.label(muted(cx, format!("{count} in the file that prints do not use")));
    for key in unknown {
        ui.horizontal(|ui| {
            if icon_button(ui, Icon::X, &format!("Remove the word {key}"), cx.is_editable()).clicked() {
                own.remove(&key);
            }
            ui.add(egui::Label::new(key.as_str()).truncate());
        });
    }
}
