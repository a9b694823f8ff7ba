//! Tests of everything that needs no screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

mod activity;
mod advisories;
mod advisory_work;
mod bulk_changes;
mod checklist;
mod checklist_templates;
mod checks;
mod cli;
mod cli_changes;
mod cli_check;
mod cli_dates;
mod cli_fmt;
mod cli_guards;
mod cli_invites;
mod cli_merge;
mod cli_outputs;
mod cli_print;
#[cfg(unix)]
mod cli_streams;
mod cloud_templates;
#[path = "../common/mod.rs"]
mod common;
mod compliance;
mod compliance_report;
mod connect_faults;
mod connect_windows;
mod connect_writing;
mod connected;
mod docs;
mod downtime;
mod edits;
mod findings;
mod foreign;
mod formats;
mod git;
mod guide;
mod history;
mod holiday_tables;
mod ical;
mod import;
mod import_door;
mod import_files;
mod incremental;
mod inventories;
mod invites;
mod invites_hostile;
mod invites_walk;
#[cfg(unix)]
mod kills;
mod known_times;
mod ladder_windows;
mod ladders;
mod large;
mod ledger;
mod lessons;
mod lint;
mod lists;
mod merge;
mod merge_walk;
mod merge_words;
mod missed_work;
mod new_records;
mod night;
mod night_steps;
mod notices;
mod other_shapes;
mod outside_changes;
mod own_times;
mod own_zones;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
mod plan_file;
mod planner;
#[cfg(feature = "pdf")]
mod planner_pdf;
mod process;
mod profiles;
#[cfg(feature = "publish")]
mod publish;
mod recording;
mod recovery;
mod replies;
mod replies_files;
mod results_files;
mod revision;
mod revision_files;
mod roll;
mod rota;
mod sample;
mod saving;
#[cfg(unix)]
mod saving_rights;
mod scanner_readings;
mod scanners;
mod schedule;
mod session;
mod session_walk;
mod shared_times;
mod sheets;
mod support;
mod table_changes;
mod table_readings;
mod table_rows;
mod table_times;
mod table_words;
mod tables;
mod templates;
mod tidy;
mod two_editors;
#[cfg(feature = "pdf")]
mod typst_canary;
mod unknown_dates;
mod workbooks;
mod zones;
