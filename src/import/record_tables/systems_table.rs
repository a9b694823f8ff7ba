//! Systems from a table, one row for each.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::record_tally::{self, RecordTally, name, set};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::{Imported, SKIPPED};
use crate::import::input::Input;
use crate::import::report::ImportReport;
use crate::import::tables::area_names::area_id;
use crate::import::tables::cells;
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::model::{Edit, Environment, PatchMethod, Plan, Product, System, SystemClass, SystemId};

const NAME: usize = 0;
const ID: usize = 1;
const CLASS: usize = 2;
const ENVIRONMENT: usize = 3;
const AREA: usize = 4;
const OWNER: usize = 5;
const PLATFORM: usize = 6;
const VENDOR: usize = 7;
const PRODUCT: usize = 8;
const MODEL: usize = 9;
const HOSTS: usize = 10;
const ZONE: usize = 11;
const NOTES: usize = 12;
const PRODUCTS: usize = 13;
const COUNTERPART: usize = 14;
const PATCH_METHOD: usize = 15;
const STOPS: usize = 16;
const TEST: usize = 17;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Systems,
    fields: &[
        Field {
            id: "name",
            titles: &[
                "system",
                "systemname",
                "server",
                "servername",
                "host",
                "hostname",
                "ci",
                "ciname",
                "configurationitem",
                "anwendung",
                "application",
                "bezeichnung",
            ],
        },
        Field { id: "id", titles: &["systemid", "sysid", "kürzel", "kuerzel", "assettag"] },
        Field { id: "class", titles: &["type", "typ", "art", "klasse", "sysclassname", "category", "kategorie"] },
        Field { id: "environment", titles: &["env", "umgebung", "stage", "stufe"] },
        Field {
            id: "area",
            titles: &["businessarea", "bereich", "fachbereich", "department", "abteilung", "businessunit"],
        },
        Field {
            id: "owner",
            titles: &["serviceowner", "ownedby", "verantwortlich", "verantwortlicher", "ansprechpartner"],
        },
        Field { id: "platform", titles: &["os", "operatingsystem", "betriebssystem", "plattform"] },
        Field { id: "vendor", titles: &["manufacturer", "hersteller", "anbieter"] },
        Field { id: "product", titles: &["produkt", "software"] },
        Field { id: "model", titles: &["modell", "modelid"] },
        Field {
            id: "hosts",
            titles: &["hostcount", "count", "anzahl", "anzahlhosts", "anzahlserver", "instances", "instanzen"],
        },
        Field { id: "zone", titles: &["timezone", "zeitzone", "tz"] },
        Field {
            id: "notes",
            titles: &["note", "comment", "comments", "bemerkung", "bemerkungen", "kommentar", "notiz"],
        },
        Field { id: "products", titles: &["otherproducts", "furtherproducts", "weitereprodukte"] },
        Field { id: "counterpart", titles: &["testcounterpart", "testsystem", "gegenstück", "gegenstueck"] },
        Field { id: "patch-method", titles: &["patchtool", "patchedby", "patchwerkzeug"] },
        Field { id: "stops", titles: &["servicestostop", "stopservices", "dienstestoppen", "zustoppendedienste"] },
        Field { id: "test", titles: &["testscript", "smoketest", "testskript"] },
    ],
    required: &[&[NAME]],
};

