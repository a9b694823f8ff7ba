//! The rows of lists: what `list`, `check`, `cycles` and the other commands write that list something of a plan.

use schemars::JsonSchema;

use super::parts::{Code, Date, Instant, LocalTime, OrNull, Severity};

/// An occurrence of a window.
#[derive(JsonSchema)]
pub struct Occurrence {
    /// As in exported calendars.
    uid: String,
    /// Id of the window.
    window: String,
    name: String,
    /// Ids of the groups that it patches.
    groups: Vec<String>,
    /// The type of the window, as the policy names it.
    kind: String,
    /// The date that the rule gave. It identifies the occurrence.
    original_on: Date,
    start_at: Instant,
    end_at: Instant,
    /// IANA name, or the id of one of the plan's own zones.
    zone: String,
    /// On the clock in `zone`.
    local_start: LocalTime,
    status: OccurrenceStatus,
    /// Null if the work is not estimated or the occurrence is skipped, as in the next two.
    need_minutes: OrNull<u32>,
    /// Negative if the work does not fit.
    margin_minutes: OrNull<i32>,
    /// A rollback must begin by then.
    rollback_deadline_at: OrNull<Instant>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum OccurrenceStatus {
    Planned,
    Moved,
    Added,
    Skipped,
}

/// A finding of a check.
#[derive(JsonSchema)]
pub struct Finding {
    code: Code,
    /// The name of the check: "rollback-does-not-fit".
    name: String,
    severity: Severity,
    /// What it is about: "window core-db".
    subject: String,
    /// Id of the window on which it shows.
    window: OrNull<String>,
    /// The original date of the occurrence that it is about.
    on: OrNull<Date>,
    /// What else is involved, such as the freeze or the other window of an overlap.
    other: OrNull<String>,
    message: String,
    /// The record that it comes from, perhaps together with other findings: "freeze year-end".
    cause: String,
    /// Whether there is a quick fix.
    fix: bool,
    /// Who accepted it, and why.
    accepted: OrNull<Accepted>,
    /// Whether it is about an inventory that is still being entered. Such findings are counted apart.
    to_finish: bool,
}

#[derive(JsonSchema)]
struct Accepted {
    reason: String,
    by: String,
    /// The last day on which it counts.
    until: Date,
}

/// A shift, or people that a team is short of.
#[derive(JsonSchema)]
pub struct Shift {
    /// Id; null if a team could not fill the booking.
    person: OrNull<String>,
    name: String,
    /// Id of the team whose turn it was, or which is short of people.
    team: OrNull<String>,
    duty: Duty,
    /// Id.
    window: String,
    window_name: String,
    original_on: Date,
    start_at: Instant,
    end_at: Instant,
    /// On the plan's clock, as the next one.
    local_start: LocalTime,
    local_end: LocalTime,
    /// How many people are missing; 0 for a shift.
    missing: u32,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Duty {
    Work,
    Testing,
    Watch,
}

/// A business area's answer for an occurrence.
#[derive(JsonSchema)]
pub struct Answer {
    /// Id.
    window: String,
    name: String,
    original_on: Date,
    /// On the window's clock.
    local_start: LocalTime,
    /// Id.
    area: String,
    area_name: String,
    owner: String,
    /// "Agreed", "Silent", "Declined without a reserve" …
    state: String,
    /// When the answer was given, or when the owner was asked.
    said_on: OrNull<Date>,
    by: String,
    reason: String,
    /// The start that the answer was about, if it was about certain times.
    answered_for: OrNull<LocalTime>,
    /// When the owner was sent the last invite.
    sent_on: OrNull<Date>,
    /// The SEQUENCE of that invite.
    sequence: OrNull<u32>,
    /// Days without an answer since the owner was asked.
    silent_days: OrNull<i64>,
    /// The last day of notice; null if notice is only for information.
    notice_due_on: OrNull<Date>,
    reserve_on: OrNull<Date>,
    notes: String,
}

/// Notice that has yet to be given for an occurrence.
#[derive(JsonSchema)]
pub struct Notice {
    due_on: Date,
    /// Days since then; null if it is not late.
    late_days: OrNull<i64>,
    /// Id.
    window: String,
    name: String,
    /// The type of the window, as the policy names it.
    kind: String,
    original_on: Date,
    local_start: LocalTime,
    /// Ids of the areas that have not been asked.
    areas: Vec<String>,
}

/// An advisory.
#[derive(JsonSchema)]
pub struct Advisory {
    id: String,
    title: String,
    /// By its CVSS score and the policy.
    severity: OrNull<String>,
    /// "9.8"
    cvss: OrNull<String>,
    published: Date,
    exploited: bool,
    exposure: Exposure,
    /// The last day, in the plan's zone, on which it is in time.
    due_on: OrNull<Date>,
    /// When that day ends, or when its period ends.
    due_at: OrNull<Instant>,
    standing: Standing,
    /// The affected systems, each with the occurrence that installs the advisory on it.
    systems: Vec<AffectedSystem>,
    /// The day, in the plan's zone, on which it is planned to be installed everywhere.
    planned_on: OrNull<Date>,
    /// When the last of its occurrences ends.
    planned_at: OrNull<Instant>,
    /// The day on which it was installed everywhere.
    in_on: OrNull<Date>,
    /// In the order in which they were made; the last one counts.
    decisions: Vec<Decision>,
    /// The probability that it is exploited within 30 days: "0.97565".
    epss: OrNull<String>,
    /// Null if unknown.
    fix: OrNull<Fix>,
    /// The day since which there is a fix.
    fix_on: OrNull<Date>,
    /// The programs whose files reported it.
    reported_by: Vec<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Exposure {
    Internal,
    Internet,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Standing {
    Overdue,
    #[schemars(rename = "without window")]
    WithoutWindow,
    Open,
    #[schemars(rename = "no fix yet")]
    NoFixYet,
    In,
    Settled,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Fix {
    Available,
    Missing,
}

#[derive(JsonSchema)]
struct AffectedSystem {
    /// Id.
    system: String,
    /// Id of the window that installs the advisory.
    window: OrNull<String>,
    /// The original date of the occurrence.
    on: OrNull<Date>,
}

#[derive(JsonSchema)]
struct Decision {
    decision: String,
    by: String,
    on: Date,
    reason: String,
    /// The last day on which it is in force.
    until: OrNull<Date>,
    /// The ids of the systems that it is about; empty for all.
    systems: Vec<String>,
}

/// A window that takes place.
#[derive(JsonSchema)]
pub struct Activity {
    /// Id.
    window: String,
    name: String,
    start: Instant,
    end: Instant,
    /// Ids, sorted.
    systems: Vec<String>,
    /// The known names and addresses of their hosts, sorted.
    hosts: Vec<String>,
    /// What happens: "installs", "restarts", "service changes".
    kinds: Vec<String>,
    /// Names of those who work in it.
    people: Vec<String>,
    ticket: String,
    /// Whether its owners agreed, and no freeze forbids it.
    approved: bool,
}

/// A change of a record with its commit.
#[derive(JsonSchema)]
pub struct Blame {
    /// "window core-db"
    subject: String,
    kind: String,
    name: String,
    change: BlameChange,
    /// What changed, in words.
    changes: Vec<String>,
    /// Null if it is not committed, like all that follow.
    author: OrNull<String>,
    address: OrNull<String>,
    changed_at: OrNull<Instant>,
    commit: OrNull<String>,
    /// The first line of the commit's message.
    message: OrNull<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum BlameChange {
    Added,
    Changed,
    Removed,
}

/// An advisory on a system.
#[derive(JsonSchema)]
pub struct ComplianceItem {
    /// Id.
    advisory: String,
    title: String,
    severity: OrNull<String>,
    /// Id.
    system: String,
    environment: String,
    /// Id of the business area.
    area: OrNull<String>,
    /// Ids.
    groups: Vec<String>,
    hosts: u32,
    state: ItemState,
    /// The start of the later of the days of publication and fix.
    counts_from: Instant,
    deadline_at: OrNull<Instant>,
    done_at: OrNull<Instant>,
    /// Whether a later scan was clean.
    verified: bool,
    /// Whole days since the deadline, if it is overdue.
    days_overdue: OrNull<u32>,
    /// Id of the window that installed it.
    window: OrNull<String>,
    /// The original date of that occurrence.
    on: OrNull<Date>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ItemState {
    #[schemars(rename = "in time")]
    InTime,
    Late,
    Overdue,
    Pending,
    Excused,
    #[schemars(rename = "no deadline")]
    NoDeadline,
}

/// A service in a year.
#[derive(JsonSchema)]
pub struct Downtime {
    service: String,
    year: i32,
    /// The number of its systems.
    systems: u64,
    /// How often it stops.
    stops: u64,
    downtime_minutes: u32,
    /// "99.9"; null if the policy has no target for it, like the next two.
    target_percent: OrNull<String>,
    /// The downtime that the target allows, rounded down.
    allowed_minutes: OrNull<u32>,
    /// Whether the target is missed.
    over: OrNull<bool>,
}

/// The notes of a night.
#[derive(JsonSchema)]
pub struct Lesson {
    /// The original date.
    on: Date,
    /// Id.
    window: String,
    name: String,
    /// Null if nobody recorded how the night ended.
    outcome: OrNull<String>,
    notes: String,
}
