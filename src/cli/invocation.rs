//! What is typed to start Windowsill: a plan to open, or a command.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser};

use super::Command;
use super::shell_word::shell_word;
use crate::schedule::time::zone_data::ZoneData;
use crate::store::{self, ZoneDataChoice};

/// Plan a year of maintenance windows: schedule them around patch days, check that there is time to roll back, and hand
/// out calendars and checklists
#[derive(Debug, Parser)]
#[command(
    name = "windowsill",
    version = version(),
    args_conflicts_with_subcommands = true,
    after_help = "Without a command, opens PLAN in a window. Without PLAN, opens the plan that was open last.\n\
                  To open a plan that is named like a command, write it as a path: ./check\n\n\
                  Exit codes:\n  \
                  0  success\n  \
                  1  check found errors, diff found differences, merge left conflicts, or publish skipped something\n  \
                  2  invalid usage, or something could not be read, written or sent"
)]
pub struct Invocation {
    /// Plan to open in a window
    #[arg(value_name = "PLAN")]
    pub plan: Option<PathBuf>,
    /// Time zone data to use: newest (of the two), bundled, system, or the path of a folder or file of zone data
    #[arg(long, global = true, value_name = "SOURCE", value_parser = zone_data_choice)]
    pub zone_data: Option<ZoneDataChoice>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commit that the program is built from, or why none is known.
const BUILD: &str = env!("WINDOWSILL_BUILD");

/// The version of the program, its commit, and the zone data that it uses by default.
fn version() -> String {
    let data = ZoneDataChoice::from_environment().unwrap_or_default().load();
    version_with(data.as_ref().unwrap_or_else(|_| ZoneData::bundled()))
}

fn version_with(zone_data: &ZoneData) -> String {
    format!("{} ({BUILD}, zone data {})", env!("CARGO_PKG_VERSION"), zone_data.in_words())
}

/// The answer to `--version` beside `--zone-data`: the release of those data, or why they cannot be read.
fn version_of_chosen(words: &[OsString]) -> Option<clap::Error> {
    let typed = words.iter().zip(words.iter().skip(1)).find(|(option, _)| *option == "--zone-data");
    let joined = || words.iter().find_map(|word| word.to_str()?.strip_prefix("--zone-data="));
    let choice = typed.and_then(|(_, word)| word.to_str()).or_else(joined)?;
    let command = Invocation::command();
    match ZoneDataChoice::from_word(choice).load() {
        Ok(data) => command.version(version_with(&data)).try_get_matches_from(words).err(),
        Err(error) => Some(Invocation::command().error(ErrorKind::InvalidValue, error)),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "clap expects a parser that can fail")]
fn zone_data_choice(word: &str) -> Result<ZoneDataChoice, std::convert::Infallible> {
    Ok(ZoneDataChoice::from_word(word))
}

impl Invocation {
    /// Reads the words of the command line, the program's name first.
    ///
    /// # Errors
    /// Invalid usage, or a request for help; the error knows its exit code.
    pub fn from_words(words: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let words = zone_data_after_command(words.into_iter().collect());
        match Self::try_parse_from(&words) {
            Ok(Self { plan: Some(plan), command: None, zone_data }) => match mistyped_command(&plan) {
                Some(error) => Err(error),
                None => Ok(Self { plan: Some(plan), command: None, zone_data }),
            },
            Err(error) if error.kind() == ErrorKind::DisplayVersion => Err(version_of_chosen(&words).unwrap_or(error)),
            Err(error) => Err(misread(&words).or_else(|| unknown_subcommand(&words, &error)).unwrap_or(error)),
            result => result,
        }
    }
}

/// Moves the option that all commands share behind the command, if it was typed before it. Clap would take the command
/// for a plan.
fn zone_data_after_command(mut words: Vec<OsString>) -> Vec<OsString> {
    let after = match words.get(1).and_then(|word| word.to_str()) {
        Some("--zone-data") => 3,
        Some(word) if word.starts_with("--zone-data=") => 2,
        _ => return words,
    };
    if words.get(after).and_then(|word| word.to_str()).is_some_and(is_command) {
        let command = words.remove(after);
        words.insert(1, command);
    }
    words
}

/// The error for an unknown word after a command that has subcommands.
fn unknown_subcommand(words: &[OsString], error: &clap::Error) -> Option<clap::Error> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let first = words.get(1)?.to_str()?;
    if let ("help", Some(command)) =
        (first, words.get(2).and_then(|word| word.to_str()).filter(|command| *command != word && is_command(command)))
    {
        let advice =
            if is_command(word) { format!(" (for help with {word}: windowsill help {word})") } else { String::new() };
        let message = format!("{command} has no command \"{word}\"{advice}");
        return Some(Invocation::command().error(ErrorKind::InvalidSubcommand, message));
    }
    if first == "help" {
        return Some(unknown_command(word, closest_command(word).as_deref()));
    }
    let mut commands = Invocation::command();
    commands.build();
    let command = commands.find_subcommand_mut(first)?;
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let advice = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::String(name)) => meant(name),
        // The best one is last.
        Some(ContextValue::Strings(names)) => names.last().map_or_else(String::new, |name| meant(name)),
        _ => format!(" (known: {})", names.join(", ")),
    };
    Some(command.error(ErrorKind::InvalidSubcommand, format!("unknown command \"{first} {word}\"{advice}")))
}

