//! How buttons and keys zoom.

use super::axis::{Visible, midnight};
use crate::session::Selection;
use crate::ui::parts::cx::Cx;

/// How much a click on the buttons, or a key, zooms.
pub const STEP: f64 = 1.6;

/// The instant that stays where it is while the zoom changes: the start of the selection, if it is visible.
pub fn zoom_center(cx: &Cx<'_>, visible: Visible) -> f64 {
    let selected = match cx.selection() {
        Selection::Occurrence(window, on) => {
            cx.schedule().occurrence(window, *on).map(|(_, occurrence)| f64::from(occurrence.start_at.0))
        }
        Selection::Day(on) => Some(f64::from(midnight(*on, &cx.schedule().zone).0)),
        Selection::Nothing | Selection::Several(_) | Selection::Window(_) | Selection::Freeze(_) => None,
    };
    let is_visible = |at: &f64| (visible.from..=visible.to()).contains(at);
    selected.filter(is_visible).unwrap_or(visible.from + visible.minutes / 2.0)
}
