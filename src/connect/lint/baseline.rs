//! Patch baselines of AWS Systems Manager, as `aws ssm get-patch-baseline` prints them
//! (<https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetPatchBaseline.html>).

use super::finding::{LintError, LintFinding};
use super::maintenance_window::lint_windows;
use super::waits::GroupTimes;
use crate::checks::Severity;
use crate::connect::documents::yaml::{self, Node};
use crate::model::{Minutes, SeverityDeadline};
use crate::schedule::Schedule;
use crate::wording::{counted, list_in_sentence};

const WHAT: &str = "a patch baseline of AWS (JSON)";
/// How many names a message has.
const MOST_NAMES: usize = 5;
/// Operating systems for which AWS offers no approval by days.
const WITHOUT_DELAY: [&str; 3] = ["DEBIAN", "UBUNTU", "RASPBIAN"];

/// Judges a baseline, or maintenance windows of AWS, against the deadlines and windows of a plan.
///
/// # Errors
/// The file is damaged or of another kind.
pub fn lint_baseline(text: &str, schedule: &Schedule) -> Result<Vec<LintFinding>, LintError> {
    let documents = yaml::read(text).map_err(|error| LintError::Unreadable { what: WHAT, error })?;
    let Some(document) = documents.first() else {
        return Err(LintError::OtherFile("The file is empty"));
    };
    if let Some(windows) = windows_in(document) {
        return Ok(lint_windows(&windows));
    }
    if document.get("BaselineIdentities").is_some() {
        return Err(LintError::OtherFile(
            "This is a list of baselines without their rules: use aws ssm get-patch-baseline --baseline-id for one of \
             them",
        ));
    }
    if document.get("ApprovalRules").is_none() && document.get("OperatingSystem").is_none() {
        return Err(LintError::OtherFile(
            "Not a patch baseline of AWS: use the output of aws ssm get-patch-baseline, or of \
             aws ssm describe-maintenance-windows",
        ));
    }
    Ok(Baseline { document, schedule, found: Vec::new() }.judge())
}

/// The maintenance windows of a file that has some.
fn windows_in(document: &Node) -> Option<Vec<&Node>> {
    if let Some(list) = document.get("WindowIdentities") {
        return Some(list.list().iter().collect());
    }
    let is_window = ["Schedule", "Duration", "Cutoff"].iter().all(|key| document.get(key).is_some());
    is_window.then(|| vec![document])
}

struct Baseline<'a> {
    document: &'a Node,
    schedule: &'a Schedule,
    found: Vec<LintFinding>,
}