fn meant(command: &str) -> String {
    format!(" (did you mean \"{command}\"?)")
}

/// Words of other programs, and the commands that do the same here.
const SYNONYMS: [(&str, &str); 7] = [
    ("validate", "check"),
    ("verify", "check"),
    ("lint", "check"),
    ("print", "export checklist"),
    ("show", "list"),
    ("create", "new"),
    ("compare", "diff"),
];

/// The error for a single word that clap took for a plan, but that is closer to a command.
fn mistyped_command(plan: &Path) -> Option<clap::Error> {
    let word = plan.to_str().filter(|_| !is_plan(plan))?;
    closest_command(word).map(|command| unknown_command(word, Some(&command)))
}

/// The error for several words, of which clap took the first for a plan and then could not make sense of the next.
fn misread(words: &[OsString]) -> Option<clap::Error> {
    let first = words.get(1)?.to_str()?;
    let second = words.get(2)?.to_str()?;
    if first.starts_with('-') || is_command(first) {
        return None;
    }
    if !is_plan(Path::new(first)) {
        return Some(unknown_command(first, closest_command(first).as_deref()));
    }
    is_command(second).then(|| {
        let message = format!("the command comes before the plan: windowsill {second} {}", shell_word(first));
        Invocation::command().error(ErrorKind::InvalidSubcommand, message)
    })
}

/// Whether a word is meant as the path of a plan: it names a file, or is written like a path.
fn is_plan(word: &Path) -> bool {
    word.extension().is_some() || word.components().count() > 1 || store::is_file(word)
}

fn is_command(word: &str) -> bool {
    // Clap adds `help` to the commands only when it parses.
    word == "help" || Invocation::command().find_subcommand(word).is_some()
}

fn unknown_command(word: &str, closest: Option<&str>) -> clap::Error {
    let advice = closest.map_or_else(String::new, meant);
    Invocation::command().error(ErrorKind::InvalidSubcommand, format!("unknown command \"{word}\"{advice}"))
}

