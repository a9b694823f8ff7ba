//! What a rule reports: one problem, where it is, and a message in plain words.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Context, Rule};
use crate::model::{Edit, Subject, UtcMinute, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// A problem found.
///
/// Rules that report thousands of findings build their messages with `concat`, which is faster than `format!`.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// What must change.
    pub subject: Subject,
    /// The window on which it is shown, if any.
    pub window: Option<WindowId>,
    /// The original date of the occurrence that it is about; without a window, the day or night that it is about.
    pub on: Option<NaiveDate>,
    /// When it happens. Decides the position in the list.
    pub at: Option<UtcMinute>,
    /// What else is involved: the freeze that covers the window, the other window of an overlap.
    pub other: Option<Subject>,
    /// What, when and by how much, without a full stop at the end.
    pub message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The plan does not work.
    Error,
    /// It is likely to cause trouble.
    Warning,
    Note,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// "error"
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// An edit that removes the cause of a finding, with the label of its button: "Lengthen window to 4 h 30".
#[derive(Clone, Debug)]
pub struct Fix {
    pub label: String,
    pub edit: Edit,
}

impl Finding {
    /// About a record as a whole.
    pub fn new(rule: &'static Rule, subject: Subject, message: String) -> Self {
        let window = match &subject {
            Subject::Window(id) => Some(id.clone()),
            _ => None,
        };
        Self { rule, severity: rule.severity, subject, window, on: None, at: None, other: None, message }
    }

    /// About one occurrence of a window.
    pub fn for_occurrence(
        rule: &'static Rule,
        window: &WindowSchedule,
        occurrence: &Occurrence,
        message: String,
    ) -> Self {
        Self {
            on: Some(occurrence.original_on()),
            at: Some(occurrence.start_at),
            ..Self::new(rule, Subject::Window(window.id().clone()), message)
        }
    }

    /// Whether that rule reported it.
    pub fn is_of(&self, rule: &'static Rule) -> bool {
        std::ptr::eq(self.rule, rule)
    }

    /// Whether it is about one of some records: as what must change, where it is shown, or what else is involved.
    pub fn is_about(&self, is_one: &dyn Fn(&Subject) -> bool) -> bool {
        let window = self.window.clone().map(Subject::Window);
        is_one(&self.subject) || self.other.as_ref().is_some_and(is_one) || window.is_some_and(|window| is_one(&window))
    }

    /// Shows it on an occurrence, although another record must change.
    #[must_use]
    pub fn shown_on(self, window: &WindowId, on: NaiveDate, at: UtcMinute) -> Self {
        Self { window: Some(window.clone()), on: Some(on), at: Some(at), ..self }
    }

    #[must_use]
    pub fn with_other(self, other: Subject) -> Self {
        Self { other: Some(other), ..self }
    }

    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The date on which its occurrence takes place, even if it was moved; the original date if it does not take place.
    pub fn takes_place_on(&self, schedule: &Schedule) -> Option<NaiveDate> {
        let occurrence = || Some(schedule.occurrence(self.window.as_ref()?, self.on?)?.1.on());
        occurrence().or(self.on)
    }

    /// The record that causes it, and maybe other findings of the same rule. Usually that is what must change. But if a
    /// window is in a freeze, the cause is the freeze.
    pub fn cause(&self) -> &Subject {
        self.other.as_ref().filter(|other| can_be_cause(other)).unwrap_or(&self.subject)
    }

    /// The quick fix, if there is one.
    pub fn fix(&self, cx: &Context<'_>) -> Option<Fix> {
        self.rule.fix.and_then(|fix| fix(cx, self))
    }

    /// The order of a list: worst first, then by rule, time, window, subject.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let by_rule = || {
            if std::ptr::eq(self.rule, other.rule) {
                std::cmp::Ordering::Equal
            } else {
                self.rule.code.cmp(other.rule.code)
            }
        };
        self.severity
            .cmp(&other.severity)
            .then_with(by_rule)
            .then_with(|| self.at.cmp(&other.at))
            .then_with(|| self.window.cmp(&other.window))
            .then_with(|| self.subject.cmp(&other.subject))
            .then_with(|| self.other.cmp(&other.other))
            .then_with(|| self.message.cmp(&other.message))
    }
}

/// Whether a record that is involved in a finding is its cause, rather than the one that must change.
fn can_be_cause(other: &Subject) -> bool {
    // All kinds are listed, so that the compiler asks about a new one.
    match other {
        Subject::Advisory(_)
        | Subject::Freeze(_)
        | Subject::Group(_)
        | Subject::Holidays(_)
        | Subject::Ladder(_)
        | Subject::Notice(_)
        | Subject::Person(_)
        | Subject::Team(_) => true,
        Subject::Plan
        | Subject::Area(_)
        | Subject::BulletinDuty(_)
        | Subject::Checklist(_)
        | Subject::Release(_)
        | Subject::ScanRoutine(_)
        | Subject::Severity(_)
        | Subject::System(_)
        | Subject::Window(_) => false,
    }
}

/// Where checks put what they find.
pub struct Sink {
    list: Vec<Arc<Finding>>,
    room: usize,
    reported: usize,
}

impl Sink {
    /// Keeps this many findings, and only counts more.
    pub(super) fn with_room_for(room: usize) -> Self {
        Self { list: Vec::new(), room, reported: 0 }
    }

    pub fn add(&mut self, finding: Finding) {
        self.reported += 1;
        if self.list.len() < self.room {
            self.list.push(Arc::new(finding));
        }
    }

    /// Takes over a finding of the run before.
    pub fn keep(&mut self, finding: &Arc<Finding>) {
        self.reported += 1;
        if self.list.len() < self.room {
            self.list.push(Arc::clone(finding));
        }
    }

    /// How many findings were reported to it, whether it kept them or not.
    pub(super) fn reported(&self) -> usize {
        self.reported
    }

    /// What it kept; nothing most of the time.
    pub(super) fn into_found(self) -> Option<Arc<[Arc<Finding>]>> {
        (!self.list.is_empty()).then(|| self.list.into())
    }
}
