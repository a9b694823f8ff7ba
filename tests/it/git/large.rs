//! The history of a large plan: 300 commits of a plan with 300 windows.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use windowsill::model::{Edit, MaintenanceWindow, MonthDay, Plan, Rule, UtcMinute};
use windowsill::progress::Progress;
use windowsill::store::{self, GitFile};

use crate::common::git::{Repository, isolated};
use crate::common::harbour;

const COMMITS: usize = 300;
const WINDOWS: usize = 300;

fn window(number: usize, notes: &str) -> MaintenanceWindow {
    let on = MonthDay::Nth(1 + (number % 4) as u8, chrono::Weekday::Sat);
    let rule = Rule::Monthly { on, every: 1, offset_days: 0 };
    let window = MaintenanceWindow::new(format!("w-{number:03}").as_str().into(), &format!("Window {number}"), rule);
    MaintenanceWindow { notes: notes.to_owned(), systems: vec!["web".into()], ..window }
}

/// Writes the history with one process.
fn import(repository: &Repository) -> Plan {
    let edits = (0..WINDOWS).map(|number| Edit::PutWindow(window(number, "")));
    let mut plan = edits.fold(harbour::plan(), |plan, edit| plan.apply(&edit).unwrap());
    let mut stream = String::new();
    for number in 0..COMMITS {
        plan = plan.apply(&Edit::PutWindow(window(number % WINDOWS, &format!("Change {number}")))).unwrap();
        let text = store::to_text(&plan).unwrap();
        let at = 1_798_970_400 + number * 3_600;
        let message = format!("Change {number}");
        let _ = writeln!(stream, "commit refs/heads/main\ncommitter A. Osei <osei@example.org> {at} +0000");
        let _ = writeln!(stream, "data {}\n{message}", message.len());
        let _ = writeln!(stream, "M 100644 inline plan.ron\ndata {}\n{text}", text.len());
    }
    let file = repository.path("stream");
    std::fs::write(&file, stream).unwrap();
    let mut command = Command::new("git");
    let import = isolated(command.current_dir(repository.top()).args(["fast-import", "--quiet"]));
    let status = import.stdin(Stdio::from(std::fs::File::open(file).unwrap())).status().unwrap();
    assert!(status.success());
    repository.git(&["reset", "-q", "--hard", "main"]);
    plan
}

#[test]
fn a_long_history_of_a_large_plan_is_read_in_reasonable_time() {
    let Some(repository) = Repository::new() else { return };
    let plan = Arc::new(import(&repository));
    let file = GitFile::find(&repository.plan_path()).unwrap();
    let start = Instant::now();
    let history = store::plan_history(&file, &plan, UtcMinute(30_064_920), &Progress::default()).unwrap();
    println!("{COMMITS} commits of {WINDOWS} windows: {:.1} s", start.elapsed().as_secs_f64());
    assert!(history.skipped.is_empty());
    let last = history.blame.last_changes();
    let is_window = |name: &str| last.entries.iter().filter(|entry| entry.change.name == name).count();
    assert_eq!((is_window("Window 299"), is_window("Window 0")), (1, 1));
    let newest = &last.entries[0];
    assert_eq!(newest.change.words, ["Notes set to Change 299"]);
    assert_eq!(newest.commit.as_ref().unwrap().subject, "Change 299");
    assert_eq!(history.blame.entries.iter().filter(|entry| entry.change.is_window()).count(), 301 + COMMITS - 1);
}
