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
        id: "csaf",
        what: "This is an advisory of a vendor (CSAF), which does not say whom it affects: import the report of a scanner",
        sniff: |head| is_json(head, &["csaf_version", "tracking"]),
    },
    ForeignKind {
        id: "openvex",
        what: "This is a statement on what is affected (OpenVEX): give it to the scanner, and import its report",
        sniff: |head| is_json(head, &["@context", "statements"]),
    },
    ForeignKind {
        id: "cyclonedx",
        what: "This is a list of components (CycloneDX): scan it with trivy sbom or grype sbom:, and import the report",
        sniff: |head| {
            is_json(head, &["bomFormat"])
                || root_of(head.text()) == Some("bom") && head.text().contains("cyclonedx.org/schema")
        },
    },
    ForeignKind {
        id: "spdx",
        what: "This is a list of components (SPDX): scan it with trivy sbom or grype sbom:, and import the report",
        sniff: |head| is_json(head, &["spdxVersion"]) || head.text().starts_with("SPDXVersion:"),
    },
    ForeignKind {
        id: "github-snapshot",
        what: "This is a list of components for GitHub (dependency snapshot): scan them, and import the report",
        sniff: |head| is_json(head, &["manifests", "detector", "resolved"]),
    },
    ForeignKind {
        id: "gitlab-report",
        what: "This is a report in the form of GitLab: import what the scanner writes itself (JSON)",
        sniff: |head| {
            is_json(head, &["scan", "analyzer", "vulnerabilities"]) || is_json(head, &["check_name", "fingerprint"])
        },
    },
    ForeignKind {
        id: "grype-database",
        what: "These are records of Grype's database, which do not say whom they affect: import the report of a scanner",
        sniff: |head| {
            is_json(head, &["Vulnerability", "FixedIn"])
                || is_json(head, &["justification", "constraints"])
                || is_json(head, &["isEol", "identifiers"])
        },
    },
    ForeignKind {
        id: "guardduty-findings",
        what: "These are events that GuardDuty noticed, which patches do not mend: import aws inspector2 list-findings",
        sniff: |head| is_json(head, &["Findings", "DetectorId", "ResourceRole"]),
    },
    ForeignKind {
        id: "inspector-classic",
        what: "These are findings of the old AWS Inspector: import aws inspector2 list-findings",
        sniff: |head| is_json(head, &["assetAttributes", "serviceAttributes"]),
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
