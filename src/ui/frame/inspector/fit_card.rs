//! The fit of one occurrence in words and as a bar, with changes that would make it fit; and its findings.

use egui::{Align, CornerRadius, Frame, Layout, Margin, Response, RichText, Sense, Stroke, Ui, Vec2};

use super::outlook;
use crate::checks::Finding;
use crate::model::Acceptance;
use crate::schedule::{Fit, FitVerdict, NoFit, Occurrence, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fit::{fit_bar, times};
use crate::ui::parts::widgets::{muted, strong, text};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

/// The width of a finding's code, which is a letter and three digits.
const CODE_WIDTH: f32 = 40.0;

pub fn fit_card_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence) {
    Frame::new()
        .fill(cx.colors.background)
        .stroke(Stroke::new(1.0, cx.colors.line))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            match window.fit(occurrence) {
                Ok(fit) => fit_ui(ui, cx, window, occurrence, &fit),
                Err(NoFit::NoHosts) => {
                    no_fit_ui(ui, cx, "No systems in scope", &no_systems(cx, window));
                }
                Err(NoFit::NoEstimate) => {
                    no_fit_ui(
                        ui,
                        cx,
                        "Not estimated",
                        "Give minutes for patching and rolling back under Duration below.",
                    );
                }
            }
        });
    ui.add_space(4.0);
}

/// What to do about a window without systems: its groups can be empty.
fn no_systems(cx: &Cx<'_>, window: &WindowSchedule) -> String {
    let groups = &window.window.groups;
    let names: Vec<String> = groups
        .iter()
        .filter_map(|id| cx.plan().group(id))
        .map(|(ladder, group)| format!("{} · {}", ladder.name, group.name))
        .collect();
    match names.len() {
        0 => "Choose groups or systems under Scope below.".to_owned(),
        1 => format!("{} has no systems; put some there on the board.", names[0]),
        _ => format!("{} have no systems; put some there on the board.", wording::list(&names, 3)),
    }
}

fn no_fit_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, advice: &str) {
    ui.label(RichText::new(title).font(theme::strong(theme::HEAD)).color(cx.colors.muted));
    text(ui, muted(cx, advice));
}

fn fit_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, fit: &Fit) {
    let verdict = fit.verdict(cx.plan().policy().buffer_percent);
    ui.horizontal(|ui| {
        let title = occurrence_text::verdict_in_words(verdict);
        ui.label(RichText::new(title).font(theme::strong(theme::HEAD)).color(cx.colors.verdict(verdict)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(format!("needs {} of {}", fit.need(), fit.length));
        });
    });
    ui.add_space(4.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 30.0), Sense::hover());
    let clock = |minutes: i32| occurrence_text::clock_within(window, occurrence, occurrence.start_at.plus(minutes));
    let summary = format!(
        "Work {} until {}, no new batch after {}, roll back by {}, rollback {}, {}",
        fit.work,
        clock(fit.work.signed()),
        clock(fit.cutoff),
        clock(fit.rollback_deadline()),
        fit.rollback,
        occurrence_text::margin(fit.margin())
    );
    crate::ui::parts::widgets::name(&response, egui::Role::Label, || summary.clone());
    if cx.schedule().outlooks.get(window).is_some() {
        response.on_hover_text(outlook::MARKS_HELP);
    }
    fit_bar(ui, cx, rect, window, occurrence);
    times(ui, cx, rect, window, occurrence, fit);
    ui.add_space(34.0);
    let margin = occurrence_text::margin(fit.margin());
    text(ui, muted(cx, format!("{margin} · no new batch after {}", clock(fit.cutoff))));
    irreversible_ui(ui, cx, window, occurrence, fit);
    outlook::outlook_ui(ui, cx, window, occurrence, fit);
    outlook::play_ui(ui, cx, window);
    match verdict {
        FitVerdict::Fits => {}
        FitVerdict::Thin => {
            let wanted = fit.buffer(cx.plan().policy().buffer_percent);
            text(ui, muted(cx, format!("The policy requires {wanted} to spare")));
        }
        FitVerdict::DoesNotFit => remedies_ui(ui, cx, window, fit),
    }
}

