//! The occurrences of one window in two plans: which belong together, and how each changed.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::NaiveDate;

use super::owners::OwnersBeforeAndAfter;
use super::{DateChange, DateRevision, OccurrencePeriod};
use crate::model::{Horizon, MaintenanceWindow, OccurrenceChange};
use crate::schedule::time::occurrence::{Occurrence, Origin};
use crate::schedule::window_schedule::WindowSchedule;

/// Dates of a changed rule that are further apart than this are not paired.
const FAR: i64 = 15;

/// How the dates of a window changed.
#[derive(Default)]
pub struct Dates {
    pub list: Vec<DateRevision>,
    pub unchanged: usize,
    /// The number of previous dates within the months of both plans.
    pub before: usize,
}

/// The window in both plans, and the months of both.
pub struct DateComparison<'a> {
    pub old: Option<&'a Arc<WindowSchedule>>,
    pub new: Option<&'a Arc<WindowSchedule>>,
    pub horizons: (Horizon, Horizon),
    pub owners: &'a OwnersBeforeAndAfter,
    /// Whether something else about the window changed, so that no date is unchanged.
    pub is_changed: bool,
    pub today: NaiveDate,
}

impl DateComparison<'_> {
    /// Compares the dates of both plans.
    pub fn compare(&self) -> Dates {
        let (old, new) = (in_order(self.old), in_order(self.new));
        let (mut before, mut after) = (old.iter().peekable(), new.iter().peekable());
        let mut dates = Dates::default();
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        loop {
            match (before.peek(), after.peek()) {
                (Some(a), Some(b)) if a.original_on() == b.original_on() => {
                    self.both(&mut dates, a, b);
                    before.next();
                    after.next();
                }
                (Some(a), Some(b)) if a.original_on() > b.original_on() => {
                    come.push(**b);
                    after.next();
                }
                (Some(a), _) => {
                    gone.push(**a);
                    before.next();
                }
                (None, Some(b)) => {
                    come.push(**b);
                    after.next();
                }
                (None, None) => break,
            }
        }
        self.one_sided(&mut dates, gone, come);
        let key = |date: &DateRevision| (date.when().map(|when| when.start_at), date.on, date.change);
        dates.list.sort_by_key(key);
        dates
    }

    /// Compares an original date that both plans contain.
    fn both(&self, dates: &mut Dates, old: &Occurrence, new: &Occurrence) {
        let (before, after) = (when(self.old, old), when(self.new, new));
        dates.before += usize::from(before.is_some());
        let change = match (&before, &after) {
            (None, None) => return,
            (Some(_), None) => DateChange::Cancelled,
            (None, Some(_)) => DateChange::Restored,
            (Some(before), Some(after)) if !before.is_same(after) => DateChange::Moved,
            _ if self.is_changed => DateChange::Changed,
            _ => {
                dates.unchanged += 1;
                return;
            }
        };
        dates.list.push(self.date(new.original_on(), change, before, after));
    }

    /// Compares the dates that only one of the plans contains.
    fn one_sided(&self, dates: &mut Dates, gone: Vec<Occurrence>, come: Vec<Occurrence>) {
        let (old_months, new_months) = self.horizons;
        // An occurrence belongs to the months of its original or its new date.
        let is_in =
            |months: Horizon, each: &Occurrence| months.contains(each.original_on()) || months.contains(each.on());
        let takes_place = |each: &Occurrence| each.origin != Origin::Skipped;
        let (gone, left): (Vec<_>, Vec<_>) =
            gone.into_iter().filter(takes_place).partition(|each| is_in(new_months, each));
        let (come, joined): (Vec<_>, Vec<_>) =
            come.into_iter().filter(takes_place).partition(|each| is_in(old_months, each));
        dates.before += gone.len();
        for each in left {
            dates.list.push(self.date(each.original_on(), DateChange::OldMonths, when(self.old, &each), None));
        }
        for each in joined {
            dates.list.push(self.date(each.original_on(), DateChange::NewMonths, None, when(self.new, &each)));
        }
        for (old, new) in pairs(gone, come) {
            let before = old.as_ref().and_then(|old| when(self.old, old));
            let after = new.as_ref().and_then(|new| when(self.new, new));
            let change = match (&before, &after) {
                (Some(_), Some(_)) => DateChange::Moved,
                (Some(_), None) => DateChange::Cancelled,
                _ => DateChange::Added,
            };
            if let Some(occurrence) = new.or(old) {
                dates.list.push(self.date(occurrence.original_on(), change, before, after));
            }
        }
    }

    fn date(
        &self,
        on: NaiveDate,
        change: DateChange,
        before: Option<OccurrencePeriod>,
        after: Option<OccurrencePeriod>,
    ) -> DateRevision {
        let is_over = |when: &Option<OccurrencePeriod>| when.as_ref().is_none_or(|when| when.on() < self.today);
        let is_past = is_over(&before) && is_over(&after);
        // Past dates notify nobody, and neither does a change that only results from the plan's months.
        let notifications = if is_past || change.is_of_months() {
            Vec::new()
        } else {
            self.owners.notifications(before.as_ref(), after.as_ref(), self.today)
        };
        let skipped = change == DateChange::Cancelled;
        let reason = self.new.filter(|_| skipped).map(|new| skip_reason(&new.window, on)).unwrap_or_default();
        DateRevision { on, change, before, after, reason, notifications, is_past }
    }
}

