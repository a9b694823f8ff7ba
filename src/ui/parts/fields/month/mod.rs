//! A month beside a date field, from which a day can be chosen: by the pointer, or with the arrow keys.

mod marks;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use egui::{
    Align2, Context, CornerRadius, EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Pos2, Rect, Response,
    Role, Sense, Stroke, StrokeKind, Ui, Vec2,
};
use lucide_icons::Icon;

use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::widgets::{muted, name, step_button, strong, text};
use crate::ui::parts::{keys, theme, while_shown};
use crate::wording::{self, WEEK, typed::is_in_range};
use marks::DayMark;

const CELL: Vec2 = Vec2::new(34.0, 28.0);
/// The width of the button in the field.
const BUTTON: f32 = 22.0;
/// Room for the number of the week, left of its days.
const WEEK_NUMBER: f32 = 26.0;
const DAYS: usize = 42;

/// What is chosen from the month.
pub(super) struct MonthPicker<'a> {
    /// The name of the field.
    pub name: &'a str,
    /// The text field, which gets the focus back.
    pub field: &'a Response,
    pub current: Option<NaiveDate>,
    /// Why a day cannot be chosen.
    pub check: &'a dyn Fn(NaiveDate) -> Result<(), String>,
}

/// How the month is left.
enum Outcome {
    Closed,
    Chosen(NaiveDate),
}

