//! Reads the tables of scan reports, of VMDR and of PCI scans. Titles can come after lines about the report.

use super::{CSV, Detection, PROGRAM, with_state};
use crate::connect::documents::days::written_day;
use crate::connect::documents::table::{Column, Header, Row, TableReader, says_no, says_yes};
use crate::connect::documents::titles::Titles;
use crate::connect::findings::{FindingRow, Findings, POTENTIAL, Score, ScoreVersion, severity_of_5, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, DATES, Head, ImportError, Imported, Input};
use crate::model::{FixState, ReportedSeverity};

const HOST: &[&str] =
    &["ip", "assetipv4", "ipaddress", "ipv4", "assetip", "hostip", "assetname", "dns", "dnsname", "assetid"];

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["qid", "vulnid"])
        && titles.has(&["severity"])
        && titles.has(&["title", "vulntitle", "vulnerability", "status", "vulnstatus"])
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, CSV.name, are_titles)?;
    let columns = Columns::new(&table);
    let has_potential = input.options.is_on(&POTENTIAL);
    let mut findings = Findings::new(CSV.id, PROGRAM, input);
    findings.order_days_by(input.options.day_order(&DATES));
    while let Some(row) = table.next()? {
        findings.add(&columns.row(&row, has_potential))?;
    }
    table.remarks().into_iter().for_each(|remark| findings.warn(None, remark));
    Ok(findings.finish(None))
}

struct Columns {
    qid: Column,
    title: Column,
    cve: Column,
    severity: Column,
    kind: Column,
    status: Column,
    ignored: [Column; 2],
    /// The address first, which tells hosts apart.
    hosts: [Column; 4],
    version_3: Column,
    version_2: Column,
    published: Column,
    patched: Column,
    patchable: Column,
    threats: Column,
}

impl Columns {
    fn new(table: &TableReader<'_>) -> Self {
        let column = |titles: &[&str]| table.column(titles);
        Self {
            qid: column(&["qid", "vulnid"]),
            title: column(&["title", "vulntitle", "vulnerability"]),
            cve: column(&["cveid", "cve", "cves", "cveids"]),
            severity: column(&["severity", "kbseverity", "severitylevel"]),
            kind: column(&["type", "typedetected", "vulntype"]),
            status: column(&["vulnstatus", "status"]),
            ignored: [column(&["ignored"]), column(&["disabled"])],
            hosts: [
                column(HOST),
                column(&["dns", "dnsname", "dnshostname", "fqdn"]),
                column(&["netbios", "netbiosname", "netbioshostname"]),
                column(&["assetname", "hostname"]),
            ],
            version_3: column(&[
                "cvss3base",
                "cvss31base",
                "cvssv31basenvd",
                "cvssv3basenvd",
                "cvssv3base",
                "cvss3",
                "cvss31",
            ]),
            version_2: column(&["cvssbase", "cvssv2basenvd", "cvss2base", "cvssv2base", "cvss", "cvss2"]),
            published: column(&["publisheddate", "published"]),
            patched: column(&["patchreleased"]),
            patchable: column(&["vulnpatchable", "patchable"]),
            threats: column(&["rti", "threatintelligence"]),
        }
    }

    fn row(&self, row: &Row<'_>, has_potential: bool) -> FindingRow {
        let qid = row.text(&self.qid);
        let hosts = self.hosts.iter().map(|column| first_of(row.text(column)));
        let hosts: Vec<String> = hosts.filter(|host| !host.is_empty()).collect();
        let score = |version, column| Score::parse(version, row.text(column));
        let is_ignored = self.ignored.iter().any(|column| says_yes(row.text(column)));
        let is_status = |word: &str| row.text(&self.status).eq_ignore_ascii_case(word);
        let is_ignored = is_ignored || is_status("ignored") || is_status("disabled");
        let threats: String = row.text(&self.threats).chars().filter(|c| c.is_alphanumeric()).collect();
        let threats = threats.to_ascii_lowercase();
        let found = FindingRow {
            cves: cves_in(row.text(&self.cve)),
            own_id: if qid.is_empty() { String::new() } else { format!("qualys:{qid}") },
            title: row.text(&self.title).to_owned(),
            hosts: if hosts.is_empty() { Vec::new() } else { vec![hosts] },
            score: score(ScoreVersion::V3, &self.version_3).or_else(|| score(ScoreVersion::V2, &self.version_2)),
            severity: severity(row.text(&self.severity)),
            is_exploited: threats.contains("activeattacks") || threats.contains("cisaknownexploited"),
            fix: self.fix(row),
            fixed_on: written_day(row.text(&self.patched)),
            published_on: written_day(row.text(&self.published)),
            left_out: is_ignored.then_some("ignored in Qualys"),
            ..FindingRow::default()
        };
        with_state(found, Detection::parse(row.text(&self.kind)), row.text(&self.status), has_potential)
    }

    fn fix(&self, row: &Row<'_>) -> FixState {
        match row.text(&self.patchable) {
            _ if written_day(row.text(&self.patched)).is_some() => FixState::Available { on: None },
            text if says_yes(text) => FixState::Available { on: None },
            text if says_no(text) => FixState::Missing,
            _ => FixState::Unknown,
        }
    }
}

/// A level from 1 to 5, or in PCI reports a word or its first letter.
fn severity(text: &str) -> Option<ReportedSeverity> {
    severity_of_5(text).or_else(|| severity_of_word(text)).or(match text {
        "C" => Some(ReportedSeverity::Critical),
        "H" => Some(ReportedSeverity::High),
        "M" => Some(ReportedSeverity::Medium),
        "L" => Some(ReportedSeverity::Low),
        _ => None,
    })
}

/// The first of several addresses.
fn first_of(text: &str) -> String {
    text.split([',', ';']).next().unwrap_or_default().trim().to_owned()
}
