//! Carries out the steps for a collection, one resource at a time, and remembers each one as it is done.

use std::collections::BTreeMap;

use super::PublishMode;
use super::fingerprint::event_title;
use super::memory::{LockedMemory, SentResource};
use super::publish_error::PublishError;
use super::report::{NEWER_PLAN, PublishReport, ResourceProblem, StopReason};
use super::server::{Listing, PutCondition, Server, ServerAnswer};
use super::steps::{Reconciliation, SyncStep, reconciliation, steps};
use crate::export::ics::Resource;
use crate::model::{PlanId, is_uid_of_plan};
use crate::progress::Progress;
use crate::wording::counted;

/// The memory is saved after this many changes. After a crash, at most this many resources must be compared again.
const SAVE_EVERY: usize = 50;

/// Brings a server up to date: it then contains `wanted`, and nothing that was sent earlier and is no longer wanted.
pub struct Upload<'a> {
    pub server: &'a dyn Server,
    pub plan: &'a PlanId,
    /// Sorted by name.
    pub wanted: &'a [Resource],
    pub locked_memory: &'a mut LockedMemory,
    pub mode: PublishMode,
    pub progress: &'a Progress,
    /// Resources that were published from a newer version of the plan; empty at first.
    pub newer: Vec<ResourceProblem>,
}

impl<'a> Upload<'a> {
    /// Takes all steps. A [`PublishError`] ends it early; the report then contains the reason.
    pub fn run(mut self, listing: Option<&Listing>) -> PublishReport {
        let mut report = PublishReport::default();
        let sent = self.locked_memory.memory.resources.clone();
        let steps: Vec<(&str, SyncStep)> =
            steps(self.wanted, &sent, listing, self.mode.overwrites).into_iter().collect();
        let total = steps.len();
        let mut unsaved = 0;
        for (done, (name, step)) in steps.into_iter().enumerate() {
            if !self.progress.continues(done, total) {
                report.stopped = Some(StopReason::new(PublishError::Cancelled));
                break;
            }
            unsaved += usize::from(step != SyncStep::Leave);
            if let Err(error) = self.take_step(name, &step, &sent, &mut report) {
                report.stopped = Some(StopReason::new(error));
                break;
            }
            if unsaved >= SAVE_EVERY {
                unsaved = 0;
                self.save(&mut report);
            }
        }
        self.save(&mut report);
        self.report_newer(&mut report);
        report
    }

    fn take_step(
        &mut self,
        name: &str,
        step: &SyncStep,
        sent: &BTreeMap<String, SentResource>,
        report: &mut PublishReport,
    ) -> Result<(), PublishError> {
        let (wanted, sent) = (self.wanted(name), sent.get(name));
        let answer = match (step, wanted) {
            (SyncStep::Leave, _) => {
                report.counts.unchanged += 1;
                return Ok(());
            }
            (SyncStep::Forget, _) => {
                self.locked_memory.memory.resources.remove(name);
                return Ok(());
            }
            (SyncStep::Create, Some(wanted)) => self.put(wanted, &PutCondition::Absent, sent.is_some(), report)?,
            (SyncStep::Replace(etag), Some(wanted)) => {
                self.put(wanted, &PutCondition::Unchanged(etag.clone()), false, report)?
            }
            (SyncStep::Delete(etag), _) => self.delete(name, sent, &PutCondition::Unchanged(etag.clone()), report)?,
            (SyncStep::Compare, _) | (SyncStep::Create | SyncStep::Replace(_), None) => {
                return self.compare(name, sent, report);
            }
        };
        match answer {
            ServerAnswer::Done(_) => Ok(()),
            ServerAnswer::Refused(reason) => {
                self.refuse(name, &reason, report);
                Ok(())
            }
            ServerAnswer::Changed => self.compare(name, sent, report),
        }
    }

    /// Reads the server's version of a resource, and decides by its contents.
    fn compare(
        &mut self,
        name: &str,
        sent: Option<&SentResource>,
        report: &mut PublishReport,
    ) -> Result<(), PublishError> {
        let wanted = self.wanted(name);
        let Some(found) = self.server.get(name)? else {
            return self.put_missing(name, sent, report);
        };
        let condition = found.etag.clone().map_or(PutCondition::Unconditional, PutCondition::Unchanged);
        let answer = match (reconciliation(self.plan, wanted, sent, &found.text, self.mode.overwrites), wanted) {
            (Reconciliation::Adopt, Some(wanted)) => {
                report.counts.unchanged += 1;
                let adopted = SentResource::adopted(wanted, found.etag, &found.text);
                self.locked_memory.memory.resources.insert(wanted.name.clone(), adopted);
                return Ok(());
            }
            (Reconciliation::Replace, Some(wanted)) => self.put(wanted, &condition, false, report)?,
            (Reconciliation::Delete, _) => self.delete(name, sent, &condition, report)?,
            (Reconciliation::LeaveNewer, _) => {
                report.counts.conflicts += 1;
                self.newer.push(self.problem(name, NEWER_PLAN));
                return Ok(());
            }
            (Reconciliation::LeaveAlone, _) | (Reconciliation::Adopt | Reconciliation::Replace, None) => {
                self.leave_alone(name, report);
                return Ok(());
            }
        };
        match answer {
            ServerAnswer::Done(_) => {}
            ServerAnswer::Refused(reason) => self.refuse(name, &reason, report),
            ServerAnswer::Changed => self.leave_alone(name, report),
        }
        Ok(())
    }

