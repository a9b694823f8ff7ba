//! Preview of an export of invites, for its dialog.

use crate::export::invites::{InvitesOrder, Occasion, Outgoing, Which};
use crate::session::session::Session;
use crate::session::state::cached::Cached;
use crate::session::state::invites::{InvitesPreview, Preview, PreviewKey};
use crate::session::verbs::action::Dialog;
use crate::session::work::calculation::CacheRequest;

impl Session {
    pub(in crate::session) fn preview_slot(&mut self) -> &mut Cached<PreviewKey, InvitesPreview> {
        &mut self.invites.preview
    }

    /// The preview of that export, or its state.
    pub fn invites_preview(&self, order: &InvitesOrder) -> Preview<'_> {
        let state = self.state();
        let is_it = |previewed: &PreviewKey| previewed.0 == state && previewed.1 == *order;
        if let Some((_, preview)) = self.invites.preview.latest().filter(|(previewed, _)| is_it(previewed)) {
            return Preview::Ready(preview);
        }
        let job = self.invites.preview.job().filter(|(_, previewed)| is_it(previewed));
        match job.map(|(job, _)| self.jobs.running(job)) {
            Some(Some(job)) => Preview::Running(job),
            Some(None) => Preview::Stopped,
            None => Preview::NotAsked,
        }
    }

    /// Opens the dialog that asks which invites to export.
    pub(in crate::session) fn open_invites(&mut self, occasion: Occasion) {
        self.dialogs.open = Some(Dialog::Invites(occasion));
        self.preview_invites(InvitesOrder { which: Which::All, occasion });
    }

    pub(in crate::session) fn preview_invites(&mut self, order: InvitesOrder) {
        if self.has_stopped(&self.invites.preview) {
            self.stop_calculating(Self::preview_slot);
        }
        let wanted = CacheRequest {
            label: "Collecting what is due",
            slot: Self::preview_slot,
            size: self.document.schedule.occurrence_count().saturating_add(self.plan().sent_invites().len()),
            inputs: (self.state(), order.clone()),
        };
        let (today, findings) = (self.document.today, self.document.findings.clone());
        self.calculate(wanted, move |schedule, progress| {
            let outgoing = Outgoing::with_progress(schedule, today, &order, progress)?;
            let summary = outgoing.summary();
            let missing = outgoing.omissions();
            let errors = outgoing.errors(&findings);
            Some(InvitesPreview { summary, errors, missing, lines: outgoing.lines().collect() })
        });
    }
}
