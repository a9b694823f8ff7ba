//! A random walk through a session: edits, commands, selections, saves, reopening, undo of everything.
//!
//! `WINDOWSILL_COMMANDS` is the number of steps. `WINDOWSILL_COMMANDS=1000000 cargo test --release --test it
//! session_walk` is all of it.

use std::path::PathBuf;
use std::sync::Arc;

use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};
use tempfile::TempDir;
use windowsill::checks::Findings;
use windowsill::model::{Edit, Plan, UtcMinute};
use windowsill::schedule::{Schedule, Simulation};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{
    Action, Command, ComparisonBasis, Dialog, FileState, History, QuestionAnswer, Selection, Session,
};
use windowsill::store::{ProgramFolders, parse};

use crate::support::alone::is_alone;
use crate::support::edits::any_edit;
use crate::support::full::empty_plan;
use crate::support::judging::shown;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);
const FILES: [&str; 3] = ["one.ron", "two.ron", "three.ron"];
/// The steps between two comparisons with a fresh check, and between two times that everything is undone.
const CHECK_EVERY: usize = 500;
const UNDO_ALL_EVERY: usize = 700;

struct Walk {
    home: TempDir,
    session: Session,
    chance: Pcg64,
    runner: TestRunner,
    edits: BoxedStrategy<Edit>,
    /// The plan as it was before the first edit, and how often the plan has changed since.
    opened: Arc<Plan>,
    changes: usize,
    saves: usize,
    reopened: usize,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folders = Some(ProgramFolders::inside(home.path()));
        let mut session = Session::new(empty_plan(), FileState::none(), Box::new(FixedClock(NOW)), folders);
        session.mark_saved();
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed as u8; 32]);
        Self {
            opened: Arc::clone(session.plan()),
            home,
            session,
            chance: Pcg64::seed_from_u64(seed),
            runner: TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng),
            edits: any_edit().boxed(),
            changes: 0,
            saves: 0,
            reopened: 0,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        (self.chance.next_u64() % end as u64) as usize
    }

    fn file(&mut self) -> PathBuf {
        let number = self.below(FILES.len());
        self.home.path().join(FILES[number])
    }

    fn action(&mut self) -> Action {
        match self.below(100) {
            0..55 => Action::Edit(self.edits.new_tree(&mut self.runner).unwrap().current()),
            55..65 => Action::Run(Command::Undo),
            65..72 => Action::Run(Command::Redo),
            72..84 => Action::Select(self.selection()),
            84..96 => {
                let commands: Vec<_> = Command::all().filter(|command| *command != Command::Quit).collect();
                Action::Run(commands[self.below(commands.len())])
            }
            96 => Action::Compare(ComparisonBasis::Saved),
            97 => Action::Run(Command::Save),
            98 => Action::SaveAs(self.file()),
            _ => Action::Open(self.file()),
        }
    }

    /// Something that exists.
    fn selection(&mut self) -> Selection {
        let number = self.below(1_000);
        let plan = Arc::clone(self.session.plan());
        let window =
            plan.windows().as_slice().get(number % plan.windows().len().max(1)).map(|window| window.id.clone());
        let freeze =
            plan.freezes().as_slice().get(number % plan.freezes().len().max(1)).map(|freeze| freeze.id.clone());
        match (self.below(5), window, freeze) {
            (0, _, Some(freeze)) => Selection::Freeze(freeze),
            (1, ..) => Selection::Day(plan.horizon().from),
            (2, Some(window), _) => Selection::Window(window),
            (3 | 4, Some(window), _) => {
                let occurrences = &self.session.schedule().window(&window).unwrap().expansion.occurrences;
                match occurrences.get(number % occurrences.len().max(1)) {
                    Some(occurrence) => Selection::Occurrence(window.clone(), occurrence.original_on()),
                    None => Selection::Window(window),
                }
            }
            _ => Selection::Nothing,
        }
    }

    /// One step, and the answers to what it asks.
    fn step(&mut self) {
        let action = self.action();
        let is_file = matches!(action, Action::SaveAs(_) | Action::Open(_) | Action::Run(Command::Save));
        let before = Arc::clone(self.session.plan());
        self.session.perform(action);
        self.session.take_results();
        if is_file {
            self.session.finish_jobs();
        }
        for _ in 0..4 {
            let answer = [QuestionAnswer::Yes, QuestionAnswer::Other, QuestionAnswer::Cancel][self.below(3)];
            match self.session.dialog() {
                Some(Dialog::Question(_)) => self.session.perform(Action::Answer(answer)),
                Some(_) => self.session.perform(Action::OpenDialog(None)),
                None => break,
            }
            self.session.finish_jobs();
        }
        self.session.perform(Action::OpenDialog(None));
        self.session.tick();
        self.follow(&before);
        self.assert_selection_exists();
        if is_file {
            self.assert_saved();
        }
    }

    fn follow(&mut self, before: &Arc<Plan>) {
        let (undo, redo) = (self.session.document.history().undo_label(), self.session.document.history().redo_label());
        if undo.is_none() && redo.is_none() {
            self.reopened += usize::from(self.changes > 0);
            (self.opened, self.changes) = (Arc::clone(self.session.plan()), 0);
        } else if !Arc::ptr_eq(before, self.session.plan()) {
            self.changes += 1;
        }
    }

    fn assert_selection_exists(&self) {
        let (schedule, plan) = (self.session.schedule(), self.session.plan());
        assert!(Arc::ptr_eq(&schedule.plan, plan), "the schedule is that of the plan");
        let exists = match self.session.selection() {
            Selection::Nothing | Selection::Day(_) => true,
            Selection::Window(window) => schedule.window(window).is_some(),
            Selection::Occurrence(window, on) => schedule.occurrence(window, *on).is_some(),
            Selection::Freeze(freeze) => plan.freezes().contains(freeze),
            Selection::Several(keys) => {
                keys.iter().all(|(window, on)| self.session.schedule().occurrence(window, *on).is_some())
            }
        };
        assert!(exists, "{:?} does not exist", self.session.selection());
    }

    /// A plan that is shown as saved is on disk.
    fn assert_saved(&mut self) {
        let Some(path) = self.session.file.path().filter(|_| !self.session.is_unsaved()) else { return };
        let on_disk = parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert!(on_disk.plan == **self.session.plan(), "{} differs from what is shown as saved", path.display());
        self.saves += 1;
    }

    fn assert_findings_are_fresh(&mut self) {
        self.session.finish_jobs();
        let schedule = Schedule::derive(self.session.plan(), None).with_outlooks(Simulation::RUNS);
        let fresh = Findings::check(&schedule, self.session.today(), None);
        assert_eq!(shown(self.session.findings()), shown(&fresh));
    }

    /// Undoes everything and redoes it: the first plan is the opened one, and each plan comes back.
    fn undo_and_redo_all(&mut self) {
        while self.session.document.history().redo_label().is_some() {
            self.session.perform(Action::Run(Command::Redo));
        }
        let mut all = vec![Arc::clone(self.session.plan())];
        while self.session.document.history().undo_label().is_some() {
            self.session.perform(Action::Run(Command::Undo));
            all.push(Arc::clone(self.session.plan()));
        }
        let same = |a: &Plan, b: &Plan| *a == b.with_sent_invites(a.sent_invites());
        if all.len() <= History::LONGEST && self.changes <= History::LONGEST {
            assert!(same(self.session.plan(), &self.opened), "undoing everything leads to the opened plan");
        }
        for expected in all.iter().rev().skip(1) {
            self.session.perform(Action::Run(Command::Redo));
            assert!(same(self.session.plan(), expected), "redo brings back what undo took");
        }
        assert!(self.session.document.history().redo_label().is_none());
        self.session.take_results();
    }
}

