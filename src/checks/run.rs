//! Runs the rules, and runs again only those whose inputs changed.
//!
//! Findings are kept a unit: the plan's records, each window, each system with its windows, each ladder with its
//! windows. A unit is valid as long as the pointers that it was made from are the current ones.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Check, Context, Finding, RULES, Severity, Sink};
use crate::model::{FreezeScope, Plan, Work};
use crate::schedule::{Covering, Reach, Schedule, WindowSchedule};

/// What one unit found; nothing at all for most.
type Unit = Option<Arc<[Arc<Finding>]>>;

/// All that is wrong with one plan.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Sorted: errors first, then by rule and time.
    pub list: Arc<Vec<Arc<Finding>>>,
    records: Unit,
    /// One for each of `made_from`'s windows.
    windows: Vec<Unit>,
    /// One for each system of the plan.
    systems: Vec<Unit>,
    /// One for each ladder.
    ladders: Vec<Unit>,
    made_from: Inputs,
}

/// The pointers that findings were made from.
#[derive(Clone, Debug)]
struct Inputs {
    plan: Arc<Plan>,
    windows: Vec<Arc<WindowSchedule>>,
    covering: Arc<Covering>,
    reaches: Arc<Vec<Reach>>,
    today: NaiveDate,
}

impl Findings {
    /// Judges a schedule; `today` is the local date of now in the plan's zone. Reuses from `previous` what cannot have changed.
    pub fn of(schedule: &Schedule, today: NaiveDate, previous: Option<&Self>) -> Self {
        let cx = Context::new(schedule, today);
        let same = Same::new(schedule, today, previous);
        let old = same.previous;
        let reused = |unit: Option<&Unit>| unit.cloned().flatten();

        let records = match old {
            Some(old) if same.records => old.records.clone(),
            _ => unit(|sink| {
                for rule in RULES {
                    if let Check::Records(check) | Check::Both(check, _) = rule.check {
                        check(&cx, sink);
                    }
                }
            }),
        };
        let windows = schedule.windows.iter().enumerate().map(|(index, window)| match old {
            Some(old)
                if same.yardsticks
                    && !same.changed[index]
                    && (same.table_of_systems || names_only_its_scope(window)) =>
            {
                reused(old.windows.get(same.old_index(index)))
            }
            _ => window_unit(&cx, window),
        });
        let windows = windows.collect();
        let systems = (0..schedule.covering.systems()).map(|position| {
            let covering = schedule.covering.windows(position);
            match old {
                _ if covering.len() < 2 => None,
                Some(old) if same.systems && same.covers_alike(position, covering) => reused(old.systems.get(position)),
                _ => system_unit(&cx, position, covering),
            }
        });
        let systems = systems.collect();
        let ladders = schedule.reaches.iter().enumerate().map(|(index, reach)| match old {
            Some(old) if same.ladders && same.reaches_alike(index, reach) => reused(old.ladders.get(index)),
            _ => ladder_unit(&cx, reach),
        });
        let ladders = ladders.collect();
        let made_from = Inputs {
            plan: Arc::clone(&schedule.plan),
            windows: schedule.windows.clone(),
            covering: Arc::clone(&schedule.covering),
            reaches: Arc::clone(&schedule.reaches),
            today,
        };
        let mut findings = Self { list: Arc::default(), records, windows, systems, ladders, made_from };
        findings.list = findings.sorted(old);
        findings
    }

    /// How many there are of that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|finding| finding.severity == severity).count()
    }

    fn units(&self) -> impl Iterator<Item = &Arc<[Arc<Finding>]>> {
        [&self.records].into_iter().chain(&self.windows).chain(&self.systems).chain(&self.ladders).flatten()
    }

    /// The list of all units' findings; the previous one where no unit changed.
    fn sorted(&self, previous: Option<&Self>) -> Arc<Vec<Arc<Finding>>> {
        if let Some(previous) = previous
            && self.units().map(Arc::as_ptr).eq(previous.units().map(Arc::as_ptr))
        {
            return Arc::clone(&previous.list);
        }
        let mut list: Vec<Arc<Finding>> = self.units().flat_map(|unit| unit.iter().cloned()).collect();
        list.sort_by(|a, b| a.order(b));
        Arc::new(list)
    }
}

/// What is the same as in the previous findings.
struct Same<'a> {
    previous: Option<&'a Findings>,
    records: bool,
    /// What all windows are judged by.
    yardsticks: bool,
    table_of_systems: bool,
    /// The plan's systems, their order, and the windows' order.
    systems: bool,
    ladders: bool,
    /// One for each window of the schedule.
    changed: Vec<bool>,
    /// Index of each window among the previous ones, where some were added or removed.
    old_indices: Option<Vec<usize>>,
}

