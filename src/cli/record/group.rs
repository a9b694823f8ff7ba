//! The release in a group that something is recorded about.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::find;
use crate::cli::reply::Failure;
use crate::model::{GroupId, GroupRecord, GroupRecordKey};
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
        let groups = || plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
        let by_id = plan.group(&GroupId::new(&self.group));
        let named: Vec<_> =
            groups().filter(|(_, group)| group.name.to_lowercase() == self.group.to_lowercase()).collect();
        let only = if let [one] = named.as_slice() { Some(*one) } else { None };
        let Some((ladder, group)) = by_id.or(only) else {
            let ids = if named.is_empty() { groups().collect() } else { named.clone() };
            let ids = list(ids.iter().map(|(_, group)| group.id.to_string()), find::MOST_IDS);
            let what = if named.is_empty() { "Unknown group" } else { "Several groups are called" };
            return Err(Failure(format!("{what} \"{}\". Use an id: {ids}", self.group)));
        };
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
