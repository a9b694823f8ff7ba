//! Runs the rules, and runs again only those whose inputs changed.
//!
//! Findings are kept a unit: the plan's records; each window by itself, beside freezes, holidays, ladders, the answers to
//! its occurrences and its outlook; each system with its windows, and beside the systems that it names; each ladder with
//! its windows, and the same beside freezes; each advisory with the windows that can carry it; each night; the rota.

mod advisories;
mod reached;

use std::sync::Arc;

use chrono::NaiveDate;

use super::nights::Nights;
use super::order::Climb;
use super::related::naming;
use super::reuse::{Inputs, Same};
use super::{Accepted, Check, Context, Finding, RULES, Severity, Sink};
use crate::schedule::{Climbs, Schedule, WindowSchedule};

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
        let (reached, climbs) = reached::reached(&cx, before);
        let mut findings = Self {
            list: Arc::default(),
            accepted: match previous.filter(|findings| findings.accepted.is_of(&schedule.plan, today)) {
                Some(previous) => Arc::clone(&previous.accepted),
                None => Arc::new(Accepted::of(&schedule.plan, today)),
            },
            accepted_counts: [0; 3],
            records: records(&cx, before),
            windows: windows(&cx, before),
            window_freezes: window_freezes(&cx, before),
            window_holidays: window_holidays(&cx, before),
            window_outlooks: window_outlooks(&cx, before),
            window_ladders: window_ladders(&cx, before),
            window_answers: window_answers(&cx, before),
            systems: systems(&cx, before),
            related: related(&cx, before),
            ladders: ladders(&cx, before),
            reached,
            climbs,
            nights: nights(&cx, before),
            rota: rota(&cx, before),
            advisories: advisories::advisories(&cx, before),
            made_from: Inputs::of(schedule, today),
        };
        findings.list = match previous {
            Some(previous) => findings.merged(previous),
            None => sorted(findings.units().flat_map(|unit| unit.iter().cloned()).collect()),
        };
        findings.accepted_counts = findings.accepted.count(&findings.list);
        findings
    }

    /// How many of that severity ask for something: those that nobody has accepted.
    pub fn count(&self, severity: Severity) -> usize {
        let from = self.list.partition_point(|finding| finding.severity < severity);
        let to = self.list.partition_point(|finding| finding.severity <= severity);
        to - from - self.accepted_counts[severity as usize]
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
        self.records.iter().chain(&self.rota).chain(lists).chain(related).chain(self.nights.1.iter().flatten())
    }

    /// Where the units are in memory, sorted.
    fn pointers(&self) -> Vec<*const Arc<Finding>> {
        let mut pointers: Vec<_> = self.units().map(|unit| Arc::as_ptr(unit).cast()).collect();
        pointers.sort_unstable();
        pointers
    }

    /// The list of all units' findings, made from the previous list: what is gone cut out, what is new put in.
    fn merged(&self, previous: &Self) -> Arc<Vec<Arc<Finding>>> {
        let (known, current) = (previous.pointers(), self.pointers());
        let is_in = |pointers: &[_], unit: &Arc<[_]>| pointers.binary_search(&Arc::as_ptr(unit).cast()).is_ok();
        let gone = previous.units().filter(|unit| !is_in(&current, unit)).flat_map(|unit| unit.iter());
        let new = self.units().filter(|unit| !is_in(&known, unit)).flat_map(|unit| unit.iter());
        let new = sorted(new.cloned().collect());
        let old = &previous.list;
        let place = |finding: &Finding| old.partition_point(|each| each.order(finding).is_lt());
        let place_of_gone = |finding: &Arc<Finding>| {
            let place = place(finding);
            old[place..].iter().position(|each| Arc::ptr_eq(each, finding)).map(|after| (place + after, None))
        };
        let mut cuts: Vec<(usize, Option<&Arc<Finding>>)> =
            new.iter().map(|finding| (place(finding), Some(finding))).chain(gone.filter_map(place_of_gone)).collect();
        if cuts.is_empty() {
            return Arc::clone(old);
        }
        cuts.sort_by_key(|(place, _)| *place);
        let mut list = Vec::with_capacity(old.len() + new.len());
        let mut next = 0;
        for (place, new) in cuts {
            list.extend_from_slice(&old[next..place]);
            list.extend(new.cloned());
            next = place + usize::from(new.is_none());
        }
        list.extend_from_slice(&old[next..]);
        Arc::new(list)
    }
}

fn sorted(list: Vec<Arc<Finding>>) -> Arc<Vec<Arc<Finding>>> {
    // What comes first in the order is kept at hand: most findings need not be looked at.
    let at_hand = |finding: Arc<Finding>| ((finding.severity, finding.rule.place(), finding.at), finding);
    let mut list: Vec<_> = list.into_iter().map(at_hand).collect();
    list.sort_by(|(a_first, a), (b_first, b)| a_first.cmp(b_first).then_with(|| a.order(b)));
    Arc::new(list.into_iter().map(|(_, finding)| finding).collect())
}

fn records(cx: &Context<'_>, before: Option<&Before<'_>>) -> Unit {
    let kept = before.filter(|before| before.same.records()).map(|before| before.findings.records.clone());
    kept.unwrap_or_else(|| {
        unit(|check, sink| {
            if let Check::Records(check) | Check::All { records: check, .. } = check {
                check(cx, sink);
            }
        })
    })
}

fn windows(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept = |before: &Before<'_>, index| before.findings.windows.get(before.same.window(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::Window(check) | Check::All { window: check, .. } | Check::WindowAndRota(check, _) => Some(*check),
        _ => None,
    })
}