/// The memory of this process in use, in kB.
fn resident_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

#[test]
fn any_sequence_of_commands_keeps_what_a_session_promises() {
    if !is_alone("session_walk::any_sequence_of_commands_keeps_what_a_session_promises") {
        return;
    }
    let asked: Option<usize> = std::env::var("WINDOWSILL_COMMANDS").ok().map(|steps| steps.parse().unwrap());
    let steps = asked.unwrap_or(2_000);
    let mut walk = Walk::new(std::env::var("WINDOWSILL_SEED").map_or(7, |seed| seed.parse().unwrap()));
    let mut memory = Vec::new();
    for step in 1..=steps {
        walk.step();
        if step % CHECK_EVERY == 0 {
            walk.assert_findings_are_fresh();
        }
        if step % UNDO_ALL_EVERY == 0 {
            walk.undo_and_redo_all();
        }
        if step % (steps / 20).max(1) == 0 {
            memory.push(resident_kb().unwrap_or_default() / 1024);
            println!("{step} steps, {} MB", memory.last().unwrap());
        }
    }
    let Walk { saves, reopened, .. } = walk;
    println!("{steps} steps, {saves} plans compared with the disk, {reopened} reopened, {memory:?} MB");
    // Short walks do not fill the history.
    if steps >= 200_000 {
        let (early, late) = (memory[3], memory.iter().rev().take(3).min().unwrap());
        assert!(*late <= early + early / 20, "memory grows: {memory:?} MB");
    }
}
