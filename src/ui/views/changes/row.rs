//! One row of the list of changes: a window, one of its changes or dates, or a record.

use egui::{Align2, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2};
use lucide_icons::Icon;

use super::bar::change_color;
use super::listing::ChangeRow;
use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, OccurrencePeriod, Owner, WindowRevision};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, strong, text_in};
use crate::wording;

pub const HEIGHT: f32 = 28.0;
const INDENT: f32 = 34.0;
/// Below this width there is no column for the owners.
const NARROW: f32 = 700.0;
/// Minimum width for "Sat 13 Mar 2027".
const NOTICE: f32 = 122.0;
/// Width of "Sat 13 Mar 2027 22:00 – 02:00".
const FULL_DATE: f32 = 206.0;

/// The edges of the columns of a date: change, before, now, owners, notice.
struct Columns([f32; 6]);

impl Columns {
    fn new(rect: Rect) -> Self {
        let (left, right) = (rect.left() + INDENT, rect.right() - 10.0);
        let width = right - left;
        if width < NARROW {
            // The new time is the most important column. The owners are named in the panel anyway.
            let (before, notice) = (left + width * 0.165, right - (width * 0.2).max(NOTICE));
            return Self([left, before, (notice - FULL_DATE).max(before), notice, notice, right]);
        }
        // Dates need only the width of their text. Owners get the rest, because the panel names them all.
        let (change, date) = ((width * 0.165).min(300.0), (width * 0.23).min(244.0));
        let (before, notice) = (left + change, right - (width * 0.22).min(250.0));
        Self([left, before, before + date, before + 2.0 * date, notice, right])
    }

    fn cell(&self, rect: Rect, column: usize) -> Rect {
        Rect::from_min_max(Pos2::new(self.0[column], rect.top()), Pos2::new(self.0[column + 1] - 8.0, rect.bottom()))
    }
}

/// The column heads, across `width`.
pub fn heads_ui(ui: &mut Ui, cx: &Cx<'_>, width: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 22.0), Sense::hover());
    let columns = Columns::new(rect.with_max_x(rect.left() + width));
    for (column, head) in ["Change", "Before", "Now", "Owners", "Notice by"].into_iter().enumerate() {
        text_in(ui.painter(), columns.cell(rect, column), head, theme::strong(theme::SMALL), cx.colors.muted);
    }
}

/// Draws the row, with columns as wide as their heads. Returns whether it was clicked.
pub fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    revision: &Revision,
    (index, row): (usize, &ChangeRow),
    width: f32,
    is_unfolded: bool,
    is_current: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    if let ChangeRow::Title(title) = row {
        let left = rect.with_min_x(rect.left() + 10.0);
        text_in(ui.painter(), left, title, theme::strong(theme::TEXT), cx.colors.muted);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
        return false;
    }
    let response = ui.interact(rect, Id::unique(("change", index)), Sense::click());
    name(&response, Role::Button, || spoken(revision, row));
    ground(ui, cx, rect, row, &response, is_current);
    let rect = rect.with_max_x(rect.left() + width);
    match *row {
        ChangeRow::Title(_) => {}
        ChangeRow::Window(window) => window_row(ui, cx, rect, &revision.windows[window], is_unfolded),
        ChangeRow::Line { window, line } => {
            let words = revision.windows[window].lines();
            let cell = rect.with_min_x(rect.left() + INDENT).with_max_x(rect.right() - 10.0);
            let text = words.get(line).map_or("", String::as_str);
            text_in(ui.painter(), cell, text, theme::regular(theme::TEXT), cx.colors.text);
        }
        ChangeRow::Date { window, date } => {
            let (window, date) = (&revision.windows[window], &revision.windows[window].dates[date]);
            date_row(ui, cx, rect, revision, window, date);
        }
        ChangeRow::Record(record) => {
            let record = &revision.records[record];
            let columns = Columns::new(rect);
            let title = Rect::from_min_max(Pos2::new(rect.left() + 10.0, rect.top()), columns.cell(rect, 1).max);
            text_in(ui.painter(), title, &record.title(), theme::strong(theme::TEXT), cx.colors.text);
            let rest = columns.cell(rect, 2).with_max_x(rect.right() - 10.0);
            text_in(ui.painter(), rest, &record.in_words(), theme::regular(theme::TEXT), cx.colors.text);
        }
    }
    let is_clicked = response.clicked();
    response.on_hover_ui(|ui| hover_ui(ui, cx, revision, row));
    is_clicked
}

