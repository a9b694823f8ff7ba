//! What the result of a test says: as XML Export 2.0 writes it, as tables do, and as people name it in templates.

use std::collections::BTreeSet;

use crate::connect::findings::{Findings, POTENTIAL_ONLY};
use crate::wording::{counted, list_in_sentence};

/// How many unknown results a warning names.
const MOST_NAMED: usize = 5;

/// The results of the tests of a report so far.
pub struct Statuses {
    has_potential: bool,
    unknown: BTreeSet<String>,
    unknown_rows: usize,
}

impl Statuses {
    /// `has_potential`: whether findings that the scanner could not confirm are imported.
    pub fn new(has_potential: bool) -> Self {
        Self { has_potential, unknown: BTreeSet::new(), unknown_rows: 0 }
    }

    /// Why a test with that status becomes no advisory, if it does not. Tables have codes of two letters: VE, VV, VP.
    /// <https://docs.rapid7.com/insightvm/understanding-vulnerability-check-results/>
    pub fn left_out(&mut self, status: &str) -> Option<&'static str> {
        let words: Vec<String> = status
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let has = |choices: &[&str]| words.iter().any(|word| choices.contains(&word.as_str()));
        let is_negated = has(&["not", "no", "non"]);
        let is_vulnerable = has(&["vulnerable", "exploited", "ve", "vv", "open", "confirmed", "active", "new"]);
        let is_fixed = has(&["fixed", "closed", "remediated", "resolved"]);
        // The words of one status are in others, too: "vulnerable-version" in "exception-vulnerable-version".
        if words.is_empty() {
            None
        } else if has(&["exception", "excepted", "excluded", "ee", "ev", "ep", "ex"]) {
            Some("excepted in Nexpose")
        } else if has(&["skipped", "sd", "sv"]) {
            Some("the test was skipped")
        } else if has(&["overridden", "ov"]) {
            Some("overridden by the result of another test")
        } else if has(&["nv", "invulnerable"]) || words == ["no"] || is_negated && is_vulnerable {
            Some("not vulnerable")
        } else if has(&["error", "er", "failed"]) {
            Some("the test failed")
        } else if has(&["unknown", "uk", "nt"]) {
            Some("the test has no result")
        } else if is_fixed && !is_negated {
            Some("fixed")
        } else if has(&["potential", "potentially", "vp"]) {
            (!self.has_potential).then_some(POTENTIAL_ONLY)
        } else if is_vulnerable || is_fixed {
            None
        } else {
            self.unknown_rows += 1;
            self.unknown.insert(words.join(" "));
            Some("with a status that is not known")
        }
    }

    /// Names the results that were not understood.
    pub fn warn(&self, findings: &mut Findings<'_>) {
        if self.unknown_rows > 0 {
            let named = list_in_sentence(self.unknown.iter().map(|status| format!("\"{status}\"")), MOST_NAMED);
            let rows = counted(self.unknown_rows, "row");
            findings.warn(None, format!("{rows} left out, since the status is not known ({named}): check them"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_result_is_understood_or_named() {
        let mut statuses = Statuses::new(false);
        for (status, expected) in [
            ("vulnerable-exploited", None),
            ("Vulnerable Version", None),
            ("vv", None),
            ("Open", None),
            ("", None),
            ("vulnerable-potential", Some(POTENTIAL_ONLY)),
            ("Potentially vulnerable", Some(POTENTIAL_ONLY)),
            ("not-vulnerable-version", Some("not vulnerable")),
            ("NV", Some("not vulnerable")),
            ("overridden-vulnerable-version", Some("overridden by the result of another test")),
            ("exception-vulnerable-exploited", Some("excepted in Nexpose")),
            ("skipped-dos", Some("the test was skipped")),
            ("Remediated", Some("fixed")),
            ("Not remediated", None),
            ("No", Some("not vulnerable")),
            ("Not tested", Some("with a status that is not known")),
            ("Vermutet", Some("with a status that is not known")),
        ] {
            assert_eq!(statuses.left_out(status), expected, "{status}");
        }
        assert_eq!((statuses.unknown_rows, statuses.unknown.len()), (2, 2));
    }
}
