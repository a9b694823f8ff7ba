//! `new`: writes an empty plan.

use std::path::PathBuf;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::{ReportForm, is_standard_output};
use super::json;
use super::plan::{check_new_name, replace_plan, save_new};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{Horizon, Plan, PlanId, slug};
use crate::schedule::Zone;
use crate::schedule::time::zone;
use crate::store;
use crate::wording::typed::read_iso_date;
use crate::wording::visible_line;

/// At most this many zones are suggested.
const MOST_NAMES: usize = 5;

/// Create an empty plan with the built-in policy and release calendars
#[derive(Debug, Args)]
pub struct New {
    /// File to write, or - for standard output
    plan: PathBuf,
    /// Title of the plan [default: "Maintenance windows" and the year]
    #[arg(long)]
    title: Option<String>,
    /// First day, e.g. 2027-01-01 [default: 1 January of next year]
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    from: Option<NaiveDate>,
    /// Number of months
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=i64::from(Horizon::MOST_MONTHS)))]
    months: u16,
    /// Time zone of the windows, e.g. Europe/Berlin
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// Replace an existing plan, which is kept for `history`
    #[arg(long)]
    force: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
}

/// The plan that was created, for programs.
#[derive(Serialize)]
struct NewPlan<'a> {
    version: u32,
    file: String,
    id: &'a PlanId,
    title: &'a str,
    /// Its first and its last day.
    from: NaiveDate,
    last: NaiveDate,
    zone: &'a str,
}

impl Run for New {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let is_printed = is_standard_output(&self.plan);
        if !is_printed {
            check_new_name(&self.plan)?;
        }
        if Zone::named(&self.zone).is_none() {
            return Err(Failure(unknown_zone(&self.zone)));
        }
        let from = match self.from {
            Some(from) => from,
            None => NaiveDate::from_ymd_opt(clock.year() + 1, 1, 1).unwrap_or_default(),
        };
        let horizon = Horizon { from, months: self.months };
        let title = self.title.clone().unwrap_or_else(|| format!("Maintenance windows {}", from.year()));
        // The time is part of the id, because the occurrences of two plans with the same title must not share UIDs.
        let id = PlanId::new(&format!("{}-{:x}", slug(&title), clock.timestamp()));
        let plan = Plan::new(id, &title, horizon, &self.zone);
        if is_printed && self.format == ReportForm::Json {
            return Err(Failure(
                "standard output gets the plan itself (leave out --format json, or name a file)".to_owned(),
            ));
        }
        if is_printed {
            return Ok(Reply::new(store::to_text(&plan)?));
        }
        let notes = if self.force && store::is_file(&self.plan) {
            replace_plan(&self.plan, &plan, clock)?
        } else {
            save_new(&self.plan, &plan, clock, "choose another name, or add --force to overwrite it")?
        };
        let file = self.plan.display();
        let text = match self.format {
            ReportForm::Text => {
                let title = visible_line(&title);
                format!("{title}: {from} to {} in {}, saved as {file}\n", horizon.last(), self.zone)
            }
            ReportForm::Json => json::object(&NewPlan {
                version: 1,
                file: file.to_string(),
                id: plan.id(),
                title: &title,
                from,
                last: horizon.last(),
                zone: &self.zone,
            })?,
        };
        Ok(Reply::new(text).with_notes(notes))
    }
}

/// The error for a zone that does not exist, with zones of a similar name.
pub fn unknown_zone(name: &str) -> String {
    let wanted = name.to_lowercase().replace(' ', "_");
    let city = wanted.rsplit('/').next().unwrap_or_default();
    let close = |zone: &&String| !city.is_empty() && zone.to_lowercase().contains(city);
    let names = zone::names();
    let meant: Vec<&str> = names.iter().filter(close).take(MOST_NAMES).map(String::as_str).collect();
    let advice = match meant.as_slice() {
        [] => "Use a name from the IANA database, e.g. Europe/Berlin".to_owned(),
        meant => format!("Did you mean {}?", meant.join(", ")),
    };
    format!("Unknown zone \"{name}\". {advice}")
}
