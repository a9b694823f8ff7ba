//! `export invites`: writes the invites that owners and those who are informed are due, then records in the plan that they were sent.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use crate::cli::arguments::{Now, today};
use crate::cli::delivery::check;
use crate::cli::find;
use crate::cli::plan::{LockedPlan, OpenedSchedule, derive, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::invites::{InvitesOrder, Occasion, Outgoing, Which};
use crate::model::{Plan, WindowId, address};
use crate::output::{Delivered, FormFrom, Order};

/// Write invites, updates and cancellations for owners and those informed, as .ics and as draft e-mails (.eml)
///
/// Writes only what is due, and then records in the plan what was sent, so that the next export continues from there.
#[derive(Debug, Args)]
pub struct Invites {
    /// Plan to read
    plan: PathBuf,
    /// Folder to write to; created if it does not exist
    #[arg(short, long, value_name = "DIR", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    /// Only occurrences of this window (id or name)
    #[arg(long, value_name = "WINDOW", group = "which")]
    window: Option<String>,
    /// Only what this business area must know (id or name)
    #[arg(long, value_name = "AREA", group = "which")]
    area: Option<String>,
    /// Only what goes to this e-mail address
    #[arg(long, value_name = "ADDRESS", group = "which")]
    to: Option<String>,
    /// Only what goes to this person (id or name)
    #[arg(long, group = "which")]
    person: Option<String>,
    /// Only what goes to this team (id or name)
    #[arg(long, group = "which")]
    team: Option<String>,
    /// Show what is due and who would get it, without writing anything
    #[arg(long)]
    dry_run: bool,
    /// Write the last invites again, without changing the plan
    #[arg(long)]
    again: bool,
    /// Save even if unknown fields in the plan would be lost
    #[arg(long)]
    drop_unknown: bool,
    #[command(flatten)]
    now: Now,
}

impl Run for Invites {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let now = self.now.or(clock);
        match &self.output {
            Some(folder) if !self.dry_run && !self.again => self.write_due(folder, now),
            folder => {
                let OpenedSchedule { schedule, mut notes } = read_schedule(&self.plan)?;
                let source = Source::new(&schedule, today(&schedule, now));
                let order = self.order(&schedule.plan)?;
                if let Some(folder) = folder {
                    // A dry run refuses what the export would refuse.
                    check(Order::Invites(order.clone()), folder, FormFrom::Ending, &[&self.plan])?;
                }
                let text = match folder {
                    Some(folder) if !self.dry_run => report(&self.deliver(order, folder, &source)?),
                    _ => {
                        let outgoing = Outgoing::new(&schedule, source.today, &order);
                        notes.extend(outgoing.errors(source.findings()));
                        preview(&outgoing)
                    }
                };
                Ok(Reply::in_words(&text).with_notes(notes))
            }
        }
    }
}

impl Invites {
    /// Invites are recorded as sent only after all files are safely on disk.
    fn write_due(&self, folder: &Path, now: DateTime<Utc>) -> Result<Reply, Failure> {
        let locked = LockedPlan::open(&self.plan, self.drop_unknown)?;
        let schedule = derive(locked.plan.clone());
        let source = Source::new(&schedule, today(&schedule, now));
        let order = self.order(&schedule.plan)?;
        let errors = Outgoing::new(&schedule, source.today, &order).errors(source.findings());
        let delivered = self.deliver(order, folder, &source)?;
        let mut notes = locked.notes.clone();
        notes.extend(errors);
        if let Some(noted) = &delivered.noted {
            let saved = locked.save(&schedule.plan.apply(noted)?, now).map_err(|error| {
                format!(
                    "The invites were written, but the plan could not be saved and does not record them as sent. \
                     Do not send them; solve the problem and export again. {error}"
                )
            })?;
            notes.extend(saved);
        }
        Ok(Reply::in_words(&report(&delivered)).with_notes(notes))
    }

    fn deliver(&self, order: InvitesOrder, folder: &Path, source: &Source<'_>) -> Result<Delivered, Failure> {
        check(Order::Invites(order), folder, FormFrom::Ending, &[&self.plan])?.deliver(source)
    }

    fn order(&self, plan: &Plan) -> Result<InvitesOrder, Failure> {
        let occasion = if self.again { Occasion::Again } else { Occasion::Due };
        Ok(InvitesOrder { which: self.which(plan)?, occasion })
    }

    fn which(&self, plan: &Plan) -> Result<Which, Failure> {
        if let Some(wanted) = &self.window {
            let id = WindowId::new(wanted);
            // A window that was deleted may still have cancellations due.
            if !plan.sent_invites().for_window(&id).is_empty() {
                return Ok(Which::Window(id));
            }
            return Ok(Which::Window(find::record(plan.windows(), wanted)?.id.clone()));
        }
        if let Some(wanted) = &self.to {
            let to = address(wanted).ok_or_else(|| Failure(format!("Invalid e-mail address \"{wanted}\"")))?;
            return Ok(Which::To(to));
        }
        if let Some(wanted) = &self.person {
            let person = find::record(plan.people(), wanted)?;
            return to_address(&person.name, &person.email);
        }
        if let Some(wanted) = &self.team {
            let team = find::record(plan.teams(), wanted)?;
            return to_address(&team.name, &team.email);
        }
        Ok(find::optional_area(plan, self.area.as_deref())?.map_or(Which::All, Which::Area))
    }
}

fn to_address(name: &str, email: &str) -> Result<Which, Failure> {
    let missing = || Failure(format!("{name} has no valid e-mail address (enter it in the plan)"));
    address(email).map(Which::To).ok_or_else(missing)
}

/// What was written, and what is missing.
fn report(delivered: &Delivered) -> String {
    let lines: Vec<&str> = delivered.summary.iter().chain(&delivered.remarks).map(String::as_str).collect();
    format!("{}\n", lines.join("\n"))
}

/// The same before anything is written, with a list of the messages.
fn preview(outgoing: &Outgoing<'_>) -> String {
    let missing = outgoing.omissions().map_or_else(String::new, |missing| format!("{missing}\n"));
    format!("{}\n{missing}{}", outgoing.summary(), outgoing.list())
}
