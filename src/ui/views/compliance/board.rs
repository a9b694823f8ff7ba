//! The board of the process: a column for each stage, with the advisories that are in it.

use std::collections::BTreeMap;

use egui::{Rect, Role, ScrollArea, Sense, Ui, Vec2};

use crate::compliance::{ComplianceOptions, ComplianceReport, processes};
use crate::model::{AdvisoryId, ProcessStage, Subject};
use crate::schedule::Schedule;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, row_line, strong, text, text_in};
use crate::wording::counted;

const CARD: f32 = 40.0;

/// The advisories by the first stage that is open; those that are complete come last.
pub struct Board {
    columns: Vec<StageColumn>,
}

struct StageColumn {
    title: &'static str,
    /// What the stage produces, and who is responsible.
    help: String,
    cards: Vec<Card>,
}

struct Card {
    advisory: AdvisoryId,
    title: String,
    /// What is missing.
    missing: String,
}

impl Board {
    pub fn new(schedule: &Schedule, options: &ComplianceOptions) -> Self {
        let report = ComplianceReport::new(schedule, options);
        let mut cards = BTreeMap::<Option<ProcessStage>, Vec<Card>>::new();
        for process in processes(schedule, &report) {
            let current = process.current();
            let card = Card {
                advisory: process.advisory.id.clone(),
                title: format!("{} {}", process.advisory.number(), process.advisory.title),
                missing: current.map_or_else(String::new, |status| status.missing.clone()),
            };
            cards.entry(current.map(|status| status.stage)).or_default().push(card);
        }
        let stages = ProcessStage::ALL.into_iter().map(Some).chain([None]);
        let columns = stages.map(|stage| {
            let who = stage.and_then(|stage| schedule.plan.policy().responsible_for(stage));
            let output = stage.map_or("Nothing is missing", ProcessStage::output);
            StageColumn {
                title: stage.map_or("Complete", ProcessStage::name),
                help: who.map_or_else(|| output.to_owned(), |who| format!("{output} · {who}")),
                cards: cards.remove(&stage).unwrap_or_default(),
            }
        });
        Self { columns: columns.collect() }
    }
}

/// Draws the stages below each other, each with its advisories.
pub fn board_ui(ui: &mut Ui, cx: &Cx<'_>, board: &Board) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - 10.0);
        for column in &board.columns {
            ui.horizontal(|ui| {
                ui.label(strong(column.title));
                ui.label(muted(cx, counted(column.cards.len(), "advisory")));
            });
            text(ui, muted(cx, &column.help));
            for card in &column.cards {
                card_ui(ui, cx, column.title, card);
            }
            ui.add_space(10.0);
        }
    });
}

fn card_ui(ui: &mut Ui, cx: &Cx<'_>, stage: &str, card: &Card) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), CARD), Sense::click());
    let missing = if card.missing.is_empty() { String::new() } else { format!("Missing: {}", card.missing) };
    name(&response, Role::Button, || format!("{stage}: {}, {missing}", card.title));
    row_ground(ui.painter(), cx, &response, false, egui::Color32::TRANSPARENT);
    let line =
        |top: f32| Rect::from_min_size(rect.min + Vec2::new(8.0, top), Vec2::new((rect.width() - 16.0).max(0.0), 16.0));
    text_in(ui.painter(), line(4.0), &card.title, theme::strong(theme::TEXT), cx.colors.text);
    text_in(ui.painter(), line(20.0), &missing, theme::regular(theme::SMALL), cx.colors.muted);
    row_line(ui.painter(), cx, rect);
    if response.clicked() {
        cx.reveal(Destination::Subject(Subject::Advisory(card.advisory.clone())));
    }
}
