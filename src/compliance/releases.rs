//! The process of each release of a vendor on each ladder that follows it. All of it follows from the plan: nothing is
//! ticked.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::stages::{Judgement, Process, SystemWork, installed, recorded, verified};
use crate::model::{
    Advisory, DeploymentGroup, GroupRecord, Ladder, ProcessStage, ReleaseCalendar, SignOff, SystemId, UtcMinute,
};
use crate::schedule::{
    Cycle, Done, FreezeTimes, History, LadderCycles, Reach, Schedule, advisory_due_at, advisory_severity,
    next_installing,
};
use crate::wording::{counted, date};

/// A release on a ladder that follows its calendar.
#[derive(Clone, Copy, Debug)]
pub struct LadderRelease<'a> {
    pub ladder: &'a Ladder,
    pub calendar: &'a ReleaseCalendar,
    pub released_at: UtcMinute,
    /// Its date on the plan's clock.
    pub on: NaiveDate,
}

/// The stages of a release on a ladder at an instant.
pub type ReleaseProcess<'a> = Process<LadderRelease<'a>>;

/// The process of each release in the plan's months that was published by an instant, by ladder, then release.
///
/// A system has a release once a window that started after it has patched the system; updates are cumulative, so a later
/// window counts as well.
pub fn release_processes(schedule: &Schedule, at: UtcMinute) -> Vec<ReleaseProcess<'_>> {
    let (freezes, history) = (FreezeTimes::all(schedule), History::new(schedule));
    let of_ladder = |reach| OfLadder::new(schedule, reach, &freezes, &history, at).into_iter().flat_map(OfLadder::all);
    schedule.reaches.iter().flat_map(of_ladder).collect()
}

/// What the releases of a ladder have in common.
struct OfLadder<'a, 'k> {
    schedule: &'a Schedule,
    reach: &'a Reach,
    calendar: &'a ReleaseCalendar,
    freezes: &'k [FreezeTimes<'a>],
    history: &'k History<'a>,
    /// Those that affect a system of the ladder.
    advisories: Vec<&'a Advisory>,
    /// The systems that are tested before others, which are like them.
    counterparts: HashSet<&'a SystemId>,
    at: UtcMinute,
}

impl<'a, 'k> OfLadder<'a, 'k> {
    /// None if the ladder follows no calendar.
    fn new(
        schedule: &'a Schedule,
        reach: &'a Reach,
        freezes: &'k [FreezeTimes<'a>],
        history: &'k History<'a>,
        at: UtcMinute,
    ) -> Option<Self> {
        let plan = &*schedule.plan;
        let calendar = plan.releases().get(reach.ladder.release.as_ref()?)?;
        let systems: HashSet<&SystemId> = reach.ladder.groups.iter().flat_map(|group| &group.systems).collect();
        let is_there = |advisory: &&Advisory| advisory.systems.iter().any(|system| systems.contains(system));
        let advisories = plan.advisories().iter().map(|advisory| &**advisory).filter(is_there).collect();
        let counterparts = systems.iter().filter_map(|id| plan.systems().get(id)?.counterpart.as_ref()).collect();
        Some(Self { schedule, reach, calendar, freezes, history, advisories, counterparts, at })
    }

    fn all(self) -> Vec<ReleaseProcess<'a>> {
        let cycles = LadderCycles::derive(self.schedule, self.reach, self.freezes);
        let releases = self.schedule.releases.iter().filter(|release| release.calendar == self.calendar.id);
        let published = releases.map(|release| release.at).filter(|at| *at <= self.at);
        let process = |released_at: UtcMinute| {
            let subject = LadderRelease {
                ladder: &self.reach.ladder,
                calendar: self.calendar,
                released_at,
                on: self.schedule.zone.local(released_at).date(),
            };
            let groups = self.reach.ladder.groups.iter().map(|group| self.work(group, released_at)).collect();
            let cycle = cycles.iter().find(|cycle| cycle.released_at == released_at);
            let known = Known { of_ladder: &self, subject, cycle, groups };
            Process::new(subject, |stage| known.judge(stage))
        };
        published.map(process).collect()
    }

    /// The systems of a group, and what has installed the release on them.
    fn work(&self, group: &DeploymentGroup, released_at: UtcMinute) -> Vec<SystemWork<'a>> {
        let systems = group.systems.iter().filter_map(|id| self.schedule.plan.systems().get(id));
        let done = |id: &SystemId| {
            let events = self.history.events(id);
            let past = &events[..events.partition_point(|event| event.at <= self.at)];
            Done::find(past, released_at, None)
        };
        systems.map(|system| SystemWork { id: &system.id, name: &system.name, done: done(&system.id) }).collect()
    }
}

