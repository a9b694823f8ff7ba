//! Change freezes as UTC times and system positions, so that it is cheap to ask whether one covers an occurrence.

use std::sync::OnceLock;

use chrono::{Days, Months, NaiveDate};

use crate::model::{
    ChangeFreeze, DatedChange, Exception, FreezeSpan, LocalMinute, Minutes, OccurrenceChange, Plan, SystemId,
    SystemScope, UtcMinute,
};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::WindowSchedule;
use crate::wording::date;

/// A change freeze, with its times and systems calculated.
pub struct FreezeTimes<'a> {
    pub freeze: &'a ChangeFreeze,
    /// Its times, sorted: all that can affect an occurrence of the plan.
    pub times: Vec<FreezeTime>,
    /// Whether the freeze covers the system at each position in the plan's table. None if it covers everything.
    systems: Option<Vec<bool>>,
}

/// One time of a freeze, which may recur.
#[derive(Clone, Debug)]
pub struct FreezeTime {
    pub days: FreezeSpan,
    /// The midnight in the plan's time zone at which the first day begins …
    pub from: UtcMinute,
    /// … and the one at which the last day ends.
    pub to: UtcMinute,
    /// The description, cached because thousands of occurrences may show it.
    words: OnceLock<String>,
}

impl FreezeTime {
    /// Whether this period overlaps it.
    pub fn touches(&self, start_at: UtcMinute, end_at: UtcMinute) -> bool {
        start_at < self.to && end_at > self.from
    }
}

impl<'a> FreezeTimes<'a> {
    /// All freezes of a plan, in the order of their ids.
    pub fn all(schedule: &'a Schedule) -> Vec<Self> {
        let plan = &*schedule.plan;
        plan.freezes().iter().map(|freeze| Self::new(freeze, plan, &schedule.zone)).collect()
    }

    /// `zone` is the plan's time zone.
    pub fn new(freeze: &'a ChangeFreeze, plan: &Plan, zone: &Zone) -> Self {
        let midnight = |on| zone.resolve(LocalMinute::midnight(on)).at;
        let time = |days: FreezeSpan| FreezeTime {
            days,
            from: midnight(days.first_on),
            to: midnight(days.last_on.succ_opt().unwrap_or(NaiveDate::MAX)),
            words: OnceLock::new(),
        };
        // A freeze that does not recur counts even outside the plan's months: an occurrence may have been moved there.
        let spans = match freeze.period() {
            Some(_) => {
                let (from, last) = days_of_occurrences(plan);
                freeze.spans(from, last)
            }
            None => freeze.spans(freeze.first_on, freeze.last_on),
        };
        let times = spans.into_iter().map(time).collect();
        Self { freeze, times, systems: systems(&freeze.scope, plan) }
    }

    /// "freeze Year end, Mon 13 Dec 2027 to Mon 3 Jan 2028"; "freeze Audit, from Mon 4 Jan 2027 on" for one that never ends
    pub fn in_words<'t>(&self, time: &'t FreezeTime) -> &'t str {
        time.words.get_or_init(|| {
            let (first, last) = (date(time.days.first_on), date(time.days.last_on));
            if self.freeze.never_ends() {
                return ["freeze ", &self.freeze.name, ", from ", &first, " on"].concat();
            }
            ["freeze ", &self.freeze.name, ", ", &first, " to ", &last].concat()
        })
    }

    /// Whether the window would need an exemption to take place in this freeze, and has none.
    pub fn covers(&self, window: &WindowSchedule) -> bool {
        self.is_about(window) && !self.exempts(window)
    }

    /// Whether it covers one of the systems at these positions in the plan's table.
    pub fn covers_any(&self, positions: &[u32]) -> bool {
        self.systems.as_ref().is_none_or(|systems| positions.iter().any(|position| systems[*position as usize]))
    }

    /// Whether the window has an exemption.
    pub fn exempts(&self, window: &WindowSchedule) -> bool {
        self.freeze.exemptions.iter().any(|exemption| exemption.window == *window.id())
    }

    /// Whether the window has an exemption that names who approved it.
    pub fn is_approved_for(&self, window: &WindowSchedule) -> bool {
        let mut exemptions = self.freeze.exemptions.iter().filter(|exemption| exemption.window == *window.id());
        exemptions.any(|exemption| !exemption.approver.trim().is_empty())
    }

    /// Whether it covers one of the window's systems, ignoring exemptions.
    pub fn is_about(&self, window: &WindowSchedule) -> bool {
        self.covers_any(&window.scope.positions)
    }

    /// The first of its times that overlaps this period.
    pub fn touched(&self, start_at: UtcMinute, end_at: UtcMinute) -> Option<&FreezeTime> {
        let time = self.times.get(self.times.partition_point(|time| time.to <= start_at))?;
        time.touches(start_at, end_at).then_some(time)
    }

    /// The window's occurrences that overlap it, each with the first of its times that they overlap, sorted.
    pub fn occurrences<'w>(
        &'w self,
        window: &'w WindowSchedule,
    ) -> impl Iterator<Item = (&'w Occurrence, &'w FreezeTime)> {
        self.occurrence_indices(window).map(|(index, time)| (&window.expansion.occurrences[index], time))
    }

    /// The same, with the indices of the occurrences.
    pub fn occurrence_indices<'w>(
        &'w self,
        window: &'w WindowSchedule,
    ) -> impl Iterator<Item = (usize, &'w FreezeTime)> {
        let longest = window.lengths().max().unwrap_or_default().signed();
        let mut before: Option<&FreezeTime> = None;
        self.times.iter().flat_map(move |time| {
            let previous = before.replace(time);
            let first = window.expansion.first_index_from(time.from.plus(-longest));
            let near = window.expansion.occurrences[first..].iter().zip(first..);
            let here = near.take_while(|(each, _)| each.start_at < time.to);
            let is_new = move |(each, _): &(&Occurrence, usize)| {
                time.touches(each.start_at, each.end_at)
                    && previous.is_none_or(|previous| !previous.touches(each.start_at, each.end_at))
            };
            here.filter(is_new).map(move |(_, index)| (index, time))
        })
    }
}

