//! The stages of the process, from Identify to Document, of whatever goes through it: what is there and what is missing.

use crate::model::{ProcessStage, SystemId};
use crate::schedule::Done;
use crate::wording::{counted, list_in_sentence};

/// At most this many names are listed.
const MOST_NAMES: usize = 3;

/// The stages of something at an instant.
#[derive(Clone, Debug)]
pub struct Process<S> {
    pub subject: S,
    /// In the order of [`ProcessStage::ALL`].
    pub stages: Vec<StageStatus>,
}

/// A stage at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageStatus {
    pub stage: ProcessStage,
    pub state: StageState,
    /// What is there already: "3 of 8 systems"; empty if there is nothing.
    pub output: String,
    /// What is missing: "a window for Core DB"; empty unless the stage is open.
    pub missing: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    Done,
    Open,
    /// There is nothing to do, such as tests of an advisory that affects no system for tests.
    NotNeeded,
}

impl StageState {
    /// "done"
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::NotNeeded => "not needed",
        }
    }
}

impl<S> Process<S> {
    pub(super) fn new(subject: S, judge: impl Fn(ProcessStage) -> Judgement) -> Self {
        let stages = ProcessStage::ALL.into_iter().map(|stage| judge(stage).into_status(stage));
        Self { subject, stages: stages.collect() }
    }

    /// The first stage that is open. None if all are complete.
    pub fn current(&self) -> Option<&StageStatus> {
        self.stages.iter().find(|status| status.state == StageState::Open)
    }
}

/// What is there of a stage, and each thing that is missing. It is done if nothing is.
#[derive(Default)]
pub(super) struct Judgement {
    pub output: String,
    pub missing: Vec<String>,
    pub is_not_needed: bool,
}

impl Judgement {
    /// With that output, and nothing missing so far.
    pub fn with(output: String) -> Self {
        Self { output, ..Self::default() }
    }

    /// With nothing but one thing that is missing.
    pub fn missing(what: &str) -> Self {
        Self { missing: vec![what.to_owned()], ..Self::default() }
    }

    pub fn not_needed() -> Self {
        Self { is_not_needed: true, ..Self::default() }
    }

    /// Adds something that is missing, such as "a window for" these names, if there are any.
    pub fn lacks(mut self, what: &str, names: &[&str]) -> Self {
        if !names.is_empty() {
            self.missing.push(format!("{what} {}", list_in_sentence(names, MOST_NAMES)));
        }
        self
    }

    fn into_status(self, stage: ProcessStage) -> StageStatus {
        let state = match (self.is_not_needed, self.missing.is_empty()) {
            (true, _) => StageState::NotNeeded,
            (_, true) => StageState::Done,
            (_, false) => StageState::Open,
        };
        StageStatus { stage, state, output: self.output, missing: self.missing.join(", ") }
    }
}

/// A system on which something must be installed.
#[derive(Clone, Copy)]
pub(super) struct SystemWork<'w> {
    pub id: &'w SystemId,
    pub name: &'w str,
    pub done: Option<Done<'w>>,
}

impl SystemWork<'_> {
    fn is_verified(&self) -> bool {
        self.done.is_some_and(|done| done.is_verified)
    }

    fn has_result(&self) -> bool {
        self.done.is_some_and(|done| done.result.is_some())
    }
}

/// The names of the systems for which `is_it` does not hold.
fn without<'w>(all: &[SystemWork<'w>], is_it: fn(&SystemWork<'w>) -> bool) -> Vec<&'w str> {
    all.iter().filter(|work| !is_it(work)).map(|work| work.name).collect()
}

/// On how many of the systems it is installed.
pub(super) fn installed(all: &[SystemWork<'_>]) -> Judgement {
    if all.is_empty() {
        return Judgement::not_needed();
    }
    let open = without(all, |work| work.done.is_some());
    let output = format!("{} of {}", all.len() - open.len(), counted(all.len(), "system"));
    Judgement::with(output).lacks("the installation on", &open)
}

/// How many of the systems were scanned clean after the installation.
pub(super) fn verified(all: &[SystemWork<'_>]) -> Judgement {
    if all.is_empty() {
        return Judgement::not_needed();
    }
    let open = without(all, SystemWork::is_verified);
    let output = format!("{} of {} scanned clean", all.len() - open.len(), counted(all.len(), "system"));
    Judgement::with(output).lacks("a clean scan of", &open)
}

/// How many of the systems have a result that says that it is installed.
pub(super) fn recorded(all: &[SystemWork<'_>]) -> Judgement {
    let open = without(all, SystemWork::has_result);
    Judgement::with(counted(all.len() - open.len(), "result")).lacks("a result of", &open)
}
