//! Files of other programs, as they are and mutated: no import panics, runs forever or takes too much memory, and what
//! is left out is reported.
//!
//! They are our own fixtures, and those of `WINDOWSILL_CORPUS` if it names a folder. `WINDOWSILL_STEP` is the number of
//! bytes between two points at which they are truncated, `WINDOWSILL_MUTATIONS` the number of mutated files.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use windowsill::connect;
use windowsill::encoding::decode;
use windowsill::import::{ImportError, Options, Target, ics};
use windowsill::model::{BusinessArea, Edit, Horizon, InviteKey, MaintenanceWindow, MonthDay, Plan, Rule, SentInvite};
use windowsill::progress::Progress;
use windowsill::schedule::Schedule;

use crate::support::alone::is_alone;
use crate::support::importing::{MemoryFile, kind, source};
use crate::support::mutate::{Dice, mutated};

/// How long one file may take through all imports. Far more than any needs, also without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);
/// In bytes. Of the corpus a few files are longer, and cost as much as all others.
const LONG: usize = 64 * 1024;
const MOST_MEMORY_KB: u64 = 512 * 1024;

/// A plan that knows what the fixtures answer, so that replies get as far as they can.
fn plan() -> Plan {
    let horizon = Horizon { from: "2026-01-01".parse().unwrap(), months: 24 };
    let mut parts = Plan::new("harbour".into(), "Harbour", horizon, "Europe/London").to_parts();
    let email = "ann.oneill@bank.example".to_owned();
    parts.areas =
        [BusinessArea { id: "cards".into(), email: email.clone(), ..BusinessArea::default() }].into_iter().collect();
    let rule = Rule::Monthly { on: MonthDay::Nth(3, chrono::Weekday::Sat), every: 1, offset_days: 0 };
    parts.windows = [MaintenanceWindow::new("core-db".into(), "Core DB", rule)].into_iter().collect();
    let plan = Plan::from(parts);
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let sent = schedule.windows[0].expansion.occurrences.iter().map(|occurrence| SentInvite {
        key: InviteKey { window: "core-db".into(), on: occurrence.original_on(), to: email.clone() },
        areas: vec!["cards".into()],
        name: String::new(),
        summary: String::new(),
        start_at: occurrence.start_at,
        end_at: occurrence.end_at,
        sequence: 0,
        is_cancelled: false,
        sent_on: horizon.from,
        role: windowsill::model::InviteRole::Owner,
    });
    plan.apply(&Edit::NoteSent(sent.collect())).unwrap()
}

/// Sends the bytes through the imports that read calendars: all of them, or of a long file the one whose turn it is.
fn import(bytes: &[u8], turn: usize, schedule: &Schedule) {
    let is_turn = |which: usize| bytes.len() < LONG || turn % 5 == which;
    let imports = [
        ("windows-calendar", "x.ics"),
        ("holidays-calendar", "x.ics"),
        ("freezes-calendar", "x.ics"),
        ("replies", "x.ics"),
        ("replies", "x.eml"),
    ];
    let target = Target::with_schedule(schedule.clone(), schedule.plan.horizon().from);
    for (_, (id, name)) in imports.into_iter().enumerate().filter(|(which, _)| is_turn(*which)) {
        let progress = Progress::default();
        let source = source(&[MemoryFile::new(name, bytes)], &progress);
        let imported = connect::read(&source, kind(id), &Options::default(), &target);
        if let Some(edit) = imported.ok().and_then(|imported| imported.edit()) {
            schedule.plan.apply(&edit).unwrap();
        }
    }
}

