//! All months at once, small: where how much is planned, and where there are problems.

mod card;
mod keyboard;

use chrono::{Datelike, NaiveDate};
use egui::{Id, Margin, Pos2, Rect, Role, ScrollArea, Sense, Ui, Vec2};

use super::index::DayIndex;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::name;
use card::{NARROWEST, card_ui};

const GAP: f32 = 12.0;
/// The least height of a month: six weeks in which each day has its number and stripes below it.
const LOWEST: f32 = 196.0;

/// What is kept of the months between frames.
#[derive(Default)]
pub struct MonthsState {
    /// The selection that was scrolled to last.
    revealed: Selection,
}

/// Draws the months in as many columns as fit.
pub fn months_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, state: &mut MonthsState) {
    let months = months(cx);
    egui::Frame::new().inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 8 }).show(ui, |ui| {
        let area = ui.available_rect_before_wrap();
        let canvas = ui.interact(area, Id::unique("months"), Sense::focusable_noninteractive());
        name(&canvas, Role::Group, || "All months".to_owned());
        let width = area.width();
        let columns = (((width + GAP) / (NARROWEST + GAP)) as usize).clamp(1, if months.len() > 12 { 6 } else { 4 });
        let rows = months.len().div_ceil(columns);
        let column = (width - GAP * (columns as f32 - 1.0)) / columns as f32;
        let row = ((area.height() - GAP * (rows as f32 - 1.0)) / rows as f32).max(LOWEST);
        let is_new = state.revealed != *cx.selection() || cx.navigation().scrolls_to_selection;
        state.revealed = cx.selection().clone();
        let day = cx.selected_day();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let height = rows as f32 * (row + GAP) - GAP;
            let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
            for (nth, month) in months.iter().enumerate() {
                let (x, y) = ((nth % columns) as f32 * (column + GAP), (nth / columns) as f32 * (row + GAP));
                let card = Rect::from_min_size(rect.min + Vec2::new(x, y), Vec2::new(column, row));
                let has_selection = (day.year(), day.month()) == (month.year(), month.month());
                if is_new && has_selection && *cx.selection() != Selection::Nothing {
                    ui.scroll_to_rect(card, None);
                }
                if ui.is_rect_visible(card) {
                    card_ui(ui, cx, index, card, *month, canvas.has_focus());
                }
            }
        });
        keyboard::keyboard_ui(ui, cx, index, &canvas);
    });
}

/// The first day of each month of the plan.
fn months(cx: &Cx<'_>) -> Vec<NaiveDate> {
    let horizon = cx.plan().horizon();
    let first = horizon.from.with_day(1).unwrap_or(horizon.from);
    first.iter_days().filter(|on| on.day() == 1).take_while(|on| *on < horizon.end()).collect()
}

/// The cells of a month in `area`: as many rows as it has weeks.
struct Cells {
    origin: Pos2,
    size: Vec2,
    /// The weekday of the first, from Monday.
    offset: u32,
}

impl Cells {
    fn new(month: NaiveDate, area: Rect) -> Self {
        let offset = month.weekday().num_days_from_monday();
        let weeks = (offset + u32::from(month.num_days_in_month())).div_ceil(7).max(5);
        Self { origin: area.min, size: Vec2::new(area.width() / 7.0, area.height() / weeks as f32), offset }
    }

    fn cell(&self, on: NaiveDate) -> Rect {
        let square = on.day0() + self.offset;
        let (x, y) = ((square % 7) as f32 * self.size.x, (square / 7) as f32 * self.size.y);
        Rect::from_min_size(self.origin + Vec2::new(x, y), self.size).shrink(1.0)
    }

    fn begins_week(&self, on: NaiveDate) -> bool {
        on.day() == 1 || (on.day0() + self.offset).is_multiple_of(7)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_five_or_six_rows() {
        let area = Rect::from_min_size(Pos2::ZERO, Vec2::new(140.0, 120.0));
        let height = |month: &str| {
            let month: NaiveDate = month.parse().unwrap();
            let cells = Cells::new(month, area);
            let last = cells.cell(month + chrono::TimeDelta::days(i64::from(month.num_days_in_month()) - 1));
            assert!(area.contains_rect(last), "{last:?}");
            cells.size.y
        };
        assert_eq!((height("2027-03-01"), height("2027-05-01"), height("2027-02-01")), (24.0, 20.0, 24.0));
    }
}
