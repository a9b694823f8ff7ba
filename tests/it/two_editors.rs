//! Two editors, the command line and merges on one plan file, in any order: no one's saved work is overwritten unless a
//! person chose to.
//!
//! `WINDOWSILL_INTERLEAVINGS` is the number of random orders; `WINDOWSILL_INTERLEAVINGS=1000 cargo test --test it
//! two_editors -- --nocapture` is all of them. Every second one is on a disk without locks, where only the content of
//! the file protects it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};
use tempfile::TempDir;
use windowsill::model::{Edit, Plan, System, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, Dialog, FileState, Question, QuestionAnswer, Session};
use windowsill::store::{ProgramFolders, parse, save, to_text};

use crate::support::desk::command;
use crate::support::full::empty_plan;

const STEPS: usize = 24;

/// What happened in all interleavings, so that the proof can say that it did something.
#[derive(Debug, Default)]
struct Tally {
    saves: usize,
    questions: usize,
    overwritten: usize,
    commands: usize,
    merges: usize,
}

/// One person with a window.
struct Editor {
    session: Session,
    /// The file as it was when this editor last opened or saved it.
    known: Vec<u8>,
}

struct World {
    home: TempDir,
    has_locks: bool,
    chance: Pcg64,
    editors: [Editor; 2],
    /// The names of the records in the plan file.
    on_disk: BTreeSet<String>,
    /// The number of the next record.
    next: usize,
}

impl Editor {
    fn new(home: &TempDir) -> Self {
        let folders = Some(ProgramFolders::inside(home.path()));
        let mut session = Session::new(empty_plan(), FileState::none(), Box::new(FixedClock(UtcMinute(0))), folders);
        session.mark_saved();
        Self { session, known: Vec::new() }
    }

    fn open(&mut self, path: &PathBuf) {
        self.session.perform(Action::OpenDialog(None));
        self.session.perform(Action::Open(path.clone()));
        // What this editor has not saved is discarded.
        if matches!(self.session.dialog(), Some(Dialog::Question(Question::SaveFirst { .. }))) {
            self.session.perform(Action::Answer(QuestionAnswer::Other));
        }
        self.session.finish_jobs();
        self.session.perform(Action::OpenDialog(None));
        self.known = fs::read(path).unwrap();
    }

    /// Notes that the file is now this editor's plan, unless the session is read-only and did nothing.
    fn note_saved(&mut self) -> bool {
        let is_saved = !self.session.is_unsaved() && self.session.file.read_only_reason().is_none();
        if is_saved {
            self.known = to_text(self.session.plan()).unwrap().into_bytes();
        }
        is_saved
    }

    fn has_question(&self) -> bool {
        matches!(self.session.dialog(), Some(Dialog::Question(Question::ChangedOnDisk { .. })))
    }
}

fn names(plan: &Plan) -> BTreeSet<String> {
    plan.systems().iter().map(|system| system.name.clone()).collect()
}

impl World {
    fn new(seed: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        save(&home.path().join("plan.ron"), &empty_plan(), None).unwrap();
        let editors = [(); 2].map(|()| Editor::new(&home));
        let (has_locks, chance) = (seed.is_multiple_of(2), Pcg64::seed_from_u64(seed));
        let mut world = Self { home, has_locks, chance, editors, on_disk: BTreeSet::new(), next: 1 };
        (0..2).for_each(|editor| world.open(editor));
        world
    }

    fn below(&mut self, end: usize) -> usize {
        (self.chance.next_u64() % end as u64) as usize
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("plan.ron")
    }

    fn new_name(&mut self) -> String {
        self.next += 1;
        format!("System {}", self.next)
    }

    /// Without the file the lock is that of another file, as on a disk that has no locks.
    fn unlock(&self) {
        if !self.has_locks {
            let _ = fs::remove_file(self.home.path().join(".plan.ron.lock"));
        }
    }

    fn open(&mut self, editor: usize) {
        self.unlock();
        let path = self.path();
        self.editors[editor].open(&path);
        self.unlock();
    }

    /// What is on disk now. Records may only be gone if a person chose to overwrite them.
    fn look(&mut self, may_lose: bool) {
        let plan = parse(&fs::read_to_string(self.path()).unwrap()).unwrap().plan;
        let found = names(&plan);
        assert!(may_lose || self.on_disk.is_subset(&found), "{:?} are gone", &self.on_disk - &found);
        self.on_disk = found;
    }

