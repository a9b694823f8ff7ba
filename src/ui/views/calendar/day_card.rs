//! What takes place on a day, as a list: shown when the pointer is on a day, and opened by a click.

use chrono::NaiveDate;
use egui::{Popup, PopupCloseBehavior, Response, ScrollArea, Sense, Ui, Vec2};

use super::day_entry::Entry;
use super::entry;
use super::index::DayIndex;
use crate::session::Selection;
use crate::ui::parts::carrier_days::long_words;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::marks::{stage_chip, trouble_dot};
use crate::ui::parts::occurrence_text;
use crate::ui::parts::widgets::{muted, strong};
use crate::wording::{self, counted};

/// The card lists at most this many occurrences.
const MOST: usize = 12;
const WIDTH: f32 = 300.0;

/// Whether there is more to say about a day than its date.
pub fn has_content(index: &DayIndex, on: NaiveDate) -> bool {
    let is_marked = index.marks(on).is_some_and(|marks| {
        let is_plain = marks.holidays.is_empty()
            && marks.freezes.is_empty()
            && marks.releases.is_empty()
            && marks.notices.is_empty();
        !is_plain || marks.trouble.is_some()
    });
    is_marked || index.count(on) > 0
}

/// The card at the pointer: the date, its findings, holidays, freezes and releases, and its occurrences with their times.
pub fn card_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, on: NaiveDate) {
    ui.set_max_width(WIDTH);
    ui.label(strong(wording::date(on)));
    entry::day_findings_ui(ui, cx, on);
    if let Some(marks) = index.marks(on) {
        for holiday in &marks.holidays {
            ui.label(format!("Holiday: {holiday}"));
        }
        for frozen in &marks.freezes {
            ui.label(format!("Freeze: {}, until {}", frozen.freeze.name, wording::date(frozen.span.last_on)));
        }
        for release in &marks.releases {
            ui.label(format!("Vendor release: {release}"));
        }
        for notice in &marks.notices {
            ui.label(long_words(notice, cx.plan(), &cx.schedule().zone));
        }
    }
    let entries = index.with_skipped(on);
    for entry in entries.iter().take(MOST) {
        line_ui(ui, cx, index, entry, Sense::hover());
    }
    if entries.len() > MOST {
        ui.label(muted(cx, wording::and_more(entries.len() - MOST)));
    }
    if entries.is_empty() && cx.is_editable() {
        ui.label(muted(cx, "Double-click to add a window"));
    }
}

/// A click on `response` opens the list of the day, in which a click selects an occurrence.
pub fn list_ui(response: &Response, cx: &Cx<'_>, index: &DayIndex, on: NaiveDate) {
    const HEIGHT: f32 = 340.0;
    let id = Popup::default_response_id(response);
    if !response.clicked() && !Popup::is_id_open(&response.ctx, id) {
        return;
    }
    let popup = Popup::from_toggle_button_response(response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.width(WIDTH).accessible_name(format!("Windows on {}", wording::date(on))).show(|ui| {
        let entries = index.with_skipped(on);
        ui.horizontal(|ui| {
            ui.label(strong(wording::date(on)));
            ui.label(muted(cx, counted(entries.len(), "window")));
        });
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
            for entry in entries.iter() {
                if line_ui(ui, cx, index, entry, Sense::CLICK).clicked() {
                    let (window, occurrence) = index.occurrence(entry);
                    cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
                    ui.close();
                }
            }
        });
    });
}

/// A line of the list: the mark of the worst finding, the start, the stage, the name.
fn line_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, entry: &Entry, sense: Sense) -> Response {
    use crate::ui::parts::theme;
    use crate::ui::parts::widgets::{name, text_in};
    use egui::{Align2, CornerRadius, Role};
    const HEIGHT: f32 = 24.0;
    const TIME: f32 = 52.0;
    let (window, occurrence) = index.occurrence(entry);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width().min(WIDTH), HEIGHT), sense);
    let role = if sense.senses_click() { Role::Button } else { Role::Label };
    name(&response, role, || format!("{} in the list", occurrence_text::occurrence_name(window, occurrence)));
    let painter = ui.painter();
    if sense.senses_click() {
        let fill = cx.colors.filled(None, crate::ui::parts::states::state_of(&response));
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), fill);
    }
    let ink = if entry.is_skipped { cx.colors.muted } else { cx.colors.text };
    let clock = occurrence_text::clock(window, occurrence.start_at);
    let at = rect.left_center() + Vec2::new(4.0, 0.0);
    painter.text(at, Align2::LEFT_CENTER, clock, theme::regular(theme::TEXT), ink);
    if let Some(stage) = window.scope.stage {
        stage_chip(painter, cx, rect.left_center() + Vec2::new(TIME, 0.0), stage);
    }
    let text = rect.with_min_x(rect.left() + TIME + 15.0).with_max_x(rect.right() - 18.0);
    let used = text_in(painter, text, &window.window.name, theme::regular(theme::TEXT), ink);
    if entry.is_skipped {
        painter.hline(text.left()..=text.left() + used, rect.center().y, egui::Stroke::new(1.0, ink));
    }
    if let Some(severity) = entry.trouble {
        let center = rect.right_center() - Vec2::new(9.0, 0.0);
        trouble_dot(painter, cx, center, 4.0, severity);
    }
    response
}
