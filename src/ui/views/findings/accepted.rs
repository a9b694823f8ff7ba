//! The lines of accepted findings: titles, who accepted them and why, and acceptances without a finding.

use egui::{Align, Button, CornerRadius, Layout, Pos2, Rect, Sense, Ui, UiBuilder, Vec2};

use super::listing::FindingPart;
use crate::model::{Acceptance, Edit};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};
use crate::wording;

/// "Vendor is on site · Ann Smith until Sun 21 Feb 2027"
pub fn in_words(acceptance: &Acceptance) -> String {
    let Acceptance { reason, by, until, .. } = acceptance;
    format!("{reason} · {by} until {}", wording::date(*until))
}

/// The title above a part of the list.
pub fn title_ui(ui: &mut Ui, cx: &Cx<'_>, part: FindingPart, height: f32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    let title = match part {
        FindingPart::ToFinish => "To finish: no window covers these yet",
        FindingPart::Accepted => "Accepted",
        FindingPart::Stale => "Accepted, but no longer found",
    };
    name(&response, egui::Role::Label, || title.to_owned());
    let text = Rect::from_min_max(Pos2::new(rect.left() + 8.0, rect.top() + 6.0), rect.max);
    text_in(ui.painter(), text, title, theme::strong(theme::SMALL), cx.colors.muted);
}

/// An acceptance that can be removed, because its finding no longer exists.
pub fn stale_ui(ui: &mut Ui, cx: &Cx<'_>, acceptance: &Acceptance, height: f32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    let about = about(cx, acceptance);
    let line = format!("{about} · {}", in_words(acceptance));
    name(&response, egui::Role::Label, || format!("{}, {line}", acceptance.code));
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, cx.colors.line));
    let code =
        Rect::from_min_max(Pos2::new(rect.left() + 32.0, rect.top()), Pos2::new(rect.left() + 78.0, rect.bottom()));
    text_in(painter, code, &acceptance.code, theme::strong(theme::TEXT), cx.colors.muted);
    let text = Rect::from_min_max(Pos2::new(code.right(), rect.top()), Pos2::new(rect.right() - 100.0, rect.bottom()));
    text_in(painter, text, &line, theme::regular(theme::TEXT), cx.colors.muted);
    let area = rect.with_min_x(rect.right() - 92.0).shrink2(Vec2::new(8.0, 4.0));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(area).layout(Layout::right_to_left(Align::Center)));
    inside.spacing_mut().button_padding.y = 2.0;
    let remove = inside.add_enabled(cx.is_editable(), Button::new("Remove"));
    inside.ctx().accesskit_node_builder(remove.id, |node| node.set_label(format!("Remove acceptance of {about}")));
    if remove.clicked() {
        cx.edit(Edit::RemoveAcceptance(acceptance.id.clone()));
    }
}

/// "Core DB patching, Sat 18 Dec 2027, freeze Year end"
fn about(cx: &Cx<'_>, acceptance: &Acceptance) -> String {
    let plan = cx.plan();
    let window = acceptance.window.as_ref();
    let name = window.map(|id| plan.windows().name_of(id));
    let cause = format!("{} {}", acceptance.cause.noun(), acceptance.cause.name(plan));
    name.into_iter().chain(acceptance.on.map(wording::date)).chain([cause]).collect::<Vec<_>>().join(", ")
}
