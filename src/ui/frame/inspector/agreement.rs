//! The answers to an occurrence: one line per business area, with its answer and the day by which it must be notified.

use std::sync::Arc;

use egui::{Align, Button, Color32, CornerRadius, Layout, RichText, Ui, Vec2};
use lucide_icons::Icon;

use super::answer_form;
use super::dependents::dependents_ui;
use super::headings::section_ui;
use super::informed::informed_ui;
use super::last_invite::last_invite_ui;
use crate::model::{Agreement, BusinessArea, Edit};
use crate::schedule::agreement::answers::{Answer, Party, answers, areas, key};
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::Command;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{icon_button, muted, strong, text};
use crate::ui::parts::{fields, theme};
use crate::wording::{self, counted};

/// Draws the answers to one occurrence; without an occurrence, how many dates each area agreed to.
pub fn agreement_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    let areas = areas(cx.plan(), &window.scope);
    let occurrence = occurrence.filter(|occurrence| occurrence.origin != Origin::Skipped);
    let answers = occurrence.map(|occurrence| answers(cx.plan(), window, occurrence)).unwrap_or_default();
    let summary = match occurrence {
        _ if areas.is_empty() => "Nobody to ask".to_owned(),
        Some(_) => {
            let agreed = answers.iter().filter(|answer| matches!(answer.agreement(), Agreement::Agreed { .. }));
            format!("{} of {} agreed", agreed.count(), counted(answers.len(), "area"))
        }
        None => counts(cx, window, &areas),
    };
    section_ui(ui, cx, "Agreement", &summary, true, |ui| {
        if areas.is_empty() {
            text(ui, muted(cx, "No business area has systems in this window."));
            dependents_ui(ui, cx, window, occurrence);
            informed_ui(ui, cx, window, occurrence);
            return;
        }
        if let Some(occurrence) = occurrence {
            for answer in &answers {
                let salt = (answer.area.id.as_str(), occurrence.original_on());
                ui.push_id(salt, |ui| answer_ui(ui, cx, window, occurrence, answer));
            }
            all_ui(ui, cx, "This date", Command::AskedThisDate, Command::AgreedThisDate);
        } else {
            for area in &areas {
                ui.label(strong(&area.name));
                text(ui, muted(cx, counts(cx, window, std::slice::from_ref(area))));
            }
        }
        all_ui(ui, cx, "All dates", Command::AskedAllDates, Command::AgreedAllDates);
        dependents_ui(ui, cx, window, occurrence);
        informed_ui(ui, cx, window, occurrence);
    });
}

/// Counts the answers of these areas to all dates: "20 of 24 agreed, 3 asked, 1 declined".
fn counts(cx: &Cx<'_>, window: &WindowSchedule, areas: &[&Arc<BusinessArea>]) -> String {
    let dates = &window.expansion.occurrences;
    let (mut agreed, mut asked, mut declined) = (0, 0, 0);
    for area in areas {
        let party = Party::new(cx.plan(), window, area);
        for answer in dates.iter().filter_map(|occurrence| party.recorded_answer(occurrence)) {
            match answer.agreement() {
                Agreement::Agreed { .. } => agreed += 1,
                Agreement::Asked { .. } => asked += 1,
                Agreement::Declined { .. } => declined += 1,
                Agreement::NotAsked => {}
            }
        }
    }
    let mut words = format!("{agreed} of {} agreed", dates.len() * areas.len());
    for (count, what) in [(asked, "asked"), (declined, "declined")] {
        if count > 0 {
            words = format!("{words}, {count} {what}");
        }
    }
    words
}

/// Name, owner and day of notice on the left, the answer on the right; details below if opened.
fn answer_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, answer: &Answer<'_>) {
    let area = answer.area;
    let details = ui.make_persistent_id("details");
    let mut is_open = ui.data(|data| data.get_temp::<bool>(details)).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.label(strong(&area.name));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let icon = if is_open { Icon::ChevronUp } else { Icon::ChevronDown };
            if icon_button(ui, icon, &format!("Details of {}'s answer", area.name), true).clicked() {
                is_open = !is_open;
                ui.data_mut(|data| data.insert_temp(details, is_open));
            }
            chip_ui(ui, cx, window, occurrence, answer);
        });
    });
    let owner = if area.owner.trim().is_empty() { "No owner" } else { &area.owner };
    let (notice, color) = notice(cx, answer);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(muted(cx, format!("{owner} · ")));
        ui.label(muted(cx, notice).color(color));
    });
    last_invite_ui(ui, cx, window, answer);
    let lacks_reserve = matches!(answer.agreement(), Agreement::Declined { .. })
        && answer.entry.is_some_and(|entry| entry.reserve_on.is_none());
    if is_open || lacks_reserve {
        answer_form::answer_form_ui(ui, cx, &key(window, occurrence, area), answer);
    }
    ui.add_space(4.0);
}

