//! Lists of equally high rows: which rows are visible, and scrolling to the row of the cursor.

use std::ops::Range;

use egui::scroll_area::ScrollAreaOutput;
use egui::{Id, ScrollArea, Ui};

/// The rows that are at least partly between two heights, which are relative to the top of the first row.
pub fn rows_between(from: f32, to: f32, row_height: f32, count: usize) -> Range<usize> {
    let first = (from / row_height).floor().max(0.0) as usize;
    let end = (to / row_height).ceil().max(0.0) as usize;
    first.min(count)..end.min(count)
}

/// The least scrolling that makes a row visible. `list` is the id under which [`remember`] has noted what is visible.
pub fn offset_to_show(ui: &Ui, list: Id, row: usize, row_height: f32) -> f32 {
    let visible = ui.data(|data| data.get_temp::<(f32, f32)>(list)).unwrap_or((0.0, row_height));
    offset(visible, row, row_height)
}

/// The row to scroll to when Tab has reached a row at the end of the rows that are drawn: the one after the next, in case
/// that one is a title. Otherwise the next Tab would leave the list. None within the drawn rows.
pub fn beyond(row: usize, drawn: &Range<usize>) -> Option<usize> {
    if row <= drawn.start {
        Some(row.saturating_sub(2))
    } else if row + 2 >= drawn.end {
        Some(row + 2)
    } else {
        None
    }
}

/// Notes which part of a list is visible, for the next frame.
pub fn remember<R>(ui: &Ui, list: Id, shown: &ScrollAreaOutput<R>) {
    let visible = (shown.state.clamped_offset().y, shown.inner_rect.height());
    ui.data_mut(|data| data.insert_temp(list, visible));
}

/// The offset, given the current one and the visible height.
fn offset((current, height): (f32, f32), row: usize, row_height: f32) -> f32 {
    let top = row as f32 * row_height;
    current.min(top).max(top + row_height - height).max(0.0)
}

/// The area, scrolled to its top if it shows something else than in the last frame.
pub fn to_top(ui: &Ui, area: ScrollArea, name: &str, shown: &str) -> ScrollArea {
    let id = ui.make_persistent_id(("shown in", name));
    let last = ui.data(|data| data.get_temp::<String>(id));
    if last.as_deref() == Some(shown) {
        return area;
    }
    ui.data_mut(|data| data.insert_temp(id, shown.to_owned()));
    area.vertical_scroll_offset(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_partly_in_view_are_visible() {
        for (top, bottom, count, expected) in [
            (0.0, 200.0, 500, 0..10),
            (30.0, 50.0, 500, 1..3),
            (2_005.0, 2_085.0, 500, 100..105),
            (2_005.0, 2_085.0, 102, 100..102),
            (2_005.0, 2_085.0, 3, 3..3),
            (-50.0, -10.0, 3, 0..0),
        ] {
            assert_eq!(rows_between(top, bottom, 20.0, count), expected, "{top}");
        }
    }

    #[test]
    fn rows_beyond_the_drawn_ones_are_shown_before_tab_needs_them() {
        for (row, expected) in [(4, Some(2)), (5, None), (7, None), (8, Some(10)), (9, Some(11))] {
            assert_eq!(beyond(row, &(4..10)), expected, "row {row}");
        }
        assert_eq!(beyond(0, &(0..10)), Some(0));
    }

    #[test]
    fn only_rows_out_of_sight_scroll_the_list() {
        let visible = (100.0, 60.0);
        for (row, expected) in [(4, 80.0), (5, 100.0), (7, 100.0), (8, 120.0), (0, 0.0)] {
            assert!((offset(visible, row, 20.0) - expected).abs() < 0.01, "row {row}");
        }
    }
}
