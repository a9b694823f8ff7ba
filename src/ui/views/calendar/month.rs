//! One month: weeks as rows, each day with its occurrences one below the other.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use egui::{Align2, CornerRadius, Id, Key, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};
use lucide_icons::Icon;

use super::bar::entry_ui;
use super::context_menu;
use super::drag::{Grip, Target};
use super::ground;
use super::hands::{self, Hands};
use super::index::{DayIndex, is_weekend};
use crate::model::Edit;
use crate::session::state::clock::unique_word;
use crate::session::{CalendarView, Command, Destination, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, name, text_in};
use crate::wording;

const WEEK: f32 = 26.0;
const BAR: f32 = 20.0;

/// Draws the month of `shown`.
pub fn month_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, hands: &mut Hands, shown: NaiveDate) {
    egui::Frame::new().inner_margin(egui::Margin::same(12)).show(ui, |ui| {
        title_ui(ui, cx, shown, Months::new(1));
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let grid = Grid::new(shown, rect);
        heads(ui, cx, &grid);
        for on in grid.days() {
            day_ui(ui, cx, index, &grid, hands, on);
        }
        drag_ui(ui, cx, &grid, hands);
        keyboard_ui(ui, cx, index);
    });
}

/// The title, with buttons for the previous and next period.
pub fn title_ui(ui: &mut Ui, cx: &Cx<'_>, shown: NaiveDate, step: Months) {
    ui.horizontal(|ui| {
        for (icon, label, to) in [
            (Icon::ChevronLeft, "Previous month", shown.checked_sub_months(step)),
            (Icon::ChevronRight, "Next month", shown.checked_add_months(step)),
        ] {
            let inside = to
                .filter(|to| to.with_day(1) >= cx.plan().horizon().from.with_day(1) && *to < cx.plan().horizon().end());
            if icon_button(ui, icon, label, inside.is_some()).clicked()
                && let Some(to) = inside
            {
                cx.show(View::Calendar(CalendarView::Month(to)));
            }
        }
        ui.label(egui::RichText::new(wording::month_and_year(shown)).font(theme::strong(theme::TITLE)));
    });
    ui.add_space(4.0);
}

/// The weeks of the month, starting with the Monday on or before the first.
struct Grid {
    rect: Rect,
    monday: NaiveDate,
    month: u32,
    cell_size: Vec2,
}

impl Grid {
    fn new(shown: NaiveDate, rect: Rect) -> Self {
        let first = shown.with_day(1).unwrap_or(shown);
        let monday = first - TimeDelta::days(first.weekday().num_days_from_monday().into());
        let weeks =
            ((first.weekday().num_days_from_monday() + u32::from(first.num_days_in_month())).div_ceil(7)).max(4);
        let cell_size = Vec2::new((rect.width() - WEEK) / 7.0, (rect.height() - 22.0) / weeks as f32);
        Self { rect, monday, month: first.month(), cell_size }
    }

    fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (rows, monday) = (((self.rect.height() - 22.0) / self.cell_size.y).round() as usize, self.monday);
        monday.iter_days().take(rows * 7)
    }

    fn cell(&self, on: NaiveDate) -> Rect {
        let day = (on - self.monday).num_days();
        let (x, y) = ((day % 7) as f32 * self.cell_size.x, (day / 7) as f32 * self.cell_size.y);
        Rect::from_min_size(self.rect.min + Vec2::new(WEEK + x, 22.0 + y), self.cell_size)
    }

    fn day_at(&self, at: Pos2) -> Option<NaiveDate> {
        self.days().find(|on| self.cell(*on).contains(at))
    }
}

fn heads(ui: &Ui, cx: &Cx<'_>, grid: &Grid) {
    for on in grid.days().take(7) {
        let head = Pos2::new(grid.cell(on).left() + 6.0, grid.rect.top() + 10.0);
        ui.painter().text(
            head,
            Align2::LEFT_CENTER,
            wording::short_weekday(on.weekday()),
            theme::regular(theme::SMALL),
            cx.colors.muted,
        );
    }
    for monday in grid.days().step_by(7) {
        let at = Pos2::new(grid.rect.left() + WEEK - 6.0, grid.cell(monday).top() + 12.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, monday.iso_week().week(), theme::regular(10.0), cx.colors.muted);
    }
}

