//! Carrying out what was planned, resource by resource; what was done is remembered as it is done.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::meaning::title;
use super::memory::{Kept, Notebook};
use super::planning::{Listing, Step, Verdict, steps, verdict};
use super::report::{Report, Trouble};
use super::server::{Answer, Condition, Server};
use super::{Mode, Watch};
use crate::export::ics::Resource;
use crate::export::is_of_plan;
use crate::model::PlanId;

/// After so many changes what was done is written down: a crash costs the comparison of at most so many resources.
const SAVE_EVERY: usize = 50;

/// Makes the server hold `wanted`, sorted by name, and nothing more of what was put there before.
pub struct Carrier<'a> {
    pub server: &'a dyn Server,
    pub plan: &'a PlanId,
    pub wanted: &'a [Resource],
    pub notebook: &'a mut Notebook,
    pub mode: Mode,
    pub watch: &'a dyn Watch,
}

impl<'a> Carrier<'a> {
    /// Does all that is to be done. What keeps everything from going on ends it early; the report says why.
    pub fn carry(mut self, there: Option<Listing>) -> Report {
        let mut report = Report::default();
        let kept = self.notebook.memory.resources.clone();
        let steps: Vec<(&str, Step)> = steps(self.wanted, &kept, there.as_ref()).into_iter().collect();
        let total = steps.len();
        let mut unsaved = 0;
        for (done, (name, step)) in steps.into_iter().enumerate() {
            self.watch.tell(done, total);
            if self.watch.is_cancelled() {
                report.stopped = Some(Fault::Cancelled.to_string());
                break;
            }
            unsaved += usize::from(step != Step::Leave);
            if let Err(fault) = self.take(name, step, &kept, &mut report) {
                report.stopped = Some(fault.to_string());
                break;
            }
            if unsaved >= SAVE_EVERY {
                unsaved = 0;
                self.save(&mut report);
            }
        }
        self.save(&mut report);
        report
    }

    /// One step.
    fn take(
        &mut self,
        name: &str,
        step: Step,
        kept: &BTreeMap<String, Kept>,
        report: &mut Report,
    ) -> Result<(), Fault> {
        let (wanted, kept) = (self.wanted(name), kept.get(name));
        let answer = match (&step, wanted) {
            (Step::Leave, _) => {
                report.counts.unchanged += 1;
                return Ok(());
            }
            (Step::Forget, _) => {
                self.notebook.memory.resources.remove(name);
                return Ok(());
            }
            (Step::Create, Some(wanted)) => self.put(wanted, &Condition::Absent, kept.is_some(), report)?,
            (Step::Replace(etag), Some(wanted)) => self.put(wanted, &Condition::Is(etag.clone()), false, report)?,
            (Step::Delete(etag), _) => self.delete(name, kept, &Condition::Is(etag.clone()), report)?,
            _ => Answer::Changed,
        };
        match answer {
            Answer::Done(_) => Ok(()),
            Answer::Refused(reason) => {
                self.refuse(name, &reason, report);
                Ok(())
            }
            Answer::Changed => self.compare(name, kept, report),
        }
    }

    /// Reads what is there, and goes by what it says.
    fn compare(&mut self, name: &str, kept: Option<&Kept>, report: &mut Report) -> Result<(), Fault> {
        let wanted = self.wanted(name);
        let Some(found) = self.server.get(name)? else {
            return self.put_what_is_not_there(name, kept, report);
        };
        let condition = found.etag.clone().map_or(Condition::None, Condition::Is);
        let answer = match (verdict(wanted, kept, &found.text, self.mode.overwrites), wanted) {
            (Verdict::Adopt, Some(wanted)) => {
                report.counts.unchanged += 1;
                self.remember(wanted, found.etag);
                return Ok(());
            }
            (Verdict::Replace, Some(wanted)) => self.put(wanted, &condition, false, report)?,
            (Verdict::Delete, _) => self.delete(name, kept, &condition, report)?,
            _ => Answer::Changed,
        };
        match answer {
            Answer::Done(_) => {}
            Answer::Refused(reason) => self.refuse(name, &reason, report),
            Answer::Changed => self.leave_alone(name, report),
        }
        Ok(())
    }

    fn put_what_is_not_there(&mut self, name: &str, kept: Option<&Kept>, report: &mut Report) -> Result<(), Fault> {
        let Some(wanted) = self.wanted(name) else {
            self.notebook.memory.resources.remove(name);
            return Ok(());
        };
        match self.put(wanted, &Condition::Absent, kept.is_some(), report)? {
            Answer::Done(_) => {}
            Answer::Refused(reason) => self.refuse(name, &reason, report),
            Answer::Changed => self.leave_alone(name, report),
        }
        Ok(())
    }

    fn wanted(&self, name: &str) -> Option<&'a Resource> {
        let wanted: &'a [Resource] = self.wanted;
        wanted.binary_search_by(|resource| resource.name.as_str().cmp(name)).ok().map(|at| &wanted[at])
    }

    fn put(
        &mut self,
        wanted: &Resource,
        condition: &Condition,
        was_removed: bool,
        report: &mut Report,
    ) -> Result<Answer, Fault> {
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

    /// Deletes what was put there for this plan, and nothing else.
    fn delete(
        &mut self,
        name: &str,
        kept: Option<&Kept>,
        condition: &Condition,
        report: &mut Report,
    ) -> Result<Answer, Fault> {
        if !kept.is_some_and(|kept| is_of_plan(self.plan, &kept.uid)) {
            self.notebook.memory.resources.remove(name);
            return Ok(Answer::Done(None));
        }
        let answer = if self.mode.is_dry { Answer::Done(None) } else { self.server.delete(name, condition)? };
        if let Answer::Done(_) = answer {
            report.counts.deleted += 1;
            self.notebook.memory.resources.remove(name);
        }
        Ok(answer)
    }

    fn leave_alone(&self, name: &str, report: &mut Report) {
        let reason = match self.wanted(name) {
            Some(_) => "somebody else changed it there",
            None => "it is no longer in the plan, and somebody else changed it there",
        };
        report.counts.conflicts += 1;
        report.conflicts.push(self.trouble(name, reason));
    }

    fn refuse(&self, name: &str, reason: &str, report: &mut Report) {
        report.counts.refused += 1;
        report.refused.push(self.trouble(name, reason));
    }

    fn trouble(&self, name: &str, reason: &str) -> Trouble {
        let title = self.wanted(name).and_then(|wanted| title(&wanted.text)).unwrap_or_else(|| name.to_owned());
        Trouble { name: name.to_owned(), title, reason: reason.to_owned() }
    }

    fn remember(&mut self, resource: &Resource, etag: Option<String>) {
        self.notebook.memory.resources.insert(resource.name.clone(), Kept::of(resource, etag));
    }

    fn save(&self, report: &mut Report) {
        if self.mode.is_dry {
            return;
        }
        if let Err(error) = self.notebook.save() {
            let note = format!(
                "What was published could not be remembered; the next time it is compared with the server. {error}"
            );
            if !report.notes.contains(&note) {
                report.notes.push(note);
            }
        }
    }
}
