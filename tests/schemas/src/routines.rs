//! Duties that belong to no window: scan routines and reading bulletins.

use schemars::JsonSchema;

use super::parts::{Date, OrNull};

/// A scan that is repeated.
#[derive(JsonSchema)]
pub struct ScanRoutine {
    /// Id.
    routine: String,
    name: String,
    /// "Network", "Authenticated", "Container images", "Dependencies" or "Cloud configuration".
    kind: String,
    /// Days between two runs; null if it runs with each build or commit.
    every_days: OrNull<u32>,
    /// "every week", "with each build".
    runs: String,
    tool: String,
    /// "person/ann" or "team/security"; null if nobody is responsible.
    who: OrNull<String>,
    who_name: String,
    covers: Covers,
    /// Ids of what it covers.
    covered: Vec<String>,
    last_on: OrNull<Date>,
    outcome: OrNull<ScanOutcome>,
    /// How many things were open; null if no result was recorded.
    open: OrNull<u32>,
    /// Null if results are not recorded, or no interval says when it is due.
    due_on: OrNull<Date>,
    /// Days since then; null if it is not late.
    late_days: OrNull<u32>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Covers {
    Everything,
    Areas,
    Ladders,
    Systems,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ScanOutcome {
    Clean,
    Open,
    Failed,
}

/// Who reads which vendors' bulletins, or a vendor that nobody reads.
#[derive(JsonSchema)]
pub struct BulletinDuty {
    /// Id; null for a vendor of systems that no duty names.
    duty: OrNull<String>,
    name: String,
    vendors: Vec<String>,
    /// How many systems are of these vendors.
    systems: u32,
    source: String,
    /// "person/ann" or "team/security".
    owner: OrNull<String>,
    owner_name: String,
    stand_in: OrNull<String>,
    stand_in_name: String,
    /// Who reads them today; null if nobody does.
    reader: OrNull<String>,
    /// The first day from today on without a reader, although the duty has an owner.
    unread_from: OrNull<Date>,
    /// The last of these days in a row.
    unread_to: OrNull<Date>,
}
