//! Dependabot: GitHub's alerts about vulnerable packages (<https://docs.github.com/en/rest/dependabot/alerts>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "dependabot",
    name: "Dependabot",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction {
        what: "A repository",
        how: "gh api --paginate repos/OWNER/REPO/dependabot/alerts > alerts.json",
    }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "dependabot",
    topic: Topic::Advisories,
    name: "Dependabot alerts (JSON)",
    help: "One advisory for each CVE, or for each GHSA id without one; the repository is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