/// A name alone could be anything: the environment, the platform or the number of hosts makes it a table of systems.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    let is_of_systems = [ENVIRONMENT, PLATFORM, HOSTS].into_iter().any(|field| titles.has_field(field));
    match titles.confidence() {
        Confidence::Likely if !is_of_systems => Confidence::Unlikely,
        confidence => confidence,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    let (mut rows, mut tally, mut ids) = (RowCount::default(), RecordTally::default(), FreshIds::default());
    let given = record_tally::ids(&tables, ID);
    let mut read = Vec::new();
    for table in &tables {
        for row in &table.rows {
            input.source.check_cancelled()?;
            let warn = &mut |message| table.warn(row.line, message, &mut imported);
            let claimed = name(row, NAME).and_then(|name| tally.claim((row.get(ID), &name), row.line, warn));
            read.push((table, row, claimed.and_then(|()| system(row, plan, &given, &mut ids, warn))));
        }
    }
    // A counterpart may be in a later row.
    let known = KnownSystems::new(plan, read.iter().filter_map(|(_, _, system)| system.as_ref().ok()));
    for (table, row, system) in read {
        let put = system.and_then(|mut system| {
            known.set_counterpart(&mut system, row, &mut |message| table.warn(row.line, message, &mut imported));
            let id = system.id.clone();
            let old = plan.systems().get(&id).map(|old| &**old);
            tally.put((id.as_str(), row.line), system, old, Edit::PutSystem, &mut imported)
        });
        rows.count(put, table, row, &mut imported);
    }
    tally.report("system", &mut imported);
    let (read, skipped) = rows.totals();
    let mut report = ImportReport::new(super::SYSTEMS.id);
    (report.rows, report.rows_imported, report.items, report.hosts) = (read + skipped, read, read, read);
    report.matched_hosts = read - tally.count_new();
    report.leave_out(SKIPPED, skipped);
    imported.report = Some(report);
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// # Errors
/// Why the row is skipped.
fn system(
    row: &Row,
    plan: &Plan,
    given: &HashSet<String>,
    ids: &mut FreshIds,
    warn: &mut dyn FnMut(String),
) -> Result<System, String> {
    let name = name(row, NAME)?;
    let wanted = row.get(ID).unwrap_or_default().to_lowercase();
    let by_id = plan.systems().iter().find(|system| !wanted.is_empty() && system.id.as_str().to_lowercase() == wanted);
    let has_name = |system: &&Arc<System>| system.name.to_lowercase() == name.to_lowercase();
    // Another row is about a system whose id it has.
    let is_free = |system: &&Arc<System>| !given.contains(&system.id.as_str().to_lowercase());
    let same_name = || plan.systems().iter().filter(has_name).find(|system| wanted.is_empty() || is_free(system));
    let old = by_id.or_else(same_name).map(|system| System::clone(system));
    let mut system = old.unwrap_or_else(|| {
        let id = ids.fresh(row.get(ID).unwrap_or(&name), |id| plan.systems().contains(&id.into()));
        System { id: SystemId::new(&id), hosts: 1, ..System::default() }
    });
    system.name = name;
    set(&mut system.service_owner, row, OWNER);
    set(&mut system.platform, row, PLATFORM);
    set(&mut system.vendor, row, VENDOR);
    set(&mut system.product, row, PRODUCT);
    set(&mut system.model, row, MODEL);
    set(&mut system.test_script, row, TEST);
    if let Some(text) = row.get(NOTES) {
        text.clone_into(&mut system.notes);
    }
    if let Some(text) = row.get(PRODUCTS) {
        system.other_products = Product::read_list(text);
    }
    if let Some(text) = row.get(PATCH_METHOD) {
        system.patch_method = PatchMethod::read(&words_on_one_line(text));
    }
    if let Some(text) = row.get(STOPS) {
        let services = text.split([',', ';', '\n']).map(words_on_one_line).filter(|service| !service.is_empty());
        system.stop_services = services.collect();
    }
    set_choices(&mut system, row, plan, warn);
    Ok(system)
}

/// The systems of the plan and of the table, by their ids and names in lower case.
struct KnownSystems {
    by_id: HashMap<String, SystemId>,
    by_name: HashMap<String, SystemId>,
}

impl KnownSystems {
    /// `read`: those of the table, whose names count before those of the plan.
    fn new<'a>(plan: &'a Plan, read: impl Iterator<Item = &'a System>) -> Self {
        let mut known = Self { by_id: HashMap::new(), by_name: HashMap::new() };
        for system in plan.systems().iter().map(|system| &**system).chain(read) {
            known.by_id.insert(system.id.as_str().to_lowercase(), system.id.clone());
            known.by_name.insert(system.name.to_lowercase(), system.id.clone());
        }
        known
    }

    /// Sets the counterpart that a row names. One that is unknown, or the system itself, is ignored with a warning.
    fn set_counterpart(&self, system: &mut System, row: &Row, warn: &mut dyn FnMut(String)) {
        let Some(text) = row.get(COUNTERPART).map(words_on_one_line) else { return };
        let lower = text.to_lowercase();
        match self.by_name.get(&lower).or_else(|| self.by_id.get(&lower)) {
            Some(id) if *id == system.id => warn(format!("{text} cannot be its own counterpart: ignored")),
            Some(id) => system.counterpart = Some(id.clone()),
            None => warn(format!("Unknown counterpart \"{text}\": ignored")),
        }
    }
}

