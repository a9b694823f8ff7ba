//! The list for a security operations centre: what may restart, change or be installed, where, when, by whom, and whether
//! the owners agreed.

use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, Span, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::IsoInstant;
use crate::export::text::one_line;
use crate::model::{Agreement, Estimate, LocalMinute, System, WorkStrategy};
use crate::schedule::agreement::answers::answers;
use crate::schedule::{FreezeTimes, Schedule, WindowOccurrence};
use crate::wording::{counted, end_of_hours, moment};

pub const OUTPUT: Output =
    Output { id: "activity", name: "Activity", help: "What may restart or change where and when, for a SOC or NOC" };

/// A window that takes place. The names of the fields are columns and keys that others read: they stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivityRow {
    /// Id.
    pub window: String,
    pub name: String,
    pub start: IsoInstant,
    pub end: IsoInstant,
    /// Ids, sorted.
    pub systems: Vec<String>,
    /// The known names and addresses of their hosts, sorted.
    pub hosts: Vec<String>,
    /// "installs", "restarts", "service changes".
    pub kinds: Vec<&'static str>,
    /// Names of those who work in it.
    pub people: Vec<String>,
    pub ticket: String,
    /// See [`Approvals`].
    pub approved: bool,
}

const COLUMNS: [Column<ActivityRow>; 10] = [
    Column("window", |row| (&row.window).into()),
    Column("name", |row| (&row.name).into()),
    Column("start", |row| row.start.into()),
    Column("end", |row| row.end.into()),
    Column("systems", |row| row.systems.join("; ").into()),
    Column("hosts", |row| row.hosts.join("; ").into()),
    Column("kinds", |row| row.kinds.join("; ").into()),
    Column("people", |row| row.people.join("; ").into()),
    Column("ticket", |row| (&row.ticket).into()),
    Column("approved", |row| Cell::from(if row.approved { "yes" } else { "no" })),
];

/// The occurrences that overlap the days of a span on the plan's clock, sorted by start.
pub struct ActivityList<'a> {
    pub schedule: &'a Schedule,
    pub span: Span,
}

impl ActivityList<'_> {
    /// A row for each occurrence that takes place.
    pub fn rows(&self) -> Vec<ActivityRow> {
        let midnight = |on| self.schedule.zone.resolve(LocalMinute::midnight(on)).at;
        let from = self.span.from.map(midnight);
        let until = self.span.to.and_then(|on| on.succ_opt()).map(midnight);
        let overlaps = |(_, occurrence): &WindowOccurrence<'_>| {
            from.is_none_or(|from| occurrence.end_at > from) && until.is_none_or(|until| occurrence.start_at < until)
        };
        let approvals = Approvals::new(self.schedule);
        let windows = self.schedule.windows.iter();
        let all = windows.flat_map(|window| window.expansion.occurrences.iter().map(move |each| (window, each)));
        let mut rows: Vec<ActivityRow> = all.filter(overlaps).map(|each| self.row(each, &approvals)).collect();
        rows.sort_by(|a, b| (a.start, &a.window).cmp(&(b.start, &b.window)));
        rows
    }

    fn row(&self, (window, occurrence): WindowOccurrence<'_>, approvals: &Approvals<'_>) -> ActivityRow {
        let rota = &*self.schedule.rota;
        let shifts = rota.shifts_at(window.id(), occurrence.original_on());
        let mut people: Vec<String> = shifts.map(|shift| rota.person(shift).name.clone()).collect();
        people.sort();
        people.dedup();
        let systems = &window.scope.systems;
        let mut hosts: Vec<String> = systems.iter().flat_map(|system| system.host_names.iter().cloned()).collect();
        hosts.sort();
        hosts.dedup();
        ActivityRow {
            window: window.id().to_string(),
            name: window.window.name.clone(),
            start: IsoInstant(occurrence.start_at),
            end: IsoInstant(occurrence.end_at),
            systems: systems.iter().map(|system| system.id.to_string()).collect(),
            hosts,
            kinds: kinds(window.window.strategy, systems.iter().map(|system| &**system)),
            people,
            ticket: window.window.change_ticket.clone(),
            approved: approvals.has((window, occurrence)),
        }
    }

    fn line(&self, row: &ActivityRow) -> [String; 7] {
        let local = |at: IsoInstant| self.schedule.zone.local(at.0);
        let (start, end) = (local(row.start), local(row.end));
        [
            moment(start.to_naive()),
            end_of_hours(start, end),
            one_line(&row.name),
            one_line(&row.systems.join(", ")),
            row.kinds.join(", "),
            one_line(&row.people.join(", ")),
            if row.approved { "approved".to_owned() } else { "not approved".to_owned() },
        ]
    }
}

impl Listing for ActivityList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let unapproved = rows.iter().filter(|row| !row.approved).count();
        let closing = match unapproved {
            0 => counted(rows.len(), "window"),
            unapproved => format!("{}, {unapproved} not approved", counted(rows.len(), "window")),
        };
        let lines = rows.iter().map(|row| self.line(row)).collect();
        Page::new(["Start", "End", "Window", "Systems", "Activity", "People", "Agreement"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

/// Which occurrences of a plan are approved: all business areas agreed to their times (one without areas needs no
/// agreement), and each change freeze that covers them has an exemption for the window that names its approver.
pub struct Approvals<'a> {
    schedule: &'a Schedule,
    freezes: Vec<FreezeTimes<'a>>,
}

impl<'a> Approvals<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        Self { schedule, freezes: FreezeTimes::all(schedule) }
    }

    /// Whether an occurrence is approved.
    pub fn has(&self, (window, occurrence): WindowOccurrence<'_>) -> bool {
        let answers = answers(&self.schedule.plan, window, occurrence);
        let is_agreed = answers.iter().all(|answer| matches!(answer.agreement(), Agreement::Agreed { .. }));
        let is_frozen = |freeze: &FreezeTimes<'_>| {
            freeze.touched(occurrence.start_at, occurrence.end_at).is_some()
                && freeze.is_about(window)
                && !freeze.is_approved_for(window)
        };
        is_agreed && !self.freezes.iter().any(is_frozen)
    }
}

/// What happens in a window, by the phases of its systems' work.
fn kinds<'a>(strategy: WorkStrategy, systems: impl Iterator<Item = &'a System>) -> Vec<&'static str> {
    let (mut restarts, mut services) = (false, false);
    services |= strategy.is_switch();
    for system in systems {
        let Estimate { reboot, drain, .. } = system.estimate.under(strategy);
        restarts |= !reboot.likely.is_zero();
        services |= !drain.likely.is_zero() || !system.stop_services.is_empty();
    }
    let all = [(!strategy.is_switch(), "installs"), (restarts, "restarts"), (services, "service changes")];
    all.into_iter().filter(|(happens, _)| *happens).map(|(_, kind)| kind).collect()
}
