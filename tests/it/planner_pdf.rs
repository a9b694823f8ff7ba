//! The wall planner on paper: all of it is there, on the sheets of the wall and on those that are glued to one.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Weekday;
use windowsill::export::paper::{Day, Document, Paper, Part, Planner, pdf};
use windowsill::export::planner;
use windowsill::model::*;
use windowsill::schedule::Schedule;
use windowsill::store::parse;

use crate::support::poppler::{Pdf, are_readers_here, squeezed};
use windowsill::progress::Progress;

fn sample() -> Plan {
    parse(include_str!("../../assets/sample.ron")).unwrap().plan
}

/// The sample with ten more windows on each Saturday: more than 700 occurrences in a year.
fn busy() -> Plan {
    let mut parts = sample().to_parts();
    let groups: Vec<GroupId> =
        parts.ladders.iter().flat_map(|ladder| &ladder.groups).map(|group| group.id.clone()).collect();
    let saturdays = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
    let window = |number: usize| MaintenanceWindow {
        groups: vec![groups[number % groups.len()].clone()],
        ..MaintenanceWindow::new(format!("busy-{number}").as_str().into(), &format!("Busy {number}"), saturdays.clone())
    };
    let all = (0..10).map(window).chain(parts.windows.iter().map(|window| MaintenanceWindow::clone(window)));
    parts.windows = all.collect();
    parts.into()
}

fn document(plan: Plan) -> Document {
    planner::document(&Schedule::derive(&Arc::new(plan), None), None, "4f1c22a9")
}

fn printed(document: &Document, paper: Paper) -> Vec<u8> {
    pdf(document, paper, &Progress::default()).unwrap()
}

fn the_planner(document: &Document) -> &Planner {
    match &document.sheets[0].parts[0] {
        Part::Planner(planner) => planner,
        other => panic!("{other:?}"),
    }
}

fn days(document: &Document) -> impl Iterator<Item = &Day> {
    the_planner(document).months.iter().flat_map(|month| &month.days)
}

#[test]
fn a_year_is_one_page_of_a3_or_a2_with_all_months_windows_and_remarks() {
    if !are_readers_here() {
        return;
    }
    for document in [document(sample()), document(busy())] {
        for paper in [Paper::A3, Paper::A2, Paper::Tabloid] {
            let file = Pdf::new(&printed(&document, paper));
            file.check();
            assert!(file.info().contains("Pages:           1"), "{}", file.info());
            let read = file.text();
            let planner = the_planner(&document);
            let months = planner.months.iter().map(|month| month.name.clone());
            let lines =
                planner.windows.iter().chain(&planner.remarks).flat_map(|line| [line.label.clone(), line.text.clone()]);
            for text in months.chain(lines) {
                assert!(read.contains(&squeezed(&text)), "{text:?} is not on {paper:?}");
            }
        }
    }
}

#[test]
fn each_occurrence_is_on_its_day_by_name_or_number_and_nothing_is_cut_off_or_too_small() {
    if !are_readers_here() {
        return;
    }
    for document in [document(sample()), document(busy())] {
        let words = Pdf::new(&printed(&document, Paper::A3)).words();
        for word in &words {
            let is_on_page =
                word.left >= 0.0 && word.top >= 0.0 && word.right <= word.page.0 && word.bottom <= word.page.1;
            // A line of 5.5 points is a little higher than that.
            assert!(is_on_page && word.bottom - word.top > 5.5, "{} at {}, {}", word.text, word.left, word.top);
        }
        let standing: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let names: BTreeSet<&str> = days(&document).flat_map(|day| &day.entries).map(|entry| &*entry.name).collect();
        for name in names {
            let entries: Vec<_> =
                days(&document).flat_map(|day| &day.entries).filter(|entry| entry.name == name).collect();
            let number = format!("{}{}", entries[0].letter, entries[0].number);
            let by_number = standing.iter().filter(|word| **word == number || **word == entries[0].number).count();
            let first = name.split_whitespace().next().unwrap();
            let by_name = standing.iter().filter(|word| **word == first).count();
            assert!(by_number + by_name > entries.len(), "{name}: {by_number} and {by_name} of {}", entries.len());
        }
    }
}

#[test]
fn numbers_of_days_do_not_touch_the_lines_between_months() {
    if !are_readers_here() {
        return;
    }
    let words = Pdf::new(&printed(&document(sample()), Paper::A3)).words();
    // The inner and outer margins, and twelve columns between them.
    let (left, wide) = (19.0 * 72.0 / 25.4, (420.0 - 33.0) * 72.0 / 25.4 / 12.0);
    let is_day = |text: &str| text.parse::<u32>().is_ok_and(|number| (10..=31).contains(&number));
    let distance = |word: &crate::support::poppler::Word| (word.left - left).rem_euclid(wide);
    let days: Vec<f64> = words.iter().filter(|word| is_day(&word.text) && distance(word) < 5.0).map(distance).collect();
    assert!(days.len() > 200, "{}", days.len());
    assert!(days.iter().all(|distance| *distance > 1.0), "{:?}", days.iter().copied().reduce(f64::min));
}

#[test]
fn on_a4_it_is_cut_into_sheets_that_say_where_they_belong() {
    if !are_readers_here() {
        return;
    }
    let document = document(sample());
    let file = Pdf::new(&printed(&document, Paper::A4));
    file.check();
    assert!(file.info().contains("Pages:           4"), "{}", file.info());
    let read = file.text();
    for (row, column) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
        let mark = format!("Row {row} of 2, column {column} of 2");
        assert_eq!(read.matches(&squeezed(&mark)).count(), 1, "{mark}");
    }
    assert!(read.contains(&squeezed("Cut along the frame on the left and at the top")));
    for line in &the_planner(&document).windows {
        assert!(read.contains(&squeezed(&line.text)), "{line:?}");
    }
}

#[test]
fn five_years_and_a_plan_without_windows_are_printed_too() {
    if !are_readers_here() {
        return;
    }
    let years = Plan::from(PlanParts { horizon: Horizon { months: 60, ..sample().horizon() }, ..sample().to_parts() });
    let read = Pdf::new(&printed(&document(years), Paper::A3)).text();
    assert!(read.contains("December2031"));
    let empty = Plan::from(PlanParts { windows: Table::default(), ..sample().to_parts() });
    let read = Pdf::new(&printed(&document(empty), Paper::A3)).text();
    assert!(read.contains(&squeezed("No maintenance window takes place in these months")));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let document = document(sample());
    assert_eq!(printed(&document, Paper::A4), printed(&document, Paper::A4));
}
