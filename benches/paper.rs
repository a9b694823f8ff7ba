//! Measures printing packs and planners as PDF.
//!
//! Budgets: a pack in 100 ms, 250 packs bound as one PDF in 5 s, a planner of 500 occurrences in 1 s.
//!
//! For comparison, `WeasyPrint` (BSD licence) prints the same documents from HTML, if the variable
//! `WINDOWSILL_WEASYPRINT` has its path.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod large;

use std::process::Command;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use windowsill::export::paper::{self, Document, Paper};
use windowsill::export::{checklist, planner};
use windowsill::model::{Edit, Horizon, WindowId};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;
use windowsill::store::parse;

fn main() {
    divan::main();
}

const REVISION: &str = "r 1f0c";

/// The sample plan over three years: a bank with servers, desktops and appliances, with up to 20 systems per night.
static SAMPLE: LazyLock<Schedule> = LazyLock::new(|| {
    let plan = parse(include_str!("../assets/sample.ron")).expect("the sample can be read").plan;
    let plan = plan.apply(&Edit::SetHorizon(Horizon { months: 36, ..plan.horizon() })).expect("any horizon will do");
    Schedule::derive(&Arc::new(plan), None)
});

fn packs(schedule: &Schedule, count: usize) -> Document {
    let occurrences: Vec<(WindowId, NaiveDate)> = schedule
        .in_order(false)
        .into_iter()
        .map(|(window, occurrence)| (window.id().clone(), occurrence.original_on()))
        .filter(|(id, on)| {
            let (window, occurrence) = schedule.occurrence(id, *on).unwrap();
            checklist::single(schedule, window, occurrence, REVISION).is_ok()
        })
        .take(count)
        .collect();
    assert_eq!(occurrences.len(), count, "the plan has enough nights");
    checklist::document(schedule, &occurrences, REVISION, &Progress::default()).unwrap().document
}

fn print(document: &Document, paper: Paper) -> usize {
    paper::pdf(black_box(document), paper, &Progress::default()).unwrap().len()
}

#[divan::bench(args = [1, 250], sample_count = 5)]
fn packs_within_100_ms_and_5_s(bencher: Bencher<'_, '_>, count: usize) {
    let document = packs(&SAMPLE, count);
    bencher.bench(|| print(&document, Paper::A4));
}

#[divan::bench(sample_count = 5)]
fn pack_by_weasyprint(bencher: Bencher<'_, '_>) {
    by_weasyprint(bencher, &packs(&SAMPLE, 1), Paper::A4);
}

#[divan::bench(args = [Paper::A3, Paper::A2, Paper::A4], sample_count = 5)]
fn planner_of_500_occurrences_within_1_s(bencher: Bencher<'_, '_>, paper: Paper) {
    let document = planner_of_500();
    bencher.bench(|| print(&document, paper));
}

#[divan::bench(sample_count = 3)]
fn planner_by_weasyprint(bencher: Bencher<'_, '_>) {
    by_weasyprint(bencher, &planner_of_500(), Paper::A3);
}

fn planner_of_500() -> Document {
    let schedule = Schedule::derive(&Arc::new(large::mixed(12)), None);
    let occurrences = schedule.in_order(false).len();
    assert!((500..700).contains(&occurrences), "{occurrences} occurrences");
    planner::document(&schedule, None, REVISION)
}

/// The time `WeasyPrint` takes for the same document, including its start.
fn by_weasyprint(bencher: Bencher<'_, '_>, document: &Document, paper: Paper) {
    let Some(program) = std::env::var_os("WINDOWSILL_WEASYPRINT") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (page, pdf) = (folder.path().join("it.html"), folder.path().join("it.pdf"));
    std::fs::write(&page, paper::html(document, paper)).unwrap();
    bencher.bench(|| {
        let printed = Command::new(&program).arg("--quiet").arg(&page).arg(&pdf).status().unwrap();
        assert!(printed.success());
    });
}
