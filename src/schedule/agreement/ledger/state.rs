//! The state of an answer today: what was answered, whether it still applies, and whether it is too late to ask.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use crate::model::{Agreement, OccurrenceTimes, Policy};
use crate::schedule::agreement::answers::{Answer, Notice};
use crate::schedule::time::zone::Zone;
use crate::wording::{counted, date, moment};

/// The state of an answer, ordered by how urgently it needs attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// The occurrence is over.
    Over,
    /// No answer needed: notice is informational.
    Informational,
    Agreed,
    /// Declined, and another date was agreed in advance.
    Reserve,
    /// Asked, and there is time left to answer.
    Asked,
    /// Not asked, and there is time left to ask.
    NotAsked,
    /// Not asked, and the last day to ask is within the policy's reminder period.
    DueSoon,
    /// Asked longer ago than the policy waits for an answer.
    Silent,
    /// The answer was about other times, and nobody asked again.
    Outdated,
    /// Not asked about the current times, and the last day to ask has passed.
    Late,
    /// Declined, and there is no other date.
    Declined,
}

impl AnswerState {
    pub const ALL: [Self; 11] = [
        Self::Over,
        Self::Informational,
        Self::Agreed,
        Self::Reserve,
        Self::Asked,
        Self::NotAsked,
        Self::DueSoon,
        Self::Silent,
        Self::Outdated,
        Self::Late,
        Self::Declined,
    ];

    /// "Declined without a reserve"
    pub fn name(self) -> &'static str {
        match self {
            Self::Over => "Over",
            Self::Informational => "No answer needed",
            Self::Agreed => "Agreed",
            Self::Reserve => "Declined, with a reserve",
            Self::Asked => "Asked",
            Self::NotAsked => "Not asked",
            Self::DueSoon => "Notice due soon",
            Self::Silent => "Silent",
            Self::Outdated => "Answered for other times",
            Self::Late => "Notice late",
            Self::Declined => "Declined without a reserve",
        }
    }

    /// Whether an answer is needed.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Over | Self::Informational)
    }

    /// Whether the area must still be asked about the current times.
    pub fn must_be_asked(self) -> bool {
        matches!(self, Self::NotAsked | Self::DueSoon | Self::Outdated | Self::Late)
    }

    pub(super) fn new(answer: &Answer<'_>, today: NaiveDate, policy: &Policy) -> Self {
        match answer.agreement() {
            Agreement::Agreed { .. } => Self::Agreed,
            Agreement::Declined { .. } if answer.entry.is_some_and(|entry| entry.reserve_on.is_some()) => Self::Reserve,
            Agreement::Declined { .. } => Self::Declined,
            Agreement::Asked { .. } if answer.undecided_at().is_some() => Self::Asked,
            Agreement::Asked { on } if days_silent(*on, today) > i64::from(policy.silent_after_days) => Self::Silent,
            Agreement::Asked { .. } => Self::Asked,
            Agreement::NotAsked => match Self::unasked(answer.notice, today, policy) {
                Self::Late => Self::Late,
                _ if answer.outdated().is_some() => Self::Outdated,
                state => state,
            },
        }
    }

    /// The state if nobody asked.
    pub(super) fn unasked(notice: Option<Notice>, today: NaiveDate, policy: &Policy) -> Self {
        let Some(Notice { due_on, .. }) = notice else { return Self::Informational };
        let reminded = today.checked_add_days(Days::new(policy.notice_reminder_days.into())).unwrap_or(NaiveDate::MAX);
        match due_on {
            due_on if due_on < today => Self::Late,
            due_on if due_on <= reminded => Self::DueSoon,
            _ => Self::NotAsked,
        }
    }
}

/// The number of days since an owner was asked without answering.
pub fn days_silent(asked_on: NaiveDate, today: NaiveDate) -> i64 {
    (today - asked_on).num_days().max(0)
}

/// An answer in words: "Declined on Tue 5 Jan 2027 by A. Osei: Quarter close", "Agreed to Sat 13 Mar 2027 22:00, now
/// Sat 20 Mar 2027 22:00". `zone` is the plan's.
pub fn in_words(answer: &Answer<'_>, today: NaiveDate, zone: &Zone) -> String {
    match answer.agreement() {
        Agreement::NotAsked => outdated_in_words(answer).unwrap_or_else(|| "Not asked".to_owned()),
        Agreement::Asked { on } => match (answer.undecided_at(), days_silent(*on, today)) {
            (Some(at), _) => {
                let replied_on = date(zone.local(at).date());
                format!("Asked on {}, replied on {replied_on} without deciding", date(*on))
            }
            (None, 0) => "Asked today".to_owned(),
            (None, days) => format!("Asked on {}, silent for {}", date(*on), counted(days, "day")),
        },
        Agreement::Agreed { on, by } => format!("Agreed on {}{}", date(*on), by_whom(by)),
        Agreement::Declined { on, by, reason } => {
            let mut words = format!("Declined on {}{}", date(*on), by_whom(by));
            if !reason.trim().is_empty() {
                let _ = write!(words, ": {}", reason.trim());
            }
            words
        }
    }
}

fn by_whom(by: &str) -> String {
    if by.trim().is_empty() { String::new() } else { format!(" by {}", by.trim()) }
}

/// An outdated answer, with the old and the current times: "Agreed to Sat 13 Mar 2027 22:00, now Sat 20 Mar 2027
/// 22:00". None if the answer still applies.
pub fn outdated_in_words(answer: &Answer<'_>) -> Option<String> {
    let said = match answer.outdated()? {
        Agreement::NotAsked => return None,
        Agreement::Asked { .. } => "Asked about",
        Agreement::Agreed { .. } => "Agreed to",
        Agreement::Declined { .. } => "Declined",
    };
    let was = answer.entry?.answered_for?;
    let starts = |times: OccurrenceTimes| moment(times.start);
    let now = match answer.times {
        now if now.start == was.start => format!("{} for {}", starts(now), now.duration),
        now => starts(now),
    };
    let was =
        if answer.times.start == was.start { format!("{} for {}", starts(was), was.duration) } else { starts(was) };
    Some(format!("{said} {was}, now {now}"))
}
