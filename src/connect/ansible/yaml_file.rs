//! Inventories as YAML files.

use super::YAML;
use super::groups::HostsAndGroups;
use super::patterns::hosts;
use crate::connect::documents::yaml::{self, Node};
use crate::connect::inventory::Inventory;
use crate::import::{Confidence, Head, ImportError, Imported, Input, checked};

/// Groups in groups are nested at most this deep.
const DEEPEST: usize = 50;

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    if !head.is_text() || !has_hosts(text) {
        return Confidence::No;
    }
    if text.lines().any(|line| line.trim_end() == "all:") { Confidence::Certain } else { Confidence::Likely }
}

/// Whether a text is a map with hosts or children somewhere in it, and no list, as playbooks are.
pub(super) fn has_hosts(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let is_key = |line: &str| matches!(line.trim(), "hosts:" | "children:") && line.starts_with([' ', '\t']);
    let top = |line: &&str| {
        !line.trim().is_empty()
            && !line.starts_with([' ', '\t', '#', '%'])
            && line.trim_end() != "---"
            && line.trim_end() != "..."
    };
    let mut tops = text.lines().filter(top).peekable();
    tops.peek().is_some()
        && tops.all(|line| !line.starts_with(['-', '[', '{', '<']) && line.contains(':'))
        && text.lines().any(is_key)
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let text = input.text()?;
    let documents = yaml::read(checked(&text)?)
        .map_err(|error| ImportError::BrokenDocument { name: YAML.name, problem: error.to_string() })?;
    let mut reader = Reader { found: HostsAndGroups::new(input), inventory: Inventory::new(YAML.id, input)?, input };
    for document in &documents {
        if !document.is_map() && document.text().is_some() {
            let problem = format!("expected groups with hosts (line {})", document.line);
            return Err(ImportError::BrokenDocument { name: YAML.name, problem });
        }
        for (name, group) in document.pairs() {
            reader.group(name, group, 0)?;
        }
    }
    reader.found.finish(reader.inventory, None, input)
}

struct Reader<'a> {
    found: HostsAndGroups,
    inventory: Inventory<'a>,
    input: &'a Input<'a>,
}

impl Reader<'_> {
    fn group(&mut self, name: &Node, group: &Node, depth: usize) -> Result<(), ImportError> {
        self.input.source.check_cancelled()?;
        let Some(name) = name.text() else { return Ok(()) };
        self.found.add_group(name);
        if depth > DEEPEST {
            let problem = format!("groups are nested more than {DEEPEST} levels deep (line {})", group.line);
            return Err(ImportError::BrokenDocument { name: YAML.name, problem });
        }
        for (key, value) in group.pairs() {
            match key.text() {
                Some("hosts") => self.hosts(name, value)?,
                Some("children") => {
                    for (child, group) in value.pairs() {
                        if let Some(child) = child.text() {
                            self.found.add_child(name, child);
                        }
                        self.group(child, group, depth + 1)?;
                    }
                }
                Some("vars") => {
                    for (variable, value) in value.pairs().filter_map(|(key, value)| Some((key.text()?, value.text()?)))
                    {
                        self.found.set_of_group(name, variable, value);
                    }
                }
                other => {
                    let key = other.unwrap_or_default();
                    self.inventory
                        .warn(Some(value.line), format!("Unknown key \"{key}\" in group \"{name}\": ignored"));
                }
            }
        }
        Ok(())
    }

    /// A map from hosts to their variables. A list or a single name is invalid in an inventory, but its hosts are clear.
    fn hosts(&mut self, group: &str, value: &Node) -> Result<(), ImportError> {
        let named = value.list().iter().chain(Some(value).filter(|value| value.text().is_some()));
        let hosts: Vec<(&Node, Option<&Node>)> = value
            .pairs()
            .map(|(host, variables)| (host, Some(variables)))
            .chain(named.map(|host| (host, None)))
            .collect();
        for (host, variables) in hosts {
            let Some(pattern) = host.text() else { continue };
            match hosts_of(pattern) {
                Ok(names) => {
                    for name in &names {
                        self.found.add_host(name)?;
                        self.found.put_into(group, name);
                        let pairs = variables.into_iter().flat_map(Node::pairs);
                        for (variable, value) in pairs.filter_map(|(key, value)| Some((key.text()?, value.text()?))) {
                            self.found.set_of_host(name, variable, value);
                        }
                    }
                }
                Err(problem) => {
                    self.inventory.warn(Some(host.line), format!("Left out: {problem}"));
                    self.inventory.leave_out("a pattern of hosts that is not understood", 1);
                }
            }
        }
        Ok(())
    }
}

fn hosts_of(pattern: &str) -> Result<Vec<String>, String> {
    hosts(pattern.trim())
}
