//! Arguments → a window or a headless command → an exit code.

use std::process::ExitCode;

use windowsill::cli::{self, Invocation};

/// Deriving a large plan allocates a hundred thousand small things on all cores, which takes up to twice as long with
/// the systems' default allocators.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Invocation::from_words(std::env::args_os()) {
        Ok(Invocation { command: Some(command), .. }) => cli::run(&command),
        Ok(Invocation { plan, .. }) => open(plan),
        Err(error) => error.exit(),
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
