//! Reads the largest calendars that are imported, 64 MB with 99,000 events, and compares the time with that of calcard's
//! parser alone, which does not know what the events mean.
//!
//! Budget: 3 s and 300 MB. Cancelling takes at most 100 ms. Memory and cancelling are checked before timing.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::Read;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use calcard::{Entry, Parser};
use chrono::{NaiveDate, TimeDelta};
use divan::{Bencher, black_box};
use windowsill::import::{self, ImportError, ImportKind, Imported, Options, Source, SourceFile, Target, Topic};
use windowsill::model::{Horizon, Plan};
use windowsill::progress::Progress;

const EVENTS: usize = 99_000;
const LARGEST: u64 = 300 << 20;
const SLOWEST_STOP: Duration = Duration::from_millis(100);

static TEXT: LazyLock<String> = LazyLock::new(text);

fn main() {
    assert_eq!(read(&Progress::default()).unwrap().summary, "99000 windows");
    if let Some(peak) = peak_memory() {
        // The text that the benchmark holds does not count.
        let peak = peak - TEXT.len() as u64;
        assert!(peak < LARGEST, "{} MB", peak >> 20);
        println!("memory: {} MB", peak >> 20);
    }
    stops_at_once();
    divan::main();
}

/// A calendar in which no two events have the same name.
fn text() -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Carrier\r\n".to_owned();
    let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let words = "Maintenance of the line between the two sites. ".repeat(9);
    for number in 0..EVENTS {
        let start = first + TimeDelta::minutes((number * 37 % 525_000) as i64);
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

fn windows() -> &'static ImportKind {
    import::kinds_of_topic(Topic::Windows).find(|kind| kind.id == "windows-calendar").unwrap()
}

fn read(progress: &Progress) -> Result<Imported, ImportError> {
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let today = plan.horizon().from;
    let source = Source::new(vec![Box::new(Text)], progress);
    import::read(&source, windows(), &Options::default(), &Target::new(Arc::new(plan), today))
}

/// The most memory that this process has used, in bytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Cancels at several moments.
fn stops_at_once() {
    for wait in [50, 300, 800].map(Duration::from_millis) {
        let progress = Progress::default();
        let stopped = std::thread::scope(|scope| {
            let reading = scope.spawn(|| read(&progress));
            std::thread::sleep(wait);
            progress.cancel();
            let cancelled_at = Instant::now();
            let result = reading.join().unwrap();
            (result, cancelled_at.elapsed())
        });
        match stopped {
            (Err(ImportError::Cancelled), after) => assert!(after < SLOWEST_STOP, "{after:?}"),
            (result, after) => println!("it was done {after:?} after {wait:?}: {}", result.is_ok()),
        }
    }
}

#[divan::bench(sample_count = 5)]
fn ours(bencher: Bencher) {
    bencher.bench(|| read(black_box(&Progress::default())).unwrap());
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
