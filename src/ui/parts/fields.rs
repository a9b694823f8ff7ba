//! Form fields. Each shows a value, edits a draft of it, and returns a new value once, on Enter or when it is left in any way.
//!
//! An invalid draft stays as typed, in red and with advice, so nothing is lost. Escape restores the old value. Every
//! field has a name for screen readers.

mod date;
mod draft;
mod month;
mod spans;
mod typing;
mod unfinished;

use std::ops::RangeInclusive;

use egui::{ComboBox, CornerRadius, FontId, Frame, Id, Margin, Response, StrokeKind, TextEdit, Ui};

use super::cx::Cx;
use super::theme;
use crate::model::check_name_length;
use crate::wording::{self, capitalised};
pub use date::{date, date_that, optional_date, optional_date_or, plain_date};
use draft::draft_ui;
pub use draft::{focus, forget_drafts, is_in_use, is_invalid};
pub use spans::{
    estimated_or, guess, length, minutes, minutes_or, optional_guess, optional_length, optional_time, optional_watch,
    time,
};
pub use typing::{take_told, tell_in_dialogs};
pub use unfinished::{UnfinishedFirst, finish, is_typing, problems_out_of_sight, was_in_use};

/// The name of the record in a form, as its heading. The cursor moves there if the record is new or is to be renamed.
pub fn record_name(ui: &mut Ui, cx: &Cx<'_>, label: &str, current: &str, font: FontId, width: f32) -> Option<String> {
    if cx.navigation().names_selection && cx.is_editable() {
        focus(ui, label, current);
    }
    let changed = title(ui, label, current, font, width, cx.is_editable());
    note_naming(ui, label);
    changed
}

/// Notes that the field with that label, drawn in the same `Ui`, is the name of a record, if it is in use.
pub fn note_naming(ui: &Ui, label: &str) {
    if is_in_use(ui, label) || is_invalid(ui, label) {
        ui.data_mut(|data| data.insert_temp(naming_id(), true));
    }
}

/// Whether the name of a record was being entered since this was asked last.
pub fn take_naming(ctx: &egui::Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<bool>(naming_id())).unwrap_or_default()
}

fn naming_id() -> Id {
    Id::unique("a name is being entered")
}

/// A line of text. The keys that move the focus to it also select what it contains, so that typing replaces it.
fn line(ui: &mut Ui, text: &mut String, id: Id, width: f32, hint: &str) -> Response {
    let edit = TextEdit::singleline(text).id(id).desired_width(width).hint_text(hint.to_owned());
    let response = ui.add(edit.margin(Margin::symmetric(6, 4)));
    select_on_arrival(ui, &response, id, text);
    response
}

/// Selects the whole text if a key has moved the focus to the field. Not if the key was the first letter of a new text, as in
/// a cell: the next letter would replace it.
fn select_on_arrival(ui: &Ui, response: &Response, id: Id, text: &str) {
    let is_pointed_at = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    if response.gained_focus() && !response.changed() && !is_pointed_at {
        draft::select_all(ui, id, text);
    }
}

/// A line of text; empty is allowed.
pub fn text(ui: &mut Ui, name: &str, current: &str, hint: &str) -> Option<String> {
    let width = ui.available_width().min(420.0);
    draft_ui(ui, name, current, |text| Ok(text.trim().to_owned()), |ui, draft, id| line(ui, draft, id, width, hint))
}

/// A line of text that `parse` converts; its error says what to write instead.
pub fn parsed<T>(
    ui: &mut Ui,
    name: &str,
    current: &str,
    hint: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    let width = ui.available_width().min(420.0);
    draft_ui(ui, name, current, parse, |ui, draft, id| line(ui, draft, id, width, hint))
}

