//! Which columns a table shows and how wide they are. Both are kept in the settings.

use egui::{FontId, Popup, PopupCloseBehavior, Ui};

use super::{Table, TableState};
use crate::session::Action;
use crate::sheet::{ColumnInfo, RecordKind, sheet};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;

/// The limits of widths.
pub const NARROWEST: f32 = 48.0;
const WIDEST: f32 = 800.0;
/// A column is not wider than this until somebody drags it.
const USUAL_WIDEST: f32 = 240.0;
const NAME_WIDEST: f32 = 320.0;
/// At most this many texts of a column are measured.
const MOST_MEASURED: usize = 24;
/// The space of a cell beside its text.
pub const MARGIN: f32 = 8.0;

/// The indices of the columns that are shown, the name first.
pub fn shown(cx: &Cx<'_>, kind: RecordKind, all: &[ColumnInfo]) -> Vec<usize> {
    let chosen = cx.settings().tables.get(kind.name()).map_or(&[][..], |table| &table.columns);
    let is_shown = |index: usize| match chosen {
        [] => all[index].is_usual,
        chosen => chosen.iter().any(|title| title == all[index].title),
    };
    (0..all.len()).filter(|index| *index == 0 || is_shown(*index)).collect()
}

/// The widths of the shown columns: as they were dragged, or as their longest texts need.
pub fn widths(ui: &Ui, cx: &Cx<'_>, table: &Table<'_>) -> Vec<f32> {
    let kept = cx.settings().tables.get(table.kind.name()).map(|table| &table.widths);
    let width = |column: usize| {
        let title = table.info(column).title;
        match kept.and_then(|kept| kept.get(title)) {
            Some(width) => f32::from(*width).clamp(NARROWEST, WIDEST),
            None => usual_width(ui, table, column),
        }
    };
    (0..table.shown.len()).map(width).collect()
}

fn usual_width(ui: &Ui, table: &Table<'_>, column: usize) -> f32 {
    let (font, most) = match column {
        0 => (theme::strong(theme::TEXT), NAME_WIDEST),
        _ => (theme::regular(theme::TEXT), USUAL_WIDEST),
    };
    let texts = || table.lines.iter().map(|line| line.cells[column].as_str());
    // Of texts with about as many letters, the widest one is known only when they are laid out.
    let longest = texts().map(|text| text.chars().count()).max().unwrap_or_default();
    let candidates = texts().filter(|text| text.chars().count() * 5 >= longest * 4).take(MOST_MEASURED);
    let widest = candidates.map(|text| text_width(ui, text, font.clone())).fold(0.0, f32::max);
    // Room for the arrow of sorting.
    let title = text_width(ui, table.info(column).title, theme::strong(theme::SMALL)) + 16.0;
    (title.max(widest.min(most)) + 2.0 * MARGIN + 4.0).ceil().max(NARROWEST)
}

fn text_width(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x)
}

/// Remembers a width.
pub fn keep_width(cx: &Cx<'_>, kind: RecordKind, title: &str, width: f32) {
    let mut settings = cx.settings().clone();
    let table = settings.tables.entry(kind.name().to_owned()).or_default();
    table.widths.insert(title.to_owned(), width.clamp(NARROWEST, WIDEST).round() as u16);
    cx.send(Action::Set(settings));
}

/// The width that the texts need again.
pub fn forget_width(cx: &Cx<'_>, kind: RecordKind, title: &str) {
    let mut settings = cx.settings().clone();
    if let Some(table) = settings.tables.get_mut(kind.name()) {
        table.widths.remove(title);
    }
    cx.send(Action::Set(settings));
}

/// A button with a box to tick for each column.
pub fn columns_button(ui: &mut Ui, cx: &Cx<'_>, kind: RecordKind, state: &mut TableState) {
    let all = sheet(kind).columns();
    let shown = shown(cx, kind, &all);
    let button = ui.button("Columns…").on_hover_text("Choose which columns the table shows");
    let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        let mut next = shown.clone();
        for (index, column) in all.iter().enumerate().skip(1) {
            let mut is_on = shown.contains(&index);
            if ui.checkbox(&mut is_on, column.title).changed() {
                next.retain(|each| *each != index);
                next.extend(is_on.then_some(index));
            }
        }
        ui.separator();
        let resets = ui.button("Usual columns and widths").clicked();
        if resets || next != shown {
            let mut settings = cx.settings().clone();
            let table = settings.tables.entry(kind.name().to_owned()).or_default();
            table.columns = next.iter().map(|index| all[*index].title.to_owned()).collect();
            if resets {
                settings.tables.remove(kind.name());
            }
            state.selection = None;
            cx.send(Action::Set(settings));
        }
    });
}
