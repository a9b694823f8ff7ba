//! What can be asked of a session: actions of views, commands that a person can name, and their keys.

pub mod action;
mod added_dates;
pub mod bulk_change;
mod calendar_keys;
pub mod command;
mod editing_dialogs;
mod filter;
mod go;
pub mod keys;
pub mod night_steps;
mod reasons;
pub mod run;
pub mod selected_dates;
pub mod settings_page;
mod table_keys;
pub(in crate::session) mod times;
pub mod views;
