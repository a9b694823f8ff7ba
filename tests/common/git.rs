//! A Git repository with a plan, isolated from the settings of the user.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use windowsill::model::{Edit, Plan};
use windowsill::store;

use super::harbour;

/// A folder in which Git manages the folder `repo`.
pub struct Repository {
    pub folder: TempDir,
}

impl Repository {
    /// A repository without commits. None without Git, which is printed.
    #[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
    pub fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("Git is not installed, so it is not tested");
            return None;
        }
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(repository.top()).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.identify(&repository.top(), "A. Osei");
        Some(repository)
    }

    /// A repository in which `plan.ron`, the harbour's plan, was committed by A. Osei on 3 January 2027.
    pub fn with_plan() -> Option<Self> {
        let repository = Self::new()?;
        repository.save(&harbour::plan());
        repository.commit("A. Osei", "2027-01-03", "Begin");
        Some(repository)
    }

    pub fn top(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.top().join(name)
    }

    pub fn plan_path(&self) -> PathBuf {
        self.path("plan.ron")
    }

    /// Settings of one repository, so that those of the user have no effect on a commit by the program.
    fn identify(&self, folder: &Path, name: &str) {
        let hooks = self.folder.path().join("hooks");
        let settings = [
            ("user.name", name),
            ("user.email", "osei@example.org"),
            ("commit.gpgSign", "false"),
            ("core.autocrlf", "false"),
            ("core.hooksPath", hooks.to_str().unwrap()),
        ];
        for (key, value) in settings {
            self.git_in(folder, &["config", key, value]);
        }
    }

    pub fn save(&self, plan: &Plan) {
        store::save_anyway(&self.plan_path(), plan).unwrap();
    }

    /// Changes the saved plan.
    pub fn edit(&self, edit: &Edit) -> Plan {
        let plan = store::open(&self.plan_path()).unwrap().plan.apply(edit).unwrap();
        self.save(&plan);
        plan
    }

    /// Commits everything as that person on that day.
    pub fn commit(&self, who: &str, on: &str, message: &str) {
        self.git(&["add", "-A"]);
        let date = format!("{on}T10:00:00Z");
        let author = format!("{who} <{}@example.org>", who.split(' ').next_back().unwrap().to_lowercase());
        self.git(&["commit", "-q", "--allow-empty", "-m", message, "--author", &author, "--date", &date]);
    }

    /// A pre-commit hook with that script.
    pub fn hook(&self, script: &str) {
        let folder = self.folder.path().join("hooks");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("pre-commit");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    #[track_caller]
    pub fn git<A: AsRef<OsStr>>(&self, words: &[A]) -> String {
        self.git_in(&self.top(), words)
    }

    /// Runs Git in a folder; it must succeed.
    #[track_caller]
    #[allow(clippy::unused_self, reason = "it needs a repository all the same")]
    pub fn git_in<A: AsRef<OsStr>>(&self, folder: &Path, words: &[A]) -> String {
        let output = isolated(Command::new("git").current_dir(folder).args(words)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// A second repository that has this one as `origin`: the folder of its clone.
    pub fn clone_as(&self, name: &str) -> PathBuf {
        let clone = self.folder.path().join(name);
        self.git_in(self.folder.path(), &["clone", "-q", "repo", name]);
        self.identify(&clone, "B. Lund");
        clone
    }
}

/// Without the settings of the user and of the system.
pub fn isolated(command: &mut Command) -> &mut Command {
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
}
