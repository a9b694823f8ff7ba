//! Form fields. Each shows a value, edits a draft of it, and returns a new value once, on Enter or when it loses focus.
//!
//! An invalid draft stays as typed, in red and with advice, so nothing is lost. Escape restores the old value. Every
//! field has a name for screen readers.

mod date;

use std::ops::RangeInclusive;

use chrono::NaiveTime;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{ComboBox, FontId, Frame, Id, Key, Margin, Response, RichText, TextEdit, Ui};

use super::cx::Cx;
use super::theme::Colors;
use crate::model::{Guess, Minutes, ParseMinutesError, check_name_length};
use crate::wording::{self, capitalised};
pub use date::{date, date_that, optional_date};

/// Text typed into a field that has not become a value yet.
#[derive(Clone, Default)]
struct Draft {
    text: String,
    /// Why the text is invalid.
    problem: Option<String>,
    /// Whether the field had the focus in the last frame: the draft must survive the frame in which focus is lost.
    is_open: bool,
}

/// Edits `current` as text and parses it with `parse`, whose error says what to write instead.
fn draft_ui<T>(
    ui: &mut Ui,
    name: &str,
    current: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
    edit: impl FnOnce(&mut Ui, &mut String, Id) -> Response,
) -> Option<T> {
    let id = ui.make_persistent_id(("field", name));
    let kept = ui.data(|data| data.get_temp::<Draft>(id));
    let mut draft = kept
        .filter(|draft| draft.is_open || draft.problem.is_some())
        .unwrap_or_else(|| Draft { text: current.to_owned(), ..Draft::default() });
    let shown_problem = draft.problem.clone();
    let response = match &shown_problem {
        Some(problem) => invalid_ui(ui, problem, |ui| edit(ui, &mut draft.text, id)),
        None => ui.scope(|ui| edit(ui, &mut draft.text, id)).inner,
    };
    response.widget_info(|| egui::WidgetInfo::text_edit(response.enabled(), current, &*draft.text, ""));
    let response = response.accessible_name(name);
    let mut committed = None;
    if response.lost_focus() {
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            draft = Draft { text: current.to_owned(), ..Draft::default() };
        } else if draft.text == current {
            draft.problem = None;
        } else {
            match parse(&draft.text) {
                Ok(value) => {
                    draft.problem = None;
                    committed = Some(value);
                }
                Err(problem) => draft.problem = Some(problem),
            }
        }
    }
    if draft.problem != shown_problem {
        ui.ctx().request_repaint();
    }
    // Not `has_focus`: that is false while another program has the keyboard, and the draft must survive that.
    draft.is_open = ui.memory(|memory| memory.has_focus(id));
    ui.data_mut(|data| data.insert_temp(id, draft));
    committed
}

/// Whether the field with that name, drawn in the same `Ui`, has text that could not be understood.
pub fn is_invalid(ui: &Ui, name: &str) -> bool {
    let id = ui.make_persistent_id(("field", name));
    ui.data(|data| data.get_temp::<Draft>(id)).is_some_and(|draft| draft.problem.is_some())
}

/// A field in red with the problem below it. In a row, the text wraps at the width of the field, so that it neither widens
/// the panel nor pushes the rest of the row out of sight.
fn invalid_ui(ui: &mut Ui, problem: &str, edit: impl FnOnce(&mut Ui) -> Response) -> Response {
    /// Narrower fields give the text this width.
    const NARROWEST: f32 = 110.0;
    let error = Colors::for_visuals(ui.visuals()).error;
    let is_row = ui.layout().is_horizontal();
    let add = |ui: &mut Ui| {
        let field = ui.scope(|ui| {
            ui.visuals_mut().override_text_color = Some(error);
            ui.visuals_mut().widgets.inactive.bg_stroke.color = error;
            edit(ui)
        });
        if is_row {
            ui.set_max_width(field.response.rect.width().max(NARROWEST));
        }
        ui.add(egui::Label::new(RichText::new(problem).small().color(error)).wrap());
        field.inner
    };
    if is_row { ui.vertical(add).inner } else { add(ui) }
}

