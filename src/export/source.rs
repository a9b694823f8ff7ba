//! What exports are made from: the schedule, and what is calculated from it only if an export asks for it.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::checks::Findings;
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::{Revision, Schedule};

/// A plan at a day, with all that an export may need.
pub struct Source<'a> {
    pub schedule: &'a Schedule,
    /// The date on the plan's clock.
    pub today: NaiveDate,
    pub now: UtcMinute,
    findings: OnceLock<Cow<'a, Findings>>,
    basis: Option<Basis<'a>>,
    revision: OnceLock<Revision>,
}

/// What the plan is compared with.
#[derive(Clone, Debug)]
pub struct Basis<'a> {
    /// "plan-2026.ron", "what was sent"
    pub name: String,
    /// The earlier plan; none to compare with the invites that were sent.
    pub earlier: Option<&'a Schedule>,
}

impl<'a> Source<'a> {
    /// It is midnight, unless [`Source::with_now`] says more.
    pub fn new(schedule: &'a Schedule, today: NaiveDate) -> Self {
        let now = schedule.zone.resolve(LocalMinute::midnight(today)).at;
        Self { schedule, today, now, findings: OnceLock::new(), basis: None, revision: OnceLock::new() }
    }

    /// The same at that time of today.
    #[must_use]
    pub fn with_now(self, now: UtcMinute) -> Self {
        Self { now, ..self }
    }

    /// The same with findings that are known already.
    #[must_use]
    pub fn with_findings(self, findings: &'a Findings) -> Self {
        Self { findings: OnceLock::from(Cow::Borrowed(findings)), ..self }
    }

    /// The same, compared with `basis`.
    #[must_use]
    pub fn compared_with(self, basis: Option<Basis<'a>>) -> Self {
        Self { basis, revision: OnceLock::new(), ..self }
    }

    /// The findings about the plan, calculated at the first call.
    pub fn findings(&self) -> &Findings {
        self.findings.get_or_init(|| Cow::Owned(Findings::check(self.schedule, self.today, None)))
    }

    /// What is different from the basis, calculated at the first call, and the name of the basis. None if there is no
    /// basis.
    pub fn revision(&self) -> Option<(&Revision, &str)> {
        let Basis { name, earlier } = self.basis.as_ref()?;
        let revision = self.revision.get_or_init(|| match earlier {
            Some(earlier) => Revision::between(earlier, self.schedule, self.today),
            None => Revision::since_sent(self.schedule, self.today),
        });
        Some((revision, name))
    }
}
