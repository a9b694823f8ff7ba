//! The parts of the window, in the order in which they are read, and the keys that go from one to the next.

use egui::{Context, Rect, Response, Ui};

use crate::ui::parts::cx::Cx;
use crate::ui::parts::focus_return::begins_in_view;
use crate::ui::parts::reading_order::{focus_next, go_to_side_panel, side_panel};

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    TopBar,
    Rail,
    View,
    /// The panel beside the view, which the view draws.
    Panel,
    Inspector,
    StatusBar,
}

impl Region {
    const ALL: [Self; 6] = [Self::TopBar, Self::Rail, Self::View, Self::Panel, Self::Inspector, Self::StatusBar];
}

/// The parts that were drawn in the last frame, and the one that the focus goes to.
#[derive(Default)]
pub struct Regions {
    drawn: Vec<(Region, Rect)>,
    next: Option<Region>,
}

impl Regions {
    /// Begins a frame: follows the command that goes to another part.
    pub fn begin(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let mut drawn = std::mem::take(&mut self.drawn);
        drawn.extend(side_panel(ui.ctx()).map(|rect| (Region::Panel, rect)));
        self.next = match cx.navigation().region_step {
            0 => None,
            step => match focused(ui.ctx()) {
                Some(focused) => neighbor(&drawn, region_of(&drawn, &focused), step > 0),
                None if step > 0 => Some(Region::View),
                None => neighbor(&drawn, Region::View, false),
            },
        };
        if begins_in_view(ui.ctx()) {
            self.next = Some(Region::View);
        }
        if self.next.take_if(|next| *next == Region::Panel).is_some() {
            go_to_side_panel(ui.ctx());
        }
    }

    /// Begins a part: its first control gets the focus if the focus goes there.
    pub fn enter(&mut self, ui: &Ui, region: Region, rect: Rect) {
        self.drawn.push((region, rect));
        if self.next.take_if(|next| *next == region).is_none() {
            return;
        }
        focus_next(ui, region as usize);
    }
}

fn focused(ctx: &Context) -> Option<Response> {
    ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id))
}

/// The part that the control is in. The inspector, which is above the view, counts before it.
fn region_of(drawn: &[(Region, Rect)], focused: &Response) -> Region {
    let center = focused.interact_rect.center();
    let is_above = focused.layer_id != egui::LayerId::background();
    let found = drawn.iter().rev().find(|(region, rect)| {
        let is_possible = *region != Region::Inspector || is_above;
        is_possible && rect.contains(center)
    });
    found.map_or(Region::View, |(region, _)| *region)
}

/// The next or previous part that was drawn.
fn neighbor(drawn: &[(Region, Rect)], here: Region, forward: bool) -> Option<Region> {
    let shown: Vec<Region> =
        Region::ALL.into_iter().filter(|region| drawn.iter().any(|(each, _)| each == region)).collect();
    let at = shown.iter().position(|region| *region == here)?;
    let to = if forward { at + 1 } else { at + shown.len() - 1 };
    shown.get(to % shown.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_not_shown_are_skipped() {
        let shown = [Region::TopBar, Region::Rail, Region::View, Region::StatusBar];
        let drawn: Vec<_> = shown.into_iter().map(|region| (region, Rect::EVERYTHING)).collect();
        assert_eq!(neighbor(&drawn, Region::View, true), Some(Region::StatusBar));
        assert_eq!(neighbor(&drawn, Region::StatusBar, true), Some(Region::TopBar));
        assert_eq!(neighbor(&drawn, Region::TopBar, false), Some(Region::StatusBar));
        assert_eq!(neighbor(&drawn, Region::StatusBar, false), Some(Region::View));
    }
}
