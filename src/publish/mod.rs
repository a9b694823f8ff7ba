//! Publishing the year calendar to a file or to a calendar server, so that others can subscribe to it.
//!
//! The only folder that uses the network. Pure functions ([`steps`]) decide what to do, from the plan's resources, the
//! server's list and the [`memory`] of what was sent before. Every change is sent with a condition (`If-Match`,
//! `If-None-Match`), so that it fails if somebody else has made one.

mod calendar_file;
mod fingerprint;
#[cfg(feature = "publish")]
mod http;
mod keyring;
pub mod memory;
#[cfg(feature = "publish")]
pub mod multistatus;
mod publish_error;
mod report;
mod secret;
pub mod server;
mod signature;
pub mod steps;
mod target;
mod upload;
mod url;

use std::path::Path;
use std::time::Duration;

use crate::export::ics::{CalendarOptions, Resource, calendar, resources};
use crate::export::unknown_dates;
use crate::model::{PlanId, UtcMinute};
use crate::progress::Progress;
use crate::schedule::Schedule;

pub use keyring::{find_password, store_password};
use memory::LockedMemory;
pub use memory::{LastRun, last_run};
pub use publish_error::PublishError;
pub use report::{Counts, PublishReport, ResourceProblem, StopReason};
pub use secret::{Credentials, Secret};
use server::Server;
use signature::signed;
pub use target::{Target, TargetError, TypedTarget};
use upload::Upload;
pub use url::{Url, UrlError};

/// How long a server may take for one answer.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// What to publish, and where.
#[derive(Clone, Debug)]
pub struct PublishOrder {
    pub target: Target,
    pub credentials: Option<Credentials>,
    pub options: CalendarOptions,
    pub mode: PublishMode,
    pub timeout: Duration,
    pub at: UtcMinute,
}

/// What publishing may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublishMode {
    /// Only report what would be done.
    pub is_dry: bool,
    /// Replace other people's changes as well.
    pub overwrites: bool,
    /// Send the password unencrypted if the address is an http:// one.
    pub allows_unencrypted: bool,
}

/// Publishes the year calendar. It can be cancelled between two requests. `folder` is the program's state folder, which
/// contains the memory.
pub fn publish(schedule: &Schedule, order: &PublishOrder, folder: Option<&Path>, progress: &Progress) -> PublishReport {
    if !order.mode.allows_unencrypted
        && let Err(error) = order.target.check_encryption()
    {
        return PublishReport::stopped(error);
    }
    // Otherwise their events would be deleted for everyone who subscribes.
    if let Some(windows) = unknown_dates(schedule) {
        return PublishReport::stopped(format!("{windows}. Correct or remove them first; nothing was published"));
    }
    let plan = schedule.plan.id();
    let mut locked_memory = match LockedMemory::open(folder, plan, &order.target) {
        Ok(locked_memory) => locked_memory,
        Err(who) => {
            return PublishReport::stopped(format!(
                "This plan is already being published there by {who}: wait for that to finish"
            ));
        }
    };
    let options = order.options;
    let mut report = match &order.target {
        Target::File(path) => {
            calendar_file::publish(path, plan, &signed(&calendar(schedule, options)), order.mode, &mut locked_memory)
        }
        Target::Resource(url) => {
            publish_to_server(plan, &[whole_calendar(schedule, options, url)], order, &mut locked_memory, progress)
        }
        Target::Collection(_) => {
            let mut wanted = resources(schedule, options);
            for resource in &mut wanted {
                resource.text = signed(&resource.text);
            }
            publish_to_server(plan, &wanted, order, &mut locked_memory, progress)
        }
    };
    report.conflicts.sort_by(|a, b| a.name.cmp(&b.name));
    report.refused.sort_by(|a, b| a.name.cmp(&b.name));
    if !order.mode.is_dry {
        let stopped = report.stopped.as_ref().map(ToString::to_string);
        locked_memory.memory.last = Some(LastRun { at: order.at.0, counts: report.counts, stopped });
        if let Err(error) = locked_memory.save() {
            log::warn!("cannot remember what was published: {error}");
        }
    }
    report
}

/// The whole calendar as the one resource at `url`.
fn whole_calendar(schedule: &Schedule, options: CalendarOptions, url: &Url) -> Resource {
    Resource { name: String::new(), uid: url.to_string(), text: signed(&calendar(schedule, options)) }
}

fn publish_to_server(
    plan: &PlanId,
    wanted: &[Resource],
    order: &PublishOrder,
    locked_memory: &mut LockedMemory,
    progress: &Progress,
) -> PublishReport {
    let listing = connect(order).and_then(|server| Ok((server.list()?, server)));
    match listing {
        Ok((listing, server)) => {
            Upload { server: &*server, plan, wanted, locked_memory, mode: order.mode, progress, newer: Vec::new() }
                .run(listing.as_ref())
        }
        Err(error) => PublishReport::stopped(error),
    }
}

#[cfg(feature = "publish")]
fn connect(order: &PublishOrder) -> Result<Box<dyn Server>, PublishError> {
    Ok(Box::new(http::HttpServer::new(order)?))
}

#[cfg(not(feature = "publish"))]
fn connect(_order: &PublishOrder) -> Result<Box<dyn Server>, PublishError> {
    Err(PublishError::FilesOnly)
}
