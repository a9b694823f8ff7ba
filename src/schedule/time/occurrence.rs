//! The occurrences of a window: from rule, exceptions and time zone to UTC times.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::dates;
use super::problem::ExpansionProblem;
use super::zone::{LocalTimeKind, Zone};
use crate::model::{
    Duty, LocalMinute, MaintenanceWindow, Minutes, OccurrenceChange, Plan, UsualTimes, UtcMinute, date_of_day,
    day_number,
};
use crate::schedule::time::rules::Days;
use crate::wording::typed::is_in_range;

/// One occurrence of a window. It is identified by its original date, the one that the rule gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    original_day: i32,
    /// The planned local start. If it does not exist because of a clock change, [`Occurrence::start_clock`] says so.
    pub local_start: LocalMinute,
    /// Its length on the wall clock.
    pub duration: Minutes,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    pub origin: Origin,
    pub start_clock: LocalTimeKind,
    pub end_clock: LocalTimeKind,
}

/// How an occurrence got its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    Rule,
    Moved,
    Added,
    /// Kept only to show that it is cancelled, at the time that the rule gave.
    Skipped,
}

impl Origin {
    /// Its name in lists: "planned", "moved", "added", "skipped".
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "planned",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Skipped => "skipped",
        }
    }
}

impl Occurrence {
    #[inline]
    pub fn original_on(&self) -> NaiveDate {
        date_of_day(self.original_day)
    }

    /// From when to when that duty lasts, as planned. `window` is the one that it is an occurrence of.
    pub fn duty_times(&self, duty: Duty, window: &MaintenanceWindow) -> (UtcMinute, UtcMinute) {
        match duty {
            Duty::Work => (self.start_at, self.end_at),
            Duty::Testing(length) => (self.end_at, self.end_at.plus(length.signed())),
            Duty::Watch => {
                let length = window.watch.as_ref().map_or(0, |watch| watch.length.signed());
                (self.end_at, self.end_at.plus(length))
            }
        }
    }

    /// The occurrence that would result from adding this date to the window, at its usual start.
    pub fn added(window: &MaintenanceWindow, zone: &Zone, on: NaiveDate) -> Self {
        let day = day_number(on);
        Resolver::new(window, zone).added(day, None, None)
    }

    /// The occurrence of that original date if no exception changes it.
    pub fn usual(window: &MaintenanceWindow, zone: &Zone, on: NaiveDate) -> Self {
        let usual = window.usual_times(on);
        let day = day_number(on);
        Resolver::new(window, zone).occurrence(day, day.saturating_add(usual.shift_days), usual, Origin::Rule)
    }

    /// The same occurrence with another start, of the same length on the wall clock.
    pub fn starting_at(&self, zone: &Zone, local_start: LocalMinute) -> Self {
        let (start, end) = zone.resolve_period(local_start, self.duration, &mut [0; 2]);
        Self {
            local_start,
            start_at: start.at,
            end_at: end.at,
            start_clock: start.clock,
            end_clock: end.clock,
            ..*self
        }
    }

    /// Whether its start and its end are times that the clocks show exactly once.
    pub fn has_plain_clocks(&self) -> bool {
        self.start_clock == LocalTimeKind::Plain && self.end_clock == LocalTimeKind::Plain
    }

    /// The planned local end. If it does not exist because of a clock change, [`Occurrence::end_clock`] says so.
    #[inline]
    pub fn local_end(&self) -> LocalMinute {
        self.local_start.plus(self.duration)
    }

    /// The local date on which it starts.
    #[inline]
    pub fn on(&self) -> NaiveDate {
        self.local_start.date()
    }

    /// The local date on which it starts, in days since 1970-01-01.
    #[inline]
    pub fn start_day(&self) -> i32 {
        self.local_start.0.div_euclid(24 * 60)
    }

    /// The minutes that really pass between start and end.
    #[inline]
    pub fn real_length(&self) -> Minutes {
        Minutes(self.end_at.since(self.start_at).max(0) as u32)
    }

