//! A folder in which the command line is run as a person runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use windowsill::model::Plan;
use windowsill::store;

use crate::common::harbour;

/// A folder with a plan in it.
pub struct Desk(pub TempDir);

/// What a command did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        store::save(&desk.path("plan.ron"), &harbour::plan(), None).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn plan(&self, name: &str) -> Plan {
        store::parse(&self.read(name)).unwrap().plan
    }

    /// Runs `windowsill` with those words in the folder.
    pub fn run(&self, words: &str) -> Ran {
        let words = words.split_whitespace().map(|word| word.replace('_', " "));
        let output = command(self.0.path()).args(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_windowsill"));
    command.env("WINDOWSILL_ZONE_DATA", "bundled");
    command.env("WINDOWSILL_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("home"));
    command.current_dir(folder);
    command
}

/// The rows of a list that a command wrote as JSON.
#[track_caller]
pub fn rows(json: &str) -> Vec<Value> {
    let rows: Vec<Value> = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert!(rows.iter().all(|row| row["version"] == 1), "{json}");
    rows
}

impl Ran {
    #[track_caller]
    pub fn fine(self) -> String {
        assert_eq!(self.code, 0, "{}", self.err);
        self.out
    }

    /// Exit code 2, nothing on standard output, and that on standard error.
    #[track_caller]
    pub fn fails_saying(self, part: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        assert!(self.err.contains(part), "{}", self.err);
    }
}