fn window_freezes(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_freezes.get(before.same.window_freezes(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowFreezes(check) => Some(*check),
        _ => None,
    })
}

fn window_holidays(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_holidays.get(before.same.window_holidays(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowHolidays(check) => Some(*check),
        _ => None,
    })
}

fn window_outlooks(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let outlooks = &cx.schedule.outlooks;
    if outlooks.is_empty() {
        return Vec::new();
    }
    let run = |(index, window): (usize, &Arc<WindowSchedule>)| {
        let outlook = outlooks.get(window)?;
        let kept =
            before.and_then(|before| before.findings.window_outlooks.get(before.same.window_outlook(index, outlook)?));
        kept.cloned().unwrap_or_else(|| {
            unit(|check, sink| {
                if let Check::WindowOutlook(check) = check {
                    check(cx, window, outlook, sink);
                }
            })
        })
    };
    cx.schedule.windows.iter().enumerate().map(run).collect()
}

fn window_ladders(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_ladders.get(before.same.window_ladders(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowLadders(check) => Some(*check),
        _ => None,
    })
}

fn window_answers(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let kept =
        |before: &Before<'_>, index| before.findings.window_answers.get(before.same.window_answers(index)?).cloned();
    each_window(cx, before, kept, |check| match check {
        Check::WindowAnswers(check) => Some(*check),
        _ => None,
    })
}

/// A unit for each window: what was `kept` of the findings before, else what the rules of one kind find.
fn each_window(
    cx: &Context<'_>,
    before: Option<&Before<'_>>,
    kept: impl Fn(&Before<'_>, usize) -> Option<Unit>,
    of_kind: impl Fn(&Check) -> Option<fn(&Context<'_>, &WindowSchedule, &mut Sink)>,
) -> Vec<Unit> {
    let checks: Vec<_> = RULES.iter().filter_map(|rule| of_kind(&rule.check)).collect();
    let found = |window: &WindowSchedule| {
        let mut sink = Sink::default();
        for check in &checks {
            check(cx, window, &mut sink);
        }
        sink.into_unit()
    };
    let windows = cx.schedule.windows.iter().enumerate();
    windows
        .map(|(index, window)| before.and_then(|before| kept(before, index)).unwrap_or_else(|| found(window)))
        .collect()
}

fn systems(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let run = |position| {
        let covering = cx.schedule.covering.windows(position);
        if covering.len() < 2 {
            return None;
        }
        let kept = before.and_then(|before| before.findings.systems.get(before.same.system(position, covering)?));
        kept.cloned().unwrap_or_else(|| {
            unit(|check, sink| {
                if let Check::System(check) = check {
                    check(cx, position, covering, sink);
                }
            })
        })
    };
    (0..cx.schedule.covering.systems()).map(run).collect()
}

fn related(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<(u32, Unit)> {
    let kept = |place: u32| {
        let before = before.filter(|before| before.same.related(place as usize))?;
        let stood = &before.findings.related;
        stood.binary_search_by_key(&place, |(place, _)| *place).ok().map(|index| stood[index].1.clone())
    };
    let found = |place: u32| {
        unit(|check, sink| {
            if let Check::Related(check) = check {
                check(cx, place as usize, sink);
            }
        })
    };
    let run = |place| (place, kept(place).unwrap_or_else(|| found(place)));
    match before.filter(|before| before.same.systems) {
        Some(before) => before.findings.related.iter().map(|(place, _)| run(*place)).collect(),
        None => naming(cx.plan()).into_iter().map(run).collect(),
    }
}

fn nights(cx: &Context<'_>, before: Option<&Before<'_>>) -> (Nights, Vec<Unit>) {
    let counted = before.and_then(|before| {
        let (nights, units) = &before.findings.nights;
        let (nights, touched) = nights.after(cx.schedule, before.same.old_windows())?;
        Some((nights, before.same.nights.then_some((units, touched))))
    });
    let (nights, kept) = counted.unwrap_or_else(|| (Nights::of(cx.schedule), None));
    let unit_of = |place: usize| match &kept {
        Some((units, touched)) if !touched[place] => units[place].clone(),
        _ => None,
    };
    let mut units: Vec<Unit> = (0..nights.len()).map(unit_of).collect();
    let is_asked = |place: usize| kept.as_ref().is_none_or(|(_, touched)| touched[place]);
    for (place, night) in nights.crowded(&cx.plan().policy.night, is_asked) {
        units[place] = unit(|check, sink| {
            if let Check::Night(check) = check {
                check(cx, &night, sink);
            }
        });
    }
    (nights, units)
}

fn ladders(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let run = |reach| {
        let kept = before.and_then(|before| before.findings.ladders.get(before.same.ladder(reach)?));
        kept.cloned().unwrap_or_else(|| {
            let climb = Climb::of(cx, reach);
            unit(|check, sink| {
                if let Check::Ladder(check) = check {
                    check(cx, &climb, sink);
                }
            })
        })
    };
    cx.schedule.reaches.iter().map(run).collect()
}

fn rota(cx: &Context<'_>, before: Option<&Before<'_>>) -> Unit {
    let rota = &cx.schedule.rota;
    if rota.is_empty() {
        return None;
    }
    let kept = before.filter(|before| before.same.rota()).map(|before| before.findings.rota.clone());
    kept.unwrap_or_else(|| {
        unit(|check, sink| {
            if let Check::Rota(check) | Check::WindowAndRota(_, check) = check {
                check(cx, rota, sink);
            }
        })
    })
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
