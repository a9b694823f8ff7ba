//! `export checklist`, `planner`, `year` and `cab`: what is printed.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::delivery::check;
use super::diff::file_name;
use super::export::today;
use super::exports::{Cab, Checklist, Planner, Year};
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::export::paper::Paper;
use crate::export::print::{Form, Packs, PrintOrder, Printed};
use crate::model::counted;
use crate::output::{Basis, FormFrom, Order, Source};
use crate::schedule::Schedule;

/// A plan that is printed, and where to.
struct Job<'a> {
    plan: &'a Path,
    output: &'a Path,
    paper: Paper,
    viewed: Viewed,
    now: DateTime<Utc>,
    /// The plan that the board saw last.
    earlier: Option<(&'a Path, Schedule)>,
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
        job.earlier = Some((since, earlier.schedule));
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

    /// Prints to the file, in the form that its ending asks for. A path without an ending is a folder in which each
    /// checklist gets a file of its own.
    fn print(self, what: Printed) -> Result<Reply, Failure> {
        let is_one_file_each = matches!(what, Printed::Packs(_)) && self.output.extension().is_none();
        let order = PrintOrder { what, form: Form::ALL[0], paper: self.paper, is_one_file_each };
        let earlier = self.earlier.as_ref();
        let plans: Vec<&Path> = [self.plan].into_iter().chain(earlier.map(|(path, _)| *path)).collect();
        let delivery = check(Order::Print(order), self.output, FormFrom::Ending, &plans)?;
        let basis = earlier.map(|(path, schedule)| Basis { name: file_name(path), earlier: Some(schedule) });
        let source = Source::new(self.schedule(), today(self.schedule(), self.now)).compared_with(basis);
        let delivered = delivery.deliver(&source)?;
        let count = counted(delivered.files, "checklist");
        let said = if is_one_file_each { format!("{count} in {}\n", self.output.display()) } else { String::new() };
        Ok(Reply::new(said).with_notes(self.viewed.notes.into_iter().chain(delivered.remarks).collect()))
    }
}
