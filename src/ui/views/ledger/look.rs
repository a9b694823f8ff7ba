//! The colour of each state, and an icon that can be told apart without colour.

use egui::Color32;
use lucide_icons::Icon;

use crate::schedule::agreement::ledger::AnswerState;
use crate::ui::parts::cx::Cx;

pub fn color(cx: &Cx<'_>, state: AnswerState) -> Color32 {
    match state {
        AnswerState::Over | AnswerState::Informational | AnswerState::NotAsked => cx.colors.muted,
        AnswerState::Agreed => cx.colors.good,
        AnswerState::Asked => cx.colors.accent,
        AnswerState::Reserve | AnswerState::DueSoon | AnswerState::Silent | AnswerState::Outdated => cx.colors.warning,
        AnswerState::Late | AnswerState::Declined => cx.colors.error,
    }
}

pub fn sign(state: AnswerState) -> Icon {
    match state {
        AnswerState::Over => Icon::Dot,
        AnswerState::Informational => Icon::Info,
        AnswerState::Agreed => Icon::Check,
        AnswerState::Reserve => Icon::CalendarSync,
        AnswerState::Asked => Icon::Send,
        AnswerState::NotAsked => Icon::Circle,
        AnswerState::DueSoon => Icon::Bell,
        AnswerState::Silent => Icon::Hourglass,
        AnswerState::Outdated => Icon::History,
        AnswerState::Late => Icon::AlarmClock,
        AnswerState::Declined => Icon::X,
    }
}
