//! Arguments → a window or a headless command → an exit code.

use std::path::PathBuf;
use std::process::ExitCode;

use windowsill::cli::{self, Invocation};
use windowsill::store::ZoneDataChoice;

/// Deriving a large plan allocates a hundred thousand small things on all cores, which takes up to twice as long with
/// the systems' default allocators.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Invocation::from_words(std::env::args_os()) {
        Ok(Invocation { command: Some(command), zone_data, .. }) => cli::run(&command, zone_data.as_ref()),
        Ok(Invocation { plan, zone_data, .. }) => open(plan, zone_data),
        Err(error) => error.exit(),
    }
}

#[cfg(feature = "window")]
fn open(plan: Option<PathBuf>, zone_data: Option<ZoneDataChoice>) -> ExitCode {
    windowsill::ui::run(plan, zone_data)
}

#[cfg(not(feature = "window"))]
fn open(_plan: Option<PathBuf>, _zone_data: Option<ZoneDataChoice>) -> ExitCode {
    cli::windowless()
}
