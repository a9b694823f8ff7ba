//! Reports that are easily mistaken for those that are read.

use crate::connect::documents::json;
use crate::connect::documents::xml::root_of;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[
    ForeignKind {
        id: "code-scanning-alerts",
        what: "This is a list of code scanning alerts, not of Dependabot alerts: ask for repos/OWNER/REPO/dependabot/alerts",
        sniff: |head| is_json(head, &["most_recent_instance", "rule"]),
    },
    ForeignKind {
        id: "secret-scanning-alerts",
        what: "This is a list of secret scanning alerts, not of Dependabot alerts: ask for \
               repos/OWNER/REPO/dependabot/alerts",
        sniff: |head| is_json(head, &["secret_type", "locations_url"]),
    },
    ForeignKind {
        id: "nvd-feed-1",
        what: "This is a feed of NVD in its old format 1.1: fetch it with the API 2.0",
        sniff: |head| is_json(head, &["CVE_Items"]) || is_json(head, &["CVE_data_meta"]),
    },
    ForeignKind {
        id: "qualys-web-applications",
        what: "This is a report on web applications (Qualys WAS), which patches do not mend: import the report on hosts",
        sniff: |head| {
            root_of(head.text()).is_some_and(|root| root.starts_with("WAS_") || root == "WEB_APPLICATION_REPORT")
        },
    },
    ForeignKind {
        id: "nessus-1",
        what: "This is a report of an old version of Nessus: export it as .nessus of version 2",
        sniff: |head| root_of(head.text()) == Some("NessusClientData"),
    },
    ForeignKind {
        id: "openscap-results",
        what: "These are results of OpenSCAP, which checks configurations and reports no patches",
        sniff: |head| {
            matches!(root_of(head.text()), Some("Benchmark" | "TestResult" | "asset-report-collection" | "arf"))
        },
    },
];

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
