//! What the people's view shows: rows by team, the shifts of each day, nights a month. Kept while the plan and its rota
//! stay the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Datelike;

use crate::model::{Plan, TeamId, date_of_day};
use crate::schedule::Rota;
use crate::schedule::rota::{Shift, Shortage};
use crate::session::Document;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleRow {
    /// Bookings that teams could not fill.
    Open,
    /// A team, or the people who are in none.
    Team { id: Option<TeamId>, name: String, people: usize },
    /// A person, by the place in the plan's table.
    Person(usize),
}

impl PeopleRow {
    /// The place of its person in the plan's table.
    pub fn person(&self) -> Option<usize> {
        if let Self::Person(place) = self { Some(*place) } else { None }
    }
}

/// What is shown.
pub struct Board {
    plan: Arc<Plan>,
    pub rota: Arc<Rota>,
    pub rows: Vec<PeopleRow>,
    /// For each person: month (years × 12 + months), nights.
    nights: Vec<Vec<(i32, usize)>>,
    /// The most days that a shift lasts beyond the one on which it starts.
    pub longest: i32,
}

impl Board {
    pub fn new(document: &Document, folded: &BTreeSet<Option<TeamId>>, filter: &str) -> Self {
        let (plan, rota) = (Arc::clone(document.plan()), Arc::clone(&document.schedule().rota));
        let nights = (0..plan.people().len()).map(|person| nights(&rota, person)).collect();
        let longest = rota.shifts().iter().map(|shift| last_day(&rota, shift) - rota.day_of(shift.from)).max();
        let rows = rows(&plan, &rota, folded, filter);
        Self { plan, rota, rows, nights, longest: longest.unwrap_or(0) }
    }

    /// Whether a shift is that of the person at that place in the plan's table.
    pub fn is_of_person(&self, shift: &Shift, person: usize) -> bool {
        Arc::ptr_eq(self.rota.person(shift), &self.plan.people().as_slice()[person])
    }

    /// The place of the row of a shift's person.
    pub fn row_of(&self, shift: &Shift) -> Option<usize> {
        let is_theirs = |row: &PeopleRow| row.person().is_some_and(|person| self.is_of_person(shift, person));
        self.rows.iter().position(is_theirs)
    }

    /// How many nights a person works in the month of that day.
    pub fn nights_in(&self, person: usize, month: chrono::NaiveDate) -> usize {
        let (key, all) = (month_key(month), &self.nights[person]);
        all.binary_search_by_key(&key, |(month, _)| *month).map_or(0, |place| all[place].1)
    }

    /// The shifts of a person of which something lies on those days, with their first and last day.
    pub fn shifts_on(&self, person: usize, from: i32, to: i32) -> impl Iterator<Item = (&Shift, i32, i32)> {
        let shifts = self.rota.shifts_between(person, from.saturating_sub(self.longest), to);
        shifts
            .map(|shift| (shift, self.rota.day_of(shift.from), last_day(&self.rota, shift)))
            .filter(move |(_, _, last)| *last >= from)
    }

    /// The bookings on those days that teams could not fill.
    pub fn shortages_on(&self, from: i32, to: i32) -> &[Shortage] {
        let all = self.rota.shortages();
        let day = |shortage: &Shortage| self.rota.day_of(shortage.from);
        let start = all.partition_point(|shortage| day(shortage) < from);
        &all[start..start + all[start..].partition_point(|shortage| day(shortage) <= to)]
    }
}

fn month_key(on: chrono::NaiveDate) -> i32 {
    on.year() * 12 + on.month0() as i32
}

fn nights(rota: &Rota, person: usize) -> Vec<(i32, usize)> {
    let nights = rota.nights(person);
    let key = |day: i32| month_key(date_of_day(day));
    nights.chunk_by(|a, b| key(a.day) == key(b.day)).map(|month| (key(month[0].day), month.len())).collect()
}

/// The day on which a shift shows last: the one on which it starts, or, for one of a day or longer, on which it ends.
fn last_day(rota: &Rota, shift: &Shift) -> i32 {
    if shift.to.since(shift.from) < 24 * 60 {
        return rota.day_of(shift.from);
    }
    rota.day_of(shift.to.plus(-1))
}

/// Each person once, under the first team that has them.
fn rows(plan: &Plan, rota: &Rota, folded: &BTreeSet<Option<TeamId>>, filter: &str) -> Vec<PeopleRow> {
    let filter = filter.trim().to_lowercase();
    let mut rows = Vec::new();
    if !rota.shortages().is_empty() {
        rows.push(PeopleRow::Open);
    }
    let mut is_free = vec![true; plan.people().len()];
    let mut add = |id: Option<TeamId>, name: &str, people: Vec<usize>| {
        let matches = |person: &usize| {
            filter.is_empty()
                || name.to_lowercase().contains(&filter)
                || plan.people().as_slice()[*person].name.to_lowercase().contains(&filter)
        };
        let people: Vec<usize> = people.into_iter().filter(|person| std::mem::take(&mut is_free[*person])).collect();
        let shown: Vec<usize> = people.into_iter().filter(matches).collect();
        if shown.is_empty() {
            return;
        }
        let is_folded = folded.contains(&id);
        rows.push(PeopleRow::Team { id, name: name.to_owned(), people: shown.len() });
        if !is_folded {
            rows.extend(shown.into_iter().map(PeopleRow::Person));
        }
    };
    for team in plan.teams() {
        let people = team.people.iter().filter_map(|id| plan.people().position(id)).collect();
        add(Some(team.id.clone()), &team.name, people);
    }
    add(None, "In no team", (0..plan.people().len()).collect());
    rows
}
