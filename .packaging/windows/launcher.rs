//! Starts windowsill.exe beside it with the same arguments, without a console.
//!
//! Windowsill is a program for the terminal, too, so Windows would open a console beside its window. Shortcuts and plans
//! that are double-clicked start this one.
#![windows_subsystem = "windows"]
#![forbid(unsafe_code)]

use std::env;
use std::os::windows::process::CommandExt as _;
use std::process::Command;

/// `CREATE_NO_WINDOW` of the Windows API's process creation flags.
const WITHOUT_CONSOLE: u32 = 0x0800_0000;

fn main() -> std::io::Result<()> {
    let program = env::current_exe()?.with_file_name("windowsill.exe");
    Command::new(program).args(env::args_os().skip(1)).creation_flags(WITHOUT_CONSOLE).spawn().map(drop)
}
