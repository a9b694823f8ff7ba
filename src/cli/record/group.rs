//! The release in a group that something is recorded about.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::find;
use crate::cli::reply::Failure;
use crate::model::{GroupRecord, GroupRecordKey};
use crate::schedule::Schedule;
use crate::wording::list;
use crate::wording::typed::read_iso_date;

// A release in a group of a ladder.
#[derive(Debug, Args)]
pub struct GroupArguments {
    /// Group of a ladder (id or name)
    #[arg(long, value_name = "GROUP")]
    group: String,
    /// Date of the release on the plan's clock, e.g. 2027-03-09
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    release: NaiveDate,
}

impl GroupArguments {
    /// What is recorded about it; an empty record if that is nothing yet.
    ///
    /// # Errors
    /// An unknown group, or a date without a release of its ladder's calendar.
    pub fn record(&self, schedule: &Schedule) -> Result<GroupRecord, Failure> {
        let plan = &schedule.plan;
        let (ladder, group) = find::group(plan, None, &self.group)?;
        let releases = schedule.releases.iter().filter(|each| Some(&each.calendar) == ladder.release.as_ref());
        let mut dates: Vec<NaiveDate> = releases.map(|each| schedule.zone.local(each.at).date()).collect();
        if !dates.contains(&self.release) {
            const MOST: usize = 4;
            dates.sort_by_key(|date| (*date - self.release).num_days().abs());
            let near = list(dates.iter().map(ToString::to_string), MOST.min(dates.len()));
            let advice = if dates.is_empty() {
                "its ladder has no releases in the plan's months".to_owned()
            } else {
                format!("the nearest are {near}")
            };
            return Err(Failure(format!("No release for {} on {}: {advice}", group.name, self.release)));
        }
        let key = GroupRecordKey { ladder: ladder.id.clone(), group: group.id.clone(), release: self.release };
        let known = plan.group_records().get(&key);
        Ok(known.map_or_else(|| GroupRecord::new(key), |known| GroupRecord::clone(known)))
    }
}
