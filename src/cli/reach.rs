//! `reach`: on which days an urgent fix could not climb a ladder before its deadline.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{form_of, today};
use super::delivery::print_list;
use super::plan::{Viewed, view};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{List, ListForm, TEXT};

/// List the days on which a fix would miss its deadline, and what would help
#[derive(Debug, Args)]
pub struct Reach {
    /// Plan to read
    plan: PathBuf,
    /// Output format
    #[arg(long, value_parser = form_of(&List::Reach), default_value = TEXT.id)]
    format: &'static ListForm,
}

impl Run for Reach {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Viewed { schedule, notes } = view(&self.plan)?;
        print_list(List::Reach, self.format, &Source::new(&schedule, today(&schedule, clock)), notes)
    }
}
