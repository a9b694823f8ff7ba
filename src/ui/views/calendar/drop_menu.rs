//! Asks at the pointer which dates a drag is meant for: this one, this and later ones, or all.

use egui::{Button, Id, LayerId, Popup, PopupAnchor, PopupKind, Pos2, Ui};

use super::drag::Drag;
use crate::model::{Extent, Plan};
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::Pointer;
use crate::ui::parts::widgets::{muted, strong};
use crate::wording::counted;

/// A drag that was released, and where.
pub struct Asked {
    drag: Drag,
    at: Pos2,
    /// The plan in which it was released. Another one has other dates.
    plan: Pointer<Plan>,
    /// What each answer would change.
    answers: Vec<Answer>,
    /// Whether the menu has been drawn.
    is_drawn: bool,
}

/// An answer, with the number of dates that it changes, and of those that keep their own times.
struct Answer {
    extent: Extent,
    changed: usize,
    kept: usize,
}

impl Asked {
    pub fn new(cx: &Cx<'_>, drag: Drag, at: Pos2) -> Self {
        let answers = Extent::ALL.iter().filter_map(|extent| Answer::new(cx, &drag, *extent)).collect();
        Self { drag, at, plan: Pointer::to(cx.plan_pointer()), answers, is_drawn: false }
    }
}

impl Answer {
    fn new(cx: &Cx<'_>, drag: &Drag, extent: Extent) -> Option<Self> {
        let edit = drag.change(cx.schedule(), extent)?;
        let window = cx.schedule().window(&drag.window)?;
        let (changed, kept) = window.changed_dates(cx.plan(), &edit, (extent != Extent::AllDates).then_some(drag.on));
        Some(Self { extent, changed, kept })
    }

    /// "This and later dates (9)"
    fn label(&self) -> String {
        match self.extent {
            Extent::ThisDate => "Only this date".to_owned(),
            Extent::ThisAndLater => format!("This and later dates ({})", self.changed),
            Extent::AllDates => format!("All dates ({})", self.changed),
        }
    }
}

/// Draws the menu while it is open.
pub fn menu_ui(ui: &Ui, cx: &Cx<'_>, state: &mut Option<Asked>) {
    let Some(asked) = state else { return };
    let Some(window) = cx.schedule().window(&asked.drag.window).filter(|_| asked.plan.is(cx.plan_pointer())) else {
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
        for answer in &asked.answers {
            let response = ui.add(Button::new(answer.label()));
            if answer.extent == Extent::ThisDate && !asked.is_drawn {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(answer.extent);
            }
        }
        let kept: usize =
            asked.answers.iter().filter(|answer| answer.extent == Extent::AllDates).map(|answer| answer.kept).sum();
        if kept > 0 {
            let keep = if kept == 1 { "keeps its own times" } else { "keep their own times" };
            ui.label(muted(cx, format!("{} {keep}", counted(kept, "date"))));
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
