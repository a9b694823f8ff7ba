//! What takes place on which day: calculated once per plan, used by every form of the calendar.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};

use super::day_entry::{Entry, worse};
use super::density::{DayDensity, Density};
use super::summaries::{self, DaySummary, MonthSummary};
use crate::checks::{DisplacedOccurrence, Findings, Severity};
use crate::model::{
    CarrierNotice, ChangeFreeze, FreezeSpan, ReleaseId, Rule, ShortNames, UtcMinute, date_of_day, day_number,
};
use crate::schedule::{Release, Schedule, WindowOccurrence, WindowSchedule};
use crate::session::{Document, FilterMatches};
use crate::ui::parts::carrier_days::carrier_days;

/// The days of the horizon and what takes place on each.
pub struct DayIndex {
    schedule: Schedule,
    first_day: i32,
    /// For day `i`: `entries[starts[i]..starts[i + 1]]`.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    days: Vec<DayMarks>,
    /// The skipped occurrences, by the day on which each would start.
    skipped: HashMap<i32, Vec<Entry>>,
    /// The worst open finding on each occurrence that has one, by window and original date.
    trouble: HashMap<(u32, NaiveDate), Severity>,
    /// The worst open finding about each window as a whole.
    of_windows: HashMap<u32, Severity>,
    short_names: Arc<ShortNames>,
    density: Option<Density>,
    summaries: Vec<DaySummary>,
    months: HashMap<(i32, u32), MonthSummary>,
}

/// Everything on a day except occurrences.
#[derive(Clone, Debug, Default)]
pub struct DayMarks {
    pub holidays: Vec<String>,
    pub freezes: Vec<FreezeOnDay>,
    /// The open notices of carriers whose work touches the day.
    pub notices: Vec<Arc<CarrierNotice>>,
    /// The names of vendor releases on the day, in the plan's zone.
    pub releases: Vec<String>,
    /// The worst finding about the day itself, e.g. that a night is too full.
    pub trouble: Option<Severity>,
}

/// A freeze that includes the day.
#[derive(Clone, Debug)]
pub struct FreezeOnDay {
    pub freeze: Arc<ChangeFreeze>,
    /// The repetition of the freeze that includes the day.
    pub span: FreezeSpan,
}

impl DayIndex {
    /// With the occurrences of the windows that the filter leaves; without a filter, of all.
    pub fn new(document: &Document, matches: Option<&FilterMatches>, short_names: Arc<ShortNames>) -> Self {
        let schedule = document.schedule().clone();
        let plan = Arc::clone(&schedule.plan);
        let first_day = day_number(plan.horizon().from);
        let count = (day_number(plan.horizon().end()) - first_day).max(0) as usize;
        let trouble = trouble(&schedule, document.findings());
        let of_windows = of_windows(&schedule, document.findings());
        let (starts, entries) = entries(&schedule, matches, first_day, count, &trouble);
        let mut days = marks(&schedule, first_day, count);
        for finding in document.findings().open().filter(|finding| finding.window.is_none()) {
            let index = finding.on.and_then(|on| usize::try_from(day_number(on) - first_day).ok());
            if let Some(day) = index.and_then(|index| days.get_mut(index)) {
                day.trouble = worse(day.trouble, Some(finding.severity));
            }
        }
        let skipped = skipped(&schedule, matches);
        let stage = |entry: &Entry| (schedule.windows[entry.window as usize].scope.stage, entry.trouble);
        let by_day = starts.windows(2).map(|day| entries[day[0] as usize..day[1] as usize].iter().map(stage).collect());
        let density = Density::new(by_day);
        let by_day = starts.windows(2).map(|day| &entries[day[0] as usize..day[1] as usize]);
        let summaries = by_day.clone().map(|day| DaySummary::new(&schedule, day)).collect();
        let months = summaries::months(first_day, by_day);
        Self {
            schedule,
            first_day,
            starts,
            entries,
            days,
            skipped,
            trouble,
            of_windows,
            short_names,
            density,
            summaries,
            months,
        }
    }

    fn index_of_day(&self, on: NaiveDate) -> Option<usize> {
        usize::try_from(day_number(on) - self.first_day).ok().filter(|index| *index < self.days.len())
    }

