//! One line for each advisory: calculated once per plan, filtered by words and quick filters.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::checks::Context;
use crate::model::{Advisory, AdvisoryId, Exposure, Plan, WindowId, day_number};
use crate::schedule::{AdvisoryState, Rollout};
use crate::session::Document;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::search::SearchWords;
use crate::wording;

/// A quick filter beside the filter field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AdvisoryFilter {
    #[default]
    All,
    Overdue,
    WithoutWindow,
    Undecided,
}

impl AdvisoryFilter {
    pub const CHOICES: [Self; 3] = [Self::Overdue, Self::WithoutWindow, Self::Undecided];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Overdue => "Overdue",
            Self::WithoutWindow => "Without window",
            Self::Undecided => "Undecided",
        }
    }

    fn admits(self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Overdue => line.standing == AdvisoryState::Overdue,
            Self::WithoutWindow => line.standing == AdvisoryState::WithoutWindow,
            Self::Undecided => line.is_undecided,
        }
    }
}

/// The severity by name and by its rank in the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severity {
    pub name: String,
    /// 0 is the policy's strictest; `None` if the score is missing or below all severities.
    pub rank: Option<usize>,
}

/// One advisory as a row of the table.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: AdvisoryId,
    pub number: String,
    pub title: String,
    pub severity: Severity,
    pub is_exploited: bool,
    pub is_exposed: bool,
    /// It is likely to be exploited, by its EPSS score.
    pub is_likely: bool,
    /// "0.97565"; empty if unknown.
    pub epss: String,
    pub published_on: NaiveDate,
    /// "Thu 11 Mar, 3 days left"
    pub due: String,
    /// The last day that is in time.
    due_on: Option<NaiveDate>,
    pub standing: AdvisoryState,
    pub is_undecided: bool,
    /// "Sat 13 Mar, Core DB patching", or what is missing.
    pub carried_by: String,
    /// The occurrence that `carried_by` names, if any.
    pub occurrence: Option<(WindowId, NaiveDate)>,
    pub decision: &'static str,
    /// The text that the filter searches.
    searched: String,
}

impl Line {
    fn new(document: &Document, standing: AdvisoryState, rollout: &Rollout<'_>) -> Self {
        let advisory: &Advisory = rollout.advisory;
        let (carried_by, occurrence) = carried_by(standing, rollout);
        let number = advisory.number();
        let systems = rollout.systems.iter().map(|carried| carried.system.name.as_str());
        let parts = [&*number, &*advisory.title, &*advisory.vendor, &*advisory.product].into_iter().chain(systems);
        Self {
            searched: parts.collect::<Vec<_>>().join(" "),
            id: advisory.id.clone(),
            title: advisory.title.clone(),
            severity: severity(document.plan(), rollout),
            is_exploited: advisory.is_exploited,
            is_exposed: advisory.exposure == Exposure::Internet,
            is_likely: advisory.is_likely(),
            epss: advisory.epss_per_100_000.map_or_else(String::new, wording::epss_in_words),
            published_on: advisory.published_on,
            due: due(document, standing, rollout, wording::short_date),
            due_on: rollout.due_on(&document.schedule().zone),
            is_undecided: standing.is_open() && advisory.decisions.is_empty(),
            decision: advisory.decision_on(document.today()).map_or("", |decision| decision.verdict.name()),
            number,
            standing,
            carried_by,
            occurrence,
        }
    }

