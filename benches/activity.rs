//! Measures telling which of 1,000,000 events the windows of a plan explain. Budget: 2 s, with less than 300 MB of memory: run
//! the bench with `WINDOWSILL_MEMORY=1`, which prints the most memory that the program had (Linux).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod large;

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use windowsill::activity::{ActivityReport, Class, Classifier, TimeReader, read};
use windowsill::import::{MemoryFile, Source};
use windowsill::model::{Plan, System};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;

fn main() {
    if std::env::var_os("WINDOWSILL_MEMORY").is_some() {
        let counts = classified(&SCHEDULE, SYSLOG.clone());
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
        println!("{counts:?}, {peak} (the log itself is {} MB of it)", SYSLOG.len() >> 20);
        return;
    }
    divan::main();
}

const SYSTEMS: usize = 1_000;
const EVENTS: usize = 1_000_000;

/// Windows of two years, whose systems have a host each.
static SCHEDULE: LazyLock<Schedule> = LazyLock::new(|| {
    let mut parts = large::mixed(SYSTEMS / 2).to_parts();
    let with_host = |system: &Arc<System>| System {
        host_names: vec![format!("{}.bank.example", system.id)],
        ..System::clone(system)
    };
    parts.systems = parts.systems.iter().map(with_host).collect();
    Schedule::derive(&Arc::new(Plan::from(parts)), None)
});

/// Events over two years, on hosts in turn and some unknown ones: RFC 5424.
static SYSLOG: LazyLock<String> =
    LazyLock::new(|| log(|text, time, host| writeln!(text, "<34>1 {time} {host} sshd 4711 - - restarted")));

/// The same as a table.
static TABLE: LazyLock<String> = LazyLock::new(|| {
    "time,host,event\n".to_owned() + &log(|text, time, host| writeln!(text, "{time},{host},restarted"))
});

fn log(mut line: impl FnMut(&mut String, &str, &str) -> std::fmt::Result) -> String {
    let mut text = String::with_capacity(EVENTS * 80);
    let start = chrono::DateTime::parse_from_rfc3339("2027-01-01T00:00:00Z").unwrap();
    for number in 0..EVENTS {
        // A minute and a bit after the one before, so that all times of day and hosts meet.
        let time = (start + chrono::TimeDelta::seconds(number as i64 * 63)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let system = number * 7 % (SYSTEMS + SYSTEMS / 10);
        line(&mut text, &time, &format!("{}.bank.example", large::system_id(system))).unwrap();
    }
    text
}

/// How many events are of each class, after reading, classifying and writing them.
fn classified(schedule: &Schedule, log: String) -> [usize; 5] {
    let progress = Progress::default();
    let source = Source::new(vec![Box::new(MemoryFile::new("log", log))], &progress);
    let file = source.files().next().unwrap();
    let mut classifier = Classifier::new(schedule, 120);
    let mut report = ActivityReport::default();
    read(&file, &TimeReader { zone: Arc::clone(&schedule.zone), order: None }, &mut |line, event| {
        match event {
            Some((at, host)) => report.add(line, host, &classifier.classify(at, host)),
            None => report.add_unreadable(line),
        }
        Ok(())
    })
    .unwrap();
    black_box(report.json().unwrap());
    [Class::Expected, Class::Unapproved, Class::WrongSystem, Class::Outside, Class::Unreadable]
        .map(|class| report.count(class))
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_lines_of_syslog_budget_2_s(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| SYSLOG.clone()).bench_values(|log| classified(black_box(&SCHEDULE), log));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_rows_of_a_table_budget_2_s(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| TABLE.clone()).bench_values(|log| classified(black_box(&SCHEDULE), log));
}
