//! The wall planner: the days of the plan's months with their occurrences, up to a year on each sheet.

mod days;
mod numbers;
mod remarks;

use chrono::{Datelike as _, Months, NaiveDate};

use super::paper::{Document, Legend, Month, Part, Planner, Sheet, StageKey, Tiles, Title};
use super::sheet_text::{self, name};
use crate::checks::Findings;
use crate::model::{Horizon, Stage};
use crate::schedule::Schedule;
use crate::wording::month_and_year;
use days::Wall;
use numbers::Numbers;

/// Months on one sheet; one more if the last would otherwise be alone on a sheet.
const MONTHS_A_SHEET: usize = 12;

/// The planner of a plan. With `findings`, occurrences with open findings are marked.
pub fn document(schedule: &Schedule, findings: Option<&Findings>, revision: &str) -> Document {
    let numbers = Numbers::new(schedule);
    let wall = Wall::new(schedule, findings, &numbers);
    let months = months(schedule.plan.horizon());
    let sheets = chunks(&months).into_iter().map(|months| sheet(&wall, &numbers, months)).collect();
    let title = [name(schedule.plan.title()), "Wall planner".to_owned()];
    let title = title.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    sheet_text::document(title, schedule, revision, sheets)
}

/// The first and the last day of a month that belong to the horizon.
type Stretch = (NaiveDate, NaiveDate);

/// The months of the horizon.
fn months(horizon: Horizon) -> Vec<Stretch> {
    let month = horizon.from.with_day(1).unwrap_or(horizon.from);
    let begin = |count| month.checked_add_months(Months::new(count));
    let end = |count| begin(count + 1).and_then(|on| on.pred_opt()).unwrap_or(NaiveDate::MAX);
    let months = (0..).map_while(|count| Some((begin(count)?, end(count))));
    let months = months.take_while(|(first, _)| *first <= horizon.last());
    months.map(|(first, last)| (first.max(horizon.from), last.min(horizon.last()))).collect()
}

/// The months of each sheet.
fn chunks(months: &[Stretch]) -> Vec<&[Stretch]> {
    let mut chunks = Vec::new();
    let mut rest = months;
    while rest.len() > MONTHS_A_SHEET + 1 {
        let (here, later) = rest.split_at(MONTHS_A_SHEET);
        chunks.push(here);
        rest = later;
    }
    chunks.push(rest);
    chunks
}

fn sheet(wall: &Wall<'_>, numbers: &Numbers<'_>, months: &[Stretch]) -> Sheet {
    let first = months.first().map_or(wall.plan.horizon().from, |(first, _)| *first);
    let last = months.last().map_or(first, |(_, last)| *last);
    let of_month =
        |(from, to): &Stretch| Month { name: month_and_year(*from), days: wall.between(*from, *to).to_vec() };
    let name = if months.len() > 1 {
        format!("{} to {}", month_and_year(first), month_and_year(last))
    } else {
        month_and_year(first)
    };
    let planner = Planner {
        title: Title { text: sheet_text::name(wall.plan.title()), beside: name.clone() },
        months: months.iter().map(of_month).collect(),
        week: "Wk".to_owned(),
        legend: legend(wall),
        windows: numbers.key(wall.plan, wall.between(first, last)),
        remarks: remarks::remarks(wall, first, last),
        tiles: Tiles {
            mark: "Row {row} of {rows}, column {column} of {columns}".to_owned(),
            hint:
                "Print on one side at 100 %. Cut along the frame on the left and at the top, and glue the sheet onto the \
                   dashed lines of the one before"
                    .to_owned(),
        },
    };
    Sheet::new(name, vec![Part::Planner(planner)])
}

fn legend(wall: &Wall<'_>) -> Legend {
    let key = |stage: Option<Stage>| StageKey {
        stage,
        letter: stage.map_or_else(String::new, |stage| stage.letter().to_string()),
        name: stage.map_or("Without a group", Stage::name).to_owned(),
    };
    Legend {
        stages: wall.stages().into_iter().map(key).collect(),
        freeze: "Change freeze".to_owned(),
        holiday: "Public holiday".to_owned(),
        release: "Vendor release".to_owned(),
        mark: wall.has_marks.then(|| "! warning, !! error".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(from: &str, months: u16) -> Vec<usize> {
        let months = super::months(Horizon { from: from.parse().unwrap(), months });
        chunks(&months).iter().map(|chunk| chunk.len()).collect()
    }

    #[test]
    fn a_year_is_one_planner_together_with_the_half_month_at_its_end() {
        assert_eq!(lengths("2027-01-01", 12), [12]);
        assert_eq!(lengths("2027-01-15", 12), [13]);
        assert_eq!(lengths("2027-01-01", 18), [12, 6]);
        assert_eq!(lengths("2027-01-31", 1), [2]);
        assert_eq!(lengths("2027-06-01", 0), [1]);
        assert_eq!(lengths("2027-01-01", 60), [12; 5]);
    }

    #[test]
    fn the_end_of_all_calendars_is_the_end() {
        let last = Horizon { from: NaiveDate::MAX, months: 60 };
        assert_eq!(months(last).len(), 1);
        assert!(!months(Horizon { from: NaiveDate::MIN, months: 3 }).is_empty());
    }
}
