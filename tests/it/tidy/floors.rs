//! Folders and the rooms in them import in one direction, as the tables of `docs/architecture.md` say.

use std::collections::BTreeSet;
use std::fs;

use super::modules::Modules;
use super::source::{none, root};

/// A row "| `schedule/time/` | what it is | what it may use |": a folder or file, and those beside it that it may use.
#[derive(Debug)]
struct Room {
    /// The folder around it, "src" or "src/schedule".
    around: String,
    name: String,
    may_use: Vec<String>,
}

impl Room {
    fn is_of(&self, file: &str) -> bool {
        let inside = file.strip_prefix(&self.around).and_then(|rest| rest.strip_prefix('/'));
        let rest = inside.and_then(|rest| rest.strip_prefix(&self.name));
        rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }
}

fn rooms() -> Vec<Room> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| `")?.trim_end_matches('|').split('|').map(str::trim).collect();
        let path = cells.first()?.strip_suffix("/`")?;
        let (around, name) = path.rsplit_once('/').map_or(("src".to_owned(), path), |(a, n)| (format!("src/{a}"), n));
        Some((around, name.to_owned(), (*cells.last()?).to_owned()))
    });
    let mut rooms: Vec<Room> = Vec::new();
    for (around, name, words) in rows {
        let above = || rooms.iter().filter(|room| room.around == around).map(|room| room.name.clone());
        let may_use = match words.as_str() {
            "–" => Vec::new(),
            "all above" => above().collect(),
            words => match words.strip_prefix("all but ") {
                Some(but) => above().filter(|room| !but.split(" and ").any(|not| not == room)).collect(),
                None => words.split(", ").map(str::to_owned).collect(),
            },
        };
        rooms.push(Room { around, name, may_use });
    }
    rooms
}

/// The folders around rooms: `src` and those that have a table of their own.
fn houses(rooms: &[Room]) -> BTreeSet<&str> {
    rooms.iter().map(|room| room.around.as_str()).collect()
}

/// Folders and files directly below `folder`, without their endings. Of `src` only folders are rooms.
fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap());
    let names = entries.filter(|entry| folder != "src" || entry.path().is_dir());
    let names = names.map(|entry| entry.file_name().into_string().unwrap().trim_end_matches(".rs").to_owned());
    names.filter(|name| name != "mod").collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn every_room_has_a_row_and_uses_only_rooms_above_it() {
    let rooms = rooms();
    let houses = houses(&rooms);
    assert!(["src", "src/schedule", "src/ui"].iter().all(|house| houses.contains(house)), "{houses:?}");
    for house in houses {
        let rows: Vec<&Room> = rooms.iter().filter(|room| room.around == house).collect();
        let mut names: Vec<&str> = rows.iter().map(|room| room.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, entries(house), "docs/architecture.md has a row for each room of {house}");
        for (at, room) in rows.iter().enumerate() {
            for used in &room.may_use {
                let is_above = rows[..at].iter().any(|above| above.name == *used);
                assert!(is_above, "{house}/{} may use {used}, which is not listed above it", room.name);
            }
        }
    }
}

#[test]
fn rooms_use_only_what_the_architecture_page_allows() {
    let rooms = rooms();
    let modules = Modules::of_src();
    let mut broken = Vec::new();
    // Names count as those of the file that defines them, and as those of the module that a path names: neither
    // `super::super` nor a re-export leads around the table.
    let named = modules.named().into_iter().map(|mut used| {
        used.to = format!("src/{}/", used.to);
        used
    });
    let houses = houses(&rooms);
    for used in modules.uses().into_iter().chain(named) {
        for house in &houses {
            let room_of = |file: &str| rooms.iter().find(|room| room.around == *house && room.is_of(file));
            if let (Some(from), Some(to)) = (room_of(&used.from), room_of(&used.to))
                && from.name != to.name
                && !from.may_use.contains(&to.name)
            {
                broken.push(format!("{}:{}: {} uses {} of {}", used.from, used.line, from.name, used.name, to.name));
            }
        }
    }
    broken.sort();
    broken.dedup();
    none(broken, "Rooms use only what the tables in docs/architecture.md allow");
}
