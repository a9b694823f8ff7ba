//! Documents of systems that manage computers and changes.

use crate::connect::documents::json;
use crate::connect::documents::xml::root_of;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[
    ForeignKind {
        id: "jamf-policy",
        what: "This is a policy of Jamf: only its computers can be imported",
        sniff: |head| {
            matches!(root_of(head.text()), Some("policy" | "patch_policy"))
                || is_json(head, &["date_time_limitations"])
                || is_json(head, &["no_execute_on", "activation_date"])
        },
    },
    ForeignKind {
        id: "jamf-mobile-devices",
        what: "These are mobile devices of Jamf: only its computers can be imported",
        sniff: |head| is_json(head, &["wifi_mac_address", "udid"]) || is_json(head, &["mobile_devices"]),
    },
    ForeignKind {
        id: "jamf-configuration",
        what: "This is a configuration or profile of Jamf: only its computers can be imported",
        sniff: |head| {
            is_json(head, &["directory_bindings", "partitions"]) || is_json(head, &["payloads", "redeploy_on_update"])
        },
    },
    ForeignKind {
        id: "satellite-sync-plans",
        what: "This is a list of sync plans of Satellite: they fetch content and patch no hosts",
        sniff: |head| is_json(head, &["sync_date", "interval"]) || is_empty_page_of_plans(head.text()),
    },
    ForeignKind {
        id: "puppet-manifest",
        what: "This is a manifest of Puppet: schedules are written from the windows of a plan, not read",
        sniff: |head| head.is_text() && is_manifest(head.text()),
    },
    ForeignKind {
        id: "inspec-results",
        what: "These are results of Chef InSpec, which checks configurations and reports no patches",
        sniff: |head| {
            is_json(head, &["control_tags", "status"])
                || is_json(head, &["profiles", "controls", "statistics"])
                || is_json(head, &["code_desc", "batch_runtime"])
        },
    },
    ForeignKind {
        id: "servicenow-columns",
        what: "This is a list of the columns of ServiceNow: export the records themselves as CSV",
        sniff: |head| is_json(head, &["short_description"]) && !head.text().contains(':'),
    },
    ForeignKind {
        id: "circuit-maintenance",
        what: "This is what a parser made of a carrier's notice: import the notice (.ics or .eml)",
        sniff: |head| {
            is_json(head, &["maintenance_id", "circuits"]) || is_json(head, &["circuits", "circuit_id", "impact"])
        },
    },
];

/// Whether the answer to a search for plans has none.
fn is_empty_page_of_plans(text: &str) -> bool {
    json::begins_json(text) && json::has_keys(text, &["results", "subtotal"]) && text.contains("name=\\\"")
}

/// Whether the first line after the comments begins a resource of Puppet.
fn is_manifest(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    let is_resource = ["schedule", "class", "node", "exec", "package", "file", "service"]
        .iter()
        .any(|kind| first.strip_prefix(kind).is_some_and(|rest| rest.trim_start().starts_with(['{', '\'', '"'])));
    is_resource
        && first.contains('{')
        && (text.contains("=>") || first.starts_with("class") || first.starts_with("node"))
}

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
