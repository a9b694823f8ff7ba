//! The systems around a plan: what comes in from each of them, and what goes out to them.
//!
//! A system is a folder with its readers, its writers and their limits, and a row in [`SYSTEMS`]. Nothing here uses the network:
//! an administrator fetches the files and applies what is written, and the rows say with which commands.

mod alertmanager;
mod ansible;
mod azure;
mod chef;
mod clair;
mod configmgr;
mod dependabot;
mod documents;
mod ec2;
mod empty_lists;
mod empty_report;
mod epss;
mod findings;
mod foreign;
mod gcp;
mod grafana;
mod grype;
mod inspector;
mod inventory;
mod jamf;
pub mod lint;
mod maintnote;
mod msrc;
mod nessus;
mod nvd;
mod order;
mod osv;
mod pagerduty;
mod prowler;
mod puppet;
mod qualys;
mod rapid7;
mod results;
mod sarif;
mod satellite;
mod scanned_hosts;
mod scoutsuite;
mod servicenow;
mod snyk;
mod ssm;
mod statuspage;
mod system;
mod trivy;
mod uptime_kuma;
mod uyuni;
mod windows;
pub mod writing;
mod wsus;
mod zabbix;

pub use findings::HostIndex;
pub use order::SystemOrder;
pub use system::{ConnectedSystem, Instruction};

use std::sync::LazyLock;

use crate::import::{Catalogue, ImportError, ImportKind, Imported, OWN_KINDS, Options, Source, Target, Topic};

/// The connected systems, sorted by id.
pub static SYSTEMS: &[&ConnectedSystem] = &[
    &alertmanager::SYSTEM,
    &ansible::SYSTEM,
    &azure::SYSTEM,
    &chef::SYSTEM,
    &clair::SYSTEM,
    &configmgr::SYSTEM,
    &dependabot::SYSTEM,
    &ec2::SYSTEM,
    &epss::SYSTEM,
    &gcp::SYSTEM,
    &grafana::SYSTEM,
    &grype::SYSTEM,
    &inspector::SYSTEM,
    &jamf::SYSTEM,
    &maintnote::SYSTEM,
    &msrc::SYSTEM,
    &nessus::SYSTEM,
    &nvd::SYSTEM,
    &osv::SYSTEM,
    &pagerduty::SYSTEM,
    &prowler::SYSTEM,
    &puppet::SYSTEM,
    &qualys::SYSTEM,
    &rapid7::SYSTEM,
    &sarif::SYSTEM,
    &satellite::SYSTEM,
    &scoutsuite::SYSTEM,
    &servicenow::SYSTEM,
    &snyk::SYSTEM,
    &ssm::SYSTEM,
    &statuspage::SYSTEM,
    &trivy::SYSTEM,
    &uptime_kuma::SYSTEM,
    &uyuni::SYSTEM,
    &wsus::SYSTEM,
    &zabbix::SYSTEM,
];

/// Everything that can be imported: the program's own kinds, then those of the connected systems.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let connected = SYSTEMS.iter().flat_map(|system| system.reads.iter());
        let foreign = SYSTEMS.iter().flat_map(|system| system.foreign.iter()).chain(foreign::foreign_kinds());
        let common = [&empty_report::KIND, &results::TABLE];
        Catalogue::new(OWN_KINDS, connected.copied().chain(common), foreign.collect()).with_second_readings(vec![
            &scanned_hosts::KIND,
            &empty_lists::WINDOWS,
            &empty_lists::SYSTEMS,
        ])
    });
    &CATALOGUE
}

/// What a system brings: what it reads and, of a scanner, the hosts in the same files.
pub fn kinds_of(system: &ConnectedSystem) -> impl Iterator<Item = &'static ImportKind> {
    let hosts = scanned_hosts::is_scanner(system).then_some(&scanned_hosts::KIND);
    system.reads.iter().copied().chain(hosts)
}

/// The kinds of files in which nothing is: a report without findings, which every scanner may write, and empty lists.
pub fn empty_kinds() -> [&'static ImportKind; 3] {
    [&empty_report::KIND, &empty_lists::WINDOWS, &empty_lists::SYSTEMS]
}

/// See [`Catalogue::kinds_of_topic`].
pub fn kinds_of_topic(topic: Topic) -> impl Iterator<Item = &'static ImportKind> + Clone {
    catalogue().kinds_of_topic(topic)
}

/// See [`Catalogue::recognise`].
///
/// # Errors
/// No kind recognises the source, or it cannot be read.
pub fn recognise(source: &Source<'_>, topic: Option<Topic>) -> Result<Vec<&'static ImportKind>, ImportError> {
    catalogue().recognise(source, topic)
}

/// See [`Catalogue::read`].
///
/// # Errors
/// The source cannot be read, is not of that kind, or the import was cancelled.
pub fn read(
    source: &Source<'_>,
    kind: &'static ImportKind,
    options: &Options,
    target: &Target,
) -> Result<Imported, ImportError> {
    catalogue().read(source, kind, options, target)
}

/// The connected system of that id.
pub fn find_system(id: &str) -> Option<&'static ConnectedSystem> {
    SYSTEMS.iter().copied().find(|system| system.id == id)
}

/// All forms in which files are written for other systems, by system.
pub fn writers() -> impl Iterator<Item = &'static writing::Writer> {
    SYSTEMS.iter().flat_map(|system| system.writes.iter().copied())
}

/// What the expressibility meter compares: each system once, or once for each group of its forms that has its own limits.
pub fn targets() -> impl Iterator<Item = SystemOrder> {
    SYSTEMS.iter().copied().flat_map(|system| {
        let own = |writer: &&&'static writing::Writer| {
            let first = system.writes.iter().find(|other| std::ptr::eq(other.abilities, writer.abilities));
            first.is_some_and(|first| first == *writer)
        };
        system.writes.iter().filter(own).map(|writer| SystemOrder { system, writer }).collect::<Vec<_>>()
    })
}
