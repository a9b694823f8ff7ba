//! Arbitrary plans: schedule, checks, quick fixes, and one export of each, which is parsed back.

#![no_main]

use std::io::Cursor;
use std::sync::Arc;

use calamine::Reader as _;
use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use windowsill::checks::{Context, Findings};
use windowsill::export::invites::{InvitesOrder, Organizer, Outgoing};
use windowsill::export::lists::{CsvStyle, FORMS, List};
use windowsill::export::paper::Paper;
use windowsill::export::print::{Form, PrintOrder, PrintSubject};
use windowsill::export::profiles::{CalendarOrder, PROFILES};
use windowsill::export::{Basis, Source, revision};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;
use windowsill_fuzz::support::edits::any_edit;
use windowsill_fuzz::support::plans::any_plan;
use windowsill_fuzz::support::strict;
use windowsill_fuzz::{made_of, survives};

/// Simulated nights: few, because only the absence of panics matters.
const RUNS: u32 = 5;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 8).unwrap()
}

/// Reads what was written, by the ending of its name.
fn parse_back(name: &str, bytes: &[u8]) {
    let ending = name.rsplit_once('.').map_or(name, |(_, ending)| ending);
    match ending {
        "ics" => drop(strict::read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))),
        "json" => drop(serde_json::from_slice::<serde_json::Value>(bytes).unwrap()),
        "csv" => {
            let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
            rows.records().for_each(|row| drop(row.unwrap()));
        }
        "xlsx" => {
            let mut book = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
            for name in book.sheet_names() {
                book.worksheet_range(&name).unwrap();
            }
        }
        _ => drop(std::str::from_utf8(bytes).unwrap()),
    }
}

fn list(source: &Source<'_>, which: usize) {
    let (list, form) = (&List::ALL[which % List::ALL.len()], FORMS[which / List::ALL.len() % FORMS.len()]);
    if let Some(bytes) = list.write(form, CsvStyle::PLAIN, source) {
        parse_back(form.id, &bytes);
    }
}

fn calendar(source: &Source<'_>, which: usize) {
    let Some(order) = CalendarOrder::for_first(PROFILES[which % PROFILES.len()], &source.schedule.plan) else { return };
    for file in order.calendars(source).files {
        parse_back(&file.name, &file.bytes);
    }
}

fn changes(schedule: &Schedule, earlier: &Schedule, which: usize) {
    let basis = Basis { name: "earlier.ron".to_owned(), earlier: (which % 4 != 0).then_some(earlier) };
    let source = Source::new(schedule, today()).compared_with(Some(basis));
    let Some((found, name)) = source.revision() else { return };
    let form = revision::FORMS[which / 4 % revision::FORMS.len()];
    let bytes = (form.write)(found, name);
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    parse_back(form.id, bytes);
}

fn print(source: &Source<'_>, which: usize) {
    let plan = &source.schedule.plan;
    let first = source.schedule.in_order(false).first().map(|found| (found.0.id().clone(), found.1.original_on()));
    let area = plan.areas().iter().next().map(|area| area.id.clone());
    let what = match (which % 4, first, area) {
        (0, Some((window, on)), _) => PrintSubject::Checklist(window, on),
        (1, _, Some(area)) => PrintSubject::Year(area),
        (2, ..) => PrintSubject::Cab { weeks: 8 },
        _ => PrintSubject::Planner { has_marks: true },
    };
    let form = [Form::Html, Form::Markdown, Form::Text][which / 4 % 3];
    let order = PrintOrder { what, form, paper: Paper::A4, is_one_file_each: false };
    if let Ok(prints) = order.print(source, &Progress::default()) {
        prints.files.iter().for_each(|file| parse_back(&file.name, &file.bytes));
    }
}

fn invites(source: &Source<'_>) {
    let outgoing = Outgoing::new(source.schedule, source.today, &InvitesOrder::default());
    let Ok(organizer) = Organizer::from_texts(source.schedule.plan.invites()) else { return };
    outgoing.files(&organizer).for_each(|file| assert!(!file.bytes.is_empty()));
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let Some((plan, edit)) = made_of(&(any_plan(), any_edit()), bytes) else { return };
    survives(&plan);
    let plan = Arc::new(plan);
    let schedule = Schedule::derive(&plan, None).with_outlooks(RUNS);
    let findings = Findings::check(&schedule, today(), None);
    let context = Context::new(&schedule, today());
    for fix in findings.list.iter().take(20).filter_map(|finding| finding.fix(&context)) {
        let _ = plan.apply(&fix.edit);
    }
    let source = Source::new(&schedule, today()).with_findings(&findings);
    let which = usize::from(first / 5);
    match first % 5 {
        0 => list(&source, which),
        1 => calendar(&source, which),
        2 => print(&source, which),
        3 => invites(&source),
        _ => {
            let edited = plan.apply(&edit).map_or_else(|_| Arc::clone(&plan), Arc::new);
            changes(&Schedule::derive(&edited, Some(&schedule)), &schedule, which);
        }
    }
});