/// The day by which the area must be notified, and the colour of the text.
fn notice(cx: &Cx<'_>, answer: &Answer<'_>) -> (String, Color32) {
    let Some(notice) = answer.notice else { return ("notice is informational".to_owned(), cx.colors.muted) };
    let left = (notice.due_on - cx.today()).num_days();
    let color = match answer.agreement() {
        Agreement::NotAsked if left < 0 => cx.colors.error,
        Agreement::NotAsked | Agreement::Asked { .. } if left <= cx.plan().policy().notice_reminder_days.into() => {
            cx.colors.warning
        }
        _ => cx.colors.muted,
    };
    let tense = if left < 0 { "was due" } else { "is due" };
    (format!("notice {tense} {}", wording::date(notice.due_on)), color)
}

/// The current answer in its colour, and a list of the others.
fn chip_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, answer: &Answer<'_>) {
    let (agreement, today) = (answer.agreement(), cx.today());
    let shown = in_words(agreement);
    let word = RichText::new(&shown).color(color(cx, agreement)).font(theme::strong(theme::SMALL));
    let mut chosen = None;
    let combo = fields::drop_down("answer", word, 60.0).show_ui(ui, |ui| {
        let by = || answer.area.owner.clone();
        for choice in [
            Agreement::NotAsked,
            Agreement::Asked { on: today },
            Agreement::Agreed { on: today, by: by() },
            Agreement::Declined { on: today, by: by(), reason: String::new() },
        ] {
            let is_on = choice.name() == agreement.name();
            if ui.selectable_label(is_on, choice.name()).clicked() && !is_on {
                chosen = Some(choice);
            }
        }
    });
    combo.response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Answer of {}", answer.area.name));
        info.current_text_value = Some(shown.clone());
        info
    });
    if let Some(agreement) = chosen {
        let entry = answer.ledger_entry(key(window, occurrence, answer.area), agreement);
        // An area that was not asked needs no entry, unless the entry has a reserve date or notes.
        let says_nothing =
            entry.agreement == Agreement::NotAsked && entry.reserve_on.is_none() && entry.notes.is_empty();
        cx.edit(if says_nothing { Edit::RemoveEntry(entry.key) } else { Edit::PutEntry(entry) });
    }
}

/// "Agreed Tue 5 Jan"
fn in_words(agreement: &Agreement) -> String {
    match agreement {
        Agreement::NotAsked => agreement.name().to_owned(),
        Agreement::Asked { on } | Agreement::Agreed { on, .. } | Agreement::Declined { on, .. } => {
            format!("{} {}", agreement.name(), wording::short_date(*on))
        }
    }
}

fn color(cx: &Cx<'_>, agreement: &Agreement) -> Color32 {
    match agreement {
        Agreement::NotAsked => cx.colors.muted,
        Agreement::Asked { .. } => cx.colors.accent,
        Agreement::Agreed { .. } => cx.colors.good,
        Agreement::Declined { .. } => cx.colors.error,
    }
}

/// One control with two halves that record the same answer for all areas.
fn all_ui(ui: &mut Ui, cx: &Cx<'_>, label: &str, asked: Command, agreed: Command) {
    /// The least height of a target.
    const HEIGHT: f32 = 24.0;
    const LABEL: f32 = 64.0;
    let radius = theme::BAR_RADIUS;
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(Vec2::new(LABEL, HEIGHT), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(LABEL);
            ui.label(muted(cx, label));
        });
        // The borders of the halves lie on each other.
        ui.spacing_mut().item_spacing.x = -1.0;
        let left = CornerRadius { nw: radius, sw: radius, ne: 0, se: 0 };
        let right = CornerRadius { nw: 0, sw: 0, ne: radius, se: radius };
        for (command, word, corners) in [(asked, "All asked", left), (agreed, "All agreed", right)] {
            let enabled = cx.is_enabled(command);
            let half = Button::new(word).min_size(Vec2::new(88.0, HEIGHT)).corner_radius(corners);
            let button = ui.add_enabled(enabled, half);
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(command.name()));
            if button.clicked() {
                cx.run(command);
            }
            button.on_hover_text(command.help());
        }
    });
}
