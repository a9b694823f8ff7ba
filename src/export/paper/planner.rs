//! The year on one wall: months of days, and what takes place on them.

use serde::Serialize;

use super::{Labelled, Title};
use crate::model::Stage;

/// What hangs on one wall: up to thirteen months. It is read in black and white: stages by pattern and letter, freezes
/// hatched.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planner {
    /// The plan, and which months.
    pub title: Title,
    /// In their order, without gaps.
    pub months: Vec<Month>,
    /// What stands before the number of a week: "Wk".
    pub week: String,
    pub legend: Legend,
    /// What the numbers on the days stand for: "12", "Core DB, Production, 22:00 – 02:00".
    pub windows: Vec<Labelled>,
    /// Freezes, releases and holidays in words, below the windows.
    pub remarks: Vec<Labelled>,
    /// Where it is cut into several sheets of paper.
    pub tiles: Tiles,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Month {
    /// "March 2027"
    pub name: String,
    /// The days of the month that the plan is for.
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
    /// A freeze's name on its first day in the month.
    pub freeze: Option<String>,
    pub holiday: Option<String>,
    /// "Patch Tuesday"
    pub releases: Vec<String>,
    pub entries: Vec<Entry>,
}

impl Day {
    /// What is on it, one line for each: where days are listed and not drawn.
    pub(super) fn said(&self, legend: &Legend) -> Vec<String> {
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
    /// What the window is coloured by on screen; none where it has no group.
    pub stage: Option<Stage>,
    /// "P"; empty without a stage.
    pub letter: String,
    /// The window's number in the key.
    pub number: String,
    pub clock: String,
    pub name: String,
    /// "!" or "!!" where something is wrong with it and marks are wanted.
    pub mark: String,
}

/// What the marks mean, in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Legend {
    /// The letter, the stage and what it is called.
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

/// What is printed beside a piece of a planner, so that the pieces can be glued together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tiles {
    /// "Row {row} of {rows}, column {column} of {columns}"
    pub mark: String,
    /// What to do with the pieces.
    pub hint: String,
}