/// A heading that can be edited; it cannot become empty.
pub fn title(ui: &mut Ui, name: &str, current: &str, font: FontId, width: f32, enabled: bool) -> Option<String> {
    let parse = |text: &str| match text.trim() {
        "" => Err("Enter a name".to_owned()),
        text => check_name_length(text).map(|()| text.to_owned()).map_err(|problem| capitalised(&problem)),
    };
    draft_ui(ui, name, current, parse, |ui, draft, id| {
        let edit = TextEdit::singleline(draft).id(id).font(font).desired_width(width).margin(Margin::symmetric(0, 2));
        let edit = edit.align(egui::Align2::LEFT_CENTER);
        let response = ui.add_enabled(enabled, edit.frame(Frame::NONE));
        select_on_arrival(ui, &response, id, draft);
        // Without a line, and a frame where it is pointed at or typed into, a heading does not look like a field.
        let line = response.rect.with_max_x(response.rect.left() + width.min(response.rect.width()));
        let stroke =
            if response.has_focus() { ui.visuals().selection.stroke } else { ui.visuals().widgets.inactive.bg_stroke };
        if enabled && (response.has_focus() || response.hovered()) {
            let painter = ui.painter().with_clip_rect(ui.clip_rect().expand(4.0));
            painter.rect_stroke(line.expand2(egui::vec2(3.0, 1.0)), CornerRadius::same(3), stroke, StrokeKind::Inside);
        } else if enabled {
            ui.painter().hline(line.x_range(), line.bottom(), stroke);
        }
        response
    })
}

/// Several lines of text.
pub fn paragraph(ui: &mut Ui, name: &str, current: &str, hint: &str) -> Option<String> {
    let width = ui.available_width();
    draft_ui(
        ui,
        name,
        current,
        |text| Ok(text.trim_end().to_owned()),
        |ui, draft, id| {
            let rows = draft.lines().count().clamp(2, 8);
            ui.add(
                TextEdit::multiline(draft)
                    .id(id)
                    .desired_width(width)
                    .desired_rows(rows)
                    .hint_text(hint.to_owned())
                    .margin(Margin::symmetric(6, 4)),
            )
        },
    )
}

/// One line of text that wraps. Enter ends it.
pub fn wrapped_line(ui: &mut Ui, name: &str, current: &str, hint: &str) -> Option<String> {
    let width = ui.available_width().min(420.0);
    let parse = |text: &str| Ok(text.split_whitespace().collect::<Vec<_>>().join(" "));
    draft_ui(ui, name, current, parse, |ui, draft, id| {
        let edit = TextEdit::multiline(draft).id(id).desired_width(width).desired_rows(1).return_key(None);
        let response = ui.add(edit.hint_text(hint.to_owned()).margin(Margin::symmetric(6, 4)));
        if response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            response.surrender_focus();
        }
        response
    })
}

/// A whole number inside `range`.
pub fn number(ui: &mut Ui, name: &str, current: i64, range: RangeInclusive<i64>) -> Option<i64> {
    number_ui(ui, name, &current.to_string(), range)
}

/// A number of things: "12 days". `noun` is in the singular.
pub fn count(ui: &mut Ui, name: &str, current: i64, range: RangeInclusive<i64>, noun: &str) -> Option<i64> {
    number_ui(ui, name, &wording::counted(current, noun), range)
}

/// A percentage: "20 %".
pub fn percent(ui: &mut Ui, name: &str, current: i64, range: RangeInclusive<i64>) -> Option<i64> {
    number_ui(ui, name, &format!("{current} %"), range)
}

/// A whole number inside `range`. What follows the number in `shown` can be left out by the user.
fn number_ui(ui: &mut Ui, name: &str, shown: &str, range: RangeInclusive<i64>) -> Option<i64> {
    let (least, most) = (*range.start(), *range.end());
    let parse = |text: &str| {
        let end = text
            .trim()
            .char_indices()
            .find(|(at, c)| !(c.is_ascii_digit() || (*at == 0 && matches!(c, '-' | '−' | '+'))));
        let number = &text.trim()[..end.map_or(text.trim().len(), |(at, _)| at)];
        let number = number.replace('−', "-").parse::<i64>().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| format!("Enter a number from {least} to {most}"))
    };
    let unit = shown.find(' ').map_or(0, |digits| shown.len() - digits);
    let digits = (shown.len() - unit).max(most.to_string().len().min(4));
    let width = 14.0 + 8.0 * digits as f32 + 6.5 * unit as f32;
    draft_ui(ui, name, shown, parse, |ui, draft, id| line(ui, draft, id, width, ""))
}

