//! Tasks of a playbook, at any depth of blocks.

use crate::connect::documents::yaml::Node;
use crate::model::Minutes;

/// Blocks in blocks are looked at to this depth.
const DEEPEST: usize = 20;
const REBOOTS: [&str; 4] = ["reboot", "ansible.builtin.reboot", "win_reboot", "ansible.windows.win_reboot"];
const INSTALLS: [&str; 9] =
    ["package", "apt", "yum", "dnf", "dnf5", "zypper", "win_updates", "unattended_upgrade", "pacman"];

/// A task that was found.
pub struct Task<'a> {
    pub node: &'a Node,
    pub name: &'a str,
}

/// The tasks of these lists, and of the blocks in them.
pub fn tasks_in<'a>(play: &'a Node, keys: &[&str]) -> Vec<Task<'a>> {
    let mut found = Vec::new();
    for list in keys.iter().filter_map(|key| play.get(key)) {
        add(list, &mut found, 0);
    }
    found
}

fn add<'a>(list: &'a Node, found: &mut Vec<Task<'a>>, depth: usize) {
    for node in list.list().iter().filter(|node| node.is_map()) {
        let mut is_block = false;
        for block in ["block", "rescue", "always"].iter().filter_map(|key| node.get(key)) {
            is_block = true;
            if depth < DEEPEST {
                add(block, found, depth + 1);
            }
        }
        if !is_block {
            found.push(Task { node, name: node.get("name").and_then(Node::text).unwrap_or("a task without a name") });
        }
    }
}

impl<'a> Task<'a> {
    /// The arguments of the module, if it reboots.
    pub fn reboot(&self) -> Option<&'a Node> {
        REBOOTS.iter().find_map(|module| self.node.get(module))
    }

    /// The arguments of the module, if it installs packages.
    pub fn install(&self) -> Option<&'a Node> {
        self.node.pairs().find_map(|(key, value)| {
            let module = key.text()?;
            INSTALLS.contains(&module.rsplit('.').next().unwrap_or(module)).then_some(value)
        })
    }

    /// How long it may take: the `timeout` of the task, or `async`. Rounded up.
    pub fn limit(&self) -> Option<(&'a Node, Minutes)> {
        ["timeout", "async"].iter().find_map(|key| {
            let node = self.node.get(key)?;
            Some((node, seconds(node)?))
        })
    }

    /// The names of the handlers that it notifies.
    pub fn notifies(&self) -> impl Iterator<Item = &'a str> {
        let notify = self.node.get("notify");
        let single = notify.and_then(Node::text);
        notify.into_iter().flat_map(Node::list).filter_map(Node::text).chain(single)
    }

    pub fn ignores_errors(&self) -> Option<&'a Node> {
        self.node.get("ignore_errors").filter(|node| is_yes(node))
    }
}

/// A number of seconds as minutes, rounded up. None for templates.
pub fn seconds(node: &Node) -> Option<Minutes> {
    let seconds: u32 = node.text()?.trim().parse().ok()?;
    Some(Minutes(seconds.div_ceil(60)))
}

/// "yes", "true", "on"
pub fn is_yes(node: &Node) -> bool {
    node.text().is_some_and(|text| matches!(text.to_lowercase().as_str(), "yes" | "true" | "on" | "y" | "1"))
}
