//! Who invites: the name and address from which invites come, and to which answers go.

use crate::export::text::one_line;
use crate::model::{InviteTexts, address};

/// The sender of invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organizer {
    pub name: String,
    pub address: String,
}

/// The plan names no organizer that answers could go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Invites need an organizer with an e-mail address, to which the owners' answers go: \
     enter it in Invite texts, or in the plan file as invites: (organizer: \"…\", email: \"…\")"
)]
pub struct NoOrganizer;

impl Organizer {
    pub fn from_texts(texts: &InviteTexts) -> Result<Self, NoOrganizer> {
        let address = address(&texts.email).ok_or(NoOrganizer)?;
        Ok(Self { name: one_line(&texts.organizer), address })
    }
}
