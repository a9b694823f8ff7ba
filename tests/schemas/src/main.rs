//! Writes the JSON Schemas in `docs/json/`, or with `--check` exits with 1 if they are different.
//!
//! They are made from types that are written for this alone: they say what other programs may rely on. The tests of the
//! program (`tests/it/json.rs`) check that real output fits the schemas.
//!
//! Run it with: cargo run --manifest-path tests/schemas/Cargo.toml

#![expect(dead_code, reason = "of the types, only the schemas are used")]

mod changes;
mod files;
mod ladders;
mod lists;
mod parts;
mod tools;

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use parts::{List, Rows};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// The name of each schema, and how it is made.
const SCHEMAS: [(&str, fn() -> Schema); 30] = [
    ("activity", schema::<List<lists::Activity>>),
    ("activity-events", schema::<files::Events>),
    ("advisories", schema::<List<lists::Advisory>>),
    ("blame", schema::<List<lists::Blame>>),
    ("change", schema::<changes::Change>),
    ("check", schema::<List<lists::Finding>>),
    ("compliance", schema::<files::Compliance>),
    ("compliance-board", schema::<List<tools::Stage>>),
    ("compliance-items", schema::<List<lists::ComplianceItem>>),
    ("connect-check", schema::<Rows<tools::Expressed>>),
    ("connect-list", schema::<Rows<tools::ConnectedSystem>>),
    ("cycles", schema::<List<ladders::Cycle>>),
    ("diff", schema::<changes::Comparison>),
    ("downtime", schema::<List<lists::Downtime>>),
    ("explain", schema::<tools::Explanation>),
    ("fmt", schema::<tools::Formatting>),
    ("git-status", schema::<tools::GitStatus>),
    ("history", schema::<Rows<tools::SavedVersion>>),
    ("import", schema::<files::Imports>),
    ("ledger", schema::<List<lists::Answer>>),
    ("lessons", schema::<List<lists::Lesson>>),
    ("lint", schema::<Rows<tools::Lint>>),
    ("list", schema::<List<lists::Occurrence>>),
    ("merge", schema::<changes::Merge>),
    ("notices", schema::<List<lists::Notice>>),
    ("publish", schema::<tools::Published>),
    ("reach", schema::<List<ladders::Reach>>),
    ("recover", schema::<tools::Recoveries>),
    ("roll", schema::<changes::Roll>),
    ("rota", schema::<List<lists::Shift>>),
];

fn main() -> io::Result<ExitCode> {
    let is_check = std::env::args().any(|argument| argument == "--check");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json");
    fs::create_dir_all(&folder)?;
    let mut is_old = false;
    for (name, schema) in SCHEMAS {
        let mut schema = schema();
        schema.insert("title".to_owned(), format!("windowsill {name}").into());
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        let path = folder.join(format!("{name}.json"));
        if fs::read_to_string(&path).is_ok_and(|written| written == text) {
            continue;
        }
        if is_check {
            eprintln!("docs/json/{name}.json is old: cargo run --manifest-path tests/schemas/Cargo.toml");
            is_old = true;
        } else {
            fs::write(&path, text)?;
            println!("docs/json/{name}.json");
        }
    }
    Ok(if is_old { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