/// Takes each of `count` cases, on two cores, and fails where one panics or takes too long; `make` makes a case by its
/// number. What the longest took, and which it was.
fn take_all(count: usize, make: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static) -> (Duration, usize) {
    let (make, next) = (Arc::new(make), Arc::new(AtomicUsize::new(0)));
    let cores: Vec<_> = (0..2).map(|_| core(count, Arc::clone(&make), Arc::clone(&next))).collect();
    let mut longest = (Duration::ZERO, 0);
    for done in cores {
        let mut number = 0;
        loop {
            match done.recv_timeout(PATIENCE) {
                Ok(Event::Begins(begun)) => number = begun,
                Ok(Event::Ends(took)) => longest = longest.max((took, number)),
                Ok(Event::Panics) => panic!("case {number} panics: {:?}", shown(&make(number))),
                Err(RecvTimeoutError::Timeout) => panic!("case {number} takes too long: {:?}", shown(&make(number))),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }
    longest
}

enum Event {
    Begins(usize),
    Ends(Duration),
    Panics,
}

/// A thread that takes the next case until there is none.
fn core(
    count: usize,
    make: Arc<impl Fn(usize) -> Vec<u8> + Send + Sync + 'static>,
    next: Arc<AtomicUsize>,
) -> Receiver<Event> {
    let (send, done) = channel();
    std::thread::spawn(move || {
        let schedule = Schedule::derive(&Arc::new(plan()), None);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || send.send(Event::Begins(number)).is_err() {
                return;
            }
            let (bytes, begun) = (make(number), Instant::now());
            if std::panic::catch_unwind(AssertUnwindSafe(|| import(&bytes, number, &schedule))).is_err() {
                let _ = send.send(Event::Panics);
                return;
            }
            let _ = send.send(Event::Ends(begun.elapsed()));
        }
    });
    done
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(4_000).collect()
}

/// All files below `folder` with one of these endings, sorted, with their contents.
fn files(folder: &Path, endings: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| endings.iter().any(|each| ending == *each)) {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// What a file gives: how many events, how many are left out with their line and a reason, and why nothing is read
/// if there are none.
struct Account {
    begun: usize,
    read: usize,
    left_out: usize,
    reasons: Vec<String>,
}

impl Account {
    fn new(text: &str) -> Self {
        let begins = |line: &&str| line.trim_end().eq_ignore_ascii_case("BEGIN:VEVENT");
        let begun = text.split('\n').filter(begins).count();
        match ics::read_events(text) {
            Ok((calendar, warnings)) => Self {
                begun,
                read: calendar.events.len(),
                left_out: warnings.iter().filter(|warning| warning.message.contains("skipped")).count(),
                reasons: warnings.iter().map(ToString::to_string).collect(),
            },
            Err(error) => {
                let is_named = !matches!(error, ImportError::NotCalendar);
                let reasons = if is_named { vec![error.to_string()] } else { Vec::new() };
                Self { begun, read: 0, left_out: begun, reasons }
            }
        }
    }

    fn is_full(&self) -> bool {
        self.read + self.left_out >= self.begun && (self.read > 0 || !self.reasons.is_empty())
    }
}

/// Our own calendars and mails, and those below the folder that `WINDOWSILL_CORPUS` names.
fn corpus(endings: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = files(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), endings);
    if let Some(folder) = std::env::var_os("WINDOWSILL_CORPUS") {
        let foreign = files(Path::new(&folder), endings);
        assert!(!foreign.is_empty(), "{} holds no calendar", folder.display());
        found.extend(foreign);
    }
    found
}

/// None where the system does not tell.
fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn nearly_all_files_give_events_or_say_why_not() {
    let files = corpus(&["ics"]);
    let mut poor = Vec::new();
    let (mut read, mut left_out) = (0, 0);
    for (path, bytes) in &files {
        let account = Account::new(&decode(bytes).text);
        (read, left_out) = (read + account.read, left_out + account.left_out);
        if !account.is_full() {
            let Account { begun, read, left_out, reasons } = account;
            poor.push(format!("{}: {begun} begun, {read} read, {left_out} left out {reasons:?}", path.display()));
        }
    }
    println!("{} of {} files; {read} events read, {left_out} left out", files.len() - poor.len(), files.len());
    // 418 of the 425 that this was first proved with.
    assert!(poor.len() * 425 <= 7 * files.len(), "{}", poor.join("\n"));
}

/// The number in that environment variable, or the usual one.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).filter(|number| *number > 0).unwrap_or(usual)
}

#[test]
fn truncated_and_mutated_files_stay_within_time_and_memory() {
    if !is_alone("foreign::truncated_and_mutated_files_stay_within_time_and_memory") {
        return;
    }
    let (names, files): (Vec<PathBuf>, Vec<Vec<u8>>) = corpus(&["ics", "eml"]).into_iter().unzip();
    let files = Arc::new(files);
    let (step, mutations) = (number("WINDOWSILL_STEP", 64), number("WINDOWSILL_MUTATIONS", 3_000));
    let cuts: Arc<[(usize, usize)]> = (0..files.len())
        .flat_map(|file| {
            (0..=files[file].len() / step).map(move |at| (file, at * step)).chain([(file, files[file].len())])
        })
        .collect();
    println!("{} files, {} truncations, {mutations} mutations", files.len(), cuts.len() - files.len());
    let whole = Arc::clone(&files);
    let cut = Arc::clone(&cuts);
    let (took, longest) = take_all(cuts.len(), move |number| {
        let (file, end) = cut[number];
        whole[file][..end].to_vec()
    });
    let (file, end) = cuts[longest];
    println!("of the truncations the longest took {took:?}: {} up to byte {end}", names[file].display());
    let (took, longest) = take_all(mutations, move |number| {
        let mut dice = Dice::new(number as u64);
        let (one, other) = (dice.below(files.len()), dice.below(files.len()));
        mutated(&files[one], &files[other], &mut dice)
    });
    println!("of the mutations the longest took {took:?}: number {longest}");
    let peak = peak_memory_kb();
    println!("{peak:?} kB at most");
    assert!(peak.is_none_or(|peak| peak <= MOST_MEMORY_KB), "{peak:?} kB");
}
