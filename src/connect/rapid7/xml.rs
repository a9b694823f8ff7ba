//! Reads XML Export 2.0: nodes with their tests, and then what each vulnerability is.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::status::Statuses;
use super::{PROGRAM, XML};
use crate::connect::documents::days::{WrittenDay, day, written_day};
use crate::connect::documents::table::GUESSED;
use crate::connect::documents::xml::{Element, Part, XmlReader, has_root};
use crate::connect::findings::{FindingRow, Findings, POTENTIAL, Score, ScoreVersion, severity_of_10};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::ReportedSeverity;

pub(super) fn sniff(head: &Head) -> Confidence {
    if has_root(head, "NexposeReport") { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut xml = XmlReader::new(input, XML.name)?;
    let mut report = Report::default();
    loop {
        match xml.next()? {
            Part::Open(element) => report.open(&element),
            Part::Text(text) if report.keeps_text => report.text.push_str(&text),
            Part::Text(_) => {}
            Part::Close => report.close(),
            Part::End => break,
        }
    }
    let mut findings = Findings::new(XML.id, PROGRAM, input);
    if xml.is_guessed() {
        findings.warn(None, GUESSED);
    }
    report.add_to(&mut findings, input)?;
    Ok(findings.finish(report.scanned_on))
}

/// A test of a node.
struct Test {
    node: usize,
    id: Rc<str>,
    status: Rc<str>,
}

#[derive(Default)]
struct Definition {
    title: String,
    severity: Option<ReportedSeverity>,
    score: Option<Score>,
    published_on: Option<WrittenDay>,
    cves: Vec<String>,
}

#[derive(Default)]
struct Report {
    open: Vec<String>,
    keeps_text: bool,
    text: String,
    /// The address of each node, and its names.
    nodes: Vec<Vec<String>>,
    tests: Vec<Test>,
    /// Many tests have the same id and status.
    texts: HashMap<String, Rc<str>>,
    definition: Option<String>,
    definitions: HashMap<String, Definition>,
    scanned_on: Option<NaiveDate>,
}

impl Report {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        self.keeps_text = false;
        match name {
            "scan" => self.scanned_on = self.scanned_on.max(day(&element.attribute("endTime"))),
            "node" => self.nodes.push(vec![element.attribute("address")]),
            "name" => self.keeps_text = self.open.last().is_some_and(|parent| parent == "names"),
            "test" if !self.nodes.is_empty() => {
                let [id, status] = ["id", "status"].map(|name| self.shared(element.attribute(name).to_lowercase()));
                self.tests.push(Test { node: self.nodes.len() - 1, id, status });
            }
            "vulnerability" => self.define(element),
            "reference" => self.keeps_text = self.definition.is_some() && element.attribute("source") == "CVE",
            _ => {}
        }
        if self.keeps_text {
            self.text.clear();
        }
        self.open.push(name.to_owned());
    }

    fn define(&mut self, element: &Element<'_>) {
        let scores = [
            (ScoreVersion::V4, "cvssV4Score"),
            (ScoreVersion::V3, "cvssV3Score"),
            (ScoreVersion::V3, "cvssV3"),
            (ScoreVersion::V2, "cvssScore"),
        ];
        let score = scores.into_iter().find_map(|(version, name)| Score::parse(version, &element.attribute(name)));
        let definition = Definition {
            title: element.attribute("title"),
            severity: severity_of_10(&element.attribute("severity")).filter(|_| score.is_none()),
            score,
            published_on: written_day(&element.attribute("published")),
            cves: Vec::new(),
        };
        let id = element.attribute("id").to_lowercase();
        self.definitions.insert(id.clone(), definition);
        self.definition = Some(id);
    }

    fn close(&mut self) {
        let name = self.open.pop().unwrap_or_default();
        if std::mem::take(&mut self.keeps_text) {
            let text = self.text.trim();
            match (name.as_str(), &self.definition) {
                ("name", _) => self.nodes.last_mut().into_iter().for_each(|node| node.push(text.to_owned())),
                (_, Some(id)) => {
                    if let Some(definition) = self.definitions.get_mut(id) {
                        definition.cves.extend(cves_of_reference(text));
                    }
                }
                (_, None) => {}
            }
        }
        if name == "vulnerability" {
            self.definition = None;
        }
    }

    fn shared(&mut self, text: String) -> Rc<str> {
        let shared = self.texts.entry(text).or_insert_with_key(|text| Rc::from(text.as_str()));
        Rc::clone(shared)
    }

    fn add_to(&self, findings: &mut Findings<'_>, input: &Input<'_>) -> Result<(), ImportError> {
        let mut statuses = Statuses::new(input.options.is_on(&POTENTIAL));
        for node in &self.nodes {
            findings.add_host(node);
        }
        let unknown = Definition::default();
        for test in &self.tests {
            input.source.check_cancelled()?;
            let definition = self.definitions.get(&*test.id).unwrap_or(&unknown);
            let title = if definition.title.is_empty() { &*test.id } else { &definition.title };
            findings.add(&FindingRow {
                cves: definition.cves.clone(),
                own_id: if test.id.is_empty() { String::new() } else { format!("rapid7:{}", test.id) },
                title: title.to_owned(),
                hosts: vec![self.nodes[test.node].clone()],
                score: definition.score,
                severity: definition.severity,
                published_on: definition.published_on,
                left_out: statuses.left_out(&test.status),
                ..FindingRow::default()
            })?;
        }
        statuses.warn(findings);
        Ok(())
    }
}

/// A reference of the source CVE is sometimes without "CVE-".
fn cves_of_reference(text: &str) -> Vec<String> {
    let found = cves_in(text);
    if found.is_empty() { cves_in(&format!("CVE-{text}")) } else { found }
}
