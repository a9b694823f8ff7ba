//! The environment variables that the program reads.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The value of a variable; none if it is unset or empty.
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The folder for settings and recovery files, if `WINDOWSILL_HOME` names one instead of the system's.
pub(super) fn home() -> Option<PathBuf> {
    variable("WINDOWSILL_HOME").map(PathBuf::from)
}

/// Whether `WINDOWSILL_DIALOGS=own` asks for the program's own file dialog instead of the desktop's.
pub fn wants_own_dialogs() -> bool {
    variable("WINDOWSILL_DIALOGS").is_some_and(|value| value == "own")
}

/// Whether the terminal, as `TERM` says, can only write one line after the other.
pub fn is_dumb_terminal() -> bool {
    variable("TERM").is_some_and(|value| value == "dumb")
}

/// The renderer that `WINDOWSILL_RENDERER` asks for: "glow" or "wgpu".
pub fn renderer_wish() -> Option<String> {
    variable("WINDOWSILL_RENDERER").map(|value| value.to_string_lossy().into_owned())
}

/// The seconds after which `WINDOWSILL_LOSE_DEVICE` takes the graphics device away, to test how the program continues.
pub fn device_loss_wish() -> Option<f64> {
    variable("WINDOWSILL_LOSE_DEVICE")?.to_str()?.parse().ok()
}

/// Starts the program again, with the plan at `plan` or the last one.
///
/// # Errors
/// The error of the operating system.
pub fn start_again(plan: Option<&Path>) -> io::Result<()> {
    Command::new(program_path()?).args(plan).spawn().map(drop)
}

/// The zone data that `WINDOWSILL_ZONE_DATA` asks for: "newest", "bundled", "system" or a path.
pub(super) fn zone_data() -> Option<String> {
    variable("WINDOWSILL_ZONE_DATA").map(|value| value.to_string_lossy().into_owned())
}

/// The file of the running program.
///
/// # Errors
/// The system does not say.
pub fn program_path() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// False if `WINDOWSILL_KEYRING=off`: passwords are then neither read from the system's keyring nor stored in it.
pub fn uses_keyring() -> bool {
    variable("WINDOWSILL_KEYRING").is_none_or(|value| value != "off")
}

/// Whether there is a display to open a window on. Only X11 and Wayland can tell; elsewhere there always is one.
pub fn has_display() -> bool {
    let is_x11_or_wayland = cfg!(all(unix, not(target_os = "macos")));
    !is_x11_or_wayland
        || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(|name| variable(name).is_some())
}
