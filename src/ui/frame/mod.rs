//! The window around the views: keys, menus, rail, inspector, dialogs, palette.

pub mod app;
pub mod dialogs;
pub mod inspector;
pub mod keys;
pub mod launch;
pub mod palette;
pub mod panic_window;
pub mod paths;
pub mod renderer;
pub mod shell;
pub mod views;
pub mod window;
