//! What owners were sent and what they answered.

pub mod answers;
pub mod ledger;
pub mod outbox;
