//! `export invites`: writes what owners must be sent, then notes in the plan that they were sent it.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::delivery::check;
use super::export::today;
use super::exports::Invites;
use super::plan::{Viewed, derive, unknown_fields, view};
use super::{Failure, Reply, find};
use crate::export::invites::{InvitesOrder, Occasion, Outgoing, Which, missing_addresses};
use crate::model::{Plan, WindowId};
use crate::output::{Delivered, FormFrom, Order, Source};
use crate::store::{self, Access, Opened};

pub fn run(options: &Invites, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let now = options.now.unwrap_or(now);
    match &options.output {
        Some(folder) if !options.dry_run && !options.again => write_due(options, folder, now),
        folder => {
            let Viewed { schedule, notes } = view(&options.plan)?;
            let source = Source::new(&schedule, today(&schedule, now));
            let order = order(options, &schedule.plan)?;
            let outgoing = Outgoing::new(&schedule, source.today, &order);
            let mut text = said(&outgoing);
            match folder {
                Some(folder) if !options.dry_run => drop(deliver(options, order, folder, &source)?),
                _ => text.push_str(&outgoing.list()),
            }
            Ok(Reply::new(text).with_notes(notes))
        }
    }
}

/// Nothing is noted as sent before all files are safely on disk.
fn write_due(options: &Invites, folder: &Path, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let path = &*options.plan;
    let Opened { plan, unknown_fields: unknown, stamp, access } = store::open(path)?;
    // Kept until the plan is saved.
    let _lock = match access {
        Access::Writable(lock) => lock,
        Access::ReadOnly(reason) => {
            return Err(Failure(format!(
                "Nothing was written, because the plan cannot note now what is sent. {reason}: {}",
                path.display()
            )));
        }
    };
    let mut notes = unknown_fields(&unknown, path);
    if !unknown.is_empty() && !options.drop_unknown {
        notes.push(format!(
            "Nothing was written, because saving the plan would drop what was not read. Correct the plan, or add --drop-unknown: {}",
            path.display()
        ));
        return Err(Failure(notes.join("\n")));
    }
    let schedule = derive(plan);
    let source = Source::new(&schedule, today(&schedule, now));
    let order = order(options, &schedule.plan)?;
    let said = said(&Outgoing::new(&schedule, source.today, &order));
    if let Some(noted) = deliver(options, order, folder, &source)?.noted {
        let plan = schedule.plan.apply(&noted)?;
        store::save(path, &plan, Some(&stamp)).map_err(|error| {
            format!(
                "The invites were written, but the plan could not be saved and does not know of them. \
                 Do not send them; solve this and export again. {error}"
            )
        })?;
    }
    Ok(Reply::new(said).with_notes(notes))
}

fn deliver(options: &Invites, order: InvitesOrder, folder: &Path, source: &Source<'_>) -> Result<Delivered, Failure> {
    check(Order::Invites(order), folder, FormFrom::Ending, &[&options.plan])?.deliver(source)
}

fn order(options: &Invites, plan: &Plan) -> Result<InvitesOrder, Failure> {
    let occasion = if options.again { Occasion::Again } else { Occasion::Due };
    Ok(InvitesOrder { which: which(options, plan)?, occasion })
}

fn which(options: &Invites, plan: &Plan) -> Result<Which, Failure> {
    if let Some(wanted) = &options.window {
        let id = WindowId::new(wanted);
        // Of a window that is gone there may be cancellations.
        if !plan.invitations.of_window(&id).is_empty() {
            return Ok(Which::Window(id));
        }
        return Ok(Which::Window(find::one(&plan.windows, wanted)?.id.clone()));
    }
    let area = options.area.as_deref().map(|wanted| find::one(&plan.areas, wanted)).transpose()?;
    Ok(area.map_or(Which::All, |area| Which::Area(area.id.clone())))
}

fn said(outgoing: &Outgoing<'_>) -> String {
    let missing = missing_addresses(&outgoing.unreachable).map_or_else(String::new, |missing| format!("{missing}\n"));
    format!("{}\n{missing}", outgoing.summary())
}
