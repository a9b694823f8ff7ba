//! The form of one advisory: its deadline, the occurrences that install the fix, and its details.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Align, Label, Layout, RichText, ScrollArea, Sense, Ui};
use lucide_icons::Icon;

use super::decisions::{DecisionDraft, decisions_ui};
use super::lines::due;
use crate::model::{Advisory, AdvisoryId, DueBy, Edit, Exposure, FixState, Plan, Subject, WindowId, slug};
use crate::schedule::{AdvisoryState, Rollout};
use crate::session::{Destination, Document};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{named, row, section};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::picker::ids;
use crate::ui::parts::widgets::{icon_button, muted, name, strong};
use crate::ui::parts::{fields, theme};
use crate::wording;

/// The state of the form between frames.
#[derive(Default)]
pub struct FormState {
    draft: DecisionDraft,
    /// The advisory that the draft is about.
    drafted: Option<AdvisoryId>,
    outlook: Memo<(Pointer<Plan>, Pointer<Advisory>, NaiveDate), AdvisorySummary>,
}

/// What the plan means for the advisory shown.
struct AdvisorySummary {
    standing: AdvisoryState,
    /// "Due Thu 11 Mar 2027, 3 days left"
    due: String,
    /// Where that deadline comes from.
    by: String,
    systems: Vec<AffectedSystem>,
}

/// An affected system, and the occurrence that installs the fix on it.
struct AffectedSystem {
    name: String,
    /// "Sat 13 Mar 2027, Core DB patching"
    by: Option<(String, WindowId, NaiveDate)>,
    is_late: bool,
    /// A decision makes it unnecessary there.
    is_excused: bool,
    installed_on: Option<NaiveDate>,
}

pub fn form_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FormState, advisory: &Arc<Advisory>) {
    ui.spacing_mut().item_spacing.y = 6.0;
    let inputs = (Pointer::to(cx.plan_pointer()), Pointer::to(advisory), cx.today());
    if state.drafted.as_ref() != Some(&advisory.id) {
        state.draft.start_over();
        state.drafted = Some(advisory.id.clone());
    }
    let outlook = state.outlook.get(inputs, || AdvisorySummary::new(cx.document(), advisory));
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        let mut copy = Advisory::clone(advisory);
        let mut renamed = None;
        ui.horizontal(|ui| {
            renamed = number_ui(ui, cx, advisory);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Trash2, "Remove advisory", cx.is_editable()).clicked() {
                    cx.edit(Edit::RemoveAdvisory(advisory.id.clone()));
                }
            });
        });
        let font = theme::strong(theme::HEAD);
        if let Some(title) = fields::record_name(ui, cx, "Title", &advisory.title, font, 300.0) {
            copy.title = title;
        }
        outlook_ui(ui, cx, &outlook);
        let in_on = advisory.in_on;
        if let Some(on) =
            row(ui, cx, "Installed everywhere on", |ui| fields::optional_date(ui, cx, "Installed everywhere on", in_on))
        {
            copy.in_on = on;
        }
        section(ui, "Affected systems");
        systems_ui(ui, cx, &mut copy, &outlook);
        section(ui, "Decisions");
        if let Some(decision) = decisions_ui(ui, cx, &mut state.draft, advisory) {
            copy.decisions.push(decision);
        }
        section(ui, "Details");
        facts_ui(ui, cx, &mut copy);
        section(ui, "Notes");
        if let Some(notes) = fields::paragraph(ui, "Notes", &advisory.notes, "") {
            copy.notes = notes;
        }
        match renamed {
            Some(id) => {
                state.drafted = Some(id.clone());
                rename(cx, advisory, Advisory { id, ..copy });
            }
            None if copy != **advisory => cx.edit(Edit::PutAdvisory(copy)),
            None => {}
        }
    });
}

