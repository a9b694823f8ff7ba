//! Tests of everything that needs no screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

mod advisories;
mod checklist;
mod checklist_templates;
mod checks;
mod cli;
mod cli_dates;
mod cli_guards;
mod cli_invites;
mod cli_print;
#[cfg(unix)]
mod cli_streams;
#[path = "../common/mod.rs"]
mod common;
mod docs;
mod edits;
mod findings;
mod foreign;
mod formats;
mod history;
mod ical;
mod import;
mod import_door;
mod import_files;
mod incremental;
mod invites;
mod invites_hostile;
mod invites_walk;
mod known_times;
mod ladders;
mod large;
mod ledger;
mod lists;
mod night;
mod night_steps;
mod own_times;
mod own_zones;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
mod plan_file;
mod planner;
#[cfg(feature = "pdf")]
mod planner_pdf;
mod profiles;
#[cfg(feature = "publish")]
mod publish;
mod replies;
mod replies_files;
mod revision;
mod revision_files;
mod rota;
mod sample;
mod saving;
mod schedule;
mod session;
mod shared_times;
mod sheets;
mod support;
mod table_rows;
mod table_times;
mod tables;
mod templates;
mod tidy;
#[cfg(feature = "pdf")]
mod typst_canary;
mod workbooks;
mod zones;
