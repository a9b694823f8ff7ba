//! Reads .nessus files of version 2, element by element: they can have hundreds of megabytes.

use chrono::NaiveDate;

use super::{COMPLIANCE, INFORMATION, PROGRAM, XML};
use crate::connect::documents::days::{WrittenDay, day, written_day};
use crate::connect::documents::table::GUESSED;
use crate::connect::documents::xml::{Element, Part, XmlReader, has_root};
use crate::connect::findings::{FindingRow, Findings, Score, ScoreVersion, epss_per_100_000, severity_of_4};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

pub(super) fn sniff(head: &Head) -> Confidence {
    if has_root(head, "NessusClientData_v2") { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut xml = XmlReader::new(input, XML.name)?;
    let mut report = Report {
        findings: Findings::new(XML.id, PROGRAM, input),
        host: Vec::new(),
        item: None,
        field: None,
        text: String::new(),
        scanned_on: None,
    };
    loop {
        match xml.next()? {
            Part::Open(element) => report.open(&element),
            Part::Text(text) if report.field.is_some() => report.text.push_str(&text),
            Part::Text(_) => {}
            Part::Close => report.close(xml.depth())?,
            Part::End => break,
        }
    }
    if xml.is_guessed() {
        report.findings.warn(None, GUESSED);
    }
    Ok(report.findings.finish(report.scanned_on))
}

/// An element whose text is kept until it ends.
enum Field {
    /// A property of the host.
    Host(HostField),
    /// A child of an item.
    Item(String),
}

#[derive(Clone, Copy)]
enum HostField {
    Name,
    End,
    EndInSeconds,
}

/// What has been read so far.
struct Report<'a> {
    findings: Findings<'a>,
    /// The names of the host; the one that the report gives it first.
    host: Vec<String>,
    item: Option<Item>,
    field: Option<Field>,
    text: String,
    /// The latest day on which the scan of a host ended.
    scanned_on: Option<NaiveDate>,
}

/// A finding on a host.
#[derive(Default)]
struct Item {
    row: FindingRow,
    plugin_day: Option<WrittenDay>,
    is_compliance: bool,
    is_information: bool,
}

impl Report<'_> {
    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "ReportHost" => self.host = vec![element.attribute("name")],
            "ReportItem" => self.item = Some(Item::new(element)),
            "tag" => self.field = host_field(&element.attribute("name")).map(Field::Host),
            name if self.item.is_some() && is_item_field(name) => self.field = Some(Field::Item(name.to_owned())),
            _ => return,
        }
        self.text.clear();
    }

    /// An element has ended, and `depth` are still open: `NessusClientData_v2`, `Report`, `ReportHost`, `ReportItem`.
    fn close(&mut self, depth: usize) -> Result<(), ImportError> {
        match (self.field.take(), &mut self.item) {
            (Some(Field::Host(field)), _) => self.add_host_field(field),
            (Some(Field::Item(name)), Some(item)) => item.set(&name, self.text.trim()),
            (None, Some(_)) if depth == 3 => {
                if let Some(item) = self.item.take() {
                    self.findings.add(&item.row(&self.host))?;
                }
            }
            (None, None) if depth == 2 && !self.host.is_empty() => {
                self.findings.add_host(&self.host);
                self.host.clear();
            }
            _ => {}
        }
        Ok(())
    }

    fn add_host_field(&mut self, field: HostField) {
        let text = self.text.trim();
        match field {
            HostField::Name if !text.is_empty() => self.host.push(text.to_owned()),
            HostField::Name => {}
            HostField::End | HostField::EndInSeconds => self.scanned_on = self.scanned_on.max(day(text)),
        }
    }
}

fn host_field(name: &str) -> Option<HostField> {
    match name {
        "host-fqdn" | "host-ip" | "host-rdns" | "netbios-name" | "hostname" => Some(HostField::Name),
        "HOST_END" => Some(HostField::End),
        "HOST_END_TIMESTAMP" => Some(HostField::EndInSeconds),
        _ => None,
    }
}

/// Whether a child of an item is read.
fn is_item_field(name: &str) -> bool {
    matches!(
        name,
        "cve"
            | "xref"
            | "cvss_base_score"
            | "cvss3_base_score"
            | "cvss4_base_score"
            | "cvssV4_base_score"
            | "cvss"
            | "cvssv3"
            | "cvssv4"
            | "epss_score"
            | "cisa-known-exploited"
            | "vuln_publication_date"
            | "plugin_publication_date"
            | "patch_publication_date"
            | "compliance"
    )
}

impl Item {
    fn new(element: &Element<'_>) -> Self {
        let severity = element.attribute("severity");
        let row = FindingRow {
            own_id: format!("nessus:{}", element.attribute("pluginID")),
            title: element.attribute("pluginName"),
            severity: severity_of_4(&severity),
            ..FindingRow::default()
        };
        Self { row, is_information: severity.trim() == "0", ..Self::default() }
    }

    fn set(&mut self, name: &str, text: &str) {
        let row = &mut self.row;
        let score = |version| Score::parse(version, text);
        match name {
            "cve" => row.cves.extend(cves_in(text)),
            "cvss_base_score" | "cvss" => row.score = row.score.max(score(ScoreVersion::V2)),
            "cvss3_base_score" | "cvssv3" => row.score = row.score.max(score(ScoreVersion::V3)),
            "cvss4_base_score" | "cvssV4_base_score" | "cvssv4" => row.score = row.score.max(score(ScoreVersion::V4)),
            "epss_score" => row.epss_per_100_000 = text.parse().ok().and_then(epss_per_100_000),
            "vuln_publication_date" => row.published_on = written_day(text),
            "plugin_publication_date" => self.plugin_day = written_day(text),
            "patch_publication_date" => {
                (row.fix, row.fixed_on) = (FixState::Available { on: None }, written_day(text));
            }
            "compliance" => self.is_compliance = text == "true",
            "cisa-known-exploited" => (row.is_exploited, row.due_on) = (true, day(text).or(row.due_on)),
            _ => {
                if let Some(due) = text.strip_prefix("CISA-KNOWN-EXPLOITED:") {
                    (row.is_exploited, row.due_on) = (true, day(due).or(row.due_on));
                }
            }
        }
    }

    fn row(self, host: &[String]) -> FindingRow {
        let mut row = self.row;
        row.hosts = vec![host.to_vec()];
        row.published_on = row.published_on.or(self.plugin_day);
        if self.is_compliance {
            row.left_out = Some(COMPLIANCE);
        } else if self.is_information {
            // Its scores rate what it would be if the host were affected.
            (row.left_out, row.score) = (Some(INFORMATION), None);
        }
        row
    }
}