impl<'a> Same<'a> {
    fn new(schedule: &Schedule, today: NaiveDate, previous: Option<&'a Findings>) -> Self {
        let Some(findings) = previous else {
            return Self {
                previous,
                records: false,
                yardsticks: false,
                table_of_systems: false,
                systems: false,
                ladders: false,
                changed: Vec::new(),
                old_indices: None,
            };
        };
        let (new, old) = (&*schedule.plan, &*findings.made_from.plan);
        let same_place = new.horizon == old.horizon && new.zone == old.zone;
        let same_tables = new.systems.ptr_eq(&old.systems) && new.ladders.ptr_eq(&old.ladders);
        let same_releases = new.releases.ptr_eq(&old.releases);
        let same_days = new.freezes.ptr_eq(&old.freezes) && new.holidays.ptr_eq(&old.holidays);
        let same_rest = Arc::ptr_eq(&new.policy, &old.policy) && new.areas.ptr_eq(&old.areas);
        let freezes_ladders = new.freezes.iter().any(|freeze| matches!(freeze.scope, FreezeScope::Ladders(_)));
        let same_today = findings.made_from.today == today;
        let (changed, old_indices) = compare(&schedule.windows, &findings.made_from.windows);
        Self {
            previous,
            // Freezes name the windows that they exempt, so adding or removing one may matter here, too.
            records: same_place
                && same_tables
                && same_releases
                && same_days
                && same_rest
                && same_today
                && old_indices.is_none(),
            yardsticks: same_place
                && same_releases
                && same_days
                && same_rest
                && same_today
                && (!freezes_ladders || new.ladders.ptr_eq(&old.ladders)),
            table_of_systems: new.systems.ptr_eq(&old.systems),
            systems: same_tables && old_indices.is_none(),
            ladders: same_place && same_tables && same_releases && same_rest && old_indices.is_none(),
            changed,
            old_indices,
        }
    }

    fn old_index(&self, index: usize) -> usize {
        self.old_indices.as_ref().and_then(|indices| indices.get(index)).copied().unwrap_or(index)
    }

    /// Whether the system at that place is covered by the same windows, and none of them changed. A window that no
    /// longer covers it is not among `covering`, so the list itself must be the same, too.
    fn covers_alike(&self, position: usize, covering: &[u32]) -> bool {
        let before = self.previous.map(|previous| previous.made_from.covering.windows(position));
        before == Some(covering) && !self.any_changed(covering)
    }

    /// Whether the ladder at that place is reached by the same windows, and none of them changed.
    fn reaches_alike(&self, index: usize, reach: &Reach) -> bool {
        let before = self.previous.and_then(|previous| previous.made_from.reaches.get(index));
        before.is_some_and(|before| before.groups == reach.groups)
            && !self.any_changed(reach.groups.iter().flatten().flatten())
    }

    fn any_changed<'i>(&self, windows: impl IntoIterator<Item = &'i u32>) -> bool {
        windows.into_iter().any(|window| self.changed[*window as usize])
    }
}

/// Whether all systems that the window's tracks name are in its scope, so that other systems cannot matter to it.
fn names_only_its_scope(window: &WindowSchedule) -> bool {
    match &window.window.work {
        Work::Pool(_) => true,
        Work::Tracks(tracks) => tracks.iter().flatten().all(|system| window.scope.covers(system)),
    }
}

/// Which windows are new or changed, and where the others stood; no places where all stand where they stood.
fn compare(new: &[Arc<WindowSchedule>], old: &[Arc<WindowSchedule>]) -> (Vec<bool>, Option<Vec<usize>>) {
    let in_place = new.len() == old.len() && new.iter().zip(old).all(|(new, old)| new.id() == old.id());
    if in_place {
        return (new.iter().zip(old).map(|(new, old)| !Arc::ptr_eq(new, old)).collect(), None);
    }
    let mut index = 0;
    let mut stood = |window: &Arc<WindowSchedule>| {
        while old.get(index).is_some_and(|old| old.id() < window.id()) {
            index += 1;
        }
        let same = old.get(index).is_some_and(|old| Arc::ptr_eq(old, window));
        (!same, index)
    };
    let (changed, places) = new.iter().map(&mut stood).unzip();
    (changed, Some(places))
}

fn unit(run: impl FnOnce(&mut Sink)) -> Unit {
    let mut sink = Sink::default();
    run(&mut sink);
    (!sink.0.is_empty()).then(|| sink.0.into())
}

fn window_unit(cx: &Context<'_>, window: &WindowSchedule) -> Unit {
    unit(|sink| {
        for rule in RULES {
            if let Check::Window(check) | Check::Both(_, check) = rule.check {
                check(cx, window, sink);
            }
        }
    })
}

fn system_unit(cx: &Context<'_>, position: usize, covering: &[u32]) -> Unit {
    unit(|sink| {
        for rule in RULES {
            if let Check::System(check) = rule.check {
                check(cx, position, covering, sink);
            }
        }
    })
}

fn ladder_unit(cx: &Context<'_>, reach: &Reach) -> Unit {
    unit(|sink| {
        for rule in RULES {
            if let Check::Ladder(check) = rule.check {
                check(cx, reach, sink);
            }
        }
    })
}