    /// The occurrences on that day, by start.
    pub fn entries(&self, on: NaiveDate) -> &[Entry] {
        let range = |day: usize| self.starts[day] as usize..self.starts[day + 1] as usize;
        self.index_of_day(on).map_or(&[], |day| &self.entries[range(day)])
    }

    /// The occurrences on that day, and after them those that were skipped.
    pub fn with_skipped(&self, on: NaiveDate) -> Cow<'_, [Entry]> {
        match self.skipped.get(&day_number(on)) {
            Some(skipped) => Cow::Owned([self.entries(on), skipped].concat()),
            None => Cow::Borrowed(self.entries(on)),
        }
    }

    /// The number of occurrences on that day, with those that were skipped.
    pub fn count(&self, on: NaiveDate) -> usize {
        self.entries(on).len() + self.skipped.get(&day_number(on)).map_or(0, Vec::len)
    }

    /// The occurrences that overlap a period on the plan's clock, with those that were skipped, by start.
    pub fn between(&self, from: UtcMinute, to: UtcMinute) -> Vec<Entry> {
        let date = |at: UtcMinute, days: i32| date_of_day(day_number(self.schedule.zone.local(at).date()) + days);
        // On the clock of another zone, an occurrence may be on the day before or after.
        let days = date(from, -2).iter_days().take_while(|on| *on <= date(to, 1));
        let all = days.flat_map(|on| self.with_skipped(on).into_owned()).filter(|entry| {
            let (_, occurrence) = self.occurrence(entry);
            occurrence.start_at < to && occurrence.end_at > from
        });
        let mut all: Vec<Entry> = all.map(|entry| Entry { is_continued: false, ..entry }).collect();
        let key = |entry: &Entry| (entry.is_skipped, self.occurrence(entry).1.start_at, entry.window, entry.occurrence);
        all.sort_by_key(key);
        all.dedup_by_key(|entry| key(entry));
        all
    }

    pub fn marks(&self, on: NaiveDate) -> Option<&DayMarks> {
        self.index_of_day(on).map(|index| &self.days[index])
    }

    /// The worst open finding on an occurrence of the window at that index.
    pub fn trouble(&self, window: u32, original_on: NaiveDate) -> Option<Severity> {
        self.trouble.get(&(window, original_on)).copied()
    }

    /// The worst open finding about the window at that index, as a whole.
    pub fn window_trouble(&self, window: u32) -> Option<Severity> {
        self.of_windows.get(&window).copied()
    }

    pub fn occurrence(&self, entry: &Entry) -> WindowOccurrence<'_> {
        let window = &self.schedule.windows[entry.window as usize];
        let all = if entry.is_skipped { &window.expansion.skipped } else { &window.expansion.occurrences };
        (window, &all[entry.occurrence as usize])
    }

    /// How full the day is, if most days have more occurrences than a small cell can show.
    pub fn density(&self, on: NaiveDate) -> Option<(&Density, &DayDensity)> {
        let density = self.density.as_ref()?;
        Some((density, &density.days[self.index_of_day(on)?]))
    }

    /// The short name of the window.
    pub fn short_name(&self, entry: &Entry) -> &str {
        self.short_names.get(entry.window as usize)
    }

    /// The occurrence in the form in which `Displacement` looks it up.
    pub fn displaced(&self, entry: &Entry) -> DisplacedOccurrence {
        DisplacedOccurrence { window: entry.window, on: self.occurrence(entry).1.original_on() }
    }

    /// What the occurrences of a day have in common.
    pub fn summary(&self, on: NaiveDate) -> Option<&DaySummary> {
        self.index_of_day(on).map(|day| &self.summaries[day])
    }

    /// What starts in the month of `on`; none if nothing does.
    pub fn month_summary(&self, on: NaiveDate) -> Option<&MonthSummary> {
        self.months.get(&(on.year(), on.month()))
    }
}