/// The time of the point of no return; a warning if it is after the last moment to roll back.
fn irreversible_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: &Occurrence, fit: &Fit) {
    let Some(irreversible) = &window.window.irreversible else { return };
    let is_late = irreversible.after.signed() > fit.rollback_deadline();
    let at = occurrence_text::clock_within(window, occurrence, occurrence.start_at.plus(irreversible.after.signed()));
    let step = if irreversible.step.is_empty() { String::new() } else { format!(" · {}", irreversible.step) };
    let line = muted(cx, format!("Point of no return {at}{step}"));
    text(ui, if is_late { line.color(cx.colors.warning) } else { line });
}

/// The changes that would make the work fit.
fn remedies_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, fit: &Fit) {
    let Ok(remedies) = Fit::remedies(&window.window, &window.scope.systems, fit.length) else { return };
    let mut ways = vec![format!("in {}", remedies.shortest_length)];
    if let Some(batch) = remedies.smallest_batch {
        ways.push(format!("in batches of {batch}"));
    }
    if let Some(hosts) = remedies.most_hosts {
        ways.push(format!("with {}", wording::counted(hosts, "host")));
    }
    text(ui, muted(cx, format!("Fits {}", ways.join(", or "))));
}

/// The findings of the occurrence, or of the window if no occurrence is selected.
pub fn findings_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    const MOST: usize = 6;
    let on = occurrence.map(Occurrence::original_on);
    let is_here = |finding: &Finding| {
        finding.window.as_ref() == Some(window.id()) && (on.is_none() || finding.on.is_none() || finding.on == on)
    };
    // A rule that finds the same problem on many dates is shown once here; the list of findings shows every date.
    let mut here: Vec<(&Finding, usize)> = Vec::new();
    for finding in cx.findings().list.iter().filter(|finding| is_here(finding)) {
        match here.iter_mut().find(|(first, _)| first.rule.code == finding.rule.code && first.other == finding.other) {
            Some((_, count)) => *count += 1,
            None => here.push((finding, 1)),
        }
    }
    if here.is_empty() {
        return;
    }
    ui.label(strong("Findings"));
    for (finding, count) in here.iter().take(MOST) {
        finding_ui(ui, cx, finding, *count);
    }
    if here.len() > MOST {
        ui.label(muted(cx, wording::and_more(here.len() - MOST)));
    }
    ui.add_space(4.0);
}

/// One finding with its quick fix, and the number of dates on which it was found.
pub fn finding_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding, count: usize) {
    let frame = Frame::new()
        .fill(cx.colors.background)
        .corner_radius(CornerRadius::same(theme::BAR_RADIUS))
        .inner_margin(Margin::symmetric(10, 6));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let acceptance = cx.findings().accepted.current(finding);
            let color = acceptance.map_or(cx.colors.severity(finding.severity), |_| cx.colors.muted);
            let code = RichText::new(finding.rule.code).font(theme::strong(theme::SMALL)).color(color);
            code_ui(ui, code).on_hover_ui(|ui| _ = ui.label(crate::checks::docs::explain(finding.rule)));
            ui.vertical(|ui| {
                text(ui, &finding.message);
                if count > 1 {
                    ui.label(muted(cx, format!("and on {}", wording::counted(count - 1, "more date"))));
                }
                if let Some(Acceptance { reason, by, until, .. }) = acceptance.map(|each| &**each) {
                    text(ui, muted(cx, format!("Accepted by {by} until {}: {reason}", wording::date(*until))));
                } else if let Some(fix) = finding.fix(&cx.context())
                    && ui.add_enabled(cx.is_editable(), egui::Button::new(&fix.label)).clicked()
                {
                    cx.edit_as_proposed(fix.edit);
                }
            });
        });
    });
    shown.response.on_hover_text(finding.rule.why);
}

/// The code of a finding. All take the same width, so that the messages beside them line up.
pub fn code_ui(ui: &mut Ui, code: RichText) -> Response {
    let layout = Layout::left_to_right(Align::Min);
    let shown = ui.allocate_ui_with_layout(Vec2::new(CODE_WIDTH, 18.0), layout, |ui| {
        ui.set_min_width(CODE_WIDTH);
        ui.label(code)
    });
    shown.inner
}
