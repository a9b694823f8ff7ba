//! Pages of the docs, read as a reader reads them: their blocks of code and their links.

use std::fs;
use std::path::{Path, PathBuf};

/// A block of code between two fences.
pub struct Block {
    /// What follows the opening fence: "sh", "text", "sh exit-1".
    pub info: String,
    pub text: String,
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// Whether nothing but empty lines is between this block and the one before.
    pub follows: bool,
}

/// The blocks of code of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    let mut follows = false;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), is_open) {
            (Some(info), false) => {
                blocks.push(Block { info: info.to_owned(), text: String::new(), line: number + 1, follows });
                is_open = true;
            }
            (Some(_), true) => (is_open, follows) = (false, true),
            (None, true) => blocks.last_mut().unwrap().text.extend([line, "\n"]),
            (None, false) => follows &= line.trim().is_empty(),
        }
    }
    blocks
}

/// The texts of the blocks whose fence says exactly that.
pub fn code(page: &str, info: &str) -> Vec<String> {
    blocks(page).into_iter().filter(|block| block.info == info).map(|block| block.text).collect()
}

/// The pages in a folder of the project, in order of their names, and what is in them.
pub fn in_folder(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The targets of the links and pictures of a page that are not addresses.
pub fn links(page: &str) -> Vec<String> {
    let mut is_code = false;
    let text: Vec<&str> = page
        .lines()
        .filter(|line| {
            let is_fence = line.starts_with("```");
            is_code ^= is_fence;
            !is_code && !is_fence
        })
        .collect();
    let text = text.join("\n");
    let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    targets.filter(|target| !target.contains("://") && !target.contains(char::is_whitespace)).collect()
}

/// Whether a page has a heading with that anchor, as GitHub and mdBook make them.
pub fn has_anchor(page: &str, anchor: &str) -> bool {
    let headings = page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let slug = |heading: &str| {
        let letters = heading.to_lowercase();
        let letters = letters.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        letters.map(|c| if c == ' ' { '-' } else { c }).collect::<String>()
    };
    headings.map(slug).any(|slug| slug == anchor)
}
