//! The options of all inventories.

use crate::import::{OptionSpec, REMOVE_GONE, ValueKind};

/// Makes groups of a ladder of the groups of the inventory.
pub const LADDER: OptionSpec = OptionSpec {
    id: "ladder",
    name: "Ladder",
    help: "Put the systems into groups of this ladder, which have the names of the inventory's groups; it is added if the \
           plan does not have it",
    value: ValueKind::Words,
    default_text: "groups are not imported",
    is_fallback: false,
};

/// The release calendar that the ladder follows.
pub const RELEASE: OptionSpec = OptionSpec {
    id: "release",
    name: "Release calendar",
    help: "The ladder follows this release calendar (id or name), such as microsoft",
    value: ValueKind::Release,
    default_text: "none for a new ladder",
    is_fallback: false,
};

/// The groups of the inventory that count.
pub const GROUPS: OptionSpec = OptionSpec {
    id: "groups",
    name: "Groups",
    help: "Only these groups of the inventory become groups of the ladder, separated by commas; a system in several of \
           them is put into the first",
    value: ValueKind::Words,
    default_text: "all groups",
    is_fallback: false,
};

/// Lets systems remember the names of their hosts.
pub const HOST_NAMES: OptionSpec = OptionSpec {
    id: "host-names",
    name: "Host names",
    help: "Let the systems remember the names and addresses of their hosts, so that reports of scanners find them",
    value: ValueKind::Switch,
    default_text: "only the name of the system",
    is_fallback: false,
};

/// The variable, column or tag that says how critical a host is.
pub const CRITICALITY: OptionSpec = OptionSpec {
    id: "criticality",
    name: "Criticality",
    help: "Variable or tag of the hosts that says how critical they are: high, medium, low, or 1 to 4 with 1 the highest",
    value: ValueKind::Words,
    default_text: "the inventory does not say it",
    is_fallback: false,
};

/// For inventories whose fields are known.
pub const OPTIONS: &[OptionSpec] = &[LADDER, RELEASE, GROUPS, HOST_NAMES, REMOVE_GONE];

/// For inventories whose hosts have variables or tags.
pub const OPTIONS_WITH_VARIABLES: &[OptionSpec] = &[LADDER, RELEASE, GROUPS, HOST_NAMES, CRITICALITY, REMOVE_GONE];