impl MonthPicker<'_> {
    /// Draws the button; a click on it, or Alt+Down in the field, opens the month. Returns the day that is chosen.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>) -> Option<NaiveDate> {
        let is_enabled = ui.is_enabled();
        let button = self.button_ui(ui, cx);
        let popup_id = Popup::default_response_id(&button);
        let field = self.field.id;
        let has_focus = ui.memory(|memory| memory.has_focus(field));
        if is_enabled && has_focus && ui.input_mut(|input| input.consume_key(Modifiers::ALT, Key::ArrowDown)) {
            Popup::open_id(ui.ctx(), popup_id);
        }
        let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let outcome = popup.show(|ui| {
            // A menu stretches its lines.
            let lines = egui::Layout::top_down(egui::Align::Min);
            ui.with_layout(lines, |ui| self.month_ui(ui, cx)).inner
        });
        let outcome = outcome.and_then(|shown| shown.inner)?;
        Popup::close_id(ui.ctx(), popup_id);
        ui.memory_mut(|memory| memory.request_focus(field));
        match outcome {
            Outcome::Closed => None,
            Outcome::Chosen(on) => Some(on).filter(|on| self.current != Some(*on)),
        }
    }

    /// The button inside the right end of the field. Tab skips it: the keys do the same.
    fn button_ui(&self, ui: &Ui, cx: &Cx<'_>) -> Response {
        let field = self.field.rect;
        let rect = field.with_min_x(field.right() - BUTTON);
        let sense = if ui.is_enabled() { Sense::CLICK } else { Sense::hover() };
        let button = ui.interact(rect, self.field.id.with("month button"), sense);
        let label = format!("{}: choose from a month (Alt+Down)", self.name);
        name(&button, Role::Button, || label.clone());
        let color = if button.hovered() { cx.colors.accent } else { cx.colors.muted };
        let mark = char::from(Icon::CalendarDays);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, mark, theme::icon(13.0), color);
        button.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(label)
    }

    fn can_be_chosen(&self, on: NaiveDate) -> Result<(), String> {
        if is_in_range(on) { (self.check)(on) } else { Err("Outside the years that a plan can have".to_owned()) }
    }

    fn month_ui(&self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Outcome> {
        let grid = self.field.id.with("month");
        let kept: Option<NaiveDate> = while_shown::get(ui, grid, self.current);
        let mut cursor = kept.unwrap_or_else(|| self.current.unwrap_or_else(|| cx.today()));
        ui.set_width(WEEK_NUMBER + 7.0 * CELL.x);
        ui.spacing_mut().item_spacing.y = 2.0;
        head_ui(ui, cx, &mut cursor);
        let entered = keyboard(ui, grid, &mut cursor);
        let first = first_shown(cursor);
        let marks = marks::marks(cx, first, DAYS);
        let clicked = self.days_ui(ui, cx, grid, (first, cursor), &marks);
        let mark = usize::try_from((cursor - first).num_days()).ok().and_then(|day| marks.get(day));
        ui.add_space(6.0);
        text(ui, strong(mark.map_or_else(|| wording::date(cursor), |mark| mark.text(cursor))));
        let problem = self.can_be_chosen(cursor).err();
        text(ui, muted(cx, problem.unwrap_or_else(|| "Enter chooses, Page Up and Down turn the month".to_owned())));
        while_shown::set::<Option<NaiveDate>, Option<NaiveDate>>(ui, grid, Some(cursor));
        let chosen = match entered {
            Some(Outcome::Closed) => return Some(Outcome::Closed),
            Some(Outcome::Chosen(on)) => Some(on),
            None => clicked,
        };
        chosen.filter(|on| self.can_be_chosen(*on).is_ok()).map(Outcome::Chosen)
    }

    /// Draws six weeks from `first`. Returns the day that was clicked.
    fn days_ui(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        grid: Id,
        (first, cursor): (NaiveDate, NaiveDate),
        marks: &[DayMark],
    ) -> Option<NaiveDate> {
        let (area, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), CELL.y * 6.0 + 18.0), Sense::hover());
        let response = ui.interact(area, grid, Sense::focusable_noninteractive());
        let spoken = marks.get(usize::try_from((cursor - first).num_days()).unwrap_or_default());
        name(&response, Role::Grid, || spoken.map_or_else(String::new, |mark| mark.text(cursor)));
        let painter = ui.painter();
        let small = theme::regular(theme::SMALL);
        for (column, day) in WEEK.into_iter().enumerate() {
            let at = area.min + Vec2::new(WEEK_NUMBER + (column as f32 + 0.5) * CELL.x, 8.0);
            painter.text(at, Align2::CENTER_CENTER, &wording::short_weekday(day)[..2], small.clone(), cx.colors.muted);
        }
        let mut clicked = None;
        for (number, (on, mark)) in first.iter_days().zip(marks).enumerate() {
            let (column, row) = ((number % 7) as f32, (number / 7) as f32);
            let corner = area.min + Vec2::new(WEEK_NUMBER + column * CELL.x, 18.0 + row * CELL.y);
            let cell = Rect::from_min_size(corner, CELL).shrink(1.0);
            if column == 0.0 {
                let at = Pos2::new(area.left() + WEEK_NUMBER - 8.0, cell.center().y);
                painter.text(at, Align2::RIGHT_CENTER, on.iso_week().week(), small.clone(), cx.colors.muted);
            }
            let response = ui.interact(cell, grid.with(on), Sense::CLICK);
            name(&response, Role::Button, || mark.text(on));
            let is_possible = self.can_be_chosen(on).is_ok();
            self.day_ui(ui, cx, &response, (on, cursor), is_possible, mark);
            if response.clicked() && is_possible {
                clicked = Some(on);
            }
            response.on_hover_text(mark.text(on));
        }
        clicked
    }

    fn day_ui(
        &self,
        ui: &Ui,
        cx: &Cx<'_>,
        response: &Response,
        (on, cursor): (NaiveDate, NaiveDate),
        is_possible: bool,
        mark: &DayMark,
    ) {
        let (painter, cell, radius) = (ui.painter(), response.rect, CornerRadius::same(3));
        let is_weekend = on.weekday().num_days_from_monday() > 4;
        let ground = match () {
            () if self.current == Some(on) => Some(cx.colors.selected),
            () if response.hovered() => Some(cx.colors.hover),
            () if !mark.holidays.is_empty() => Some(cx.colors.holiday),
            () => is_weekend.then_some(cx.colors.weekend),
        };
        if let Some(ground) = ground {
            painter.rect_filled(cell, radius, ground);
        }
        if !mark.freezes.is_empty() {
            // Below the number, so that it can be read.
            hatch(painter, cell.with_min_y(cell.bottom() - 8.0), cx.colors.hatch);
        }
        let is_today = on == cx.today();
        let color = match () {
            () if !is_possible => cx.colors.outline,
            () if is_today => cx.colors.accent,
            () if on.month() != cursor.month() => cx.colors.muted,
            () => cx.colors.text,
        };
        let font = if is_today { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
        painter.text(cell.center() - Vec2::new(0.0, 2.0), Align2::CENTER_CENTER, on.day(), font, color);
        if mark.window.is_some() {
            painter.circle_filled(Pos2::new(cell.center().x, cell.bottom() - 4.0), 2.5, cx.colors.accent);
        }
        if on == cursor {
            painter.rect_stroke(cell, radius, Stroke::new(2.0, cx.colors.accent), StrokeKind::Inside);
        }
    }
}