fn day_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, grid: &Grid, hands: &mut Hands, on: NaiveDate) {
    let (cell, inside) = (grid.cell(on), cx.plan().horizon().contains(on));
    let response = ui.interact(cell, Id::unique(("day", on)), Sense::CLICK);
    name(&response, Role::Button, || wording::date(on));
    context_menu::day_ui(&response, cx, on);
    day_head(ui, cx, index, cell, on, on.month() == grid.month);
    if inside {
        if (response.double_clicked() || response.triple_clicked()) && cx.is_editable() {
            cx.edit(Edit::PutWindow(cx.plan().new_window_on(on, &unique_word())));
        } else if response.clicked() {
            cx.select(Selection::Day(on));
        }
    }
    let entries = index.with_skipped(on);
    let room = (((cell.height() - 24.0) / (BAR + 2.0)) as usize).max(1);
    let shown = if entries.len() > room { room - 1 } else { entries.len() };
    for (nth, entry) in entries.iter().take(shown).enumerate() {
        let top = cell.top() + 22.0 + nth as f32 * (BAR + 2.0);
        let bar = Rect::from_min_size(Pos2::new(cell.left() + 4.0, top), Vec2::new(cell.width() - 8.0, BAR));
        entry_ui(ui, cx, index, entry, bar, true, &mut hands.drag);
    }
    if entries.len() > shown {
        let bottom =
            Rect::from_min_max(Pos2::new(cell.left() + 4.0, cell.bottom() - BAR), cell.max - Vec2::new(4.0, 2.0));
        let more = ui.interact(bottom, Id::unique(("more", on)), Sense::CLICK);
        let label = format!("{} more", entries.len() - shown);
        name(&more, Role::Button, || format!("{label} on {}", wording::date(on)));
        context_menu::day_ui(&more, cx, on);
        ui.painter().text(
            bottom.left_center() + Vec2::new(6.0, 0.0),
            Align2::LEFT_CENTER,
            &label,
            theme::strong(theme::SMALL),
            cx.colors.accent,
        );
        if more.clicked() {
            cx.reveal(Destination::Day(on));
        }
    }
}

fn day_head(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, cell: Rect, on: NaiveDate, this_month: bool) {
    let painter = ui.painter();
    let marks = index.marks(on);
    let fill = if this_month { ground(cx, marks, on).unwrap_or(cx.colors.panel) } else { cx.colors.background };
    painter.rect(cell, CornerRadius::ZERO, fill, Stroke::new(1.0, cx.colors.line), StrokeKind::Inside);
    if marks.is_some_and(|marks| !marks.freezes.is_empty()) {
        hatch(painter, cell.shrink(1.0), cx.colors.hatch);
    }
    let is_today = on == cx.today();
    let ink = match (is_today, this_month) {
        (true, _) => cx.colors.accent,
        (false, true) => cx.colors.text,
        (false, false) => cx.colors.muted,
    };
    let font = if is_today || is_weekend(on) { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    painter.text(cell.min + Vec2::new(8.0, 4.0), Align2::LEFT_TOP, on.day(), font, ink);
    let note = Rect::from_min_max(cell.min + Vec2::new(30.0, 2.0), Pos2::new(cell.right() - 6.0, cell.top() + 22.0));
    if let Some(marks) = marks {
        let others = marks.releases.len().saturating_sub(1);
        let others = if others > 0 { format!(" +{others}") } else { String::new() };
        let release =
            marks.releases.first().map(|release| (format!("▶ {release}{others}"), cx.colors.accent)).into_iter();
        let holiday = marks.holidays.iter().map(|holiday| (holiday.clone(), cx.colors.muted));
        let freeze = marks.freezes.iter().map(|freeze| (freeze.freeze.name.clone(), cx.colors.muted));
        if let Some((text, color)) = release.chain(holiday).chain(freeze).next() {
            text_in(painter, note, &text, theme::regular(theme::SMALL), color);
        }
    }
    if *cx.selection() == Selection::Day(on) {
        painter.rect_stroke(
            cell.shrink(1.0),
            CornerRadius::same(2),
            Stroke::new(1.5, cx.colors.accent),
            StrokeKind::Inside,
        );
    }
}

/// Follows the pointer with a ghost. Days to which the occurrence cannot be moved are dimmed.
fn drag_ui(ui: &Ui, cx: &Cx<'_>, grid: &Grid, hands: &mut Hands) {
    let horizon = cx.plan().horizon();
    let aim = |at, occurrence: &_, _: Grip| {
        grid.day_at(at).filter(|on| horizon.contains(*on)).map(|on| Target::on_day(occurrence, on))
    };
    let Some(held) = hands.follow(ui, cx, aim) else { return };
    if let Some(legal) = hands.legal_days(cx, &held) {
        for on in grid.days().filter(|on| legal.binary_search(on).is_err()) {
            hands::dim(ui.painter(), cx, grid.cell(on));
        }
    }
    let cell = grid.cell(held.target.start.date());
    let stroke = Stroke::new(2.0, cx.colors.accent);
    ui.painter().rect_stroke(cell, CornerRadius::same(2), stroke, StrokeKind::Inside);
    let bar = Rect::from_min_size(cell.min + Vec2::new(4.0, 22.0), Vec2::new(cell.width() - 8.0, BAR));
    hands::ghost(ui.painter(), cx, bar, &held.window.window.name);
}

fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex) {
    if !cx.keys_are_free(ui, None) {
        return;
    }
    let day = cx.selected_day();
    for (key, days) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)] {
        let to = day.checked_add_signed(TimeDelta::days(days)).filter(|to| cx.plan().horizon().contains(*to));
        if let Some(to) = to.filter(|_| pressed(ui, key)) {
            cx.select(Selection::Day(to));
            cx.show(View::Calendar(CalendarView::Month(to)));
        }
    }
    if pressed(ui, Key::Space) {
        super::planner::select_next_entry(cx, index, day);
    }
    if pressed(ui, Key::Enter) {
        cx.reveal(Destination::Day(day));
    }
    if pressed(ui, Key::Insert) {
        cx.run(Command::NewWindow);
    }
    if pressed(ui, Key::Escape) {
        cx.show(View::Calendar(cx.navigation().year));
    }
}
