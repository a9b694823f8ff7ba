//! What the other commands write: about checks, Git, publishing, connected systems, versions.

use schemars::JsonSchema;

use super::parts::{Code, Date, Instant, OrNull, Severity, Version};

/// What is wrong with a file for another program.
#[derive(JsonSchema)]
pub struct Lint {
    /// "L101"
    code: Code,
    severity: Severity,
    /// From 1.
    line: u64,
    message: String,
}

/// A check and what to do about it.
#[derive(JsonSchema)]
pub struct Explanation {
    version: Version,
    code: Code,
    name: String,
    severity: Severity,
    family: String,
    summary: String,
    why: String,
    example: String,
    remedy: String,
    /// Whether there is a quick fix.
    fix: bool,
}

/// A stage of an advisory, from Identify to Document.
#[derive(JsonSchema)]
pub struct AdvisoryStage {
    /// Id.
    advisory: String,
    title: String,
    #[schemars(flatten)]
    stage: Stage,
}

/// A stage of a release on a ladder, from Identify to Document.
#[derive(JsonSchema)]
pub struct ReleaseStage {
    /// Id.
    ladder: String,
    /// Id of the release calendar.
    calendar: String,
    /// Its date on the plan's clock.
    release: Date,
    #[schemars(flatten)]
    stage: Stage,
}

#[derive(JsonSchema)]
struct Stage {
    stage: String,
    state: StageState,
    /// Whether it is the first stage that is open.
    current: bool,
    /// As the policy says; null if nobody is.
    responsible: OrNull<String>,
    output: String,
    missing: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum StageState {
    Done,
    Open,
    #[schemars(rename = "not needed")]
    NotNeeded,
}

/// The plan that was created.
#[derive(JsonSchema)]
pub struct NewPlan {
    version: Version,
    file: String,
    id: String,
    title: String,
    /// Its first and its last day.
    from: Date,
    last: Date,
    /// IANA name.
    zone: String,
}

/// Which plans were formatted.
#[derive(JsonSchema)]
pub struct Formatting {
    version: Version,
    /// The number of plans.
    plans: u64,
    /// The files that formatting changed, or would change with --check.
    changed: Vec<String>,
    /// The files that could not be read or formatted.
    failed: Vec<String>,
    check: bool,
}

/// A repository in which Git merges plans by record and field now.
#[derive(JsonSchema)]
pub struct GitSetup {
    version: Version,
    /// Its top folder.
    repository: String,
    /// The patterns of the files that are plans.
    files: Vec<String>,
    /// Whether .gitattributes was changed, and is to be committed.
    attributes_changed: bool,
}

/// A plan that was committed.
#[derive(JsonSchema)]
pub struct GitCommit {
    version: Version,
    /// What was done, in words.
    done: String,
    /// The beginning of its hash.
    commit: String,
    /// The first line of the message.
    subject: String,
}

/// The state of a plan in Git.
#[derive(JsonSchema)]
pub struct GitStatus {
    version: Version,
    status: String,
    upstream: OrNull<String>,
    /// What is not committed, one line each.
    uncommitted: Vec<String>,
    /// The commits to pull as of the last fetch.
    incoming: OrNull<Incoming>,
    /// What keeps the plan from being committed.
    obstacle: OrNull<String>,
}

#[derive(JsonSchema)]
struct Incoming {
    title: String,
    commits: Vec<String>,
    changes: Vec<String>,
}

/// What was published.
#[derive(JsonSchema)]
pub struct Published {
    version: Version,
    target: String,
    dry_run: bool,
    sent: u64,
    restored: u64,
    deleted: u64,
    unchanged: u64,
    skipped: Vec<Problem>,
    refused: Vec<Problem>,
    /// Why publishing ended early.
    stopped: OrNull<String>,
}

#[derive(JsonSchema)]
struct Problem {
    title: String,
    reason: String,
}

/// A connected system.
#[derive(JsonSchema)]
pub struct ConnectedSystem {
    id: String,
    name: String,
    /// The kinds of file that are read from it.
    reads: Vec<String>,
    writes: Vec<WrittenForm>,
}

#[derive(JsonSchema)]
struct WrittenForm {
    format: String,
    /// Without a dot.
    ending: String,
}

/// How a system expresses a window.
#[derive(JsonSchema)]
pub struct Expressed {
    /// Id.
    window: String,
    name: String,
    /// Id.
    system: String,
    /// The form of the file.
    format: String,
    form: Form,
    /// How many single dates are written.
    dates: u64,
    /// Why the window is not written as a rule, or not at all.
    reason: String,
    lost: Vec<Loss>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Form {
    Native,
    Dates,
    Impossible,
}

#[derive(JsonSchema)]
struct Loss {
    what: LossKind,
    detail: String,
    /// The original dates of the occurrences that the file does not have, or has with another start or end.
    occurrences: Vec<Date>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum LossKind {
    Cutoff,
    Length,
    Hours,
    ClockChange,
    Freeze,
    Horizon,
    Over,
    Zone,
}

/// A version of a plan that was saved on this machine.
#[derive(JsonSchema)]
pub struct SavedVersion {
    /// 1 is the newest.
    number: u64,
    saved_at: Instant,
    /// In bytes.
    size: u64,
    /// What it changed, in words.
    changes: String,
    readable: bool,
    /// Where it is kept.
    file: String,
}

/// Changes that were not saved when the program ended.
#[derive(JsonSchema)]
pub struct Recoveries {
    version: Version,
    changes: Vec<Recovery>,
}

#[derive(JsonSchema)]
struct Recovery {
    number: u64,
    /// The plan file; null for a plan that was never saved.
    plan: OrNull<String>,
    changed_until: OrNull<Instant>,
    /// What became of the file since, in words.
    on_disk: String,
    /// The recovery file.
    file: String,
}