/// Moves the focus to the field with that name, which must be drawn next in the same `Ui`, and selects its text, so that
/// typing replaces it.
pub fn focus(ui: &Ui, name: &str, text: &str) {
    let id = ui.make_persistent_id(("field", name));
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// The name of the record in a form, as its heading. The cursor moves there if the record is new or is to be renamed.
pub fn record_name(ui: &mut Ui, cx: &Cx<'_>, label: &str, current: &str, font: FontId, width: f32) -> Option<String> {
    if cx.navigation().names_selection && cx.is_editable() {
        focus(ui, label, current);
    }
    title(ui, label, current, font, width, cx.is_editable())
}

fn line(ui: &mut Ui, text: &mut String, id: Id, width: f32, hint: &str) -> Response {
    ui.add(
        TextEdit::singleline(text)
            .id(id)
            .desired_width(width)
            .hint_text(hint.to_owned())
            .margin(Margin::symmetric(6, 4)),
    )
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
    parse: impl FnOnce(&str) -> Result<T, String>,
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
        let response = ui.add_enabled(enabled, edit.frame(Frame::NONE));
        // Without this line, a heading does not look like a field.
        let line = response.rect.with_max_x(response.rect.left() + width.min(response.rect.width()));
        let stroke =
            if response.has_focus() { ui.visuals().selection.stroke } else { ui.visuals().widgets.inactive.bg_stroke };
        if enabled {
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

/// A duration: "3 h 35".
pub fn minutes(ui: &mut Ui, name: &str, current: Minutes) -> Option<Minutes> {
    let parse = |text: &str| text.parse::<Minutes>().map_err(|error| error.to_string());
    draft_ui(ui, name, &current.to_string(), parse, |ui, draft, id| line(ui, draft, id, 76.0, "4 h"))
}

/// A duration, or empty.
pub fn optional_minutes(ui: &mut Ui, name: &str, current: Option<Minutes>) -> Option<Option<Minutes>> {
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse::<Minutes>().map(Some).map_err(|error| error.to_string()),
    };
    let shown = current.map_or_else(String::new, |minutes| minutes.to_string());
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 76.0, "not set"))
}

/// How long something takes: one duration, or three for the best, the likely and the worst case.
pub fn guess(ui: &mut Ui, name: &str, current: Guess) -> Option<Guess> {
    draft_ui(ui, name, &current.to_string(), read_guess, |ui, draft, id| line(ui, draft, id, 150.0, "20m/30m/1h30"))
}

/// The same, or empty.
pub fn optional_guess(ui: &mut Ui, name: &str, current: Option<Guess>) -> Option<Option<Guess>> {
    let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { read_guess(text).map(Some) };
    let shown = current.map_or_else(String::new, |guess| guess.to_string());
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 150.0, "not set"))
}

fn read_guess(text: &str) -> Result<Guess, String> {
    text.parse().map_err(|error: ParseMinutesError| format!("{error}; or best/likely/worst, as 20m/30m/1h30"))
}

/// A time of day: "22:00", also accepted as "22" or "2200".
pub fn time(ui: &mut Ui, name: &str, current: NaiveTime) -> Option<NaiveTime> {
    let shown = wording::time(current);
    draft_ui(ui, name, &shown, read_time, |ui, draft, id| line(ui, draft, id, 48.0, "22:00"))
}

/// A time of day, or empty.
pub fn optional_time(ui: &mut Ui, name: &str, current: Option<NaiveTime>) -> Option<Option<NaiveTime>> {
    let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { read_time(text).map(Some) };
    let shown = current.map_or_else(String::new, wording::time);
    draft_ui(ui, name, &shown, parse, |ui, draft, id| line(ui, draft, id, 56.0, "as before"))
}

fn read_time(text: &str) -> Result<NaiveTime, String> {
    let wrong = || format!("Invalid time of day \"{}\": use e.g. 22:00", text.trim());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match (text.trim().split_once([':', '.']), digits.len()) {
        (Some((hours, minutes)), _) => (hours.trim(), minutes.trim()),
        (None, 4) => digits.split_at(2),
        (None, 1 | 2) => (&*digits, "0"),
        _ => return Err(wrong()),
    };
    let parsed = hours.parse().ok().zip(minutes.parse().ok());
    parsed.and_then(|(hours, minutes)| NaiveTime::from_hms_opt(hours, minutes, 0)).ok_or_else(wrong)
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

fn choice_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, String)],
    current: &T,
    combo: ComboBox,
) -> Option<T> {
    // A current value that is not listed (such as a custom number) shows no text.
    let selected = choices.iter().find(|(value, _)| value == current).map_or("", |(_, text)| text.as_str());
    let mut chosen = None;
    let combo = combo.selected_text(selected).show_ui(ui, |ui| {
        for (value, text) in choices {
            if ui.selectable_label(value == current, text.as_str()).clicked() {
                chosen = Some(value.clone()).filter(|value| value != current);
            }
        }
    });
    combo.response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(selected.to_owned());
        info
    });
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, time) in [("22:00", "22:00"), ("22", "22:00"), ("2230", "22:30"), ("7.05", "07:05")] {
            assert_eq!(read_time(typed).map(wording::time), Ok(time.to_owned()));
        }
        assert!(read_time("25:00").is_err() && read_time("soon").is_err());
    }
}
