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
mod routines;
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
macro_rules! schemas {
    ($($name:literal: $records:ty,)*) => {
        const SCHEMAS: &[(&str, fn() -> Schema)] = &[$(($name, schema::<$records>)),*];
    };
}

schemas! {
    "activity": List<lists::Activity>,
    "activity-events": files::Events,
    "advisories": List<lists::Advisory>,
    "blame": List<lists::Blame>,
    "bulletins": List<routines::BulletinDuty>,
    "change": changes::Change,
    "check": List<lists::Finding>,
    "compliance": files::Compliance,
    "compliance-board": List<tools::AdvisoryStage>,
    "compliance-items": List<lists::ComplianceItem>,
    "compliance-releases": List<tools::ReleaseStage>,
    "connect-check": Rows<tools::Expressed>,
    "connect-list": Rows<tools::ConnectedSystem>,
    "cycles": List<ladders::Cycle>,
    "diff": changes::Comparison,
    "downtime": List<lists::Downtime>,
    "explain": tools::Explanation,
    "fmt": tools::Formatting,
    "git-commit": tools::GitCommit,
    "git-setup": tools::GitSetup,
    "git-status": tools::GitStatus,
    "history": Rows<tools::SavedVersion>,
    "import": files::Imports,
    "ledger": List<lists::Answer>,
    "lessons": List<lists::Lesson>,
    "lint": Rows<tools::Lint>,
    "list": List<lists::Occurrence>,
    "merge": changes::Merge,
    "new": tools::NewPlan,
    "notices": List<lists::Notice>,
    "publish": tools::Published,
    "reach": List<ladders::Reach>,
    "recover": tools::Recoveries,
    "roll": changes::Roll,
    "rota": List<lists::Shift>,
    "scans": List<routines::ScanRoutine>,
}

fn main() -> io::Result<ExitCode> {
    let is_check = std::env::args().any(|argument| argument == "--check");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json");
    fs::create_dir_all(&folder)?;
    let mut is_old = false;
    for &(name, schema) in SCHEMAS {
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
