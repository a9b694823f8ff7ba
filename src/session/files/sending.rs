//! Exports invites: a job writes them, and once all files are on disk they are recorded as sent.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::export::invites::{Occasion, Organizer, Outgoing, Which, taken_back};
use crate::model::{Edit, Invitation};
use crate::progress::Progress;
use crate::schedule::Schedule;
use crate::session::session::Session;
use crate::session::state::cached::Cached;
use crate::session::state::jobs::Then;
use crate::session::verbs::action::{Dialog, PathRequest};
use crate::session::verbs::command::Command;
use crate::session::work::preview::{InvitesPreview, Previewed};
use crate::store::FileBatch;

/// The preview of an export of invites, and the exports of this session.
#[derive(Default)]
pub struct Invites {
    pub(in crate::session) preview: Cached<Previewed, InvitesPreview>,
    pub(in crate::session) sending: Sending,
}

/// The exports of invites of this session.
#[derive(Default)]
pub struct Sending {
    /// The job of the running export.
    job: Option<u64>,
    /// What the last export recorded.
    last: Option<LastSent>,
}

/// What was recorded as sent, and the records that it replaced.
struct LastSent {
    noted: Vec<Invitation>,
    before: Vec<Invitation>,
}

/// An export whose files are all on disk.
struct Written {
    noted: Option<Edit>,
    summary: String,
}

impl Session {
    pub(in crate::session) fn may_send(&self, command: Command) -> bool {
        let is_sending = self.invites.sending.job.is_some_and(|job| self.jobs.is_running(job));
        match command {
            Command::ExportInvitesAgain => !is_sending && !self.plan().invitations().is_empty(),
            Command::ForgetInvites => self.invites.sending.last.is_some(),
            _ => !is_sending,
        }
    }

    /// Asks for the folder to write to.
    pub(in crate::session) fn choose_invites_folder(&mut self, which: Which, occasion: Occasion) {
        let name = format!("invites-{}", self.document.today);
        self.dialogs.open = Some(Dialog::Path(PathRequest::Invites { which, occasion, name }));
    }

    pub(in crate::session) fn export_invites(&mut self, which: Which, occasion: Occasion, folder: PathBuf) {
        self.dialogs.open = None;
        if !self.may_send(Command::ExportInvites) {
            return self.tell_error("Invites are being exported. Wait for the export to finish, or stop it.");
        }
        if let Some(reason) = self.file.read_only_reason().filter(|_| occasion == Occasion::Due) {
            let text = format!(
                "Nothing was written, since this plan is read-only and cannot note what is sent. {reason}. \
                 Save it under another name first."
            );
            return self.tell_error(text);
        }
        let (schedule, today) = (self.document.schedule.clone(), self.document.today);
        let job = self.jobs.start(format!("Export invites to {}", folder.display()), move |progress| -> Then {
            let written = write(&schedule, today, &which, occasion, &folder, progress);
            Box::new(move |session| match written {
                Ok(Some(written)) => session.take_written(written, &folder),
                // Somebody stopped it: nothing was written.
                Ok(None) => {}
                Err(error) => session.tell_error(error),
            })
        });
        self.invites.sending.job = Some(job);
    }

    /// Records what was written as sent, even if the plan has changed since: owners get the files.
    fn take_written(&mut self, written: Written, folder: &Path) {
        self.invites.sending.job = None;
        let Written { noted, summary } = written;
        if let Some(Edit::NoteSent(sent)) = noted {
            let before = sent.iter().filter_map(|sent| self.plan().invitations().get(&sent.key));
            let before = before.map(|before| Invitation::clone(before)).collect();
            self.edit(&Edit::NoteSent(sent.clone()));
            self.invites.sending.last = Some(LastSent { noted: sent, before });
        }
        self.tell(format!("{summary}. Written to {}", folder.display()));
    }

    /// Undoes the record of the last export, whose files were not sent.
    pub(in crate::session) fn forget_invites(&mut self) {
        let Some(LastSent { noted, before }) = self.invites.sending.last.take() else { return };
        for edit in taken_back(self.plan(), &noted, &before) {
            self.edit(&edit);
        }
        self.tell("Marked as not sent: the invites of the last export are due again");
    }

    /// Stops a running export, so that it is not recorded in the plan that is opened next.
    pub(in crate::session) fn stop_sending(&mut self) {
        if let Some(job) = self.invites.sending.job {
            self.jobs.cancel(job);
        }
        self.invites.sending = Sending::default();
    }
}

/// Writes all files, or none if it fails or is stopped.
fn write(
    schedule: &Schedule,
    today: NaiveDate,
    which: &Which,
    occasion: Occasion,
    folder: &Path,
    progress: &Progress,
) -> Result<Option<Written>, String> {
    let outgoing = Outgoing::of(schedule, today, which, occasion);
    let written = Written { noted: outgoing.noted(), summary: outgoing.summary() };
    if outgoing.is_empty() {
        return Err(format!("{}. Nothing was written.", written.summary));
    }
    let organizer = Organizer::of(schedule.plan.invites()).map_err(|error| format!("{error}."))?;
    let mut batch = FileBatch::new(folder).map_err(|error| error.to_string())?;
    for (number, file) in outgoing.files(&organizer).enumerate() {
        if progress.is_cancelled() {
            return Ok(None);
        }
        batch.add(&file.name, &file.bytes).map_err(|error| error.to_string())?;
        progress.set(number + 1, outgoing.file_count());
    }
    if progress.is_cancelled() {
        return Ok(None);
    }
    batch.commit().map_err(|error| error.to_string())?;
    Ok(Some(written))
}
