//! Systems, business areas, people, teams, advisories, carriers' notices and time zones as rows.

use super::record_kind::RecordKind;
use super::record_list::RecordColumn;
use crate::model::{
    Advisory, BusinessArea, CarrierNotice, CustomZone, Person, Plan, Product, System, SystemResult, Team,
};
use crate::schedule::Zone;
use crate::wording::{capitalised, counted, date, list, moments};

/// How many names of a list are written.
const MOST_NAMES: usize = 4;

pub(super) const SYSTEMS: RecordKind<System> = RecordKind {
    noun: "system",
    columns: &[
        RecordColumn::new("System", &["name"]),
        RecordColumn::new("Class", &["class"]),
        RecordColumn::new("Environment", &["environment"]),
        RecordColumn::new("Area", &["area"]),
        RecordColumn::number("Hosts", &["hosts"]),
        RecordColumn::new("Platform", &["platform"]),
        RecordColumn::new("Product", &["vendor", "product", "model"]),
        RecordColumn::new("Other products", &["other_products"]),
        RecordColumn::new("Owner", &["service_owner"]),
        RecordColumn::new("Time zone", &["zone"]),
        RecordColumn::new("Counterpart", &["counterpart"]),
        RecordColumn::new("Patch method", &["patch_method"]),
        RecordColumn::new("Services to stop", &["stop_services"]),
        RecordColumn::new("Test", &["test_script"]),
        RecordColumn::new("Host names", &["host_names"]),
        RecordColumn::new("Circuits", &["circuits"]),
    ],
    cells: system_cells,
};

pub(super) const AREAS: RecordKind<BusinessArea> = RecordKind {
    noun: "business area",
    columns: &[
        RecordColumn::new("Business area", &["name"]),
        RecordColumn::new("Owner", &["owner"]),
        RecordColumn::new("E-mail", &["email", "aliases"]),
        RecordColumn::new("Notice", &["notice_days"]),
    ],
    cells: area_cells,
};

pub(super) const PEOPLE: RecordKind<Person> = RecordKind {
    noun: "person",
    columns: &[
        RecordColumn::new("Person", &["name"]),
        RecordColumn::new("E-mail", &["email"]),
        RecordColumn::new("Phone", &["phone"]),
    ],
    cells: |person, _| vec![person.name.clone(), person.email.clone(), person.phone.clone()],
};

pub(super) const TEAMS: RecordKind<Team> = RecordKind {
    noun: "team",
    columns: &[RecordColumn::new("Team", &["name"]), RecordColumn::new("People", &["people"])],
    cells: |team, _| vec![team.name.clone(), counted(team.people.len(), "person")],
};

pub(super) const ADVISORIES: RecordKind<Advisory> = RecordKind {
    noun: "advisory",
    columns: &[
        RecordColumn::new("Advisory", &["id"]),
        RecordColumn::new("Published", &["published_on"]),
        RecordColumn::new("Due", &["due_on"]),
        RecordColumn::number("CVSS", &["cvss_tenths"]),
        RecordColumn::new("Exploited", &["is_exploited"]),
        RecordColumn::new("Systems", &["systems"]),
        RecordColumn::new("Title", &["title"]),
    ],
    cells: advisory_cells,
};

pub(super) const NOTICES: RecordKind<CarrierNotice> = RecordKind {
    noun: "carrier notice",
    columns: &[
        RecordColumn::new("Notice", &["name"]),
        RecordColumn::new("Carrier", &["provider"]),
        RecordColumn::new("Number", &["number"]),
        RecordColumn::new("Work", &["starts_at", "ends_at"]),
        RecordColumn::new("Status", &["status"]),
        RecordColumn::new("Impact", &["impact"]),
        RecordColumn::new("Circuits", &["circuits"]),
    ],
    cells: notice_cells,
};

pub(super) const RESULTS: RecordKind<SystemResult> = RecordKind {
    noun: "result",
    columns: &[
        RecordColumn::new("System", &[]),
        RecordColumn::new("Window", &[]),
        RecordColumn::new("Date", &[]),
        RecordColumn::new("Outcome", &["patched", "failed", "skipped", "is_rolled_back"]),
        RecordColumn::new("Hosts", &["attempted", "patched", "failed", "skipped"]),
    ],
    cells: |result, plan| {
        let SystemResult { key, patched, failed, skipped, .. } = result;
        let hosts = [(patched, "patched"), (failed, "failed"), (skipped, "skipped")];
        let hosts = hosts.into_iter().filter(|(count, _)| **count > 0).map(|(count, what)| format!("{count} {what}"));
        vec![
            plan.systems().name_of(&key.system),
            plan.windows().name_of(&key.window),
            date(key.on),
            result.outcome().name().to_owned(),
            hosts.collect::<Vec<_>>().join(", "),
        ]
    },
};

pub(super) const ZONES: RecordKind<CustomZone> = RecordKind {
    noun: "time zone",
    columns: &[RecordColumn::new("Time zone", &["name", "id"])],
    cells: |zone, _| vec![zone.id.to_string()],
};

fn system_cells(system: &System, plan: &Plan) -> Vec<String> {
    let area = system.area.as_ref().map(|id| plan.areas().name_of(id)).unwrap_or_default();
    let product = [&system.vendor, &system.product, &system.model].map(String::as_str);
    vec![
        system.name.clone(),
        capitalised(system.class.name()),
        capitalised(system.environment.name()),
        area,
        system.hosts.to_string(),
        system.platform.clone(),
        product.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        Product::list_in_words(&system.other_products),
        system.service_owner.clone(),
        system.zone.clone().unwrap_or_default(),
        system.counterpart.as_ref().map(|id| plan.systems().name_of(id)).unwrap_or_default(),
        system.patch_method.name().to_owned(),
        list(&system.stop_services, MOST_NAMES),
        system.test_script.clone(),
        list(&system.host_names, MOST_NAMES),
        list(&system.circuits, MOST_NAMES),
    ]
}

fn notice_cells(notice: &CarrierNotice, plan: &Plan) -> Vec<String> {
    let zone = Zone::for_plan(plan);
    vec![
        notice.name.clone(),
        notice.provider.clone(),
        notice.number.clone(),
        moments(zone.local(notice.starts_at), zone.local(notice.ends_at)),
        capitalised(notice.status.name()),
        capitalised(notice.impact.name()),
        list(notice.circuits.iter().map(|circuit| &circuit.id), MOST_NAMES),
    ]
}

fn area_cells(area: &BusinessArea, _: &Plan) -> Vec<String> {
    let emails = std::iter::once(&area.email).chain(&area.aliases).filter(|email| !email.is_empty());
    let notice = area.notice_days.map(|days| counted(days, "day")).unwrap_or_default();
    vec![area.name.clone(), area.owner.clone(), list(emails, MOST_NAMES), notice]
}

fn advisory_cells(advisory: &Advisory, plan: &Plan) -> Vec<String> {
    let score = advisory.cvss_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default();
    vec![
        advisory.number(),
        date(advisory.published_on),
        advisory.due_on.map(date).unwrap_or_default(),
        score,
        if advisory.is_exploited { "Yes" } else { "" }.to_owned(),
        list(advisory.systems.iter().map(|id| plan.systems().name_of(id)), MOST_NAMES),
        advisory.title.clone(),
    ]
}