/// The command that is spelled most like `word`, if one is similar. Clap only suggests commands where it accepts nothing
/// but commands.
fn closest_command(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let word = lower.as_str();
    if let Some((_, command)) = SYNONYMS.iter().find(|(synonym, _)| *synonym == word) {
        return Some((*command).to_owned());
    }
    if is_command(word) {
        return Some(word.to_owned());
    }
    let is_close = |command: &String| command.len().abs_diff(word.len()) <= 2;
    let commands = Invocation::command();
    let only_commands = clap::Command::new("windowsill").subcommands(commands.get_subcommands().cloned());
    let error = only_commands.try_get_matches_from(["windowsill", word]).err()?;
    match error.get(ContextKind::SuggestedSubcommand)? {
        ContextValue::String(command) => Some(command.clone()),
        // The best one is last.
        ContextValue::Strings(commands) => commands.last().cloned(),
        _ => None,
    }
    .filter(is_close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Invocation, String> {
        let words = [&["windowsill"], words].concat();
        Invocation::from_words(words.into_iter().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_commands_are_well_formed() {
        Invocation::command().debug_assert();
    }

    #[test]
    fn a_command_wins_over_a_plan_of_its_name() {
        assert!(parsed(&["check"]).is_err());
        assert_eq!(parsed(&["./check"]).unwrap().plan, Some("./check".into()));
        assert_eq!(parsed(&["plan.ron"]).unwrap().plan, Some("plan.ron".into()));
        assert_eq!(parsed(&["harbour"]).unwrap().plan, Some("harbour".into()));
    }

    #[test]
    fn a_mistyped_command_is_not_opened_as_a_plan() {
        for (words, expected) in [
            (&["lst", "plan.ron"][..], "unknown command \"lst\" (did you mean \"list\"?)"),
            (&["lst", "--format", "json"], "unknown command \"lst\" (did you mean \"list\"?)"),
            (&["chek"], "unknown command \"chek\" (did you mean \"check\"?)"),
            (&["chekc", "--help"], "unknown command \"chekc\" (did you mean \"check\"?)"),
            (&["frobnicate", "plan.ron"], "unknown command \"frobnicate\""),
            (&["help", "lst"], "unknown command \"lst\" (did you mean \"list\"?)"),
            (&["export", "calender"], "unknown command \"export calender\" (did you mean \"calendar\"?)"),
            (&["import", "holidys", "x.ics"], "unknown command \"import holidys\" (did you mean \"holidays\"?)"),
            (&["validate", "plan.ron"], "unknown command \"validate\" (did you mean \"check\"?)"),
            (&["print", "plan.ron"], "unknown command \"print\" (did you mean \"export checklist\"?)"),
            (&["nope", "plan.ron"], "unknown command \"nope\""),
            (&["Check", "plan.ron"], "unknown command \"Check\" (did you mean \"check\"?)"),
            (&["plan.ron", "check"], "the command comes before the plan: windowsill check plan.ron"),
        ] {
            let error = parsed(words).unwrap_err();
            assert!(error.starts_with(&format!("error: {expected}\n")), "{error}");
        }
    }

    #[test]
    fn the_zone_data_may_be_named_before_the_command() {
        for words in [
            &["--zone-data", "bundled", "check", "plan.ron"][..],
            &["--zone-data=bundled", "check", "plan.ron"],
            &["check", "plan.ron", "--zone-data", "bundled"],
        ] {
            let invocation = parsed(words).unwrap();
            assert!(invocation.command.is_some() && invocation.zone_data.is_some(), "{words:?}");
        }
        let opens = parsed(&["--zone-data", "bundled", "plan.ron"]).unwrap();
        assert_eq!(opens.plan, Some("plan.ron".into()));
    }

    #[test]
    fn the_version_names_the_zone_data_that_are_chosen() {
        let text = |words: &[&str]| parsed(words).unwrap_err();
        let bundled = format!(" ({BUILD}, zone data {}, bundled)\n", ZoneData::bundled().release());
        for words in [&["--zone-data", "bundled", "--version"][..], &["--version", "--zone-data=bundled"]] {
            assert!(text(words).ends_with(&bundled), "{}", text(words));
        }
        for words in [&["--zone-data", "/no/such/folder", "--version"][..], &["-V", "--zone-data=/no/such/folder"]] {
            assert!(text(words).starts_with("error: /no/such/folder: "), "{}", text(words));
        }
    }

    #[test]
    fn other_mistakes_keep_the_message_of_clap() {
        for (words, expected) in [
            (&["plan.ron", "--frobnicate"][..], "unexpected argument '--frobnicate'"),
            (&["list", "plan.ron", "--frobnicate"], "unexpected argument '--frobnicate'"),
            (&["list"], "<PLAN>"),
            (&["help", "check"], "Usage: windowsill check"),
            (&["plan.ron", "--help"], "Usage: windowsill [OPTIONS] [PLAN]"),
        ] {
            let error = parsed(words).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    /// Every command and argument that lacks help, as the words that lead to it.
    fn without_help(command: &clap::Command, path: &str, missing: &mut Vec<String>) {
        for argument in command.get_arguments().filter(|argument| argument.get_help().is_none()) {
            missing.push(format!("{path} {}", argument.get_id()));
        }
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name());
            if inner.get_about().is_none() {
                missing.push(path.clone());
            }
            without_help(inner, &path, missing);
        }
    }

    #[test]
    fn every_command_and_every_argument_has_help_in_one_line() {
        let mut missing = Vec::new();
        without_help(&Invocation::command(), "windowsill", &mut missing);
        assert!(missing.is_empty(), "{missing:#?}");
    }

    /// The ids of the arguments that one requires. Clap tells them only in its debug form.
    fn required_by(argument: &clap::Arg) -> Vec<String> {
        let form = format!("{argument:?}");
        let list = form.split_once(" requires: [").map_or("", |(_, rest)| rest.split(']').next().unwrap_or_default());
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    /// Clap no longer demands a required argument beside one that conflicts with it, and the argument that requires it
    /// would be ignored in silence. Returns such arguments.
    fn ignored(command: &clap::Command, path: &str, checked: &mut usize, found: &mut Vec<String>) {
        for argument in command.get_arguments() {
            let own: Vec<&clap::Id> =
                command.get_arg_conflicts_with(argument).into_iter().map(clap::Arg::get_id).collect();
            for id in required_by(argument) {
                *checked += 1;
                let required = command.get_arguments().find(|each| *each.get_id() == *id).unwrap();
                let others = command.get_arg_conflicts_with(required).into_iter().map(clap::Arg::get_id);
                let missing = others.filter(|other| !own.contains(other) && *other != argument.get_id());
                found.extend(missing.map(|other| format!("{path} {} beside {other}", argument.get_id())));
            }
        }
        for inner in command.get_subcommands() {
            ignored(inner, &format!("{path} {}", inner.get_name()), checked, found);
        }
    }

    #[test]
    fn an_argument_that_requires_another_is_refused_beside_what_the_other_conflicts_with() {
        let (mut checked, mut found) = (0, Vec::new());
        let mut command = Invocation::command();
        command.build();
        ignored(&command, "windowsill", &mut checked, &mut found);
        assert!(checked >= 5, "clap has another debug form: {checked}");
        assert!(found.is_empty(), "{found:#?}");
    }
}
