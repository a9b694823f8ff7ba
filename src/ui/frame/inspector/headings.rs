//! The six planning headings of every window: scope, impact, duration, dependencies, rollback, communication.

use egui::{CollapsingHeader, Ui};

use super::paragraph::paragraph;
use super::{batches, change, rollback};
use crate::model::{GroupId, Minutes, System, Work, WorkStrategy};
use crate::schedule::{NoFit, WindowSchedule, keeps_service_up};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::estimate::estimate_ui;
use crate::ui::parts::widgets::{muted, strong, text};
use crate::ui::parts::{fields, picker};
use crate::wording::{and_more, counted};

pub fn headings_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    section(ui, cx, "Scope", &scope_summary(window), |ui| scope_ui(ui, cx, window));
    section(ui, cx, "Impact", &window.window.impact, |ui| {
        paragraph(ui, cx, window, "Impact", "Expected downtime, workarounds", |window| &mut window.impact);
        downtime_ui(ui, cx, window);
    });
    section(ui, cx, "Duration", &duration_summary(window), |ui| duration_ui(ui, cx, window));
    section(ui, cx, "Dependencies", &window.window.dependencies, |ui| {
        depends_ui(ui, cx, window);
        paragraph(ui, cx, window, "Dependencies", "Related systems whose teams are informed", |window| {
            &mut window.dependencies
        });
    });
    section(ui, cx, "Rollback", &rollback::summary(window), |ui| rollback::rollback_ui(ui, cx, window));
    section(ui, cx, "Communication", &window.window.communication, |ui| {
        paragraph(ui, cx, window, "Communication", "Who is informed of what, and how", |window| {
            &mut window.communication
        });
        paragraph(ui, cx, window, "Notes", "Internal notes", |window| &mut window.notes);
    });
}

/// A collapsible section with a short summary beside its title.
pub(super) fn section(ui: &mut Ui, cx: &Cx<'_>, title: &str, summary: &str, content: impl FnOnce(&mut Ui)) {
    section_ui(ui, cx, title, summary, false, content);
}

/// The same; initially open if `is_open`.
pub(super) fn section_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    title: &str,
    summary: &str,
    is_open: bool,
    content: impl FnOnce(&mut Ui),
) {
    let header = CollapsingHeader::new(strong(title)).id_salt(title).default_open(is_open);
    let response = header.show_unindented(ui, |ui| {
        ui.add_space(2.0);
        content(ui);
        ui.add_space(8.0);
    });
    let is_closed = response.fully_closed();
    if is_closed {
        let head = response.header_response.rect;
        let rect = egui::Rect::from_min_max(
            egui::pos2(head.left() + 126.0, head.top()),
            egui::pos2(ui.max_rect().right(), head.bottom()),
        );
        let (line, color) = match summary.lines().next() {
            Some(line) if !line.is_empty() => (line, cx.colors.text),
            _ => ("Nothing yet", cx.colors.muted),
        };
        crate::ui::parts::widgets::text_in(
            ui.painter(),
            rect,
            line,
            crate::ui::parts::theme::regular(crate::ui::parts::theme::TEXT),
            color,
        );
    }
    crate::ui::parts::widgets::rule(ui, cx);
}

fn scope_summary(window: &WindowSchedule) -> String {
    let scope = &window.scope;
    let names: Vec<_> = scope.systems.iter().take(2).map(|system| system.name.as_str()).collect();
    let more = if scope.systems.len() > 2 { format!(" +{}", scope.systems.len() - 2) } else { String::new() };
    match scope.hosts() {
        0 => String::new(),
        hosts => format!("{}{more} · {}", names.join(", "), counted(hosts, "host")),
    }
}

fn scope_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let plan = cx.plan();
    ui.horizontal(|ui| {
        ui.label("Groups");
        let groups = || {
            let groups =
                plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
            groups.map(|(ladder, group)| (group.id.clone(), format!("{} · {}", ladder.name, group.name))).collect()
        };
        let name_of = |id: &GroupId| plan.group(id).map_or_else(|| id.to_string(), |(_, group)| group.name.clone());
        if let Some(groups) = picker::ids(ui, "Groups", &window.window.groups, "None", &groups, name_of) {
            change(cx, &window.window, |window| window.groups = groups);
        }
    });
    ui.horizontal(|ui| {
        ui.label("Further systems");
        let systems = || plan.systems().names();
        let name_of = |id: &_| plan.systems().name_of(id);
        if let Some(systems) = picker::ids(ui, "Further systems", &window.window.systems, "None", &systems, name_of) {
            change(cx, &window.window, |window| window.systems = systems);
        }
    });
    batches::batches_ui(ui, cx, window);
    for system in window.scope.systems.iter().take(12) {
        ui.label(muted(cx, format!("{} · {}", system.name, counted(system.hosts, "host"))));
    }
    more_ui(ui, cx, window.scope.systems.len().saturating_sub(12));
}

