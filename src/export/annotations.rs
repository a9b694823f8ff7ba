//! Findings as code hosts show them beside a file: workflow commands of GitHub, and SARIF
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::checks::{Finding, Findings, Severity};
use crate::model::Subject;

/// Findings about a plan file.
pub struct Annotations<'a> {
    pub findings: &'a Findings,
    /// The path of the plan, with slashes.
    pub file: String,
    /// The line of each record in it.
    pub lines: HashMap<Subject, usize>,
}

impl Annotations<'_> {
    /// The findings that nobody accepted, each with the line of the record that it is about.
    fn located(&self) -> Vec<(&Finding, usize)> {
        let line = |finding: &Finding| self.lines.get(&finding.subject).copied().unwrap_or(1);
        self.findings.open().map(|finding| (&**finding, line(finding))).collect()
    }
}

/// Workflow commands (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>), one a line.
pub fn github(annotations: &Annotations<'_>) -> String {
    let mut text = String::new();
    for (finding, line) in annotations.located() {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let (file, message) = (property(&annotations.file), data(&finding.message));
        let title = property(&format!("{} {}", finding.rule.code, finding.rule.name));
        let _ = writeln!(text, "::{level} file={file},line={line},title={title}::{message}");
    }
    text
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A log of one run.
pub fn sarif(annotations: &Annotations<'_>) -> String {
    let located = annotations.located();
    let codes: BTreeSet<&str> = located.iter().map(|(finding, _)| finding.rule.code).collect();
    let rule = |code: &&str| {
        let found = located.iter().find(|(finding, _)| finding.rule.code == *code);
        let rule = found.map(|(finding, _)| finding.rule);
        json!({
            "id": code,
            "name": rule.map_or("", |rule| rule.name),
            "shortDescription": { "text": rule.map_or("", |rule| rule.name).replace('-', " ") },
        })
    };
    let result = |(finding, line): &(&Finding, usize)| {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        json!({
            "ruleId": finding.rule.code,
            "level": level,
            "message": { "text": finding.message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(&annotations.file) },
                    "region": { "startLine": line },
                },
                "logicalLocations": [{ "fullyQualifiedName": finding.subject.to_string() }],
            }],
        })
    };
    let log: Value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Windowsill",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(rule).collect::<Vec<_>>(),
            } },
            "results": located.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

/// A path as part of an address (RFC 3986): letters, digits, "-._~/" as they are.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_addresses_are_escaped() {
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(data("50 %: no\nroom"), "50 %25: no%0Aroom");
        assert_eq!(uri("plans/Zoë 1.ron"), "plans/Zo%C3%AB%201.ron");
    }
}
