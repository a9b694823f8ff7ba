//! Holds the invariants of `docs/architecture.md` by reading the source.

mod circles;
mod english;
mod floors;
mod handed_on;
mod modules;
mod names;
mod programs;
mod source;
mod tokens;

use std::fs;

use source::{Source, files, found, none, root};

const LONGEST_FILE: usize = 400;
/// In a page of the docs.
const LONGEST_LINE: usize = 100;

#[test]
fn only_the_screen_knows_egui() {
    let may_not = |source: &Source| !source.is_in("src/ui/") && source.path != "src/main.rs";
    none(found(may_not, &["egui", "eframe", "rfd::", "lucide"]), "egui and eframe only under ui/ and in main.rs");
}

#[test]
fn only_the_store_touches_files() {
    let words = [
        "std::fs",
        "fs::read",
        "fs::write",
        "OpenOptions",
        "tempfile",
        "read_dir",
        "is_file()",
        "is_dir()",
        "is_symlink()",
        ".exists()",
        ".metadata()",
        ".canonicalize()",
        "Path::is_file",
        "Path::is_dir",
        "current_dir",
    ];
    none(found(|source| !source.is_in("src/store/"), &words), "Files only through store/");
}

#[test]
fn programs_are_started_in_one_file() {
    // environment.rs starts the program a second time. The build script is not part of the program.
    let may = ["src/store/git/process.rs", "src/store/environment.rs", "src/build.rs"];
    let may_not = |source: &Source| !may.contains(&source.path.as_str());
    none(found(may_not, &["process::Command"]), "Other programs are started only in store/git/process.rs");
    let may_not = |source: &Source| source.path != "src/store/open_elsewhere.rs";
    let words = ["open::that", "open::with", "open_url", "OpenUrl"];
    none(found(may_not, &words), "Files are opened in other programs only in store/open_elsewhere.rs");
}

#[test]
fn plans_are_built_only_from_files_and_other_plans() {
    let folders = ["src/model/", "src/store/", "src/merge/", "src/roll/"];
    let may_not = |source: &Source| !folders.iter().any(|folder| source.is_in(folder));
    none(found(may_not, &["PlanParts", "to_parts"]), "A plan changes only through Plan::apply");
}

#[test]
fn the_environment_is_read_in_one_file() {
    let may_not = |source: &Source| !["src/store/environment.rs", "src/build.rs"].contains(&source.path.as_str());
    let words = ["env::var", "std::env::{", "use std::env;"];
    none(found(may_not, &words), "Environment variables only in store/environment.rs");
}

#[test]
fn only_publishing_uses_the_network_and_the_keyring() {
    let words = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ureq", "keyring::", "rustls"];
    none(found(|source| !source.is_in("src/publish/"), &words), "Network and keyring only in publish/");
}

#[test]
fn only_clock_rs_reads_the_time() {
    let may_not = |source: &Source| source.path != "src/session/state/clock.rs" && !source.is_in("src/cli/");
    none(
        found(may_not, &["Utc::now", "Local::now", "Instant::now", "SystemTime::now"]),
        "The time only in session/state/clock.rs",
    );
    let in_cli = found(|source| source.is_in("src/cli/"), &["Utc::now", "SystemTime::now", "Instant::now"]);
    assert!(in_cli.len() <= 1, "The command line asks for the time in one line: {in_cli:?}");
}

#[test]
fn threads_start_in_one_file() {
    let may_not = |source: &Source| source.path != "src/session/state/jobs.rs";
    none(found(may_not, &["thread::spawn", "thread::Builder"]), "Threads only in session/state/jobs.rs");
    let may_not = |source: &Source| source.path != "src/parallel.rs";
    none(found(may_not, &["thread::scope"]), "Threads that end with their work only in parallel.rs");
    let may_not = |source: &Source| source.path != "src/parallel.rs";
    none(found(may_not, &["rayon"]), "Work is split over cores only in parallel.rs");
}