fn duration_summary(window: &WindowSchedule) -> String {
    match window.usual_fit() {
        Ok(fit) => format!("{} · work {} in {}", window.window.duration, fit.work, counted(fit.batches, "batch")),
        Err(NoFit::NoEstimate | NoFit::NoHosts) => window.window.duration.to_string(),
    }
}

/// What the work consists of, and what that means.
fn strategy_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let current = window.window.strategy;
    let choices = WorkStrategy::ALL.map(|strategy| (strategy, strategy.name().to_owned()));
    ui.horizontal(|ui| {
        ui.label("Strategy");
        if let Some(strategy) = fields::choice(ui, "Strategy", &choices, current) {
            change(cx, &window.window, |window| window.strategy = strategy);
        }
    });
    if current != WorkStrategy::Scheduled {
        text(ui, muted(cx, current.help()));
    }
}

/// How long the window stops its systems.
fn downtime_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let current = window.window.impact_minutes.map(Minutes);
    let otherwise = match window.usual_fit() {
        _ if keeps_service_up(window) => "none: stays up".to_owned(),
        Ok(fit) => format!("{}, the work", fit.work),
        Err(_) => format!("{}, all of it", window.window.duration),
    };
    ui.horizontal(|ui| {
        ui.label("Downtime").on_hover_text("How long each occurrence stops its systems; 0 if they stay up");
        if let Some(minutes) = fields::estimated_or(ui, "Downtime", current, &otherwise) {
            change(cx, &window.window, |window| window.impact_minutes = minutes.map(|minutes| minutes.0));
        }
    });
}

fn duration_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    ui.horizontal(|ui| {
        ui.label("Start");
        if let Some(start) = fields::time(ui, "Start", window.window.start) {
            change(cx, &window.window, |window| window.start = start);
        }
        ui.label("Length");
        if let Some(duration) = fields::length(ui, "Length", window.window.duration) {
            change(cx, &window.window, |window| window.duration = duration);
        }
    });
    ui.horizontal(|ui| {
        ui.label("Zone");
        let zone = cx.plan().window_zone(&window.window).to_owned();
        if let Some(zone) = picker::zone(ui, "Zone", &zone, cx.plan().zones()) {
            let zone = Some(zone).filter(|zone| *zone != cx.plan().zone());
            change(cx, &window.window, |window| window.zone = zone);
        }
    });
    strategy_ui(ui, cx, window);
    let is_pool = matches!(window.window.work, Work::Pool(_));
    let kinds = [(true, "One pool of hosts".to_owned()), (false, "Minutes per system".to_owned())];
    if let Some(pool) = fields::choice(ui, "Minutes", &kinds, is_pool) {
        let first = window.scope.systems.first().map(|system| system.estimate).unwrap_or_default();
        change(cx, &window.window, |window| window.work = if pool { Work::Pool(first) } else { Work::default() });
    }
    match &window.window.work {
        Work::Pool(estimate) => {
            if let Some(estimate) = estimate_ui(ui, cx, estimate) {
                change(cx, &window.window, |window| window.work = Work::Pool(estimate));
            }
        }
        Work::Tracks(_) => {
            text(ui, muted(cx, "Set the minutes of each system under Lists, Systems."));
            let is_complete = |system: &System| system.estimate.under(window.window.strategy).is_complete();
            let mut without = window.scope.systems.iter().filter(|system| !is_complete(system));
            for system in without.by_ref().take(4) {
                ui.label(egui::RichText::new(format!("{} has no minutes yet", system.name)).color(cx.colors.warning));
            }
            more_ui(ui, cx, without.count());
        }
    }
}

/// The dependencies of the systems in scope, their twins, and the systems on which they are tested before.
fn depends_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule) {
    let name = |id: &_| cx.plan().systems().name_of(id);
    let systems = &window.scope.systems;
    let names_others =
        |system: &System| !system.depends_on.is_empty() || system.twin.is_some() || system.counterpart.is_some();
    let mut related = systems.iter().filter(|system| names_others(system));
    for system in related.by_ref().take(8) {
        let needs: Vec<String> = system.depends_on.iter().map(name).collect();
        let twin = system.twin.as_ref().map(|twin| format!("twin {}", name(twin)));
        let needs = (!needs.is_empty()).then(|| format!("needs {}", needs.join(", ")));
        let tested = system.counterpart.as_ref().map(|counterpart| format!("tested on {}", name(counterpart)));
        let all = [needs, twin, tested].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        text(ui, muted(cx, format!("{}: {all}", system.name)));
    }
    more_ui(ui, cx, related.count());
}

/// "and 3 more"; nothing for 0.
fn more_ui(ui: &mut Ui, cx: &Cx<'_>, more: usize) {
    if more > 0 {
        ui.label(muted(cx, and_more(more)));
    }
}
