//! What an export of invites would write, as the dialog shows it before.

use crate::export::invites::{Occasion, Outgoing, Which, missing_addresses};
use crate::session::session::Session;
use crate::session::state::cached::{Shown, State, Wanted};
use crate::session::state::jobs::Running;
use crate::session::verbs::action::Dialog;

/// In words.
pub struct InvitesPreview {
    pub summary: String,
    /// Who would have to know and cannot be written to.
    pub missing: Option<String>,
    /// Date, start, kind, window and owner of each letter.
    pub lines: Vec<[String; 5]>,
}

/// How far a preview is.
pub enum Preview<'a> {
    Ready(&'a InvitesPreview),
    Running(Running<'a>),
    /// Somebody stopped it.
    Stopped,
    NotAsked,
}

/// What a preview was made from.
pub type Previewed = (State, Which, Occasion);

impl Session {
    pub(in crate::session) fn preview_place(&mut self) -> &mut Shown<Previewed, InvitesPreview> {
        &mut self.preview
    }

    /// What would be written, or how far that is known.
    pub fn invites_preview(&self, which: &Which, occasion: Occasion) -> Preview<'_> {
        let state = self.state();
        let is_it = |of: &Previewed| of.0 == state && of.1 == *which && of.2 == occasion;
        if let Some((_, preview)) = self.preview.latest().filter(|(of, _)| is_it(of)) {
            return Preview::Ready(preview);
        }
        let job = self.preview.job().filter(|(_, of)| is_it(of));
        match job.map(|(job, _)| self.jobs.running(job)) {
            Some(Some(job)) => Preview::Running(job),
            Some(None) => Preview::Stopped,
            None => Preview::NotAsked,
        }
    }

    /// Asks which invites to export.
    pub(in crate::session) fn open_invites(&mut self, occasion: Occasion) {
        self.dialog = Some(Dialog::Invites(occasion));
        self.preview_invites(Which::All, occasion);
    }

    pub(in crate::session) fn preview_invites(&mut self, which: Which, occasion: Occasion) {
        if self.has_stopped(&self.preview) {
            self.stop_reckoning(Self::preview_place);
        }
        let wanted = Wanted {
            label: "Going through what is due",
            place: Self::preview_place,
            size: self.schedule.occurrence_count().saturating_add(self.plan().invitations.len()),
            of: (self.state(), which.clone(), occasion),
        };
        let today = self.today;
        self.reckon(wanted, move |schedule, goes_on| {
            let outgoing = Outgoing::of_large(schedule, today, &which, occasion, goes_on)?;
            let summary = outgoing.summary();
            let missing = missing_addresses(&outgoing.unreachable);
            Some(InvitesPreview { summary, missing, lines: outgoing.lines().collect() })
        });
    }
}