pub fn is_weekend(on: NaiveDate) -> bool {
    matches!(on.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The worst open finding on each occurrence that has one, by window and original date.
fn trouble(schedule: &Schedule, findings: &Findings) -> HashMap<(u32, NaiveDate), Severity> {
    let mut worst = HashMap::new();
    // The list is sorted from the worst finding down, so the first one counts.
    for finding in findings.open() {
        if let (Some(window), Some(on)) = (&finding.window, finding.on)
            && let Some(index) = schedule.plan.windows().position(window)
        {
            worst.entry((index as u32, on)).or_insert(finding.severity);
        }
    }
    worst
}

/// The windows that the filter leaves, with their indices.
fn shown<'a>(
    schedule: &'a Schedule,
    matches: Option<&'a FilterMatches>,
) -> impl Iterator<Item = (usize, &'a Arc<WindowSchedule>)> {
    let windows = schedule.windows.iter().enumerate();
    windows.filter(move |(window, _)| matches.is_none_or(|matches| matches.contains(*window as u32)))
}

fn skipped(schedule: &Schedule, matches: Option<&FilterMatches>) -> HashMap<i32, Vec<Entry>> {
    let mut by_day: HashMap<i32, Vec<Entry>> = HashMap::new();
    for (window, each) in shown(schedule, matches) {
        for (nth, occurrence) in each.expansion.skipped.iter().enumerate() {
            let entry = Entry { window: window as u32, occurrence: nth as u32, is_skipped: true, ..Entry::plain() };
            by_day.entry(occurrence.start_day()).or_default().push(entry);
        }
    }
    by_day
}

/// The worst open finding about each window as a whole, by its index.
fn of_windows(schedule: &Schedule, findings: &Findings) -> HashMap<u32, Severity> {
    let mut worst = HashMap::new();
    for finding in findings.open().filter(|finding| finding.on.is_none()) {
        if let Some(index) = finding.window.as_ref().and_then(|window| schedule.plan.windows().position(window)) {
            worst.entry(index as u32).or_insert(finding.severity);
        }
    }
    worst
}

/// The occurrences grouped by day; within a day by start, then window.
fn entries(
    schedule: &Schedule,
    matches: Option<&FilterMatches>,
    first_day: i32,
    count: usize,
    trouble: &HashMap<(u32, NaiveDate), Severity>,
) -> (Vec<u32>, Vec<Entry>) {
    let mut by_day: Vec<(u32, i32, Entry)> = Vec::new();
    for (window, each) in shown(schedule, matches) {
        for (nth, occurrence) in each.expansion.occurrences.iter().enumerate() {
            let start = occurrence.start_day();
            // Night work is shown on the evening it starts; only occurrences longer than a day are shown on several
            // days.
            let last = if occurrence.real_length().0 > 24 * 60 {
                each.local(occurrence.end_at.plus(-1)).0.div_euclid(24 * 60)
            } else {
                start
            };
            for day in start..=last.min(first_day + count as i32 - 1) {
                if let Some(index) = u32::try_from(day - first_day).ok().filter(|index| (*index as usize) < count) {
                    let trouble = if trouble.is_empty() {
                        None
                    } else {
                        trouble.get(&(window as u32, occurrence.original_on())).copied()
                    };
                    let entry = Entry {
                        window: window as u32,
                        occurrence: nth as u32,
                        trouble,
                        is_continued: day > start,
                        is_skipped: false,
                    };
                    by_day.push((index, occurrence.local_start.0, entry));
                }
            }
        }
    }
    by_day.sort_by_key(|(index, start, _)| (*index, *start));
    let mut starts = vec![0_u32; count + 1];
    for (index, ..) in &by_day {
        starts[*index as usize + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    (starts, by_day.into_iter().map(|(_, _, entry)| entry).collect())
}

fn marks(schedule: &Schedule, first_day: i32, count: usize) -> Vec<DayMarks> {
    let plan = &schedule.plan;
    let mut days = vec![DayMarks::default(); count];
    let day_of = |on: NaiveDate| usize::try_from(day_number(on) - first_day).ok().filter(|day| *day < count);
    for holiday in plan.holidays().iter().flat_map(|calendar| &calendar.days) {
        if let Some(day) = day_of(holiday.on) {
            let name = if holiday.region.is_empty() {
                holiday.name.clone()
            } else {
                format!("{} ({})", holiday.name, holiday.region)
            };
            if !days[day].holidays.contains(&name) {
                days[day].holidays.push(name);
            }
        }
    }
    let last = date_of_day(first_day + count as i32 - 1);
    for freeze in plan.freezes() {
        for span in freeze.spans(plan.horizon().from, last) {
            let (from, to) = (span.first_on.max(plan.horizon().from), span.last_on.min(last));
            for day in from.iter_days().take_while(|on| *on <= to).filter_map(day_of) {
                days[day].freezes.push(FreezeOnDay { freeze: Arc::clone(freeze), span });
            }
        }
    }
    for (day, notice) in carrier_days(schedule).into_iter().filter_map(|(on, notice)| Some((day_of(on)?, notice))) {
        days[day].notices.push(notice);
    }
    // Five vendors on every second Tuesday would fill the planner. So only releases that a ladder or a window follows
    // are shown.
    let by_ladders = plan.ladders().iter().filter_map(|ladder| ladder.release.as_ref());
    let by_windows = plan.windows().iter().filter_map(|window| match &window.rule {
        Rule::AfterRelease { release, .. } => Some(release),
        _ => None,
    });
    let followed: HashSet<&ReleaseId> = by_ladders.chain(by_windows).collect();
    // Several vendors publish on the second Tuesday: Microsoft, whose day it is, comes first.
    let is_other = |release: &&Release| release.calendar.as_str() != "microsoft";
    let (others, first): (Vec<_>, Vec<_>) = schedule.releases.iter().partition(is_other);
    for release in first.into_iter().chain(others) {
        let is_shown = followed.contains(&release.calendar);
        if let Some(day) = day_of(schedule.zone.local(release.at).date()).filter(|_| is_shown) {
            days[day].releases.push(plan.release_name(&release.calendar));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Acceptance, Edit, Horizon, Ladder, Plan, PlanId, Subject};
    use crate::session::state::clock::FixedClock;

    #[test]
    fn an_accepted_finding_about_a_day_does_not_mark_it() {
        let text = include_str!("../../../../tests/fixtures/checks/W006-fires.ron");
        let plan = crate::store::parse(text).unwrap().plan;
        let on = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        let acceptance = Acceptance {
            id: "full".into(),
            code: "W006".to_owned(),
            cause: Subject::Plan,
            window: None,
            on: None,
            reason: "Staffed".to_owned(),
            by: "Bo".to_owned(),
            until: NaiveDate::from_ymd_opt(2027, 12, 31).unwrap(),
        };
        let accepted = plan.apply(&Edit::PutAcceptance(acceptance)).unwrap();
        let trouble = |plan| {
            let document =
                Document::new(plan, &FixedClock(UtcMinute::from_utc("2027-01-04T09:00:00Z".parse().unwrap())));
            DayIndex::new(&document, None, Arc::default()).marks(on).unwrap().trouble
        };
        assert_eq!((trouble(plan), trouble(accepted)), (Some(Severity::Warning), None));
    }

    #[test]
    fn releases_are_shown_if_the_plan_uses_them_and_patch_tuesday_comes_first() {
        let marks = |plan: Plan, on: &str| {
            let document = Document::new(plan, &FixedClock(UtcMinute(30_064_920)));
            let index = DayIndex::new(&document, None, Arc::default());
            index.marks(on.parse().unwrap()).unwrap().releases.clone()
        };
        let empty = Plan::new(PlanId::new("p"), "New plan", Horizon::year(2027), "Europe/Berlin");
        assert!(marks(empty.clone(), "2027-01-12").is_empty(), "nothing in an empty plan follows a release");
        let follows = |plan: &Plan, release: &str| {
            let ladder = Ladder { release: Some(ReleaseId::new(release)), ..plan.new_ladder(release) };
            plan.apply(&Edit::PutLadder(ladder)).unwrap()
        };
        let both = follows(&follows(&empty, "sap"), "microsoft");
        let releases = marks(both, "2027-01-12");
        assert!(releases.len() == 2 && releases[0].contains("Patch Tuesday"), "{releases:?}");
    }
}
