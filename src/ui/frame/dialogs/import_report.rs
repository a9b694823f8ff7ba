//! The report of an import: the file in numbers, and a row for each host that belongs to no known system.

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, ScrollArea, Ui, Vec2};

use crate::import::{ImportReport, OptionSpec, OptionValue, Options, ValueKind};
use crate::model::SystemId;
use crate::session::ImportPreview;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::picker;
use crate::ui::parts::widgets::{muted, strong};
use crate::wording::{counted, list_in_sentence};

const ROW: f32 = 28.0;
/// The height of the list of hosts.
const TALLEST: f32 = 150.0;
const HOST_WIDTH: f32 = 260.0;
/// How many reasons and severities are named; a report has fewer.
const MOST: usize = 20;

/// Draws the report. Returns the options with another assignment of hosts, if one was chosen.
pub fn report_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, report: &ImportReport) -> Option<Options> {
    for line in lines(report) {
        ui.add(Label::new(muted(cx, line)).wrap());
    }
    ui.add_space(6.0);
    let spec = preview.kind.options.iter().find(|spec| spec.value == ValueKind::Hosts)?;
    hosts_ui(ui, cx, preview, spec, &report.unmatched_hosts)
}

/// "49 rows, 26 of them imported: 137 advisories with 136 CVEs", and what else a person should know.
fn lines(report: &ImportReport) -> Vec<String> {
    let mut lines = Vec::new();
    if report.rows > 0 {
        let rows = counted(report.rows, "row");
        let hosts = match report.hosts {
            0 => String::new(),
            hosts => format!("; {} of {} known", report.matched_hosts, counted(hosts, "host")),
        };
        let cves = match report.cves_imported {
            0 => String::new(),
            cves => format!(", {}", counted(cves, "CVE")),
        };
        lines.push(format!("{rows}, {} of them imported{cves}{hosts}", report.rows_imported));
        let severities = ["critical", "high", "medium", "low", "none"].into_iter().filter_map(|name| {
            let count = report.by_severity.get(name)?;
            Some(if name == "none" { format!("{count} without a severity") } else { format!("{count} {name}") })
        });
        let severities: Vec<String> = severities.collect();
        if report.by_severity.keys().any(|name| *name != "none") {
            lines.push(format!("By severity: {}", list_in_sentence(severities, MOST)));
        }
    }
    if !report.left_out.is_empty() {
        let reasons = report.left_out.iter().map(|each| format!("{} ({})", each.reason, each.count));
        lines.push(format!("Left out: {}", list_in_sentence(reasons, MOST)));
    }
    lines.extend(report.assumptions.iter().cloned());
    lines
}

/// A row for each host that belongs to no system, and for those that were assigned here.
fn hosts_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    preview: &ImportPreview,
    spec: &'static OptionSpec,
    unmatched: &[String],
) -> Option<Options> {
    let assigned = preview.options.hosts(spec);
    let mut hosts: BTreeMap<&str, Option<&SystemId>> = unmatched.iter().map(|host| (host.as_str(), None)).collect();
    hosts.extend(assigned.iter().map(|(host, system)| (host.as_str(), Some(system))));
    if hosts.is_empty() {
        return None;
    }
    ui.label(strong(spec.name)).on_hover_text(spec.help);
    let hosts: Vec<(&str, Option<&SystemId>)> = hosts.into_iter().collect();
    let mut chosen = None;
    let area = ScrollArea::vertical().id_salt("hosts").max_height(TALLEST).auto_shrink([false, true]);
    area.show_rows(ui, ROW, hosts.len(), |ui, shown| {
        for (host, system) in hosts.get(shown).unwrap_or_default() {
            let size = Vec2::new(ui.available_width(), ROW);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                chosen = host_ui(ui, cx, host, *system).map(|system| ((*host).to_owned(), system)).or(chosen.take());
            });
        }
    });
    ui.add_space(6.0);
    let (host, system) = chosen?;
    let mut pairs: Vec<(String, SystemId)> = assigned.iter().filter(|(name, _)| *name != host).cloned().collect();
    pairs.extend(system.map(|system| (host, system)));
    let mut options = preview.options.clone();
    options.set(spec, (!pairs.is_empty()).then_some(OptionValue::Hosts(pairs)));
    Some(options)
}

/// The host, and the system that it belongs to.
fn host_ui(ui: &mut Ui, cx: &Cx<'_>, host: &str, system: Option<&SystemId>) -> Option<Option<SystemId>> {
    ui.allocate_ui(Vec2::new(HOST_WIDTH, ROW), |ui| {
        ui.set_min_width(HOST_WIDTH);
        ui.add(Label::new(host).truncate());
    });
    let systems = cx.plan().systems();
    let choices = || systems.names();
    picker::optional_id(ui, &format!("System of {host}"), system, "No system", &choices, |id| systems.name_of(id))
}
