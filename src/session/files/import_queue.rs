//! Several files at once: each is imported in its turn, replies together, and none is left out without a word.

use std::path::{Path, PathBuf};

use crate::connect;
use crate::import::{ImportKind, Topic};
use crate::progress::Progress;
use crate::session::session::Session;
use crate::session::state::dialogs::WaitingImport;
use crate::session::verbs::action::{Dialog, Question};
use crate::store;
use crate::wording::{list, list_in_sentence};

/// How many files a message names.
const MOST_FILES: usize = 8;

/// What dropped files turned out to be.
#[derive(Default)]
struct Sorted {
    imports: Vec<WaitingImport>,
    /// Why the others cannot be imported, with their names.
    failed: Vec<String>,
}

impl Session {
    /// Imports or opens what was dropped. Replies are imported together, all other files one after the other.
    pub(in crate::session) fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        if paths.len() == 1 && !self.is_importing() {
            return self.import(None, paths);
        }
        self.jobs.start("Check the dropped files", move |progress| {
            let sorted = sort(paths, progress);
            Box::new(move |session| {
                session.dialogs.imports.extend(sorted.imports);
                session.dialogs.failed_imports.extend(sorted.failed);
                if !session.is_importing() {
                    session.import_next();
                }
            })
        });
    }

    /// Whether an import waits for an answer.
    pub(super) fn is_importing(&self) -> bool {
        matches!(&self.dialogs.open, Some(Dialog::ChooseKind { .. } | Dialog::Question(Question::Import(_))))
    }

    /// Goes on with the next file. After the last one, says which could not be imported, and returns to where the import was
    /// started.
    pub(in crate::session) fn import_next(&mut self) {
        if let Some(next) = self.dialogs.imports.pop_front() {
            return self.import(next.topic, next.paths);
        }
        let failed = std::mem::take(&mut self.dialogs.failed_imports);
        if !failed.is_empty() {
            self.show_error(failed.join("\n"));
        }
        self.return_to_meetings();
    }

    /// Says why a file cannot be imported, once the others are done.
    pub(super) fn fail_import(&mut self, problem: String) {
        self.dialogs.failed_imports.push(problem);
        self.import_next();
    }

    /// Forgets the files that wait, and names them.
    pub(in crate::session) fn cancel_waiting_imports(&mut self) {
        let waiting = self.waiting_imports();
        self.dialogs.imports.clear();
        if !waiting.is_empty() {
            self.show_message(format!("Not imported: {}", list_in_sentence(&waiting, MOST_FILES)));
        }
        self.import_next();
    }

    /// The names of the files that wait for their turn.
    pub fn waiting_imports(&self) -> Vec<String> {
        self.dialogs.imports.iter().flat_map(|waiting| &waiting.paths).map(|path| name(path)).collect()
    }
}

/// Finds out what each file is. Files that hold replies are one import.
fn sort(paths: Vec<PathBuf>, progress: &Progress) -> Sorted {
    let mut sorted = Sorted::default();
    let mut together: Option<usize> = None;
    for path in paths {
        let kinds = match recognised(&path, progress) {
            Ok(kinds) => kinds,
            Err(problem) => {
                sorted.failed.push(problem);
                continue;
            }
        };
        let topic = kinds.iter().map(|kind| kind.topic).find(|topic: &Topic| topic.words().reads_together);
        if let Some(at) = together.filter(|_| topic.is_some()) {
            sorted.imports[at].paths.push(path);
        } else {
            together = together.or(topic.map(|_| sorted.imports.len()));
            sorted.imports.push(WaitingImport { topic, paths: vec![path] });
        }
    }
    sorted
}

fn recognised(path: &PathBuf, progress: &Progress) -> Result<Vec<&'static ImportKind>, String> {
    let source = store::open_source(std::slice::from_ref(path), progress).map_err(|error| error.to_string())?;
    connect::recognise(&source, None).map_err(|error| {
        if store::looks_like_plan(path) {
            format!("{} is a plan: drop it alone to open it", name(path))
        } else {
            format!("{}: {error}", name(path))
        }
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// "a.csv, b.csv and 3 more"
pub(super) fn names(paths: &[PathBuf]) -> String {
    list(paths.iter().map(|path| name(path)), MOST_FILES)
}
