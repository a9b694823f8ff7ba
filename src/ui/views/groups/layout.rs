//! The rectangles of columns and cards. Pure.

use egui::{Pos2, Rect, Vec2};

const GAP: f32 = 12.0;
const NARROWEST: f32 = 216.0;
pub const CARD: f32 = 52.0;
/// From the top of one card to the top of the next.
pub const CARD_STEP: f32 = CARD + 8.0;

/// The parts of one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnLayout {
    pub rect: Rect,
    pub head: Rect,
    /// The line below the head.
    pub note: Rect,
    pub list: Rect,
    pub foot: Rect,
}

/// The minimum width of `columns` columns; a wider board uses the available width.
pub fn board_width(columns: usize, available: f32) -> f32 {
    let least = columns as f32 * (NARROWEST + GAP) - GAP;
    available.max(least)
}

/// The columns side by side in `area`, all with the same width.
pub fn columns(area: Rect, count: usize) -> Vec<ColumnLayout> {
    let width = (area.width() + GAP) / count.max(1) as f32 - GAP;
    (0..count)
        .map(|index| {
            let left = area.left() + index as f32 * (width + GAP);
            column(Rect::from_min_size(Pos2::new(left, area.top()), Vec2::new(width, area.height())))
        })
        .collect()
}

fn column(rect: Rect) -> ColumnLayout {
    let (head, rest) = rect.split_top_bottom_at_y(rect.top() + 64.0);
    let (note, rest) = rest.split_top_bottom_at_y(rest.top() + 30.0);
    let (list, foot) = rest.split_top_bottom_at_y((rest.bottom() - 88.0).max(rest.top() + CARD));
    ColumnLayout {
        rect,
        head,
        note,
        list: list.shrink2(Vec2::new(12.0, 0.0)),
        foot: foot.shrink2(Vec2::new(16.0, 0.0)),
    }
}

/// Height of `count` cards in one column.
pub fn cards_height(count: usize) -> f32 {
    count as f32 * CARD_STEP
}

/// The card at `index`; `top` is the top of the first one.
pub fn card(list: Rect, top: f32, index: usize) -> Rect {
    Rect::from_min_size(Pos2::new(list.left(), top + index as f32 * CARD_STEP), Vec2::new(list.width(), CARD))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area() -> Rect {
        Rect::from_min_size(Pos2::new(10.0, 20.0), Vec2::new(1200.0, 700.0))
    }

    #[test]
    fn columns_share_the_width_and_stand_apart() {
        let columns = columns(area(), 5);
        assert!((columns[4].rect.right() - area().right()).abs() < 0.01);
        assert!(columns.windows(2).all(|pair| (pair[1].rect.left() - pair[0].rect.right() - GAP).abs() < 0.01));
    }

    #[test]
    fn a_board_of_many_columns_is_wider_than_the_screen() {
        assert!(board_width(5, 1200.0) <= 1200.0);
        assert!(board_width(12, 1200.0) > 2000.0);
    }

    #[test]
    fn the_parts_of_a_column_follow_one_another() {
        let column = columns(area(), 3)[1];
        let parts = [column.head, column.note, column.list, column.foot];
        assert!(parts.windows(2).all(|pair| (pair[0].bottom() - pair[1].top()).abs() < 0.01));
        assert!((column.foot.bottom() - column.rect.bottom()).abs() < 0.01);
    }
}