/// Sets what a cell chooses. An unknown choice is ignored with a warning.
fn set_choices(system: &mut System, row: &Row, plan: &Plan, warn: &mut dyn FnMut(String)) {
    let mut choose = |field: usize, what: &str, set: &mut dyn FnMut(&str) -> bool| {
        if let Some(text) = row.get(field)
            && !set(text)
        {
            warn(format!("Unknown {what} \"{}\": ignored", words_on_one_line(text)));
        }
    };
    choose(CLASS, "class of system", &mut |text| class(text).map(|class| system.class = class).is_some());
    choose(ENVIRONMENT, "environment", &mut |text| {
        environment(text).map(|environment| system.environment = environment).is_some()
    });
    choose(AREA, "business area", &mut |text| area_id(text, plan).map(|area| system.area = Some(area)).is_some());
    choose(ZONE, "time zone", &mut |text| cells::zone(text).map(|zone| system.zone = Some(zone)).is_ok());
    choose(HOSTS, "number of hosts", &mut |text| whole_number(text).map(|hosts| system.hosts = hosts).is_some());
}

/// 4 of "4" and "4.0", 1000 of "1,000" and "1.000".
fn whole_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let plain = [".0", ",0"].iter().find_map(|zero| text.strip_suffix(zero)).unwrap_or(text);
    let mut parts = plain.split(['.', ',', '\'']);
    let mut digits = parts.next()?.to_owned();
    for part in parts {
        let is_group = part.len() == 3 && !digits.is_empty() && digits != "0";
        digits = is_group.then(|| digits + part)?;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn class(text: &str) -> Option<SystemClass> {
    Some(match &*text.to_lowercase() {
        "server"
        | "servers"
        | "vm"
        | "virtual machine"
        | "virtueller server"
        | "linux server"
        | "windows server"
        | "cmdb_ci_server"
        | "cmdb_ci_linux_server"
        | "cmdb_ci_win_server" => SystemClass::Server,
        "desktop" | "client" | "clients" | "workstation" | "pc" | "laptop" | "arbeitsplatz" => SystemClass::Desktop,
        "network" | "netzwerk" | "switch" | "router" | "firewall" | "cmdb_ci_netgear" => SystemClass::Network,
        "application" | "app" | "anwendung" | "software" | "service" | "cmdb_ci_appl" => SystemClass::Application,
        "appliance" | "gerät" => SystemClass::Appliance,
        "firmware" | "bios" | "uefi" => SystemClass::Firmware,
        "cloud" | "cloud service" | "cloud-dienst" | "saas" | "paas" | "iaas" => SystemClass::Cloud,
        _ => return None,
    })
}

fn environment(text: &str) -> Option<Environment> {
    Some(match &*text.to_lowercase() {
        "production" | "prod" | "produktion" | "produktiv" | "prd" | "live" | "p" => Environment::Production,
        "uat" | "abnahme" | "staging" | "pre-production" | "preprod" | "q" => Environment::Uat,
        "test" | "qa" | "t" => Environment::Test,
        "development" | "dev" | "entwicklung" | "e" | "d" => Environment::Development,
        _ => return None,
    })
}
