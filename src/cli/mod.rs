//! The same core without a screen: new, check, explain, list, cycles, reach, rota, advisories, ledger, notices, diff,
//! import, export, publish.
//!
//! Each command is a function from its arguments to a [`Reply`]; only [`run`] writes to the terminal. Results go to
//! standard output, everything else to standard error. The exit code is 0 where all is well, 1 where `check` finds an
//! error in the plan, `diff` a difference or `publish` leaves something alone, 2 where something cannot be read or sent
//! or the usage is wrong.

mod arguments;
mod calendar;
mod check;
mod delivery;
mod diff;
mod export;
mod exports;
mod find;
mod import;
mod invites;
mod ladders;
mod ledger;
mod new;
mod plan;
mod print;
mod publish;

use std::fmt;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::CommandFactory as _;

pub use arguments::{Arguments, Command};

const FOUND_ERRORS: u8 = 1;
/// As `diff` of Unix says it.
const DIFFERENT: u8 = 1;
const FAILED: u8 = 2;

/// What a command has to say.
#[derive(Debug, Default)]
struct Reply {
    /// For standard output.
    text: String,
    /// For standard error, a line each: what did not stop the command and should be known.
    notes: Vec<String>,
    code: u8,
}

impl Reply {
    fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    fn with_notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }
}

/// Why a command could not do its work, as a sentence for a person: message first, path last.
#[derive(Debug)]
struct Failure(String);

impl<T: fmt::Display> From<T> for Failure {
    fn from(error: T) -> Self {
        Self(error.to_string())
    }
}

/// Runs one command and gives the program's exit code.
pub fn run(command: Command) -> ExitCode {
    let reply = match command {
        Command::New(options) => new::run(&options, now()),
        Command::Check(options) => check::check(&options, now()),
        Command::Explain { code } => check::explain(&code),
        Command::List(options) => export::list(&options, now()),
        Command::Cycles(options) => ladders::cycles(&options, now()),
        Command::Reach(options) => ladders::reach(&options, now()),
        Command::Rota(options) => export::rota(&options, now()),
        Command::Advisories(options) => export::advisories(&options, now()),
        Command::Ledger(options) => ledger::ledger(&options, now()),
        Command::Notices(options) => ledger::notices(&options, now()),
        Command::Diff(options) => diff::run(&options, now()),
        Command::Import { what } => import::run(&what, now()),
        Command::Export { what } => export::run(&what, now()),
        Command::Publish(options) => publish::run(&options, now()),
    };
    match reply {
        Ok(reply) => {
            for note in &reply.notes {
                complain(note);
            }
            match print(&reply.text) {
                Ok(()) => ExitCode::from(reply.code),
                Err(error) => {
                    complain(&format!("The output could not be written ({error})"));
                    ExitCode::from(FAILED)
                }
            }
        }
        Err(Failure(message)) => {
            complain(&message);
            ExitCode::from(FAILED)
        }
    }
}

/// What the program says when it was built without its window and no command was given.
pub fn windowless() -> ExitCode {
    complain("This windowsill was built without its window; it has commands only.\n");
    complain(&Arguments::command().render_help().to_string());
    ExitCode::from(FAILED)
}

fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// There is nobody to tell when standard error cannot be written to.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