/// A whole number inside `range`, or empty.
pub fn optional_number(
    ui: &mut Ui,
    name: &str,
    current: Option<i64>,
    range: RangeInclusive<i64>,
) -> Option<Option<i64>> {
    let shown = current.map_or_else(String::new, |number| number.to_string());
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .ok()
            .filter(|number| range.contains(number))
            .map(Some)
            .ok_or_else(|| format!("Enter a number from {} to {}, or leave it empty", range.start(), range.end())),
    };
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 76.0, "not set"))
}

/// A CVSS base score in tenths: "9.0" is 90 (CVSS v3.1 specification, section 5).
pub fn score(ui: &mut Ui, name: &str, tenths: u8) -> Option<u8> {
    let shown = format!("{}.{}", tenths / 10, tenths % 10);
    let parse = |text: &str| {
        let score = text.trim().parse::<f32>().ok().filter(|score| (0.0..=10.0).contains(score));
        score.map(|score| (score * 10.0).round() as u8).ok_or_else(|| "Enter a score from 0.0 to 10.0".to_owned())
    };
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 48.0, "9.0"))
}

/// A drop-down list with one selected value.
pub fn choice<T: PartialEq + Clone>(ui: &mut Ui, name: &str, choices: &[(T, String)], current: T) -> Option<T> {
    choice_ui(ui, name, choices, &current, ComboBox::from_id_salt(name).width(60.0))
}

/// The same in a given width; longer names are shortened.
pub fn wide_choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, String)],
    current: T,
    width: f32,
) -> Option<T> {
    choice_ui(ui, name, choices, &current, ComboBox::from_id_salt(name).width(width).truncate())
}

/// A drop-down list, for a view that fills it itself.
pub fn drop_down(salt: &str, shown: impl Into<egui::WidgetText>, width: f32) -> ComboBox<'_> {
    ComboBox::from_id_salt(salt).icon(chevron).selected_text(shown).width(width)
}

/// The mark of a drop-down list, the same as that of searchable lists.
fn chevron(ui: &Ui, rect: egui::Rect, _: &egui::style::WidgetVisuals, _: bool) {
    let color = theme::Colors::for_visuals(ui.visuals()).muted;
    let mark = char::from(lucide_icons::Icon::ChevronDown);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, mark, theme::icon(12.0), color);
}

/// Lets the arrow keys begin at the current line of a list that was opened with a key: `button` has the focus then.
fn focus_line(ui: &Ui, button: Id, lines: &[Id], current: Option<usize>) {
    if ui.memory(|memory| memory.has_focus(button))
        && !ui.is_sizing_pass()
        && let Some(line) = lines.get(current.unwrap_or_default())
    {
        ui.memory_mut(|memory| memory.request_focus(*line));
    }
}

fn choice_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, String)],
    current: &T,
    combo: ComboBox,
) -> Option<T> {
    // A current value that is not listed (such as a custom number) shows no text.
    let selected = choices.iter().find(|(value, _)| value == current).map_or("", |(_, text)| text.as_str());
    let button = ui.make_persistent_id(name);
    let mut chosen = None;
    let combo = combo.icon(chevron).selected_text(selected).show_ui(ui, |ui| {
        let mut lines = Vec::with_capacity(choices.len());
        for (value, text) in choices {
            let line = ui.selectable_label(value == current, text.as_str());
            if line.clicked() {
                chosen = Some(value.clone()).filter(|value| value != current);
                // A line that is chosen with a key leaves the list open otherwise.
                ui.close();
            }
            lines.push(line.id);
        }
        focus_line(ui, button, &lines, choices.iter().position(|(value, _)| value == current));
    });
    combo.response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(selected.to_owned());
        info
    });
    chosen
}
