//! Who works when: the shifts that result from bookings, and the bookings that cannot be filled.
//!
//! A [`Rota`] stores its inputs and is filled when it is first needed. As long as the booked windows, the people, the
//! teams, the months, the time zone and the rest time are unchanged, the next schedule reuses it.

mod availability;
mod fill;
mod nights;
mod shift_text;

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::model::{
    Duty, LocalMinute, MaintenanceWindow, Minutes, Person, Plan, Table, Team, UtcMinute, WindowId, date_of_day,
    day_number,
};
use crate::schedule::time::occurrence::Expansion;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::WindowSchedule;
pub use availability::Obstacle;
use fill::RotaContent;
pub use nights::WorkedNight;
pub use shift_text::duty_in_words;

/// Who works when in one plan.
#[derive(Debug)]
pub struct Rota {
    booked: Vec<BookedWindow>,
    people: Table<Person>,
    teams: Table<Team>,
    zone: Arc<Zone>,
    rest: Minutes,
    filled: OnceLock<RotaContent>,
}

/// A window for which somebody is booked, and when it takes place.
#[derive(Debug)]
struct BookedWindow {
    window: Arc<MaintenanceWindow>,
    expansion: Arc<Expansion>,
}

/// A person's duty at one occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    pub from: UtcMinute,
    pub to: UtcMinute,
    /// The index among the booked windows.
    window: u32,
    original_day: i32,
    pub duty: Duty,
    /// The position in the plan's table of people.
    person: u32,
    /// The position in the plan's table of teams, if a team provided the person.
    team: Option<u32>,
}

/// A booking of a team that provided fewer people than it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shortage {
    pub from: UtcMinute,
    pub to: UtcMinute,
    window: u32,
    original_day: i32,
    pub duty: Duty,
    team: u32,
    pub needed: u32,
    /// How many of them are missing.
    pub missing: u32,
}

impl Shift {
    /// The original date of the occurrence.
    pub fn on(&self) -> NaiveDate {
        date_of_day(self.original_day)
    }

