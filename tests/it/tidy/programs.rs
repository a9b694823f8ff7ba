//! Every file of tests belongs to one of the two test programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::source::{Source, files, none, root};

/// The files that the `mod` lines of `file` name, by the rules of Rust.
fn named_by(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = file.parent().unwrap();
    let stem = file.file_stem().unwrap().to_string_lossy();
    let children = if matches!(&*stem, "mod" | "main") { folder.to_owned() } else { folder.join(&*stem) };
    let mut named = Vec::new();
    let mut path = None;
    for line in text.lines() {
        if let Some(given) = line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix("\"]")) {
            path = Some(given);
        } else if let Some(name) =
            line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|l| l.strip_suffix(';'))
        {
            let beside = children.join(format!("{name}.rs"));
            named.push(match path.take() {
                Some(path) => folder.join(path).canonicalize().unwrap(),
                None if beside.is_file() => beside,
                None => children.join(name).join("mod.rs"),
            });
        }
    }
    named
}

#[test]
fn no_file_of_tests_is_forgotten() {
    let sources = files("tests", "rs");
    let programs = ["tests/it/main.rs", "tests/screen/main.rs", "tests/schemas/src/main.rs"];
    let mut open = programs.map(|main| root().join(main)).to_vec();
    let mut reached = BTreeSet::new();
    while let Some(file) = open.pop() {
        let text = std::fs::read_to_string(&file).unwrap();
        open.extend(named_by(&file, &text).into_iter().filter(|named| !reached.contains(named)));
        reached.insert(file);
    }
    // The fuzz targets are a package, whose manifest names them.
    let manifest = std::fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).unwrap();
    let is_target = |path: &str| {
        path.strip_prefix("tests/fuzz/").is_some_and(|path| manifest.contains(&format!("path = \"{path}\"")))
    };
    let is_forgotten = |source: &&Source| !reached.contains(&root().join(&source.path)) && !is_target(&source.path);
    let forgotten = sources.iter().filter(is_forgotten).map(|source| source.path.clone()).collect();
    none(forgotten, "Each file below tests/ is named by a `mod` line of tests/it, tests/screen or tests/schemas");
}
