//! No two files of `src/` need each other, not even by way of others.
//!
//! A module and those inside it are one room: it may use what they define, and they what it defines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::modules::{Modules, Use};
use super::source::none;

type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Groups of files that all need each other (Tarjan's strongly connected components), each sorted.
fn circles<'a>(graph: &Graph<'a>) -> Vec<Vec<&'a str>> {
    let mut search =
        Search { graph, indices: BTreeMap::new(), lows: BTreeMap::new(), open: Vec::new(), found: Vec::new() };
    for file in graph.keys() {
        if !search.indices.contains_key(file) {
            search.visit(file);
        }
    }
    search.found.sort();
    search.found
}

struct Search<'a, 'b> {
    graph: &'b Graph<'a>,
    indices: BTreeMap<&'a str, usize>,
    lows: BTreeMap<&'a str, usize>,
    open: Vec<&'a str>,
    found: Vec<Vec<&'a str>>,
}

impl<'a> Search<'a, '_> {
    fn visit(&mut self, file: &'a str) -> usize {
        let index = self.indices.len();
        self.indices.insert(file, index);
        self.lows.insert(file, index);
        self.open.push(file);
        for next in self.graph.get(file).into_iter().flatten() {
            let low = match self.indices.get(next) {
                None => self.visit(next),
                Some(index) if self.open.contains(next) => *index,
                Some(_) => continue,
            };
            let lowest = self.lows[file].min(low);
            self.lows.insert(file, lowest);
        }
        if self.lows[file] == index {
            let begin = self.open.iter().position(|open| *open == file).unwrap();
            let mut circle = self.open.split_off(begin);
            circle.sort_unstable();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
        self.lows[file]
    }
}

/// The files of a circle, and below each what it uses of the others.
fn told(circle: &[&str], uses: &[Use]) -> String {
    let mut told = format!("{} files need each other:", circle.len());
    for file in circle {
        let within = uses.iter().filter(|used| used.from == *file && circle.contains(&used.to.as_str()));
        let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for used in within {
            names.entry(&used.to).or_default().push(format!("{} (line {})", used.name, used.line));
        }
        for (to, names) in names {
            let _ = write!(told, "\n    {file} uses {} of {to}", names.join(", "));
        }
    }
    told
}

/// Whether one of two files is a module inside the other.
fn are_one_room(a: &str, b: &str) -> bool {
    let folder = |file: &str| format!("{}/", file.trim_end_matches(".rs").trim_end_matches("/mod"));
    let (a, b) = (folder(a), folder(b));
    a.starts_with(&b) || b.starts_with(&a)
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let uses = Modules::of_src().uses();
    let mut graph = Graph::new();
    for used in uses.iter().filter(|used| !are_one_room(&used.from, &used.to)) {
        graph.entry(&used.from).or_default().insert(&used.to);
    }
    let circles = circles(&graph).iter().map(|circle| told(circle, &uses)).collect();
    none(circles, "No files import each other in a circle");
}

#[test]
fn rules_do_not_import_each_other() {
    let is_rule = |file: &str| file.starts_with("src/checks/rules/") && !file.ends_with("/mod.rs");
    let uses = Modules::of_src().uses();
    let between_rules = |used: &&Use| is_rule(&used.from) && is_rule(&used.to) && !are_one_room(&used.from, &used.to);
    let broken = uses.iter().filter(between_rules);
    let broken = broken.map(|used| format!("{}:{}: {} of {}", used.from, used.line, used.name, used.to)).collect();
    none(broken, "What several rules need is in checks/facts/");
}

#[test]
fn circles_are_found() {
    let graph = Graph::from([
        ("a", BTreeSet::from(["b"])),
        ("b", BTreeSet::from(["c", "d"])),
        ("c", BTreeSet::from(["a"])),
        ("d", BTreeSet::from(["e"])),
        ("e", BTreeSet::from(["f"])),
        ("f", BTreeSet::from(["e"])),
    ]);
    assert_eq!(circles(&graph), [vec!["a", "b", "c"], vec!["e", "f"]]);
}
