//! Writing exports, for all commands: to a file, into a folder or to standard output.

use std::path::Path;

use super::arguments::{ListArguments, ListFormArguments};
use super::reply::{Failure, Reply};
use super::working;
use crate::export::Source;
use crate::export::lists::{List, ListOrder};
use crate::output::{Delivered, Delivery, DeliveryError, FormFrom, Order};
use crate::store;

/// An order whose destination has been checked.
pub struct CheckedDelivery(Delivery);

/// Checks the destination of an order before anything is calculated. `plans` are the plans that it is made from.
///
/// # Errors
/// A destination that is one of the plans, or an ending that the order does not have.
pub fn check(order: Order, path: &Path, form: FormFrom, plans: &[&Path]) -> Result<CheckedDelivery, Failure> {
    Ok(CheckedDelivery(Delivery::typed(order, path, form, plans.iter().copied())?))
}

impl CheckedDelivery {
    /// Makes the files and writes them.
    ///
    /// # Errors
    /// Anything that keeps them from being made or written.
    pub fn deliver(&self, source: &Source<'_>) -> Result<Delivered, Failure> {
        self.0.deliver(source, working::progress()).map_err(|error| match error {
            DeliveryError::NoCalendar(complaints) => {
                let complaints = complaints.iter().map(ToString::to_string);
                Failure(complaints.chain(["Nothing was written".to_owned()]).collect::<Vec<_>>().join("\n"))
            }
            error => error.into(),
        })
    }

    /// Delivers, and answers with the output or with what was written, and with `notes` and remarks as warnings. What is
    /// written to a pipe or a device is not mentioned: it may be standard output.
    ///
    /// # Errors
    /// Anything that keeps the files from being made or written.
    pub fn reply(&self, source: &Source<'_>, mut notes: Vec<String>) -> Result<Reply, Failure> {
        let mut delivered = self.deliver(source)?;
        if self.0.path().is_some_and(|path| !store::is_stream(path)) {
            delivered.text = format!("{}\n", self.0.in_words(&delivered));
        }
        notes.extend(delivered.remarks);
        Ok(Reply::new(delivered.text).with_notes(notes))
    }
}

/// Checks the destination of a list before anything is calculated. `file`: None for standard output.
///
/// # Errors
/// A form that the list does not have, or a destination that is the plan.
pub fn list_delivery(
    list: List,
    arguments: &ListFormArguments,
    file: Option<&Path>,
    plan: &Path,
) -> Result<CheckedDelivery, Failure> {
    let form = arguments.for_file(file)?;
    let order = Order::List(ListOrder { form, csv: arguments.csv.style(), ..ListOrder::new(list) });
    check(order, file.unwrap_or(Path::new("-")), FormFrom::Order, &[plan])
}

/// A list for a file if one is named, otherwise for standard output.
///
/// # Errors
/// A form that the list does not have, or a destination that is the plan.
pub fn write_list(
    list: List,
    arguments: &ListArguments,
    plan: &Path,
    source: &Source<'_>,
    notes: Vec<String>,
) -> Result<Reply, Failure> {
    list_delivery(list, &arguments.form, arguments.file(), plan)?.reply(source, notes)
}
