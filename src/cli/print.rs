//! `export checklist`, `planner`, `year` and `cab`: what is printed.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::exports::{Cab, Checklist, Planner, Year};
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::checks::Findings;
use crate::export::paper::Paper;
use crate::export::print::{Form, Order, Packs, Printed, Source};
use crate::model::UtcMinute;
use crate::schedule::{Revision, Schedule};
use crate::store::{self, Staged};
use crate::wording::counted;

/// A plan that is printed, and where to.
struct Job<'a> {
    plan: &'a Path,
    output: &'a Path,
    paper: Paper,
    viewed: Viewed,
    now: DateTime<Utc>,
    /// The plan that the board saw last.
    earlier: Option<Schedule>,
}

pub fn checklist(options: &Checklist, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let job = Job::new(&options.plan, &options.output, options.paper, now)?;
    let plan = &job.schedule().plan;
    let window = options.window.as_deref().map(|id| find::one(&plan.windows, id)).transpose()?;
    let area = options.area.as_deref().map(|id| find::one(&plan.areas, id)).transpose()?;
    let packs = Packs {
        window: window.map(|window| window.id.clone()),
        area: area.map(|area| area.id.clone()),
        from: options.from.or(options.on),
        to: options.to.or(options.on),
        group: None,
    };
    let what = match (&options.window, options.on) {
        (Some(window), Some(on)) => {
            let (window, occurrence) = find::occurrence(job.schedule(), window, on)?;
            Printed::Pack(window.id().clone(), occurrence.original_on())
        }
        _ => Printed::Packs(packs),
    };
    job.print(what)
}

pub fn planner(options: &Planner, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let job = Job::new(&options.plan, &options.output, options.paper, options.now.unwrap_or(now))?;
    job.print(Printed::Planner { has_marks: options.with_findings })
}

pub fn year(options: &Year, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let job = Job::new(&options.plan, &options.output, options.paper, options.now.unwrap_or(now))?;
    let area = find::one(&job.schedule().plan.areas, &options.area)?.id.clone();
    job.print(Printed::Year(area))
}

pub fn cab(options: &Cab, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let mut job = Job::new(&options.plan, &options.output, options.paper, options.now.unwrap_or(now))?;
    if let Some(since) = &options.since {
        let earlier = view(since)?;
        job.viewed.notes.extend(earlier.notes);
        job.earlier = Some(earlier.schedule);
    }
    job.print(Printed::Cab { weeks: options.weeks })
}

impl<'a> Job<'a> {
    fn new(
        plan: &'a PathBuf,
        output: &'a PathBuf,
        paper: impl Into<Paper>,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        Ok(Self { plan, output, paper: paper.into(), viewed: view(plan)?, now, earlier: None })
    }

    fn schedule(&self) -> &Schedule {
        &self.viewed.schedule
    }

    fn today(&self) -> NaiveDate {
        self.schedule().zone.local(UtcMinute::from_utc(self.now)).date()
    }

    /// Prints to the file, in the form that its ending asks for. A path without an ending is a folder where each night
    /// gets a file of its own.
    fn print(self, what: Printed) -> Result<Reply, Failure> {
        let is_one_file_each = matches!(what, Printed::Packs(_)) && self.output.extension().is_none();
        let form = if is_one_file_each { Form::ALL[0] } else { form_of(self.output)? };
        let order = Order { what, form, paper: self.paper, is_one_file_each };
        let today = self.today();
        let findings = Findings::check(self.schedule(), today, None);
        let since = self.earlier.as_ref().map(|earlier| Revision::between(earlier, self.schedule(), today));
        let source = Source { schedule: self.schedule(), findings: &findings, since: since.as_ref(), today };
        let prints = order.print(&source, &|_, _| true).map_err(|error| Failure(error.to_string()))?;
        let mut said = String::new();
        if order.is_folder() {
            Staged::write(self.output, prints.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))?;
            said = format!("{} in {}\n", counted(prints.files.len(), "checklist"), self.output.display());
        } else if let Some(file) = prints.files.first() {
            super::plan::refuse_plan(self.output, self.plan)?;
            store::write_bytes(self.output, &file.bytes)?;
        }
        let missing = prints.missing.iter().map(ToString::to_string);
        Ok(Reply::new(said).with_notes(self.viewed.notes.into_iter().chain(missing).collect()))
    }
}

/// The form that a file's ending asks for.
fn form_of(path: &Path) -> Result<Form, Failure> {
    let ending = path.extension().and_then(|ending| Form::of_ending(&ending.to_string_lossy()));
    ending.ok_or_else(|| {
        let all = "What is printed is written as .pdf, .html, .md or .txt. Give the file one of these endings";
        Failure(format!("{all}: {}", path.display()))
    })
}
