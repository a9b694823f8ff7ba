//! `export SYSTEM`: windows for another system. There is a subcommand for each connected system that has a writer.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand, value_parser};

use crate::cli::arguments::Now;
use crate::cli::delivery::check;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::connect::writing::Writer;
use crate::connect::{ConnectedSystem, SYSTEMS, SystemOrder};
use crate::export::Source;
use crate::model::UtcMinute;
use crate::output::{FormFrom, Order};
use crate::store;

/// What was typed after `export SYSTEM`.
#[derive(Debug)]
pub struct SystemExport {
    system: &'static ConnectedSystem,
    plan: PathBuf,
    output: PathBuf,
    format: Option<&'static Writer>,
    now: Now,
}

/// The systems that have a writer.
fn systems() -> impl Iterator<Item = &'static ConnectedSystem> {
    SYSTEMS.iter().copied().filter(|system| !system.writes.is_empty())
}

fn command(system: &'static ConnectedSystem) -> Command {
    let formats: Vec<&str> = system.writes.iter().map(|writer| writer.format).collect();
    let forms = system.writes.iter().map(|writer| format!("  {:16} {}", writer.format, writer.output.help));
    let apply = system.apply.iter().map(|step| format!("  {}: {}", step.what, step.how));
    let about = format!("Write the windows for {}", system.name);
    let details = format!(
        "{about}\n\nForms:\n{}\n\nHow to apply the file:\n{}\n\n`windowsill connect check PLAN --to {}` shows what the \
         system can express of each window.",
        forms.collect::<Vec<_>>().join("\n"),
        apply.collect::<Vec<_>>().join("\n"),
        system.id,
    );
    let endings: Vec<&str> = system.writes.iter().map(|writer| writer.file_type.ending()).collect();
    let command = Command::new(system.id)
        .about(about)
        .long_about(details)
        .arg(
            Arg::new("plan")
                .value_name("PLAN")
                .help("Plan to read")
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("FILE")
                .help(format!("File to write (.{}), or - for standard output", endings.join(", .")))
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("FORMAT")
                .help("Form of the file [default: the ending decides]")
                .value_parser(formats),
        );
    Now::augment_args(command)
}

impl Subcommand for SystemExport {
    fn augment_subcommands(command_line: Command) -> Command {
        command_line.subcommands(systems().map(command))
    }

    fn augment_subcommands_for_update(command_line: Command) -> Command {
        Self::augment_subcommands(command_line)
    }

    fn has_subcommand(name: &str) -> bool {
        systems().any(|system| system.id == name)
    }
}

impl FromArgMatches for SystemExport {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let found = matches.subcommand().and_then(|(name, matches)| {
            let system = systems().find(|system| system.id == name)?;
            Some((system, matches))
        });
        let Some((system, matches)) = found else {
            return Err(Error::new(clap::error::ErrorKind::MissingSubcommand));
        };
        let path = |id: &str| matches.get_one::<PathBuf>(id).cloned().unwrap_or_default();
        let format = matches.get_one::<String>("as");
        Ok(Self {
            system,
            plan: path("plan"),
            output: path("output"),
            format: system.writes.iter().copied().find(|writer| Some(writer.format) == format.map(String::as_str)),
            now: Now::from_arg_matches(matches)?,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Run for SystemExport {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let usual = SystemOrder::usual(self.system).ok_or_else(|| Failure("nothing is written for it".to_owned()))?;
        let order = self.format.map_or(usual, |writer| SystemOrder { writer, ..usual });
        let is_stream = self.output == Path::new("-");
        if let (Some(writer), false) = (self.format, is_stream)
            && self.output.extension().is_some()
            && !writer.file_type.is_type_of(&self.output)
        {
            let (format, ending) = (writer.format, writer.file_type.ending());
            return Err(Failure::at(
                &self.output,
                format!("the form {format} has the ending .{ending} (rename the file)"),
            ));
        }
        let output = if self.output.extension().is_none() && !is_stream && !store::is_stream(&self.output) {
            self.output.with_extension(order.writer.file_type.ending())
        } else {
            self.output.clone()
        };
        let now = self.now.or(clock);
        let today = crate::cli::arguments::today(&schedule, now);
        let delivery = check(Order::System(order), &output, FormFrom::Ending, &[&self.plan])?;
        delivery.reply(&Source::new(&schedule, today).with_now(UtcMinute::from_utc(now)), notes)
    }
}
