//! Shown if nothing is selected: the next windows, what needs attention, and how to start a plan.

use egui::{CornerRadius, Role, Sense, Ui, Vec2};

use super::fit_card;
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::{Command, Destination, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::{quiet_button, state_of};
use crate::ui::parts::widgets::{command_button, head, muted, name, text, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording::{self, counted};

pub fn overview_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.plan().windows().is_empty() {
        ui.label(head("Plan the first window"));
        text(ui, muted(cx, "Double-click a day, or import what you have."));
        ui.add_space(6.0);
        for command in [Command::NewWindow, Command::ImportWindows, Command::ImportHolidays] {
            command_button(ui, cx, command);
        }
        return;
    }
    ui.label(head("Next windows"));
    ui.add_space(2.0);
    let from =
        cx.now().max(cx.schedule().zone.resolve(crate::model::LocalMinute::midnight(cx.plan().horizon().from)).at);
    let mut next: Vec<_> = cx
        .schedule()
        .windows
        .iter()
        .flat_map(|window| {
            window.expansion.starting_from(from).iter().take(8).map(move |occurrence| (window, occurrence))
        })
        .collect();
    next.sort_by_key(|(_, occurrence)| occurrence.start_at);
    for (window, occurrence) in next.into_iter().take(8) {
        next_ui(ui, cx, window, occurrence);
    }
    worst_ui(ui, cx);
}

/// One of the next windows: its date, start and name in columns, and a mark if the work does not fit.
fn next_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    const HEIGHT: f32 = 24.0;
    const START: f32 = 76.0;
    const NAME: f32 = 120.0;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::click());
    let (date, start) = (wording::short_date(occurrence.on()), occurrence_text::clock(window, occurrence.start_at));
    let is_short = window.fit(occurrence).is_ok_and(|fit| fit.margin() < 0);
    name(&response, Role::Button, || {
        let note = if is_short { ", does not fit" } else { "" };
        format!("{date}  {start}  {}{note}", window.window.name)
    });
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), cx.colors.filled(None, state_of(&response)));
    let color = if is_short { cx.colors.error } else { cx.colors.text };
    let font = || theme::regular(theme::TEXT);
    text_in(painter, rect.with_max_x(rect.left() + START), &date, font(), cx.colors.text);
    text_in(painter, rect.with_min_x(rect.left() + START), &start, font(), cx.colors.text);
    text_in(painter, rect.with_min_x(rect.left() + NAME), &window.window.name, font(), color);
    if response.clicked() {
        cx.reveal(Destination::Occurrence(window.id().clone(), occurrence.original_on()));
    }
}

fn worst_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let findings = cx.findings();
    let count = findings.list.len() - findings.accepted_count();
    if count == 0 {
        return;
    }
    ui.add_space(12.0);
    ui.label(head("Needs attention"));
    for finding in findings.open().take(6) {
        let code = egui::RichText::new(finding.rule.code)
            .font(theme::strong(theme::SMALL))
            .color(cx.colors.severity(finding.severity));
        ui.horizontal_top(|ui| {
            fit_card::code_ui(ui, code);
            if quiet_button(ui, cx, egui::Button::new(&finding.message).wrap()).clicked() {
                cx.reveal(Destination::for_finding(finding));
            }
        });
    }
    if count > 6 && ui.button(format!("All {}", counted(count, "finding"))).clicked() {
        cx.run(Command::Show(ViewKind::Findings));
    }
}
