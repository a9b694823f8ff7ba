//! One day, hour by hour: each occurrence as a bar with work, rollback reserve and "roll back by".

use chrono::{NaiveDate, TimeDelta};
use egui::{Align2, CornerRadius, Id, Key, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, Vec2};
use lucide_icons::Icon;

use super::index::{DayIndex, Entry};
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::{CalendarView, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fit::fit_bar;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::widgets::{empty_state, icon_button, muted, name, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

const NAMES: f32 = 220.0;
const ROW: f32 = 40.0;

/// Draws the day `on` and the night after it, on the plan's clock.
pub fn day_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, on: NaiveDate) {
    keyboard_ui(ui, cx, on);
    egui::Frame::new().inner_margin(egui::Margin::same(16)).show(ui, |ui| {
        title_ui(ui, cx, index, on);
        let entries = index.entries(on);
        if entries.is_empty() {
            let (title, advice) = if cx.navigation().filter.is_active() {
                ("No window that matches the filter takes place on this day", "Clear the filter to see all windows.")
            } else {
                (
                    "Nothing is planned on this day",
                    "Press Insert, or double-click the day in the year, to add a window.",
                )
            };
            empty_state(ui, cx, Icon::CalendarDays, title, advice);
            return;
        }
        let scale = Scale::new(cx, index, entries, ui.available_width());
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let (head, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 24.0), Sense::hover());
            let height = entries.len() as f32 * ROW;
            scale.paint(ui, cx, head, height);
            ui.spacing_mut().item_spacing.y = 0.0;
            for entry in entries {
                row_ui(ui, cx, index, entry, &scale);
            }
        });
    });
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, on: NaiveDate) {
    ui.horizontal(|ui| {
        for (icon, label, days) in [(Icon::ChevronLeft, "Previous day", -1), (Icon::ChevronRight, "Next day", 1)] {
            let to = on.checked_add_signed(TimeDelta::days(days)).filter(|to| cx.plan().horizon().contains(*to));
            if icon_button(ui, icon, label, to.is_some()).clicked()
                && let Some(to) = to
            {
                cx.reveal(crate::session::Destination::Day(to));
            }
        }
        ui.label(egui::RichText::new(wording::date(on)).font(theme::strong(theme::TITLE)));
        if let Some(marks) = index.marks(on) {
            let freezes = marks.freezes.iter().map(|freeze| format!("Freeze {}", freeze.freeze.name));
            let notes: Vec<String> =
                marks.holidays.iter().cloned().chain(freezes).chain(marks.releases.iter().cloned()).collect();
            ui.label(muted(cx, notes.join(" · ")));
        }
    });
    ui.add_space(8.0);
}

/// The hours shown: from before the first start to after the last end, in whole hours.
struct Scale {
    from: UtcMinute,
    to: UtcMinute,
    width: f32,
}

impl Scale {
    fn new(cx: &Cx<'_>, index: &DayIndex, entries: &[Entry], width: f32) -> Self {
        let spans = entries.iter().map(|entry| {
            let (window, occurrence) = index.occurrence(entry);
            (occurrence.start_at, needed_until(window, occurrence))
        });
        let (first, last) = spans.fold((UtcMinute(i32::MAX), UtcMinute(i32::MIN)), |(first, last), (start, end)| {
            (first.min(start), last.max(end))
        });
        let hour = |at: UtcMinute, up: i32| {
            let local = cx.schedule().zone.local(at).0;
            at.plus((local.div_euclid(60) + up) * 60 - local)
        };
        Self { from: hour(first, 0), to: hour(last.plus(59), 0), width: width - NAMES - 16.0 }
    }

    fn x(&self, left: f32, at: UtcMinute) -> f32 {
        left + NAMES + at.since(self.from) as f32 / self.to.since(self.from).max(60) as f32 * self.width
    }

    fn paint(&self, ui: &Ui, cx: &Cx<'_>, head: Rect, height: f32) {
        let hours = self.to.since(self.from) / 60;
        let step = (1..=hours.max(1)).find(|step| hours / step <= (self.width / 60.0) as i32).unwrap_or(hours.max(1));
        for hour in (0..=hours).step_by(step as usize) {
            let at = self.from.plus(hour * 60);
            let x = self.x(head.left(), at);
            let local: LocalMinute = cx.schedule().zone.local(at);
            ui.painter().vline(x, head.bottom() - 2.0..=head.bottom() + height, Stroke::new(1.0, cx.colors.line));
            let text = wording::time(local.time());
            ui.painter().text(
                Pos2::new(x, head.center().y - 2.0),
                Align2::CENTER_CENTER,
                text,
                theme::regular(theme::SMALL),
                cx.colors.muted,
            );
        }
    }
}

/// The end of the window, or of the time that its work needs if that is later.
fn needed_until(window: &WindowSchedule, occurrence: &Occurrence) -> UtcMinute {
    let need = window.fit(occurrence).map_or(0, |fit| fit.need().signed());
    occurrence.end_at.max(occurrence.start_at.plus(need))
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, index: &DayIndex, entry: &Entry, scale: &Scale) {
    let (window, occurrence) = index.occurrence(entry);
    let on = occurrence.original_on();
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, Id::unique(("day occurrence", window.id().as_str(), on)), Sense::click());
    name(&response, Role::Button, || occurrence_text::occurrence_name(window, occurrence));
    if response.clicked() {
        cx.select(Selection::Occurrence(window.id().clone(), on));
    }
    let painter = ui.painter();
    if cx.selection().is_occurrence(window.id(), on) {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.selected);
    } else if response.hovered() {
        painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.hover);
    }
    let title = Rect::from_min_size(rect.min + Vec2::new(8.0, 4.0), Vec2::new(NAMES - 20.0, 16.0));
    text_in(painter, title, &window.window.name, theme::strong(theme::TEXT), cx.colors.text);
    let below = title.translate(Vec2::new(0.0, 16.0));
    text_in(painter, below, &occurrence_text::hours(window, occurrence), theme::regular(theme::SMALL), cx.colors.muted);
    let bar = Rect::from_min_max(
        Pos2::new(scale.x(rect.left(), occurrence.start_at), rect.top() + 9.0),
        Pos2::new(scale.x(rect.left(), needed_until(window, occurrence)), rect.bottom() - 9.0),
    );
    fit_bar(ui, cx, bar, window, occurrence);
}

fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, on: NaiveDate) {
    if !cx.keys_are_free(ui, None) {
        return;
    }
    for (key, days) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
        let to = on.checked_add_signed(TimeDelta::days(days)).filter(|to| cx.plan().horizon().contains(*to));
        if let Some(to) = to.filter(|_| pressed(ui, key)) {
            cx.reveal(crate::session::Destination::Day(to));
        }
    }
    if pressed(ui, Key::Insert) {
        cx.run(crate::session::Command::NewWindow);
    }
    if pressed(ui, Key::Escape) {
        cx.show(View::Calendar(CalendarView::Month(on)));
    }
}
