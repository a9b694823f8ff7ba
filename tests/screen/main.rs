//! Tests of the program on screen, and of what it draws.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

mod activity;
mod advisories;
mod agenda;
mod agreement;
mod calendars;
mod checklists;
#[path = "../common/mod.rs"]
mod common;
mod compliance;
mod conflicts;
mod cycles;
mod dates;
mod driver;
mod feedback;
mod filter;
mod first_run;
mod first_year;
mod focus;
mod freezes;
mod gestures;
mod git;
mod groups;
mod guide_pictures;
mod hands;
mod import;
mod invites;
mod ledger;
mod lists;
mod menus;
mod narrow;
mod night;
mod outside_changes;
mod own_times;
mod panels;
mod people;
mod pictures;
mod planner;
mod planning;
mod print;
#[cfg(feature = "publish")]
mod publish;
mod recording;
mod replies;
mod revision;
mod rows;
mod services;
mod tables;
mod tables_state;
mod typing;
mod versions;
mod week;
mod year;
