//! Processes that are killed while they save, or get the signal to end while a plan has unsaved changes.
//!
//! `WINDOWSILL_KILLS` is the number of kills that must hit a running save, for each size and each way of saving; the
//! usual number shows that the proof itself works. `WINDOWSILL_KILLS=5000 cargo test --test it kills` is all of it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::Weekday;
use rustix::process::{Pid, Signal, kill_process};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Plan, PlanParts, Rule, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::state::jobs::run_before_termination;
use windowsill::session::{Action, Command as UserCommand, FileState, Session};
use windowsill::store::{Fingerprint, ProgramFolders, open, recovery_offers, save, to_text};

/// Names the plan to save; set for a child.
const SAVES: &str = "WINDOWSILL_TEST_SAVES";
/// The size of that plan in bytes, and the number of the last save before.
const SIZE: &str = "WINDOWSILL_TEST_SIZE";
const FIRST: &str = "WINDOWSILL_TEST_FIRST";
/// Names the folder in which to edit; set for a child.
const EDITS: &str = "WINDOWSILL_TEST_EDITS";
/// Begins the line that acknowledges a save.
const SAVED: &str = "saved ";
const READY: &str = "ready";

/// A plan whose file has about that number of bytes.
fn plan(title: &str, bytes: usize) -> Plan {
    let empty = Plan::new("killed".into(), title, Horizon::year(2027), "UTC");
    let window = |number: usize| {
        let name = format!("Window {number}");
        MaintenanceWindow::new(
            format!("w{number}").as_str().into(),
            &name,
            Rule::Weekly { days: vec![Weekday::Sat], every: 4 },
        )
    };
    Plan::from(PlanParts { windows: (0..bytes / 170).map(window).collect(), ..empty.to_parts() })
}

fn start(test: &str, variable: &str, value: &Path) -> Child {
    command(test).env(variable, value).spawn().unwrap()
}

