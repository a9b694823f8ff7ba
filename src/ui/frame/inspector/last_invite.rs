//! The last invite sent to the owner of a business area, and whether the owner's answer was about other times.

use egui::{Color32, Ui};

use crate::model::SentInvite;
use crate::schedule::WindowSchedule;
use crate::schedule::agreement::answers::{Answer, times};
use crate::schedule::agreement::ledger::outdated_in_words;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, text};
use crate::wording;

pub fn last_invite_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, answer: &Answer<'_>) {
    if let Some(sent) = answer.sent_invite {
        let (words, color) = sent_in_words(cx, window, sent, answer);
        text(ui, muted(cx, words).color(color));
    }
    if let Some(outdated) = outdated_in_words(answer) {
        text(ui, muted(cx, outdated).color(cx.colors.warning));
    }
}

/// "Update sent Mon 4 Jan 2027 (version 2)"
fn sent_in_words(cx: &Cx<'_>, window: &WindowSchedule, sent: &SentInvite, answer: &Answer<'_>) -> (String, Color32) {
    let (what, due) = match sent.sequence {
        _ if sent.is_cancelled => ("Cancellation", Some("an invite is due")),
        _ if times(window, sent.start_at, sent.end_at) != answer.times => ("Invite", Some("an update is due")),
        0 => ("Invite", None),
        _ => ("Update", None),
    };
    let words = format!("{what} sent {} ({})", wording::date(sent.sent_on), sent.version_in_words());
    match due {
        Some(due) => (format!("{words}; {due}"), cx.colors.warning),
        None => (words, cx.colors.muted),
    }
}
