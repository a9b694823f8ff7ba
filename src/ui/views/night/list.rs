//! The list of nights on the left: running ones, the next ones, and all that have a record.

use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Id, Rect, Role, ScrollArea, Sense, Ui, Vec2};

use crate::model::{NightKey, NightRecord, Plan};
use crate::schedule::night::lessons::Lesson;
use crate::session::{Destination, Tonight};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::filters::filter_field;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::states::row_ground;
use crate::ui::parts::widgets::{muted, name, text, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording::{self, counted};

const ROW: f32 = 40.0;

/// The records that the list shows, and the words that they must contain.
#[derive(Default)]
pub struct Records {
    search: String,
    found: Memo<(Pointer<Plan>, String), Vec<NightKey>>,
}

impl Records {
    /// The records that have the words, the newest first.
    fn find(&mut self, cx: &Cx<'_>) -> Rc<Vec<NightKey>> {
        let words: Vec<String> = self.search.split_whitespace().map(str::to_owned).collect();
        let has_words = |record: &&Arc<NightRecord>| {
            words.is_empty() || Lesson { record, window: cx.schedule().window(&record.key.window) }.has_words(&words)
        };
        self.found.get((Pointer::to(cx.plan_pointer()), self.search.clone()), || {
            let found = cx.plan().nights().iter().filter(has_words);
            let mut keys: Vec<NightKey> = found.map(|record| record.key.clone()).collect();
            keys.sort_by_key(|key| Reverse(key.on));
            keys
        })
    }
}

pub fn list_ui(ui: &mut Ui, cx: &Cx<'_>, tonight: &Tonight, records: &mut Records) {
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
        records_ui(ui, cx, tonight, records);
    });
}

/// The records, newest first.
fn records_ui(ui: &mut Ui, cx: &Cx<'_>, tonight: &Tonight, records: &mut Records) {
    let (nights, running) = (cx.plan().nights(), tonight.running());
    if nights.iter().all(|record| running.contains(&record.key)) {
        return;
    }
    ui.label(muted(cx, "Records"));
    let width = ui.available_width() - 16.0;
    filter_field(
        ui,
        Id::unique("search records"),
        "Search records",
        "Notes, window, outcome",
        width,
        &mut records.search,
    );
    let found = records.find(cx);
    let records: Vec<&NightKey> = found.iter().filter(|key| !running.contains(key)).collect();
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
    let shown = records.iter().skip(before).take(count).filter_map(|key| nights.get(key));
    for record in shown {
        let how = match (&record.ending, &record.watch) {
            (Some(ending), _) => ending.outcome.name().to_owned(),
            (None, Some(watch)) if record.ticks.is_empty() => {
                let result = watch.outcome.map(|outcome| wording::within_sentence(outcome.name()));
                format!("watch: {}", result.as_deref().unwrap_or("no result yet"))
            }
            _ if !record.has_begun() => "noted".to_owned(),
            _ => counted(record.ticks.len(), "tick"),
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
