//! Invites that were exported: noted as sent once all files are safely on disk.

use crate::export::invites::{Occasion, edits_to_mark_unsent};
use crate::model::{Edit, SentInvite};
use crate::session::session::Session;
use crate::session::state::invites::{InviteExports, LastSent};
use crate::session::verbs::command::Command;

impl Session {
    pub(in crate::session) fn may_send(&self, command: Command) -> bool {
        let is_sending = self.invites.sending.job.is_some_and(|job| self.jobs.is_running(job));
        match command {
            Command::ExportInvitesAgain => !is_sending && !self.plan().sent_invites().is_empty(),
            Command::ForgetInvites => self.invites.sending.last.is_some(),
            _ => !is_sending,
        }
    }

    /// Why invites cannot be exported now.
    pub(in crate::session) fn reason_not_to_send(&self, occasion: Occasion) -> Option<String> {
        if !self.may_send(Command::ExportInvites) {
            return Some("Invites are being exported: wait for the export to finish, or stop it".to_owned());
        }
        let reason = self.file.read_only_reason().filter(|_| occasion == Occasion::Due)?;
        Some(format!(
            "Nothing was written, because this plan is read-only and cannot record what is sent. {reason}. Save it under another name first"
        ))
    }

    /// Notes what was written as sent, even if the plan was changed meanwhile: it is what the owners get.
    pub(in crate::session) fn note_sent(&mut self, noted: &Edit) {
        self.invites.sending.job = None;
        if let Edit::NoteSent(sent) = noted {
            let before = sent.iter().filter_map(|sent| self.plan().sent_invites().get(&sent.key));
            let before = before.map(|before| SentInvite::clone(before)).collect();
            self.edit(noted);
            self.invites.sending.last = Some(LastSent { noted: sent.clone(), before });
        }
    }

    /// Undoes the record of the last export, whose files were not sent.
    pub(in crate::session) fn forget_invites(&mut self) {
        let Some(LastSent { noted, before }) = self.invites.sending.last.take() else { return };
        for edit in edits_to_mark_unsent(self.plan(), &noted, &before) {
            self.edit(&edit);
        }
        self.show_message("Marked as not sent: the invites of the last export are due again");
    }

    /// Stops a running export, so that it is not recorded in the plan that is opened next.
    pub(in crate::session) fn stop_sending(&mut self) {
        if let Some(job) = self.invites.sending.job {
            self.jobs.cancel(job);
        }
        self.invites.sending = InviteExports::default();
    }
}
