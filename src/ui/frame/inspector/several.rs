//! Several selected occurrences: what they are, and what can be done with all of them.

use chrono::{NaiveDate, NaiveTime};
use egui::{Id, RichText, Ui};

use crate::model::{Assignee, Duty};
use crate::session::{Action, AnswerForAllAreas, BulkChange, Command, SelectedDates, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{command_button, muted, rule, strong};
use crate::ui::parts::{fields, occurrence_text, picker, theme, while_shown};
use crate::wording::{self, counted};

/// At most this many occurrences are listed.
const LISTED: usize = 8;

/// What was typed for a change that is not made yet.
#[derive(Clone, Default)]
struct Draft {
    reason: String,
    accepted: String,
    by: Option<String>,
    until: Option<NaiveDate>,
}

/// `common_start` is the start that all of them have; none if they differ.
pub fn several_ui(ui: &mut Ui, cx: &Cx<'_>, selected: &SelectedDates, common_start: Option<NaiveTime>) {
    let dates = counted(selected.len(), "date");
    let title = format!("{dates} of {}", counted(selected.windows(), "window"));
    ui.label(RichText::new(title).font(theme::strong(theme::TITLE - 1.0)));
    list_ui(ui, cx, selected.len());
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        // Nothing that was typed for these dates is left for others.
        ui.push_id(first_key(selected), |ui| {
            let id = Id::unique("changes of several dates");
            let mut draft: Draft = while_shown::get(ui, id, cx.selection().clone());
            move_ui(ui, cx, common_start);
            skip_ui(ui, cx, &mut draft, &dates);
            answers_ui(ui, cx);
            assign_ui(ui, cx, selected.windows());
            accept_ui(ui, cx, &mut draft, &dates);
            while_shown::set::<Selection, _>(ui, id, draft);
        });
    });
}

/// Tells this selection from others, for the drafts of its fields.
fn first_key(selected: &SelectedDates) -> (usize, Option<(String, NaiveDate)>) {
    (selected.len(), selected.first().map(|(window, on)| (window.to_string(), *on)))
}

fn send(cx: &Cx<'_>, change: BulkChange) {
    cx.send(Action::ChangeSeveral(change));
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, count: usize) {
    for (window, occurrence) in cx.selected_occurrences().take(LISTED) {
        let when =
            format!("{}  {}", wording::date(occurrence.on()), occurrence_text::clock(window, occurrence.start_at));
        let label = format!("{when}  {}", window.window.name);
        if ui.add(egui::Button::new(label).truncate().frame(false)).on_hover_text("Select only this date").clicked() {
            cx.select(Selection::Occurrence(window.id().clone(), occurrence.original_on()));
        }
    }
    if count > LISTED {
        ui.label(muted(cx, wording::and_more(count - LISTED)));
    }
    rule(ui, cx);
}

/// Moves by days, and one start for all.
fn move_ui(ui: &mut Ui, cx: &Cx<'_>, common_start: Option<NaiveTime>) {
    ui.label(strong("Move"));
    ui.horizontal_wrapped(|ui| {
        for command in [Command::WeekEarlier, Command::DayEarlier, Command::DayLater, Command::WeekLater] {
            command_button(ui, cx, command);
        }
    });
    ui.horizontal(|ui| {
        ui.label("By days");
        if let Some(days) = fields::count(ui, "Days to move", 0, -366..=366, "day").filter(|days| *days != 0) {
            send(cx, BulkChange::days(days as i32));
        }
        ui.label("Start all at");
        // Empty if they start at different times, so that each of these can be typed.
        if let Some(Some(start)) = fields::optional_time(ui, "Start of all", common_start) {
            send(cx, BulkChange::Start(start));
        }
    });
    rule(ui, cx);
}

fn skip_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, dates: &str) {
    ui.label(strong("Skip"));
    if let Some(reason) = fields::text(ui, "Reason for skipping all", &draft.reason, "Why?") {
        draft.reason = reason;
    }
    ui.horizontal(|ui| {
        if ui.button(format!("Skip {dates}")).clicked() {
            send(cx, BulkChange::Skip(draft.reason.clone()));
        }
        command_button(ui, cx, Command::RestoreOccurrence);
    });
    rule(ui, cx);
}

fn answers_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.label(strong("Agreement"));
    ui.horizontal_wrapped(|ui| {
        if ui.button("Record all as asked").clicked() {
            send(cx, BulkChange::Note(AnswerForAllAreas::Asked));
        }
        if ui.button("Record all as agreed").clicked() {
            send(cx, BulkChange::Note(AnswerForAllAreas::Agreed));
        }
        command_button(ui, cx, Command::ExportInvites);
    });
    rule(ui, cx);
}

/// Groups for their windows, and people for these dates.
fn assign_ui(ui: &mut Ui, cx: &Cx<'_>, windows: usize) {
    let plan = cx.plan();
    ui.label(strong("Assign"));
    ui.horizontal(|ui| {
        ui.label("Group");
        let groups = || {
            let groups =
                plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
            groups.map(|(ladder, group)| (group.id.clone(), format!("{} · {}", ladder.name, group.name))).collect()
        };
        if let Some(Some(group)) =
            picker::optional_id(ui, "Group for their windows", None, "Choose", &groups, ToString::to_string)
        {
            send(cx, BulkChange::AddGroup(group));
        }
        ui.label(muted(cx, format!("for all dates of {}", counted(windows, "window"))));
    });
    for (duty, word) in [(Duty::Work, "Works"), (Duty::USUAL_TESTING, "Tests"), (Duty::Watch, "Watches")] {
        ui.horizontal(|ui| {
            ui.label(word);
            let people = || plan.people().names();
            let name = format!("{word} on these dates");
            if let Some(Some(person)) = picker::optional_id(ui, &name, None, "A person", &people, ToString::to_string) {
                send(cx, BulkChange::Book(Assignee::Person(person), duty));
            }
            let teams = || plan.teams().names();
            let name = format!("{word} on these dates, team");
            if let Some(Some(team)) = picker::optional_id(ui, &name, None, "A team", &teams, ToString::to_string) {
                send(cx, BulkChange::Book(Assignee::Team(team), duty));
            }
        });
    }
    rule(ui, cx);
}

/// Accepts the open findings of all.
fn accept_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, dates: &str) {
    ui.label(strong("Accept findings"));
    if let Some(reason) = fields::text(ui, "Reason for accepting", &draft.accepted, "Why they are acceptable") {
        draft.accepted = reason;
    }
    let by = draft.by.clone().unwrap_or_else(|| cx.settings().answers.clone());
    if let Some(by) = fields::text(ui, "Name of the person responsible", &by, "Name of the person responsible") {
        draft.by = Some(by);
    }
    let until = draft.until.unwrap_or_else(|| cx.plan().horizon().last().max(cx.today()));
    ui.horizontal(|ui| {
        ui.label("Until");
        if let Some(until) = fields::plain_date(ui, cx, "Accepted until", until) {
            draft.until = Some(until);
        }
        let by = draft.by.clone().unwrap_or_else(|| cx.settings().answers.clone());
        let is_complete = !draft.accepted.is_empty() && !by.is_empty() && until >= cx.today();
        let button = ui.add_enabled(is_complete, egui::Button::new(format!("Accept findings of {dates}")));
        if button.on_disabled_hover_text("Enter the reason, the name and a day from today on").clicked() {
            send(cx, BulkChange::Accept { reason: draft.accepted.clone(), by, until });
        }
    });
}
