//! The command line: the same core without a screen.
//!
//! Every command is a file with its arguments and what it does with them, and a row in [`Command`]. It answers with a
//! `Reply`; only [`run`] writes to the terminal. Results go to standard output, everything else to standard
//! error.
//!
//! Exit codes: 0 for success; 1 if `check` found errors, `diff` found differences, `merge` left conflicts or `publish`
//! skipped something; 2 for invalid usage, or if something could not be read, written or sent.

mod activity;
mod add;
mod advisories;
mod agree;
mod arguments;
mod assign;
mod blame;
mod bulletins;
mod changing;
mod check;
mod check_fixes;
mod colors;
mod completions;
mod compliance;
mod connect;
mod cycles;
mod delivery;
mod diff;
mod downtime;
mod explain;
mod export;
mod find;
mod fmt;
mod git;
mod history;
mod import;
mod invocation;
mod json;
mod known_times;
mod ledger;
mod lessons;
mod lint;
mod list;
mod merge;
mod merge_copies;
mod merge_markers;
mod merge_report;
mod move_occurrence;
mod new;
mod notices;
mod plan;
mod publish;
mod random;
mod reach;
mod record;
mod recover;
mod registry;
mod reply;
mod report_file;
mod roll;
mod roll_report;
mod rota;
mod scans;
mod shell_word;
mod skip;
mod working;

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use chrono::Utc;
use clap::CommandFactory as _;

use crate::store::ZoneDataChoice;
use crate::wording::visible;
use colors::colored;
pub use invocation::Invocation;
use registry::{Run as _, commands};
use reply::{FAILED, Failure, Reply};

commands! {
    // What can be typed after `windowsill`, in the order of `--help`.
    Command:
    new::New,
    check::Check,
    explain::Explain,
    list::List,
    cycles::Cycles,
    reach::Reach,
    downtime::Downtime,
    rota::Rota,
    advisories::Advisories,
    activity::Activity,
    compliance::Compliance,
    ledger::Ledger,
    lessons::Lessons,
    notices::Notices,
    scans::Scans,
    bulletins::Bulletins,
    add::Add,
    move_occurrence::Move,
    skip::Skip,
    assign::Assign,
    agree::Agree,
    diff::Diff,
    merge::Merge,
    roll::Roll,
    history::History,
    blame::Blame,
    import::Import,
    record::Record,
    lint::Lint,
    export::Export,
    connect::Connect,
    publish::Publish,
    recover::Recover,
    git::Git,
    fmt::Fmt,
    completions::Completions,
    completions::Man,
}

/// Runs one command with these zone data and returns the program's exit code.
pub fn run(command: &Command, zone_data: Option<&ZoneDataChoice>) -> ExitCode {
    let chosen = ZoneDataChoice::apply(zone_data, ZoneDataChoice::Newest).map_err(Failure::from);
    match chosen.and_then(|()| working::shown(|| command.run(Utc::now()))) {
        Ok(reply) => {
            for note in &reply.notes {
                write_to_stderr(note);
            }
            match print(&reply) {
                Ok(()) => ExitCode::from(reply.code),
                Err(error) => {
                    write_to_stderr(&format!("cannot write the output: {error}"));
                    ExitCode::from(FAILED)
                }
            }
        }
        Err(Failure(message)) => {
            write_to_stderr(&message);
            ExitCode::from(FAILED)
        }
    }
}

/// Explains that this build cannot open a window, and lists the commands that it has.
pub fn windowless() -> ExitCode {
    write_to_stderr("This build of windowsill has no window. Use one of its commands:\n");
    write_to_stderr(&Invocation::command().render_help().to_string());
    ExitCode::from(FAILED)
}

/// Writes to standard output. A reader that closes the pipe early (`| head`) is not an error.
fn print(reply: &Reply) -> io::Result<()> {
    let out = io::stdout();
    let result = if out.is_terminal() {
        let text = visible(&reply.text);
        // It leaves out colours if NO_COLOR is set or the terminal has none.
        let text = if reply.has_severities { colored(&text).into() } else { text };
        let mut out = anstream::AutoStream::auto(out.lock());
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    } else {
        // Files for programs, such as JSON, stay as they are in a pipe.
        let mut out = out.lock();
        out.write_all(reply.text.as_bytes()).and_then(|()| out.flush())
    };
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a line to standard error. If that fails, there is no way left to report it.
fn write_to_stderr(line: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(line));
}
