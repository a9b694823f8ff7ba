//! What can be asked of a session: actions of views, commands that a person can name, and their keys.

pub mod action;
mod added_dates;
pub mod bulk_change;
mod calendar_keys;
pub mod command;
mod filter;
mod go;
pub mod keys;
mod reasons;
pub mod run;
mod table_keys;
mod times;
pub mod views;
