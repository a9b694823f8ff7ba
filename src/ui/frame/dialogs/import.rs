//! Previews an import: where it comes from, its options, what it adds, changes and removes, and warnings.

use egui::{Align, Key, Label, Layout, Memory, Modifiers, RichText, ScrollArea, Ui, Vec2};

use super::import_options::options_ui;
use super::import_records::records_ui;
use super::import_report::report_ui;
use super::mapping_grid::mapping_ui;
use super::question::{answer, details_ui};
use crate::import::{Imported, Item, Section};
use crate::session::Session;
use crate::session::state::jobs::Jobs;
use crate::session::{Action, ImportPreview};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, body, modal, name_dialog};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, job_bar, muted, strong};
use crate::wording::{counted, list_in_sentence};

const WIDTH: f32 = 560.0;
/// The width if there is a list of items.
const WIDE: f32 = 720.0;
/// The width if there are records or a table.
const WIDEST: f32 = 960.0;
/// The height of warnings below a table or records.
const WARNINGS: f32 = 56.0;
const ROW: f32 = 40.0;
const TALLEST: f32 = 300.0;
/// The height of the list of items below records.
const BELOW_RECORDS: f32 = 120.0;
/// Records get what the rest of the dialog leaves, within limits. The rest is higher with the columns of a table.
/// How many files are named.
const MOST_FILES: usize = 4;
/// The title, the files, the buttons and the margins.
const FRAME: f32 = 210.0;
/// The least height of what is between them.
const ROOM: f32 = 200.0;
const REST: f32 = 400.0;
const REST_WITH_COLUMNS: f32 = 636.0;
const RECORDS: std::ops::RangeInclusive<f32> = 64.0..=320.0;

/// A row of the list.
enum ListRow<'a> {
    Heading(String),
    Item(&'a Item, &'a Section),
}