/// The publisher's number. An advisory entered manually gets its number here. Returns another number.
fn number_ui(ui: &mut Ui, cx: &Cx<'_>, advisory: &Advisory) -> Option<AdvisoryId> {
    let advisories = cx.plan().advisories();
    let read = |text: &str| {
        let id = AdvisoryId::new(&slug(text));
        match (text.trim().is_empty(), id == advisory.id || !advisories.contains(&id)) {
            (true, _) => Err("Enter a number such as CVE-2027-1234".to_owned()),
            (false, true) => Ok(id),
            (false, false) => Err(format!("{} is already in the list", text.trim())),
        }
    };
    let typed = ui
        .scope(|ui| {
            ui.set_max_width(220.0);
            fields::parsed(ui, "Number", &advisory.number(), "CVE-2027-1234", read)
        })
        .inner;
    typed.filter(|id| *id != advisory.id)
}

/// Replaces an advisory with `renamed`, which has another number, as one undo step.
fn rename(cx: &Cx<'_>, advisory: &Advisory, renamed: Advisory) {
    let (label, id) = (format!("Number {}", renamed.number()), renamed.id.clone());
    let edits = vec![Edit::RemoveAdvisory(advisory.id.clone()), Edit::PutAdvisory(renamed)];
    cx.edit(Edit::Together { label, edits });
    cx.reveal(Destination::Subject(Subject::Advisory(id)));
}

impl AdvisorySummary {
    fn new(document: &Document, advisory: &Advisory) -> Self {
        let context = document.context();
        let rollout = document.plan().advisories().get(&advisory.id).map(|advisory| context.rollout(advisory));
        let Some(rollout) = rollout else {
            let (due, by) = (String::new(), String::new());
            return Self { standing: AdvisoryState::Open, due, by, systems: Vec::new() };
        };
        let standing = rollout.standing(document.today(), document.schedule());
        let due = due(document, standing, &rollout, wording::date);
        Self {
            standing,
            due: if due.is_empty() { "No deadline".to_owned() } else { format!("Due {due}") },
            by: due_by(document.plan(), &rollout),
            systems: reached(&rollout, standing),
        }
    }
}

fn reached(rollout: &Rollout<'_>, standing: AdvisoryState) -> Vec<AffectedSystem> {
    let all = rollout.systems.iter().map(|carried| {
        let has_work = standing.is_open()
            && standing != AdvisoryState::NoFix
            && !carried.is_excused
            && carried.installed_on.is_none();
        let by = carried.by.filter(|_| has_work);
        AffectedSystem {
            name: carried.system.name.clone(),
            is_excused: carried.is_excused,
            installed_on: carried.installed_on,
            is_late: by.is_some_and(|(_, each)| rollout.due_at.is_some_and(|due_at| each.end_at > due_at)),
            by: by.map(|(window, occurrence)| {
                let text = format!("{}, {}", wording::date(occurrence.on()), window.window.name);
                (text, window.id().clone(), occurrence.original_on())
            }),
        }
    });
    all.collect()
}

/// Where the deadline comes from: "High: within 7 days of publication".
fn due_by(plan: &Plan, rollout: &Rollout<'_>) -> String {
    let policy = plan.policy();
    let advisory = rollout.advisory;
    let begin = if advisory.counts_from() > advisory.published_on { "the fix" } else { "publication" };
    if policy.publishers_dates && rollout.advisory.due_on.is_some() {
        return "by its publisher's date".to_owned();
    }
    if let Some(within) = rollout.exploited_limit(policy) {
        return format!("exploited: within {within} of {begin}");
    }
    match (&policy.due_by, rollout.severity) {
        (DueBy::Severity, Some(severity)) => format!("{}: within {} of {begin}", severity.name, severity.within),
        (DueBy::Severity, None) if advisory.cvss_tenths.or(advisory.reported_severity.map(|_| 0)).is_none() => {
            "it has no score".to_owned()
        }
        (DueBy::Severity, None) => "its score is below every severity of the policy".to_owned(),
        (DueBy::Matrix, _) if rollout.is_active_by_exposure(policy) => {
            "by the response matrix, as if exploited: it can be reached from the internet".to_owned()
        }
        (DueBy::Matrix, _) if advisory.is_exploited => "by the response matrix, as exploited".to_owned(),
        (DueBy::Matrix, _) => "by the response matrix, as not exploited".to_owned(),
        (DueBy::Exploited { exploited, .. }, _) if rollout.advisory.is_exploited => {
            format!("exploited: within {exploited} of {begin}")
        }
        (DueBy::Exploited { other, .. }, _) => format!("not exploited: within {other} of {begin}"),
    }
}

