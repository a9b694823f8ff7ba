//! The filters of the list: severity, family, words.

use std::collections::BTreeSet;

use egui::{Button, Id, Key, RichText, Stroke, TextEdit, Ui};

use super::listing::Filter;
use crate::checks::{Family, Finding, Severity};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;

/// The id of the text filter: arrow keys move in the list while it has the focus.
pub fn text_id() -> Id {
    Id::unique("findings filter")
}

pub fn filters_ui(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        text_ui(ui, &mut filter.text);
        ui.add_space(8.0);
        for severity in Severity::ALL {
            let name = plural(severity);
            let color = cx.colors.severity(severity);
            chip(ui, cx, &mut filter.severities, severity, name, color, |finding| finding.severity == severity);
        }
        ui.add_space(8.0);
        for family in Family::ALL {
            let color = cx.colors.text;
            let is_of = |finding: &Finding| finding.rule.family() == family;
            chip(ui, cx, &mut filter.families, family, family.name(), color, is_of);
        }
        accepted_ui(ui, cx, &mut filter.accepted_only);
        if *filter != Filter::default() && ui.add(Button::new("Show all").frame(false)).clicked() {
            *filter = Filter::default();
        }
    });
}

fn text_ui(ui: &mut Ui, text: &mut String) {
    let edit = TextEdit::singleline(text).id(text_id()).hint_text("Filter by words").desired_width(180.0);
    let response = ui.add(edit).accessible_name("Filter findings");
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
        text.clear();
    }
}

/// A filter with the number of matching findings; hidden if there are none and it is off.
fn chip<T: Ord + Copy>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    chosen: &mut BTreeSet<T>,
    value: T,
    name: &str,
    color: egui::Color32,
    is_of: impl Fn(&Finding) -> bool,
) {
    let count = cx.findings().open().filter(|finding| is_of(finding)).count();
    let is_on = chosen.contains(&value);
    if (count > 0 || is_on) && chip_ui(ui, cx, name, count, color, is_on) && !chosen.remove(&value) {
        chosen.insert(value);
    }
}

/// The filter that shows only accepted findings; hidden if there are none and it is off.
fn accepted_ui(ui: &mut Ui, cx: &Cx<'_>, accepted_only: &mut bool) {
    let count = cx.findings().accepted_count();
    if count > 0 || *accepted_only {
        ui.add_space(8.0);
        *accepted_only ^= chip_ui(ui, cx, "Accepted", count, cx.colors.text, *accepted_only);
    }
}

/// Draws a filter. Returns whether it was clicked.
fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, count: usize, color: egui::Color32, is_on: bool) -> bool {
    let text = RichText::new(format!("{name}  {count}")).font(theme::regular(theme::TEXT)).color(color);
    let line = if is_on { cx.colors.accent } else { cx.colors.line };
    let fill = if is_on { cx.colors.selected } else { cx.colors.panel };
    let button = Button::new(text).selected(is_on).fill(fill).stroke(Stroke::new(1.0, line)).corner_radius(12.0);
    ui.add(button).accessible_name(format!("{name}, {count}")).clicked()
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Note => "Notes",
    }
}
