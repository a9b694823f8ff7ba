//! The year on one wall: months of days, and what takes place on them.

use serde::Serialize;

use crate::model::Stage;

/// It is read in black and white: stages by pattern and letter, freezes hatched.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planner {
    /// In their order, without gaps.
    pub months: Vec<Month>,
    /// The head of the column of week numbers: "Wk".
    pub week: String,
    pub legend: Legend,
    /// What the numbers on the days stand for: "12", "Core DB, Production, 22:00 – 02:00".
    pub windows: Vec<super::Labelled>,
    /// Freezes, holidays and releases in words, below the windows.
    pub remarks: Vec<super::Labelled>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Month {
    /// "March 2027"
    pub name: String,
    pub days: Vec<Day>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// The latest stage among its groups; none where it has no group.
    pub stage: Option<Stage>,
    /// "P"; empty without a stage.
    pub letter: String,
    /// The window's number in the key.
    pub number: String,
    pub clock: String,
    pub name: String,
    /// "!" where something is wrong with it and marks are wanted.
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
