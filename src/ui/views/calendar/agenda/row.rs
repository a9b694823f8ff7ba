//! A line of the agenda: the head of a day, or an occurrence with its time, stage, name, fit, findings and people.

use chrono::NaiveDate;
use egui::{CornerRadius, Id, Rect, RectAlign, Response, Role, Sense, Stroke, Tooltip, Ui, Vec2};

use crate::schedule::WindowOccurrence;
use crate::session::{Destination, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::stage_chip;
use crate::ui::parts::widgets::{name, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::ui::views::calendar::day_entry::Entry;
use crate::ui::views::calendar::entry;
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::nights::words::{fit_in_words, people};
use crate::wording::{self, counted};

/// Enough for "22:00 GMT – 02:00 BST".
const TIME: f32 = 158.0;
const CHIP: f32 = 22.0;
const FIT: f32 = 170.0;
/// The width of the card of an occurrence.
const CARD: f32 = 316.0;

/// The date, what is special about it, and how many occurrences start. A click selects the day.
pub fn day_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, rect: Rect, on: NaiveDate) {
    let response = ui.interact(rect, Id::unique(("agenda day", on, rect.top() as i32)), Sense::CLICK);
    let notes = notes(index, on);
    let count = counted(index.count(on) as i64, "occurrence");
    name(&response, Role::Button, || [wording::date(on), count.clone(), notes.clone()].join(", "));
    if response.double_clicked() {
        cx.reveal(Destination::Day(on));
    } else if response.clicked() {
        cx.select(Selection::Day(on));
    }
    let painter = ui.painter();
    if *cx.selection() == Selection::Day(on) {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.selected);
    } else if response.hovered() {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.hover);
    }
    let is_today = on == cx.today();
    let color = if is_today { cx.colors.accent } else { cx.colors.text };
    let date = if is_today { format!("{} · today", wording::date(on)) } else { wording::date(on) };
    let text = rect.with_min_x(rect.left() + 6.0);
    let used = text_in(painter, text, &date, theme::strong(theme::TEXT), color);
    let rest = text.with_min_x(text.left() + used + 14.0);
    text_in(painter, rest, &notes, theme::regular(theme::SMALL), cx.colors.muted);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// Shows the card of an occurrence in the corner at the right that is in the other half of the page.
fn card_ui(cx: &Cx<'_>, response: &Response, held: WindowOccurrence<'_>, page: Rect) {
    let is_in_upper_half = response.rect.center().y < page.center().y;
    let (corner, align) = if is_in_upper_half {
        (page.right_bottom() + Vec2::new(-CARD, -4.0), RectAlign::TOP_START)
    } else {
        (page.right_top() + Vec2::new(-CARD, 4.0), RectAlign::BOTTOM_START)
    };
    let mut tooltip = Tooltip::for_enabled(response).width(CARD);
    tooltip.popup = tooltip.popup.at_position(corner).align(align);
    tooltip.show(|ui| entry::hover_ui(ui, cx, held));
}

/// "Good Friday · Freeze Quarter end · Microsoft Patch Tuesday · Carrier: Card replacement"
fn notes(index: &DayIndex, on: NaiveDate) -> String {
    let Some(marks) = index.marks(on) else { return String::new() };
    let notices = marks.notices.iter().map(|notice| format!("Carrier: {}", notice.name));
    let freezes = marks.freezes.iter().map(|freeze| format!("Freeze {}", freeze.freeze.name));
    let notes: Vec<String> =
        marks.holidays.iter().cloned().chain(freezes).chain(marks.releases.iter().cloned()).chain(notices).collect();
    notes.join(" · ")
}

/// An occurrence. Its card is shown in a corner of `page`, far from the lines around the pointer.
pub fn occurrence_ui(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, rect: Rect, each: &Entry, page: Rect) {
    let (window, occurrence) = index.occurrence(each);
    let part = each.is_continued.then_some(rect.top() as i32);
    // There is nowhere to drag it to in a list.
    let (response, style) = entry::occurrence_without_card(ui, cx, (window, occurrence), rect, part, &mut None);
    if style.is_hovered {
        card_ui(cx, &response, (window, occurrence), page);
    }
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    if style.is_selected {
        painter.rect_filled(rect, radius, cx.colors.selected);
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), CornerRadius::ZERO, cx.colors.accent);
    } else if style.is_hovered {
        painter.rect_filled(rect, radius, cx.colors.hover);
    }
    let mut left = rect.left() + 12.0;
    let mut column = |width: f32| {
        let column = rect.with_min_x(left).with_max_x((left + width).min(rect.right()));
        left += width;
        column
    };
    let hours = if each.is_continued { "continues".to_owned() } else { occurrence_text::hours(window, occurrence) };
    text_in(painter, column(TIME), &hours, theme::regular(theme::TEXT), cx.colors.text);
    let chip = column(CHIP);
    if let Some(stage) = window.scope.stage {
        stage_chip(painter, cx, chip.left_center() + Vec2::new(8.0, 0.0), stage);
    }
    let title = column(((rect.width() - TIME - CHIP - FIT) * 0.55).max(120.0));
    let mark = if each.trouble.is_some() { 20.0 } else { 0.0 };
    let font = if style.is_selected { theme::strong(theme::TEXT) } else { theme::regular(theme::TEXT) };
    let skipped = occurrence_text::skip_reason(window, occurrence);
    let color = if skipped.is_some() { cx.colors.muted } else { cx.colors.text };
    let room = title.with_min_x(title.left() + mark);
    let used = text_in(painter, room.with_max_x(room.right() - 10.0), &window.window.name, font, color);
    if let Some(severity) = each.trouble {
        entry::trouble_mark(painter, cx, title.left_center() + Vec2::new(7.0, 0.0), 13.0, severity);
    }
    if let Some(reason) = skipped {
        painter.hline(room.left()..=room.left() + used, room.center().y, Stroke::new(1.0, cx.colors.muted));
        text_in(painter, column(rect.width()), &reason, theme::regular(theme::SMALL), cx.colors.muted);
        return;
    }
    let (fit, verdict) = fit_in_words(cx, window, occurrence);
    let color = verdict.map_or(cx.colors.muted, |verdict| cx.colors.verdict(verdict));
    text_in(painter, column(FIT), &fit, theme::regular(theme::SMALL), color);
    text_in(
        painter,
        column(rect.width()),
        &people(cx, window, occurrence),
        theme::regular(theme::SMALL),
        cx.colors.muted,
    );
}
