//! Publishing the year calendar: to a file, or to a calendar on a server, so that others subscribe to it.
//!
//! The only folder that uses the network. What is to be done is planned by pure functions ([`planning`]) from the
//! plan's resources, the server's list and what is remembered of the last time ([`memory`]); every change is sent on
//! the condition that nobody else was there (`If-Match`, `If-None-Match`).

mod carrying;
mod fault;
mod file;
#[cfg(feature = "publish")]
mod http;
mod keyring;
mod meaning;
pub mod memory;
#[cfg(feature = "publish")]
mod multistatus;
pub mod planning;
mod report;
mod secret;
pub mod server;
mod target;
mod url;

use std::path::Path;
use std::time::Duration;

use crate::export::ics::{CalendarOptions, Resource, calendar, resources};
use crate::model::{PlanId, UtcMinute};
use crate::schedule::Schedule;

use carrying::Carrier;
pub use fault::Fault;
pub use keyring::{look_up, remember};
use memory::Notebook;
pub use memory::{Last, last};
pub use report::{Counts, Report, Trouble};
pub use secret::{Credentials, Secret};
use server::Server;
pub use target::{Target, TargetError, TypedTarget};
pub use url::{Url, UrlError};

/// How long a server may take for one answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What to publish, and where.
#[derive(Clone, Debug)]
pub struct Order {
    pub target: Target,
    pub credentials: Option<Credentials>,
    pub with_freezes: bool,
    pub mode: Mode,
    pub patience: Duration,
    pub at: UtcMinute,
}

/// How far publishing may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// Only says what it would do.
    pub is_dry: bool,
    /// Somebody else's changes are replaced, too.
    pub overwrites: bool,
    /// Passwords may go in clear text.
    pub allows_clear_text: bool,
}

/// Who watches publishing and may stop it between two requests.
pub trait Watch {
    fn tell(&self, done: usize, total: usize);
    fn is_cancelled(&self) -> bool;
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn tell(&self, _done: usize, _total: usize) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Publishes the year calendar. `folder` is the program's state folder, where it is remembered what was put where.
pub fn publish(schedule: &Schedule, order: &Order, folder: Option<&Path>, watch: &dyn Watch) -> Report {
    if !order.mode.allows_clear_text
        && let Err(error) = order.target.is_safe()
    {
        return Report::stopped(error.to_string());
    }
    let plan = &schedule.plan.id;
    let mut notebook = match Notebook::open(folder, plan, &order.target) {
        Ok(notebook) => notebook,
        Err(who) => {
            return Report::stopped(format!("It is being published there right now by {who}. Wait for that to end"));
        }
    };
    let options = CalendarOptions { with_freezes: order.with_freezes };
    let mut report = match &order.target {
        Target::File(path) => file::publish(path, plan, &calendar(schedule, options), order.mode, &mut notebook),
        Target::Resource(url) => on_server(plan, &[whole(schedule, options, url)], order, &mut notebook, watch),
        Target::Collection(_) => on_server(plan, &resources(schedule, options), order, &mut notebook, watch),
    };
    report.conflicts.sort_by(|a, b| a.name.cmp(&b.name));
    report.refused.sort_by(|a, b| a.name.cmp(&b.name));
    if !order.mode.is_dry {
        notebook.memory.last = Some(Last { at: order.at.0, counts: report.counts, stopped: report.stopped.clone() });
        if let Err(error) = notebook.save() {
            log::warn!("what was published cannot be remembered: {error}");
        }
    }
    report
}

/// The whole calendar as the one resource at `url`.
fn whole(schedule: &Schedule, options: CalendarOptions, url: &Url) -> Resource {
    Resource { name: String::new(), uid: url.to_string(), text: calendar(schedule, options) }
}

fn on_server(plan: &PlanId, wanted: &[Resource], order: &Order, notebook: &mut Notebook, watch: &dyn Watch) -> Report {
    let server = match connected(order) {
        Ok(server) => server,
        Err(fault) => return Report::stopped(fault.to_string()),
    };
    let there = match server.list() {
        Ok(there) => there,
        Err(fault) => return Report::stopped(fault.to_string()),
    };
    Carrier { server: &*server, plan, wanted, notebook, mode: order.mode, watch }.carry(there)
}

#[cfg(feature = "publish")]
fn connected(order: &Order) -> Result<Box<dyn Server>, Fault> {
    Ok(Box::new(http::Http::new(order)?))
}

#[cfg(not(feature = "publish"))]
fn connected(_order: &Order) -> Result<Box<dyn Server>, Fault> {
    Err(Fault::BuiltWithout)
}
