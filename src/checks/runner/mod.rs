//! Runs the rules, and runs again only those whose inputs changed.
//!
//! Findings are kept a unit: the plan's records; its freezes; each window by itself, beside freezes, holidays, ladders, the answers to
//! its occurrences and its outlook; each system with its windows, and beside the systems that it names; each ladder with
//! its windows, and the same beside freezes; each advisory with the windows that can carry it; each night; the rota.

mod advisories;
mod merge;
mod reached;
mod reuse;
mod units;
mod windows;

use std::sync::Arc;

use chrono::NaiveDate;

use self::reuse::{Inputs, Same};
use crate::checks::facts::nights::Nights;
use crate::checks::{Accepted, Check, Context, Finding, RULES, Severity, Sink};
use crate::parallel::{self, both};
use crate::schedule::{Climbs, Schedule};

/// What one unit found; nothing at all for most.
type Unit = Option<Arc<[Arc<Finding>]>>;

/// All that is wrong with one plan.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Sorted: errors first, then by rule and time.
    pub list: Arc<Vec<Arc<Finding>>>,
    /// Which of them somebody has accepted.
    pub accepted: Arc<Accepted>,
    /// How many are accepted, by severity.
    accepted_counts: [usize; 3],
    records: Unit,
    freezes: Unit,
    /// One for each window of the schedule; the same for the next four.
    windows: Vec<Unit>,
    window_freezes: Vec<Unit>,
    window_holidays: Vec<Unit>,
    window_ladders: Vec<Unit>,
    /// None at all where no outlook is known.
    window_outlooks: Vec<Unit>,
    window_answers: Vec<Unit>,
    /// One for each system of the plan.
    systems: Vec<Unit>,
    /// One for each system that names others, by its place in the plan's table.
    related: Vec<(u32, Unit)>,
    /// One for each ladder; the same for the next.
    ladders: Vec<Unit>,
    reached: Vec<Unit>,
    /// What they were found from; none for ladders without systems.
    climbs: Vec<Option<Arc<Climbs>>>,
    /// What is done in each night, and what was found about it.
    nights: (Nights, Vec<Unit>),
    rota: Unit,
    /// One for each advisory.
    advisories: Vec<Unit>,
    made_from: Inputs,
}

/// The findings of the plan before, and what of them still holds.
struct Before<'a> {
    findings: &'a Findings,
    same: Same<'a>,
}

impl Findings {
    /// Judges a schedule; `today` is the local date of now in the plan's zone. Reuses from `previous` what cannot have
    /// changed.
    pub fn of(schedule: &Schedule, today: NaiveDate, previous: Option<&Self>) -> Self {
        let cx = Context::new(schedule, today);
        let before =
            previous.map(|findings| Before { findings, same: Same::new(schedule, today, &findings.made_from) });
        let before = before.as_ref();
        // All at once: a core that is through with one kind helps with another.
        let of_ladders = || both(|| reached::reached(&cx, before), || units::ladders(&cx, before));
        let of_records = || (units::records(&cx, before), units::freezes(&cx, before), units::rota(&cx, before));
        let of_plan = || both(of_records, || units::nights(&cx, before));
        let of_systems = || both(|| units::systems(&cx, before), || units::related(&cx, before));
        let of_others = || both(of_systems, || advisories::advisories(&cx, before));
        let of_windows = || windows::OfWindows::of(&cx, before);
        let (
            (((reached, climbs), ladders), ((records, freezes, rota), nights)),
            (((systems, related), advisories), of_windows),
        ) = both(|| both(of_ladders, of_plan), || both(of_others, of_windows));
        let windows::OfWindows {
            windows,
            freezes: window_freezes,
            holidays,
            outlooks,
            ladders: window_ladders,
            answers,
        } = of_windows;
        let mut findings = Self {
            list: Arc::default(),
            accepted: match previous.filter(|findings| findings.accepted.is_of(&schedule.plan, today)) {
                Some(previous) => Arc::clone(&previous.accepted),
                None => Arc::new(Accepted::of(&schedule.plan, today)),
            },
            accepted_counts: [0; 3],
            records,
            freezes,
            windows,
            window_freezes,
            window_holidays: holidays,
            window_outlooks: outlooks,
            window_ladders,
            window_answers: answers,
            systems,
            related,
            ladders,
            reached,
            climbs,
            nights,
            rota,
            advisories,
            made_from: Inputs::of(schedule, today),
        };
        findings.list_all(previous);
        findings
    }

    /// How many of that severity ask for something: those that nobody has accepted.
    pub fn count(&self, severity: Severity) -> usize {
        let from = self.list.partition_point(|finding| finding.severity < severity);
        let to = self.list.partition_point(|finding| finding.severity <= severity);
        to - from - self.accepted_counts[severity as usize]
    }

    /// How many of that rule ask for something.
    pub fn count_of(&self, code: &str) -> usize {
        let rule = |finding: &Arc<Finding>| (finding.severity, finding.rule.code);
        let of_severity = |severity: Severity| {
            let from = self.list.partition_point(|finding| rule(finding) < (severity, code));
            let all = self.list[from..].iter().take_while(|finding| rule(finding) == (severity, code));
            all.filter(|finding| self.is_open(finding)).count()
        };
        Severity::ALL.into_iter().map(of_severity).sum()
    }

    /// Whether the list holds that very finding.
    pub fn has(&self, finding: &Arc<Finding>) -> bool {
        let from = self.place_in_list(finding);
        self.list[from..].iter().take_while(|each| each.order(finding).is_le()).any(|each| Arc::ptr_eq(each, finding))
    }

    /// Where that finding stands in the list, or would stand if it were still found.
    pub fn place_in_list(&self, finding: &Finding) -> usize {
        self.list.partition_point(|each| each.order(finding).is_lt())
    }

    /// How many are accepted.
    pub fn accepted_count(&self) -> usize {
        self.accepted_counts.iter().sum()
    }

    /// Whether nobody has accepted it.
    pub fn is_open(&self, finding: &Finding) -> bool {
        self.accepted.holding(finding).is_none()
    }

    /// Those that nobody has accepted, sorted.
    pub fn open(&self) -> impl Iterator<Item = &Arc<Finding>> {
        self.list.iter().filter(|finding| self.is_open(finding))
    }

    fn units(&self) -> impl Iterator<Item = &Arc<[Arc<Finding>]>> {
        let windows = [&self.windows, &self.window_freezes, &self.window_holidays, &self.window_ladders];
        let others = [&self.window_outlooks, &self.window_answers, &self.systems, &self.ladders];
        let others = others.into_iter().chain([&self.reached, &self.advisories]);
        let related = self.related.iter().flat_map(|(_, unit)| unit);
        let lists = windows.into_iter().chain(others).flatten().flatten();
        let single = [&self.records, &self.freezes, &self.rota].into_iter().flatten();
        single.chain(lists).chain(related).chain(self.nights.1.iter().flatten())
    }
}

/// So many units: what was `kept` of each from the findings before, else what is `found` now.
fn each(count: usize, kept: impl Fn(usize) -> Option<Unit> + Sync, found: impl Fn(usize) -> Unit + Sync) -> Vec<Unit> {
    parallel::map_places(count, |place| kept(place).unwrap_or_else(|| found(place)))
}

/// Runs those rules that `run` picks.
fn unit(run: impl Fn(&Check, &mut Sink)) -> Unit {
    let mut sink = Sink::default();
    for rule in RULES {
        run(&rule.check, &mut sink);
    }
    sink.into_unit()
}

impl Sink {
    fn into_unit(self) -> Unit {
        (!self.0.is_empty()).then(|| self.0.into())
    }
}
