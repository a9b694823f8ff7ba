//! What a play says about its hosts: which, how many at a time, how many may fail.

use super::waits::same_name;
use crate::connect::documents::yaml::Node;
use crate::model::{Batch, BatchSize, GroupId, Plan};

/// How many hosts at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Serial {
    Missing,
    Is(Batch),
    /// A template, or a value that means nothing.
    Unknown,
}

/// The `serial` of a play.
pub fn serial(play: &Node) -> Serial {
    let Some(node) = play.get("serial") else { return Serial::Missing };
    let size = |node: &Node| node.text().and_then(|text| text.parse::<BatchSize>().ok());
    if node.is_list() {
        let sizes: Option<Vec<BatchSize>> = node.list().iter().map(size).collect();
        return sizes.filter(|sizes| !sizes.is_empty()).map_or(Serial::Unknown, |sizes| Serial::Is(Batch::List(sizes)));
    }
    match size(node) {
        Some(BatchSize::Hosts(hosts)) => Serial::Is(Batch::Hosts(hosts)),
        Some(BatchSize::Share(percent)) => Serial::Is(Batch::Share(percent)),
        None => Serial::Unknown,
    }
}

/// `max_fail_percentage`, rounded down.
pub fn max_fail_percent(play: &Node) -> Option<(usize, u8)> {
    let node = play.get("max_fail_percentage")?;
    let percent: f64 = node.text()?.trim().trim_end_matches('%').trim().parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some((node.line, percent as u8))
}

/// The groups of the plan that a play's hosts name: "web:db:!old".
pub fn groups(play: &Node, plan: &Plan) -> Vec<GroupId> {
    let hosts = play.get("hosts");
    let single = hosts.and_then(Node::text);
    let all = hosts.into_iter().flat_map(Node::list).filter_map(Node::text).chain(single);
    let names: Vec<&str> = all
        .flat_map(|text| text.split([':', ',']))
        .map(|name| name.trim().trim_start_matches('&'))
        .filter(|name| !name.is_empty() && !name.starts_with('!'))
        .collect();
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let is_named = |name: &str, id: &str| names.iter().any(|each| same_name(each, name) || same_name(each, id));
    groups.filter(|group| is_named(&group.name, group.id.as_str())).map(|group| group.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::documents::yaml;

    fn play(text: &str) -> Node {
        yaml::read(text).unwrap().remove(0)
    }

    #[test]
    fn serial_is_read_in_all_its_forms() {
        for (text, expected) in [
            ("hosts: a", Serial::Missing),
            ("serial: 2", Serial::Is(Batch::Hosts(2))),
            ("serial: \"30%\"", Serial::Is(Batch::Share(30))),
            ("serial: [1, \"20%\"]", Serial::Is(Batch::List(vec![BatchSize::Hosts(1), BatchSize::Share(20)]))),
            ("serial: \"{{ batch }}\"", Serial::Unknown),
            ("serial: 0", Serial::Unknown),
        ] {
            assert_eq!(serial(&play(text)), expected, "{text}");
        }
        assert_eq!(max_fail_percent(&play("hosts: a\nmax_fail_percentage: 10")), Some((2, 10)));
    }
}
