//! The fit bar: work, verification, the last moment to roll back, the reserve and the end of the window.

mod bar;
mod layout;

pub use bar::{fit_bar, times};
pub use layout::FitLayout;
