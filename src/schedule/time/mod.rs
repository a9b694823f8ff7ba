//! Rules, time zones and UTC times: when a window takes place. Independent of fit and ladders.

pub mod capacity;
pub mod dates;
pub mod foreign;
pub mod hours;
pub mod noons;
pub mod occurrence;
pub mod phrases;
pub mod problem;
pub mod release;
pub mod rules;
pub mod zone;
pub mod zone_data;
