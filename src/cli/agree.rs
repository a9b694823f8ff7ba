//! `agree`: records the answer of a business area in the ledger.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::arguments::words;
use super::changing::{Change, Changing, Found};
use super::find;
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{Agreement, BusinessArea, Edit};
use crate::schedule::agreement::answers;
use crate::schedule::agreement::dependents::Dependents;
use crate::schedule::agreement::ledger::{AnswerIndex, AnswerState, BulkAnswer, Ledger, NewAnswer, in_words};
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};
use crate::wording::typed::read_iso_date;
use crate::wording::{counted, list_in_sentence};

/// At most this many areas are named.
const MOST_AREAS: usize = 6;

/// Record a business area's answer to an occurrence: agreed, declined or asked
///
/// Says what that changes in the findings, and lists the new findings of the window.
#[derive(Debug, Args)]
pub struct Agree {
    /// Plan to change
    plan: PathBuf,
    /// Window (id or name)
    window: String,
    /// Original date of the occurrence, or the date on which it takes place, e.g. 2027-03-13
    #[arg(value_parser = read_iso_date, required_unless_present = "all", conflicts_with = "all")]
    on: Option<NaiveDate>,
    /// Business area that answered (id or name)
    #[arg(long)]
    area: String,
    /// Record the answer for all coming dates of the window that have none
    #[arg(long)]
    all: bool,
    /// First date that --all covers [default: today]
    #[arg(long, value_name = "DATE", value_parser = read_iso_date, requires = "all", conflicts_with = "on")]
    from: Option<NaiveDate>,
    /// It declined
    #[arg(long, conflicts_with = "asked")]
    declined: bool,
    /// It was asked and has not answered yet; or it was told, because its systems depend on those in the window
    #[arg(long)]
    asked: bool,
    /// Why it declined
    #[arg(long, value_name = "TEXT", requires = "declined", conflicts_with = "asked", allow_hyphen_values = true,
        value_parser = words)]
    reason: Option<String>,
    /// Who answered [default: the owner of the area]
    #[arg(long, value_name = "NAME", conflicts_with = "asked", value_parser = words)]
    by: Option<String>,
    /// Replace an answer that was recorded before
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Agree {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changing.change(&self.plan, clock, |schedule, today| {
            let area = find::record(schedule.plan.areas(), &self.area)?;
            let ledger = Ledger::derive(schedule, today, None);
            match self.on {
                Some(on) => self.one(schedule, &ledger, area, on),
                None => self.all_dates(schedule, &ledger, area),
            }
        })
    }
}

impl Agree {
    fn answer(&self, today: NaiveDate) -> BulkAnswer {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let by = text(&self.by);
        let said = match (self.asked, self.declined) {
            (true, _) => NewAnswer::Asked,
            (false, true) => NewAnswer::Declined { by, reason: text(&self.reason) },
            (false, false) => NewAnswer::Agreed { by },
        };
        BulkAnswer { said, on: today, reserve: None }
    }

    fn one(
        &self,
        schedule: &Schedule,
        ledger: &Ledger,
        area: &Arc<BusinessArea>,
        on: NaiveDate,
    ) -> Result<Change, Failure> {
        let found = Found::find(schedule, &self.window, on)?;
        if found.occurrence.origin == Origin::Skipped {
            return Err(
                found.refused("it is skipped (restore it first with: windowsill skip PLAN WINDOW ON --restore)")
            );
        }
        let index = AnswerIndex::find(ledger, found.window.id(), found.occurrence.original_on(), &area.id);
        if index.is_none() && self.asked && depends(schedule, found.window, area) {
            if found.occurrence.on() < ledger.today {
                return Err(found.refused("it is over (answers are recorded for coming dates)"));
            }
            let edit = told(schedule, found.window, found.occurrence, area, ledger.today);
            return Ok(found.change(edit));
        }
        let index = index.ok_or_else(|| not_concerned(schedule, found.window, area))?;
        let (state, answer) = (index.state(ledger), self.answer(ledger.today));
        if state == AnswerState::Over {
            return Err(found.refused("it is over (answers are recorded for coming dates)"));
        }
        let said = || in_words(&index.answer(ledger), ledger.today, &ledger.zone);
        if !answer.concerns(state) {
            return Err(found.refused(&format!("{} answered already: {}", area.name, said())));
        }
        if answer.replaces(state) && !self.replace {
            let said = said();
            let reason = format!("{} answered already: {said} (add --replace to replace that answer)", area.name);
            return Err(found.refused(&reason));
        }
        // The label of the only answer names it.
        let edit = match answer.edit(ledger, &[index]) {
            Edit::Together { edits, label } => match <[Edit; 1]>::try_from(edits) {
                Ok([edit]) => edit,
                Err(edits) => Edit::Together { edits, label },
            },
            edit => edit,
        };
        Ok(found.change(edit))
    }

