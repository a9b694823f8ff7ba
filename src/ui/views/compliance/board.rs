//! The board of the process: the stages below each other, each with the advisories that are in it.

use std::collections::BTreeMap;

use egui::{Rect, Role, ScrollArea, Sense, Ui, Vec2};

use crate::compliance::{ComplianceOptions, ComplianceReport, processes};
use crate::model::{AdvisoryId, ProcessStage, Subject};
use crate::schedule::Schedule;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, row_line, strong, text_in};
use crate::wording::counted;

const CARD: f32 = 40.0;
/// The height of a card without a second line.
const LOW_CARD: f32 = 26.0;

/// The advisories by the first stage that is open; those that are complete come last.
pub struct Board {
    stages: Vec<StageCards>,
}

struct StageCards {
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
        let stages = stages.map(|stage| {
            let who = stage.and_then(|stage| schedule.plan.policy().responsible_for(stage));
            let output = stage.map_or("Nothing is missing", ProcessStage::output);
            StageCards {
                title: stage.map_or("Complete", ProcessStage::name),
                help: who.map_or_else(|| output.to_owned(), |who| format!("{output} · {who}")),
                cards: cards.remove(&stage).unwrap_or_default(),
            }
        });
        Self { stages: stages.collect() }
    }
}

/// Draws the stages below each other, each with its advisories.
pub fn board_ui(ui: &mut Ui, cx: &Cx<'_>, board: &Board) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - 10.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        for stage in &board.stages {
            ui.horizontal_wrapped(|ui| {
                ui.label(strong(stage.title));
                ui.label(muted(cx, counted(stage.cards.len(), "advisory")));
                ui.add_space(8.0);
                ui.label(muted(cx, &stage.help));
            });
            for card in &stage.cards {
                card_ui(ui, cx, stage.title, card);
            }
            ui.add_space(12.0);
        }
    });
}

fn card_ui(ui: &mut Ui, cx: &Cx<'_>, stage: &str, card: &Card) {
    let missing = (!card.missing.is_empty()).then(|| format!("Missing: {}", card.missing));
    let height = if missing.is_some() { CARD } else { LOW_CARD };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    let end = missing.as_ref().map_or_else(String::new, |missing| format!(", {missing}"));
    name(&response, Role::Button, || format!("{stage}: {}{end}", card.title));
    row_ground(ui.painter(), cx, &response, false, egui::Color32::TRANSPARENT);
    let line =
        |top: f32| Rect::from_min_size(rect.min + Vec2::new(8.0, top), Vec2::new((rect.width() - 16.0).max(0.0), 16.0));
    text_in(ui.painter(), line(4.0), &card.title, theme::strong(theme::TEXT), cx.colors.text);
    if let Some(missing) = missing {
        text_in(ui.painter(), line(20.0), &missing, theme::regular(theme::SMALL), cx.colors.muted);
    }
    row_line(ui.painter(), cx, rect);
    if response.clicked() {
        cx.reveal(Destination::Subject(Subject::Advisory(card.advisory.clone())));
    }
}
