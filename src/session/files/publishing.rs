//! Publishes the year calendar by a job, and keeps the result for the dialog.

use std::path::PathBuf;

use crate::export::ics::CalendarOptions;
use crate::model::UtcMinute;
use crate::progress::Progress;
use crate::publish::{self, Credentials, PublishMode, PublishOrder, PublishReport, TIMEOUT, Target, TypedTarget};
use crate::schedule::Schedule;
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::jobs::RunningJob;
use crate::session::state::publishing::{Publication, PublicationResult};
use crate::session::state::settings::PublishedTarget;
use crate::session::verbs::action::Dialog;

impl Session {
    /// The running publishing job.
    pub fn publishing_job(&self) -> Option<RunningJob<'_>> {
        self.publishing.job.and_then(|id| self.jobs.running(id))
    }

    pub fn is_publishing(&self) -> bool {
        self.publishing.job.is_some_and(|id| self.jobs.is_running(id))
    }

    /// Whether the user stopped the last publication.
    pub fn has_stopped_publishing(&self) -> bool {
        self.publishing.job.is_some() && !self.is_publishing()
    }

    pub(in crate::session) fn open_publishing(&mut self) {
        self.dialogs.open = Some(Dialog::Publish);
        let Some(to) = self.published().first().map(|calendar| calendar.to.clone()) else { return };
        let Some(state) = self.state_folder() else { return };
        let plan = self.plan().id().clone();
        self.jobs.start("Read what was published", move |_| {
            let last = Target::parse(&to).ok().and_then(|typed| publish::last_run(&state, &plan, &typed.target));
            Box::new(move |session| session.publishing.last = last.map(|last| (to, last)))
        });
    }

    /// Publishes to the last target, with the password from the keyring.
    pub(in crate::session) fn publish_again(&mut self) {
        if let Some(calendar) = self.published().first().cloned() {
            self.publish(Publication { calendar, ..Publication::default() });
        }
    }

    pub(in crate::session) fn publish(&mut self, publication: Publication) {
        if self.is_publishing() {
            return;
        }
        let to = publication.calendar.to.trim().to_owned();
        self.publishing.outcome = None;
        self.navigation.new_records.keep_ids();
        let typed = match Target::parse(&to) {
            Ok(typed) => typed,
            Err(error) => return self.apply_report(to, PublishReport::stopped(error)),
        };
        if let Target::File(path) = &typed.target
            && let Err(error) = self.file.guard(path)
        {
            return self.apply_report(to, PublishReport::stopped(error));
        }
        self.remember_published(PublishedTarget { to: to.clone(), ..publication.calendar.clone() });
        let (schedule, state, at) = (self.document.schedule.clone(), self.state_folder(), self.now());
        let id = self.jobs.start(format!("Publish to {to}"), move |progress| -> ApplyToSession {
            let report = carried_out(&schedule, typed, publication, state, at, progress);
            Box::new(move |session| session.apply_report(to, report))
        });
        self.publishing.job = Some(id);
    }

    fn apply_report(&mut self, to: String, report: PublishReport) {
        self.publishing.job = None;
        let is_shown = matches!(self.dialogs.open, Some(Dialog::Publish));
        let words = report.counts.in_words();
        match &report.stopped {
            None if report.is_complete() => self.show_done(format!("Published to {to}: {words}")),
            _ if is_shown => {}
            None => self.show_error(format!("Published to {to}: {words}. Publish calendar… has the details.")),
            Some(reason) => self.show_error(format!("{reason}.")),
        }
        self.publishing.outcome = Some(PublicationResult { to, at: self.now(), report });
    }

    fn state_folder(&self) -> Option<PathBuf> {
        self.surroundings.folders.as_ref().map(|folders| folders.state.clone())
    }
}

/// Looks up the password, publishes and stores a new password. Runs on the job's thread.
fn carried_out(
    schedule: &Schedule,
    typed: TypedTarget,
    publication: Publication,
    state: Option<PathBuf>,
    at: UtcMinute,
    progress: &Progress,
) -> PublishReport {
    let TypedTarget { target, user } = typed;
    let user = Some(publication.calendar.user.trim().to_owned()).filter(|user| !user.is_empty()).or(user);
    let is_typed = !publication.password.is_empty();
    let credentials = match (target.url(), user) {
        (Some(_), Some(user)) if is_typed => Some(Credentials { user, password: publication.password }),
        (Some(url), Some(user)) => match publish::find_password(url, &user) {
            Some(password) => Some(Credentials { user, password }),
            None => {
                return PublishReport::stopped(format!(
                    "The keyring has no password for {user} on {}. Enter it in Publish calendar…",
                    url.host()
                ));
            }
        },
        _ => None,
    };
    let (overwrites, allows_unencrypted) = (publication.overwrites, publication.allows_unencrypted);
    let mode = PublishMode { is_dry: false, overwrites, allows_unencrypted };
    let options = CalendarOptions { with_freezes: publication.calendar.with_freezes, ..CalendarOptions::default() };
    let order = PublishOrder { target, credentials, options, mode, timeout: TIMEOUT, at };
    let mut report = publish::publish(schedule, &order, state.as_deref(), progress);
    if let (Some(url), Some(credentials)) = (order.target.url(), &order.credentials)
        && publication.remembers
        && is_typed
        && report.stopped.is_none()
        && let Err(error) = publish::store_password(url, &credentials.user, &credentials.password)
    {
        report.notes.push(format!("Could not save the password: {error}"));
    }
    report
}