    /// Reports what comes from a newer version of the plan: one cause, so one line.
    fn report_newer(&mut self, report: &mut PublishReport) {
        let count = self.newer.len();
        let first = self.newer.drain(..).next();
        report.conflicts.extend(first.map(|first| match count {
            1 => first,
            _ => ResourceProblem { title: counted(count, "event"), ..first },
        }));
    }

    /// Sends a resource that the server turned out not to have.
    fn put_missing(
        &mut self,
        name: &str,
        sent: Option<&SentResource>,
        report: &mut PublishReport,
    ) -> Result<(), PublishError> {
        let Some(wanted) = self.wanted(name) else {
            self.locked_memory.memory.resources.remove(name);
            return Ok(());
        };
        match self.put(wanted, &PutCondition::Absent, sent.is_some(), report)? {
            ServerAnswer::Done(_) => {}
            ServerAnswer::Refused(reason) => self.refuse(name, &reason, report),
            ServerAnswer::Changed => self.leave_alone(name, report),
        }
        Ok(())
    }

    fn wanted(&self, name: &str) -> Option<&'a Resource> {
        let wanted: &'a [Resource] = self.wanted;
        wanted.binary_search_by(|resource| resource.name.as_str().cmp(name)).ok().map(|index| &wanted[index])
    }

    fn put(
        &mut self,
        wanted: &Resource,
        condition: &PutCondition,
        was_removed: bool,
        report: &mut PublishReport,
    ) -> Result<ServerAnswer, PublishError> {
        let answer = if self.mode.is_dry {
            ServerAnswer::Done(None)
        } else {
            self.server.put(&wanted.name, &wanted.text, condition)?
        };
        if let ServerAnswer::Done(etag) = &answer {
            report.counts.sent += 1;
            report.counts.restored += usize::from(was_removed);
            self.remember(wanted, etag.clone());
        }
        Ok(answer)
    }

    /// Deletes a resource if it was sent for this plan, and otherwise just forgets it.
    fn delete(
        &mut self,
        name: &str,
        sent: Option<&SentResource>,
        condition: &PutCondition,
        report: &mut PublishReport,
    ) -> Result<ServerAnswer, PublishError> {
        if !sent.is_some_and(|sent| is_uid_of_plan(self.plan, &sent.uid)) {
            self.locked_memory.memory.resources.remove(name);
            return Ok(ServerAnswer::Done(None));
        }
        let answer = if self.mode.is_dry { ServerAnswer::Done(None) } else { self.server.delete(name, condition)? };
        if let ServerAnswer::Done(_) = answer {
            report.counts.deleted += 1;
            self.locked_memory.memory.resources.remove(name);
        }
        Ok(answer)
    }

    fn leave_alone(&self, name: &str, report: &mut PublishReport) {
        let reason = match self.wanted(name) {
            Some(_) => "somebody else changed it there",
            None => "no longer in the plan, but somebody else changed it there",
        };
        report.counts.conflicts += 1;
        report.conflicts.push(self.problem(name, reason));
    }

    fn refuse(&self, name: &str, reason: &str, report: &mut PublishReport) {
        report.counts.refused += 1;
        report.refused.push(self.problem(name, reason));
    }

    fn problem(&self, name: &str, reason: &str) -> ResourceProblem {
        let title = self.wanted(name).and_then(|wanted| event_title(&wanted.text)).unwrap_or_else(|| name.to_owned());
        ResourceProblem { name: name.to_owned(), title, reason: reason.to_owned() }
    }

    fn remember(&mut self, resource: &Resource, etag: Option<String>) {
        self.locked_memory.memory.resources.insert(resource.name.clone(), SentResource::new(resource, etag));
    }

    fn save(&self, report: &mut PublishReport) {
        if self.mode.is_dry {
            return;
        }
        if let Err(error) = self.locked_memory.save() {
            let note = format!(
                "Cannot remember what was published; next time, everything is compared with the server. {error}"
            );
            if !report.notes.contains(&note) {
                report.notes.push(note);
            }
        }
    }
}
