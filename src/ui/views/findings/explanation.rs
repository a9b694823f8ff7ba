//! Why the selected finding matters and what to do: the same text as `windowsill explain`.

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::conflict::{ConflictState, conflict_ui};
use super::{apply_fix, row};
use crate::checks::{Finding, docs, has_uncovered_group};
use crate::model::{Acceptance, Edit, LadderId, Subject};
use crate::session::{Command, Destination, Dialog};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_text, muted, primary_button, rule, strong, text};
use crate::wording::{self, capitalised};

pub fn explanation_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    finding: Option<&Finding>,
    fix: Option<&str>,
    conflict: &mut ConflictState,
) {
    Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
        let Some(finding) = finding else {
            ui.label(muted(cx, "Select a finding to read about it"));
            return;
        };
        ScrollArea::vertical().id_salt("explanation").auto_shrink(false).show(ui, |ui| {
            title_ui(ui, cx, finding);
            ui.add_space(6.0);
            text(ui, finding.message.as_str());
            ui.add_space(10.0);
            buttons_ui(ui, cx, finding, fix);
            conflict_ui(ui, cx, finding, conflict);
            acceptance_ui(ui, cx, finding);
            ui.add_space(12.0);
            rule(ui, cx);
            rule_ui(ui, finding);
        });
    });
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding) {
    let color = cx.colors.severity(finding.severity);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon_text(row::severity_icon(finding.severity), 16.0).color(color));
        let code = RichText::new(finding.rule.code).font(theme::strong(theme::HEAD)).color(color);
        ui.label(code);
        ui.label(RichText::new(in_words(finding.rule.name)).font(theme::strong(theme::HEAD)));
    });
}

/// "rollback-does-not-fit" → "Rollback does not fit"
fn in_words(name: &str) -> String {
    capitalised(&name.replace('-', " "))
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding, fix: Option<&str>) {
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, cx, "Go there").clicked() {
            cx.reveal(Destination::for_finding(finding));
        }
        if let Some(label) = fix
            && ui.add_enabled(cx.is_editable(), egui::Button::new("Apply quick fix")).on_hover_text(label).clicked()
        {
            apply_fix(cx, finding);
        }
        if let Some(ladder) = ladder_to_plan(cx, finding)
            && ui.add_enabled(cx.is_editable(), egui::Button::new("Plan windows for this ladder…")).clicked()
        {
            cx.open_dialog(Dialog::LadderWindows(ladder));
        }
        if cx.findings().is_open(finding) && finding.rule.can_be_accepted() {
            let button = ui.add_enabled(cx.is_editable(), egui::Button::new("Accept…"));
            if button.on_hover_text(Command::AcceptFinding.help()).clicked() {
                cx.run(Command::AcceptFinding);
            }
        }
    });
}

/// The ladder of a finding about a group that no window reaches.
fn ladder_to_plan(cx: &Cx<'_>, finding: &Finding) -> Option<LadderId> {
    let Subject::Group(group) = &finding.subject else { return None };
    let (ladder, _) = cx.plan().group(group)?;
    let is_about_windows = matches!(finding.rule.code, "R003" | "W007");
    (is_about_windows && has_uncovered_group(cx.schedule(), &ladder.id)).then(|| ladder.id.clone())
}

/// Who accepted the finding and why, or that the acceptance has expired.
fn acceptance_ui(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding) {
    let accepted = &cx.findings().accepted;
    let words = |acceptance: &Acceptance, until: &str| {
        let Acceptance { reason, by, .. } = acceptance;
        format!("{reason}\n{by}, {until} {}", wording::date(acceptance.until))
    };
    if let Some(acceptance) = accepted.current(finding) {
        ui.add_space(10.0);
        ui.label(strong("Accepted"));
        text(ui, words(acceptance, "until"));
        ui.add_space(4.0);
        if ui.add_enabled(cx.is_editable(), egui::Button::new("Open again")).clicked() {
            cx.edit(Edit::RemoveAcceptance(acceptance.id.clone()));
        }
    } else if let Some(acceptance) = accepted.expired(finding) {
        ui.add_space(10.0);
        ui.label(strong("The acceptance has expired"));
        text(ui, words(acceptance, "expired after"));
    }
}

/// The rule's paragraphs, except the first, which only names the rule. The first line of a longer paragraph is a
/// heading.
fn rule_ui(ui: &mut Ui, finding: &Finding) {
    let explanation = docs::explain(finding.rule);
    let is_shown = |paragraph: &&str| paragraph.trim() != docs::OFFERS_FIX;
    for paragraph in explanation.split("\n\n").skip(1).filter(is_shown) {
        ui.add_space(10.0);
        match paragraph.split_once('\n') {
            Some((heading, body)) => {
                ui.label(strong(heading));
                text(ui, body);
            }
            None => {
                text(ui, paragraph);
            }
        }
    }
}
