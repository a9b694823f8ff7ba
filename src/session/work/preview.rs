//! Preview of an export of invites, for its dialog.

use crate::export::invites::{InvitesOrder, Occasion, Outgoing, Which, missing_addresses};
use crate::session::session::Session;
use crate::session::state::cached::{CacheRequest, Cached, State};
use crate::session::state::jobs::Running;
use crate::session::verbs::action::Dialog;

/// What an export would write, as text.
pub struct InvitesPreview {
    pub summary: String,
    /// The areas that have something due and no address.
    pub missing: Option<String>,
    /// Date, start, kind, window and owner of each letter.
    pub lines: Vec<[String; 5]>,
}

/// The state of a preview.
pub enum Preview<'a> {
    Ready(&'a InvitesPreview),
    Running(Running<'a>),
    /// The user stopped it.
    Stopped,
    NotAsked,
}

/// What a preview was calculated for.
pub type Previewed = (State, InvitesOrder);

impl Session {
    pub(in crate::session) fn preview_slot(&mut self) -> &mut Cached<Previewed, InvitesPreview> {
        &mut self.invites.preview
    }

    /// The preview of that export, or its state.
    pub fn invites_preview(&self, order: &InvitesOrder) -> Preview<'_> {
        let state = self.state();
        let is_it = |of: &Previewed| of.0 == state && of.1 == *order;
        if let Some((_, preview)) = self.invites.preview.latest().filter(|(of, _)| is_it(of)) {
            return Preview::Ready(preview);
        }
        let job = self.invites.preview.job().filter(|(_, of)| is_it(of));
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
        let today = self.document.today;
        self.calculate(wanted, move |schedule, goes_on| {
            let outgoing = Outgoing::while_going_on(schedule, today, &order, goes_on)?;
            let summary = outgoing.summary();
            let missing = missing_addresses(&outgoing.unreachable);
            Some(InvitesPreview { summary, missing, lines: outgoing.lines().collect() })
        });
    }
}
