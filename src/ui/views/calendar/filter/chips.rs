//! The chosen parts of the filter as chips.

use egui::text::LayoutJob;
use egui::{Button, Color32, FontId, Stroke, TextFormat, Ui};
use lucide_icons::Icon;

use super::{FilterState, inputs, set, traits};
use crate::session::{FilterMatches, FilterPart, FindingsChoice};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::wording::counted;

/// Draws each chosen part with the number of windows that it leaves; a click removes it.
pub fn chips_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState, matches: &FilterMatches) {
    let filter = &cx.navigation().filter;
    let counts = state.chosen.get(inputs(cx), || {
        let traits = traits(cx);
        filter.parts.iter().map(|part| matches.count_with(&traits, part)).collect()
    });
    for (part, count) in filter.parts.iter().zip(counts.iter()) {
        if chip_ui(ui, cx, part, *count) {
            set(cx, filter.with_toggled(part));
        }
    }
}

fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, part: &FilterPart, count: usize) -> bool {
    let (kind, title) = (part.kind().name(), part.title(cx.plan()));
    let is_known = part.is_known(cx.plan());
    let color = color(cx, part, is_known);
    let mut text = LayoutJob::default();
    let mut append = |text_part: &str, font: FontId, color: Color32| {
        text.append(text_part, 0.0, TextFormat { font_id: font, color, ..TextFormat::default() });
    };
    append(&title, theme::strong(theme::TEXT), color);
    if is_known {
        append(&format!("  {count}  "), theme::regular(theme::TEXT), cx.colors.muted);
    } else {
        append("  not in this plan  ", theme::regular(theme::SMALL), cx.colors.muted);
    }
    append(&char::from(Icon::X).to_string(), theme::icon(11.0), cx.colors.muted);
    let line = Stroke::new(1.0, cx.colors.accent);
    let button = Button::new(text).fill(cx.colors.selected).stroke(line).corner_radius(12.0);
    let left = if is_known { counted(count as i64, "window") } else { "not in this plan".to_owned() };
    let response = ui.add(button).accessible_name(format!("Remove filter {kind} {title}, {left}"));
    response.on_hover_text(format!("{kind}: {title}. Click to remove it from the filter")).clicked()
}

fn color(cx: &Cx<'_>, part: &FilterPart, is_known: bool) -> Color32 {
    match part {
        FilterPart::Stage(stage @ Some(_)) => cx.colors.stage(*stage).ink,
        FilterPart::Findings(FindingsChoice::Errors) => cx.colors.error,
        FilterPart::Findings(FindingsChoice::Warnings) => cx.colors.warning,
        FilterPart::Stage(None)
        | FilterPart::Ladder(_)
        | FilterPart::Area(_)
        | FilterPart::Team(_)
        | FilterPart::Findings(FindingsChoice::Any | FindingsChoice::Clean)
        | FilterPart::Agreement(_)
        | FilterPart::System(_) => {
            if is_known {
                cx.colors.text
            } else {
                cx.colors.muted
            }
        }
    }
}