    #[inline]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start_at < other.end_at && other.start_at < self.end_at
    }
}

/// All occurrences of a window within the plan's months.
#[derive(Debug)]
pub struct Expansion {
    pub zone: Arc<Zone>,
    /// Whether the window's time zone is known. UTC replaces an unknown one.
    pub zone_is_known: bool,
    /// Those that take place, sorted by start.
    pub occurrences: Vec<Occurrence>,
    /// Those that are skipped, sorted by start.
    pub skipped: Vec<Occurrence>,
    /// Why there are none.
    pub problem: Option<ExpansionProblem>,
}

impl Expansion {
    /// Expands `window` over the plan's months. An occurrence belongs to them if its original date does, or the date on
    /// which it takes place. Dates outside the years of plans give no occurrences (P014 reports them).
    pub fn new(window: &MaintenanceWindow, plan: &Plan) -> Self {
        let found = Zone::in_plan(plan, plan.window_zone(window));
        let zone_is_known = found.is_some();
        let zone = found.unwrap_or_else(Zone::utc);
        let days = Days::between(plan.horizon().from, plan.horizon().last()).in_range();
        let (dates, problem) = match dates::original_days(window, &zone, plan, days) {
            Ok(dates) => (dates, None),
            Err(problem) => (Vec::new(), Some(problem.into())),
        };
        let mut resolver = Resolver::new(window, &zone);
        let mut expansion = Self {
            occurrences: Vec::with_capacity(dates.len()),
            skipped: Vec::new(),
            zone: Arc::clone(&zone),
            zone_is_known,
            problem,
        };
        let mut exceptions =
            window.exceptions.iter().map(|exception| (day_number(exception.on), &exception.change)).peekable();
        for day in dates {
            while exceptions.peek().is_some_and(|(on, _)| *on < day) {
                let (on, change) = exceptions.next().unwrap_or((day, &OccurrenceChange::Restored));
                expansion.add_exception(&mut resolver, on, change, days, false);
            }
            match exceptions.next_if(|(on, _)| *on == day) {
                Some((on, change)) => expansion.add_exception(&mut resolver, on, change, days, true),
                None => expansion.occurrences.extend(resolver.usual(day, days, Origin::Rule)),
            }
        }
        for (on, change) in exceptions {
            expansion.add_exception(&mut resolver, on, change, days, false);
        }
        for list in [&mut expansion.occurrences, &mut expansion.skipped] {
            if list.windows(2).any(|pair| pair[1].start_at < pair[0].start_at) {
                list.sort_by_key(|occurrence| (occurrence.start_at, occurrence.original_day));
            }
        }
        expansion
    }

    /// Applies the exception for the date `on`. `by_rule` tells whether the rule gives that date.
    fn add_exception(
        &mut self,
        resolver: &mut Resolver<'_>,
        on: i32,
        change: &OccurrenceChange,
        days: Days,
        by_rule: bool,
    ) {
        match change {
            OccurrenceChange::Moved { to, start, duration } => {
                let to = day_number(*to);
                let is_known = is_in_range(date_of_day(on)) && is_in_range(date_of_day(to));
                if is_known && (days.contains(on) || days.contains(to)) {
                    self.occurrences.push(resolver.moved(on, to, *start, *duration));
                }
            }
            OccurrenceChange::Added { start, duration } if days.contains(on) => {
                self.occurrences.push(resolver.added(on, *start, *duration));
            }
            OccurrenceChange::Skipped { .. } => self.skipped.extend(resolver.usual(on, days, Origin::Skipped)),
            OccurrenceChange::Restored if by_rule => {
                self.occurrences.extend(resolver.usual(on, days, Origin::Rule));
            }
            OccurrenceChange::Added { .. } | OccurrenceChange::Restored => {}
        }
    }

