//! Scrolls a list of equally high rows to the row of the cursor.

use egui::scroll_area::ScrollAreaOutput;
use egui::{Id, Ui};

/// The least scrolling that makes a row visible. `list` is the id under which [`remember`] has noted what is visible.
pub fn offset_to_show(ui: &Ui, list: Id, row: usize, row_height: f32) -> f32 {
    let visible = ui.data(|data| data.get_temp::<(f32, f32)>(list)).unwrap_or((0.0, row_height));
    offset(visible, row, row_height)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_out_of_sight_scroll_the_list() {
        let visible = (100.0, 60.0);
        for (row, expected) in [(4, 80.0), (5, 100.0), (7, 100.0), (8, 120.0), (0, 0.0)] {
            assert!((offset(visible, row, 20.0) - expected).abs() < 0.01, "row {row}");
        }
    }
}