/// What is known of a release on a ladder.
struct Known<'o, 'a, 'k> {
    of_ladder: &'o OfLadder<'a, 'k>,
    subject: LadderRelease<'a>,
    /// None if no group of the ladder has systems.
    cycle: Option<&'o Cycle>,
    /// The systems of each group.
    groups: Vec<Vec<SystemWork<'a>>>,
}

impl<'a> Known<'_, 'a, '_> {
    fn judge(&self, stage: ProcessStage) -> Judgement {
        match stage {
            ProcessStage::Identify => self.identify(),
            ProcessStage::Assess => self.assess(),
            ProcessStage::Plan => self.planned(),
            ProcessStage::Test => self.test(),
            ProcessStage::Deploy => self.deploy(),
            ProcessStage::Verify => verified(&self.groups.concat()),
            ProcessStage::Document => self.document(),
        }
    }

    /// The groups that have systems.
    fn groups(&self) -> impl Iterator<Item = (usize, &'a DeploymentGroup, &[SystemWork<'a>])> {
        let all = self.subject.ladder.groups.iter().zip(&self.groups).enumerate();
        all.map(|(index, (group, work))| (index, group, work.as_slice())).filter(|(_, _, work)| !work.is_empty())
    }

    /// Those in which it is not installed everywhere.
    fn waiting(&self) -> impl Iterator<Item = (usize, &'a DeploymentGroup, &[SystemWork<'a>])> {
        self.groups().filter(|(_, _, work)| work.iter().any(|system| system.done.is_none()))
    }

    /// What was recorded of it in a group.
    fn record(&self, group: &DeploymentGroup) -> Option<&'a GroupRecord> {
        let LadderRelease { ladder, on, .. } = self.subject;
        self.of_ladder.schedule.plan.group_records().for_group(&ladder.id, &group.id, on)
    }

    /// The sign-offs that the ladder's gate asks for; none if it has no gate.
    fn gate(&self) -> Option<&'a [SignOff]> {
        let gate = self.of_ladder.schedule.plan.policy().gate(&self.subject.ladder.id);
        gate.map(|gate| gate.sign_offs.as_slice())
    }

    fn identify(&self) -> Judgement {
        let systems: usize = self.groups.iter().map(Vec::len).sum();
        let groups = self.groups().count();
        if groups == 0 {
            return Judgement::missing("systems in the groups of the ladder");
        }
        Judgement::with(format!("{} in {}", counted(systems, "system"), counted(groups, "group")))
    }

    /// The advisories that came with it or after it, before the next release.
    fn assess(&self) -> Judgement {
        let OfLadder { schedule, advisories, at, .. } = self.of_ladder;
        let date_of = |at: UtcMinute| schedule.zone.local(at).date();
        let next_on = self.cycle.and_then(|cycle| cycle.next_at).map(date_of);
        let today = date_of(at.plus(-1));
        let is_of_it =
            |on: NaiveDate| self.subject.on <= on && next_on.is_none_or(|next_on| on < next_on) && on <= today;
        let of_it: Vec<&Advisory> =
            advisories.iter().copied().filter(|advisory| is_of_it(advisory.published_on)).collect();
        if of_it.is_empty() {
            return Judgement::not_needed();
        }
        let policy = schedule.plan.policy();
        let severity = |advisory: &&Advisory| advisory_severity(advisory, policy);
        let is_assessed = |advisory: &Advisory| {
            advisory.decisions.iter().any(|decision| decision.on <= today)
                || advisory_severity(advisory, policy).is_some()
                || advisory_due_at(schedule, advisory).is_some()
        };
        let open: Vec<String> =
            of_it.iter().filter(|advisory| !is_assessed(advisory)).map(|advisory| advisory.number()).collect();
        let open: Vec<&str> = open.iter().map(String::as_str).collect();
        let worst = of_it.iter().filter_map(severity).min_by_key(|severity| severity.within);
        let worst = worst.map_or_else(String::new, |severity| format!(", {}", severity.name));
        Judgement::with(format!("{}{worst}", counted(of_it.len(), "advisory")))
            .lacks("a score or a decision for", &open)
    }

    /// Each group needs a window before the next release, unless the release is installed there.
    fn planned(&self) -> Judgement {
        let Some(cycle) = self.cycle else { return Judgement::not_needed() };
        let OfLadder { schedule, at, .. } = *self.of_ladder;
        let (mut without, mut late, mut last) = (Vec::new(), Vec::new(), None);
        let mut plan = |name: &'a str, end_at: UtcMinute| {
            last = last.max(Some(end_at));
            // What is late already cannot be planned in time.
            if cycle.next_at.is_some_and(|next_at| at < next_at && next_at < end_at) {
                late.push(name);
            }
        };
        for (index, group, work) in self.waiting() {
            match cycle.steps.iter().find(|step| step.group == index) {
                Some(step) if step.end_at > at => plan(&group.name, step.end_at),
                // Its window is over, but did not reach all systems.
                Some(_) => {
                    for system in work.iter().filter(|system| system.done.is_none()) {
                        match self.next_end_at(system.id) {
                            Some(end_at) => plan(system.name, end_at),
                            None => without.push(system.name),
                        }
                    }
                }
                None => without.push(&group.name),
            }
        }
        let on = |end_at: UtcMinute| date(schedule.zone.local(end_at.plus(-1)).date());
        let output = last.map_or_else(String::new, |end_at| format!("last on {}", on(end_at)));
        Judgement::with(output).lacks("a window for", &without).lacks("an earlier window for", &late)
    }

    /// When the next window ends that covers a system.
    fn next_end_at(&self, system: &SystemId) -> Option<UtcMinute> {
        let OfLadder { schedule, freezes, at, .. } = *self.of_ladder;
        let position = schedule.plan.systems().position(system)?;
        let (_, occurrence) = next_installing(schedule, position, at.max(self.subject.released_at), freezes)?;
        Some(occurrence.end_at)
    }

    /// The groups for tests and counterparts: installed, and with a gate the groups tested as well.
    fn test(&self) -> Judgement {
        let groups: Vec<_> = self.groups().filter(|(_, group, _)| group.stage.is_for_tests()).collect();
        let counterparts = &self.of_ladder.counterparts;
        let tested_first = |group: &DeploymentGroup, system: &SystemWork<'_>| {
            group.stage.is_for_tests() || counterparts.contains(system.id)
        };
        let work = self
            .groups()
            .flat_map(|(_, group, work)| work.iter().copied().filter(move |system| tested_first(group, system)));
        let judgement = installed(&work.collect::<Vec<_>>());
        if groups.is_empty() {
            return judgement;
        }
        let test = |group: &DeploymentGroup| {
            let test = self.record(group).and_then(|record| record.test.as_ref());
            test.filter(|test| test.at <= self.of_ladder.at)
        };
        let tests = groups.iter().filter_map(|(_, group, _)| test(group));
        let passed = tests.filter(|test| test.is_passed).count();
        let has_gate = self.gate().is_some();
        let is_missing = |group: &DeploymentGroup| test(group).map_or(has_gate, |test| !test.is_passed);
        let missing = groups.iter().filter(|(_, group, _)| is_missing(group)).map(|(_, group, _)| group.name.as_str());
        let missing: Vec<&str> = missing.collect();
        let passed = match (has_gate, passed) {
            (true, _) => format!(", {passed} of {} passed", counted(groups.len(), "test")),
            (false, 0) => String::new(),
            (false, _) => format!(", {} passed", counted(passed, "test")),
        };
        Judgement { output: format!("{}{passed}", judgement.output), ..judgement }.lacks("a passed test of", &missing)
    }

    fn deploy(&self) -> Judgement {
        let is_held = |group: &DeploymentGroup| {
            self.record(group).is_some_and(|record| record.hold_at(self.of_ladder.at).is_some())
        };
        let held = self.waiting().filter(|(_, group, _)| is_held(group)).map(|(_, group, _)| group.name.as_str());
        let held: Vec<&str> = held.collect();
        installed(&self.groups.concat()).lacks("the end of the hold of", &held)
    }

    /// A result for each system, and with a gate the sign-offs of each group.
    fn document(&self) -> Judgement {
        let judgement = recorded(&self.groups.concat());
        let Some(asked) = self.gate() else { return judgement };
        let at = self.of_ladder.at;
        let is_given = |group: &DeploymentGroup, kind: &SignOff| {
            self.record(group).and_then(|record| record.sign_off(*kind)).is_some_and(|given| given.at <= at)
        };
        let given = |group: &DeploymentGroup| asked.iter().filter(|kind| is_given(group, kind)).count();
        let all = self.groups().count() * asked.len();
        let count: usize = self.groups().map(|(_, group, _)| given(group)).sum();
        let missing = self.groups().filter(|(_, group, _)| given(group) < asked.len());
        let missing: Vec<&str> = missing.map(|(_, group, _)| group.name.as_str()).collect();
        let output = format!("{}, {count} of {}", judgement.output, counted(all, "sign-off"));
        Judgement { output, ..judgement }.lacks("sign-offs of", &missing)
    }
}
