//! `completions` and `man`: what shells and manuals need to know of the command line.

use chrono::{DateTime, Utc};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::invocation::Invocation;
use super::registry::Run;
use super::reply::{Failure, Reply};

/// Write the completions for a shell: bash, zsh, fish, powershell or elvish
///
/// For example: windowsill completions bash > ~/.local/share/bash-completion/completions/windowsill
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell that completes
    shell: Shell,
}

impl Run for Completions {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Invocation::command(), "windowsill", &mut text);
        Ok(Reply::new(String::from_utf8(text)?))
    }
}

/// Write the manual page of the program or of one command, for man
#[derive(Debug, Args)]
pub struct Man {
    /// Command, such as check or "import windows"; without it, the page of the program
    command: Vec<String>,
}

impl Run for Man {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let mut root = Invocation::command();
        root.build();
        let mut command = &root;
        for word in self.command.iter().flat_map(|words| words.split_whitespace()) {
            let known = || command.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ");
            let next = command.find_subcommand(word);
            command = next.ok_or_else(|| Failure(format!("unknown command \"{word}\". Known: {}", known())))?;
        }
        let name = command.get_bin_name().unwrap_or("windowsill").replace(' ', "-");
        let mut text = Vec::new();
        clap_mangen::Man::new(command.clone().name(name)).render(&mut text)?;
        Ok(Reply::new(String::from_utf8(text)?))
    }
}
