//! `git setup`: makes Git merge plans with this program.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::cli::arguments::ReportForm;
use crate::cli::json;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::store::{GitRepository, program_path};
use crate::wording::list_in_sentence;

/// The name of the merge driver in Git's configuration.
const DRIVER: &str = "windowsill";

/// Make Git merge plans by record and field, in the repository of the current folder
///
/// Writes .gitattributes, which belongs to the repository, and the merge driver to the configuration of this clone. Run it
/// once in every clone.
#[derive(Debug, Args)]
pub struct Setup {
    /// Folder in the repository [default: the current folder]
    folder: Option<PathBuf>,
    /// Files that are plans, as in .gitattributes; may be repeated
    #[arg(long, value_name = "PATTERN", default_values = ["*.windowsill", "*.ron"])]
    files: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
}

/// What was set up, for programs.
#[derive(Serialize)]
struct SetupReport<'a> {
    version: u32,
    repository: String,
    files: &'a [String],
    /// Whether `.gitattributes` is to be committed.
    attributes_changed: bool,
}

impl Run for Setup {
    fn run(&self, _: DateTime<Utc>) -> Result<Reply, Failure> {
        let folder = self.folder.as_deref().unwrap_or(Path::new("."));
        let is_invalid = |pattern: &&String| pattern.is_empty() || pattern.contains(char::is_whitespace);
        if let Some(pattern) = self.files.iter().find(is_invalid) {
            return Err(Failure(format!(
                "invalid pattern \"{pattern}\": use one without spaces, e.g. plans/*.windowsill"
            )));
        }
        let repository = GitRepository::find(folder).map_err(|error| Failure::at(folder, error))?;
        let program = program_path()?;
        // Git replaces a percent sign with a letter: O is the base, A ours, B theirs, P the name of the file.
        let [base, ours, theirs, name] = ["O", "A", "B", "P"].map(|letter| format!("%{letter}"));
        let program = quoted(&program.to_string_lossy());
        let driver = format!("{program} merge {base} {ours} {theirs} -o {ours} --named={name}");
        let configure = |key: &str, value: &str| repository.configure(&format!("merge.{DRIVER}.{key}"), value);
        configure("name", "Windowsill: plans by record and field")?;
        configure("driver", &driver)?;
        let mut is_new = false;
        for pattern in &self.files {
            is_new |= repository.add_attribute(&format!("{pattern} merge={DRIVER}"))?;
        }
        if self.format == ReportForm::Json {
            let repository = repository.top.display().to_string();
            let report = SetupReport { version: 1, repository, files: &self.files, attributes_changed: is_new };
            return Ok(Reply::new(json::object(&report)?));
        }
        let attributes = if is_new { "Commit .gitattributes, and run this" } else { "Run this" };
        Ok(Reply::new(format!(
            "Git now merges {} in {} with Windowsill. {attributes} in every other clone, too.\n",
            list_in_sentence(&self.files, self.files.len()),
            repository.top.display()
        )))
    }
}

/// A word of a shell command.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
