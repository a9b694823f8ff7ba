//! What meets a holiday, a freeze or a clock change in a plan, and the ways to decide it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::checks::{DisplacedOccurrence, Finding, Findings, Fix, moves_to_free_dates};
use crate::model::{Edit, WindowId};
use crate::schedule::Schedule;

/// The rules whose findings are meetings: in a freeze, on a holiday, a clock change at the start or end or in between.
const CODES: [&str; 5] = ["F001", "W005", "T001", "T002", "T003"];

/// An occurrence that meets a holiday, a freeze or a clock change.
#[derive(Clone, Debug)]
pub struct Meeting {
    pub window: WindowId,
    /// Its original date.
    pub on: NaiveDate,
    /// The name of the window.
    pub name: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    /// What it meets, worst first. At least one.
    pub findings: Vec<Arc<Finding>>,
    /// The nearest free date, and the edit that moves the occurrence there.
    pub free: Option<(NaiveDate, Edit)>,
}

/// What a person decides about a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It takes place as planned.
    Keep,
    /// It moves to the free date.
    Move,
    /// It does not take place.
    Skip,
}

impl Meeting {
    /// Everything that it meets, in words.
    pub fn in_words(&self) -> String {
        let messages: Vec<&str> = self.findings.iter().map(|finding| self.without_name(&finding.message)).collect();
        messages.join("; ")
    }

    /// A message without the window and date that it begins with.
    fn without_name<'a>(&self, message: &'a str) -> &'a str {
        let rest = message.strip_prefix(&*self.name).and_then(|rest| rest.strip_prefix(", "));
        let date = crate::wording::date(self.starts.date());
        rest.map_or(message, |rest| rest.strip_prefix(&*date).unwrap_or(rest).trim_start_matches([':', ' ']))
    }

    /// The edit that skips the occurrence.
    pub fn skip(&self, reason: &str) -> Edit {
        Edit::SkipOccurrence { window: self.window.clone(), on: self.on, reason: reason.to_owned() }
    }
}

/// An occurrence by its start, so that a list of them is in the order of time.
type Key = (NaiveDateTime, WindowId, NaiveDate);

/// Every occurrence that meets a holiday, a freeze or a clock change and that nobody has decided, sorted by start. The free
/// dates do not overlap each other, so all can be moved at once. At most `most`, the first ones.
pub fn meetings(schedule: &Schedule, findings: &Findings, today: NaiveDate, most: usize) -> Vec<Meeting> {
    let mut found: BTreeMap<Key, Vec<Arc<Finding>>> = BTreeMap::new();
    for finding in findings.open().filter(|finding| CODES.contains(&finding.rule.code)) {
        let Some((window, on)) = finding.window.as_ref().zip(finding.on) else { continue };
        let Some((_, occurrence)) = schedule.occurrence(window, on) else { continue };
        let key = (occurrence.local_start.to_naive(), window.clone(), on);
        found.entry(key).or_default().push(Arc::clone(finding));
    }
    let found: BTreeMap<_, _> = found.into_iter().take(most).collect();
    let displaced: Vec<DisplacedOccurrence> = found
        .keys()
        .filter_map(|(_, window, on)| {
            let position = u32::try_from(schedule.plan.windows().position(window)?).ok()?;
            Some(DisplacedOccurrence { window: position, on: *on })
        })
        .collect();
    let moves = moves_to_free_dates(schedule, today, &displaced);
    let all = found.into_iter().zip(moves);
    all.filter_map(|((key, findings), free)| meeting(schedule, key, findings, free)).collect()
}

fn meeting(
    schedule: &Schedule,
    key: Key,
    findings: Vec<Arc<Finding>>,
    free: Option<(NaiveDate, Fix)>,
) -> Option<Meeting> {
    let (starts, window, on) = key;
    let (scheduled, occurrence) = schedule.occurrence(&window, on)?;
    Some(Meeting {
        name: scheduled.window.name.clone(),
        ends: occurrence.local_end().to_naive(),
        free: free.map(|(to, fix)| (to, fix.edit)),
        window,
        on,
        starts,
        findings,
    })
}