    /// The occurrence with this original date, even if it is skipped.
    #[inline]
    pub fn occurrence_on(&self, on: NaiveDate) -> Option<&Occurrence> {
        let day = day_number(on);
        let is_it = |occurrence: &&Occurrence| occurrence.original_day == day;
        // Most occurrences take place on their original date, in order.
        let near = self.occurrences.partition_point(|occurrence| occurrence.start_day() < day);
        let likely = self.occurrences.get(near).filter(is_it);
        likely.or_else(|| self.occurrences.iter().chain(&self.skipped).find(is_it))
    }

    /// The occurrences that start at or after `at`, in order.
    #[inline]
    pub fn starting_from(&self, at: UtcMinute) -> &[Occurrence] {
        &self.occurrences[self.first_index_from(at)..]
    }

    /// The index of the first occurrence that starts at or after `at`. Most windows recur evenly, so this looks at the
    /// expected index first, which touches less memory than a binary search.
    #[inline]
    pub fn first_index_from(&self, at: UtcMinute) -> usize {
        const NEAR: usize = 2;
        let all = &self.occurrences[..];
        let is_before = |each: &Occurrence| each.start_at < at;
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return 0 };
        if !is_before(first) {
            return 0;
        }
        if is_before(last) {
            return all.len();
        }
        let passed = |to: UtcMinute| i64::from(to.0).abs_diff(i64::from(first.start_at.0));
        let guess = (passed(at) * (all.len() - 1) as u64 / passed(last.start_at)) as usize;
        let (from, to) = (guess.saturating_sub(NEAR), all.len().min(guess + 1 + NEAR));
        let is_near = (from == 0 || is_before(&all[from - 1])) && all.get(to).is_none_or(|each| !is_before(each));
        let (from, to) = if is_near { (from, to) } else { (0, all.len()) };
        from + all[from..to].partition_point(is_before)
    }
}

/// Converts the starts and ends of one window, which come nearly in order, to UTC.
struct Resolver<'a> {
    window: &'a MaintenanceWindow,
    zone: &'a Zone,
    hints: [usize; 2],
}

impl<'a> Resolver<'a> {
    fn new(window: &'a MaintenanceWindow, zone: &'a Zone) -> Self {
        Self { window, zone, hints: [0; 2] }
    }

    #[inline]
    fn usual_times(&self, on: i32) -> UsualTimes {
        if self.window.changes.is_empty() {
            return UsualTimes { shift_days: 0, start: self.window.start, duration: self.window.duration };
        }
        self.window.usual_times(date_of_day(on))
    }

    /// The occurrence at its usual times, if it belongs to `days`.
    #[inline]
    fn usual(&mut self, on: i32, days: Days, origin: Origin) -> Option<Occurrence> {
        let usual = self.usual_times(on);
        let day = on.saturating_add(usual.shift_days);
        let is_known = day == on || is_in_range(date_of_day(day));
        (is_known && (days.contains(on) || days.contains(day))).then(|| self.occurrence(on, day, usual, origin))
    }

    fn moved(&mut self, on: i32, to: i32, start: Option<NaiveTime>, duration: Option<Minutes>) -> Occurrence {
        let times = self.usual_times(on).with(start, duration);
        self.occurrence(on, to, times, Origin::Moved)
    }

    fn added(&mut self, on: i32, start: Option<NaiveTime>, duration: Option<Minutes>) -> Occurrence {
        let times = self.usual_times(on).with(start, duration);
        self.occurrence(on, on, times, Origin::Added)
    }

