//! Does the work fit into a window, with the time to roll back?

pub mod batches;
pub mod evaluate;
pub mod no_fit;
pub mod work_plan;