/// All days that an occurrence of the plan can overlap. It begins within the plan's months, by its own clock, or on the
/// day to which it or its window was moved, and may last a year.
fn days_of_occurrences(plan: &Plan) -> (NaiveDate, NaiveDate) {
    const BEFORE: Days = Days::new(2);
    const AFTER: Days = Days::new(Minutes::LONGEST.0 as u64 / (24 * 60) + 2);
    /// An occurrence that was moved further is a typing error. A freeze that recurs forever is not calculated that far.
    const FURTHEST: Months = Months::new(200 * 12);
    let (first, last) = (plan.horizon().from, plan.horizon().last());
    let earliest = first.checked_sub_months(FURTHEST).unwrap_or(NaiveDate::MIN);
    let latest = last.checked_add_months(FURTHEST).unwrap_or(NaiveDate::MAX);
    let moved_to = |exception: &Exception| match exception.change {
        OccurrenceChange::Moved { to, .. } => Some(to.clamp(earliest, latest)),
        _ => None,
    };
    let moves = plan.windows().iter().flat_map(|window| window.exceptions.iter().filter_map(moved_to));
    let shifts = || plan.windows().iter().flat_map(|window| &window.changes).map(DatedChange::shift);
    let days = |shift: i32| Days::new(shift.unsigned_abs().into());
    let (sooner, later) =
        (shifts().min().map_or(0, |shift| shift.min(0)), shifts().max().map_or(0, |shift| shift.max(0)));
    let first = first.checked_sub_days(days(sooner)).unwrap_or(first);
    let last = last.checked_add_days(days(later)).unwrap_or(last);
    let (first, last) = moves.fold((first, last), |(first, last), to| (first.min(to), last.max(to)));
    (first.checked_sub_days(BEFORE).unwrap_or(first), last.checked_add_days(AFTER).unwrap_or(last))
}

fn systems(scope: &SystemScope, plan: &Plan) -> Option<Vec<bool>> {
    let mut frozen = vec![false; plan.systems().len()];
    let mark = |id: &SystemId| {
        if let Some(position) = plan.systems().position(id) {
            frozen[position] = true;
        }
    };
    match scope {
        SystemScope::Everything => return None,
        SystemScope::Systems(systems) => systems.iter().for_each(mark),
        SystemScope::Ladders(ladders) => {
            let ladders = ladders.iter().filter_map(|id| plan.ladders().get(id));
            ladders.flat_map(|ladder| &ladder.groups).flat_map(|group| &group.systems).for_each(mark);
        }
        SystemScope::Areas(areas) => {
            let is_frozen = |area| areas.contains(area);
            frozen = plan.systems().iter().map(|system| system.area.as_ref().is_some_and(is_frozen)).collect();
        }
    }
    Some(frozen)
}
