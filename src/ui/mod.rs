//! The program on screen: the only folder that knows egui.
//!
//! The frame imports views, views import parts, and nothing imports in the other direction.

mod frame;
mod parts;
mod views;

pub use frame::app::App;
pub use frame::launch::run;
pub use parts::theme;
