//! Files of systems that watch others: settings of alerts, and their pauses.

use crate::connect::documents::json;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[
    ForeignKind {
        id: "alertmanager-configuration",
        what: "This is a configuration of Alertmanager: it has no systems, windows or findings",
        sniff: |head| has_keys(head, &["route", "receivers"]) || has_keys(head, &["time_intervals"]),
    },
    ForeignKind {
        id: "alertmanager-silences",
        what: "This is a list of silences of Alertmanager: silences are written from the windows of a plan, not read",
        sniff: |head| is_json(head, &["matchers", "startsAt", "endsAt"]),
    },
    ForeignKind {
        id: "grafana-mute-timings",
        what: "These are mute timings of Grafana: they are written from the windows of a plan, not read",
        sniff: |head| {
            has_keys(head, &["muteTimes"])
                || head.text().contains("\"grafana_mute_timing\"")
                || is_json(head, &["muteTimes"])
        },
    },
    ForeignKind {
        id: "grafana-provisioning",
        what: "These are settings of alerts in Grafana: they have no systems, windows or findings",
        sniff: |head| {
            const KEYS: [&str; 5] = ["policies", "contactPoints", "groups", "templates", "resetPolicies"];
            // Templates of Azure have versions that are dates.
            let is_first = head.text().contains("\"apiVersion\": 1");
            KEYS.iter().any(|key| has_keys(head, &["apiVersion", key]) || is_first && is_json(head, &[key]))
        },
    },
    ForeignKind {
        id: "zabbix-maintenance",
        what: "This is a list of maintenance periods of Zabbix: they are written from the windows of a plan, not read",
        sniff: |head| {
            is_json(head, &["maintenanceid", "active_since"]) || is_json(head, &["timeperiods", "active_till"])
        },
    },
];

/// Whether it is a YAML document with all of these keys at its top.
fn has_keys(head: &Head, keys: &[&str]) -> bool {
    let has = |key: &str| {
        head.text().lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_end().starts_with(':')))
    };
    head.is_text() && keys.iter().all(|key| has(key))
}

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
