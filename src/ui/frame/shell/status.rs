//! The status bar at the bottom.

use egui::{Align, Align2, Button, CornerRadius, Label, Layout, Rect, RichText, Role, Sense, Ui, Vec2, WidgetInfo};
use lucide_icons::Icon;

use super::outside::outside_status_ui;
use crate::checks::Severity;
use crate::model::Stage;
use crate::schedule::night::Night;
use crate::schedule::time::zone_data::ZoneData;
use crate::session::state::jobs::RunningJob;
use crate::session::{Action, Command, Destination, Session, Tonight, View, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::keys;
use crate::ui::parts::marks::{CHIP, stage_chip, test_mark};
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_text, job_bar, muted};
use crate::ui::views::night::in_short;
use crate::wording::counted;

/// The width needed for a legend with its words, and for its marks alone.
const LEGEND: f32 = 560.0;
const SHORT_LEGEND: f32 = 160.0;
const ZONE_DATA: f32 = 110.0;
/// The window width below which the status bar is shortened.
const NARROW: f32 = 1100.0;
/// The same if no night is running.
const NARROWER: f32 = 800.0;
/// The maximum width of a job's label, which may contain a path.
const LONGEST_LABEL: f32 = 300.0;
/// The maximum width of the state in Git, which contains the name of a branch.
const LONGEST_GIT: f32 = 380.0;
/// The usual width of a character of small text.
const CHARACTER: f32 = 6.2;
/// The width of the icon of the state in Git, with the space around it.
const GIT_ICON: f32 = 46.0;

pub fn status_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        // In a narrow window a running night, findings and the legend are more important than the size of the plan.
        let narrow = if session.tonight.running().is_empty() { NARROWER } else { NARROW };
        let is_short = ui.available_width() < narrow;
        if !is_short {
            ui.label(muted(
                cx,
                format!(
                    "{} · {} · {}",
                    counted(session.plan().windows().len(), "window"),
                    counted(session.schedule().occurrence_count(), "occurrence"),
                    counted(session.plan().systems().len(), "system")
                ),
            ));
        }
        night_ui(ui, cx, &session.tonight);
        findings_ui(ui, cx);
        outside_status_ui(ui, cx, session);
        if let Some(job) = session.jobs.shown() {
            job_ui(ui, cx, &job);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let has_legend = matches!(session.view(), View::Calendar(_) | View::Cycles | View::People);
            // The legend is needed to read the page, so it comes first.
            if !has_legend || ui.available_width() > SHORT_LEGEND + ZONE_DATA {
                let zone_data = ZoneData::in_use();
                ui.label(muted(cx, format!("zone data {}", zone_data.release())))
                    .on_hover_text(format!("Release {} of the IANA time zone database", zone_data.in_words()));
                git_ui(ui, cx, session, if has_legend { SHORT_LEGEND } else { 0.0 });
            }
            let is_short = ui.available_width() < LEGEND;
            ui.spacing_mut().item_spacing.x = 5.0;
            match session.view() {
                View::Calendar(_) => legend_ui(ui, cx, is_short),
                View::Cycles => cycles_legend_ui(ui, cx, is_short),
                View::People => people_legend_ui(ui, cx, is_short),
                View::Groups
                | View::Lists
                | View::Night
                | View::Ledger(_)
                | View::Changes
                | View::Advisories
                | View::Compliance(_)
                | View::Findings => {}
            }
        });
    });
}

/// The running job, its progress, and a button to stop it if it can be stopped.
fn job_ui(ui: &mut Ui, cx: &Cx<'_>, job: &RunningJob<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().button_padding = Vec2::new(10.0, 1.0);
        ui.scope(|ui| {
            ui.set_max_width(LONGEST_LABEL);
            ui.add(Label::new(muted(cx, job.label)).truncate());
        });
        job_bar(ui, cx, job, 120.0);
        if job.can_stop {
            let stop = Button::new(RichText::new("Stop").font(theme::regular(theme::SMALL)));
            if ui.add(stop).clicked() {
                cx.send(Action::CancelJob(job.id));
            }
        }
    });
}

/// The branch, uncommitted changes and commits to pull; a click opens the dialog Git. Nothing outside of a repository.
/// `reserved` is what must stay free beside it.
fn git_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, reserved: f32) {
    let Some(status) = &session.git.status else { return };
    let (words, help, color) = match status {
        Ok(status) => (status.in_words(), Command::Git.help(), cx.colors.muted),
        Err(why) => ("Git cannot be used".to_owned(), why.as_str(), cx.colors.warning),
    };
    let room = (ui.available_width() - GIT_ICON - reserved).clamp(0.0, LONGEST_GIT) / CHARACTER;
    let shown = match status {
        Ok(status) => status.in_words_within(room as usize),
        Err(_) => words.clone(),
    };
    // The branch is in the dialog, too.
    let has_room = shown.chars().count() as f32 <= room;
    let icon = icon_text(Icon::GitBranch, 12.0).color(color);
    let text = RichText::new(if has_room { shown } else { String::new() });
    let text = text.font(theme::regular(theme::SMALL)).color(color);
    let button = quiet_button(ui, cx, Button::new((icon, text))).accessible_name(format!("Git: {words}"));
    if button.on_hover_text(format!("{words}\n{help}")).clicked() {
        cx.run(Command::Git);
    }
}

