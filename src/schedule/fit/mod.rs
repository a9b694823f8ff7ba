//! Whether the work fits into a window, with enough time to roll back.

pub mod batches;
pub mod evaluate;
pub mod no_fit;
pub mod work_plan;
