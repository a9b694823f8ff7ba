//! Fills the rota: people who are booked by name work, and teams provide people in turn.
//!
//! Occurrences are processed in the order of their starts, then of their windows' ids. A team provides people who are
//! available, have no other duty and are rested: first those with the fewest duties so far, then in the team's order.
//! Duties of people booked by name are known in advance, including later ones.
//!
//! A watch is not work: whoever is on watch looks at the systems now and then for some days. Only absences keep people from
//! it, and it keeps nobody from other duties. Teams share watches and other duties separately.

use std::collections::BTreeSet;

use super::availability::Availability;
use super::{Rota, Shift, Shortage};
use crate::model::{Assignee, Booking, Duty, Minutes, Team, UtcMinute, day_number};
use crate::schedule::time::occurrence::Occurrence;

/// A filled rota.
#[derive(Debug)]
pub struct RotaContent {
    pub shifts: Vec<Shift>,
    pub shortages: Vec<Shortage>,
    /// For each person, the indices of their shifts, sorted by start.
    pub by_person: Vec<Vec<u32>>,
    /// The indices of all shifts, sorted by window and original date.
    pub by_occurrence: Vec<u32>,
}

impl RotaContent {
    pub fn new(rota: &Rota) -> Self {
        let mut tasks = all_tasks(rota);
        tasks.sort_by_key(|task| (task.start_at, task.window));
        let mut turns = Turns::new(rota, &tasks);
        for task in &tasks {
            match &task.booking.who {
                Assignee::Person(_) => turns.assign_by_name(task),
                Assignee::Team(id) => {
                    if let Some(team) = rota.teams.position(id) {
                        turns.assign_by_team(task, team as u32);
                    }
                }
            }
        }
        let Turns { mut shifts, mut shortages, .. } = turns;
        shifts.sort_unstable();
        shortages.sort_unstable();
        let mut by_person = vec![Vec::new(); rota.people.len()];
        for (index, shift) in shifts.iter().enumerate() {
            by_person[shift.person as usize].push(index as u32);
        }
        let mut by_occurrence: Vec<u32> = (0..shifts.len() as u32).collect();
        by_occurrence.sort_by_key(|index| {
            let shift = &shifts[*index as usize];
            (shift.window, shift.original_day)
        });
        Self { shifts, shortages, by_person, by_occurrence }
    }
}

/// A booking for one occurrence.
struct Task<'a> {
    booking: &'a Booking,
    window: u32,
    original_day: i32,
    /// When the occurrence starts, whatever the duty.
    start_at: UtcMinute,
    from: UtcMinute,
    to: UtcMinute,
    /// The position of a person booked by name.
    person: Option<u32>,
}

impl<'a> Task<'a> {
    fn new(rota: &Rota, window: usize, occurrence: &Occurrence, booking: &'a Booking) -> Self {
        let (from, to) = occurrence.duty_times(booking.duty, &rota.booked[window].window);
        let person = match &booking.who {
            Assignee::Person(id) => rota.people.position(id).map(|position| position as u32),
            Assignee::Team(_) => None,
        };
        let (window, original_day) = (window as u32, day_number(occurrence.original_on()));
        Self { booking, window, original_day, start_at: occurrence.start_at, from, to, person }
    }

    fn is_watch(&self) -> bool {
        self.booking.duty == Duty::Watch
    }

    fn shift(&self, person: u32, team: Option<u32>) -> Shift {
        let Self { from, to, window, original_day, booking, .. } = *self;
        Shift { from, to, window, original_day, duty: booking.duty, person, team }
    }
}

/// All bookings for all occurrences, without duplicates. For each occurrence, people booked by name come before teams.
fn all_tasks(rota: &Rota) -> Vec<Task<'_>> {
    let mut tasks = Vec::new();
    for (window, booked) in rota.booked.iter().enumerate() {
        let mut bookings: Vec<&Booking> = booked.window.bookings.iter().collect();
        bookings.sort_by_key(|booking| matches!(booking.who, Assignee::Team(_)));
        for occurrence in &booked.expansion.occurrences {
            let on = occurrence.original_on();
            let mut seen = BTreeSet::new();
            // Without a watch, nobody is on watch.
            let is_kept = |booking: &Booking| booking.duty != Duty::Watch || booked.window.watch.is_some();
            let here = bookings.iter().filter(|booking| booking.on.is_none_or(|only| only == on) && is_kept(booking));
            let once = here.filter(|booking| seen.insert((&booking.who, booking.duty)));
            tasks.extend(once.map(|booking| Task::new(rota, window, occurrence, booking)));
        }
    }
    tasks
}

