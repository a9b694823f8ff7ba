//! The recovery file of the open plan, and the older ones that it replaces.

use std::sync::Arc;

use crate::model::Plan;
use crate::session::state::newest::Newest;
use crate::store::{Fingerprint, Recovery, RecoveryOffer, SaveError};

/// The recovery file of the open plan. Writes and removals take effect in the order in which they were requested.
#[derive(Debug)]
pub struct RecoveryFile(Newest<Files>);

#[derive(Debug)]
struct Files {
    own: Recovery,
    replaced: Vec<Replaced>,
}

/// An older file with the same changes. It stays until they are in the new one.
#[derive(Debug)]
pub enum Replaced {
    /// The file of an earlier run, whose changes were restored, if it cannot be continued.
    Offer(Arc<RecoveryOffer>),
    /// The file from before the plan was saved under another name.
    Own(Arc<RecoveryFile>),
}

impl RecoveryFile {
    pub fn new(own: Recovery, replaced: Vec<Replaced>) -> Arc<Self> {
        Arc::new(Self(Newest::new(Files { own, replaced })))
    }

    /// The ticket for [`RecoveryFile::write`] and [`RecoveryFile::discard`].
    pub fn ticket(&self) -> u64 {
        self.0.ticket()
    }

    /// Writes `plan`, a change of the content `base`, then removes the files that this one replaces. Does nothing if another write or a removal has been
    /// requested since the ticket was given out.
    ///
    /// # Errors
    /// The error of the file system. The replaced files are still there then.
    pub fn write(&self, ticket: u64, plan: &Plan, base: Option<Fingerprint>) -> Result<(), SaveError> {
        let write = |files: &mut Files| {
            files.own.write(plan, base)?;
            files.remove_replaced()
        };
        self.0.write(ticket, write).unwrap_or(Ok(()))
    }

    /// Removes the file and those that it replaces, because the plan was saved. Does nothing if a write or another removal
    /// has been requested since the ticket was given out.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard(&self, ticket: u64) -> Result<(), SaveError> {
        let discard = |files: &mut Files| files.own.discard().and(files.remove_replaced());
        self.0.write(ticket, discard).unwrap_or(Ok(()))
    }

    /// Removes the file, because the changes of the plan were discarded. Those of earlier runs stay. Does nothing if a write or
    /// a removal has been requested since the ticket was given out.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard_unsaved(&self, ticket: u64) -> Result<(), SaveError> {
        let discard = |files: &mut Files| {
            files.replaced.retain(|replaced| matches!(replaced, Replaced::Own(_)));
            files.own.discard_unsaved().and(files.remove_replaced())
        };
        self.0.write(ticket, discard).unwrap_or(Ok(()))
    }
}

impl Files {
    fn remove_replaced(&mut self) -> Result<(), SaveError> {
        let removed = self.replaced.drain(..).map(|replaced| match replaced {
            Replaced::Offer(offer) => offer.discard(),
            Replaced::Own(file) => file.discard(file.ticket()),
        });
        removed.fold(Ok(()), Result::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;
    use crate::store::{RecoveryOwner, recovery_offers};

    fn plan(title: &str) -> Plan {
        Plan::new("p".into(), title, Horizon::year(2027), "UTC")
    }

    fn titles(state: &std::path::Path) -> Vec<String> {
        let offers = recovery_offers(state);
        offers.iter().map(|offer| offer.load().unwrap().plan.title().to_owned()).collect()
    }

    #[test]
    fn a_write_that_comes_after_the_removal_leaves_no_file() {
        let state = tempfile::tempdir().unwrap();
        let own = Recovery::new(state.path(), RecoveryOwner::Untitled("p".into()));
        let file = RecoveryFile::new(own, Vec::new());
        let late = file.ticket();
        file.discard(file.ticket()).unwrap();
        file.write(late, &plan("Discarded"), None).unwrap();
        drop(file);
        assert_eq!(titles(state.path()), [""; 0]);
    }

    #[test]
    fn a_replaced_file_stays_until_the_new_one_is_written() {
        let state = tempfile::tempdir().unwrap();
        let owner = RecoveryOwner::Untitled("p".into());
        Recovery::new(state.path(), owner.clone()).write(&plan("Recovered"), None).unwrap();
        let offer = recovery_offers(state.path()).remove(0);
        let own = Recovery::new(state.path(), owner);
        let file = RecoveryFile::new(own, vec![Replaced::Offer(Arc::new(offer))]);
        assert_eq!(titles(state.path()), ["Recovered"]);
        file.write(file.ticket(), &plan("Edited"), None).unwrap();
        drop(file);
        assert_eq!(titles(state.path()), ["Edited"]);
    }
}
