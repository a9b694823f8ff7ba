//! The views, one folder each. A view reads the session, draws with parts and sends actions. It does not use other
//! views or the frame.

pub mod advisories;
pub mod calendar;
pub mod changes;
pub mod compliance;
pub mod cycles;
pub mod findings;
pub mod groups;
pub mod ledger;
pub mod lists;
pub mod night;
pub mod people;
