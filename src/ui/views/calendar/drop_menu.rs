//! Asks at the pointer which dates a drag is meant for: this one, this and later ones, or all.

use egui::{Button, Id, LayerId, Popup, PopupAnchor, PopupKind, Pos2, Ui};

use super::drag::Drag;
use crate::model::Extent;
use crate::schedule::WindowSchedule;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, strong};
use crate::wording::counted;

/// A drag that was released, and where.
pub struct Asked {
    drag: Drag,
    at: Pos2,
    /// Whether the menu has been drawn.
    is_drawn: bool,
}

impl Asked {
    pub fn new(drag: Drag, at: Pos2) -> Self {
        Self { drag, at, is_drawn: false }
    }
}

/// Draws the menu while it is open.
pub fn menu_ui(ui: &Ui, cx: &Cx<'_>, state: &mut Option<Asked>) {
    let Some(asked) = state else { return };
    let Some(window) = cx.schedule().window(&asked.drag.window) else {
        *state = None;
        return;
    };
    let mut is_open = true;
    let popup =
        Popup::new(Id::unique("which dates"), ui.ctx().clone(), PopupAnchor::Position(asked.at), LayerId::background());
    let popup = popup.kind(PopupKind::Menu).accessible_name("Which dates?").open_bool(&mut is_open);
    let chosen = popup.show(|ui| {
        ui.set_min_width(230.0);
        ui.label(strong(format!("Change {}", window.window.name)));
        let mut chosen = None;
        for extent in Extent::ALL {
            let response = ui.add(Button::new(label(window, asked.drag.on, extent)));
            if extent == Extent::ThisDate && !asked.is_drawn {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(extent);
            }
        }
        let (_, kept) = window.extent_counts(asked.drag.on, Extent::AllDates);
        if kept > 0 {
            let stays = if kept == 1 { "was moved alone and stays" } else { "were moved alone and stay" };
            ui.label(muted(cx, format!("{} {stays}", counted(kept, "date"))));
        }
        if ui.button("Cancel").clicked() {
            ui.close();
        }
        chosen
    });
    asked.is_drawn = true;
    let chosen = chosen.and_then(|shown| shown.inner);
    if let Some(extent) = chosen {
        apply(cx, &asked.drag, extent);
    }
    if chosen.is_some() || !is_open {
        *state = None;
    }
}

fn apply(cx: &Cx<'_>, drag: &Drag, extent: Extent) {
    if let Some(edit) = drag.change(cx.schedule(), extent) {
        cx.edit(edit);
        cx.select(Selection::Occurrence(drag.window.clone(), drag.on));
    }
}

/// "This and later dates (9)"
fn label(window: &WindowSchedule, on: chrono::NaiveDate, extent: Extent) -> String {
    let (count, _) = window.extent_counts(on, extent);
    match extent {
        Extent::ThisDate => "Only this date".to_owned(),
        Extent::ThisAndLater => format!("This and later dates ({count})"),
        Extent::AllDates => format!("All dates ({count})"),
    }
}