/// The name of the month, and the way to others. Tab skips the buttons: the keys do the same.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, cursor: &mut NaiveDate) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let steps = [(Icon::ChevronLeft, "Previous month", -1), (Icon::ChevronRight, "Next month", 1)];
        for (icon, label, by) in steps {
            if step_button(ui, icon, label, true).clicked() {
                *cursor = months_from(*cursor, by);
            }
        }
        ui.add_space(4.0);
        ui.label(strong(wording::month_and_year(*cursor)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if step_button(ui, Icon::CalendarCheck, "Go to today", true).clicked() {
                *cursor = cx.today();
            }
        });
    });
}

/// The keys of the month, which has the focus while it is open.
fn keyboard(ui: &Ui, grid: Id, cursor: &mut NaiveDate) -> Option<Outcome> {
    // While the month is only being measured, nothing in it can take the focus.
    if ui.is_sizing_pass() {
        return None;
    }
    take_focus(ui.ctx(), grid);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if keys::escapes(ui) || pressed(Key::Tab) {
        return Some(Outcome::Closed);
    }
    let days = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)];
    for (key, by) in days {
        if pressed(key) {
            *cursor = cursor.checked_add_signed(TimeDelta::days(by)).filter(|on| is_in_range(*on)).unwrap_or(*cursor);
        }
    }
    let is_year = ui.input(|input| input.modifiers.shift);
    for (key, by) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
        if ui.input_mut(|input| input.consume_key(input.modifiers, key)) {
            *cursor = months_from(*cursor, if is_year { by * 12 } else { by });
        }
    }
    if pressed(Key::Home) {
        *cursor = cursor.with_day(1).unwrap_or(*cursor);
    }
    if pressed(Key::End) {
        *cursor = cursor.with_day(cursor.num_days_in_month().into()).unwrap_or(*cursor);
    }
    (pressed(Key::Enter) || pressed(Key::Space)).then_some(Outcome::Chosen(*cursor))
}

fn take_focus(ctx: &Context, grid: Id) {
    keys::keep_for(ctx, grid);
    ctx.memory_mut(|memory| {
        if !memory.has_focus(grid) {
            memory.request_focus(grid);
        }
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        memory.set_focus_lock_filter(grid, filter);
    });
}

/// The day with the same number in another month, or the last one of that month.
fn months_from(on: NaiveDate, by: i32) -> NaiveDate {
    let months = Months::new(by.unsigned_abs());
    let to = if by < 0 { on.checked_sub_months(months) } else { on.checked_add_months(months) };
    to.filter(|on| is_in_range(*on)).unwrap_or(on)
}

/// The Monday of the week with the first of the month.
fn first_shown(on: NaiveDate) -> NaiveDate {
    let first = on.with_day(1).unwrap_or(on);
    first - TimeDelta::days(first.weekday().num_days_from_monday().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_weeks_from_a_monday_have_all_days_of_the_month() {
        let mut on: NaiveDate = "2026-01-31".parse().unwrap();
        for _ in 0..40 {
            let first = first_shown(on);
            assert_eq!(first.weekday(), chrono::Weekday::Mon);
            let shown: Vec<NaiveDate> = first.iter_days().take(DAYS).collect();
            let last = on.with_day(on.num_days_in_month().into()).unwrap();
            assert!(shown.contains(&on.with_day(1).unwrap()) && shown.contains(&last), "{on}");
            on = months_from(on, 1);
        }
    }

    #[test]
    fn another_month_keeps_the_day_or_takes_its_last_and_stays_in_the_years_of_plans() {
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_from(on("2027-01-31"), 1), on("2027-02-28"));
        assert_eq!(months_from(on("2028-02-29"), 12), on("2029-02-28"));
        assert_eq!(months_from(on("1980-01-15"), -1), on("1980-01-15"));
        assert_eq!(months_from(on("2100-12-15"), 12), on("2100-12-15"));
    }
}
