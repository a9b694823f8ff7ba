//! The form of a system.

use egui::Ui;

use crate::cells::choices::names_in;
use crate::model::{Edit, Environment, Level, PatchMethod, Product, RollbackMethod, System, SystemClass, SystemId};
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
    section(ui, "Patching");
    patching_ui(ui, cx, &mut copy);
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
    if let Some(on) = row(ui, cx, "Tested on", |ui| fields::optional_date(ui, cx, "Rollback tested on", tested)) {
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
    text_ui(ui, cx, ("Platform", "e.g. Linux"), &mut system.platform);
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
    let others = || others_of(cx, &own);
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

/// Vendor, products and hardware model, which advisories and pilot checks match against.
fn make_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    text_ui(ui, cx, ("Vendor", "As advisories write it: Oracle"), &mut system.vendor);
    text_ui(ui, cx, ("Product", "e.g. WebLogic Server"), &mut system.product);
    let (label, hint) = ("Other products", "e.g. Red Hat: Enterprise Linux, Java SE");
    let shown = Product::list_in_words(&system.other_products);
    if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, &shown, hint)) {
        system.other_products = Product::read_list(&text);
    }
    text_ui(ui, cx, ("Hardware model", "e.g. ThinkPad T14"), &mut system.model);
}

fn text_ui(ui: &mut Ui, cx: &Cx<'_>, (label, hint): (&str, &str), value: &mut String) {
    if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, value, hint)) {
        *value = text;
    }
}

/// How it is tested before, patched, and tested afterwards.
fn patching_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    let others = || others_of(cx, &system.id);
    let name_of = |id: &_| cx.plan().systems().name_of(id);
    let counterpart = row(ui, cx, "Counterpart", |ui| {
        optional_id(ui, "Counterpart", system.counterpart.as_ref(), "None", &others, name_of)
    });
    if let Some(counterpart) = counterpart {
        system.counterpart = counterpart;
    }
    let (label, hint) = ("Patch method", "Manually, or a tool: WSUS");
    if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, system.patch_method.name(), hint)) {
        system.patch_method = PatchMethod::read(&text);
    }
    list_ui(ui, cx, ("Services to stop", "In this order: app-server, listener"), &mut system.stop_services);
    text_ui(ui, cx, ("Test", "Script or link: smoke-test.sh"), &mut system.test_script);
}

/// The ids and names of all other systems.
fn others_of(cx: &Cx<'_>, own: &SystemId) -> Vec<(SystemId, String)> {
    let others = cx.plan().systems().iter().filter(|other| other.id != *own);
    others.map(|other| (other.id.clone(), other.name.clone())).collect()
}

fn names_ui(ui: &mut Ui, cx: &Cx<'_>, system: &mut System) {
    list_ui(ui, cx, ("Host names", "db01.bank.example, 10.0.0.5"), &mut system.host_names);
    list_ui(ui, cx, ("Circuits", "As carriers number them: IC-111111"), &mut system.circuits);
}

/// A list of names, with commas between them.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, (label, hint): (&str, &str), names: &mut Vec<String>) {
    if let Some(text) = row(ui, cx, label, |ui| fields::text(ui, label, &names.join(", "), hint)) {
        *names = names_in(&text);
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
    text_ui(ui, cx, ("Service owner", ""), &mut system.service_owner);
    let hint = format!("Its own: {}", system.name);
    text_ui(ui, cx, ("Service", &hint), &mut system.service);
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
