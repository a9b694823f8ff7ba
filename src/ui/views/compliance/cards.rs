//! The large figures, each beside its target.

use egui::{Align2, CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::counted::ListOf;
use super::dashboard::Card;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::state_of;
use crate::ui::parts::theme::{self, ControlState};
use crate::ui::parts::tone::Tone;
use crate::ui::parts::widgets::{name, text_in};

const HEIGHT: f32 = 76.0;
const GAP: f32 = 8.0;

/// Draws the figures side by side. Returns the list of the one that was clicked.
pub fn cards_ui(ui: &mut Ui, cx: &Cx<'_>, cards: &[Card]) -> Option<ListOf> {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    let width = (rect.width() + GAP) / cards.len().max(1) as f32 - GAP;
    let card_rect = |index: usize| {
        let left = rect.left() + index as f32 * (width + GAP);
        Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, HEIGHT))
    };
    let mut opened = None;
    for (index, card) in cards.iter().enumerate() {
        if card_ui(ui, cx, card_rect(index), card) {
            opened.clone_from(&card.list);
        }
    }
    opened
}

fn card_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, card: &Card) -> bool {
    let sense = if card.list.is_some() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, Id::unique(("compliance card", card.label)), sense);
    let role = if card.list.is_some() { Role::Button } else { Role::Label };
    let verdict = if card.verdict.is_empty() { String::new() } else { format!(", {}", card.verdict) };
    name(&response, role, || format!("{}, {}, {}{verdict}", card.label, card.value, card.detail));
    let state = if card.list.is_some() { state_of(&response) } else { ControlState::Rest };
    let (color, painter) = (card.tone.color(cx), ui.painter());
    let edge = if card.tone == Tone::Error { Stroke::new(2.0, color) } else { Stroke::new(1.0, cx.colors.line) };
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    painter.rect(rect, radius, cx.colors.filled(Some(cx.colors.panel), state), edge, StrokeKind::Inside);
    let inner = rect.shrink2(Vec2::new(12.0, 0.0));
    let line =
        |top: f32, height: f32| Rect::from_min_size(inner.min + Vec2::new(0.0, top), Vec2::new(inner.width(), height));
    text_in(painter, line(8.0, 16.0), card.label, theme::regular(theme::SMALL), cx.colors.muted);
    text_in(painter, line(24.0, 26.0), &card.value, theme::strong(22.0), color);
    let at = line(24.0, 26.0).right_center();
    painter.text(at, Align2::RIGHT_CENTER, card.verdict, theme::strong(theme::SMALL), color);
    let color = if card.tone == Tone::Error { color } else { cx.colors.muted };
    text_in(painter, line(52.0, 16.0), &card.detail, theme::regular(theme::SMALL), color);
    let clicked = response.clicked();
    response.on_hover_text(format!("{}, {}{verdict}", card.value, card.detail));
    clicked
}