fn outlook_ui(ui: &mut Ui, cx: &Cx<'_>, outlook: &AdvisorySummary) {
    let color = match outlook.standing {
        AdvisoryState::Overdue => cx.colors.error,
        AdvisoryState::WithoutWindow => cx.colors.warning,
        AdvisoryState::Open | AdvisoryState::NoFix => cx.colors.text,
        AdvisoryState::Installed | AdvisoryState::Settled => cx.colors.good,
    };
    let standing = match outlook.standing {
        AdvisoryState::Overdue => "Overdue",
        AdvisoryState::WithoutWindow => "No window patches all its systems in time",
        AdvisoryState::Open => "Must still be installed",
        AdvisoryState::NoFix => "No fix yet",
        AdvisoryState::Installed => "Installed everywhere",
        AdvisoryState::Settled => "No installation needed",
    };
    ui.label(strong(standing).color(color));
    ui.label(&outlook.due);
    ui.label(muted(cx, &outlook.by));
    ui.add_space(4.0);
}

fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, advisory: &mut Advisory) {
    if let Some(vendor) = row(ui, cx, "Vendor", |ui| fields::text(ui, "Vendor", &advisory.vendor, "Microsoft")) {
        advisory.vendor = vendor;
    }
    if let Some(product) = row(ui, cx, "Product", |ui| fields::text(ui, "Product", &advisory.product, "Windows")) {
        advisory.product = product;
    }
    let score = advisory.cvss_tenths.map_or_else(String::new, |tenths| format!("{}.{}", tenths / 10, tenths % 10));
    if let Some(tenths) = row(ui, cx, "CVSS score", |ui| fields::parsed(ui, "CVSS score", &score, "9.8", read_score)) {
        advisory.cvss_tenths = tenths;
    }
    let epss = advisory.epss_per_100_000.map_or_else(String::new, wording::epss_in_words);
    if let Some(epss) = row(ui, cx, "EPSS", |ui| fields::parsed(ui, "EPSS", &epss, "0.97565", read_epss)) {
        advisory.epss_per_100_000 = epss;
    }
    let exploited = [(false, "No, as far as known".to_owned()), (true, "Yes, in the wild".to_owned())];
    let chosen = row(ui, cx, "Exploited", |ui| fields::choice(ui, "Exploited", &exploited, advisory.is_exploited));
    if let Some(is_exploited) = chosen {
        advisory.is_exploited = is_exploited;
    }
    let from = named(&Exposure::ALL, |exposure| match exposure {
        Exposure::Internal => "Internally only",
        Exposure::Internet => "From the internet",
    });
    if let Some(exposure) = row(ui, cx, "Reachable", |ui| fields::choice(ui, "Reachable", &from, advisory.exposure)) {
        advisory.exposure = exposure;
    }
    fix_ui(ui, cx, advisory);
    if let Some(on) = row(ui, cx, "Published", |ui| fields::date(ui, cx, "Published", advisory.published_on)) {
        advisory.published_on = on;
    }
    let due_on =
        row(ui, cx, "Publisher's date", |ui| fields::optional_date(ui, cx, "Publisher's date", advisory.due_on));
    if let Some(on) = due_on {
        advisory.due_on = on;
    }
}

