//! The invites that owners were sent, and their answers.

pub mod answers;
pub mod dependents;
pub mod ledger;
pub mod outbox;
pub mod recipients;