pub fn import_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, preview: &ImportPreview, is_new: bool) {
    let imported = preview.imported.as_ref().and_then(|read| read.as_ref().ok());
    let has_edits = preview.job.is_none() && imported.is_some_and(|imported| !imported.edits.is_empty());
    let width = match imported {
        Some(imported) if imported.table.is_some() || !imported.records.is_empty() => WIDEST,
        Some(imported) if !imported.sections.is_empty() => WIDE,
        _ => WIDTH,
    };
    let mut pressed = None;
    // The dialog needs a fixed name: its title changes with the options, and a new name would lose the focus.
    let closes = modal(ui, "import", width, |ui| {
        let heading = ui.add(Label::new(head(title(preview))).wrap());
        name_dialog(ui, &heading);
        ui.add_space(2.0);
        files_ui(ui, cx, session, preview);
        ui.add_space(8.0);
        // In a small window the title and the buttons stay in sight.
        let room = (ui.ctx().content_rect().height() - FRAME).max(ROOM);
        let area = ScrollArea::vertical().id_salt("import").max_height(room).auto_shrink([false, true]);
        let fields = area.show(ui, |ui| content_ui(ui, cx, session, preview)).inner;
        if let Some(blocked) = blocked(&fields.invalid).filter(|_| has_edits) {
            ui.add_space(8.0);
            ui.label(RichText::new(blocked).color(cx.colors.error));
        }
        let widens = imported.is_some_and(|imported| imported.horizon.is_some());
        let brings = imported.is_some_and(|imported| !imported.when_widened().edits.is_empty());
        let buttons = Buttons {
            yes: has_edits.then_some("Import"),
            other: widens.then_some(if brings { "Import and widen the plan" } else { "Widen the plan" }),
            cancel: if has_edits { "Cancel" } else { "Close" },
            default: if has_edits { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: !fields.invalid.is_empty(),
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let Some(answer) = answer(pressed, closes) {
        cx.send(Action::Answer(answer));
    }
}

fn content_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, preview: &ImportPreview) -> FieldsResponse {
    let fields = fields_ui(ui, cx, preview);
    reading_ui(ui, cx, &session.jobs, preview);
    match &preview.imported {
        Some(Ok(imported)) => imported_ui(ui, cx, preview, imported, fields.shows_columns),
        Some(Err(problem)) => {
            ui.add(Label::new(RichText::new(problem).color(cx.colors.error)).wrap());
        }
        None => {}
    }
    fields
}

/// What the options and the columns of a table leave for the rest of the dialog.
struct FieldsResponse {
    /// The names of the options whose text cannot be understood.
    invalid: Vec<&'static str>,
    /// The columns of a table take a large part of the dialog.
    shows_columns: bool,
}

/// Draws the options. The Enter that ends a field does not answer the dialog as well.
fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview) -> FieldsResponse {
    let before = ui.memory(Memory::focused);
    let table = preview.imported.as_ref().and_then(|read| read.as_ref().ok()?.table.as_ref());
    let columns = table.map(|table| mapping_ui(ui, cx, preview, table)).unwrap_or_default();
    if table.is_some() {
        ui.add_space(8.0);
    }
    let options = options_ui(ui, cx, preview, table.is_some());
    if let Some(options) = options.changed.or(columns.changed) {
        cx.send(Action::ImportWith(options));
    }
    if before.is_some() && before != ui.memory(Memory::focused) {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    }
    FieldsResponse { invalid: options.invalid, shows_columns: columns.is_open }
}

/// "Correct Start to import"
fn blocked(invalid: &[&str]) -> Option<String> {
    (!invalid.is_empty()).then(|| format!("Correct {} to import", list_in_sentence(invalid, invalid.len())))
}

/// Names the files, and those that wait for their turn.
fn files_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, preview: &ImportPreview) {
    let paths: Vec<String> = preview.paths.iter().map(|path| path.display().to_string()).collect();
    let names = preview.paths.iter().map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
    let names = list_in_sentence(names, MOST_FILES);
    ui.add(Label::new(muted(cx, format!("From {names}"))).truncate()).on_hover_text(paths.join("\n"));
    let waiting = session.waiting_imports();
    if !waiting.is_empty() {
        let names = list_in_sentence(&waiting, MOST_FILES);
        ui.add(Label::new(muted(cx, format!("Next: {names}"))).truncate()).on_hover_text(waiting.join("\n"));
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

fn imported_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, imported: &Imported, shows_columns: bool) {
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
    if let Some(report) = imported.report.as_ref().filter(|report| !report.counts_only_rows)
        && let Some(options) = report_ui(ui, cx, preview, report)
    {
        cx.send(Action::ImportWith(options));
    }
    let records = imported.records.as_slice();
    if !records.is_empty() {
        ui.add_space(6.0);
        let rest = if shows_columns { REST_WITH_COLUMNS } else { REST };
        let tallest = (ui.ctx().content_rect().height() - rest).clamp(*RECORDS.start(), *RECORDS.end());
        records_ui(ui, cx, records, tallest);
    }
    let sections = rows(imported.other_sections());
    if !sections.is_empty() {
        ui.add_space(8.0);
        list_ui(ui, cx, &sections, if records.is_empty() { TALLEST } else { BELOW_RECORDS });
    }
    if !imported.warnings.is_empty() {
        ui.add_space(10.0);
        ui.label(strong(counted(imported.warnings.len(), "warning")));
    }
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    let is_crowded = imported.table.is_some() || !records.is_empty();
    let tallest = if is_crowded { WARNINGS } else { TALLEST };
    details_ui(ui, cx, &warnings, tallest);
}

/// The items below their headings, in order.
fn rows<'a>(sections: impl Iterator<Item = &'a Section>) -> Vec<ListRow<'a>> {
    let mut rows = Vec::new();
    for section in sections {
        rows.push(ListRow::Heading(format!("{} · {}", section.heading, section.items.len())));
        rows.extend(section.items.iter().map(|item| ListRow::Item(item, section)));
    }
    rows
}

/// Draws only the rows in view: a folder may contain thousands.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[ListRow<'_>], tallest: f32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("items").max_height(tallest).auto_shrink([false, true]);
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
