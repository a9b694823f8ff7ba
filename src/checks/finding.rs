//! What a rule reports: one problem, where it is, in the words of a person.

use std::fmt;

use chrono::NaiveDate;

use super::{Context, Rule};
use crate::model::{
    AreaId, Edit, FreezeId, GroupId, HolidayId, LadderId, Plan, ReleaseId, SystemId, UtcMinute, WindowId,
};
use crate::schedule::{Occurrence, WindowSchedule};

/// A problem found.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// What must change.
    pub subject: Subject,
    /// The window that it shows on, where it shows on one.
    pub window: Option<WindowId>,
    /// The original date of the occurrence, where it is about one.
    pub on: Option<NaiveDate>,
    /// When it happens; for the order of the list.
    pub at: Option<UtcMinute>,
    /// What else is involved: the freeze that covers the window, the other window of an overlap.
    pub other: Option<Subject>,
    /// What, when and by how much; no full stop at the end.
    pub message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The plan does not work.
    Error,
    /// It will hurt.
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

/// A record of the plan that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Plan,
    Area(AreaId),
    Freeze(FreezeId),
    Group(GroupId),
    Holidays(HolidayId),
    Ladder(LadderId),
    Release(ReleaseId),
    System(SystemId),
    Window(WindowId),
}

impl fmt::Display for Subject {
    /// "window core-db"; for machines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str(self.noun()),
            subject => write!(f, "{} {}", subject.noun(), subject.id()),
        }
    }
}

impl Subject {
    /// The record's id; nothing for the plan itself.
    pub fn id(&self) -> &str {
        match self {
            Self::Plan => "",
            Self::Area(id) => id.as_str(),
            Self::Freeze(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
            Self::Holidays(id) => id.as_str(),
            Self::Ladder(id) => id.as_str(),
            Self::Release(id) => id.as_str(),
            Self::System(id) => id.as_str(),
            Self::Window(id) => id.as_str(),
        }
    }

    /// One word for what it is, in lower case.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Area(_) => "area",
            Self::Freeze(_) => "freeze",
            Self::Group(_) => "group",
            Self::Holidays(_) => "holidays",
            Self::Ladder(_) => "ladder",
            Self::Release(_) => "release",
            Self::System(_) => "system",
            Self::Window(_) => "window",
        }
    }

    /// Whether the plan has it.
    pub fn exists(&self, plan: &Plan) -> bool {
        matches!(self, Self::Plan) || self.known_name(plan).is_some()
    }

    /// What people call it: its name where the plan knows it, else its id.
    pub fn name(&self, plan: &Plan) -> String {
        self.known_name(plan).unwrap_or(self.id()).to_owned()
    }

    fn known_name<'a>(&self, plan: &'a Plan) -> Option<&'a str> {
        Some(match self {
            Self::Plan => &plan.title,
            Self::Area(id) => &plan.areas.get(id)?.name,
            Self::Freeze(id) => &plan.freezes.get(id)?.name,
            Self::Group(id) => &plan.group(id)?.1.name,
            Self::Holidays(id) => &plan.holidays.get(id)?.name,
            Self::Ladder(id) => &plan.ladders.get(id)?.name,
            Self::Release(id) => &plan.releases.get(id)?.name,
            Self::System(id) => &plan.systems.get(id)?.name,
            Self::Window(id) => &plan.windows.get(id)?.name,
        })
    }
}

/// A change that makes a finding go away, with the words for its button: "Lengthen window to 4 h 30".
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
    pub fn on(rule: &'static Rule, window: &WindowSchedule, occurrence: &Occurrence, message: String) -> Self {
        Self {
            on: Some(occurrence.original_on()),
            at: Some(occurrence.start_at),
            ..Self::new(rule, Subject::Window(window.id().clone()), message)
        }
    }

    #[must_use]
    pub fn with_other(self, other: Subject) -> Self {
        Self { other: Some(other), ..self }
    }

    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The quick fix, where there is one.
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
