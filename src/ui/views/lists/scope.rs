//! The fields of a scope: everything, or areas, ladders or systems.

use egui::Ui;

use crate::model::SystemScope;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::picker::ids;

pub fn scope_ui(ui: &mut Ui, cx: &Cx<'_>, scope: &mut SystemScope) {
    let kinds = ["Everything", "Business areas", "Ladders", "Systems"];
    let kinds: Vec<(usize, String)> = kinds.iter().enumerate().map(|(n, kind)| (n, (*kind).to_owned())).collect();
    let current = match scope {
        SystemScope::Everything => 0,
        SystemScope::Areas(_) => 1,
        SystemScope::Ladders(_) => 2,
        SystemScope::Systems(_) => 3,
    };
    if let Some(kind) = row(ui, cx, "Covers", |ui| fields::choice(ui, "Covers", &kinds, current)) {
        *scope = match kind {
            1 => SystemScope::Areas(Vec::new()),
            2 => SystemScope::Ladders(Vec::new()),
            3 => SystemScope::Systems(Vec::new()),
            _ => SystemScope::Everything,
        };
    }
    let plan = cx.plan();
    macro_rules! which {
        ($ids:expr, $table:expr) => {{
            let all = || $table.names();
            let chosen =
                row(ui, cx, "Which", |ui| ids(ui, "Which it covers", $ids, "None yet", &all, |id| $table.name_of(id)));
            if let Some(chosen) = chosen {
                *$ids = chosen;
            }
        }};
    }
    match scope {
        SystemScope::Everything => {}
        SystemScope::Areas(ids_) => which!(ids_, plan.areas()),
        SystemScope::Ladders(ids_) => which!(ids_, plan.ladders()),
        SystemScope::Systems(ids_) => which!(ids_, plan.systems()),
    }
}
