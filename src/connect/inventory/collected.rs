//! Collects the hosts of an inventory, and compares them with the plan.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::doubts::Doubts;
use super::environments::GroupEnvironments;
use super::groups::LadderGroups;
use super::host_row::HostRow;
use super::namesakes::{HostsByName, name_with_identity};
use super::options::{GROUPS, HOST_NAMES, LADDER, RELEASE};
use crate::connect::findings::HostIndex;
use crate::import::{
    FreshIds, ImportError, ImportReport, Imported, Input, Item, MOST_RECORDS, REMOVE_GONE, Section, name_in_plan,
    words_on_one_line,
};
use crate::model::{AreaId, Edit, Plan, System, SystemId, slug};
use crate::wording::{counted, list_in_sentence};

/// How many unknown areas a warning names.
const MOST_NAMED: usize = 5;

/// The hosts of an inventory so far.
pub struct Inventory<'a> {
    input: &'a Input<'a>,
    report: ImportReport,
    imported: Imported,
    /// In the order of the file.
    hosts: Vec<HostRow>,
    by_name: HostsByName,
    doubts: Doubts,
    /// The groups of the inventory, with those that have no hosts.
    groups: BTreeSet<String>,
    /// By which systems remember that the inventory lists them.
    source: String,
    /// Rows that may be hosts, but could not be read.
    unread: usize,
}

/// What becomes of the systems.
#[derive(Default)]
struct Outcome {
    new: usize,
    changed: usize,
    same: usize,
    removed: usize,
    unknown_areas: BTreeSet<String>,
    environments: GroupEnvironments,
    /// The system of each host, in the order of the hosts.
    systems: Vec<SystemId>,
    /// Systems that have a name that several hosts share, so one of these may be theirs.
    kept: BTreeSet<SystemId>,
}

impl<'a> Inventory<'a> {
    /// `kind`: the id of the kind of file.
    ///
    /// # Errors
    /// There is not exactly one file.
    pub fn new(kind: &str, input: &'a Input<'a>) -> Result<Self, ImportError> {
        let file = input.file()?.name();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        Ok(Self {
            input,
            report: ImportReport::new(kind),
            imported: Imported::default(),
            hosts: Vec::new(),
            by_name: HostsByName::default(),
            doubts: Doubts::default(),
            groups: BTreeSet::new(),
            source: format!("{kind}: {}", words_on_one_line(stem)),
            unread: 0,
        })
    }

    /// Adds a row. Several rows may be about one host: those with the same name, unless their ids differ.
    ///
    /// # Errors
    /// There are more hosts than a plan can have.
    pub fn add(&mut self, mut row: HostRow) -> Result<(), ImportError> {
        self.report.rows += 1;
        row.name = words_on_one_line(&row.name);
        let reason = row.left_out.or(row.name.is_empty().then_some("without a name"));
        if let Some(reason) = reason {
            self.unread += usize::from(row.left_out.is_none());
            self.report.leave_out(reason, 1);
            return Ok(());
        }
        self.report.rows_imported += 1;
        self.groups.extend(row.groups.iter().chain(&row.parent_groups).cloned());
        match self.by_name.find_or_add(&row, &self.hosts) {
            Some(at) => {
                let host = &mut self.hosts[at];
                if host.identity.is_empty() || row.identity.is_empty() {
                    self.doubts.note(&host.name, &host.differences(&row));
                }
                host.fill(&row);
            }
            None => self.hosts.push(row),
        }
        if self.hosts.len() > MOST_RECORDS { Err(ImportError::TooMany("hosts")) } else { Ok(()) }
    }

    /// Adds a group, which may have no hosts.
    pub fn add_group(&mut self, name: &str) {
        self.groups.insert(name.to_owned());
    }

