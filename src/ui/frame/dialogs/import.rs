//! Previews an import: its options, what happens to each item, and warnings.

use egui::{Align, Key, Label, Layout, Memory, Modifiers, RichText, ScrollArea, Ui, Vec2};

use super::import_items::items_ui;
use super::import_options::options_ui;
use super::mapping_grid::mapping_ui;
use super::question::{answer, details_ui};
use crate::import::{Imported, Item, Section};
use crate::session::Session;
use crate::session::state::jobs::Jobs;
use crate::session::{Action, ImportPreview};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, body, modal};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, job_bar, muted, strong};
use crate::wording::counted;

const WIDTH: f32 = 560.0;
/// The width if there is a list of items.
const WIDE: f32 = 720.0;
/// The width if there is a table.
const WIDEST: f32 = 940.0;
/// The height of warnings below a table.
const WARNINGS: f32 = 52.0;
const ROW: f32 = 40.0;
const TALLEST: f32 = 300.0;

/// A row of the list.
enum ListRow<'a> {
    Heading(String),
    Item(&'a Item, &'a Section),
}

pub fn import_ui(ui: &Ui, cx: &Cx<'_>, jobs: &Jobs<Session>, preview: &ImportPreview, is_new: bool) {
    let imported = preview.imported.as_ref().and_then(|read| read.as_ref().ok());
    let has_edits = preview.job.is_none() && imported.is_some_and(|imported| !imported.edits.is_empty());
    let width = match imported {
        Some(imported) if imported.table.is_some() => WIDEST,
        Some(imported) if !imported.sections.is_empty() => WIDE,
        _ => WIDTH,
    };
    let mut pressed = None;
    // The dialog needs a fixed name: its title changes with the options, and a new name would lose the focus.
    let closes = modal(ui, "import", width, |ui| {
        ui.add(Label::new(head(title(preview))).wrap());
        ui.add_space(8.0);
        fields_ui(ui, cx, preview);
        reading_ui(ui, cx, jobs, preview);
        match &preview.imported {
            Some(Ok(imported)) => imported_ui(ui, cx, imported),
            Some(Err(problem)) => {
                ui.add(Label::new(RichText::new(problem).color(cx.colors.error)).wrap());
            }
            None => {}
        }
        let widens = imported.is_some_and(|imported| imported.horizon.is_some());
        let buttons = Buttons {
            yes: has_edits.then_some("Import"),
            other: widens.then_some(if has_edits { "Import and widen the plan" } else { "Widen the plan" }),
            cancel: if has_edits { "Cancel" } else { "Close" },
            default: if has_edits { DialogButton::Yes } else { DialogButton::Cancel },
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let Some(answer) = answer(pressed, closes) {
        cx.send(Action::Answer(answer));
    }
}

/// Draws the options. The Enter that ends a field does not answer the dialog as well.
fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview) {
    let before = ui.memory(Memory::focused);
    let table = preview.imported.as_ref().and_then(|read| read.as_ref().ok()?.table.as_ref());
    let assigned = table.and_then(|table| mapping_ui(ui, cx, preview, table));
    if table.is_some() {
        ui.add_space(8.0);
    }
    if let Some(options) = options_ui(ui, cx, preview, table.is_some()).or(assigned) {
        cx.send(Action::ImportWith(options));
    }
    if before.is_some() && before != ui.memory(Memory::focused) {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    }
}

fn title(preview: &ImportPreview) -> String {
    match &preview.imported {
        None => "Reading…".to_owned(),
        Some(Ok(imported)) if imported.question.is_some() => "Choose how to read this file".to_owned(),
        Some(Ok(imported)) if imported.edits.is_empty() => "Nothing to import".to_owned(),
        Some(Ok(imported)) => format!("Import {}?", imported.summary),
        Some(Err(_)) => "Cannot import this file".to_owned(),
    }
}

/// Shows the progress of reading once it takes noticeably long.
fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, jobs: &Jobs<Session>, preview: &ImportPreview) {
    let Some(id) = preview.job else { return };
    if let Some(job) = jobs.shown().filter(|job| job.id == id) {
        job_bar(ui, cx, &job, ui.available_width());
        ui.add_space(8.0);
    } else if !jobs.is_running(id) {
        body(ui, "Reading was stopped. Change an option to read the file again.");
        ui.add_space(8.0);
    }
}

fn imported_ui(ui: &mut Ui, cx: &Cx<'_>, imported: &Imported) {
    // The table itself shows which column is asked for.
    let question = imported.question.as_ref().filter(|_| imported.table.is_none());
    if let Some(question) = question {
        ui.add(Label::new(RichText::new(question).color(cx.colors.error)).wrap());
    } else if imported.question.is_some() {
        body(ui, "Nothing is imported until you have chosen.");
    } else if imported.edits.is_empty() {
        body(ui, "There is nothing new to import. The plan does not change.");
    } else {
        body(ui, "You can undo this in one step.");
    }
    if imported.table.is_some() && !imported.edits.is_empty() {
        ui.add_space(6.0);
        items_ui(ui, cx, &imported.edits);
    }
    if !imported.sections.is_empty() {
        ui.add_space(8.0);
        list_ui(ui, cx, &rows(&imported.sections));
    }
    if !imported.warnings.is_empty() {
        ui.add_space(10.0);
        ui.label(strong(counted(imported.warnings.len(), "warning")));
    }
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    let tallest = if imported.table.is_some() { WARNINGS } else { TALLEST };
    details_ui(ui, cx, &warnings, tallest);
}

/// The items below their headings, in order.
fn rows(sections: &[Section]) -> Vec<ListRow<'_>> {
    let mut rows = Vec::new();
    for section in sections {
        rows.push(ListRow::Heading(format!("{} · {}", section.heading, section.items.len())));
        rows.extend(section.items.iter().map(|item| ListRow::Item(item, section)));
    }
    rows
}

/// Draws only the rows in view: a folder may contain thousands.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[ListRow<'_>]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().max_height(TALLEST).auto_shrink([false, true]);
    area.show_rows(ui, ROW, rows.len(), |ui, shown| {
        for row in rows.get(shown).unwrap_or_default() {
            let size = Vec2::new(ui.available_width(), ROW);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(size);
                match row {
                    ListRow::Heading(text) => {
                        ui.add_space(16.0);
                        ui.label(strong(text));
                    }
                    ListRow::Item(item, section) => item_ui(ui, cx, item, section.is_refused),
                }
            });
        }
    });
}

/// The item on the first line; its author and a remark on the second.
fn item_ui(ui: &mut Ui, cx: &Cx<'_>, item: &Item, is_refused: bool) {
    let one_line = |ui: &mut Ui, text: RichText| ui.add(Label::new(text).truncate());
    let text = if item.text.is_empty() { &item.file } else { &item.text };
    ui.add_space(3.0);
    one_line(ui, RichText::new(text).font(theme::regular(theme::TEXT))).on_hover_text(&item.file);
    let parts = [item.author.as_str(), item.remark.as_str()].into_iter().filter(|part| !part.is_empty());
    let second = muted(cx, parts.collect::<Vec<_>>().join(" · "));
    one_line(ui, if is_refused { second.color(cx.colors.warning) } else { second });
}
