//! Reads the results of one scan (`SCAN`): hosts with their detections, each described where it is found.

use chrono::NaiveDate;

use super::{Detection, PROGRAM, XML, with_state};
use crate::connect::documents::days::day;
use crate::connect::documents::table::GUESSED;
use crate::connect::documents::xml::{Element, Part, XmlReader};
use crate::connect::findings::{FindingRow, Findings, POTENTIAL, Score, ScoreVersion, severity_of_5};
use crate::import::cves_in;
use crate::import::{ImportError, Imported, Input};

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut xml = XmlReader::new(input, XML.name)?;
    let mut scan = Scan {
        findings: Findings::new(XML.id, PROGRAM, input),
        has_potential: input.options.is_on(&POTENTIAL),
        host: Vec::new(),
        found: None,
        open: Vec::new(),
        text: String::new(),
        is_date: false,
        scanned_on: None,
    };
    loop {
        match xml.next()? {
            Part::Open(element) => scan.open(&element),
            Part::Text(text) => scan.text.push_str(&text),
            Part::Close => scan.close()?,
            Part::End => break,
        }
    }
    if xml.is_guessed() {
        scan.findings.warn(None, GUESSED);
    }
    Ok(scan.findings.finish(scan.scanned_on))
}

struct Scan<'a> {
    findings: Findings<'a>,
    has_potential: bool,
    host: Vec<String>,
    found: Option<(Detection, FindingRow)>,
    /// The names of the open elements.
    open: Vec<String>,
    text: String,
    /// In the header's KEY for the day of the scan.
    is_date: bool,
    scanned_on: Option<NaiveDate>,
}

impl Scan<'_> {
    fn open(&mut self, element: &Element<'_>) {
        self.text.clear();
        let name = element.name();
        let detection = match name {
            "VULN" => Some(Detection::Confirmed),
            "PRACTICE" => Some(Detection::Potential),
            "INFO" | "SERVICE" => Some(Detection::Information),
            _ => None,
        };
        if name == "IP" {
            self.host = vec![element.attribute("value"), element.attribute("name")];
            self.host.retain(|name| !name.is_empty());
            self.findings.add_host(&self.host);
        } else if let Some(detection) = detection.filter(|_| self.found.is_none()) {
            let row = FindingRow {
                cves: cves_in(&element.attribute("cveid")),
                own_id: format!("qualys:{}", element.attribute("number")),
                hosts: vec![self.host.clone()],
                severity: severity_of_5(&element.attribute("severity")),
                ..FindingRow::default()
            };
            self.found = Some((detection, row));
        }
        self.is_date = name == "KEY" && element.attribute("value") == "DATE";
        self.open.push(name.to_owned());
    }

    fn close(&mut self) -> Result<(), ImportError> {
        let name = self.open.pop().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        if std::mem::take(&mut self.is_date) {
            self.scanned_on = day(&text);
        }
        if name == "NETBIOS_HOSTNAME" && self.found.is_none() {
            self.host.push(text.trim().to_owned());
        }
        let parent = self.open.last().map(String::as_str);
        if let Some((_, row)) = &mut self.found {
            match (name.as_str(), parent) {
                ("TITLE", _) => text.trim().clone_into(&mut row.title),
                ("CVSS_BASE", _) => row.score = row.score.max(Score::parse(ScoreVersion::V2, &text)),
                ("CVSS3_BASE", _) => row.score = row.score.max(Score::parse(ScoreVersion::V3, &text)),
                ("ID", Some("CVE_ID")) => {
                    for cve in cves_in(&text) {
                        if !row.cves.contains(&cve) {
                            row.cves.push(cve);
                        }
                    }
                }
                _ => {}
            }
        }
        if matches!(name.as_str(), "VULN" | "PRACTICE" | "INFO" | "SERVICE")
            && let Some((detection, row)) = self.found.take()
        {
            self.findings.add(&with_state(row, detection, "", self.has_potential))?;
        }
        Ok(())
    }
}
