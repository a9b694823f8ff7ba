//! What is shown on a terminal while a command works for more than a second.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::parallel::watched;
use crate::progress::Progress;
use crate::store::is_dumb_terminal;

/// Nothing is shown before that.
const SHORT: Duration = Duration::from_secs(1);
/// How often the line is written.
const EVERY: Duration = Duration::from_millis(250);
/// Moves to the beginning of the line and clears it.
const CLEAR: &str = "\r\x1b[K";

/// How far the command is, if it can say so.
static PROGRESS: LazyLock<Progress> = LazyLock::new(Progress::default);
/// Whether a question is on the terminal.
static IS_ASKING: AtomicBool = AtomicBool::new(false);

/// The progress of the command, for work that reports it.
pub fn progress() -> &'static Progress {
    &PROGRESS
}

/// Runs a command. If standard error is a terminal, it shows from the second second on that the command works.
pub fn shown<T>(command: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() || is_dumb_terminal() {
        return command();
    }
    let mut is_written = false;
    let done = watched(EVERY, command, |elapsed| {
        if elapsed >= SHORT && !IS_ASKING.load(Ordering::Relaxed) {
            // If standard error cannot be written, there is nothing to do about it.
            let _ = write!(io::stderr(), "{CLEAR}{}", words(elapsed, PROGRESS.share()));
            is_written = true;
        }
    });
    if is_written {
        let _ = write!(io::stderr(), "{CLEAR}");
    }
    done
}

/// Asks a question on the terminal. Nothing else is written there meanwhile.
pub fn asking<T>(ask: impl FnOnce() -> T) -> T {
    IS_ASKING.store(true, Ordering::Relaxed);
    let answer = ask();
    IS_ASKING.store(false, Ordering::Relaxed);
    answer
}

/// "Working: 42 %, 3 s"
fn words(elapsed: Duration, share: Option<f32>) -> String {
    let seconds = elapsed.as_secs();
    match share {
        Some(share) if share < 1.0 => format!("Working: {:.0} %, {seconds} s", f64::from(share) * 100.0),
        _ => format!("Working: {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_long_and_how_far() {
        let second = Duration::from_secs(1);
        assert_eq!(words(second, None), "Working: 1 s");
        assert_eq!(words(second * 65, Some(0.421)), "Working: 42 %, 65 s");
        assert_eq!(words(second * 3, Some(1.0)), "Working: 3 s", "a first part is done");
    }
}
