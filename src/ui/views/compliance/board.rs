//! The boards of the process: the stages below each other, each with the advisories or releases that are in it.

use std::collections::BTreeMap;

use egui::{Rect, Role, ScrollArea, Sense, Ui, Vec2};

use crate::compliance::{ComplianceOptions, ComplianceReport, Process, processes, release_processes};
use crate::model::{ProcessStage, Subject};
use crate::schedule::Schedule;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, name, row_line, strong, text_in};
use crate::wording::{counted, date};

const CARD: f32 = 40.0;
/// The height of a card without a second line.
const LOW_CARD: f32 = 26.0;

/// Advisories or releases by the first stage that is open; those that are complete come last.
pub struct Board {
    /// What one of them is called: "advisory".
    noun: &'static str,
    stages: Vec<StageCards>,
}

struct StageCards {
    title: &'static str,
    /// What the stage produces, and who is responsible.
    help: String,
    cards: Vec<Card>,
}

struct Card {
    destination: Destination,
    title: String,
    /// What is missing.
    missing: String,
}

impl Board {
    /// The board of advisories.
    pub fn of_advisories(schedule: &Schedule, options: &ComplianceOptions) -> Self {
        let report = ComplianceReport::new(schedule, options);
        Self::new(schedule, "advisory", &processes(schedule, &report), |advisory| {
            let destination = Destination::Subject(Subject::Advisory(advisory.id.clone()));
            (format!("{} {}", advisory.number(), advisory.title), destination)
        })
    }

    /// The board of releases, the latest first.
    pub fn of_releases(schedule: &Schedule, options: &ComplianceOptions) -> Self {
        let mut all = release_processes(schedule, options.at);
        all.sort_by_key(|process| std::cmp::Reverse(process.subject.released_at));
        Self::new(schedule, "release", &all, |release| {
            let title = format!("{}, {}: {}", release.calendar.name, date(release.on), release.ladder.name);
            (title, Destination::Release(release.ladder.id.clone(), release.released_at))
        })
    }

    /// `card` gives the title of a card, and where a click on it leads.
    fn new<S>(
        schedule: &Schedule,
        noun: &'static str,
        all: &[Process<S>],
        card: impl Fn(&S) -> (String, Destination),
    ) -> Self {
        let mut cards = BTreeMap::<Option<ProcessStage>, Vec<Card>>::new();
        for process in all {
            let current = process.current();
            let (title, destination) = card(&process.subject);
            let missing = current.map_or_else(String::new, |status| status.missing.clone());
            let card = Card { destination, title, missing };
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
        Self { noun, stages: stages.collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.stages.iter().all(|stage| stage.cards.is_empty())
    }
}

/// Draws the stages below each other, each with its cards.
pub fn board_ui(ui: &mut Ui, cx: &Cx<'_>, board: &Board) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - 10.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        for stage in &board.stages {
            ui.horizontal_wrapped(|ui| {
                ui.label(strong(stage.title));
                ui.label(muted(cx, counted(stage.cards.len(), board.noun)));
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
        cx.reveal(card.destination.clone());
    }
}
