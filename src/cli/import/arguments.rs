//! The arguments of `import`: a subcommand for each topic, with the options of its kinds.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, Subcommand, value_parser};

use crate::cli::arguments::Now;
use crate::connect::{ConnectedSystem, SYSTEMS, kinds_of, kinds_of_topic};
use crate::import::{OptionSpec, Topic, ValueKind};

/// What was typed after `import`.
#[derive(Debug)]
pub struct Request {
    pub topic: Topic,
    pub paths: Vec<PathBuf>,
    /// The plan that is changed.
    pub into: PathBuf,
    pub widen: bool,
    pub dry_run: bool,
    pub drop_unknown: bool,
    pub now: Now,
    /// Prints the report of each file as JSON.
    pub is_json: bool,
    /// The id of the system that the files are from.
    pub from: Option<String>,
    /// Options of the topic that were given, with their text.
    pub options: Vec<(&'static OptionSpec, String)>,
}

/// The options of all kinds of a topic, each once.
pub fn options(topic: Topic) -> Vec<&'static OptionSpec> {
    let mut specs: Vec<&OptionSpec> = Vec::new();
    for spec in kinds_of_topic(topic).flat_map(|kind| kind.options) {
        if specs.iter().all(|known| known.id != spec.id) {
            specs.push(spec);
        }
    }
    specs
}

fn command(topic: Topic) -> Command {
    let words = topic.words();
    let help = if words.reads_together {
        "Files and folders to read"
    } else {
        "Files and folders to read, one after the other; - reads standard input"
    };
    let paths = Arg::new("paths").value_name("PATHS").help(help).required(true);
    let paths = paths.action(ArgAction::Append).num_args(1..);
    let switch = |id: &'static str, help: &'static str| Arg::new(id).long(id).help(help).action(ArgAction::SetTrue);
    let into = Arg::new("into").long("into").value_name("PLAN").help("Plan to import into").required(true);
    let command = Command::new(words.id)
        .about(words.help)
        .long_about(format!("{}\n\n{}", words.help, words.details))
        .arg(paths.value_parser(value_parser!(PathBuf)))
        .arg(into.value_parser(value_parser!(PathBuf)))
        .args(options(topic).into_iter().map(|spec| {
            if spec.value == ValueKind::Switch {
                return switch(spec.id, spec.help);
            }
            let help = format!("{} [default: {}]", spec.help, spec.default_text);
            let action = if spec.value == ValueKind::Columns { ArgAction::Append } else { ArgAction::Set };
            Arg::new(spec.id).long(spec.id).value_name(spec.value.placeholder()).help(help).action(action)
        }))
        .args(systems_of(topic))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORM")
                .help("Form of the report")
                .value_parser(["text", "json"])
                .default_value("text"),
        )
        .arg(switch("widen", "Extend the plan's months to cover all imported dates"))
        .arg(switch("dry-run", "Show what would be imported, without changing the plan"))
        .arg(switch("drop-unknown", "Save even if unknown fields in the plan would be lost"));
    Now::augment_args(command)
}

/// `--from`, if connected systems have files of the topic.
fn systems_of(topic: Topic) -> Option<Arg> {
    let has_topic = |system: &&&ConnectedSystem| kinds_of(system).any(|kind| kind.topic == topic);
    let ids: Vec<&str> = SYSTEMS.iter().filter(has_topic).map(|system| system.id).collect();
    let help = "System that the files are from [default: the content decides]";
    let argument = Arg::new("from").long("from").value_name("SYSTEM").help(help).value_parser(ids.clone());
    (!ids.is_empty()).then_some(argument)
}

impl Subcommand for Request {
    fn augment_subcommands(command_line: Command) -> Command {
        command_line.subcommands(Topic::ALL.map(command)).subcommand_required(true).arg_required_else_help(true)
    }

    fn augment_subcommands_for_update(command_line: Command) -> Command {
        Self::augment_subcommands(command_line)
    }

    fn has_subcommand(name: &str) -> bool {
        Topic::ALL.iter().any(|topic| topic.words().id == name)
    }
}

impl FromArgMatches for Request {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let found = matches.subcommand().and_then(|(name, matches)| {
            let topic = Topic::ALL.into_iter().find(|topic| topic.words().id == name)?;
            Some((topic, matches))
        });
        let Some((topic, matches)) = found else {
            return Err(Error::new(clap::error::ErrorKind::MissingSubcommand));
        };
        let given = |spec: &'static OptionSpec| match spec.value {
            ValueKind::Switch => matches.get_flag(spec.id).then(|| (spec, String::new())),
            ValueKind::Columns => {
                let texts: Vec<&str> = matches.get_many::<String>(spec.id)?.map(String::as_str).collect();
                Some((spec, texts.join("\n")))
            }
            ValueKind::Time
            | ValueKind::Length
            | ValueKind::Zone
            | ValueKind::Groups
            | ValueKind::Words
            | ValueKind::DayOrder
            | ValueKind::TitleRow
            | ValueKind::Hosts
            | ValueKind::Circuits
            | ValueKind::Window
            | ValueKind::Release
            | ValueKind::Date
            | ValueKind::Aliases => Some((spec, matches.get_one::<String>(spec.id)?.clone())),
        };
        Ok(Self {
            topic,
            paths: matches.get_many::<PathBuf>("paths").into_iter().flatten().cloned().collect(),
            into: matches.get_one::<PathBuf>("into").cloned().unwrap_or_default(),
            widen: matches.get_flag("widen"),
            dry_run: matches.get_flag("dry-run"),
            drop_unknown: matches.get_flag("drop-unknown"),
            now: Now::from_arg_matches(matches)?,
            is_json: matches.get_one::<String>("format").is_some_and(|form| form == "json"),
            from: matches.try_get_one::<String>("from").ok().flatten().cloned(),
            options: options(topic).into_iter().filter_map(given).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
