//! The filters of the list: severity, family, words.

use std::collections::BTreeSet;

use egui::{Button, Id, Ui};

use super::listing::{Filter, Listing};
use crate::checks::{Family, Severity};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::filters::{filter_chip, filter_field};
use crate::ui::parts::states::quiet_button;

/// The id of the text filter: arrow keys move in the list while it has the focus.
pub fn text_id() -> Id {
    Id::unique("findings filter")
}

/// `listing` has counted the findings.
pub fn filters_ui(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter, listing: &Listing) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        filter_field(ui, text_id(), "Filter findings", "Filter by words", 180.0, &mut filter.text);
        ui.add_space(8.0);
        for severity in Severity::ALL {
            let name = plural(severity);
            let (color, count) = (cx.colors.severity(severity), cx.findings().count(severity));
            kind_ui(ui, cx, &mut filter.severities, severity, name, color, count);
        }
        ui.add_space(8.0);
        for family in Family::ALL {
            let count = listing.count_of_family(family);
            kind_ui(ui, cx, &mut filter.families, family, family.name(), cx.colors.text, count);
        }
        accepted_ui(ui, cx, &mut filter.accepted_only);
        if *filter != Filter::default() && quiet_button(ui, cx, Button::new("Show all")).clicked() {
            *filter = Filter::default();
        }
    });
}

/// A filter with the number of matching findings; hidden if there are none and it is off.
fn kind_ui<T: Ord + Copy>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    chosen: &mut BTreeSet<T>,
    value: T,
    name: &str,
    color: egui::Color32,
    count: usize,
) {
    let is_on = chosen.contains(&value);
    if (count > 0 || is_on) && filter_chip(ui, cx, name, count, color, is_on) && !chosen.remove(&value) {
        chosen.insert(value);
    }
}

/// The filter that shows only accepted findings; hidden if there are none and it is off.
fn accepted_ui(ui: &mut Ui, cx: &Cx<'_>, accepted_only: &mut bool) {
    let count = cx.findings().accepted_count();
    if count > 0 || *accepted_only {
        ui.add_space(8.0);
        *accepted_only ^= filter_chip(ui, cx, "Accepted", count, cx.colors.text, *accepted_only);
    }
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Note => "Notes",
    }
}
