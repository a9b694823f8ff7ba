//! What commands write that change, compare or roll forward a plan.

use schemars::JsonSchema;

use super::parts::{Code, Date, Instant, LocalTime, MaybeAbsent, OrNull, Severity, Version};

/// What a command changed, or would change.
#[derive(JsonSchema)]
pub struct Change {
    version: Version,
    /// What was done: "Moved Core DB patching to Wed 15 Dec".
    done: String,
    /// False if the plan had it already.
    changed: bool,
    /// Whether nothing was saved.
    dry_run: bool,
    /// Id of the window that was changed or added, if it is about one.
    #[schemars(default)]
    window: MaybeAbsent<String>,
    findings: Difference,
    /// The new findings of the window, or all new findings.
    new_findings: Vec<NewFinding>,
}

/// How many more findings there are; negative for fewer.
#[derive(JsonSchema)]
struct Difference {
    errors: i64,
    warnings: i64,
}

#[derive(JsonSchema)]
struct NewFinding {
    code: Code,
    severity: Severity,
    /// The original date of the occurrence that it is about.
    on: OrNull<Date>,
    message: String,
}

/// What differs between two plans.
#[derive(JsonSchema)]
pub struct Comparison {
    version: Version,
    title: String,
    /// The name of a file, or "what was sent".
    compared_with: String,
    /// The release of the time zone data.
    zone_data: String,
    /// The day on which notice is judged.
    today: Date,
    summary: String,
    /// Occurrences that are the same in both.
    unchanged: u64,
    windows: Vec<WindowChange>,
    records: Vec<RecordChange>,
    /// The owners who must be notified, and those who are informed.
    owners: Vec<Owner>,
}

#[derive(JsonSchema)]
struct WindowChange {
    /// Id.
    window: String,
    name: String,
    fate: Fate,
    headline: String,
    fields: Vec<FieldChange>,
    dates: Vec<DateChange>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Fate {
    Changed,
    New,
    Removed,
}

#[derive(JsonSchema)]
struct FieldChange {
    field: String,
    /// Null in a list, like `after`.
    before: OrNull<String>,
    after: OrNull<String>,
    added: Vec<String>,
    removed: Vec<String>,
}

#[derive(JsonSchema)]
struct DateChange {
    original_on: Date,
    change: DateChangeKind,
    before: OrNull<When>,
    after: OrNull<When>,
    reason: String,
    past: bool,
    /// Who must be notified.
    told: Vec<Told>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum DateChangeKind {
    Moved,
    Cancelled,
    Added,
    Restored,
    Changed,
    #[schemars(rename = "in earlier months")]
    InEarlierMonths,
    #[schemars(rename = "in new months")]
    InNewMonths,
}

#[derive(JsonSchema)]
struct When {
    start_at: Instant,
    end_at: Instant,
    /// On the clock in `zone`.
    local_start: LocalTime,
    zone: String,
}

#[derive(JsonSchema)]
struct Told {
    /// The index in `owners`, from 0.
    owner: u64,
    /// Null if only the wording is new.
    what: OrNull<Message>,
    notice_due_on: OrNull<Date>,
    /// 0 if it is in time.
    late_days: i64,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Message {
    Invite,
    Update,
    Cancellation,
}

#[derive(JsonSchema)]
struct RecordChange {
    /// "freeze year-end"
    subject: String,
    kind: String,
    name: String,
    fate: Fate,
    fields: Vec<FieldChange>,
}

/// `informed`: a person or team who does not have to answer.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum NotifiedRole {
    Owner,
    Informed,
}

#[derive(JsonSchema)]
struct Owner {
    name: String,
    address: OrNull<String>,
    /// Whether they must answer.
    role: NotifiedRole,
    areas: Vec<String>,
    invites: u64,
    updates: u64,
    cancellations: u64,
    /// How many of these are too late.
    late: u64,
}

/// The plan of a later year, and what must be decided about it.
#[derive(JsonSchema)]
pub struct Roll {
    version: Version,
    title: String,
    /// The id of the new plan.
    id: String,
    from: Date,
    to: Date,
    /// The file; null if nothing was written.
    saved_as: OrNull<String>,
    /// The proposed dates of freezes, listed dates and ends.
    dates: Vec<Proposal>,
    /// What runs across the turn of the years.
    across: Vec<Across>,
    holidays: Vec<Holidays>,
    windows_without_dates: Vec<String>,
    windows_left_behind: Vec<String>,
    left_behind: Vec<String>,
    /// Dates that meet a holiday, a freeze or a clock change.
    meetings: Vec<Meeting>,
}

#[derive(JsonSchema)]
struct Proposal {
    kind: ProposalKind,
    id: String,
    name: String,
    was_from: Date,
    was_to: Date,
    applied: OrNull<Choice>,
    alternatives: Vec<Choice>,
    note: OrNull<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ProposalKind {
    #[schemars(rename = "listed date")]
    ListedDate,
    Freeze,
    #[schemars(rename = "ended window")]
    EndedWindow,
}

/// New dates, or that there are none.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Choice {
    Days(ChosenDays),
    LeftBehind(LeftBehind),
    WithoutEnd(WithoutEnd),
}

#[derive(JsonSchema)]
struct ChosenDays {
    from: Date,
    to: Date,
    /// Why these: "same weekday of the same week".
    basis: String,
}

#[derive(JsonSchema)]
struct LeftBehind {
    left_behind: bool,
    basis: String,
}

#[derive(JsonSchema)]
struct WithoutEnd {
    without_end: bool,
    basis: String,
}

#[derive(JsonSchema)]
struct Across {
    /// "window" or "freeze".
    kind: String,
    id: String,
    name: String,
    start: LocalTime,
    end: LocalTime,
    crossing: Crossing,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Crossing {
    Runs,
    #[schemars(rename = "in neither plan")]
    InNeither,
    #[schemars(rename = "only in the earlier plan")]
    OnlyInEarlier,
    #[schemars(rename = "in both plans")]
    InBoth,
    #[schemars(rename = "moved away in the earlier plan")]
    MovedAway,
}

#[derive(JsonSchema)]
struct Holidays {
    id: String,
    name: String,
    days_before: u64,
    days_after: u64,
    import_needed: bool,
}

#[derive(JsonSchema)]
struct Meeting {
    /// Id.
    window: String,
    name: String,
    date: Date,
    start: LocalTime,
    end: LocalTime,
    findings: Vec<MeetingFinding>,
    /// The nearest date without such a finding.
    free_date: OrNull<Date>,
}

#[derive(JsonSchema)]
struct MeetingFinding {
    code: Code,
    message: String,
}

/// What a merge did, and the conflicts that are left.
#[derive(JsonSchema)]
pub struct Merge {
    version: Version,
    /// The name of the plan.
    plan: String,
    /// What was done, one line each.
    done: Vec<String>,
    conflicts: Vec<Conflict>,
    /// The findings that neither side had, in words.
    new_findings: Vec<String>,
}

#[derive(JsonSchema)]
struct Conflict {
    /// What `--take` calls it: "window/core-db.duration".
    conflict: String,
    /// What it is about, with both values.
    about: String,
}