/// The duties of one person, prepared for checking quickly whether they are free.
#[derive(Default)]
struct Duties {
    /// Duties booked by name: the start, and the latest end so far. Sorted by start.
    by_name: Vec<(UtcMinute, UtcMinute)>,
    /// Duties assigned through a team, sorted by start and separate from each other.
    by_team: Vec<(UtcMinute, UtcMinute)>,
    /// The number of duties so far, without watches.
    count: u32,
    /// The number of watches so far.
    watches: u32,
}

impl Duties {
    fn add(&mut self, task: &Task<'_>) {
        if task.is_watch() {
            self.watches += 1;
        } else {
            self.count += 1;
        }
    }

    /// How many watches or other duties they have so far, depending on what the task is.
    fn count_like(&self, task: &Task<'_>) -> u32 {
        if task.is_watch() { self.watches } else { self.count }
    }

    /// Whether they have no duty from `from` to `to`, nor within `rest` before and after.
    fn are_free(&self, from: UtcMinute, to: UtcMinute, rest: Minutes) -> bool {
        let (from, to) = (from.plus(-rest.signed()), to.plus(rest.signed()));
        let meets = |duties: &[(UtcMinute, UtcMinute)]| {
            let before = duties.partition_point(|(start, _)| *start < to);
            duties[..before].last().is_some_and(|(_, end)| *end > from)
        };
        !meets(&self.by_name) && !meets(&self.by_team)
    }
}

/// Keeps track of whose turn it is while the rota is filled.
struct Turns<'a> {
    rota: &'a Rota,
    availability: Vec<Availability>,
    duties: Vec<Duties>,
    shifts: Vec<Shift>,
    shortages: Vec<Shortage>,
}

impl<'a> Turns<'a> {
    fn new(rota: &'a Rota, tasks: &[Task<'_>]) -> Self {
        let mut duties: Vec<Duties> = rota.people.iter().map(|_| Duties::default()).collect();
        for task in tasks.iter().filter(|task| !task.is_watch()) {
            if let Some(person) = task.person {
                duties[person as usize].by_name.push((task.from, task.to));
            }
        }
        for Duties { by_name, .. } in &mut duties {
            by_name.sort_unstable();
            let mut latest = UtcMinute(i32::MIN);
            for (_, to) in by_name {
                latest = latest.max(*to);
                *to = latest;
            }
        }
        let availability = rota.people.iter().map(|person| Availability::new(person)).collect();
        Self { rota, availability, duties, shifts: Vec::new(), shortages: Vec::new() }
    }

    /// A person booked by name works, whatever else they have to do.
    fn assign_by_name(&mut self, task: &Task<'_>) {
        if let Some(person) = task.person {
            self.duties[person as usize].add(task);
            self.shifts.push(task.shift(person, None));
        }
    }

    /// The team provides as many people as it needs, in turn, or as many as it can.
    fn assign_by_team(&mut self, task: &Task<'_>, team_position: u32) {
        let team: &Team = &self.rota.teams.as_slice()[team_position as usize];
        let members = self.members(team);
        // A booking needs at least one person, even if the team is empty or needs none.
        let needed = team.needed.map_or(members.len() as u32, u32::from).max(1);
        let (from, to) = (self.rota.local(task.from), self.rota.local(task.to));
        let is_free = |person: &u32| {
            let person = *person as usize;
            let (availability, duties) = (&self.availability[person], &self.duties[person]);
            if task.is_watch() {
                availability.is_there(from, to)
            } else {
                availability.allows(from, to) && duties.are_free(task.from, task.to, self.rota.rest)
            }
        };
        let mut free: Vec<u32> = members.into_iter().filter(is_free).collect();
        // The sort is stable, so the team's order decides among people with equally many duties.
        free.sort_by_key(|person| self.duties[*person as usize].count_like(task));
        free.truncate(needed as usize);
        let missing = needed - free.len() as u32;
        for person in free {
            let duties = &mut self.duties[person as usize];
            if !task.is_watch() {
                let at = duties.by_team.partition_point(|(start, _)| *start < task.from);
                duties.by_team.insert(at, (task.from, task.to));
            }
            duties.add(task);
            self.shifts.push(task.shift(person, Some(team_position)));
        }
        if missing > 0 {
            let Task { from, to, window, original_day, booking, .. } = *task;
            let shortage =
                Shortage { from, to, window, original_day, duty: booking.duty, team: team_position, needed, missing };
            self.shortages.push(shortage);
        }
    }

    /// The members of a team that the plan contains, in its order, without duplicates.
    fn members(&self, team: &Team) -> Vec<u32> {
        let mut seen = BTreeSet::new();
        let known = team.people.iter().filter_map(|id| self.rota.people.position(id));
        known.map(|position| position as u32).filter(|position| seen.insert(*position)).collect()
    }
}
