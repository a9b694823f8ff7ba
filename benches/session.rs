//! Measures one gesture, from `perform` to the new findings, including the history.
//!
//! Budget: 5 ms with 5,000 weekly windows over two years (520,000 occurrences).

#![allow(clippy::unwrap_used)]

mod large;

use divan::{Bencher, black_box};
use windowsill::model::{Edit, MaintenanceWindow, System, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, FileState, Session};

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
        assert!(session.messages.is_empty());
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
