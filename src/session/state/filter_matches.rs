//! Which windows a filter leaves, and how many each of its parts would leave. Pure.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Findings, Severity};
use crate::model::{Agreement, Plan};
use crate::parallel;
use crate::schedule::agreement::answers::Party;
use crate::schedule::{Schedule, WindowSchedule};
use crate::session::state::window_filter::{AgreementChoice, FilterKind, FilterPart, FindingsChoice, WindowFilter};

/// The windows that a filter leaves, as indices into `Schedule::windows`.
#[derive(Debug, PartialEq, Eq)]
pub struct FilterMatches {
    /// Ascending.
    windows: Vec<u32>,
    /// For each window of the plan, one bit for each kind of part that it misses, and one for the words.
    missed: Vec<u8>,
}

/// What filters ask of the windows of a plan. What takes long is calculated when it is needed first.
pub struct WindowTraits<'a> {
    schedule: &'a Schedule,
    findings: &'a Findings,
    today: NaiveDate,
    findings_bits: OnceCell<Vec<u8>>,
    agreement_bits: OnceCell<Vec<u8>>,
}

/// The bit for the words.
const TEXT: u8 = 1 << 7;

impl FilterMatches {
    pub fn new(traits: &WindowTraits<'_>, filter: &WindowFilter) -> Self {
        let schedule = traits.schedule;
        let mut missed = vec![0; schedule.windows.len()];
        let words = filter.words();
        if !words.is_empty() {
            for (missed, window) in missed.iter_mut().zip(&schedule.windows) {
                *missed |= if has_words(window, &words) { 0 } else { TEXT };
            }
        }
        for kind in FilterKind::ALL {
            let parts = filter.parts.iter().filter(|part| part.kind() == kind && part.is_known(&schedule.plan));
            let members: Vec<Vec<u32>> = parts.map(|part| traits.windows_with(part)).collect();
            if members.is_empty() {
                continue;
            }
            let mut is_in = vec![false; missed.len()];
            members.iter().flatten().for_each(|window| is_in[*window as usize] = true);
            for (missed, is_in) in missed.iter_mut().zip(is_in) {
                *missed |= if is_in { 0 } else { bit(kind) };
            }
        }
        let windows = (0..missed.len() as u32).filter(|window| missed[*window as usize] == 0).collect();
        Self { windows, missed }
    }

    pub fn windows(&self) -> &[u32] {
        &self.windows
    }

    #[inline]
    pub fn contains(&self, window: u32) -> bool {
        self.missed.get(window as usize) == Some(&0)
    }

    /// The number of all windows of the plan.
    pub fn total(&self) -> usize {
        self.missed.len()
    }

    /// How many windows would be left if the part were the only one of its kind.
    pub fn count_with(&self, traits: &WindowTraits<'_>, part: &FilterPart) -> usize {
        let others = !bit(part.kind());
        traits.windows_with(part).into_iter().filter(|window| self.missed[*window as usize] & others == 0).count()
    }
}

fn bit(kind: FilterKind) -> u8 {
    1 << kind as u8
}

