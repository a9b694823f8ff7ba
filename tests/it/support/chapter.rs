//! A chapter of the guide, followed step by step: its commands are run, and what they print is compared with the page.
//!
//! - Each line of a `sh` block is a command. `windowsill` and `git` are run, `cp` copies a file; nothing else is known.
//!   A `\` at the end of a line continues it.
//! - A `text` block directly below shows all that the commands of the block print. A line `…` in it stands for any
//!   number of lines.
//! - A command must succeed. After the fence "sh exit-1", the last one must exit with 1.
//! - `<!-- now: 2026-11-16T09:00:00Z -->` sets the clock for commands that have the option `--now`, from there on.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use clap::CommandFactory as _;
use windowsill::cli;

use crate::support::desk::command;
use crate::support::pages::{Block, blocks};

/// What stands for lines that are not shown.
const LEFT_OUT: &str = "…";

/// What following a page led to.
pub struct Followed {
    /// What is wrong with the page, each with the line of its block.
    pub problems: Vec<String>,
    pub commands: usize,
    /// The page with the shown outputs replaced by the real ones.
    pub corrected: String,
}

/// Follows a page in a folder that has its files.
pub fn follow(page: &str, folder: &Path) -> Followed {
    let mut followed = Followed { problems: Vec::new(), commands: 0, corrected: page.to_owned() };
    let blocks = blocks(page);
    for (index, block) in blocks.iter().enumerate() {
        let mut words = block.info.split(' ');
        match words.next() {
            Some("sh") => {}
            Some("text") if block.follows && index > 0 && blocks[index - 1].info.starts_with("sh") => continue,
            _ => {
                followed.problems.push(format!("line {}: a block that no test reads", block.line));
                continue;
            }
        }
        let last_code = words.next().map_or(0, |word| word.strip_prefix("exit-").unwrap().parse().unwrap());
        let now = clock(page, block.line);
        let lines = lines(block);
        followed.commands += lines.len();
        let printed = File::create(folder.join(".printed")).unwrap();
        for (number, line) in lines.iter().enumerate() {
            let expected = if number + 1 == lines.len() { last_code } else { 0 };
            match run(line, folder, now.as_deref(), &printed) {
                Ok(code) if code == expected => {}
                Ok(code) => followed.problems.push(format!("line {}: `{line}` exits with {code}", block.line)),
                Err(problem) => followed.problems.push(format!("line {}: `{line}`: {problem}", block.line)),
            }
        }
        let printed = fs::read_to_string(folder.join(".printed")).unwrap();
        let shown = blocks.get(index + 1).filter(|next| next.info == "text" && next.follows);
        followed.compare(shown, &printed);
    }
    if followed.commands == 0 {
        followed.problems.push("the page has no commands".to_owned());
    }
    followed
}

impl Followed {
    fn compare(&mut self, shown: Option<&Block>, printed: &str) {
        let Some(shown) = shown else { return };
        let real: Vec<&str> = printed.lines().map(str::trim_end).collect();
        if !is_shown(&real, &shown.text.lines().collect::<Vec<_>>()) {
            let line = shown.line;
            self.problems.push(format!("line {line}: the page shows\n{}but this is printed:\n{printed}", shown.text));
            if !shown.text.lines().any(|line| line == LEFT_OUT) {
                let block = |text: &str| format!("```text\n{text}```");
                let real = format!("{}\n", real.join("\n").trim_end());
                self.corrected = self.corrected.replacen(&block(&shown.text), &block(&real), 1);
            }
        }
    }
}

/// Whether these lines are what is shown, if each `…` stands for any number of lines.
fn is_shown(lines: &[&str], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.iter().all(|line| line.is_empty()),
        Some((first, rest)) if *first == LEFT_OUT => (0..=lines.len()).any(|skipped| is_shown(&lines[skipped..], rest)),
        Some((first, rest)) => lines.split_first().is_some_and(|(line, lines)| line == first && is_shown(lines, rest)),
    }
}

/// The time at a line of a page, if the page says it.
fn clock(page: &str, line: usize) -> Option<String> {
    let before: Vec<&str> = page.lines().take(line).collect();
    let comment = before.iter().rev().find_map(|line| line.strip_prefix("<!-- now: "))?;
    Some(comment.strip_suffix(" -->").unwrap().to_owned())
}

/// The commands of a block, one line each.
fn lines(block: &Block) -> Vec<String> {
    let joined = block.text.replace("\\\n", " ");
    joined.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// The words of a line, as a shell splits it.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let mut words = vec![String::new()];
    for (index, part) in parts {
        let is_quoted = index % 2 == 1;
        let mut pieces = if is_quoted { vec![part] } else { part.split(' ').collect() }.into_iter();
        words.last_mut().unwrap().push_str(pieces.next().unwrap());
        words.extend(pieces.map(str::to_owned));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Runs a line and returns its exit code. What it prints is added to the file.
fn run(line: &str, folder: &Path, now: Option<&str>, printed: &File) -> Result<i32, String> {
    let words = words(line);
    let Some((program, arguments)) = words.split_first() else { return Err("no command".to_owned()) };
    let mut command = match program.as_str() {
        "windowsill" => command(folder),
        "git" => git(folder),
        "cp" => {
            let [from, to] = arguments else { return Err("cp needs two files".to_owned()) };
            let copied = fs::copy(folder.join(from), folder.join(to));
            return copied.map(|_| 0).map_err(|error| error.to_string());
        }
        _ => return Err("unknown program".to_owned()),
    };
    command.args(arguments).env("WINDOWSILL_HOME", folder.join(".home"));
    if let Some(now) = now.filter(|_| program == "windowsill" && takes_now(arguments)) {
        command.args(["--now", now]);
    }
    command.stdin(Stdio::null()).stdout(printed.try_clone().unwrap()).stderr(printed.try_clone().unwrap());
    let status = command.status().map_err(|error| error.to_string())?;
    status.code().ok_or_else(|| "ended by a signal".to_owned())
}

/// Git without the settings of the user.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).env("GIT_CONFIG_GLOBAL", folder.join(".gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "Anna Lind").env(format!("GIT_{who}_EMAIL"), "anna.lind@northfold.example");
    }
    git
}

/// Whether the command has an option for the time and is not given it.
fn takes_now(arguments: &[String]) -> bool {
    let program = cli::Invocation::command();
    let mut command = &program;
    for argument in arguments {
        let Some(subcommand) = command.find_subcommand(argument) else { break };
        command = subcommand;
    }
    let has_option = command.get_arguments().any(|argument| argument.get_long() == Some("now"));
    has_option && !arguments.iter().any(|argument| argument == "--now")
}