/// Whether there is a fix, and since when.
fn fix_ui(ui: &mut Ui, cx: &Cx<'_>, advisory: &mut Advisory) {
    let choices = [
        (FixState::Unknown, "Not known".to_owned()),
        (FixState::Missing, "Not yet".to_owned()),
        (FixState::Available { on: None }, "Yes".to_owned()),
    ];
    let current = match advisory.fix {
        FixState::Available { .. } => FixState::Available { on: None },
        other => other,
    };
    if let Some(fix) = row(ui, cx, "Fix available", |ui| fields::choice(ui, "Fix available", &choices, current)) {
        advisory.fix = fix;
    }
    if let FixState::Available { on } = advisory.fix
        && let Some(on) = row(ui, cx, "Fix since", |ui| fields::optional_date(ui, cx, "Fix since", on))
    {
        advisory.fix = FixState::Available { on };
    }
}

fn read_epss(text: &str) -> Result<Option<u32>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let probability = text.parse::<f64>().ok().filter(|probability| (0.0..=1.0).contains(probability));
    let read = probability.map(|probability| Some((probability * 100_000.0).round() as u32));
    read.ok_or_else(|| "Enter a probability from 0.0 to 1.0, or leave it empty".to_owned())
}

fn read_score(text: &str) -> Result<Option<u8>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let score = text.parse::<f32>().ok().filter(|score| (0.0..=10.0).contains(score));
    let tenths = score.map(|score| Some((score * 10.0).round() as u8));
    tenths.ok_or_else(|| "Enter a score from 0.0 to 10.0, or leave it empty".to_owned())
}

fn systems_ui(ui: &mut Ui, cx: &Cx<'_>, advisory: &mut Advisory, outlook: &AdvisorySummary) {
    let systems = cx.plan().systems();
    let all = || systems.names();
    let name_of = |id: &_| systems.name_of(id);
    if let Some(chosen) = ids(ui, "Affected systems", &advisory.systems, "None yet", &all, name_of) {
        advisory.systems = chosen;
    }
    let height = 22.0;
    let rows = outlook.systems.len();
    ScrollArea::vertical().id_salt("reached").max_height(10.0 * height).auto_shrink([false, true]).show_rows(
        ui,
        height,
        rows,
        |ui, range| {
            for reached in &outlook.systems[range] {
                ui.horizontal(|ui| reached_ui(ui, cx, reached, outlook.standing));
            }
        },
    );
}

fn reached_ui(ui: &mut Ui, cx: &Cx<'_>, reached: &AffectedSystem, standing: AdvisoryState) {
    ui.set_height(18.0);
    ui.allocate_ui(egui::Vec2::new(116.0, 18.0), |ui| {
        ui.set_min_width(116.0);
        ui.add(Label::new(&reached.name).truncate());
    });
    match &reached.by {
        Some((text, window, on)) => {
            let color = if reached.is_late { cx.colors.warning } else { cx.colors.accent };
            let link = Label::new(RichText::new(text).color(color)).truncate().sense(Sense::click());
            let late = if reached.is_late { "After the due date" } else { "In time" };
            let response = ui.add(link).on_hover_text(late).on_hover_cursor(egui::CursorIcon::PointingHand);
            name(&response, egui::Role::Link, || format!("{}, installed on {text}", reached.name));
            if response.clicked() {
                cx.reveal(Destination::Occurrence(window.clone(), *on));
            }
        }
        None => {
            without_occurrence(ui, cx, reached, standing);
        }
    }
}

/// Why no occurrence installs it on a system.
fn without_occurrence(ui: &mut Ui, cx: &Cx<'_>, reached: &AffectedSystem, standing: AdvisoryState) {
    match reached.installed_on {
        Some(on) => {
            ui.label(muted(cx, format!("Installed on {}", wording::date(on))));
        }
        None if reached.is_excused => {
            ui.label(muted(cx, "Not needed"));
        }
        None if standing.is_open() && standing != AdvisoryState::NoFix => {
            ui.label(RichText::new("No window").color(cx.colors.warning));
        }
        None => {}
    }
}
