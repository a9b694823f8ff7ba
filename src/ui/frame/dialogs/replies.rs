//! What an import of answers would do: each answer with what becomes of it, before anything changes.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use super::question::answer;
use crate::import::replies::{Line, Outcome, Replies};
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, Pressed, body, titled};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, strong};

const WIDTH: f32 = 720.0;
const ROW: f32 = 40.0;
const TALLEST: f32 = 380.0;

/// A row of the list.
enum ReplyRow<'a> {
    Head(String),
    Line(&'a Line),
}

pub fn replies_ui(ui: &Ui, cx: &Cx<'_>, found: &Replies, is_new: bool) {
    let mut pressed = None;
    let title = match found.edit {
        Some(_) => format!("Import {}?", found.summary),
        None => "No new answers".to_owned(),
    };
    let closes = titled(ui, &title, WIDTH, |ui| {
        body(ui, &lead(found));
        ui.add_space(8.0);
        list_ui(ui, cx, &rows(found));
        let buttons = Buttons {
            yes: found.edit.as_ref().map(|_| "Import"),
            other: None,
            cancel: if found.edit.is_some() { "Cancel" } else { "Close" },
            default: if found.edit.is_some() { Pressed::Yes } else { Pressed::Cancel },
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let Some(answer) = answer(pressed, closes) {
        cx.send(Action::Answer(answer));
    }
}

fn lead(found: &Replies) -> String {
    match (&found.edit, found.lines.is_empty()) {
        (Some(_), _) => format!("{}. This is one step: undo takes all of it back.", found.in_words()),
        (None, true) => "These files hold no answer. The ledger stays as it is.".to_owned(),
        (None, false) => "There is nothing to take in. The ledger stays as it is.".to_owned(),
    }
}

/// The answers under heads, in their order.
fn rows(found: &Replies) -> Vec<ReplyRow<'_>> {
    let names = ["Into the ledger", "Not applied", "In the ledger already"];
    let mut lines = found.lines.iter();
    let mut rows = Vec::new();
    for (name, count) in names.into_iter().zip(found.counts()) {
        if count > 0 {
            rows.push(ReplyRow::Head(format!("{name} · {count}")));
            rows.extend(lines.by_ref().take(count).map(ReplyRow::Line));
        }
    }
    rows
}

/// Only the rows in view are drawn: a folder may hold thousands.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, rows: &[ReplyRow<'_>]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().max_height(TALLEST).auto_shrink([false, true]);
    area.show_rows(ui, ROW, rows.len(), |ui, shown| {
        for row in rows.get(shown).unwrap_or_default() {
            let size = Vec2::new(ui.available_width(), ROW);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(size);
                match row {
                    ReplyRow::Head(text) => {
                        ui.add_space(16.0);
                        ui.label(strong(text));
                    }
                    ReplyRow::Line(line) => line_ui(ui, cx, line),
                }
            });
        }
    });
}

/// What was said about what on the first line; who said it, and why it is not applied, on the second.
fn line_ui(ui: &mut Ui, cx: &Cx<'_>, line: &Line) {
    let text = |text: String| RichText::new(text).font(theme::regular(theme::TEXT));
    let one_line = |ui: &mut Ui, text: RichText| ui.add(Label::new(text).truncate());
    ui.add_space(3.0);
    let is_reply = !line.who.is_empty();
    one_line(ui, text(if is_reply { said(line) } else { line.file.clone() })).on_hover_text(&line.file);
    let parts = [line.who.as_str(), line.outcome.remark()].into_iter().filter(|part| !part.is_empty());
    let second = muted(cx, parts.collect::<Vec<_>>().join(" · "));
    let is_refused = matches!(line.outcome, Outcome::Refused(_));
    one_line(ui, if is_refused { second.color(cx.colors.warning) } else { second });
}

/// "Core DB, Sat 13 Mar 2027 22:00 · Declined: quarter close"
fn said(line: &Line) -> String {
    format!("{} · {}", line.about, line.said)
}
