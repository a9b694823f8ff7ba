//! The exports of invites of this session, and the preview of the next one.

use crate::export::invites::InvitesOrder;
use crate::model::SentInvite;
use crate::session::state::cached::{Cached, PlanOnDay};
use crate::session::state::jobs::RunningJob;

/// The preview of an export of invites, and the exports of this session.
#[derive(Default)]
pub struct Invites {
    pub(in crate::session) preview: Cached<PreviewKey, InvitesPreview>,
    pub(in crate::session) sending: InviteExports,
}

/// The exports of invites of this session.
#[derive(Default)]
pub struct InviteExports {
    /// The job of the running export.
    pub(in crate::session) job: Option<u64>,
    /// What the last export recorded.
    pub(in crate::session) last: Option<LastSent>,
}

impl InviteExports {
    pub(in crate::session) fn start(&mut self, job: u64) {
        self.job = Some(job);
    }
}

/// What was noted as sent, and what the plan held for the same owners and occurrences before.
pub struct LastSent {
    pub(in crate::session) noted: Vec<SentInvite>,
    pub(in crate::session) before: Vec<SentInvite>,
}

/// What an export would write, as text.
pub struct InvitesPreview {
    pub summary: String,
    /// That some of the dates have errors.
    pub errors: Option<String>,
    /// The areas that have something due and no address.
    pub missing: Option<String>,
    /// Date, start, kind, window and owner of each message.
    pub lines: Vec<[String; 5]>,
}

/// The state of a preview.
pub enum Preview<'a> {
    Ready(&'a InvitesPreview),
    Running(RunningJob<'a>),
    /// The user stopped it.
    Stopped,
    NotAsked,
}

/// What a preview was calculated for.
pub type PreviewKey = (PlanOnDay, InvitesOrder);
