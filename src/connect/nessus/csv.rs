//! Reads tables of Nessus, Tenable Security Center and Tenable Vulnerability Management. Each has its own columns, and
//! templates change them: they are found by their titles.

use super::{CSV, INFORMATION, PROGRAM};
use crate::connect::documents::days::{day, written_day};
use crate::connect::documents::table::{Column, Header, Row, TableReader, says_yes};
use crate::connect::documents::titles::Titles;
use crate::connect::findings::{
    FindingRow, Findings, Score, ScoreVersion, epss_per_100_000, severity_of_4, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, DATES, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PLUGIN: &[&str] = &["pluginid", "plugin", "definitionid"];
const HOST: &[&str] = &[
    "host",
    "ipaddress",
    "assetname",
    "hostname",
    "assethostname",
    "assetdisplayipv4address",
    "dnsname",
    "ip",
    "assetipv4addresses",
];
const RISK: &[&str] = &["risk", "severity", "riskfactor"];

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

/// Every dialect has a plugin, its severity and what it was found on. A table of plugins alone has no host.
fn are_titles(titles: &Titles) -> bool {
    titles.has(PLUGIN) && titles.has(RISK) && titles.has(HOST)
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, CSV.name, are_titles)?;
    let columns = Columns::new(&table);
    let mut findings = Findings::new(CSV.id, PROGRAM, input);
    findings.order_days_by(input.options.day_order(&DATES));
    while let Some(row) = table.next()? {
        findings.add(&columns.row(&row))?;
    }
    table.remarks().into_iter().for_each(|remark| findings.warn(None, remark));
    Ok(findings.finish(None))
}

struct Columns {
    plugin: Column,
    cve: Column,
    risk: Column,
    title: Column,
    /// The name that tells a host apart, then its other names.
    hosts: [Column; 5],
    scores: [(ScoreVersion, Column); 3],
    epss: Column,
    published: Column,
    patch_published: Column,
    has_patch: Column,
    state: Column,
    modification: Column,
    references: Column,
}

impl Columns {
    fn new(table: &TableReader<'_>) -> Self {
        let column = |titles: &[&str]| table.column(titles);
        Self {
            plugin: column(PLUGIN),
            cve: column(&["cve", "cves", "definitioncve", "definitioncves"]),
            risk: column(RISK),
            title: column(&["name", "pluginname", "definitionname"]),
            hosts: [
                column(HOST),
                column(&["fqdn", "dnsname", "assetdisplayfqdn", "assetfqdn", "assethostname", "hostname"]),
                column(&["netbios", "netbiosname", "assetnetbiosname"]),
                column(&["ipaddress", "ip", "assetdisplayipv4address", "assetipv4addresses", "assetipv4"]),
                column(&["assetname"]),
            ],
            scores: [
                (
                    ScoreVersion::V4,
                    column(&[
                        "cvssv40basescore",
                        "cvss4basescore",
                        "cvssv4basescore",
                        "definitioncvss4basescore",
                        "cvssv4",
                    ]),
                ),
                (
                    ScoreVersion::V3,
                    column(&[
                        "cvssv30basescore",
                        "cvss3basescore",
                        "cvssv3basescore",
                        "definitioncvss3basescore",
                        "cvssv3",
                    ]),
                ),
                (
                    ScoreVersion::V2,
                    column(&[
                        "cvssv20basescore",
                        "cvssv2basescore",
                        "cvss2basescore",
                        "cvssbasescore",
                        "cvss",
                        "cvssv2",
                        "definitioncvss2basescore",
                    ]),
                ),
            ],
            epss: column(&["epssscore", "epss", "definitionepssscore"]),
            published: column(&[
                "vulnpublicationdate",
                "vulnerabilitypublicationdate",
                "definitionvulnerabilitypublished",
                "pluginpublicationdate",
                "definitionpluginpublished",
            ]),
            patch_published: column(&["patchpublicationdate", "definitionpatchpublished"]),
            has_patch: column(&["patchavailable"]),
            state: column(&["vulnerabilitystate", "state"]),
            modification: column(&["modification", "severitymodification", "severitymodificationtype", "riskmodified"]),
            references: column(&["xref", "crossreferences", "definitionreferences"]),
        }
    }

    fn row(&self, row: &Row<'_>) -> FindingRow {
        let score = || self.scores.iter().find_map(|(version, column)| Score::parse(*version, row.text(column)));
        let risk = row.text(&self.risk).to_ascii_lowercase();
        let is_information = matches!(risk.as_str(), "none" | "info" | "informational" | "0");
        let exploited = known_exploited(row.text(&self.references));
        let fixed_on = written_day(row.text(&self.patch_published));
        let has_patch = fixed_on.is_some() || says_yes(row.text(&self.has_patch));
        FindingRow {
            cves: cves_in(row.text(&self.cve)),
            own_id: Some(row.text(&self.plugin))
                .filter(|id| !id.is_empty())
                .map_or_else(String::new, |id| format!("nessus:{id}")),
            title: row.text(&self.title).to_owned(),
            hosts: vec![self.hosts.iter().map(|column| host_name(row.text(column))).collect()],
            score: if is_information { None } else { score() },
            severity: severity_of_word(&risk).or_else(|| severity_of_4(&risk)),
            epss_per_100_000: row.text(&self.epss).parse().ok().and_then(epss_per_100_000),
            is_exploited: exploited.is_some(),
            due_on: exploited.and_then(day),
            fix: if has_patch { FixState::Available { on: None } } else { FixState::Unknown },
            fixed_on,
            published_on: written_day(row.text(&self.published)),
            left_out: self.left_out(row, is_information),
            ..FindingRow::default()
        }
    }

    fn left_out(&self, row: &Row<'_>, is_information: bool) -> Option<&'static str> {
        let modification = row.text(&self.modification).to_ascii_lowercase();
        if row.text(&self.state).eq_ignore_ascii_case("fixed") {
            Some("fixed")
        } else if modification.contains("accept") {
            Some("accepted in Tenable")
        } else {
            is_information.then_some(INFORMATION)
        }
    }
}

/// The due date in "CISA-KNOWN-EXPLOITED:2022/05/03".
fn known_exploited(references: &str) -> Option<&str> {
    let (_, after) = references.split_once("CISA-KNOWN-EXPLOITED:")?;
    after.split([',', ' ', ';', '\n', '\r']).next()
}

/// The first of several addresses, and the name without its Windows domain: `WORKGROUP\DB01`.
fn host_name(text: &str) -> String {
    let first = text.split([',', ';']).next().unwrap_or_default().trim();
    first.rsplit('\\').next().unwrap_or_default().to_owned()
}
