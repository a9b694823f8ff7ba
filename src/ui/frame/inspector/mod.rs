//! The panel beside the calendar: the selection, how its work fits, its findings, and all of its fields.

mod activity;
mod agreement;
mod answer_form;
mod batches;
mod bookings;
mod changes;
mod checklist;
mod day;
mod dependents;
mod fit_card;
mod freeze;
mod head;
mod headings;
mod informed;
mod last_invite;
mod outlook;
mod overview;
mod paragraph;
mod rollback;
mod rule;
mod several;
mod watch;

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::model::{Edit, MaintenanceWindow, Subject, WindowId};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::scroll::to_top;
use crate::ui::parts::widgets::rule as rule_line;
use crate::ui::parts::{lessons, recording};
use crate::ui::views::calendar::CalendarState;

/// Draws the inspector for the selection. The head of a window stays in sight when the rest is scrolled.
pub fn inspector_ui(ui: &mut Ui, cx: &Cx<'_>, calendar: &mut CalendarState) {
    let shown = match cx.selection() {
        Selection::Window(id) => cx.schedule().window(id).map(|window| (window, window.expansion.occurrences.first())),
        Selection::Occurrence(id, on) => {
            cx.schedule().occurrence(id, *on).map(|(window, occurrence)| (window, Some(occurrence)))
        }
        Selection::Nothing | Selection::Several(_) | Selection::Day(_) | Selection::Freeze(_) => None,
    };
    let top = if let Some((window, occurrence)) = shown {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 6 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            with_form_id(ui, cx, window, |ui| head::title_ui(ui, cx, window, occurrence));
        });
        rule_line(ui, cx);
        6
    } else {
        14
    };
    let area = to_top(ui, ScrollArea::vertical().auto_shrink(false), "inspector", &selected(cx));
    area.show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top, bottom: 24 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            match (cx.selection(), shown) {
                (Selection::Nothing, _) => overview::overview_ui(ui, cx),
                (Selection::Day(on), _) => {
                    let findings = calendar.findings_of_day(cx, *on);
                    day::day_ui(ui, cx, *on, &findings, calendar.matches(cx).as_deref());
                }
                (Selection::Several(selected), _) => {
                    several::several_ui(ui, cx, selected, calendar.common_start(cx, selected));
                }
                (Selection::Freeze(id), _) => {
                    if let Some(freeze) = cx.plan().freezes().get(id) {
                        freeze::freeze_ui(ui, cx, freeze, calendar);
                    }
                }
                (selection, Some((window, occurrence))) => {
                    let is_chosen = matches!(selection, Selection::Occurrence(..));
                    let notes = calendar.lessons.for_window(cx, window);
                    window_ui(ui, cx, window, occurrence, is_chosen, &notes);
                }
                (Selection::Window(_) | Selection::Occurrence(..), None) => {}
            }
        });
    });
}

/// The form of a window, with the fit of its first occurrence.
pub fn window_form_ui(ui: &mut Ui, cx: &Cx<'_>, id: &WindowId) {
    if let Some(window) = cx.schedule().window(id) {
        let first = window.expansion.occurrences.first();
        with_form_id(ui, cx, window, |ui| head::title_ui(ui, cx, window, first));
        window_ui(ui, cx, window, first, false, &[]);
    }
}

/// The fields of a window belong to it even while its id changes with its first name.
fn with_form_id(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, content: impl FnOnce(&mut Ui)) {
    let subject = Subject::Window(window.id().clone());
    ui.push_id(cx.navigation().new_records.form_key(&subject).id(), content);
}

/// What is selected. Naming a new record changes its id, but not this.
fn selected(cx: &Cx<'_>) -> String {
    let key = |subject: &Subject| cx.navigation().new_records.form_key(subject).id().to_owned();
    match cx.selection() {
        Selection::Nothing => String::new(),
        Selection::Day(on) => format!("day {on}"),
        Selection::Several(_) => "several".to_owned(),
        Selection::Freeze(id) => format!("freeze {}", key(&Subject::Freeze(id.clone()))),
        Selection::Window(id) => format!("window {}", key(&Subject::Window(id.clone()))),
        Selection::Occurrence(id, on) => format!("window {} on {on}", key(&Subject::Window(id.clone()))),
    }
}

/// A window and, if there is one, the occurrence whose fit is shown.
fn window_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    window: &WindowSchedule,
    occurrence: Option<&Occurrence>,
    is_chosen: bool,
    notes: &[lessons::Note],
) {
    with_form_id(ui, cx, window, |ui| {
        head::head_ui(ui, cx, window, occurrence, is_chosen);
        if let Some(occurrence) = occurrence {
            fit_card::fit_card_ui(ui, cx, window, occurrence);
        }
        fit_card::findings_ui(ui, cx, window, occurrence.filter(|_| is_chosen));
        if let Some(summary) = lessons::summary(notes, None) {
            headings::section(ui, cx, "Earlier nights", &summary, |ui| lessons::lessons_ui(ui, cx, notes, None));
        }
        ui.add_enabled_ui(cx.is_editable(), |ui| {
            agreement::agreement_ui(ui, cx, window, occurrence.filter(|_| is_chosen));
            if let Some(occurrence) = occurrence.filter(|each| is_chosen && each.start_at <= cx.now()) {
                let summary = recording::summary(cx, window, occurrence);
                headings::section(ui, cx, "Results", &summary, |ui| {
                    recording::recording_ui(ui, cx, window, occurrence);
                });
            }
            bookings::bookings_ui(ui, cx, window, occurrence, is_chosen);
            headings::headings_ui(ui, cx, window);
            checklist::checklist_ui(ui, cx, window);
            rule::rule_ui(ui, cx, window);
            changes::changes_ui(ui, cx, window);
        });
        rule::next_dates_ui(ui, cx, window, occurrence);
    });
}

/// Lists where each field is edited, so that adding a field without a form does not compile.
const _: fn(MaintenanceWindow) = |window| {
    let MaintenanceWindow {
        // head.rs
        name: _,
        short_name: _,
        kind: _,
        change_ticket: _,
        // headings.rs
        groups: _,
        systems: _,
        start: _,
        duration: _,
        zone: _,
        work: _,
        strategy: _,
        impact: _,
        impact_minutes: _,
        dependencies: _,
        communication: _,
        notes: _,
        // batches.rs
        batch: _,
        max_fail_percent: _,
        // rollback.rs
        cutoff: _,
        irreversible: _,
        backout: _,
        // rule.rs
        rule: _,
        first: _,
        last: _,
        // changes.rs
        changes: _,
        // checklist.rs
        checklist: _,
        // bookings.rs
        bookings: _,
        // watch.rs
        watch: _,
        // Never edited in a form: exceptions are changed through single occurrences, and imports remember their source.
        id: _,
        exceptions: _,
        sequence: _,
        imported: _,
    } = window;
};

/// Sends a changed copy of a window.
fn change(cx: &Cx<'_>, window: &MaintenanceWindow, change: impl FnOnce(&mut MaintenanceWindow)) {
    let mut window = window.clone();
    change(&mut window);
    cx.edit(Edit::PutWindow(window));
}