    /// Whether it is a watch, which takes nobody's hours, rest or nights.
    pub fn is_watch(&self) -> bool {
        self.duty == Duty::Watch
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

impl Shortage {
    /// The original date of the occurrence.
    pub fn on(&self) -> NaiveDate {
        date_of_day(self.original_day)
    }
}

impl Rota {
    fn new(plan: &Plan, windows: &[Arc<WindowSchedule>], zone: &Arc<Zone>) -> Self {
        let booked = windows.iter().filter(|window| is_booked(window)).map(|window| BookedWindow {
            window: Arc::clone(&window.window),
            expansion: Arc::clone(&window.expansion),
        });
        Self {
            booked: booked.collect(),
            people: plan.people().clone(),
            teams: plan.teams().clone(),
            zone: Arc::clone(zone),
            rest: plan.policy().people.rest,
            filled: OnceLock::new(),
        }
    }

    /// The rota of a plan. `previous` is the rota of the previous plan, with its windows. It is reused if its inputs
    /// are unchanged.
    pub(super) fn derive(
        plan: &Plan,
        windows: &[Arc<WindowSchedule>],
        zone: &Arc<Zone>,
        previous: Option<(&Arc<Self>, &[Arc<WindowSchedule>])>,
    ) -> Arc<Self> {
        let kept =
            previous.filter(|(rota, old_windows)| rota.follows_from(plan, zone) && rota.is_about(windows, old_windows));
        kept.map_or_else(|| Arc::new(Self::new(plan, windows, zone)), |(rota, _)| Arc::clone(rota))
    }

    fn follows_from(&self, plan: &Plan, zone: &Arc<Zone>) -> bool {
        let same_people = self.people.ptr_eq(plan.people()) && self.teams.ptr_eq(plan.teams());
        same_people && Arc::ptr_eq(&self.zone, zone) && self.rest == plan.policy().people.rest
    }

    /// Whether the booked windows in `windows` are those of this rota, which was derived from the windows in `old`.
    fn is_about(&self, windows: &[Arc<WindowSchedule>], old: &[Arc<WindowSchedule>]) -> bool {
        let is_same = |(new, old): (&Arc<WindowSchedule>, &Arc<WindowSchedule>)| {
            Arc::ptr_eq(new, old) || has_same_times(new, old) || !(is_booked(new) || is_booked(old))
        };
        if windows.len() == old.len() && windows.iter().zip(old).all(is_same) {
            return true;
        }
        let mut booked = windows.iter().filter(|window| is_booked(window));
        self.booked.iter().all(|known| {
            booked.next().is_some_and(|window| {
                Arc::ptr_eq(&window.window, &known.window) && Arc::ptr_eq(&window.expansion, &known.expansion)
            })
        }) && booked.next().is_none()
    }

    /// Whether nobody is booked for anything.
    pub fn is_empty(&self) -> bool {
        self.booked.is_empty()
    }

    fn filled(&self) -> &RotaContent {
        self.filled.get_or_init(|| RotaContent::new(self))
    }

    /// All shifts, sorted by start, then by window and person.
    pub fn shifts(&self) -> &[Shift] {
        &self.filled().shifts
    }

    /// The bookings that teams could not fill, sorted by start, then by window.
    pub fn shortages(&self) -> &[Shortage] {
        &self.filled().shortages
    }

    /// The shifts of the person at this position in the plan's table, sorted by start.
    pub fn shifts_of(&self, person: usize) -> impl Iterator<Item = &Shift> {
        let filled = self.filled();
        filled.by_person.get(person).into_iter().flatten().map(|index| &filled.shifts[*index as usize])
    }

    /// The shifts of a person that start between these days in the plan's local time, both included, sorted by start.
    pub fn shifts_between(&self, person: usize, first: i32, last: i32) -> impl Iterator<Item = &Shift> {
        let filled = self.filled();
        let indices = filled.by_person.get(person).map_or(&[][..], Vec::as_slice);
        let shift = |index: &u32| &filled.shifts[*index as usize];
        let start = indices.partition_point(|index| self.day_of(shift(index).from) < first);
        indices[start..].iter().map(shift).take_while(move |shift| self.day_of(shift.from) <= last)
    }

    /// The shifts of one occurrence, sorted by start, then by person.
    pub fn shifts_at(&self, window: &WindowId, on: NaiveDate) -> impl Iterator<Item = &Shift> {
        let (filled, day) = (self.filled(), day_number(on));
        let window = self.index_of(window);
        let key = |index: &u32| {
            let shift = &filled.shifts[*index as usize];
            (shift.window as usize, shift.original_day)
        };
        let all = &filled.by_occurrence;
        let indices = window.map_or(&[][..], |window| {
            let from = all.partition_point(|index| key(index) < (window, day));
            &all[from..from + all[from..].partition_point(|index| key(index) <= (window, day))]
        });
        indices.iter().map(|index| &filled.shifts[*index as usize])
    }

    /// The bookings of one occurrence that teams could not fill.
    pub fn shortages_at(&self, window: &WindowId, on: NaiveDate) -> impl Iterator<Item = &Shortage> {
        let (window, day) = (self.index_of(window), day_number(on));
        let all = self.shortages().iter();
        all.filter(move |each| Some(each.window as usize) == window && each.original_day == day)
    }

    /// The index of a window among the booked ones.
    fn index_of(&self, window: &WindowId) -> Option<usize> {
        self.booked.binary_search_by(|booked| booked.window.id.cmp(window)).ok()
    }

    pub fn person(&self, shift: &Shift) -> &Arc<Person> {
        &self.people.as_slice()[shift.person as usize]
    }

    pub fn window(&self, shift: &Shift) -> &Arc<MaintenanceWindow> {
        &self.booked[shift.window as usize].window
    }

    /// The team that provided the person for a shift.
    pub fn team(&self, shift: &Shift) -> Option<&Arc<Team>> {
        shift.team.map(|team| &self.teams.as_slice()[team as usize])
    }

    pub fn shortage_window(&self, shortage: &Shortage) -> &Arc<MaintenanceWindow> {
        &self.booked[shortage.window as usize].window
    }

    pub fn shortage_team(&self, shortage: &Shortage) -> &Arc<Team> {
        &self.teams.as_slice()[shortage.team as usize]
    }

    /// The shifts of a person that overlap an earlier one, each with the earlier one that ends last; without watches.
    pub fn overlapping_shifts(&self, person: usize) -> impl Iterator<Item = (&Shift, &Shift)> {
        let mut longest: Option<&Shift> = None;
        self.shifts_of(person).filter(|shift| !shift.is_watch()).filter_map(move |shift| {
            let before = longest.filter(|before| before.overlaps(shift));
            longest = longest.filter(|before| before.to >= shift.to).or(Some(shift));
            before.map(|before| (before, shift))
        })
    }

    /// Why a person is not available for a shift for which they are booked by name.
    pub fn obstacle(&self, shift: &Shift) -> Option<Obstacle<'_>> {
        let obstacle = availability::obstacle(self.person(shift), self.local(shift.from), self.local(shift.to));
        obstacle.filter(|obstacle| !shift.is_watch() || matches!(obstacle, Obstacle::Away(_)))
    }

    /// The plan's local time.
    pub fn local(&self, at: UtcMinute) -> LocalMinute {
        self.zone.local(at)
    }

    /// The day in the plan's local time, in days since 1970-01-01.
    pub fn day_of(&self, at: UtcMinute) -> i32 {
        self.local(at).0.div_euclid(24 * 60)
    }
}

fn is_booked(window: &WindowSchedule) -> bool {
    !window.window.bookings.is_empty()
}

fn has_same_times(new: &WindowSchedule, old: &WindowSchedule) -> bool {
    Arc::ptr_eq(&new.window, &old.window) && Arc::ptr_eq(&new.expansion, &old.expansion)
}
