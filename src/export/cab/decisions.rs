//! What the board must decide: dates without agreement, exemptions without approval, late notice.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::coming::{Coming, LONGEST_TEXT, sign_off, title};
use crate::checks::{Context, EXEMPTION_UNAPPROVED, Findings};
use crate::export::paper::{Part, Table};
use crate::export::sheet_text::{area_name, column, hours_with_zone, name, names, starts_on, window_name};
use crate::export::text::{clip, clip_line, one_line};
use crate::model::Agreement;
use crate::schedule::agreement::answers::{Answer, answers};
use crate::schedule::agreement::ledger::{DueNotice, Ledger};
use crate::schedule::{AdvisoryState, Occurrence, Rollout, WindowSchedule};
use crate::wording::{counted, date};

/// An empty box to tick.
const BOX: &str = "□";

/// A decision: what it is about, and the question with its reason.
type Decision = [String; 2];

/// The decisions with three boxes each, and a line to sign on.
pub fn parts(coming: &Coming<'_>, findings: &Findings) -> Vec<Part> {
    let mut decisions: Vec<Decision> = coming
        .occurrences
        .iter()
        .flat_map(|(window, occurrence)| occurrence_decisions(coming, window, occurrence))
        .collect();
    decisions.extend(late_notice(coming));
    decisions.extend(exemptions(findings));
    decisions.extend(undecided_advisories(coming));
    let heading = title("Decisions to take", "");
    if decisions.is_empty() {
        return vec![heading, Part::Text("None".to_owned()), sign_off()];
    }
    let columns = [("", 1), ("About", 7), ("To decide", 13), ("Approved", 3), ("Rejected", 3), ("Deferred", 3)];
    let row = |(number, [about, question]): (usize, Decision)| {
        let boxes = [BOX; 3].map(str::to_owned);
        [(number + 1).to_string(), about, question].into_iter().chain(boxes).collect()
    };
    let rows = decisions.into_iter().enumerate().map(row).collect();
    let table = Table { columns: columns.map(|(name, share)| column(name, share)).into(), rows };
    vec![heading, Part::Table(table), sign_off()]
}

/// What an answer leaves undecided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Open {
    /// Declined, without a reserve date.
    Declined,
    /// Not asked in time.
    Late,
    /// Asked, without an answer.
    Unanswered,
    /// There is still time to ask.
    NotAsked,
}

impl Open {
    fn new(answer: &Answer<'_>, coming: &Coming<'_>) -> Option<Self> {
        match answer.agreement() {
            Agreement::Agreed { .. } => None,
            Agreement::Declined { .. } if answer.entry.is_some_and(|entry| entry.reserve_on.is_some()) => None,
            Agreement::Declined { .. } => Some(Self::Declined),
            Agreement::Asked { .. } => answer.notice.map(|_| Self::Unanswered),
            Agreement::NotAsked => {
                answer.notice.map(|notice| if notice.due_on < coming.today { Self::Late } else { Self::NotAsked })
            }
        }
    }

    fn question(self, areas: &str, first: &Answer<'_>) -> String {
        let due = first.notice.map_or_else(String::new, |notice| date(notice.due_on));
        match self {
            Self::Declined => format!("Go ahead, move or skip? {areas} declined, no reserve date"),
            Self::Late => format!("Go ahead at short notice? {areas}: not asked, notice was due on {due}"),
            Self::Unanswered => format!("Go ahead without an answer? {areas}: asked, no answer"),
            Self::NotAsked => format!("Go ahead? {areas}: not asked yet, notice is due on {due}"),
        }
    }
}

