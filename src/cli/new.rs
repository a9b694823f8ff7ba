//! `new`: writes an empty plan.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::arguments::New;
use super::{Failure, Reply};
use crate::model::{Horizon, Plan, PlanId, slug};
use crate::schedule::Zone;
use crate::schedule::time::zone;
use crate::store::{self, SaveError};

/// Zones that a message names.
const MOST_NAMES: usize = 5;

pub fn run(options: &New, now: DateTime<Utc>) -> Result<Reply, Failure> {
    if Zone::named(&options.zone).is_none() {
        return Err(Failure(unknown_zone(&options.zone)));
    }
    let from = match options.from {
        Some(from) => from,
        None => NaiveDate::from_ymd_opt(now.year() + 1, 1, 1).unwrap_or_default(),
    };
    let horizon = Horizon { from, months: options.months };
    let title = options.title.clone().unwrap_or_else(|| format!("Maintenance windows {}", from.year()));
    // The moment is part of the id, since two plans of one title must not share the UIDs of their occurrences.
    let id = PlanId::new(&format!("{}-{:x}", slug(&title), now.timestamp()));
    let plan = Plan::new(id, &title, horizon, &options.zone);
    if options.force {
        store::save_anyway(&options.plan, &plan)?;
    } else {
        store::save(&options.plan, &plan, None).map_err(|error| match error {
            SaveError::AlreadyThere(path) => Failure(format!(
                "There is a file of that name already, and it was not overwritten. Choose another name or add --force: {}",
                path.display()
            )),
            error => error.into(),
        })?;
    }
    Ok(Reply::new(format!(
        "{title}: {} to {} in {}, saved as {}\n",
        horizon.from,
        horizon.last(),
        options.zone,
        options.plan.display()
    )))
}

/// Names zones that the person may have meant.
pub fn unknown_zone(name: &str) -> String {
    let wanted = name.to_lowercase().replace(' ', "_");
    let city = wanted.rsplit('/').next().unwrap_or_default();
    let close = |zone: &&String| !city.is_empty() && zone.to_lowercase().contains(city);
    let names = zone::names();
    let meant: Vec<&str> = names.iter().filter(close).take(MOST_NAMES).map(String::as_str).collect();
    let advice = match meant.as_slice() {
        [] => "Write a name of the IANA database, such as Europe/Berlin".to_owned(),
        meant => format!("Did you mean {}?", meant.join(", ")),
    };
    format!("There is no zone \"{name}\". {advice}")
}
