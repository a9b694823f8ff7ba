//! Pages that the program writes, and the tables of commands, compared with what the program says now.
//! `WINDOWSILL_BLESS=1` rewrites the pages.

use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory as _;
use windowsill::model::ResultOutcome;
use windowsill::schedule::Schedule;
use windowsill::{checks, cli, store};

use crate::support::desk::command;
use crate::support::pages::code;

#[track_caller]
fn is_up_to_date(file: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("WINDOWSILL_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let line = found.lines().zip(page.lines()).take_while(|(found, page)| found == page).count() + 1;
    assert!(
        found == page,
        "{file} differs from what the program writes, starting in line {line}.\n\
         Run: WINDOWSILL_BLESS=1 cargo test --test it docs"
    );
}

#[test]
fn the_page_of_checks_is_what_the_program_writes() {
    is_up_to_date("docs/checks.md", &checks::docs::page());
}

#[test]
fn each_rule_is_explained() {
    for rule in checks::RULES {
        let text = checks::docs::explain(rule);
        assert!(text.starts_with(&format!("{} {}", rule.code, rule.name)) && text.contains("What to do"), "{text}");
    }
}

#[test]
fn the_page_of_keys_is_what_the_program_writes() {
    is_up_to_date("docs/keyboard.md", &windowsill::session::keyboard_page());
}

#[test]
fn the_window_in_the_page_of_the_plan_file_takes_place_on_the_dates_given_there() {
    let page = include_str!("../../docs/plan-file.md");
    let examples = code(page, "ron");
    let [plan, window, changes, imported, results] = &examples[..] else {
        panic!("Expected a plan, a window, two fields of it, and results")
    };
    let plan = plan.replace("windows: [", &format!("windows: [{},", window.trim_end()));
    let loaded = store::parse(&plan).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let schedule = Schedule::derive(&Arc::new(loaded.plan), None);
    let firmware = schedule.windows.iter().find(|window| window.id().as_str() == "firmware").unwrap();
    let occurrences = &firmware.expansion.occurrences;
    let dates: Vec<String> = occurrences.iter().map(|each| each.on().format("%-d %b %Y").to_string()).collect();
    assert_eq!(dates, ["7 Feb 2027", "2 May 2027", "1 Aug 2027", "7 Nov 2027"]);
    assert!(occurrences.iter().all(|each| firmware.fit(each).is_ok()), "The pool's estimate is complete");
    let plan = plan.replace("    duration: \"6h\",\n", &format!("duration: \"6h\",\n{changes}{imported}"));
    let loaded = store::parse(&plan).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    assert_eq!(loaded.plan.windows().get(&"firmware".into()).unwrap().changes.len(), 2);
    let plan = plan.replace("windows: [", &format!("{results}windows: ["));
    let loaded = store::parse(&plan).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let outcomes: Vec<_> = loaded.plan.results().iter().map(|result| result.outcome()).collect();
    assert_eq!(outcomes, [ResultOutcome::Patched]);
}

/// A row of the tables in `docs/command-line.md`.
struct CommandRow {
    /// The words after `windowsill` that name the command: "import windows".
    name: String,
    /// The long options that the row mentions, without their hyphens.
    options: Vec<String>,
    /// What the command does, without Markdown.
    about: String,
}

fn command_rows(page: &str, program: &clap::Command) -> Vec<CommandRow> {
    let rows = page.lines().filter(|line| line.starts_with("| `windowsill "));
    rows.map(|line| {
        // A bar inside a cell is written as `\|`.
        let line = line.replace("\\|", "\u{0}");
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [usage, about] = cells[..] else { panic!("Expected two cells: {line}") };
        let mut command = program;
        let mut name = Vec::new();
        for word in usage.trim_matches('`').split_whitespace().skip(1) {
            let Some(subcommand) = command.find_subcommand(word) else { break };
            name.push(word);
            command = subcommand;
        }
        let options = usage.split("--").skip(1).map(|rest| {
            rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect::<String>()
        });
        CommandRow { name: name.join(" "), options: options.collect(), about: without_markdown(about) }
    })
    .collect()
}

/// The text with links and code reduced to their words.
fn without_markdown(cell: &str) -> String {
    let mut text = cell.replace('`', "").replace('\u{0}', "|");
    while let Some((before, rest)) = text.split_once('[')
        && let Some((words, rest)) = rest.split_once("](")
        && let Some((_, after)) = rest.split_once(')')
    {
        text = format!("{before}{words}{after}");
    }
    text
}

/// The commands that do something, with their full names: "check", "import windows".
fn commands<'a>(command: &'a clap::Command, name: &str) -> Vec<(String, &'a clap::Command)> {
    let subcommands = command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help");
    subcommands
        .flat_map(|subcommand| {
            let name = format!("{name} {}", subcommand.get_name()).trim_start().to_owned();
            if subcommand.has_subcommands() { commands(subcommand, &name) } else { vec![(name, subcommand)] }
        })
        .collect()
}

#[test]
fn the_page_of_commands_has_every_command_with_its_help_text() {
    let program = cli::Invocation::command();
    let commands = commands(&program, "");
    let rows = command_rows(include_str!("../../docs/command-line.md"), &program);
    let mut wrong = Vec::new();
    for (name, command) in &commands {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if !rows.iter().any(|row| row.name == *name && row.about.starts_with(&about)) {
            wrong.push(format!("no row: | `windowsill {name} …` | {about} |"));
        }
    }
    for row in rows.iter().filter(|row| !row.name.is_empty()) {
        let Some((_, command)) = commands.iter().find(|(name, _)| *name == row.name) else {
            wrong.push(format!("no command: windowsill {}", row.name));
            continue;
        };
        for option in &row.options {
            if !command.get_arguments().any(|argument| argument.get_long() == Some(option)) {
                wrong.push(format!("no option: windowsill {} --{option}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/command-line.md and `windowsill --help` differ:\n{}", wrong.join("\n"));
}

#[test]
fn the_readme_quotes_findings_of_the_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = ["check", "assets/sample.ron", "--now", "2026-11-21T09:00:00Z"];
    let output = command(folder).args(check).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let with_single_spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let findings: Vec<String> = output.lines().map(with_single_spaces).collect();
    for block in code(include_str!("../../README.md"), "text") {
        // A line that is too long for the README continues in the next one, which is indented.
        let block = block.replace("\n ", " ");
        for quoted in block.lines().map(with_single_spaces) {
            assert!(findings.contains(&quoted), "windowsill {} does not report: {quoted}", check.join(" "));
        }
    }
}

#[test]
fn the_files_that_contributors_are_sent_to_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = include_str!("../../docs/contributing.md");
    let quoted = page.split('`').skip(1).step_by(2);
    let is_path = |word: &&str| ["src/", "tests/", "docs/"].iter().any(|folder| word.starts_with(folder));
    // Words in capitals stand for what the contributor adds.
    let is_real = |word: &&str| !word.contains(|c: char| c.is_uppercase() || c == ' ' || c == '*');
    let missing: Vec<&str> = quoted.filter(is_path).filter(is_real).filter(|path| !root.join(path).exists()).collect();
    assert_eq!(missing, [""; 0], "docs/contributing.md names files that do not exist");
}
