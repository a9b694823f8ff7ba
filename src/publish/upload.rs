//! Carries out the steps for a collection, one resource at a time, and remembers each one as it is done.

use std::collections::BTreeMap;

use super::Mode;
use super::fingerprint::event_title;
use super::memory::{MemoryFile, SentResource};
use super::publish_error::PublishError;
use super::report::{NEWER_PLAN, Problem, Report, StopReason};
use super::server::{Answer, Condition, Listing, Server};
use super::steps::{Step, Verdict, steps, verdict};
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
    pub memory_file: &'a mut MemoryFile,
    pub mode: Mode,
    pub progress: &'a Progress,
    /// Resources that were published from a newer version of the plan; empty at first.
    pub newer: Vec<Problem>,
}

impl<'a> Upload<'a> {
    /// Takes all steps. A [`PublishError`] ends it early; the report then contains the reason.
    pub fn run(mut self, listing: Option<&Listing>) -> Report {
        let mut report = Report::default();
        let sent = self.memory_file.memory.resources.clone();
        let steps: Vec<(&str, Step)> = steps(self.wanted, &sent, listing, self.mode.overwrites).into_iter().collect();
        let total = steps.len();
        let mut unsaved = 0;
        for (done, (name, step)) in steps.into_iter().enumerate() {
            if !self.progress.continues(done, total) {
                report.stopped = Some(StopReason::new(PublishError::Cancelled));
                break;
            }
            unsaved += usize::from(step != Step::Leave);
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
        self.tell_newer(&mut report);
        report
    }

    fn take_step(
        &mut self,
        name: &str,
        step: &Step,
        sent: &BTreeMap<String, SentResource>,
        report: &mut Report,
    ) -> Result<(), PublishError> {
        let (wanted, sent) = (self.wanted(name), sent.get(name));
        let answer = match (step, wanted) {
            (Step::Leave, _) => {
                report.counts.unchanged += 1;
                return Ok(());
            }
            (Step::Forget, _) => {
                self.memory_file.memory.resources.remove(name);
                return Ok(());
            }
            (Step::Create, Some(wanted)) => self.put(wanted, &Condition::Absent, sent.is_some(), report)?,
            (Step::Replace(etag), Some(wanted)) => {
                self.put(wanted, &Condition::Unchanged(etag.clone()), false, report)?
            }
            (Step::Delete(etag), _) => self.delete(name, sent, &Condition::Unchanged(etag.clone()), report)?,
            (Step::Compare, _) | (Step::Create | Step::Replace(_), None) => return self.compare(name, sent, report),
        };
        match answer {
            Answer::Done(_) => Ok(()),
            Answer::Refused(reason) => {
                self.refuse(name, &reason, report);
                Ok(())
            }
            Answer::Changed => self.compare(name, sent, report),
        }
    }

    /// Reads the server's version of a resource, and decides by its contents.
    fn compare(&mut self, name: &str, sent: Option<&SentResource>, report: &mut Report) -> Result<(), PublishError> {
        let wanted = self.wanted(name);
        let Some(found) = self.server.get(name)? else {
            return self.put_missing(name, sent, report);
        };
        let condition = found.etag.clone().map_or(Condition::Unconditional, Condition::Unchanged);
        let answer = match (verdict(self.plan, wanted, sent, &found.text, self.mode.overwrites), wanted) {
            (Verdict::Adopt, Some(wanted)) => {
                report.counts.unchanged += 1;
                let adopted = SentResource::adopted(wanted, found.etag, &found.text);
                self.memory_file.memory.resources.insert(wanted.name.clone(), adopted);
                return Ok(());
            }
            (Verdict::Replace, Some(wanted)) => self.put(wanted, &condition, false, report)?,
            (Verdict::Delete, _) => self.delete(name, sent, &condition, report)?,
            (Verdict::LeaveNewer, _) => {
                report.counts.conflicts += 1;
                self.newer.push(self.problem(name, NEWER_PLAN));
                return Ok(());
            }
            (Verdict::LeaveAlone, _) | (Verdict::Adopt | Verdict::Replace, None) => {
                self.leave_alone(name, report);
                return Ok(());
            }
        };
        match answer {
            Answer::Done(_) => {}
            Answer::Refused(reason) => self.refuse(name, &reason, report),
            Answer::Changed => self.leave_alone(name, report),
        }
        Ok(())
    }

    /// Reports what comes from a newer version of the plan: one cause, so one line.
    fn tell_newer(&mut self, report: &mut Report) {
        let count = self.newer.len();
        let first = self.newer.drain(..).next();
        report.conflicts.extend(first.map(|first| match count {
            1 => first,
            _ => Problem { title: counted(count, "event"), ..first },
        }));
    }

    /// Sends a resource that the server turned out not to have.
    fn put_missing(
        &mut self,
        name: &str,
        sent: Option<&SentResource>,
        report: &mut Report,
    ) -> Result<(), PublishError> {
        let Some(wanted) = self.wanted(name) else {
            self.memory_file.memory.resources.remove(name);
            return Ok(());
        };
        match self.put(wanted, &Condition::Absent, sent.is_some(), report)? {
            Answer::Done(_) => {}
            Answer::Refused(reason) => self.refuse(name, &reason, report),
            Answer::Changed => self.leave_alone(name, report),
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
        condition: &Condition,
        was_removed: bool,
        report: &mut Report,
    ) -> Result<Answer, PublishError> {
        let answer = if self.mode.is_dry {
            Answer::Done(None)
        } else {
            self.server.put(&wanted.name, &wanted.text, condition)?
        };
        if let Answer::Done(etag) = &answer {
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
        condition: &Condition,
        report: &mut Report,
    ) -> Result<Answer, PublishError> {
        if !sent.is_some_and(|sent| is_uid_of_plan(self.plan, &sent.uid)) {
            self.memory_file.memory.resources.remove(name);
            return Ok(Answer::Done(None));
        }
        let answer = if self.mode.is_dry { Answer::Done(None) } else { self.server.delete(name, condition)? };
        if let Answer::Done(_) = answer {
            report.counts.deleted += 1;
            self.memory_file.memory.resources.remove(name);
        }
        Ok(answer)
    }

    fn leave_alone(&self, name: &str, report: &mut Report) {
        let reason = match self.wanted(name) {
            Some(_) => "somebody else changed it there",
            None => "no longer in the plan, but somebody else changed it there",
        };
        report.counts.conflicts += 1;
        report.conflicts.push(self.problem(name, reason));
    }

    fn refuse(&self, name: &str, reason: &str, report: &mut Report) {
        report.counts.refused += 1;
        report.refused.push(self.problem(name, reason));
    }

    fn problem(&self, name: &str, reason: &str) -> Problem {
        let title = self.wanted(name).and_then(|wanted| event_title(&wanted.text)).unwrap_or_else(|| name.to_owned());
        Problem { name: name.to_owned(), title, reason: reason.to_owned() }
    }

    fn remember(&mut self, resource: &Resource, etag: Option<String>) {
        self.memory_file.memory.resources.insert(resource.name.clone(), SentResource::new(resource, etag));
    }

    fn save(&self, report: &mut Report) {
        if self.mode.is_dry {
            return;
        }
        if let Err(error) = self.memory_file.save() {
            let note = format!(
                "Cannot remember what was published; next time, everything is compared with the server. {error}"
            );
            if !report.notes.contains(&note) {
                report.notes.push(note);
            }
        }
    }
}
