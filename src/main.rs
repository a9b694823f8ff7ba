//! Arguments → a window or a headless command → an exit code.

use std::process::ExitCode;

use clap::Parser;
use windowsill::cli::{self, Arguments};

/// A large plan is a hundred thousand small things, made anew on all cores: with the systems' own allocators that takes up
/// to twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Some(command) => cli::run(command),
        None => open(arguments.plan),
    }
}

#[cfg(feature = "window")]
fn open(plan: Option<std::path::PathBuf>) -> ExitCode {
    windowsill::ui::run(plan)
}

#[cfg(not(feature = "window"))]
fn open(_plan: Option<std::path::PathBuf>) -> ExitCode {
    cli::windowless()
}