/// The first running night and its remaining time; a click shows its checklist.
fn night_ui(ui: &mut Ui, cx: &Cx<'_>, tonight: &Tonight) {
    let running = tonight.running().iter().find_map(|key| Night::find(cx.schedule(), &key.window, key.on));
    let Some(night) = running else { return };
    let (words, tone) = in_short(&night, cx.now());
    let text = RichText::new(words).font(theme::strong(theme::SMALL)).color(tone.color(cx));
    if quiet_button(ui, cx, Button::new(text)).on_hover_text(show_help(ui, ViewKind::Night)).clicked() {
        cx.reveal(Destination::Night(night.key()));
    }
}

/// What a view shows, and its keys.
fn show_help(ui: &Ui, view: ViewKind) -> String {
    keys::with_keys(ui.ctx(), view.row().help, Command::Show(view))
}

fn findings_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let findings = cx.findings();
    for severity in Severity::ALL {
        let count = findings.count(severity);
        if count > 0 {
            let text = counted(count, severity.name());
            let text = RichText::new(text).font(theme::strong(theme::SMALL)).color(cx.colors.severity(severity));
            if quiet_button(ui, cx, Button::new(text)).on_hover_text(show_help(ui, ViewKind::Findings)).clicked() {
                cx.show(View::Findings);
            }
        }
    }
    let unfinished = findings.unfinished_count();
    if unfinished > 0 {
        let text =
            RichText::new(format!("{unfinished} to finish")).font(theme::strong(theme::SMALL)).color(cx.colors.muted);
        let help = "What is still being entered: no window covers it yet. Show findings";
        if ui.add(Button::new(text).frame(false)).on_hover_text(help).clicked() {
            cx.show(View::Findings);
        }
    }
    if findings.accepted_count() > 0 {
        ui.label(muted(cx, format!("{} accepted", findings.accepted_count())));
    } else if findings.list.is_empty() && !cx.plan().windows().is_empty() {
        ui.label(RichText::new("No findings").font(theme::regular(theme::SMALL)).color(cx.colors.good));
    }
}

/// Laid out from right to left, so the last item comes first in the code. A short one has its words as tooltips.
fn legend_ui(ui: &mut Ui, cx: &Cx<'_>, is_short: bool) {
    ui.add_space(17.0);
    word_ui(ui, cx, "Vendor release", is_short);
    ui.label(RichText::new("▶").font(theme::regular(9.5)).color(cx.colors.accent)).on_hover_text("Vendor release");
    ui.add_space(6.0);
    word_ui(ui, cx, "Freeze", is_short);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(14.0, 10.0), Sense::hover());
    response.on_hover_text("Freeze");
    hatch(ui.painter(), rect, cx.colors.muted);
    stages_ui(ui, cx, is_short);
}

/// Laid out from right to left as well.
fn cycles_legend_ui(ui: &mut Ui, cx: &Cx<'_>, is_short: bool) {
    ui.add_space(17.0);
    word_ui(ui, cx, "Next release", is_short);
    ui.label(RichText::new("◀").font(theme::regular(9.5)).color(cx.colors.accent)).on_hover_text("Next release");
    ui.add_space(6.0);
    word_ui(ui, cx, "Soak time", is_short);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(16.0, 6.0), Sense::hover());
    response.on_hover_text("Soak time");
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.stage(Some(Stage::Pilot)).fill);
    stages_ui(ui, cx, is_short);
}

/// Paints a mark of a legend.
type PaintMark = fn(&Ui, &Cx<'_>, Rect);

/// Laid out from right to left as well.
fn people_legend_ui(ui: &mut Ui, cx: &Cx<'_>, is_short: bool) {
    ui.add_space(17.0);
    let marks: [(&str, PaintMark); 3] = [
        ("Away", |ui, cx, rect| hatch(ui.painter(), rect, cx.colors.muted)),
        ("Tests", |ui, cx, rect| test_mark(ui.painter(), rect.center(), 4.0, cx.colors.text)),
        ("Works", |ui, cx, rect| {
            let letter = Rect::from_center_size(rect.center(), Vec2::splat(10.0));
            ui.painter().rect_filled(letter, CornerRadius::same(3), cx.colors.muted);
        }),
    ];
    let watches: (&str, PaintMark) = ("Watches", |ui, cx, rect| {
        let (eye, font) = (char::from(Icon::Eye), theme::icon(11.0));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, eye, font, cx.colors.text);
    });
    let has_watches = cx.plan().windows().iter().any(|window| window.watch.is_some());
    for (word, paint) in marks.into_iter().chain(has_watches.then_some(watches)) {
        word_ui(ui, cx, word, is_short);
        let (rect, response) = ui.allocate_exact_size(Vec2::new(14.0, 10.0), Sense::hover());
        response.on_hover_text(word);
        paint(ui, cx, rect);
        ui.add_space(6.0);
    }
    stages_ui(ui, cx, is_short);
}

fn word_ui(ui: &mut Ui, cx: &Cx<'_>, word: &str, is_short: bool) {
    if !is_short {
        ui.label(muted(cx, word));
    }
}

/// The stages, each with the letter by which bars show it.
fn stages_ui(ui: &mut Ui, cx: &Cx<'_>, is_short: bool) {
    for stage in Stage::ALL.into_iter().rev() {
        ui.add_space(if is_short { 1.0 } else { 6.0 });
        word_ui(ui, cx, stage.name(), is_short);
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(CHIP), Sense::hover());
        response
            .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", stage.letter(), stage.name())));
        response.on_hover_text(stage.name());
        stage_chip(ui.painter(), cx, rect.center(), stage);
    }
}
