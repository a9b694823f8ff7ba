//! Arguments → window or command → exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map(std::path::PathBuf::from);
    windowsill::ui::run(path)
}
