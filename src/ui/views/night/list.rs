//! The list of nights on the left: running ones, the next ones, and all that have a record.

use egui::{Id, Rect, Role, ScrollArea, Sense, Ui, Vec2};

use crate::model::{NightKey, NightRecord};
use crate::schedule::night::lessons::Lesson;
use crate::session::{Destination, Tonight};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::filters::filter_field;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::widgets::{muted, name, text, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording::{self, counted};

const ROW: f32 = 40.0;

/// `search`: words that the listed records must contain.
pub fn list_ui(ui: &mut Ui, cx: &Cx<'_>, tonight: &Tonight, search: &mut String) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (title, keys) in [("Running", tonight.running()), ("Next", tonight.coming())] {
            if !keys.is_empty() {
                ui.label(muted(cx, title));
                for key in keys {
                    key_ui(ui, cx, key, title);
                }
                ui.add_space(10.0);
            }
        }
        records_ui(ui, cx, tonight, search);
    });
}

/// The records, newest first.
fn records_ui(ui: &mut Ui, cx: &Cx<'_>, tonight: &Tonight, search: &mut String) {
    let nights = cx.plan().nights();
    let running = tonight.running();
    let mut records: Vec<&NightRecord> = nights.iter().map(|record| &**record).collect();
    records.retain(|record| !running.contains(&record.key));
    records.sort_by_key(|record| std::cmp::Reverse(record.key.on));
    if records.is_empty() {
        return;
    }
    ui.label(muted(cx, "Records"));
    let width = ui.available_width() - 16.0;
    filter_field(ui, Id::unique("search records"), "Search records", "Notes, window, outcome", width, search);
    let words: Vec<String> = search.split_whitespace().map(str::to_owned).collect();
    if !words.is_empty() {
        let window = |record: &NightRecord| cx.schedule().window(&record.key.window);
        records.retain(|record| Lesson { record, window: window(record) }.has_words(&words));
    }
    if records.is_empty() {
        text(ui, muted(cx, "No record has these words"));
        return;
    }
    let top = ui.cursor().top();
    let sight = ui.clip_rect();
    let step = ROW + ui.spacing().item_spacing.y;
    let before = (((sight.top() - top) / step).floor().max(0.0) as usize).min(records.len());
    let count = (sight.height() / step).ceil() as usize + 1;
    ui.add_space(before as f32 * step);
    for record in records.iter().skip(before).take(count) {
        let how = match &record.ending {
            Some(ending) => ending.outcome.name().to_owned(),
            None if !record.has_begun() => "noted".to_owned(),
            None => counted(record.ticks.len(), "tick"),
        };
        row_ui(ui, cx, &record.key, &format!("{} · {how}", wording::date(record.key.on)), "Record");
    }
    ui.add_space(records.len().saturating_sub(before + count) as f32 * step);
}

fn key_ui(ui: &mut Ui, cx: &Cx<'_>, key: &NightKey, kind: &str) {
    let Some((window, occurrence)) = cx.schedule().occurrence(&key.window, key.on) else { return };
    let when =
        format!("{} {}", wording::short_date(occurrence.on()), occurrence_text::clock(window, occurrence.start_at));
    row_ui(ui, cx, key, &when, kind);
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, key: &NightKey, detail: &str, kind: &str) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    let title = cx.plan().windows().get(&key.window).map_or(key.window.as_str(), |window| &window.name);
    name(&response, Role::Button, || format!("{kind}: {title}, {detail}"));
    let is_on = cx.navigation().night.as_ref() == Some(key);
    row_ground(ui.painter(), cx, &response, is_on, cx.colors.panel);
    let line = |top: f32| Rect::from_min_size(rect.min + Vec2::new(8.0, top), Vec2::new(rect.width() - 16.0, 16.0));
    text_in(ui.painter(), line(4.0), title, theme::strong(theme::TEXT), cx.colors.text);
    text_in(ui.painter(), line(20.0), detail, theme::regular(theme::SMALL), cx.colors.muted);
    if response.clicked() {
        cx.reveal(Destination::Night(key.clone()));
    }
}