impl Baseline<'_> {
    fn add(&mut self, code: &'static str, severity: Severity, line: usize, message: String) {
        self.found.push(LintFinding::new(code, severity, line, message));
    }

    fn judge(mut self) -> Vec<LintFinding> {
        let document = self.document;
        let rules = document.get("ApprovalRules").and_then(|rules| rules.get("PatchRules"));
        let rules: &[Node] = rules.map_or(&[][..], Node::list);
        let approved = texts(document, "ApprovedPatches");
        if rules.is_empty() && approved.is_empty() {
            self.add(
                "L104",
                Severity::Error,
                document.line,
                "No approval rules and no approved patches: nothing is ever installed".to_owned(),
            );
        }
        let groups: Vec<String> = texts(document, "PatchGroups").into_iter().map(str::to_owned).collect();
        let times = GroupTimes::named(self.schedule, &groups);
        for rule in rules {
            self.rule(rule, &times);
        }
        self.lists(document);
        self.found.sort_by_key(|finding| (finding.line, finding.code));
        self.found
    }

    fn rule(&mut self, rule: &Node, times: &[GroupTimes]) {
        let system = text(self.document, "OperatingSystem").unwrap_or_default().to_uppercase();
        let delay = rule.get("ApproveAfterDays");
        let days = delay.and_then(Node::text).and_then(|days| days.parse::<u32>().ok());
        if let Some(until) = rule.get("ApproveUntilDate") {
            let date = until.text().unwrap_or_default();
            let message = format!("Only patches released up to {date} are approved: later ones are never installed");
            self.add("L107", Severity::Warning, until.line, message);
        }
        match (delay, days) {
            (Some(delay), Some(days)) => {
                self.deadlines(rule, delay.line, days, times);
                if days > 0 {
                    let message = format!(
                        "{} are counted in UTC from the day of the release, not in the plan's zone ({})",
                        counted(days, "day"),
                        self.schedule.plan.zone()
                    );
                    self.add("L106", Severity::Note, delay.line, message);
                }
                if WITHOUT_DELAY.contains(&system.as_str()) {
                    let message =
                        format!("AWS has no approval by days for {system}: packages have no release dates there");
                    self.add("L108", Severity::Error, delay.line, message);
                }
            }
            (Some(delay), None) => {
                self.add("L109", Severity::Error, delay.line, "Invalid ApproveAfterDays: use 0 to 360".to_owned());
            }
            (None, _) => {}
        }
        let level = rule.get("ComplianceLevel");
        if level.and_then(Node::text).is_none_or(|level| level.eq_ignore_ascii_case("UNSPECIFIED")) {
            let message = "No compliance level: all missing patches are reported as UNSPECIFIED";
            self.add("L103", Severity::Warning, level.map_or(rule.line, |level| level.line), message.to_owned());
        }
        if let Some(other) = rule.get("EnableNonSecurity").filter(|other| is_true(other)) {
            let message = "Updates without security fixes are installed, too: more can fail in the same night";
            self.add("L110", Severity::Note, other.line, message.to_owned());
        }
    }

    /// Whether patches are installed within the deadlines of their severities.
    fn deadlines(&mut self, rule: &Node, line: usize, days: u32, times: &[GroupTimes]) {
        let delay = Minutes::hours(days.saturating_mul(24));
        for severity in self.severities(rule) {
            let SeverityDeadline { name, within, .. } = &severity;
            if delay > *within {
                let message = format!("{name} approved after {} cannot meet {within}", counted(days, "day"));
                self.add("L101", Severity::Error, line, message);
                continue;
            }
            let waits = times.iter().filter_map(|group| Some((group, group.waits(days, self.schedule)?)));
            let Some((group, waits)) = waits.max_by_key(|(_, waits)| waits.longest) else { continue };
            let message = |wait: Minutes| {
                format!(
                    "{name} approved after {} is installed {wait} after its release in the worst case ({}), which misses \
                     {within}",
                    counted(days, "day"),
                    group.name
                )
            };
            if waits.shortest > *within {
                let text = format!("{}; even in the best case it takes {}", message(waits.longest), waits.shortest);
                self.add("L101", Severity::Error, line, text);
            } else if waits.longest > *within {
                self.add("L102", Severity::Warning, line, message(waits.longest));
            }
        }
    }

    /// The deadlines of the severities that a rule approves; the strictest if it does not filter by severity.
    fn severities(&self, rule: &Node) -> Vec<SeverityDeadline> {
        let all = &self.schedule.plan.policy().severities;
        let filters = rule.get("PatchFilterGroup").and_then(|group| group.get("PatchFilters"));
        let is_severity = |filter: &&Node| matches!(text(filter, "Key"), Some("SEVERITY" | "MSRC_SEVERITY"));
        let named: Vec<&str> = filters
            .map_or(&[][..], Node::list)
            .iter()
            .filter(is_severity)
            .flat_map(|filter| texts(filter, "Values"))
            .collect();
        if named.is_empty() || named.contains(&"*") {
            return all.iter().min_by_key(|severity| severity.within).cloned().into_iter().collect();
        }
        let ours = |word: &str| match word.to_lowercase().as_str() {
            "important" => "high".to_owned(),
            "moderate" => "medium".to_owned(),
            other => other.to_owned(),
        };
        let found = |name: &&str| {
            let word = ours(name);
            let severity = all.iter().find(|severity| severity.name.to_lowercase() == word)?;
            Some(SeverityDeadline { name: (*name).to_owned(), ..severity.clone() })
        };
        named.iter().filter_map(found).collect()
    }

    fn lists(&mut self, document: &Node) {
        let rejected = texts(document, "RejectedPatches");
        if let Some(list) = document.get("RejectedPatches").filter(|_| !rejected.is_empty()) {
            let blocks = text(document, "RejectedPatchesAction") == Some("BLOCK");
            let how =
                if blocks { "never installed, also not as dependencies" } else { "installed as dependencies only" };
            let message = format!(
                "{} rejected ({}): {how}; their advisories need a decision in the plan",
                counted(rejected.len(), "patch"),
                list_in_sentence(&rejected, MOST_NAMES)
            );
            self.add("L105", Severity::Warning, list.line, message);
        }
        let has_approved = !texts(document, "ApprovedPatches").is_empty();
        let level = text(document, "ApprovedPatchesComplianceLevel");
        if has_approved && level.is_none_or(|level| level == "UNSPECIFIED") {
            let line = document.get("ApprovedPatches").map_or(document.line, |list| list.line);
            self.add(
                "L103",
                Severity::Warning,
                line,
                "No compliance level for the approved patches: missing ones are reported as UNSPECIFIED".to_owned(),
            );
        }
        let groups = document.get("PatchGroups");
        let names = texts(document, "PatchGroups");
        let plan = &self.schedule.plan;
        let is_known = |name: &&str| {
            let mut groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
            groups.any(|group| {
                super::waits::same_name(name, &group.name) || super::waits::same_name(name, group.id.as_str())
            })
        };
        let unknown: Vec<&str> = names.iter().copied().filter(|name| !is_known(name)).collect();
        if let Some(groups) = groups.filter(|_| !unknown.is_empty()) {
            let named = list_in_sentence(unknown.iter().map(|name| format!("\"{name}\"")), MOST_NAMES);
            let message = format!("The plan has no group of that name: {named}; without one, all groups are compared");
            self.add("L111", Severity::Note, groups.line, message);
        }
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::text)
}

fn texts<'a>(node: &'a Node, key: &str) -> Vec<&'a str> {
    node.get(key).map_or(&[][..], Node::list).iter().filter_map(Node::text).collect()
}

fn is_true(node: &Node) -> bool {
    node.text().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}
