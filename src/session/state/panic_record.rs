//! What happens when the program panics: the unsaved plan is written for recovery, and what happened to a log file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Plan;
use crate::session::state::clock::moment_in_file_names;
use crate::session::state::recovery_file::RecoveryFile;
use crate::store;

/// What became of unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// The plan was saved.
    Nothing,
    /// They are in the recovery file.
    Recoverable,
    /// Writing the recovery file failed for this reason.
    Lost(String),
}

/// What the panic hook recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanicReport {
    /// None if it could not be written.
    pub log: Option<PathBuf>,
    pub unsaved: Unsaved,
}

/// The unsaved plan and its recovery file.
type UnsavedPlan = (Arc<Plan>, Arc<RecoveryFile>);

/// What the panic hook needs to know, and what it recorded last.
#[derive(Default)]
pub struct PanicRecord {
    unsaved: Mutex<Option<UnsavedPlan>>,
    last: Mutex<Option<PanicReport>>,
}

impl PanicRecord {
    /// Replaces the plan that a panic writes for recovery; none while everything is saved.
    pub fn hold(&self, unsaved: Option<UnsavedPlan>) {
        *self.unsaved.lock().unwrap_or_else(PoisonError::into_inner) = unsaved;
    }

    /// What was recorded last.
    pub fn last(&self) -> Option<PanicReport> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Records each panic from now on. `state` is the program's state folder.
    pub fn install(self: &Arc<Self>, state: Option<PathBuf>) {
        let (record, usual) = (Arc::clone(self), std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| {
            usual(panic);
            let trace = std::backtrace::Backtrace::force_capture();
            record.note(state.as_deref(), &format!("{panic}\n\n{trace}"));
        }));
    }

    /// Writes the unsaved plan first, then the log.
    fn note(&self, state: Option<&Path>, what: &str) {
        let unsaved = self.write_unsaved();
        let (version, moment) = (env!("CARGO_PKG_VERSION"), moment_in_file_names());
        let text = format!("Windowsill {version}, {}, {moment}\n\n{what}\n", std::env::consts::OS);
        let log = state.and_then(|state| store::write_panic_log(state, &moment, &text).ok());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(PanicReport { log, unsaved });
    }

    /// Writes the unsaved plan for recovery.
    pub fn write_unsaved(&self) -> Unsaved {
        // The thread that panicked may hold it; then the last autosave has to do.
        let Ok(unsaved) = self.unsaved.try_lock() else { return Unsaved::Recoverable };
        let Some((plan, file)) = &*unsaved else { return Unsaved::Nothing };
        match file.write(file.ticket(), plan) {
            Ok(()) => Unsaved::Recoverable,
            Err(error) => Unsaved::Lost(error.to_string()),
        }
    }
}

impl PanicReport {
    /// What a person is told, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let unsaved = match &self.unsaved {
            Unsaved::Nothing => "No changes were unsaved.".to_owned(),
            Unsaved::Recoverable => "Your unsaved changes are kept. Windowsill offers them when it starts.".to_owned(),
            Unsaved::Lost(error) => format!("Your last unsaved changes could not be kept: {error}."),
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
    use crate::model::Horizon;
    use crate::store::{Recovery, RecoveryOwner, recovery_offers};

    #[test]
    fn a_panic_writes_the_unsaved_plan_and_a_log() {
        let state = tempfile::tempdir().unwrap();
        let record = PanicRecord::default();
        record.note(Some(state.path()), "first");
        assert_eq!(record.last().map(|report| report.unsaved), Some(Unsaved::Nothing));

        let plan = Arc::new(Plan::new("p".into(), "Unsaved", Horizon::year(2027), "UTC"));
        let own = Recovery::new(state.path(), RecoveryOwner::Untitled("p".into()));
        record.hold(Some((plan, RecoveryFile::new(own, Vec::new()))));
        record.note(Some(state.path()), "index out of bounds at src/x.rs");
        let report = record.last().unwrap();
        assert_eq!(report.unsaved, Unsaved::Recoverable);
        let log = std::fs::read_to_string(report.log.as_ref().unwrap()).unwrap();
        assert!(log.contains("index out of bounds at src/x.rs"), "{log}");
        record.hold(None);
        let offers = recovery_offers(state.path());
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].load().unwrap().plan.title(), "Unsaved");
    }

    #[test]
    fn changes_that_cannot_be_kept_are_reported() {
        let state = tempfile::NamedTempFile::new().unwrap();
        let plan = Arc::new(Plan::new("p".into(), "Unsaved", Horizon::year(2027), "UTC"));
        let own = Recovery::new(state.path(), RecoveryOwner::Untitled("p".into()));
        let record = PanicRecord::default();
        record.hold(Some((plan, RecoveryFile::new(own, Vec::new()))));
        record.note(Some(state.path()), "why");
        let report = record.last().unwrap();
        assert!(matches!(report.unsaved, Unsaved::Lost(_)), "{report:?}");
        assert_eq!(report.log, None);
        assert!(report.sentences()[0].starts_with("Your last unsaved changes could not be kept: "));
    }
}
