//! Configurations and records of programs around a plan that are easily taken for their systems, windows or findings.

use crate::connect::documents::json;
use crate::connect::documents::xml::root_of;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[
    ForeignKind {
        id: "ansible-playbook",
        what: "This is a playbook of Ansible: import an inventory, or check the playbook with lint playbook",
        sniff: |head| is_list_with(head, &["hosts", "tasks"]) || is_list_with(head, &["hosts", "roles"]),
    },
    ForeignKind {
        id: "prometheus-rules",
        what: "These are rules of Prometheus: they have no systems, windows or findings",
        sniff: |head| has_top_keys(head, &["groups"]) && has_inner_key(head, &["alert", "record"]),
    },
    ForeignKind {
        id: "kubernetes-manifest",
        what: "This is a manifest of Kubernetes: it has no systems, windows or findings",
        sniff: |head| has_top_keys(head, &["apiVersion", "kind"]) && !head.text().contains("cnrm.cloud.google.com"),
    },
    ForeignKind {
        id: "grafana-mute-timings",
        what: "These are mute timings of Grafana: they are written from the windows of a plan, not read",
        sniff: |head| {
            has_top_keys(head, &["deleteMuteTimes"]) || is_json(head, &["name", "time_intervals", "provenance"])
        },
    },
    ForeignKind {
        id: "grafana-provisioning",
        what: "These are settings of alerts in Grafana: they have no systems, windows or findings",
        sniff: |head| head.text().contains("\"grafana_notification_policy\""),
    },
    ForeignKind {
        id: "zabbix-export",
        what: "This is an export of Zabbix (templates, hosts and their items), which is not read",
        sniff: |head| {
            has_top_keys(head, &["zabbix_export"])
                || root_of(head.text()) == Some("zabbix_export")
                || is_json(head, &["zabbix_export"])
        },
    },
    ForeignKind {
        id: "gcp-patch-jobs",
        what: "These are patch jobs of Google Cloud that have run: import its patch deployments as windows",
        sniff: |head| is_json(head, &["instanceDetailsSummary"]) && head.text().contains("/patchJobs/"),
    },
    ForeignKind {
        id: "chef-object",
        what: "This is an environment, a role or a data bag of Chef: it has no systems, windows or findings",
        sniff: |head| {
            let is_object = |kind: &str| head.text().contains(&format!("\"Chef::{kind}\""));
            is_json(head, &["json_class"]) && ["Environment", "Role", "DataBagItem"].into_iter().any(is_object)
        },
    },
    ForeignKind {
        id: "inspector-classic",
        what: "These are findings of Inspector Classic, which has ended: import the findings of Inspector 2",
        sniff: |head| is_json(head, &["assetAttributes", "indicatorOfCompromise"]),
    },
    ForeignKind {
        id: "cve-record",
        what: "This is a record of a CVE (CVE JSON 5), which does not say whom it affects: import the report of a scanner",
        sniff: |head| is_json(head, &["dataType", "cveMetadata"]),
    },
    ForeignKind {
        id: "npm-audit",
        what: "This is a report of npm audit: scan the project with Trivy, Grype or OSV-Scanner, and import that report",
        sniff: |head| {
            is_json(head, &["auditReportVersion", "vulnerabilities"])
                || is_json(head, &["muted", "advisories", "actions"])
        },
    },
    ForeignKind {
        id: "ssm-records",
        what: "These are commands, patches or inventory entries of Systems Manager: import its maintenance windows, or the \
               instances with describe-instance-information",
        sniff: |head| {
            is_json(head, &["EffectivePatches"])
                || is_json(head, &["Commands", "CommandId"])
                || is_json(head, &["Entries", "TypeName", "SchemaVersion"])
        },
    },
    ForeignKind {
        id: "jamf-object",
        what: "This is an object of Jamf's Classic API in XML: export a list of computers as CSV, or ask for JSON",
        sniff: |head| {
            const ROOTS: [&str; 7] = [
                "computer",
                "computers",
                "computer_group",
                "computer_groups",
                "script",
                "scripts",
                "os_x_configuration_profile",
            ];
            root_of(head.text()).is_some_and(|root| ROOTS.contains(&root))
        },
    },
];

/// Whether it is a YAML document with all of these keys at its top.
fn has_top_keys(head: &Head, keys: &[&str]) -> bool {
    let has = |key: &str| {
        let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_end().starts_with(':'));
        head.text().lines().any(is_key)
    };
    head.is_text() && !json::begins_json(head.text()) && keys.iter().all(|key| has(key))
}

/// Whether a YAML document has an element that begins with one of these keys.
fn has_inner_key(head: &Head, keys: &[&str]) -> bool {
    let is_key = |line: &str| {
        let element = line.trim_start().strip_prefix("- ").and_then(|element| element.split_once(':'));
        element.is_some_and(|(key, _)| keys.contains(&key.trim()))
    };
    head.text().lines().any(is_key)
}

/// Whether it is a YAML document that is a list at its top, and an element of it has all of these keys.
fn is_list_with(head: &Head, keys: &[&str]) -> bool {
    let lines = || head.text().lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let is_list = lines().find(|line| !line.starts_with("---")).is_some_and(|line| line.starts_with("- "));
    // The keys of an element are two columns in, the first behind its dash.
    let has = |key: &str| {
        let is_key = |line: &str| {
            let own = line.strip_prefix("- ").or_else(|| line.strip_prefix("  "));
            own.and_then(|own| own.strip_prefix(key)).is_some_and(|rest| rest.trim_end().starts_with(':'))
        };
        lines().any(is_key)
    };
    head.is_text() && is_list && keys.iter().all(|key| has(key))
}

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
