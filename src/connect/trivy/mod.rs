//! Trivy: reports of vulnerabilities in images, file systems and clusters (<https://trivy.dev/docs/latest/configuration/reporting/>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "trivy",
    name: "Trivy",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction { what: "An image", how: "trivy image -f json -o report.json IMAGE" },
        Instruction { what: "A cluster", how: "trivy k8s --report all -f json -o report.json" },
    ],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "trivy",
    topic: Topic::Advisories,
    name: "a report of Trivy (JSON)",
    help: "One advisory for each vulnerability; the image or resource is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