fn has_words(window: &WindowSchedule, words: &[String]) -> bool {
    let window = &window.window;
    let text = [&*window.name, &window.change_ticket, &window.notes].join("\n").to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

impl<'a> WindowTraits<'a> {
    pub fn new(schedule: &'a Schedule, findings: &'a Findings, today: NaiveDate) -> Self {
        Self { schedule, findings, today, findings_bits: OnceCell::new(), agreement_bits: OnceCell::new() }
    }

    /// The windows that match a part, ascending.
    pub fn windows_with(&self, part: &FilterPart) -> Vec<u32> {
        let schedule = self.schedule;
        match part {
            FilterPart::Stage(stage) => self.those(|window| window.scope.stage == *stage),
            FilterPart::Ladder(id) => schedule.reach(id).map_or_else(Vec::new, |reach| reach.windows.to_vec()),
            FilterPart::Area(id) => {
                let systems = schedule.plan.systems().iter().enumerate();
                let mut windows: Vec<u32> = systems
                    .filter(|(_, system)| system.area.as_ref() == Some(id))
                    .flat_map(|(position, _)| schedule.covering.windows_covering(position))
                    .copied()
                    .collect();
                windows.sort_unstable();
                windows.dedup();
                windows
            }
            FilterPart::Team(id) => match schedule.plan.teams().get(id) {
                Some(team) => self.those(|window| window.window.has_booked(team)),
                None => Vec::new(),
            },
            FilterPart::Findings(choice) => {
                let bits = self.findings_bits.get_or_init(|| findings_bits(schedule, self.findings));
                those_with(bits, |bits| match choice {
                    FindingsChoice::Any => bits != 0,
                    FindingsChoice::Errors => bits & severity_bit(Severity::Error) != 0,
                    FindingsChoice::Warnings => bits & severity_bit(Severity::Warning) != 0,
                    FindingsChoice::Clean => bits == 0,
                })
            }
            FilterPart::Agreement(choice) => {
                let bits = self.agreement_bits.get_or_init(|| agreement_bits(schedule, self.today));
                those_with(bits, |bits| match choice {
                    AgreementChoice::NotAsked => bits & NOT_ASKED != 0,
                    AgreementChoice::Asked => bits & ASKED != 0,
                    AgreementChoice::Declined => bits & DECLINED != 0,
                    AgreementChoice::Agreed => bits == AGREED,
                })
            }
            FilterPart::System(id) => match schedule.plan.systems().position(id) {
                Some(position) => schedule.covering.windows_covering(position).to_vec(),
                None => Vec::new(),
            },
        }
    }

    fn those(&self, is_in: impl Fn(&WindowSchedule) -> bool) -> Vec<u32> {
        let windows = self.schedule.windows.iter().enumerate();
        windows.filter(|(_, window)| is_in(window)).map(|(index, _)| index as u32).collect()
    }
}

fn those_with(bits: &[u8], is_in: impl Fn(u8) -> bool) -> Vec<u32> {
    bits.iter().enumerate().filter(|(_, bits)| is_in(**bits)).map(|(index, _)| index as u32).collect()
}

fn severity_bit(severity: Severity) -> u8 {
    1 << severity as u8
}

/// The severities of the open findings of each window and its occurrences.
fn findings_bits(schedule: &Schedule, findings: &Findings) -> Vec<u8> {
    let mut bits = vec![0; schedule.windows.len()];
    for finding in findings.open() {
        if let Some(index) = finding.window.as_ref().and_then(|window| schedule.plan.windows().position(window)) {
            bits[index] |= severity_bit(finding.severity);
        }
    }
    bits
}

const NOT_ASKED: u8 = 1;
const ASKED: u8 = 1 << 1;
const DECLINED: u8 = 1 << 2;
const AGREED: u8 = 1 << 3;

/// The answers of all areas to the coming dates of each window.
fn agreement_bits(schedule: &Schedule, today: NaiveDate) -> Vec<u8> {
    let plan = &*schedule.plan;
    let position = |area| plan.areas().position(area);
    let areas: Vec<Option<usize>> =
        plan.systems().iter().map(|system| system.area.as_ref().and_then(position)).collect();
    parallel::map_indices(schedule.windows.len(), |index| {
        let window = &schedule.windows[index];
        let mut of_window: Vec<usize> =
            window.scope.positions.iter().filter_map(|system| areas[*system as usize]).collect();
        of_window.sort_unstable();
        of_window.dedup();
        of_window.into_iter().fold(0, |bits, area| bits | answers_of(plan, window, area, today))
    })
}

/// The answers of an area to the coming dates of a window.
fn answers_of(plan: &Plan, window: &Arc<WindowSchedule>, area: usize, today: NaiveDate) -> u8 {
    let party = Party::new(plan, window, &plan.areas().as_slice()[area]);
    let unasked = if party.notice_days.is_some() { NOT_ASKED } else { 0 };
    let mut coming = window.expansion.occurrences.iter().filter(|occurrence| occurrence.on() >= today);
    if plan.ledger().for_window(window.id()).is_empty() && plan.sent_invites().for_window(window.id()).is_empty() {
        return coming.next().map_or(0, |_| unasked);
    }
    coming.fold(0, |bits, occurrence| {
        let Some(answer) = party.recorded_answer(occurrence) else { return bits | unasked };
        bits | match answer.agreement() {
            Agreement::NotAsked if answer.outdated().is_some() => NOT_ASKED,
            Agreement::NotAsked => unasked,
            Agreement::Asked { .. } => ASKED,
            Agreement::Declined { .. } => DECLINED,
            Agreement::Agreed { .. } => AGREED,
        }
    })
}

#[cfg(test)]
mod tests;
