//! Writes exports: an order from the registry goes to a delivery, which protects the plan file, calculates and writes.
//! The screen and the command line both use it.

mod delivery;
mod delivery_error;
mod making;
mod order;
mod registry;

pub use delivery::{Delivered, Delivery, FormFrom};
pub use delivery_error::DeliveryError;
pub use order::Order;
pub use registry::{find_profile, outputs};
