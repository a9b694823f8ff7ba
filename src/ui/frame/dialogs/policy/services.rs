//! The services: how much of a year each must be available, beside its planned downtime.

use std::collections::BTreeMap;

use egui::{Grid, Id, RichText, TextEdit, Ui, Vec2};

use super::{PolicyChange, headings, section};
use crate::model::Policy;
use crate::schedule::ServiceYear;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::search::SearchWords;
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{downtime, fields};
use crate::wording::{availability, counted, read_availability};

/// At most this many services are listed.
const MOST: usize = 40;

pub fn services_ui(ui: &mut Ui, cx: &Cx<'_>, policy: &Policy, change: &mut PolicyChange<'_>) {
    section(ui, cx, "Services", "Time that each must be available in a year, planned maintenance included");
    text(ui, muted(cx, "Systems are a service of their own unless they name one under Lists, Systems."));
    let filter = filter_ui(ui);
    let years = downtime::services(ui.ctx(), cx);
    let services = sorted(policy, &years, &filter);
    Grid::new("services").num_columns(4).min_col_width(96.0).spacing([12.0, 6.0]).show(ui, |ui| {
        let columns = [
            ("Service", "What its systems provide together"),
            ("Available, %", "Of each calendar year in the plan's zone; empty for no target"),
            ("Allowed", "The downtime that the target leaves in a year"),
            ("Planned", "The downtime that the plan's windows cause, overlapping stops counted once"),
        ];
        headings(ui, cx, &columns);
        for (service, years) in services.iter().take(MOST) {
            service_ui(ui, cx, policy, service, years, change);
            ui.end_row();
        }
    });
    if services.len() > MOST {
        text(ui, muted(cx, format!("{} more: filter to see them", counted(services.len() - MOST, "service"))));
    }
}

/// The words that services are filtered by.
fn filter_ui(ui: &mut Ui) -> String {
    let id = Id::unique("filter of services");
    let mut words = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let field = ui.add(TextEdit::singleline(&mut words).hint_text("Filter services").desired_width(220.0));
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Filter services"));
    if field.changed() {
        ui.data_mut(|data| data.insert_temp(id, words.clone()));
    }
    words
}

/// The services that the filter leaves, each with its years: those with a target first, then by name. A target may name a
/// service that no system has.
fn sorted<'a>(policy: &'a Policy, years: &'a [ServiceYear], filter: &str) -> Vec<(&'a str, Vec<&'a ServiceYear>)> {
    let key = |service: &'a str| (policy.service_target(service).is_none(), service.to_lowercase(), service);
    let mut services: BTreeMap<(bool, String, &str), Vec<&ServiceYear>> = BTreeMap::new();
    for target in &policy.services {
        services.entry(key(&target.service)).or_default();
    }
    for year in years {
        services.entry(key(&year.service)).or_default().push(year);
    }
    let words = SearchWords::new(filter);
    let all = services.into_iter().map(|((_, _, service), years)| (service, years));
    all.filter(|(service, _)| words.are_in(service)).collect()
}

fn service_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    policy: &Policy,
    service: &str,
    years: &[&ServiceYear],
    change: &mut PolicyChange<'_>,
) {
    ui.label(service);
    let target = policy.service_target(service);
    let current = target.map_or_else(String::new, |target| availability(target.available_per_100_000));
    let read = |text: &str| if text.trim().is_empty() { Ok(None) } else { read_availability(text).map(Some) };
    let typed = ui.allocate_ui(Vec2::new(96.0, 24.0), |ui| {
        fields::parsed(ui, &format!("{service}, available"), &current, "no target", read)
    });
    if let Some(target) = typed.inner {
        change(&|policy| policy.set_service_target(service, target));
    }
    let allowed = years.first().and_then(|year| year.allowed());
    ui.label(muted(cx, allowed.map_or_else(String::new, |allowed| allowed.to_string())));
    if years.is_empty() {
        ui.label(muted(cx, "no system has this service"));
        return;
    }
    ui.horizontal(|ui| {
        for year in years {
            let words = format!("{} in {}", year.down, year.year);
            let color = if year.is_over() { cx.colors.error } else { cx.colors.text };
            ui.label(RichText::new(words).color(color)).on_hover_text(counted(year.stops, "stop"));
        }
    });
}