fn ground(ui: &Ui, cx: &Cx<'_>, rect: Rect, row: &ChangeRow, response: &Response, is_current: bool) {
    let rest = match row {
        ChangeRow::Window(_) | ChangeRow::Record(_) => cx.colors.panel,
        _ => cx.colors.background,
    };
    row_ground(ui.painter(), cx, response, is_current, rest);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

fn window_row(ui: &Ui, cx: &Cx<'_>, rect: Rect, window: &WindowRevision, is_unfolded: bool) {
    let painter = ui.painter();
    let icon = char::from(if is_unfolded { Icon::ChevronDown } else { Icon::ChevronRight });
    let at = Pos2::new(rect.left() + 16.0, rect.center().y);
    painter.text(at, Align2::CENTER_CENTER, icon, theme::icon(14.0), cx.colors.muted);
    let columns = Columns::new(rect);
    let title = Rect::from_min_max(Pos2::new(rect.left() + INDENT - 6.0, rect.top()), columns.cell(rect, 1).max);
    text_in(painter, title, &window.name, theme::strong(theme::TEXT), cx.colors.text);
    let headline = Rect::from_min_max(columns.cell(rect, 2).min, columns.cell(rect, 3).max);
    text_in(painter, headline, &window.headline(), theme::regular(theme::TEXT), cx.colors.text);
    if window.late_count() > 0 {
        late_in(ui, cx, columns.cell(rect, 4), &late_in_words(window.late_count()));
    }
}

fn late_in_words(late: usize) -> String {
    format!("{late} with too little notice")
}

/// Red, with an icon and words, so that it does not rely on colour alone.
fn late_in(ui: &Ui, cx: &Cx<'_>, rect: Rect, text: &str) {
    let at = Pos2::new(rect.left() + 6.0, rect.center().y);
    let icon = char::from(Icon::CircleAlert);
    ui.painter().text(at, Align2::CENTER_CENTER, icon, theme::icon(12.0), cx.colors.error);
    text_in(ui.painter(), rect.with_min_x(rect.left() + 17.0), text, theme::strong(theme::TEXT), cx.colors.error);
}

fn date_row(ui: &Ui, cx: &Cx<'_>, rect: Rect, revision: &Revision, window: &WindowRevision, date: &DateRevision) {
    let painter = ui.painter();
    let columns = Columns::new(rect);
    let ink = if date.is_past { cx.colors.muted } else { cx.colors.text };
    let (change, color) = if date.is_past {
        (format!("{}: {}", window.name, date.in_words()), cx.colors.muted)
    } else {
        (date.in_words(), change_color(cx, date.change))
    };
    text_in(painter, columns.cell(rect, 0), &change, theme::strong(theme::TEXT), color);
    for (column, when) in [(1, &date.before), (2, &date.after)] {
        let text = when.as_ref().map_or_else(|| "–".to_owned(), short);
        let ink = if when.is_some() && column == 2 { ink } else { cx.colors.muted };
        text_in(painter, columns.cell(rect, column), &text, theme::regular(theme::TEXT), ink);
    }
    text_in(painter, columns.cell(rect, 3), &owners(revision, date), theme::regular(theme::TEXT), ink);
    let notice = columns.cell(rect, 4);
    match (date.notice(), date.late_in_words()) {
        (Some(due), Some(late)) => late_in(ui, cx, notice, &format!("{late}, {}", wording::short_date(due.due_on))),
        (Some(due), None) => {
            text_in(painter, notice, &wording::date(due.due_on), theme::regular(theme::TEXT), cx.colors.muted);
        }
        (None, _) => {}
    }
}

/// "Sat 13 Mar 2027 22:00 – 02:00"
fn short(when: &OccurrencePeriod) -> String {
    format!("{} {}", wording::date(when.on()), when.hours())
}

fn owners(revision: &Revision, date: &DateRevision) -> String {
    let called =
        date.notifications.iter().filter_map(|each| revision.owners.get(each.owner)).map(Owner::called_with_role);
    called.collect::<Vec<_>>().join(", ")
}

/// A row's name for screen readers.
fn spoken(revision: &Revision, row: &ChangeRow) -> String {
    match *row {
        ChangeRow::Title(title) => title.to_owned(),
        ChangeRow::Window(window) => {
            let window = &revision.windows[window];
            let late = if window.late_count() > 0 {
                format!(", {}", late_in_words(window.late_count()))
            } else {
                String::new()
            };
            format!("{}: {}{late}", window.name, window.headline())
        }
        ChangeRow::Line { window, line } => {
            let window = &revision.windows[window];
            format!("{}: {}", window.name, window.lines().get(line).map_or("", String::as_str))
        }
        ChangeRow::Date { window, date } => {
            let (name, date) = (&revision.windows[window].name, &revision.windows[window].dates[date]);
            let when = [&date.before, &date.after].into_iter().flatten().map(short).collect::<Vec<_>>().join(" → ");
            let late = date.late_in_words().map_or_else(String::new, |late| format!(", {late}"));
            format!("{name}, {}, {when}{late}", date.in_words())
        }
        ChangeRow::Record(record) => {
            let record = &revision.records[record];
            format!("{}: {}", record.title(), record.in_words())
        }
    }
}

/// Everything that does not fit into the row.
fn hover_ui(ui: &mut Ui, cx: &Cx<'_>, revision: &Revision, row: &ChangeRow) {
    match *row {
        ChangeRow::Title(_) => {}
        ChangeRow::Window(window) => {
            let window = &revision.windows[window];
            ui.label(strong(&window.name));
            ui.label(window.headline());
            ui.label(muted(cx, "Click to expand or collapse; Enter goes to the window"));
        }
        ChangeRow::Line { window, line } => {
            ui.label(revision.windows[window].lines().get(line).map_or("", String::as_str));
        }
        ChangeRow::Date { window, date } => {
            let (window, date) = (&revision.windows[window], &revision.windows[window].dates[date]);
            ui.label(strong(format!("{}: {}", window.name, date.in_words())));
            for (word, when) in [("Before", &date.before), ("Now", &date.after)] {
                if let Some(when) = when {
                    ui.label(format!("{word} {}", when.in_words()));
                }
            }
            if !date.notifications.is_empty() {
                ui.label(format!("To notify: {}", owners(revision, date)));
            }
            if let Some(notice) = date.notice_in_words() {
                ui.label(format!("Notice by {notice}"));
            }
        }
        ChangeRow::Record(record) => {
            let record = &revision.records[record];
            ui.label(strong(record.title()));
            for field in &record.fields {
                ui.label(field.to_string());
            }
        }
    }
}