#[test]
fn only_zone_rs_reads_zone_data() {
    let may_not = |source: &Source| source.path != "src/schedule/time/zone.rs";
    none(found(may_not, &["jiff::", "chrono_tz"]), "Zone data only in schedule/time/zone.rs");
}

#[test]
fn colours_are_only_in_the_theme() {
    let may_not = |source: &Source| source.is_in("src/ui/") && source.path != "src/ui/parts/theme.rs";
    let words =
        ["Color32::from_", "Color32::RED", "Color32::WHITE", "Color32::BLACK", "Color32::GRAY", "hex_color!", "Rgba::"];
    none(found(may_not, &words), "Colours only in ui/parts/theme.rs");
}

#[test]
fn only_wording_formats_dates_and_times() {
    // These read dates in all the forms in which people and spreadsheets write them.
    let readers = ["src/import/tables/cells.rs", "src/ui/parts/fields/date.rs"];
    let may_not = |source: &Source| !source.is_in("src/wording/") && !readers.contains(&source.path.as_str());
    let patterns = ["%Y", "%y", "%m", "%-m", "%d", "%-d", "%b", "%B", "%a", "%A", "%H", "%M", "%S", "%I"];
    none(found(may_not, &patterns), "Patterns of dates and times only in wording/");
}

#[test]
fn nothing_panics_on_purpose() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
    none(found(|_| true, &words), "No unwrap, expect or panic outside tests");
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            broken.push(format!("{}: {lines} lines; split it", source.path));
        }
        if !source.text.starts_with("//! ") {
            broken.push(format!("{}: the first line does not say what the file is for", source.path));
        }
    }
    none(broken, "No file over 400 lines; each opens with a `//!` line");
}

#[test]
fn pages_are_wrapped() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let readme = Source { path: "README.md".to_owned(), text: readme };
    let mut broken = Vec::new();
    for page in files("docs", "md").into_iter().chain([readme]) {
        let mut is_code = false;
        for (number, line) in page.text.lines().enumerate() {
            is_code ^= line.trim_start().starts_with("```");
            let may_be_long = is_code || line.starts_with('|') || line.contains("http");
            if !may_be_long && line.chars().count() > LONGEST_LINE {
                broken.push(format!("{}:{}", page.path, number + 1));
            }
        }
    }
    none(broken, "Pages are wrapped at 100 columns, except tables, code and addresses");
}

#[test]
fn no_code_is_commented_out() {
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        for (number, line) in source.text.lines().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("// ") else { continue };
            let ends = comment.ends_with(';') || comment.ends_with('{') || comment == "}";
            if ends && (comment.contains('=') || comment.contains('(') || comment.ends_with('{')) {
                broken.push(format!("{}:{}: {comment}", source.path, number + 1));
            }
        }
    }
    none(broken, "No commented-out code");
}

#[test]
fn nothing_is_left_open() {
    let marks = ["TODO", "FIXME", "XXX", "#[ignore"];
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        if source.is_in("tests/it/tidy") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                broken.push(format!("{}:{}: {mark}", source.path, number + 1));
            }
        }
    }
    none(broken, "What is begun is finished, or an issue says so");
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    let folders = [
        ("src", "rs"),
        ("tests", "rs"),
        ("benches", "rs"),
        ("docs", "md"),
        ("assets", "ron"),
        ("tests", "ron"),
        ("tests", "py"),
    ];
    let mut broken = Vec::new();
    for source in folders.into_iter().flat_map(|(folder, ending)| files(folder, ending)) {
        if source.is_in("tests/it/tidy") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if ["\"/work/", "\"/tmp/", "\"/root/", " /work/", " /root/"].iter().any(|path| line.contains(path)) {
                broken.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none(broken, "No path of a machine");
}

#[test]
fn the_top_level_holds_what_was_agreed() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "tests",
        "docs",
        "benches",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "target",
    ];
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let broken = entries.filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str())).collect();
    none(broken, "Only the agreed files and folders at the top level");
}
