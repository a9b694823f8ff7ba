//! The wall planner: months of days, and what takes place on them.

use serde::Serialize;

use super::labels::{Labelled, Title};
use crate::model::Stage;

/// Up to thirteen months. Readable in black and white: stages have patterns and letters, freezes are hatched.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planner {
    /// The plan, and the months.
    pub title: Title,
    /// In order, without gaps.
    pub months: Vec<Month>,
    /// The head of the column of week numbers: "Wk".
    pub week: String,
    pub legend: Legend,
    /// The windows behind the numbers on the days: "12", "Core DB, Production, 22:00 – 02:00".
    pub windows: Vec<Labelled>,
    /// Freezes, releases and holidays in words.
    pub remarks: Vec<Labelled>,
    /// For a planner that is cut into several sheets of paper.
    pub tiles: Tiles,
}

impl Legend {
    /// The words for marks other than stages, without empty ones.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        let words = [&self.freeze, &self.holiday, &self.release].into_iter().chain(&self.mark);
        words.filter(|word| !word.is_empty())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Month {
    /// "March 2027"
    pub name: String,
    /// The days of the month that belong to the plan.
    pub days: Vec<Day>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Day {
    pub number: u8,
    /// "Sat"
    pub weekday: String,
    /// 0 is Monday.
    pub column: u8,
    pub is_weekend: bool,
    /// ISO 8601, on Mondays and the first day of the planner.
    pub week: Option<u8>,
    pub is_frozen: bool,
    /// The name of a freeze, on its first day in the month.
    pub freeze: Option<String>,
    pub holiday: Option<String>,
    /// "Patch Tuesday"
    pub releases: Vec<String>,
    pub entries: Vec<Entry>,
}

impl Day {
    /// What is on it, a line for each: for forms in which days are listed and not drawn.
    pub fn lines(&self, legend: &Legend) -> Vec<String> {
        let named =
            |label: &str, name: &str| if label.is_empty() { name.to_owned() } else { format!("{label}: {name}") };
        let mut said: Vec<String> = self.freeze.iter().map(|name| named(&legend.freeze, name)).collect();
        said.extend(self.holiday.iter().map(|name| named(&legend.holiday, name)));
        said.extend(self.releases.iter().map(|name| named(&legend.release, name)));
        let entry = |entry: &Entry| {
            let parts = [&entry.mark, &entry.clock, &entry.name, &entry.letter, &entry.number];
            parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        said.extend(self.entries.iter().map(entry));
        said
    }
}

/// An occurrence on its first day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The stage, by which the window is coloured on screen; None without a group.
    pub stage: Option<Stage>,
    /// "P"; empty without a stage.
    pub letter: String,
    /// The number of the window in the key.
    pub number: String,
    pub clock: String,
    pub name: String,
    /// "!" for a warning, "!!" for an error, if marks are wanted.
    pub mark: String,
}

/// The meaning of patterns, letters and marks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Legend {
    /// The stages that occur.
    pub stages: Vec<StageKey>,
    pub freeze: String,
    pub holiday: String,
    pub release: String,
    pub mark: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageKey {
    pub stage: Option<Stage>,
    pub letter: String,
    pub name: String,
}

/// The texts beside a piece of a planner, so that the pieces can be glued together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tiles {
    /// "Row {row} of {rows}, column {column} of {columns}"
    pub mark: String,
    /// Instructions for the pieces.
    pub hint: String,
}