    fn step(&mut self, tally: &mut Tally) {
        let editor = self.below(2);
        match self.below(10) {
            0..3 => {
                let name = self.new_name();
                let id = name.to_lowercase().replace(' ', "-");
                let system = System { id: id.as_str().into(), name, ..System::default() };
                self.editors[editor].session.perform(Action::Edit(Edit::PutSystem(system)));
            }
            3..6 => self.save(editor, tally),
            6 => self.open(editor),
            // The program ends and starts again.
            7 => {
                self.editors[editor] = Editor::new(&self.home);
                if self.below(2) == 0 {
                    self.open(editor);
                }
            }
            8 => self.run_command(tally),
            _ => self.merge(editor, tally),
        }
        self.look(false);
    }

    /// Saves, in half of the cases while the other editor saves, too.
    fn save(&mut self, editor: usize, tally: &mut Tally) {
        // On a disk without locks, two programs that rename in the same instant cannot know of each other.
        let both = self.has_locks && self.below(2) == 0;
        let savers = if both { vec![editor, 1 - editor] } else { vec![editor] };
        let savers: Vec<_> =
            savers.into_iter().filter(|saver| self.editors[*saver].session.file.path().is_some()).collect();
        let before = fs::read(self.path()).unwrap();
        for saver in &savers {
            self.editors[*saver].session.perform(Action::Run(Command::Save));
        }
        for saver in savers {
            self.editors[saver].session.finish_jobs();
            if self.editors[saver].has_question() {
                assert!(both || self.editors[saver].known != before, "asked although nobody else has saved");
                tally.questions += 1;
                self.look(false);
                self.answer(saver, tally);
            } else {
                tally.saves += usize::from(self.editors[saver].note_saved());
            }
            self.look(false);
        }
    }

    fn answer(&mut self, editor: usize, tally: &mut Tally) {
        let answer = [QuestionAnswer::Yes, QuestionAnswer::Other, QuestionAnswer::Cancel][self.below(3)];
        let before = self.on_disk.clone();
        let editor = &mut self.editors[editor];
        editor.session.perform(Action::Answer(answer));
        editor.session.finish_jobs();
        editor.session.perform(Action::OpenDialog(None));
        if answer != QuestionAnswer::Cancel {
            editor.note_saved();
        }
        self.look(answer == QuestionAnswer::Yes);
        tally.overwritten += usize::from(!before.is_subset(&self.on_disk));
    }

    /// The command line adds a system, unless the plan is locked.
    fn run_command(&mut self, tally: &mut Tally) {
        let name = self.new_name();
        fs::write(self.home.path().join("systems.csv"), format!("name\n{name}\n")).unwrap();
        let mut command = command(self.home.path());
        let ran = command.args(["import", "systems", "--into", "plan.ron", "systems.csv"]).output().unwrap();
        self.look(false);
        assert_eq!(ran.status.success(), self.on_disk.contains(&name), "{}", String::from_utf8_lossy(&ran.stderr));
        tally.commands += usize::from(ran.status.success());
    }

    /// Merges what an editor has not saved into the file, unless the plan is locked.
    fn merge(&mut self, editor: usize, tally: &mut Tally) {
        let plan = self.editors[editor].session.plan().clone();
        if self.editors[editor].known.is_empty() {
            return;
        }
        let base = parse(str::from_utf8(&self.editors[editor].known).unwrap()).unwrap().plan;
        fs::write(self.home.path().join("base.ron"), &self.editors[editor].known).unwrap();
        fs::write(self.home.path().join("mine.ron"), to_text(&plan).unwrap()).unwrap();
        // The editor ends, which releases its lock.
        self.editors[editor] = Editor::new(&self.home);
        let mut command = command(self.home.path());
        let ran = command.args(["merge", "base.ron", "plan.ron", "mine.ron", "-o", "plan.ron"]).output().unwrap();
        self.look(false);
        if ran.status.code() == Some(0) {
            // What the other editor has removed since is gone, and nothing else.
            let added = &names(&plan) - &names(&base);
            assert!(added.is_subset(&self.on_disk), "{added:?} was not merged");
            tally.merges += 1;
        }
        self.open(editor);
    }
}

#[test]
fn in_any_order_of_saves_and_merges_no_work_is_overwritten_in_silence() {
    let asked: Option<u64> = std::env::var("WINDOWSILL_INTERLEAVINGS").ok().map(|count| count.parse().unwrap());
    let (count, mut tally) = (asked.unwrap_or(12), Tally::default());
    for seed in 0..count {
        let mut world = World::new(seed);
        for _ in 0..STEPS {
            world.step(&mut tally);
        }
    }
    println!("{count} interleavings of {STEPS} steps: {tally:?}");
    assert!(tally.saves > 0 && tally.questions > 0 && tally.commands > 0 && tally.merges > 0, "{tally:?}");
}
