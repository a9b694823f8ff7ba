//! What commands write about files, about logs, and about what was installed in time.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::parts::{Instant, MaybeAbsent, Month, OrNull, Version};

/// What was made of an imported file, or of each of several.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(clippy::large_enum_variant, reason = "only its schema is used")]
pub enum Imports {
    One(Import),
    Several(Vec<Import>),
}

/// What was made of an imported file.
#[derive(JsonSchema)]
pub struct Import {
    version: Version,
    /// What the file is: "nessus-xml".
    kind: String,
    /// The rows, entries or elements that the file has.
    rows: u64,
    /// Together with all counts of `left_out`, these are the rows.
    rows_imported: u64,
    /// Distinct things that the imported rows are about: advisories, systems, windows, notices.
    items: u64,
    /// Distinct CVE ids in all rows, also of those that are left out.
    cves: u64,
    cves_imported: u64,
    /// Distinct hosts that the rows name.
    hosts: u64,
    /// The groups of an inventory.
    #[schemars(default)]
    groups: MaybeAbsent<u64>,
    /// Hosts that are known to belong to a system.
    matched_hosts: u64,
    /// How many rows have each severity: "critical", "high", "medium", "low", "none".
    by_severity: BTreeMap<String, u64>,
    left_out: Vec<LeftOut>,
    /// The hosts of no known system, sorted.
    #[schemars(default)]
    unmatched_hosts: MaybeAbsent<Vec<String>>,
    /// The circuits of no known system, sorted.
    #[schemars(default)]
    unmatched_circuits: MaybeAbsent<Vec<String>>,
    warnings: Vec<String>,
    /// What was assumed or chosen: the zone of times, the scores that were used.
    #[schemars(default)]
    assumptions: MaybeAbsent<Vec<String>>,
    /// The notices of carriers.
    #[schemars(default)]
    notices: MaybeAbsent<Vec<CarrierNotice>>,
    /// Why the file was refused. All counts are 0 then.
    #[schemars(default)]
    refused: MaybeAbsent<String>,
}

#[derive(JsonSchema)]
struct LeftOut {
    reason: String,
    count: u64,
}

#[derive(JsonSchema)]
struct CarrierNotice {
    provider: String,
    id: String,
    /// -1 if the file does not say it.
    sequence: i64,
    /// As written: "CONFIRMED". "NO-CHANGE" if the file does not say it.
    status: String,
    start: OrNull<Instant>,
    end: OrNull<Instant>,
    circuits: Vec<String>,
    /// Ids of the plan's systems behind these circuits.
    systems: Vec<String>,
    /// It takes away an earlier notice, or would.
    removed: bool,
}

/// A log compared with a plan.
#[derive(JsonSchema)]
pub struct Events {
    version: Version,
    /// How many events are in each class.
    expected: u64,
    unapproved: u64,
    wrong_system: u64,
    outside: u64,
    unreadable: u64,
    rows: Vec<Event>,
}

#[derive(JsonSchema)]
struct Event {
    /// The line in the log, from 1.
    line: u64,
    /// Null if the line cannot be read, like `host`.
    time: OrNull<Instant>,
    host: OrNull<String>,
    class: EventClass,
    /// Id of the window that explains it.
    window: OrNull<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum EventClass {
    Expected,
    Unapproved,
    WrongSystem,
    Outside,
    Unreadable,
}

/// Which advisories were installed in time.
#[derive(JsonSchema)]
pub struct Compliance {
    version: Version,
    /// The instant at which everything is judged.
    at: Instant,
    overall: Figures,
    /// By the name of the severity, or "none".
    by_severity: BTreeMap<String, Figures>,
    /// By the name of the environment.
    by_environment: BTreeMap<String, Figures>,
    /// By the id of the business area, or "none".
    by_area: BTreeMap<String, Figures>,
    /// By the id of the group, or "none".
    by_group: BTreeMap<String, Figures>,
    overdue: Vec<Overdue>,
    metrics: Metrics,
    /// The months until now.
    trend: Vec<MonthFigures>,
    /// The months to come, if all goes as planned.
    forecast: Vec<MonthFigures>,
}

/// How many systems, or hosts, are in which state.
#[derive(JsonSchema)]
struct Figures {
    due: u64,
    in_time: u64,
    late: u64,
    open: u64,
    pending: u64,
    excused: u64,
    no_deadline: u64,
    /// Of those in time and late: not scanned clean yet.
    unverified: u64,
    /// The share of what was due that was done in time.
    percent: f64,
}

#[derive(JsonSchema)]
struct MonthFigures {
    month: Month,
    #[schemars(flatten)]
    figures: Figures,
}

#[derive(JsonSchema)]
struct Overdue {
    /// Id.
    advisory: String,
    severity: OrNull<String>,
    /// The ids of the systems on which it is open, sorted.
    systems: Vec<String>,
    /// Whole days since its deadline.
    days: u64,
}

#[derive(JsonSchema)]
struct Metrics {
    mean_days_to_patch: OrNull<f64>,
    failure_percent: OrNull<f64>,
    reboot_success_percent: OrNull<f64>,
    critical_in_time_percent: OrNull<f64>,
    high_in_time_percent: OrNull<f64>,
}