fn command(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture"]).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The number in a variable that is set for a child.
fn number_in(variable: &str) -> u64 {
    std::env::var(variable).unwrap().parse().unwrap()
}

/// The child of the proof: saves the plan repeatedly, and writes a line after each save.
#[test]
fn child_that_saves() {
    let Some(path) = std::env::var_os(SAVES).map(PathBuf::from) else { return };
    // The plan is made and not read, so that most of the child's time is spent on saving.
    let (mut number, parts) = (number_in(FIRST), plan("", number_in(SIZE) as usize).to_parts());
    let mut fingerprint = Fingerprint::read(&path).unwrap().unwrap();
    loop {
        number += 1;
        let plan = Plan::from(PlanParts { title: number.to_string(), ..parts.clone() });
        fingerprint = save(&path, &plan, Some(&fingerprint)).unwrap().fingerprint;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{SAVED}{number}").unwrap();
        out.flush().unwrap();
    }
}

/// When to kill: at random after the first file of a save appeared, within a time that about two of three saves take. It
/// is learnt from the kills before, so every part of a save of any size is hit.
struct Aim {
    random: u64,
    longest: Duration,
}

impl Aim {
    fn wait(&mut self) {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let began = Instant::now();
        let delay = Duration::from_nanos((self.random >> 33) % self.longest.as_nanos() as u64);
        // Sleeping takes too long by about as much as a small save takes altogether.
        while began.elapsed() < delay {
            std::hint::spin_loop();
        }
    }

    fn learn(&mut self, is_hit: bool) {
        let longest = if is_hit { self.longest * 21 / 20 } else { self.longest * 9 / 10 };
        self.longest = longest.clamp(Duration::from_micros(10), Duration::from_millis(200));
    }
}

/// Kills a child while it writes. `saved` is the number of the last save before. Returns the number of the last save that
/// the child has acknowledged.
fn kill_while_saving(path: &Path, bytes: usize, saved: u64, aim: &mut Aim) -> u64 {
    let mut command = command("kills::child_that_saves");
    let mut child =
        command.env(SAVES, path).env(SIZE, bytes.to_string()).env(FIRST, saved.to_string()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = || lines.find_map(|line| line.strip_prefix(SAVED)?.parse::<u64>().ok());
    let mut last = acknowledged().expect("the child saves");
    let folder = path.parent().unwrap();
    let began = Instant::now();
    while files_of_saves(folder) == 0 && began.elapsed() < Duration::from_mins(1) {
        std::hint::spin_loop();
    }
    aim.wait();
    child.kill().unwrap();
    while let Some(number) = acknowledged() {
        last = number;
    }
    child.wait().unwrap();
    last
}

/// The number of files that a running or killed save has beside the plan.
fn files_of_saves(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
    names.filter(|name| name.to_string_lossy().contains(".windowsill-")).count()
}

/// What the kills of one size and one way of saving have shown.
#[derive(Debug, Default)]
struct Tally {
    kills: u64,
    /// The kills that left a file of the save behind: it was running.
    hits: u64,
    /// The saves that were completed when the plan was opened.
    completed: u64,
}

/// Kills saves of a plan of that size until that number of kills hit one.
fn kill_saves(bytes: usize, is_rewritten: bool, hits: u64) -> Tally {
    let home = tempfile::tempdir().unwrap();
    let (path, other) = (home.path().join("plan.ron"), home.path().join("other.ron"));
    save(&path, &plan("0", bytes), None).unwrap();
    if is_rewritten {
        fs::hard_link(&path, &other).unwrap();
    }
    let (mut tally, mut saved) = (Tally::default(), 0);
    // Only the title of the saved plans differs, so their texts are not made for every kill.
    let template = to_text(&plan("the number", bytes)).unwrap();
    let mut aim = Aim { random: 42, longest: Duration::from_millis(1) };
    while tally.hits < hits {
        let acknowledged = kill_while_saving(&path, bytes, saved, &mut aim);
        let is_hit = files_of_saves(home.path()) > 0;
        aim.learn(is_hit);
        tally.kills += 1;
        tally.hits += u64::from(is_hit);
        let opened = open(&path).unwrap_or_else(|error| panic!("{bytes} bytes, {tally:?}: {error}"));
        saved = opened.plan.title().parse().unwrap();
        tally.completed += u64::from(opened.completed_save);
        drop(opened);
        assert!((acknowledged..=acknowledged + 1).contains(&saved), "{saved} after {acknowledged}, {tally:?}");
        let whole = template.replace("\"the number\"", &format!("\"{saved}\""));
        assert!(fs::read_to_string(&path).unwrap() == whole, "{bytes} bytes, {tally:?}: the plan is not whole");
        assert!(!is_rewritten || fs::read_to_string(&other).unwrap() == whole);
        assert_eq!(files_of_saves(home.path()), 0);
    }
    tally
}

/// Kills saves of that size in both ways; `usual` is the number of hits if none was asked for.
#[expect(clippy::print_stdout, reason = "the result of the proof")]
fn prove(bytes: usize, usual: u64) {
    let hits = std::env::var("WINDOWSILL_KILLS").map_or(usual, |hits| hits.parse().unwrap());
    for is_rewritten in [false, true] {
        let Tally { kills, hits, completed } = kill_saves(bytes, is_rewritten, hits);
        let way = if is_rewritten { "rewritten" } else { "renamed" };
        println!("{bytes} bytes, {way}: {kills} kills, {hits} during a save, {completed} completed on opening");
    }
}

#[test]
fn a_kill_while_30_kb_are_saved_leaves_the_plan_whole_and_never_older_than_acknowledged() {
    prove(30_000, 4);
}

#[test]
fn a_kill_while_300_kb_are_saved_leaves_the_plan_whole_and_never_older_than_acknowledged() {
    prove(300_000, 2);
}

#[test]
fn a_kill_while_3_mb_are_saved_leaves_the_plan_whole_and_never_older_than_acknowledged() {
    prove(3_000_000, 1);
}

/// The child of the test below: edits a plan in a session, and waits.
#[test]
fn child_that_edits() {
    let Some(home) = std::env::var_os(EDITS).map(PathBuf::from) else { return };
    let folders = Some(ProgramFolders::inside(&home));
    let mut session = Session::new(plan("Empty", 0), FileState::none(), Box::new(FixedClock(UtcMinute(0))), folders);
    session.mark_saved();
    session.open_path(&home.join("plan.ron"));
    session.finish_jobs();
    let work = session.unsaved_work.clone();
    run_before_termination(move || work.write_and_unlock());
    session.unsaved_work.write_at_exit();
    let edit = Action::Edit(Edit::SetTitle("Edited".to_owned()));
    if home.join("types").exists() {
        // As while the field of the title has this text, and still has the focus.
        session.note_typing(&[edit]);
        assert_eq!(session.plan().title(), "Saved");
    } else {
        session.perform(edit);
    }
    if home.join("exit").exists() {
        std::process::exit(1);
    }
    if home.join("save-first").exists() {
        session.perform(Action::Run(UserCommand::Save));
        session.finish_jobs();
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{READY}").unwrap();
    out.flush().unwrap();
    std::thread::sleep(Duration::from_mins(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_ends_the_process_does_not_lose_unsaved_changes() {
    for marks in [&["exit"][..], &["exit", "types"]] {
        let home = tempfile::tempdir().unwrap();
        save(&home.path().join("plan.ron"), &plan("Saved", 0), None).unwrap();
        for mark in marks {
            fs::write(home.path().join(mark), "").unwrap();
        }
        let mut child = start("kills::child_that_edits", EDITS, home.path());
        assert_eq!(child.wait().unwrap().code(), Some(1));
        let offers = recovery_offers(&ProgramFolders::inside(home.path()).state);
        assert_eq!(offers.len(), 1, "{marks:?}");
        assert_eq!(offers[0].load().unwrap().plan.title(), "Edited");
    }
}

#[test]
fn a_signal_to_end_writes_the_recovery_file_first() {
    use std::os::unix::process::ExitStatusExt as _;
    for (signal, mark) in [
        (Signal::TERM, ""),
        (Signal::HUP, ""),
        (Signal::INT, ""),
        (Signal::TERM, "types"),
        (Signal::HUP, "types"),
        (Signal::TERM, "save-first"),
    ] {
        let saves_first = mark == "save-first";
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("plan.ron");
        save(&path, &plan("Saved", 0), None).unwrap();
        if !mark.is_empty() {
            fs::write(home.path().join(mark), "").unwrap();
        }
        let mut child = start("kills::child_that_edits", EDITS, home.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with(READY)));
        assert!(home.path().join(".plan.ron.lock").exists());
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
        assert!(!home.path().join(".plan.ron.lock").exists());
        let offers = recovery_offers(&ProgramFolders::inside(home.path()).state);
        let titles: Vec<_> = offers.iter().map(|offer| offer.load().unwrap().plan.title().to_owned()).collect();
        let expected = if saves_first { Vec::new() } else { vec!["Edited".to_owned()] };
        assert_eq!(titles, expected, "{signal:?} {mark}");
        assert_eq!(open(&path).unwrap().plan.title(), if saves_first { "Edited" } else { "Saved" });
    }
}
