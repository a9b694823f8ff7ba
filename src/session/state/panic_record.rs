//! What happens when the program panics: the unsaved plan is written for recovery, and what happened to a log file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::session::state::clock::moment_in_file_names;
use crate::session::state::unsaved_work::UnsavedWork;
use crate::store;

/// What the panic hook recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanicReport {
    /// None if it could not be written.
    pub log: Option<PathBuf>,
    /// Why unsaved changes could not be written for recovery.
    pub lost: Option<String>,
}

/// What the panic hook recorded last.
#[derive(Default)]
pub struct PanicRecord(Mutex<Option<PanicReport>>);

impl PanicRecord {
    /// What was recorded last.
    pub fn last(&self) -> Option<PanicReport> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Records each panic from now on. `state` is the program's state folder.
    pub fn install(self: &Arc<Self>, unsaved: UnsavedWork, state: Option<PathBuf>) {
        let (record, usual) = (Arc::clone(self), std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| {
            usual(panic);
            let trace = std::backtrace::Backtrace::force_capture();
            record.note(&unsaved, state.as_deref(), &format!("{panic}\n\n{trace}"));
        }));
    }

    /// Writes the unsaved plan first, then the log.
    fn note(&self, unsaved: &UnsavedWork, state: Option<&Path>, what: &str) {
        let lost = unsaved.write().err().map(|error| error.to_string());
        let (version, moment) = (env!("CARGO_PKG_VERSION"), moment_in_file_names());
        let text = format!("Windowsill {version}, {}, {moment}\n\n{what}\n", std::env::consts::OS);
        let log = state.and_then(|state| store::write_panic_log(state, &moment, &text).ok());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(PanicReport { log, lost });
    }
}

impl PanicReport {
    /// What a person is told, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let unsaved = match &self.lost {
            None => "Unsaved changes are kept. Windowsill offers them when it starts.".to_owned(),
            Some(error) => format!("Your last unsaved changes could not be kept: {error}."),
        };
        let log = match &self.log {
            Some(path) => format!("What happened is in {}.", path.display()),
            None => "What happened could not be written to a log file.".to_owned(),
        };
        vec![unsaved, log]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Plan};
    use crate::session::state::recovery_file::RecoveryFile;
    use crate::session::state::unsaved_work::UnsavedChanges;
    use crate::store::{Recovery, RecoveryOwner, recovery_offers};

    fn unsaved(state: &Path) -> UnsavedWork {
        let plan = Arc::new(Plan::new("p".into(), "Unsaved", Horizon::year(2027), "UTC"));
        let own = Recovery::new(state, RecoveryOwner::Untitled("p".into()));
        let work = UnsavedWork::default();
        work.set(Some(UnsavedChanges { plan, base: None, file: RecoveryFile::new(own, Vec::new()) }), None);
        work
    }

    #[test]
    fn a_panic_writes_the_unsaved_plan_and_a_log() {
        let state = tempfile::tempdir().unwrap();
        let record = PanicRecord::default();
        record.note(&unsaved(state.path()), Some(state.path()), "index out of bounds at src/x.rs");
        let report = record.last().unwrap();
        assert_eq!(report.lost, None);
        let log = std::fs::read_to_string(report.log.as_ref().unwrap()).unwrap();
        assert!(log.contains("index out of bounds at src/x.rs"), "{log}");
        let offers = recovery_offers(state.path());
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].load().unwrap().plan.title(), "Unsaved");
    }

    #[test]
    fn changes_that_cannot_be_kept_are_reported() {
        let state = tempfile::NamedTempFile::new().unwrap();
        let record = PanicRecord::default();
        record.note(&unsaved(state.path()), Some(state.path()), "why");
        let report = record.last().unwrap();
        assert_eq!(report.log, None);
        assert!(report.sentences()[0].starts_with("Your last unsaved changes could not be kept: "));
    }
}