    fn all_dates(&self, schedule: &Schedule, ledger: &Ledger, area: &Arc<BusinessArea>) -> Result<Change, Failure> {
        let record = find::record(schedule.plan.windows(), &self.window)?;
        let unknown = || Failure(format!("Unknown window \"{}\"", self.window));
        let window = schedule.window(&record.id).ok_or_else(unknown)?;
        let from = self.from.unwrap_or(ledger.today);
        let coming = window.expansion.occurrences.iter().filter(|occurrence| occurrence.on() >= from);
        if self.asked && depends(schedule, window, area) {
            let coming = coming.filter(|occurrence| occurrence.on() >= ledger.today);
            let edits: Vec<Edit> =
                coming.map(|occurrence| told(schedule, window, occurrence, area, ledger.today)).collect();
            let label = format!("Record {} as told", counted(edits.len(), "date"));
            return Ok(Change::of_window(&record.id, Edit::Together { label, edits }));
        }
        let index = |on: NaiveDate| AnswerIndex::find(ledger, &record.id, on, &area.id);
        let all: Vec<AnswerIndex> = coming.filter_map(|occurrence| index(occurrence.original_on())).collect();
        if all.is_empty() && !answers::areas(&schedule.plan, &window.scope).iter().any(|each| each.id == area.id) {
            return Err(not_concerned(schedule, window, area));
        }
        let answer = self.answer(ledger.today);
        let stays = |index: &AnswerIndex| {
            let state = index.state(ledger);
            state != AnswerState::Over && (!answer.concerns(state) || (answer.replaces(state) && !self.replace))
        };
        let (given, open): (Vec<AnswerIndex>, Vec<AnswerIndex>) = all.into_iter().partition(stays);
        let edit = answer.edit(ledger, &open);
        let (stay, them) = if given.len() == 1 { ("stays", "it") } else { ("stay", "them") };
        let remedy = if self.asked { String::new() } else { format!("; add --replace to replace {them}") };
        let kept = format!("{} {stay}{remedy}", counted(given.len(), "recorded answer"));
        let notes = (!given.is_empty()).then_some(kept).into_iter().collect();
        Ok(Change { notes, ..Change::of_window(&record.id, edit) })
    }
}

/// Whether the area must be told because its systems depend on those in the window.
fn depends(schedule: &Schedule, window: &WindowSchedule, area: &BusinessArea) -> bool {
    let dependents = Dependents::new(&schedule.plan).areas(&schedule.plan, &window.scope);
    dependents.iter().any(|each| each.area.id == area.id)
}

/// Records that the owner of dependent systems was told today.
fn told(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    area: &Arc<BusinessArea>,
    today: NaiveDate,
) -> Edit {
    let answer = answers::answer(&schedule.plan, window, occurrence, area);
    let key = answers::key(window, occurrence, area);
    Edit::PutEntry(answer.ledger_entry(key, Agreement::Asked { on: today }))
}

/// An area without a system in the window cannot answer.
fn not_concerned(schedule: &Schedule, window: &WindowSchedule, area: &BusinessArea) -> Failure {
    let (name, areas) = (&window.window.name, answers::areas(&schedule.plan, &window.scope));
    let known = list_in_sentence(areas.iter().map(|each| each.id.as_str()), MOST_AREAS);
    let known = if known.is_empty() { "no area has".to_owned() } else { format!("areas that have: {known}") };
    Failure(format!("No system of {} is in {name} ({known})", area.name))
}
