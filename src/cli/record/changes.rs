//! Changing the plan by one edit, for all that can be recorded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use crate::cli::arguments::utc_time;
use crate::cli::changing::{Change, Changing};
use crate::cli::plan::derive;
use crate::cli::reply::{Failure, Reply};
use crate::model::{Edit, LocalMinute, Policy, UtcMinute};
use crate::schedule::{Schedule, Zone};
use crate::wording::iso;

// The plan that is changed.
#[derive(Debug, Args)]
pub struct Changed {
    /// Plan to change
    plan: PathBuf,
    #[command(flatten)]
    changing: Changing,
}

impl Changed {
    /// The file of the plan.
    pub fn plan(&self) -> &Path {
        &self.plan
    }

    /// Makes one edit of what `edits` returns, and saves the plan.
    ///
    /// # Errors
    /// A plan that cannot be changed, or an error of `edits`.
    pub fn change(
        &self,
        clock: DateTime<Utc>,
        edits: impl FnOnce(&Schedule, UtcMinute) -> Result<Vec<Edit>, Failure>,
    ) -> Result<Reply, Failure> {
        self.change_and_say(clock, edits, |_, _| Vec::new())
    }

    /// The same, and answers with what `say` returns about the changed plan, too.
    ///
    /// # Errors
    /// A plan that cannot be changed, or an error of `edits`.
    pub fn change_and_say(
        &self,
        clock: DateTime<Utc>,
        edits: impl FnOnce(&Schedule, UtcMinute) -> Result<Vec<Edit>, Failure>,
        say: impl FnOnce(&Schedule, UtcMinute) -> Vec<String>,
    ) -> Result<Reply, Failure> {
        let now = UtcMinute::from_utc(self.changing.now.or(clock));
        self.changing.change(&self.plan, clock, |schedule, _| {
            let edits = edits(schedule, now)?;
            let label = edits.first().map(|edit| edit.label(&schedule.plan)).unwrap_or_default();
            let mut details: Vec<String> = edits.iter().skip(1).map(|edit| edit.done(&schedule.plan)).collect();
            let edit = Edit::Together { label, edits };
            details.extend(say(&derive(schedule.plan.apply(&edit)?), now));
            Ok(Change { details, ..Change::of_plan(edit) })
        })
    }
}

/// Switches recording on from that day if the plan does not record results yet.
pub fn recording_on(schedule: &Schedule, from: NaiveDate) -> Option<Edit> {
    let policy = schedule.plan.policy();
    policy
        .recording_from
        .is_none()
        .then(|| Edit::SetPolicy(Policy { recording_from: Some(from), ..Policy::clone(policy) }))
}

/// A time as it was typed: with an offset, or on the clock of a window or the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedTime {
    Instant(DateTime<Utc>),
    Local(LocalMinute),
}

/// Reads "2027-03-13T22:00Z", "2027-03-13T22:00:00+01:00" and "2027-03-13T22:00".
pub fn read_typed_time(text: &str) -> Result<TypedTime, String> {
    let advice = || "use e.g. 2027-03-13T22:00 on the window's clock, or 2027-03-13T21:00:00Z".to_owned();
    if let Some(local) = iso::read_local(text) {
        return Ok(TypedTime::Local(LocalMinute::new(local.date(), local.time())));
    }
    let minute = text.strip_suffix('Z').and_then(iso::read_local).map(|utc| utc.and_utc());
    minute.or_else(|| utc_time(text).ok()).map(TypedTime::Instant).ok_or_else(advice)
}

impl TypedTime {
    /// The instant, if it was typed on the clock of that zone.
    pub fn resolve(self, zone: &Arc<Zone>) -> UtcMinute {
        match self {
            Self::Instant(at) => UtcMinute::from_utc(at),
            Self::Local(local) => zone.resolve(local).at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_instants_or_on_the_clock() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let at = |text: &str| read_typed_time(text).map(|time| iso::utc_minute(time.resolve(&berlin)));
        for text in ["2027-03-13T22:00", "2027-03-13T21:00Z", "2027-03-13T22:00:00+01:00"] {
            assert_eq!(at(text).as_deref(), Ok("2027-03-13T21:00Z"), "{text}");
        }
        assert!(at("22:00").is_err() && at("2027-03-13").is_err());
    }
}
