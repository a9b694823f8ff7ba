//! Inventories as INI files.

use super::INI;
use super::groups::HostsAndGroups;
use super::patterns::hosts;
use crate::connect::inventory::Inventory;
use crate::import::{Confidence, Head, ImportError, Imported, Input, checked, words_on_one_line};

/// The group of hosts above the first section.
const UNGROUPED: &str = "ungrouped";

/// What the lines of a section are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Hosts,
    Children,
    Variables,
}

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    // JSON and YAML lists begin with brackets, too.
    if !head.is_text() || start.starts_with(['{', '<', '-']) {
        return Confidence::No;
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let sections: Vec<(String, Section)> = lines().filter_map(section).collect();
    let is_certain = sections.iter().any(|(_, kind)| *kind != Section::Hosts) || text.contains(" ansible_");
    let is_host = |line: &str| {
        let words = words(line);
        let mut words = words.iter();
        words.next().is_some_and(|host| is_host_pattern(host)) && words.all(|word| word.contains('='))
    };
    // The last line may be cut off.
    let mut others = lines().filter(|line| section(line).is_none());
    match (sections.is_empty(), is_certain) {
        (false, true) => Confidence::Certain,
        // Hosts without groups are known by Ansible's variables.
        (true, true) if others.all(is_host) => Confidence::Certain,
        (false, false) if others.all(is_host) => Confidence::Likely,
        _ => Confidence::No,
    }
}

fn is_host_pattern(word: &str) -> bool {
    !word.contains('=') && word.chars().all(|c| c.is_alphanumeric() || "._-:[]%".contains(c))
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let text = input.text()?;
    let text = checked(&text)?;
    let mut inventory = Inventory::new(INI.id, input)?;
    let mut found = HostsAndGroups::new(input);
    let (mut group, mut kind) = (UNGROUPED.to_owned(), Section::Hosts);
    for (index, line) in text.lines().enumerate() {
        input.source.check_cancelled()?;
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(next) = section(line) {
            (group, kind) = next;
            found.add_group(&group);
            continue;
        }
        let words = words(line);
        let Some(first) = words.first() else { continue };
        match kind {
            Section::Children => found.add_child(&group, first),
            Section::Variables => match line.split_once('=') {
                Some((name, value)) => found.set_of_group(&group, name.trim(), &unquoted(value)),
                None => inventory.warn(Some(index + 1), format!("Expected NAME=VALUE, found \"{}\"", clipped(line))),
            },
            Section::Hosts => match hosts(first) {
                Err(problem) => {
                    inventory.warn(Some(index + 1), format!("Left out: {problem}"));
                    inventory.leave_out("a pattern of hosts that is not understood", 1);
                }
                Ok(names) => {
                    for name in &names {
                        found.add_host(name)?;
                        found.put_into(&group, name);
                        let pairs = words[1..].iter().filter_map(|word| word.split_once('='));
                        pairs.for_each(|(variable, value)| found.set_of_host(name, variable, value));
                    }
                }
            },
        }
    }
    found.finish(inventory, None, input)
}

/// The group of "[web]", "[web:children]" or "[web:vars]", and what its lines are.
fn section(line: &str) -> Option<(String, Section)> {
    let line = line.trim();
    let (name, after) = line.strip_prefix('[')?.split_once(']')?;
    let after = after.trim_start();
    if !after.is_empty() && !after.starts_with(['#', ';']) {
        return None;
    }
    let (name, kind) = match name.rsplit_once(':') {
        Some((name, "children")) => (name, Section::Children),
        Some((name, "vars")) => (name, Section::Variables),
        // A host like "[2001:db8::1]".
        Some(_) => return None,
        None => (name, Section::Hosts),
    };
    let name = name.trim();
    (!name.is_empty()).then(|| (name.to_owned(), kind))
}

/// The words of a line: blanks in quotes separate nothing, and a word that begins with "#" ends the line.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut is_word) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => (quote, is_word) = (Some(c), true),
            (None, '#') if !is_word => break,
            (None, _) if c.is_whitespace() => {
                if is_word {
                    words.push(std::mem::take(&mut word));
                }
                is_word = false;
            }
            _ => {
                word.push(c);
                is_word = true;
            }
        }
    }
    if is_word {
        words.push(word);
    }
    words
}

/// A value without quotes around it.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    quoted.unwrap_or(value).to_owned()
}

/// The beginning of a line, for a message.
fn clipped(line: &str) -> String {
    words_on_one_line(line).chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_as_a_shell_does() {
        assert_eq!(words("db01  a=1 b='x y' c=\"#1\" # note"), ["db01", "a=1", "b=x y", "c=#1"]);
        assert_eq!(words("a#b"), ["a#b"]);
        assert_eq!((unquoted(" 'x' "), unquoted("\"y"), unquoted("z")), ("x".into(), "\"y".into(), "z".into()));
    }

    #[test]
    fn sections_are_told_from_hosts() {
        let name = |line: &str| section(line).map(|(name, _)| name);
        assert_eq!(
            ["[web]", "[web:children] # x", "[2001:db8::1]", "[]", "web"].map(name),
            [Some("web".to_owned()), Some("web".to_owned()), None, None, None,]
        );
    }

    #[test]
    fn inventories_are_told_from_other_files() {
        let judge = |text: &str| sniff(&Head::new(text.as_bytes()));
        assert_eq!(judge("web1\n[db]\ndb[1:3] port=5\n"), Confidence::Likely);
        assert_eq!(judge("[db:children]\nx\n"), Confidence::Certain);
        for other in ["[global]\nworkgroup = HOME\n", "name,hosts\nA,1\n", "{\"a\": [1]}", "web1\nweb2\n"] {
            assert_eq!(judge(other), Confidence::No, "{other}");
        }
    }
}
