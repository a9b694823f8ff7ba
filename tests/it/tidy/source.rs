//! Reads the files of the project.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// A file of the project, its path from the top with forward slashes.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Whether it holds nothing but unit tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs")
    }

    /// Lines with their numbers, up to the unit tests at the end of the file, without comments.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(number, line)| (number + 1, line));
        let code = lines.take_while(move |(_, line)| !self.is_test() && !line.starts_with("#[cfg(test)]"));
        code.map(|(number, line)| (number, line.split("//").next().unwrap_or(line)))
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with that ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        // What was built from the packages in `tests/`.
        if path.ends_with("target") {
            continue;
        }
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|found| found == ending) {
            let name = path.strip_prefix(root()).unwrap().components().map(|part| part.as_os_str().to_string_lossy());
            let name = name.collect::<Vec<_>>().join("/");
            found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Fails with everything that breaks the rule.
#[track_caller]
pub fn none(broken: Vec<String>, rule: &str) {
    assert!(
        broken.is_empty(),
        "{rule}\n{}",
        broken.iter().fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "  {line}");
            all
        })
    );
}

/// Each use of one of `words` in the code of a file that `may_not` have it.
pub fn found(may_not: impl Fn(&Source) -> bool, words: &[&str]) -> Vec<String> {
    let sources = files("src", "rs");
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| may_not(source)) {
        for (number, line) in source.code() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                broken.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }
    broken
}