/// The areas with the same open question about an occurrence make one decision.
fn occurrence_decisions(coming: &Coming<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> Vec<Decision> {
    let mut open: BTreeMap<Open, Vec<Answer<'_>>> = BTreeMap::new();
    for answer in answers(&coming.schedule.plan, window, occurrence) {
        if let Some(kind) = Open::new(&answer, coming) {
            open.entry(kind).or_default().push(answer);
        }
    }
    let on = starts_on(window, occurrence);
    let about = format!("{}\n{} {}", window_name(&window.window), date(on), hours_with_zone(window, occurrence));
    let question = |(kind, mut answers): (Open, Vec<Answer<'_>>)| {
        answers.sort_by_key(|answer| answer.notice.map(|notice| notice.due_on));
        let areas = names(answers.iter().map(|answer| with_reason(answer)));
        let question = answers.first().map_or_else(String::new, |first| kind.question(&areas, first));
        [about.clone(), clip(question, LONGEST_TEXT)]
    };
    open.into_iter().map(question).collect()
}

/// "Payments"; "Payments (Quarter close)" if it gave a reason for declining.
fn with_reason(answer: &Answer<'_>) -> String {
    let area = area_name(answer.area);
    match answer.agreement() {
        Agreement::Declined { reason, .. } if !reason.trim().is_empty() => format!("{area} ({})", name(reason)),
        _ => area,
    }
}

/// Overdue notice of dates after these weeks, a line for each window.
fn late_notice(coming: &Coming<'_>) -> Vec<Decision> {
    let ledger = Ledger::derive(coming.schedule, coming.today, None);
    let is_late = |notice: &&DueNotice| {
        let on = starts_on(&notice.window(&ledger).schedule, notice.occurrence(&ledger));
        notice.due_on() < coming.today && on > coming.last
    };
    let mut late: BTreeMap<u32, Vec<&DueNotice>> = BTreeMap::new();
    for notice in ledger.notices.iter().filter(is_late) {
        late.entry(notice.window).or_default().push(notice);
    }
    let decision = |notices: Vec<&DueNotice>| {
        let first = notices.first()?;
        let window = &first.window(&ledger).schedule;
        let dates = counted(notices.len(), "later date");
        let question = format!("Ask late? Notice of {dates} was due, the first on {}", date(first.due_on()));
        Some([window_name(&window.window), question])
    };
    late.into_values().filter_map(decision).collect()
}

/// Windows that are exempt from a freeze without approval.
fn exemptions(findings: &Findings) -> Vec<Decision> {
    let unapproved = findings.open().filter(|finding| finding.is_of(EXEMPTION_UNAPPROVED));
    let decision = |message: &str| {
        ["Exemption from a freeze".to_owned(), format!("Approve it: {}", clip_line(message, LONGEST_TEXT))]
    };
    unapproved.map(|finding| decision(&finding.message)).collect()
}

/// Open advisories without a decision: those due in these weeks or without a window in time, then how many others.
fn undecided_advisories(coming: &Coming<'_>) -> Vec<Decision> {
    let cx = Context::new(coming.schedule, coming.today);
    let is_undecided =
        |(state, rollout): &(AdvisoryState, Rollout<'_>)| state.is_open() && rollout.advisory.decisions.is_empty();
    let mut pressing = Vec::new();
    let mut others = 0_usize;
    for (state, rollout) in cx.rollouts().filter(is_undecided) {
        let due_on = rollout.due_on(&coming.schedule.zone);
        let lacks_window = matches!(state, AdvisoryState::WithoutWindow | AdvisoryState::Overdue);
        if lacks_window || due_on.is_some_and(|due_on| due_on <= coming.last) {
            pressing.push((due_on, advisory_decision(state, &rollout, due_on)));
        } else {
            others += 1;
        }
    }
    pressing.sort_by_key(|(due_on, _)| due_on.is_none().then_some(NaiveDate::MAX).or(*due_on));
    let others = (others > 0).then(|| {
        ["Advisories due later".to_owned(), format!("Decide now? {} without a decision", counted(others, "advisory"))]
    });
    pressing.into_iter().map(|(_, decision)| decision).chain(others).collect()
}

fn advisory_decision(state: AdvisoryState, rollout: &Rollout<'_>, due_on: Option<NaiveDate>) -> Decision {
    let due = match (due_on, state) {
        (Some(on), AdvisoryState::Overdue) => format!("was due {}", date(on)),
        (Some(on), AdvisoryState::WithoutWindow) => format!("due {}, no window in time", date(on)),
        (Some(on), _) => format!("due {}", date(on)),
        (None, _) => "no due date".to_owned(),
    };
    let advisory = rollout.advisory;
    let about = clip(one_line(&format!("{} {}", advisory.number(), advisory.title)), LONGEST_TEXT);
    [about, format!("Deploy, defer, mitigate or accept? {due}")]
}
