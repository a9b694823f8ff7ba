//! Measures one gesture, from `perform` to the new findings, including the history, and what a save does on the screen's
//! thread.
//!
//! Budget: 5 ms with 5,000 weekly windows over two years (520,000 occurrences); 1 ms to start and to finish a save.

#![allow(clippy::unwrap_used)]

mod large;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::{Bencher, black_box};
use windowsill::model::{Edit, MaintenanceWindow, System, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, ComparisonBasis, FileState, Message, Session};
use windowsill::store::ProgramFolders;

fn main() {
    divan::main();
}

fn session() -> Session {
    let now = UtcMinute::from_utc("2026-11-21T09:00:00Z".parse().unwrap());
    let mut session = Session::new(large::weekly(5_000), FileState::none(), Box::new(FixedClock(now)), None);
    session.mark_saved();
    session
}

/// Alternates between the two edits, so that each of them changes something.
fn in_turn(bencher: Bencher<'_, '_>, edits: impl Fn(&Session) -> [Edit; 2]) {
    let mut session = session();
    let edits = edits(&session);
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        session.perform(Action::Edit(edits[turn % 2].clone()));
        assert!(!session.messages.iter().any(Message::is_error), "the edit was refused");
        black_box(session.findings().list.len())
    });
}

#[divan::bench]
fn move_an_occurrence_budget_5_ms(bencher: Bencher<'_, '_>) {
    in_turn(bencher, |session| {
        let window = &session.schedule().windows[2_500];
        let occurrence = window.expansion.occurrences[40];
        let (window, on) = (window.id().clone(), occurrence.original_on());
        [1, 2].map(|days| Edit::MoveOccurrence {
            window: window.clone(),
            on,
            to: on + chrono::TimeDelta::days(days),
            start: None,
            duration: None,
        })
    });
}

#[divan::bench]
fn change_a_window(bencher: Bencher<'_, '_>) {
    in_turn(bencher, |session| {
        let window = MaintenanceWindow::clone(&session.schedule().windows[2_500].window);
        ["One name", "Another"]
            .map(|name| Edit::PutWindow(MaintenanceWindow { name: name.to_owned(), ..window.clone() }))
    });
}

#[divan::bench]
fn change_a_system(bencher: Bencher<'_, '_>) {
    in_turn(bencher, |session| {
        let system = System::clone(&session.plan().systems().as_slice()[100]);
        [3, 4].map(|hosts| Edit::PutSystem(System { hosts, ..system.clone() }))
    });
}

/// A session whose plan is in a file.
struct Saving {
    session: Session,
    _home: tempfile::TempDir,
    /// The number of jobs that have ended.
    ended: Arc<AtomicUsize>,
    edits: usize,
}

const SAVE: Action = Action::Run(Command::Save);

impl Saving {
    /// `is_compared`: the view Changes compares the plan with the saved one.
    fn new(is_compared: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let now = UtcMinute::from_utc("2026-11-21T09:00:00Z".parse().unwrap());
        let folders = Some(ProgramFolders::inside(home.path()));
        let mut session = Session::new(large::weekly(5_000), FileState::none(), Box::new(FixedClock(now)), folders);
        session.mark_saved();
        let ended = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&ended);
        session.jobs.wake_with(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        session.perform(Action::SaveAs(home.path().join("plan.ron")));
        session.finish_jobs();
        if is_compared {
            session.perform(Action::Compare(ComparisonBasis::Saved));
            session.finish_jobs();
        }
        Self { session, _home: home, ended, edits: 0 }
    }

    /// Edits the plan; `autosaves` begins to write the recovery file.
    fn edit(&mut self, autosaves: bool) {
        self.session.finish_jobs();
        self.edits += 1;
        let window = MaintenanceWindow::clone(&self.session.schedule().windows[2_500].window);
        let window = MaintenanceWindow { name: format!("Name {}", self.edits), ..window };
        self.session.perform(Action::Edit(Edit::PutWindow(window)));
        self.session.finish_jobs();
        if autosaves {
            self.session.autosave_now();
        }
    }

    /// Starts a save and waits until its job has ended, but does not take the result.
    fn save(&mut self) {
        let before = self.ended.load(Ordering::SeqCst);
        self.session.perform(SAVE);
        while self.ended.load(Ordering::SeqCst) == before {
            std::thread::yield_now();
        }
    }
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn start_a_save_budget_1_ms(bencher: Bencher<'_, '_>) {
    let saving = RefCell::new(Saving::new(false));
    bencher
        .with_inputs(|| saving.borrow_mut().edit(true))
        .bench_local_values(|()| saving.borrow_mut().session.perform(SAVE));
}

/// While the recovery file of a later edit is written.
#[divan::bench(sample_count = 30, sample_size = 1, args = [false, true])]
fn finish_a_save_budget_1_ms(bencher: Bencher<'_, '_>, is_compared: bool) {
    let saving = RefCell::new(Saving::new(is_compared));
    let prepare = || {
        let mut saving = saving.borrow_mut();
        saving.edit(false);
        saving.save();
        // Undo and redo lead to the same plan, so the save finds that everything is saved, and removes the file.
        saving.session.autosave_now();
    };
    bencher.with_inputs(prepare).bench_local_values(|()| {
        assert!(saving.borrow_mut().session.take_results());
    });
}
