//! What `--format json` writes: `docs/json/` has a JSON Schema for each command, and real output fits it.
//!
//! `tests/schemas/` is the package that makes the schemas; run it after a change of what is written.

mod validator;

use std::collections::BTreeSet;
use std::path::Path;

use clap::CommandFactory;
use serde_json::Value;
use windowsill::cli::Invocation;

use crate::common::git::Repository;
use crate::git::status;
use crate::support::desk::Desk;

const NOW: &str = "--now 2027-01-04T09:00:00Z";

/// For each command with JSON its schema, and words to run it with in [`desk`]. `--format json` and [`NOW`] are added.
const COMMANDS: [(&str, &str, &str); 58] = [
    ("activity", "activity", "sample.ron --on 2027-03-27"),
    ("activity", "activity-events", "sample.ron --events log"),
    ("add", "change", "plan.ron Every_Monday every Monday 01:00 2h"),
    ("advisories", "advisories", "sample.ron"),
    ("agree", "change", "sample.ron core-db 2027-06-19 --area payments --replace"),
    ("assign", "change", "sample.ron report-server --group servers-test"),
    ("bulletins", "bulletins", "sample.ron"),
    ("check", "check", "sample.ron --each"),
    ("compliance", "compliance", "sample.ron --at 2027-06-30T00:00:00Z"),
    ("compliance", "compliance-board", "sample.ron --board --at 2027-06-30T00:00:00Z"),
    ("compliance", "compliance-items", "sample.ron --items --at 2027-06-30T00:00:00Z"),
    ("compliance", "compliance-releases", "sample.ron --releases --at 2027-06-30T00:00:00Z"),
    ("connect check", "connect-check", "plan.ron"),
    ("connect list", "connect-list", ""),
    ("cycles", "cycles", "sample.ron"),
    ("diff", "diff", "sample.ron other.ron"),
    ("downtime", "downtime", "sample.ron"),
    ("explain", "explain", "B001"),
    ("export ledger", "ledger", "sample.ron -o -"),
    ("export notices", "notices", "northfold.windowsill -o -"),
    ("fmt", "fmt", "plan.ron"),
    ("history", "history", "kept.ron"),
    ("import advisories", "import", "nvd.json --into plan.ron --dry-run"),
    ("import areas", "import", "areas.csv --into plan.ron --dry-run"),
    ("import bulletins", "import", "bulletins.csv --into plan.ron --dry-run"),
    ("import freezes", "import", "freezes.csv --into plan.ron --dry-run"),
    ("import holidays", "import", "bank-holidays.csv bank-holidays-2028.csv --into plan.ron --dry-run --widen"),
    ("import notices", "import", "notice.ics --into plan.ron --dry-run"),
    ("import people", "import", "people.csv --into plan.ron --dry-run"),
    ("import replies", "import", "replies --into sample.ron --dry-run"),
    ("import results", "import", "results.csv --into plan.ron --dry-run"),
    ("import scans", "import", "scans.csv --into plan.ron --dry-run"),
    ("import systems", "import", "hosts.ini --into plan.ron --dry-run"),
    ("import windows", "import", "windows.csv --into northfold.windowsill --dry-run"),
    ("import windows", "import", "areas.csv --into plan.ron --dry-run"),
    ("ledger", "ledger", "sample.ron"),
    ("lessons", "lessons", "sample.ron"),
    ("lint baseline", "lint", "baseline.json --plan plan.ron"),
    ("lint playbook", "lint", "playbook.yml --plan plan.ron"),
    ("list", "list", "sample.ron"),
    ("merge", "merge", "sample.ron ours.ron theirs.ron -o merged.ron"),
    ("move", "change", "plan.ron core-db 2027-10-16 --to 2027-12-18 --dry-run"),
    ("new", "new", "new.windowsill --zone Europe/London"),
    ("notices", "notices", "northfold.windowsill"),
    ("publish", "publish", "plan.ron --to year.ics"),
    ("reach", "reach", "sample.ron"),
    ("record hold", "change", "sample.ron --group servers-test --release 2027-03-09 --by Ann --reason Withdrawn"),
    ("record result", "change", "sample.ron --window core-db --on 2027-03-20 --outcome patched"),
    ("record routine", "change", "sample.ron web-dependencies --on 2027-01-03 --open 2"),
    ("record scan", "change", "sample.ron --window core-db --on 2027-03-20"),
    ("record signoff", "change", "sample.ron deployed --group servers-test --release 2027-03-09 --by Ann"),
    ("record test", "change", "sample.ron pass --group servers-test --release 2027-03-09 --by Ann"),
    (
        "record watch",
        "change",
        "sample.ron --window core-db --on 2027-03-20 --by Ann --outcome quiet --at 2027-03-30T09:00",
    ),
    ("recover", "recover", ""),
    ("roll", "roll", "sample.ron --to 2028 --dry-run"),
    ("rota", "rota", "sample.ron"),
    ("scans", "scans", "sample.ron"),
    ("skip", "change", "plan.ron core-db 2027-10-16 --reason Audit"),
];

