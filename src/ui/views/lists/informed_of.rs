//! What a person or a team is informed of, in their forms.

use egui::Ui;

use crate::model::{InformedOf, address};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::picker::ids;
use crate::ui::parts::widgets::{muted, text};

/// The choices, in the order of [`number`].
const KINDS: [&str; 4] = ["Nothing", InformedOf::BOOKINGS, "Systems or areas", InformedOf::EVERYTHING];

/// `email` is the address to which it goes.
pub fn informed_of_ui(ui: &mut Ui, cx: &Cx<'_>, informed_of: &mut InformedOf, email: &str) {
    section(ui, "Invites without an answer");
    let kinds: Vec<(usize, String)> = KINDS.iter().enumerate().map(|(n, kind)| (n, (*kind).to_owned())).collect();
    let current = number(informed_of);
    let chosen = row(ui, cx, "Informed of", |ui| fields::choice(ui, "Informed of", &kinds, current));
    if let Some(kind) = chosen.filter(|kind| *kind != current) {
        *informed_of = match kind {
            1 => InformedOf::Bookings,
            2 => InformedOf::Affecting { systems: Vec::new(), areas: Vec::new() },
            3 => InformedOf::Everything,
            _ => InformedOf::Nothing,
        };
    }
    if let InformedOf::Affecting { systems, areas } = informed_of {
        let plan = cx.plan();
        let all = || plan.systems().names();
        let named = row(ui, cx, "Systems", |ui| {
            ids(ui, "Informed of systems", systems, "None", &all, |id| plan.systems().name_of(id))
        });
        *systems = named.unwrap_or_else(|| systems.clone());
        let all = || plan.areas().names();
        let named =
            row(ui, cx, "Areas", |ui| ids(ui, "Informed of areas", areas, "None", &all, |id| plan.areas().name_of(id)));
        *areas = named.unwrap_or_else(|| areas.clone());
    }
    text(ui, muted(cx, explanation(informed_of)));
    if *informed_of != InformedOf::Nothing && address(email).is_none() {
        text(ui, muted(cx, "Without an e-mail address, nothing can be sent.").color(cx.colors.warning));
    }
}

fn number(informed_of: &InformedOf) -> usize {
    match informed_of {
        InformedOf::Nothing => 0,
        InformedOf::Bookings => 1,
        InformedOf::Affecting { .. } => 2,
        InformedOf::Everything => 3,
    }
}

fn explanation(informed_of: &InformedOf) -> &'static str {
    match informed_of {
        InformedOf::Nothing => "Gets no invites",
        InformedOf::Bookings => "Gets an invite for each duty, with the times of the duty",
        InformedOf::Affecting { .. } => {
            "Gets an invite for each occurrence that affects these systems, or a system that they depend on, and for each duty"
        }
        InformedOf::Everything => "Gets an invite for every occurrence",
    }
}
