//! Reads the largest calendars that are imported, 64 MB with 99,000 events, and compares the time with that of calcard's
//! parser alone, which does not know what the events mean.
//!
//! Budget: 3 s and 300 MB. Cancelling takes at most half a second, most of which frees memory. Memory and cancelling are
//! measured before timing; memory in a process for each kind of records.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::io::Read;
use std::process::Command;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use calcard::{Entry, Parser};
use chrono::{NaiveDate, TimeDelta};
use divan::{Bencher, black_box};
use windowsill::connect;
use windowsill::import::{ImportError, ImportKind, Imported, Options, Source, SourceFile, Target, Topic};
use windowsill::model::{Horizon, Plan};
use windowsill::progress::Progress;

const EVENTS: usize = 99_000;
const LARGEST: u64 = 300 << 20;
const SLOWEST_STOP: Duration = Duration::from_millis(500);
/// How often the reading is cancelled.
const MOMENTS: u32 = 24;

static TEXT: LazyLock<String> = LazyLock::new(text);

/// Set in a process that measures the memory of one kind.
const MEASURED: &str = "WINDOWSILL_MEASURED_KIND";
const KINDS: [(Topic, &str); 3] = [
    (Topic::Windows, "windows-calendar"),
    (Topic::Freezes, "freezes-calendar"),
    (Topic::Holidays, "holidays-calendar"),
];

fn main() {
    if let Some(id) = std::env::var_os(MEASURED) {
        let (topic, id) = KINDS.into_iter().find(|(_, known)| *known == id).unwrap();
        return measure_memory(kind(topic, id));
    }
    for (_, id) in KINDS {
        let child = Command::new(std::env::current_exe().unwrap()).env(MEASURED, id).status().unwrap();
        assert!(child.success(), "{id}");
    }
    stops_at_once();
    divan::main();
}

fn measure_memory(kind: &'static ImportKind) {
    let began = Instant::now();
    let imported = read(kind, &Progress::default()).unwrap();
    let took = began.elapsed();
    if let Some(peak) = peak_memory() {
        // The text that the benchmark holds does not count.
        let peak = peak - TEXT.len() as u64;
        println!("{}: {} in {took:?}, {} MB of {} MB", kind.id, imported.summary, peak >> 20, LARGEST >> 20);
    }
}

/// A calendar in which no two events have the same name.
fn text() -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Carrier\r\n".to_owned();
    let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let words = "Maintenance of the line between the two sites. ".repeat(9);
    for number in 0..EVENTS {
        // None touches two days of the plan's zone, so that there are as many holidays as events.
        let start = first + TimeDelta::days((number % 365) as i64) + TimeDelta::minutes((number * 37 % 1_200) as i64);
        let end = start + TimeDelta::hours(2);
        let (start, end) = (start.format("%Y%m%dT%H%M%SZ"), end.format("%Y%m%dT%H%M%SZ"));
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:event-{number}@carrier.example\r\nDTSTAMP:20261101T090000Z\r\nSEQUENCE:1\r\n\
             SUMMARY:Work {number}\r\nDTSTART:{start}\r\nDTEND:{end}\r\nDESCRIPTION:{words}\r\nEND:VEVENT\r\n"
        );
    }
    text.push_str("END:VCALENDAR\r\n");
    text
}

struct Text;

impl SourceFile for Text {
    fn name(&self) -> &'static str {
        "large.ics"
    }

    fn is_named(&self) -> bool {
        true
    }

    fn size(&self) -> u64 {
        TEXT.len() as u64
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, String> {
        Ok(Box::new(TEXT.as_bytes()))
    }
}

fn kind(topic: Topic, id: &str) -> &'static ImportKind {
    connect::kinds_of_topic(topic).find(|kind| kind.id == id).unwrap()
}

fn windows() -> &'static ImportKind {
    kind(Topic::Windows, "windows-calendar")
}

fn read(kind: &'static ImportKind, progress: &Progress) -> Result<Imported, ImportError> {
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let today = plan.horizon().from;
    let source = Source::new(vec![Box::new(Text)], progress);
    connect::read(&source, kind, &Options::default(), &Target::new(Arc::new(plan), today))
}

/// The most memory that this process has used, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Cancels at many moments of the reading.
fn stops_at_once() {
    let began = Instant::now();
    assert_eq!(read(windows(), &Progress::default()).unwrap().summary, "99000 windows");
    let whole = began.elapsed();
    let stop_after = |wait: Duration| {
        let progress = Progress::default();
        std::thread::scope(|scope| {
            let reading = scope.spawn(|| read(windows(), &progress));
            std::thread::sleep(wait);
            progress.cancel();
            let cancelled_at = Instant::now();
            let result = reading.join().unwrap();
            matches!(result, Err(ImportError::Cancelled)).then(|| (cancelled_at.elapsed(), wait))
        })
    };
    let stops: Vec<_> = (0..MOMENTS).filter_map(|moment| stop_after(whole * moment / MOMENTS)).collect();
    let (after, wait) = stops.iter().max().unwrap();
    let count = stops.len();
    println!(
        "cancelled {count} times within {after:?} of {SLOWEST_STOP:?}; the slowest began after {wait:?} of {whole:?}"
    );
}

#[divan::bench(sample_count = 5)]
fn ours(bencher: Bencher) {
    bencher.bench(|| read(windows(), black_box(&Progress::default())).unwrap());
}

#[divan::bench(sample_count = 5)]
fn calcard_alone(bencher: Bencher) {
    bencher.bench(|| {
        let mut parser = Parser::new(black_box(&TEXT));
        let mut count = 0;
        while !matches!(parser.entry(), Entry::Eof) {
            count += 1;
        }
        count
    });
}