/// Commands that need a Git repository.
const IN_GIT: [(&str, &str, &str); 4] = [
    ("blame", "blame", "plan.ron"),
    ("git status", "git-status", "plan.ron"),
    ("git setup", "git-setup", ""),
    ("git commit", "git-commit", "plan.ron"),
];

/// Lists that may be empty here.
const MAY_BE_EMPTY: [&str; 3] = ["downtime", "lessons", "recover"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with plans and files of other programs.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("sample.ron", include_str!("../../assets/sample.ron"));
    for folder in ["docs/guide/files", "docs/guide/files/replies"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                let to = desk.path("replies").with_file_name(if folder.ends_with("replies") { "replies" } else { "." });
                std::fs::create_dir_all(&to).unwrap();
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    std::fs::copy(root().join("tests/fixtures/connect/nvd.json"), desk.path("nvd.json")).unwrap();
    desk.write("log", "time,host\n2027-03-27T22:10:00Z,core-db-1\n2027-03-28T12:00:00Z,other\nlater,x\n");
    desk.write("people.csv", "Name,E-mail,Team\nAnn Bell,ann@bank.example,Databases\n");
    desk.write("scans.csv", "Name,Runs,Tool\nWeekly,every week,Nessus\n");
    desk.write("bulletins.csv", "Name,Vendors,Owner\nMicrosoft,Microsoft,\n");
    desk.write("results.csv", "System,Window,Date,Outcome\ncore-db,core-db,2027-03-20,patched\n");
    desk.write(
        "baseline.json",
        "{\"OperatingSystem\": \"WINDOWS\", \"PatchGroups\": [\"nobody\"], \"ApprovalRules\": {\"PatchRules\": [\
         {\"PatchFilterGroup\": {\"PatchFilters\": [{\"Key\": \"MSRC_SEVERITY\", \"Values\": [\"Critical\"]}]}, \
         \"ComplianceLevel\": \"CRITICAL\", \"ApproveAfterDays\": 60, \"EnableNonSecurity\": false}]}}\n",
    );
    desk.write("playbook.yml", "- hosts: web\n  tasks:\n    - name: Install\n      dnf: {name: '*', state: latest}\n");
    desk.write(
        "notice.ics",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1@carrier.example\nSUMMARY:Work\nDTSTART:20270313T220000Z\n\
         DTEND:20270314T020000Z\nDTSTAMP:20270101T000000Z\nSEQUENCE:1\nX-MAINTNOTE-PROVIDER:carrier.example\n\
         X-MAINTNOTE-ACCOUNT:1\nX-MAINTNOTE-MAINTENANCE-ID:WorkOrder-1\nX-MAINTNOTE-IMPACT:OUTAGE\n\
         X-MAINTNOTE-STATUS:CONFIRMED\nX-MAINTNOTE-OBJECT-ID:circuit-1\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    desk.write("kept.ron", &desk.read("plan.ron"));
    for copy in ["other.ron", "ours.ron", "theirs.ron"] {
        desk.write(copy, &desk.read("sample.ron"));
    }
    for words in [
        "skip kept.ron core-db 2027-10-16 --reason Audit",
        "skip other.ron core-db 2027-10-23 --reason Audit",
        "move other.ron core-db 2027-09-25 --by 7",
        "move ours.ron core-db 2027-09-25 --by 7",
        "move theirs.ron core-db 2027-09-25 --by 14",
        "assign other.ron report-server --group servers-test",
    ] {
        desk.run(words).fine();
    }
    desk
}

/// What is wrong with the output of a command.
fn problems(name: &str, schema_name: &str, json: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<Value>(json) else { return vec![format!("{name}: no JSON: {json}")] };
    let schema = std::fs::read_to_string(root().join(format!("docs/json/{schema_name}.json"))).unwrap();
    let found = validator::problems(&serde_json::from_str(&schema).unwrap(), &value);
    let mut problems: Vec<String> = found.iter().map(|problem| format!("{name}: {problem}")).collect();
    let records = value.as_array().map_or(std::slice::from_ref(&value), Vec::as_slice);
    if records.iter().any(|record| record["version"] != 1) {
        problems.push(format!("{name}: no version"));
    }
    let lists = [&value, &value["rows"], &value["changes"]].into_iter().filter_map(Value::as_array);
    if lists.clone().any(Vec::is_empty) && !MAY_BE_EMPTY.contains(&schema_name) {
        problems.push(format!("{name}: an empty list shows nothing"));
    }
    problems
}

#[test]
fn the_json_of_every_command_fits_its_schema() {
    let desk = desk();
    let mut wrong = Vec::new();
    for (name, schema_name, words) in COMMANDS {
        let has_now = Invocation::command();
        let has_now = name.split(' ').try_fold(&has_now, |command, word| command.find_subcommand(word)).unwrap();
        let has_now = has_now.get_arguments().any(|argument| argument.get_long() == Some("now"));
        let now = if has_now { NOW } else { "" };
        let ran = desk.run(&format!("{name} {words} --format json {now}"));
        if ran.code > 1 {
            wrong.push(format!("{name} {words}: {}", ran.err));
        } else {
            wrong.extend(problems(name, schema_name, &ran.out));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_json_about_git_fits_its_schemas() {
    let Some(repository) = Repository::with_plan() else { return };
    for (name, schema_name, words) in IN_GIT {
        if name == "git commit" {
            repository.edit(&windowsill::model::Edit::SetTitle("Committed".to_owned()));
        }
        let words: Vec<&str> = name.split(' ').chain(words.split_whitespace()).chain(["--format", "json"]).collect();
        let (code, json, said) = status::run(&repository, &words);
        assert_eq!((code, problems(name, schema_name, &json)), (0, Vec::new()), "{said}");
    }
}

/// The names of the commands that write JSON.
fn with_json(command: &clap::Command, name: &str, found: &mut BTreeSet<String>) {
    for inner in command.get_subcommands() {
        let name = format!("{name} {}", inner.get_name()).trim_start().to_owned();
        let format = inner.get_arguments().find(|argument| argument.get_long() == Some("format"));
        if format.is_some_and(|format| format.get_possible_values().iter().any(|value| value.get_name() == "json")) {
            found.insert(name.clone());
        }
        with_json(inner, &name, found);
    }
}

#[test]
fn every_command_with_json_is_checked_and_on_the_page() {
    let mut commands = BTreeSet::new();
    with_json(&Invocation::command(), "", &mut commands);
    let rows = COMMANDS.iter().map(|(name, schema, _)| (*name, *schema));
    let rows = rows.chain(IN_GIT.iter().map(|(name, schema, _)| (*name, *schema)));
    let checked: BTreeSet<String> = rows.clone().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(checked, commands);
    let used: BTreeSet<String> = rows.clone().map(|(_, schema)| format!("{schema}.json")).collect();
    let files = std::fs::read_dir(root().join("docs/json")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(files.map(|name| name.into_string().unwrap()).collect::<BTreeSet<_>>(), used);
    let page = include_str!("../../docs/json.md");
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    for (name, schema) in rows {
        let link = format!("(json/{schema}.json)");
        let is_row = |line: &&&str| line.contains(&link) && line.contains(&format!("`{name}`"));
        assert!(lines.iter().any(|line| is_row(&line)), "docs/json.md has no row for {name} with {link}");
    }
}