/// When it takes place. None if it is skipped.
fn when(window: Option<&Arc<WindowSchedule>>, occurrence: &Occurrence) -> Option<OccurrencePeriod> {
    let takes_place = occurrence.origin != Origin::Skipped;
    let zone = &window?.expansion.zone;
    let (start_at, end_at) = (occurrence.start_at, occurrence.end_at);
    takes_place.then(|| OccurrencePeriod { start_at, end_at, zone: Arc::clone(zone) })
}

fn skip_reason(window: &MaintenanceWindow, on: NaiveDate) -> String {
    match window.exception(on).map(|exception| &exception.change) {
        Some(OccurrenceChange::Skipped { reason }) => reason.clone(),
        _ => String::new(),
    }
}

/// All occurrences, including skipped ones, by their original dates.
fn in_order(window: Option<&Arc<WindowSchedule>>) -> Vec<Occurrence> {
    let Some(window) = window else { return Vec::new() };
    let mut all: Vec<Occurrence> =
        window.expansion.occurrences.iter().chain(&window.expansion.skipped).copied().collect();
    all.sort_by_key(|occurrence| (occurrence.original_on(), occurrence.start_at));
    all
}

/// Pairs each removed date with the one that replaced it when a rule changed: one by one if there are equally many, or
/// else the nearest. Dates that a person added are not paired. Both lists are sorted by original date.
pub fn pairs<T: HasDay>(gone: Vec<T>, come: Vec<T>) -> Vec<(Option<T>, Option<T>)> {
    let (by_hand, gone): (Vec<T>, Vec<T>) = gone.into_iter().partition(HasDay::is_added);
    let mut pairs: Vec<_> = by_hand.into_iter().map(|each| (Some(each), None)).collect();
    let (by_hand, come): (Vec<T>, Vec<T>) = come.into_iter().partition(HasDay::is_added);
    pairs.extend(by_hand.into_iter().map(|each| (None, Some(each))));
    let apart = |a: &T, b: &T| (b.day() - a.day()).num_days();
    if gone.len() == come.len() && gone.iter().zip(&come).all(|(a, b)| apart(a, b).abs() <= FAR) {
        pairs.extend(gone.into_iter().zip(come).map(|(a, b)| (Some(a), Some(b))));
        return pairs;
    }
    let (mut gone, mut come) = (VecDeque::from(gone), VecDeque::from(come));
    while let (Some(a), Some(b)) = (gone.front(), come.front()) {
        let days = apart(a, b);
        let is_nearer = |other: Option<i64>| other.is_some_and(|other| other.abs() < days.abs());
        let goes_alone = days > FAR || is_nearer(gone.get(1).map(|next| apart(next, b)));
        let comes_alone = -days > FAR || is_nearer(come.get(1).map(|next| apart(a, next)));
        pairs.push(match (goes_alone, comes_alone) {
            (true, _) => (gone.pop_front(), None),
            (false, true) => (None, come.pop_front()),
            (false, false) => (gone.pop_front(), come.pop_front()),
        });
    }
    pairs.extend(gone.into_iter().map(|each| (Some(each), None)));
    pairs.extend(come.into_iter().map(|each| (None, Some(each))));
    pairs
}

/// Something with a date.
pub trait HasDay {
    fn day(&self) -> NaiveDate;
    /// Whether a person added it, rather than a rule.
    fn is_added(&self) -> bool;
}

impl HasDay for Occurrence {
    fn day(&self) -> NaiveDate {
        self.original_on()
    }

    fn is_added(&self) -> bool {
        self.origin == Origin::Added
    }
}
