//! A note beside the pointer on what a dragged freeze would displace, since the inspector may be closed or far away.

use egui::{Id, Label, PopupAnchor, RichText, Tooltip, Ui};

use crate::checks::{DisplacedOccurrence, Fix, SEARCHED_DAYS};
use crate::model::Edit;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, strong};
use crate::ui::views::calendar::displacement::Displacement;
use crate::wording::{self, counted};

/// At most this many are listed beside the pointer; the inspector lists more.
const LISTED: usize = 4;
const WIDTH: f32 = 420.0;
/// Longer lines are wrapped.
const LONG: usize = 70;

/// The ghost's days, and each displaced occurrence with its next free date.
pub fn note_ui(ui: &Ui, cx: &Cx<'_>, displacement: &Displacement) {
    let id = Id::unique("what a dragged freeze displaces");
    let note = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(16.0).width(WIDTH);
    note.show(|ui| {
        let (first, last) = (displacement.freeze.first_on, displacement.freeze.last_on);
        ui.label(strong(wording::dates(first, last)));
        let count = displacement.all.len();
        if count == 0 {
            ui.label(RichText::new("Nothing is displaced").color(cx.colors.good));
            return;
        }
        ui.label(format!("{} displaced", counted(count, "occurrence")));
        for line in lines(cx, displacement) {
            let is_long = line.chars().count() > LONG;
            let label = Label::new(line);
            ui.add(if is_long { label.wrap() } else { label.extend() });
        }
        if count > LISTED {
            ui.label(muted(cx, wording::and_more(count - LISTED)));
        }
    });
}

/// "Core DB patching, Sat 18 Dec 2027 → Sat 8 Jan 2028"
fn lines(cx: &Cx<'_>, displacement: &Displacement) -> Vec<String> {
    let line = |(displaced, move_out): (&DisplacedOccurrence, &Option<Fix>)| {
        let (window, occurrence) = displaced.find(cx.schedule())?;
        let next = match move_out.as_ref().map(|fix| &fix.edit) {
            Some(Edit::MoveOccurrence { to, .. }) => wording::date(*to),
            _ => format!("no date is free within {SEARCHED_DAYS} days"),
        };
        Some(format!("{}, {} → {next}", window.window.name, wording::date(occurrence.on())))
    };
    displacement.all.iter().zip(&displacement.moves).take(LISTED).filter_map(line).collect()
}
