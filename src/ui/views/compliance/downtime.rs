//! The planned downtime of the services that have a target.

use egui::{Grid, RichText, Ui};

use crate::schedule::ServiceYear;
use crate::session::PolicyPage;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::downtime::services;
use crate::ui::parts::widgets::{head, muted};
use crate::wording::availability;

/// Whether the policy has a target for any service.
pub fn has_targets(cx: &Cx<'_>) -> bool {
    !cx.plan().policy().services.is_empty()
}

/// A line for each service with a target, in each year of the plan.
pub fn downtime_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal(|ui| {
        ui.label(head("Planned downtime"));
        if ui.link("Change targets").clicked() {
            cx.open_policy(PolicyPage::Services);
        }
    });
    ui.add_space(4.0);
    let years = services(ui.ctx(), cx);
    let years: Vec<&ServiceYear> = years.iter().filter(|year| year.target.is_some()).collect();
    if years.is_empty() {
        ui.label(muted(cx, "No service has a target: set one in the policy"));
        return;
    }
    Grid::new("planned downtime").num_columns(6).min_col_width(72.0).spacing([24.0, 6.0]).show(ui, |ui| {
        for title in ["Service", "Year", "Stops", "Downtime", "Allowed", "Target"] {
            ui.label(muted(cx, title));
        }
        ui.end_row();
        for year in years {
            year_ui(ui, cx, year);
            ui.end_row();
        }
    });
}

fn year_ui(ui: &mut Ui, cx: &Cx<'_>, year: &ServiceYear) {
    let color = if year.is_over() { cx.colors.error } else { cx.colors.text };
    ui.label(&year.service);
    ui.label(year.year.to_string());
    ui.label(year.stops.to_string());
    ui.label(RichText::new(year.down.to_string()).color(color));
    ui.label(year.allowed().map_or_else(String::new, |allowed| allowed.to_string()));
    let target = year.target.as_ref().map(|target| format!("{} %", availability(target.available_per_100_000)));
    let over = if year.is_over() { ", exceeded" } else { "" };
    ui.label(RichText::new(format!("{}{over}", target.unwrap_or_default())).color(color));
}
