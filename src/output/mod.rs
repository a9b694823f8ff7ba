//! The door through which everything is written for others: an order from the registry goes to a delivery, which guards
//! the plan, calculates and writes. The screen and the command line both use it.

mod delivery;
mod making;
mod not_delivered;
mod order;
mod registry;

pub use delivery::{Delivered, Delivery, FormFrom};
pub use not_delivered::NotDelivered;
pub use order::Order;
pub use registry::{find_profile, outputs};
