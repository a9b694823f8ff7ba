//! The form of a system.

use egui::Ui;

use crate::model::{Edit, Environment, Level, RollbackMethod, System, SystemClass};
use crate::sheet::names_in;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::estimate::estimate_ui;
use crate::ui::parts::form::{named, row, section};
use crate::ui::parts::picker::{ids, optional_id, optional_zone};
use crate::ui::parts::{fields, theme};

pub fn system_ui(ui: &mut Ui, cx: &Cx<'_>, system: &System) {
    let mut copy = system.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &system.name, font, 300.0) {
        copy.name = name;
    }
    what_ui(ui, cx, &mut copy);
    section(ui, "Business");
    business_ui(ui, cx, &mut copy);
    section(ui, "Time for each phase");
    if let Some(estimate) = estimate_ui(ui, cx, &copy.estimate) {
        copy.estimate = estimate;
    }
    section(ui, "Rollback");
    let methods = named(RollbackMethod::ALL, RollbackMethod::name);
    if let Some(method) = row(ui, cx, "Method", |ui| fields::choice(ui, "Rollback method", &methods, copy.rollback)) {
        copy.rollback = method;
    }
    let tested = copy.rollback_tested_on;
    if let Some(on) = row(ui, cx, "Tested on", |ui| fields::optional_date(ui, "Rollback tested on", tested)) {
        copy.rollback_tested_on = on;
    }
    section(ui, "Names in other programs");
    names_ui(ui, cx, &mut copy);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &system.notes, "") {
        copy.notes = notes;
    }
    if copy != *system {
        cx.edit(Edit::PutSystem(copy));
    }
}

fn what_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    let classes = named(SystemClass::ALL, SystemClass::name);
    if let Some(class) = row(ui, cx, "Class", |ui| fields::choice(ui, "Class", &classes, system.class)) {
        system.class = class;
    }
    let environments = named(Environment::ALL, Environment::name);
    let environment =
        row(ui, cx, "Environment", |ui| fields::choice(ui, "Environment", &environments, system.environment));
    if let Some(environment) = environment {
        system.environment = environment;
    }
    if let Some(platform) = row(ui, cx, "Platform", |ui| fields::text(ui, "Platform", &system.platform, "Linux")) {
        system.platform = platform;
    }
    make_ui(ui, cx, system);
    let hosts = row(ui, cx, "Hosts", |ui| fields::number(ui, "Hosts", system.hosts.into(), 0..=1_000_000));
    if let Some(hosts) = hosts {
        system.hosts = hosts as u32;
    }
    let otherwise = format!("Same as the plan: {}", cx.plan().zone());
    let zone = row(ui, cx, "Zone", |ui| optional_zone(ui, "Zone", system.zone.as_deref(), &otherwise));
    if let Some(zone) = zone {
        system.zone = zone;
    }
    let own = system.id.clone();
    let others = || {
        let others = cx.plan().systems().iter().filter(|other| other.id != own);
        others.map(|other| (other.id.clone(), other.name.clone())).collect()
    };
    let name_of = |id: &_| cx.plan().systems().name_of(id);
    let depends =
        row(ui, cx, "Depends on", |ui| ids(ui, "Depends on", &system.depends_on, "Nothing", &others, name_of));
    if let Some(depends) = depends {
        system.depends_on = depends;
    }
    let twin = row(ui, cx, "Twin", |ui| optional_id(ui, "Twin", system.twin.as_ref(), "None", &others, name_of));
    if let Some(twin) = twin {
        system.twin = twin;
    }
}

/// Vendor, product and hardware model, which advisories and pilot checks match against.
fn make_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    for (label, hint, value) in [
        ("Vendor", "As advisories write it: Oracle", &mut system.vendor),
        ("Product", "WebLogic Server", &mut system.product),
        ("Hardware model", "e.g. ThinkPad T14", &mut system.model),
    ] {
        if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, value, hint)) {
            *value = text;
        }
    }
}

/// Lists of names, with commas between them.
fn names_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    for (label, hint, names) in [
        ("Host names", "db01.bank.example, 10.0.0.5", &mut system.host_names),
        ("Circuits", "As carriers number them: IC-111111", &mut system.circuits),
    ] {
        if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, &names.join(", "), hint)) {
            *names = names_in(&text);
        }
    }
}

fn business_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    let areas = || cx.plan().areas().names();
    let name_of = |id: &_| cx.plan().areas().name_of(id);
    let area = row(ui, cx, "Business area", |ui| {
        optional_id(ui, "Business area", system.area.as_ref(), "None", &areas, name_of)
    });
    if let Some(area) = area {
        system.area = area;
    }
    let owner = row(ui, cx, "Service owner", |ui| fields::text(ui, "Service owner", &system.service_owner, ""));
    if let Some(owner) = owner {
        system.service_owner = owner;
    }
    let hint = format!("Its own: {}", system.name);
    if let Some(service) = row(ui, cx, "Service", |ui| fields::text(ui, "Service", &system.service, &hint)) {
        system.service = service;
    }
    let levels = named(Level::ALL, Level::name);
    let rating = &mut system.rating;
    for (label, level) in [
        ("Confidentiality", &mut rating.confidentiality),
        ("Integrity", &mut rating.integrity),
        ("Availability", &mut rating.availability),
    ] {
        if let Some(chosen) = row(ui, cx, label, |ui| fields::choice(ui, label, &levels, *level)) {
            *level = chosen;
        }
    }
}
