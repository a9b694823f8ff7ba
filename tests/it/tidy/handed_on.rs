//! A module hands on only what is defined inside it, so that each name is imported from one folder.

use super::modules::{Modules, Target};
use super::source::{Source, none};

/// Each `pub use` of something that is defined elsewhere.
fn handed_on_from_elsewhere(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for module in modules.iter() {
        for import in module.imports.iter().filter(|import| import.is_public) {
            let is_inside = match modules.resolve(module, &import.path) {
                Some(Target::Module(home) | Target::Item(home, _)) => home.starts_with(&module.path),
                None => false,
            };
            if !is_inside {
                found.push(format!("{}:{}: {}", module.file, import.line, import.path.join("::")));
            }
        }
    }
    found
}

#[test]
fn modules_hand_on_only_what_is_defined_inside_them() {
    none(handed_on_from_elsewhere(&Modules::of_src()), "Import these from where they are defined");
}

#[test]
fn names_from_elsewhere_are_found() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let modules = Modules::new([
        source("src/lib.rs", "mod barge; mod crane;"),
        source(
            "src/barge/mod.rs",
            "mod hold;\npub use hold::Hold;\npub use crate::crane::Hook;\npub use chrono::NaiveDate;",
        ),
        source("src/barge/hold.rs", "pub struct Hold;\npub use super::super::crane;"),
        source("src/crane.rs", "pub struct Hook;"),
    ]);
    let expected = [
        "src/barge/mod.rs:3: crate::crane::Hook",
        "src/barge/mod.rs:4: chrono::NaiveDate",
        "src/barge/hold.rs:2: super::super::crane",
    ];
    assert_eq!(handed_on_from_elsewhere(&modules), expected);
}