    pub fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.imported.warn(line, message);
    }

    /// Rows that are hosts but could not be read. Their systems are unknown, so none counts as gone.
    pub fn leave_out(&mut self, reason: &str, count: usize) {
        self.unread += count;
        self.report.rows += count;
        self.report.leave_out(reason, count);
    }

    /// Whether hosts of the file count as gone if they are missing. A file that is only a part of an inventory says nothing
    /// about the others, and neither does one with rows that could not be read.
    pub fn finish(mut self, is_whole: bool) -> Imported {
        let plan = self.input.plan();
        let (shared, warning) = self.by_name.tell_apart(&mut self.hosts);
        for warning in warning.into_iter().chain(self.doubts.of_names()) {
            self.imported.warn(None, warning);
        }
        let mut outcome = self.put_systems(plan, &shared);
        if let Some(warning) = self.doubts.of_addresses() {
            self.imported.warn(None, warning);
        }
        self.put_groups(plan, &outcome.systems);
        if is_whole {
            self.find_gone(plan, &mut outcome);
        }
        self.fill_report(&outcome);
        self.imported.summary = summary(&outcome);
        if !outcome.unknown_areas.is_empty() {
            let named = list_in_sentence(outcome.unknown_areas.iter().map(|name| format!("\"{name}\"")), MOST_NAMED);
            self.imported.warn(None, format!("Unknown business areas ignored ({named}): add them, and import again"));
        }
        for warning in outcome.environments.warnings() {
            self.imported.warn(None, warning);
        }
        self.report.assumptions.extend(outcome.environments.assumption());
        if self.report.rows == 0 {
            self.imported.warn(None, "No hosts in this file; the systems of the plan stay as they are");
        }
        self.imported.report = Some(self.report);
        self.imported.in_order()
    }

    /// `shared`: the common name of hosts that share one, by their positions.
    fn put_systems(&mut self, plan: &Plan, shared: &HashMap<usize, String>) -> Outcome {
        let (mut outcome, mut ids) = (Outcome::default(), FreshIds::default());
        let mut index = HostIndex::new(plan, &[]);
        let areas: HashMap<String, &AreaId> = plan
            .areas()
            .iter()
            .flat_map(|area| [(area.name.to_lowercase(), &area.id), (area.id.as_str().to_owned(), &area.id)])
            .collect();
        let remembers_names = self.input.options.is_on(&HOST_NAMES);
        // Several hosts of the file may be of one system, so changes add up.
        let mut changed: BTreeMap<SystemId, System> = BTreeMap::new();
        let mut order: Vec<SystemId> = Vec::new();
        for (at, host) in self.hosts.iter().enumerate() {
            let names: Vec<String> = std::iter::once(&host.name).chain(&host.other_names).cloned().collect();
            let found = match shared.get(&at) {
                None => find_told_apart(&index, &name_with_identity(host)).or_else(|| index.find(&names)),
                Some(name) => {
                    let named = index.find_exactly(name);
                    outcome.kept.extend(named.clone());
                    // A system of several hosts may be all those of one name.
                    let is_several = |id: &SystemId| plan.systems().get(id).is_some_and(|system| system.hosts > 1);
                    find_told_apart(&index, &host.name)
                        .or_else(|| index.find_beside(name, &host.other_names))
                        .or_else(|| named.filter(is_several))
                }
            };
            if found.is_none()
                && let Some(earlier) = index.earlier_at_address(&names).and_then(|id| plan.systems().get(&id))
            {
                self.doubts.note_address(&host.name, &earlier.name);
            }
            let id = found
                .unwrap_or_else(|| SystemId::new(&ids.fresh(&host.name, |id| plan.systems().contains(&id.into()))));
            let old = plan.systems().get(&id);
            let system = changed.entry(id.clone()).or_insert_with(|| {
                order.push(id.clone());
                let new = || System { id: id.clone(), name: name_in_plan(&host.name), hosts: 1, ..System::default() };
                old.map_or_else(new, |old| System::clone(old))
            });
            // A system of several hosts is not what one of them is.
            if old.is_none_or(|old| old.hosts <= 1) {
                host.apply(system);
                outcome.environments.apply(host, system, old.is_none());
                match areas.get(&host.area.to_lowercase()) {
                    Some(area) => system.area = Some((*area).clone()),
                    None if !host.area.is_empty() => _ = outcome.unknown_areas.insert(host.area.clone()),
                    None => {}
                }
            }
            if remembers_names {
                remember_names(system, &names);
            }
            if !system.inventories.contains(&self.source) {
                system.inventories.push(self.source.clone());
            }
            outcome.systems.push(id);
        }
        for id in order {
            let Some(system) = changed.remove(&id) else { continue };
            match plan.systems().get(&id) {
                Some(old) if **old == system => outcome.same += 1,
                old => {
                    *if old.is_some() { &mut outcome.changed } else { &mut outcome.new } += 1;
                    self.imported.edits.push(Edit::PutSystem(system));
                }
            }
        }
        outcome
    }

    fn put_groups(&mut self, plan: &Plan, systems: &[SystemId]) {
        let chosen = self.input.options.words(&GROUPS);
        let [ladder, ..] = self.input.options.words(&LADDER) else {
            if !chosen.is_empty() || self.input.options.release(&RELEASE).is_some() {
                self.imported.warn(None, "Groups are not imported: name a ladder for them with the option ladder");
            }
            return;
        };
        for name in chosen.iter().filter(|name| !self.groups.contains(*name)) {
            self.imported.warn(None, format!("The inventory has no group \"{name}\""));
        }
        let mut groups = LadderGroups::new(plan, ladder, self.input.options.release(&RELEASE), chosen);
        for (host, system) in self.hosts.iter().zip(systems) {
            // Without a choice, a system is in the groups that name it itself.
            let parents: &[String] = if chosen.is_empty() { &[] } else { &host.parent_groups };
            let is_wanted = |group: &&String| chosen.is_empty() || chosen.contains(group);
            let mut own: Vec<&String> = host.groups.iter().chain(parents).filter(is_wanted).collect();
            own.sort_by_key(|group| chosen.iter().position(|each| each == *group));
            groups.add(system, &own, host.class);
        }
        let (edits, warnings) = groups.finish();
        self.imported.edits.extend(edits);
        for warning in warnings {
            self.imported.warn(None, warning);
        }
    }

    /// Finds the systems that an earlier file of this inventory listed, and this one does not.
    fn find_gone(&mut self, plan: &Plan, outcome: &mut Outcome) {
        let listed: BTreeSet<&SystemId> = outcome.systems.iter().chain(&outcome.kept).collect();
        let is_gone = |system: &&std::sync::Arc<System>| {
            system.inventories.contains(&self.source) && !listed.contains(&system.id)
        };
        let gone: Vec<&System> = plan.systems().iter().filter(is_gone).map(|system| &**system).collect();
        // A file without any hosts says more about the file than about the hosts.
        if gone.is_empty() || self.hosts.is_empty() {
            return;
        }
        if self.unread > 0 {
            let named = list_in_sentence(gone.iter().map(|system| &system.name), MOST_NAMED);
            let text = format!(
                "{} not found in the inventory ({named}): kept, since {} of it could not be read",
                counted(gone.len(), "system"),
                counted(self.unread, "row")
            );
            self.imported.warn(None, text);
            return;
        }
        let removes = self.input.options.is_on(&REMOVE_GONE);
        let item = |system: &&System| Item {
            text: system.name.clone(),
            author: String::new(),
            remark: String::new(),
            file: String::new(),
            record: if removes { system.id.to_string() } else { String::new() },
        };
        let heading = if removes { "Removed" } else { "No longer in the inventory, kept" };
        self.imported.sections.push(Section { heading, is_refused: false, items: gone.iter().map(item).collect() });
        if removes {
            outcome.removed = gone.len();
            self.imported.edits.extend(gone.iter().map(|system| Edit::RemoveSystem(system.id.clone())));
        } else {
            let named = list_in_sentence(gone.iter().map(|system| &system.name), MOST_NAMED);
            let text = format!(
                "{} no longer in the inventory ({named}): kept; remove them with the option remove-gone",
                counted(gone.len(), "system")
            );
            self.imported.warn(None, text);
        }
    }

    fn fill_report(&mut self, outcome: &Outcome) {
        let distinct: BTreeSet<&SystemId> = outcome.systems.iter().collect();
        self.report.items = distinct.len();
        self.report.hosts = self.hosts.len();
        self.report.groups = Some(self.groups.len());
        let plan = self.input.plan();
        self.report.matched_hosts = outcome.systems.iter().filter(|id| plan.systems().contains(id)).count();
    }
}

/// The system whose name or id has the id of a host.
fn find_told_apart(index: &HostIndex<'_>, name: &str) -> Option<SystemId> {
    if name.is_empty() {
        return None;
    }
    index.find_exactly(name).or_else(|| index.find_exactly(&slug(name)))
}

/// "12 systems (3 of them updated), removal of 1 system"
fn summary(outcome: &Outcome) -> String {
    let all = outcome.new + outcome.changed;
    let put = counted(all, "system");
    let put = match outcome.changed {
        0 => put,
        changed if changed == all => format!("{put} (updated)"),
        changed => format!("{put} ({changed} of them updated)"),
    };
    if outcome.removed > 0 { format!("{put}, removal of {}", counted(outcome.removed, "system")) } else { put }
}

/// Adds names that the system is not known by yet.
fn remember_names(system: &mut System, names: &[String]) {
    for name in names.iter().map(|name| words_on_one_line(name)).filter(|name| !name.is_empty()) {
        let is_known = |known: &String| known.eq_ignore_ascii_case(&name);
        if !is_known(&system.name) && !system.host_names.iter().any(is_known) {
            system.host_names.push(name);
        }
    }
}
