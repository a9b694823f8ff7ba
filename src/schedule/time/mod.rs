//! Rules, zones and instants: when a window takes place. Knows nothing of fit or ladders.

pub mod foreign;
pub mod hours;
pub mod occurrence;
pub mod phrases;
pub mod release;
pub mod rules;
pub mod zone;
