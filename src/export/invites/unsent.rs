//! Invites that were exported but never sent.

use std::collections::BTreeMap;

use crate::model::{Edit, InviteKey, Plan, SentInvite};

/// The edits that mark an export as not sent: `noted` is what it noted as sent, `before` what the plan held for the same
/// owners and occurrences before. Anything sent since then stays.
pub fn edits_to_mark_unsent(plan: &Plan, noted: &[SentInvite], before: &[SentInvite]) -> Vec<Edit> {
    let before: BTreeMap<&InviteKey, &SentInvite> = before.iter().map(|before| (&before.key, before)).collect();
    let (mut restored, mut fresh) = (Vec::new(), Vec::new());
    for sent in noted {
        if plan.sent_invites().get(&sent.key).is_none_or(|last| **last != *sent) {
            continue;
        }
        match before.get(&sent.key) {
            Some(before) => restored.push(SentInvite::clone(before)),
            None => fresh.push(sent.key.clone()),
        }
    }
    let restore = (!restored.is_empty()).then_some(Edit::NoteSent(restored));
    let forget = (!fresh.is_empty()).then_some(Edit::ForgetSent(fresh));
    restore.into_iter().chain(forget).collect()
}