    /// The name for screen readers: "CVE-2027-1234 Heap overflow, Critical 9.8, exploited, due Thu 11 Mar 2027, …".
    pub fn name(&self) -> String {
        let due = self.due_on.map_or_else(|| "no date".to_owned(), |on| format!("due {}", wording::date(on)));
        let parts = [
            &*format!("{} {}", self.number, self.title),
            &self.severity.name,
            if self.is_exploited { "exploited" } else { "" },
            if self.is_exposed { "reachable from the internet" } else { "" },
            &if self.epss.is_empty() { String::new() } else { format!("EPSS {}", self.epss) },
            &due,
            self.standing.name(),
            &self.carried_by,
            self.decision,
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// "Critical 9.8"
fn severity(plan: &Plan, rollout: &Rollout<'_>) -> Severity {
    let score = rollout.advisory.cvss_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let name = rollout.severity.map(|severity| severity.name.clone());
    let stricter = |from: u8| plan.policy().severities.iter().filter(|each| each.cvss_from_tenths > from).count();
    Severity {
        rank: rollout.severity.map(|severity| stricter(severity.cvss_from_tenths)),
        name: name.into_iter().chain(score).collect::<Vec<_>>().join(" "),
    }
}

/// The last day in time and, while the advisory is open, how far away it is; only then is `in_words` used.
pub fn due(
    document: &Document,
    standing: AdvisoryState,
    rollout: &Rollout<'_>,
    in_words: impl Fn(NaiveDate) -> String,
) -> String {
    let Some(on) = rollout.due_on(&document.schedule().zone) else { return String::new() };
    if !standing.is_open() || standing == AdvisoryState::NoFix {
        return wording::date(on);
    }
    let left = match day_number(on) - day_number(document.today()) {
        0 => "today".to_owned(),
        days @ 1.. => format!("{} left", wording::counted(days, "day")),
        days => format!("{} ago", wording::counted(days.unsigned_abs(), "day")),
    };
    format!("{}, {left}", in_words(on))
}

fn carried_by(standing: AdvisoryState, rollout: &Rollout<'_>) -> (String, Option<(WindowId, NaiveDate)>) {
    if let Some(on) = rollout.advisory.in_on {
        return (format!("Installed on {}", wording::date(on)), None);
    }
    if !standing.is_open() {
        return (String::new(), None);
    }
    if standing == AdvisoryState::NoFix {
        return ("No fix yet".to_owned(), None);
    }
    if let Some((window, occurrence)) = rollout.last() {
        let text = format!("{}, {}", wording::short_date(occurrence.on()), window.window.name);
        return (text, Some((window.id().clone(), occurrence.original_on())));
    }
    let (all, covered) = (rollout.systems.len(), rollout.systems.iter().filter(|carried| carried.by.is_some()).count());
    let text = match (all, covered) {
        (0, _) => "No system affected".to_owned(),
        (_, 0) => "No window".to_owned(),
        _ => format!("{covered} of {}", wording::counted(all, "system")),
    };
    (text, None)
}

/// The lines of a plan and those that pass the filters, kept between frames.
#[derive(Default)]
pub struct LinesMemo {
    all: Memo<(Pointer<Plan>, NaiveDate), Vec<Line>>,
    filtered: Memo<(Pointer<Plan>, NaiveDate, String, AdvisoryFilter), Lines>,
}

/// All lines of a plan, and those that pass the filters.
pub struct Lines {
    /// Open advisories first, in the order of work.
    all: Rc<Vec<Line>>,
    filtered: Vec<usize>,
}

impl LinesMemo {
    pub fn lines(&mut self, document: &Document, filter: &str, quick: AdvisoryFilter) -> Rc<Lines> {
        let (plan, today) = (document.plan(), document.today());
        let all = self.all.get((Pointer::to(plan), today), || lines(document, &document.context()));
        self.filtered.get((Pointer::to(plan), today, filter.to_owned(), quick), || {
            let words = SearchWords::new(filter);
            let matches = |line: &Line| quick.admits(line) && words.are_in(&line.searched);
            let filtered = all.iter().enumerate().filter(|(_, line)| matches(line));
            let filtered = filtered.map(|(index, _)| index).collect();
            Lines { all, filtered }
        })
    }
}

impl Lines {
    pub fn len(&self) -> usize {
        self.filtered.len()
    }

    pub fn get(&self, row: usize) -> Option<&Line> {
        self.filtered.get(row).map(|index| &self.all[*index])
    }

    pub fn row_of(&self, id: &AdvisoryId) -> Option<usize> {
        self.filtered.iter().position(|index| self.all[*index].id == *id)
    }

    /// Whether any advisory of the plan has an EPSS score.
    pub fn has_scores(&self) -> bool {
        self.all.iter().any(|line| !line.epss.is_empty())
    }

    /// The number of lines that a quick filter would leave.
    pub fn count(&self, quick: AdvisoryFilter) -> usize {
        self.all.iter().filter(|line| quick.admits(line)).count()
    }
}

fn lines(document: &Document, context: &Context<'_>) -> Vec<Line> {
    let mut all: Vec<(AdvisoryState, Rollout<'_>)> = context.rollouts().collect();
    all.sort_by_cached_key(|(standing, rollout)| rollout.urgency(*standing));
    all.iter().map(|(standing, rollout)| Line::new(document, *standing, rollout)).collect()
}
