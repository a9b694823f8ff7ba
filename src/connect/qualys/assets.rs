//! Reads reports of assets (`ASSET_DATA_REPORT`), whose glossary comes after the hosts, and lists of detections of the API
//! (`HOST_LIST_VM_DETECTION_OUTPUT`), which have none.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::{Detection, PROGRAM, XML, with_state};
use crate::connect::documents::days::{WrittenDay, day, written_day};
use crate::connect::documents::table::GUESSED;
use crate::connect::documents::xml::{Element, Part, XmlReader};
use crate::connect::findings::{FindingRow, Findings, POTENTIAL, Score, ScoreVersion, severity_of_5};
use crate::import::cves_in;
use crate::import::{DATES, ImportError, Imported, Input};

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut xml = XmlReader::new(input, XML.name)?;
    let mut report = Report::default();
    loop {
        match xml.next()? {
            Part::Open(element) => report.open(&element),
            Part::Text(text) => report.text.push_str(&text),
            Part::Close => report.close(),
            Part::End => break,
        }
    }
    let mut findings = Findings::new(XML.id, PROGRAM, input);
    if xml.is_guessed() {
        findings.warn(None, GUESSED);
    }
    findings.order_days_by(input.options.day_order(&DATES));
    report.add_to(&mut findings, input)?;
    Ok(findings.finish(report.generated_on))
}

/// A detection on a host.
#[derive(Default)]
struct Found {
    host: Rc<Vec<String>>,
    qid: String,
    detection: Detection,
    status: String,
    severity: String,
    is_ignored: bool,
}

/// What the glossary says about a QID.
#[derive(Default)]
struct Definition {
    title: String,
    severity: String,
    cves: Vec<String>,
    score: Option<Score>,
    published_on: Option<WrittenDay>,
}

#[derive(Default)]
struct Report {
    open: Vec<String>,
    text: String,
    host: Vec<String>,
    /// The hosts with their detections, which are known once their names are.
    hosts: Vec<Rc<Vec<String>>>,
    of_host: Vec<Found>,
    found: Vec<Found>,
    current: Option<Found>,
    definition: Option<(String, Definition)>,
    definitions: HashMap<String, Definition>,
    generated_on: Option<NaiveDate>,
}

impl Report {
    fn open(&mut self, element: &Element<'_>) {
        self.text.clear();
        match element.name() {
            "HOST" => self.host.clear(),
            "VULN_INFO" | "DETECTION" => self.current = Some(Found::default()),
            "VULN_DETAILS" => self.definition = Some((String::new(), Definition::default())),
            _ => {}
        }
        self.open.push(element.name().to_owned());
    }

    fn close(&mut self) {
        let name = self.open.pop().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let parent = self.open.last().map_or("", String::as_str);
        if let Some(found) = &mut self.current {
            found.set(&name, text);
        } else if let Some((qid, definition)) = &mut self.definition {
            definition.set(&name, parent, text, qid);
        } else if parent == "HOST" && matches!(name.as_str(), "IP" | "DNS" | "NETBIOS" | "IPV6") && !text.is_empty() {
            self.host.push(text.to_owned());
        } else if matches!(name.as_str(), "GENERATION_DATETIME" | "DATETIME") {
            self.generated_on = self.generated_on.or(day(text));
        }
        match name.as_str() {
            "VULN_INFO" | "DETECTION" => self.of_host.extend(self.current.take()),
            "VULN_DETAILS" => self.definitions.extend(self.definition.take()),
            "HOST" => {
                let host = Rc::new(std::mem::take(&mut self.host));
                self.hosts.push(Rc::clone(&host));
                let of_host = std::mem::take(&mut self.of_host);
                self.found.extend(of_host.into_iter().map(|found| Found { host: Rc::clone(&host), ..found }));
            }
            _ => {}
        }
    }

    fn add_to(&self, findings: &mut Findings<'_>, input: &Input<'_>) -> Result<(), ImportError> {
        let has_potential = input.options.is_on(&POTENTIAL);
        for host in &self.hosts {
            findings.add_host(host);
        }
        for found in &self.found {
            input.source.check_cancelled()?;
            let definition = self.definitions.get(&found.qid);
            let severity = definition.map_or("", |definition| definition.severity.as_str());
            let row = FindingRow {
                cves: definition.map(|definition| definition.cves.clone()).unwrap_or_default(),
                own_id: if found.qid.is_empty() { String::new() } else { format!("qualys:{}", found.qid) },
                title: definition.map(|definition| definition.title.clone()).unwrap_or_default(),
                hosts: vec![found.host.to_vec()],
                score: definition.and_then(|definition| definition.score),
                severity: severity_of_5(if severity.is_empty() { &found.severity } else { severity }),
                published_on: definition.and_then(|definition| definition.published_on),
                left_out: found.is_ignored.then_some("ignored in Qualys"),
                ..FindingRow::default()
            };
            findings.add(&with_state(row, found.detection, &found.status, has_potential))?;
        }
        Ok(())
    }
}

impl Found {
    fn set(&mut self, name: &str, text: &str) {
        match name {
            "QID" => text.clone_into(&mut self.qid),
            "TYPE" => self.detection = Detection::parse(text),
            "VULN_STATUS" | "STATUS" => text.clone_into(&mut self.status),
            "SEVERITY" => text.clone_into(&mut self.severity),
            "IS_IGNORED" | "IS_DISABLED" => self.is_ignored |= text == "1",
            _ => {}
        }
    }
}

impl Definition {
    fn set(&mut self, name: &str, parent: &str, text: &str, qid: &mut String) {
        match (name, parent) {
            ("QID", _) => text.clone_into(qid),
            ("TITLE", _) => text.clone_into(&mut self.title),
            ("SEVERITY", _) => text.clone_into(&mut self.severity),
            ("ID", "CVE_ID") => self.cves.extend(cves_in(text)),
            ("CVSS_BASE", _) => self.score = self.score.max(Score::parse(ScoreVersion::V2, text)),
            ("CVSS3_BASE", _) => self.score = self.score.max(Score::parse(ScoreVersion::V3, text)),
            ("PUBLISHED_DATETIME" | "PUBLISHED", _) => self.published_on = written_day(text),
            _ => {}
        }
    }
}
