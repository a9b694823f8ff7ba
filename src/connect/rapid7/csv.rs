//! Reads tables of Nexpose and InsightVM. Their templates name columns freely, so they are found by the words in them.

use super::status::Statuses;
use super::{CSV, PROGRAM};
use crate::connect::documents::days::written_day;
use crate::connect::documents::table::{Header, TableReader};
use crate::connect::documents::titles::Titles;
use crate::connect::findings::{
    FindingRow, Findings, POTENTIAL, Score, ScoreVersion, severity_of_10, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, DATES, Head, ImportError, Imported, Input};

const ADDRESS: &[&str] = &["assetipaddress", "ipaddress", "assetip", "hostip"];
const NAME: &[&str] = &["assetnames", "assetname", "hostname", "assethostname"];
const ID: &[&str] = &["vulnerabilityid", "vulnerabilitychecknexposeid", "nexposeid", "vulnid"];
const TITLE: &[&str] = &["vulnerabilitytitle", "vulnerabilityname"];

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

fn are_titles(titles: &Titles) -> bool {
    (titles.has(ADDRESS) || titles.has(NAME)) && (titles.has(&["vulnerabilityid"]) || titles.has(TITLE))
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, CSV.name, are_titles)?;
    let [address, names, id, title] = [ADDRESS, NAME, ID, TITLE].map(|titles| table.column(titles));
    let cve =
        table.column(&["vulnerabilitycveids", "vulnerabilitycves", "vulnerabilitycveurls", "cveids", "cves", "cve"]);
    let version_3 =
        table.column(&["vulnerabilitycvssv3score", "vulnerabilitycvssv3basescore", "cvssv3score", "cvssv3"]);
    let version_2 =
        table.column(&["vulnerabilitycvssscore", "vulnerabilitycvssv2score", "cvssscore", "cvssv2score", "cvss"]);
    let severity = table.column(&["vulnerabilityseveritylevel", "vulnerabilityseverity", "severitylevel", "severity"]);
    let status = table.column(&["vulnerabilitytestresultcode", "vulnerabilitytestresult", "resultcode", "status"]);
    let published = table.column(&["vulnerabilitypublisheddate", "datepublished", "publisheddate", "published"]);
    let mut findings = Findings::new(CSV.id, PROGRAM, input);
    findings.order_days_by(input.options.day_order(&DATES));
    let mut statuses = Statuses::new(input.options.is_on(&POTENTIAL));
    while let Some(row) = table.next()? {
        let own_id = row.text(&id);
        let hosts = std::iter::once(row.text(&address)).chain(row.text(&names).split([',', ';', ' ']));
        let hosts: Vec<String> = hosts.map(|host| host.trim().to_owned()).filter(|host| !host.is_empty()).collect();
        let score = Score::parse(ScoreVersion::V3, row.text(&version_3))
            .or_else(|| Score::parse(ScoreVersion::V2, row.text(&version_2)));
        let rated = || severity_of_10(row.text(&severity)).or_else(|| severity_of_word(row.text(&severity)));
        findings.add(&FindingRow {
            cves: cves_in(row.text(&cve)),
            own_id: Some(if own_id.is_empty() { row.text(&title) } else { own_id })
                .filter(|id| !id.is_empty())
                .map_or_else(String::new, |id| format!("rapid7:{id}")),
            title: row.text(&title).to_owned(),
            hosts: if hosts.is_empty() { Vec::new() } else { vec![hosts] },
            score,
            severity: if score.is_some() { None } else { rated() },
            published_on: written_day(row.text(&published)),
            left_out: statuses.left_out(row.text(&status)),
            ..FindingRow::default()
        })?;
    }
    statuses.warn(&mut findings);
    table.remarks().into_iter().for_each(|remark| findings.warn(None, remark));
    Ok(findings.finish(None))
}
