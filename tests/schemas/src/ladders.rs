//! The rows of `cycles` and `reach`.

use schemars::JsonSchema;

use super::parts::{Date, Instant, OrNull};

/// The way of a release up a ladder.
#[derive(JsonSchema)]
pub struct Cycle {
    /// Id.
    ladder: String,
    /// Id of the release calendar.
    release: String,
    released_at: Instant,
    /// The next release of the calendar, even after the plan's months.
    next_release_at: OrNull<Instant>,
    /// One for each group that is reached, in the ladder's order.
    steps: Vec<Step>,
    /// When the last group is done; null if a group is not reached.
    reached_at: OrNull<Instant>,
    minutes_to_all: OrNull<u32>,
    /// Whether the last group is done only after the next release (R004).
    collides: bool,
    /// Whether a group is certain never to be reached (R003).
    incomplete: bool,
    /// The first group that is missed.
    missed: OrNull<Missed>,
    /// In the policy's order.
    deadlines: Vec<Deadline>,
}

/// A group that is reached.
#[derive(JsonSchema)]
struct Step {
    /// Id.
    group: String,
    allowed_at: Instant,
    start_at: Instant,
    end_at: Instant,
    soak_minutes: u32,
    occurrences: Vec<OccurrenceRef>,
    /// The first freeze that took away an earlier occurrence.
    displaced_by: OrNull<String>,
}

#[derive(JsonSchema)]
struct OccurrenceRef {
    /// Id of the window.
    window: String,
    original_on: Date,
}

#[derive(JsonSchema)]
struct Missed {
    /// Id.
    group: String,
    why: MissedWhy,
    /// The cause, such as "freeze year-end" or "system db-1".
    subject: OrNull<String>,
    occurrence: OrNull<OccurrenceRef>,
    /// Whether the plan ends before the next release.
    open: bool,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum MissedWhy {
    NoWindow,
    NoOccurrence,
    Freeze,
    Skipped,
    Order,
    Soak,
    AfterHorizon,
}

#[derive(JsonSchema)]
struct Deadline {
    severity: String,
    at: Instant,
}

/// How soon fixes climb a ladder.
#[derive(JsonSchema)]
pub struct Reach {
    /// Id.
    ladder: String,
    /// The longest climb; null if nothing published in the plan's months climbs the ladder.
    worst_minutes: OrNull<u32>,
    /// The mean of all climbs.
    mean_minutes: OrNull<u32>,
    /// In the policy's order.
    severities: Vec<ReachOfSeverity>,
    days: Vec<Day>,
    /// The emergency lane of the policy; null if it has none.
    emergency: OrNull<Emergency>,
}

/// What is exploited, by the emergency lane.
#[derive(JsonSchema)]
struct Emergency {
    within_minutes: u32,
    worst_minutes: OrNull<u32>,
    mean_minutes: OrNull<u32>,
    judged_days: u32,
    missed_days: u32,
    /// One letter a day, as for a severity.
    verdicts: String,
    largest_gap: OrNull<Gap>,
    days: Vec<Day>,
}

#[derive(JsonSchema)]
struct ReachOfSeverity {
    name: String,
    within_minutes: u32,
    /// Days that can be judged.
    judged_days: u32,
    /// Days on which the deadline cannot be met.
    missed_days: u32,
    /// One letter a day: "i" in time, "m" missed, "o" open.
    verdicts: String,
    largest_gap: OrNull<Gap>,
    standby: Standby,
}

#[derive(JsonSchema)]
struct Gap {
    from: Date,
    to: Date,
    days: u32,
}

/// The standby windows that would help.
#[derive(JsonSchema)]
struct Standby {
    verdict: StandbyVerdict,
    /// How long the soak times alone last, if they last until the deadline.
    soak_minutes: OrNull<u32>,
    windows: Vec<StandbyWindow>,
    /// Missed days that the windows do not help.
    left_days: u32,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum StandbyVerdict {
    NotNeeded,
    Impossible,
    Windows,
}

#[derive(JsonSchema)]
struct StandbyWindow {
    /// Id.
    group: String,
    on: Date,
    start_at: Instant,
    end_at: Instant,
}

/// A fix that is published on a day.
#[derive(JsonSchema)]
struct Day {
    on: Date,
    /// Midnight in the plan's zone.
    published_at: Instant,
    /// When the last group is done; null if that is not within the plan's months.
    through_at: OrNull<Instant>,
}