    fn occurrence(&mut self, original_day: i32, day: i32, times: UsualTimes, origin: Origin) -> Occurrence {
        let UsualTimes { start, duration, .. } = times;
        let minute = chrono::Timelike::hour(&start) * 60 + chrono::Timelike::minute(&start);
        let local_start = LocalMinute(day.saturating_mul(24 * 60)).plus(Minutes(minute));
        let (start, end) = self.zone.resolve_period(local_start, duration, &mut self.hints);
        Occurrence {
            original_day,
            local_start,
            duration,
            start_at: start.at,
            end_at: end.at,
            origin,
            start_clock: start.clock,
            end_clock: end.clock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rule;
    use proptest::prelude::*;

    fn expansion(starts: &[i32]) -> Expansion {
        let occurrence = |start: &i32| Occurrence {
            original_day: 0,
            local_start: LocalMinute(*start),
            duration: Minutes(60),
            start_at: UtcMinute(*start),
            end_at: UtcMinute(start + 60),
            origin: Origin::Rule,
            start_clock: LocalTimeKind::Plain,
            end_clock: LocalTimeKind::Plain,
        };
        let occurrences = starts.iter().map(occurrence).collect();
        Expansion { zone: Zone::utc(), zone_is_known: true, occurrences, skipped: Vec::new(), problem: None }
    }

    /// The local starts of a window in 2027.
    fn starts(rule: Rule, zone: &str, change: impl FnOnce(&mut MaintenanceWindow)) -> Vec<String> {
        let horizon = crate::model::Horizon::year(2027);
        let plan = Plan::new("plan".into(), "Plan", horizon, zone);
        let mut window = MaintenanceWindow::new("w".into(), "W", rule);
        change(&mut window);
        let expansion = Expansion::new(&window, &plan);
        expansion.occurrences.iter().map(|each| each.local_start.to_naive().format("%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn a_foreign_rule_ends_at_its_until_in_utc() {
        let first = |window: &mut MaintenanceWindow| window.first = "2027-01-02".parse().ok();
        for (until, zone, count) in [
            ("20270116T210000Z", "Europe/Berlin", 3),
            ("20270116T205959Z", "Europe/Berlin", 2),
            ("20270117T030000Z", "America/New_York", 3),
            ("20270117T025959Z", "America/New_York", 2),
            ("20270116T085900Z", "Pacific/Auckland", 2),
            ("20270116T090000Z", "Pacific/Auckland", 3),
            ("20270116", "Pacific/Auckland", 3),
        ] {
            let found = starts(Rule::Foreign(format!("FREQ=WEEKLY;UNTIL={until}")), zone, first);
            assert_eq!(found.len(), count, "{until} in {zone}: {found:?}");
        }
    }

    #[test]
    fn dates_outside_the_years_of_plans_give_no_occurrences() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let once = |on: &str| Rule::once(date(on));
        assert_eq!(starts(once("0027-03-13"), "UTC", |_| {}).len(), 0);
        let weekly = || Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 1 };
        assert_eq!(starts(weekly(), "UTC", |window| window.first = Some(date("0027-12-11"))).len(), 0);
        assert_eq!(starts(weekly(), "UTC", |window| window.last = Some(date("2207-12-11"))).len(), 0);
        let moved = |on: &str, to: &str| {
            let change = OccurrenceChange::Moved { to: date(to), start: None, duration: None };
            let exceptions = vec![crate::model::Exception { on: date(on), change, sequence: 0, was_added: false }];
            starts(once("2027-03-13"), "UTC", |window| window.exceptions = exceptions)
        };
        assert_eq!(moved("2027-03-13", "0027-03-14").len(), 0);
        assert_eq!(moved("0027-03-13", "2027-03-14"), ["03-13 22:00"]);
        assert_eq!(moved("2027-03-13", "2027-03-14"), ["03-14 22:00"]);
    }

    proptest! {
        #[test]
        fn the_first_occurrence_from_a_time_is_found_even_if_they_are_uneven(
            mut starts in prop::collection::vec(prop_oneof![-50..50_i32, -900_000..900_000_i32], 0..60),
            asked in prop_oneof![-60..60_i32, -1_000_000..1_000_000_i32],
        ) {
            starts.sort_unstable();
            let expansion = expansion(&starts);
            for at in starts.iter().flat_map(|start| [start - 1, *start, start + 1]).chain([asked]) {
                prop_assert_eq!(expansion.first_index_from(UtcMinute(at)), starts.partition_point(|start| *start < at));
            }
        }
    }
}
