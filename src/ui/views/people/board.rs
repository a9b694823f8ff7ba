//! The content of the people view: rows by team, shifts by day, nights per month. Kept while the plan and its rota stay
//! the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Plan, TeamId, date_of_day, month_number};
use crate::schedule::Rota;
use crate::schedule::rota::{Shift, Shortage};
use crate::session::Document;

/// One row of the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleRow {
    /// Bookings that teams could not fill.
    Open,
    /// A team, or the people without a team.
    Team { id: Option<TeamId>, name: String, people: usize },
    /// A person, by index in the plan's table.
    Person(usize),
}

impl PeopleRow {
    /// The index of its person in the plan's table.
    pub fn person(&self) -> Option<usize> {
        if let Self::Person(index) = self { Some(*index) } else { None }
    }
}

/// The rows and shifts shown.
pub struct Board {
    plan: Arc<Plan>,
    pub rota: Arc<Rota>,
    pub rows: Vec<PeopleRow>,
    /// For each person, the number of nights by month (year × 12 + month).
    nights: Vec<Vec<(i32, usize)>>,
    /// The most days by which a shift extends beyond the day it starts.
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

    /// Whether a team or a person is listed: a filter may match nobody.
    pub fn has_people(&self) -> bool {
        self.rows.iter().any(|row| !matches!(row, PeopleRow::Open))
    }

    /// Returns whether a shift belongs to the person at that index of the plan's table.
    pub fn is_of_person(&self, shift: &Shift, person: usize) -> bool {
        Arc::ptr_eq(self.rota.person(shift), &self.plan.people().as_slice()[person])
    }

    /// The row of a shift's person.
    pub fn row_of(&self, shift: &Shift) -> Option<usize> {
        let is_theirs = |row: &PeopleRow| row.person().is_some_and(|person| self.is_of_person(shift, person));
        self.rows.iter().position(is_theirs)
    }

    /// The number of nights a person works in the month of that day.
    pub fn nights_in(&self, person: usize, month: chrono::NaiveDate) -> usize {
        let (key, all) = (month_number(month), &self.nights[person]);
        all.binary_search_by_key(&key, |(month, _)| *month).map_or(0, |index| all[index].1)
    }

    /// A person's shifts that overlap those days, each with its first and last day.
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

fn nights(rota: &Rota, person: usize) -> Vec<(i32, usize)> {
    let nights = rota.nights(person);
    let key = |day: i32| month_number(date_of_day(day));
    nights.chunk_by(|a, b| key(a.day) == key(b.day)).map(|month| (key(month[0].day), month.len())).collect()
}

/// The last day on which a shift is shown: the day it starts or, if it lasts a day or longer, the day it ends.
fn last_day(rota: &Rota, shift: &Shift) -> i32 {
    if shift.to.since(shift.from) < 24 * 60 {
        return rota.day_of(shift.from);
    }
    rota.day_of(shift.to.plus(-1))
}

/// Lists each person once, under their first team.
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
        // Only who is shown is listed: a filter may hide this team, but not the next team of the same person.
        let is_shown = |person: &usize| matches(person) && std::mem::take(&mut is_free[*person]);
        let shown: Vec<usize> = people.into_iter().filter(is_shown).collect();
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
