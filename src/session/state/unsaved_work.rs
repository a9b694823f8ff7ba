//! What must be written for recovery if the program has to end at once.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::model::Plan;
use crate::session::state::recovery_file::RecoveryFile;
use crate::store::{Fingerprint, Lock, SaveError};

/// The unsaved changes of the open plan, for threads that do not have the session. Nothing if everything is saved,
/// already in the recovery file, or discarded by the user.
#[derive(Clone, Debug, Default)]
pub struct UnsavedWork(Arc<Mutex<Contents>>);

#[derive(Debug, Default)]
struct Contents {
    changes: Option<UnsavedChanges>,
    lock: Weak<Lock>,
}

/// A plan to be written to its recovery file.
#[derive(Clone, Debug)]
pub(in crate::session) struct UnsavedChanges {
    pub plan: Arc<Plan>,
    pub base: Option<Fingerprint>,
    pub file: Arc<RecoveryFile>,
}

thread_local! {
    /// Dropped when this thread ends the process.
    static AT_EXIT: RefCell<Option<WrittenAtExit>> = const { RefCell::new(None) };
}

struct WrittenAtExit(UnsavedWork);

impl Drop for WrittenAtExit {
    fn drop(&mut self) {
        self.0.write_and_unlock();
    }
}

impl UnsavedWork {
    /// Also writes if a library ends the process on this thread, as Xlib does when the X server is gone: on logout, for
    /// instance.
    pub fn write_at_exit(&self) {
        AT_EXIT.set(Some(WrittenAtExit(self.clone())));
    }

    pub(in crate::session) fn set(&self, changes: Option<UnsavedChanges>, lock: Option<&Arc<Lock>>) {
        let mut contents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *contents = Contents { changes, lock: lock.map(Arc::downgrade).unwrap_or_default() };
    }

    /// Writes the unsaved changes to the recovery file.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn write(&self) -> Result<(), SaveError> {
        let changes = self.0.lock().unwrap_or_else(PoisonError::into_inner).changes.take();
        let Some(UnsavedChanges { plan, base, file }) = changes else { return Ok(()) };
        file.write(file.ticket(), &plan, base)
    }

    /// Writes the unsaved changes and removes the lock file of the plan, because the program ends now.
    pub fn write_and_unlock(&self) {
        if let Err(error) = self.write() {
            log::error!("the recovery file could not be written: {error}");
        }
        let lock = self.0.lock().unwrap_or_else(PoisonError::into_inner).lock.upgrade();
        if let Some(lock) = lock {
            lock.remove_file();
        }
    }
}
