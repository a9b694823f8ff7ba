//! Checks: what each rule says of its fixtures, and that its quick fixes fix them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use windowsill::checks::{self, Context, Finding, RULES};
use windowsill::schedule::Simulation;

use crate::support::judging::{
    assert_fixes_fix, assert_sound, assert_worded, derived, fixtures, found_in, of_rule, today,
};

/// What a fixture's head says: `// error B001 at window core-db on 2027-03-27: part of the message -> label of the fix`.
#[derive(Debug)]
struct Expected {
    severity: String,
    code: String,
    subject: String,
    on: Option<String>,
    part: String,
    fix: Option<String>,
}

impl Expected {
    fn read(line: &str) -> Option<Self> {
        let (location, text) = line.strip_prefix("// ")?.split_once(": ")?;
        let (head, subject) = location.split_once(" at ")?;
        let (severity, code) = head.split_once(' ')?;
        let (subject, on) = match subject.split_once(" on ") {
            Some((subject, on)) => (subject, Some(on.to_owned())),
            None => (subject, None),
        };
        let (part, fix) = match text.split_once(" -> ") {
            Some((part, fix)) => (part, Some(fix.to_owned())),
            None => (text, None),
        };
        let [severity, code, subject, part] = [severity, code, subject, part].map(str::to_owned);
        Some(Self { severity, code, subject, on, part, fix })
    }

    #[track_caller]
    fn assert_is(&self, finding: &Finding, cx: &Context<'_>) {
        let on = finding.on.map(|on| on.to_string());
        let fix = finding.fix(cx).map(|fix| fix.label);
        assert_eq!((self.severity.as_str(), &self.on, &self.fix), (finding.severity.name(), &on, &fix), "{finding:?}");
        assert_eq!((&self.code, &self.subject), (&finding.rule.code.to_owned(), &finding.subject.to_string()));
        assert!(finding.message.contains(&self.part), "expected: {}\nfound: {}", self.part, finding.message);
    }
}

#[test]
fn every_rule_finds_in_its_fixtures_what_their_heads_say() {
    for (rule, text) in
        RULES.iter().flat_map(|rule| fixtures(rule.code, "fires").into_iter().map(move |text| (rule, text)))
    {
        let expected: Vec<Expected> = text.lines().filter_map(Expected::read).collect();
        assert!(!expected.is_empty(), "{} expects nothing", rule.code);
        let schedule = derived(&text);
        let findings = found_in(&schedule);
        let of_rule = of_rule(&findings, rule);
        let messages: Vec<_> = of_rule.iter().map(|finding| &finding.message).collect();
        assert_eq!(of_rule.len(), expected.len(), "{}: {messages:#?}", rule.code);
        let cx = Context::new(&schedule, today());
        expected.iter().zip(of_rule).for_each(|(expected, finding)| expected.assert_is(finding, &cx));
    }
}

#[test]
fn no_rule_reports_a_sound_plan() {
    for (rule, text) in
        RULES.iter().flat_map(|rule| fixtures(rule.code, "silent").into_iter().map(move |text| (rule, text)))
    {
        let findings = found_in(&derived(&text));
        let of_rule = of_rule(&findings, rule);
        assert!(of_rule.is_empty(), "{}: {of_rule:#?}", rule.code);
    }
}

#[test]
fn the_registry_is_in_order() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once: {codes:?}");
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len(), "a name stands twice");
    for rule in RULES {
        let folder = format!("src/checks/rules/{:?}", rule.family()).to_lowercase();
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join(rule.name.replace('-', "_") + ".rs");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(text.starts_with(&format!("//! {} {}: ", rule.code, rule.name)), "{} opens with its name", rule.code);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{} is kebab-case", rule.name);
        for text in [rule.summary, rule.why, rule.example, rule.remedy] {
            assert!(text.ends_with(['.', '?']) && text.len() > 10 && !text.contains("  "), "{}: {text}", rule.code);
        }
        assert_eq!(rule.family().letter(), rule.code.chars().next().unwrap());
        assert!(std::ptr::eq(*rule, checks::rule(&rule.code.to_lowercase()).unwrap()));
        assert!(std::ptr::eq(*rule, checks::rule(rule.name).unwrap()));
    }
}

#[test]
fn applying_a_quick_fix_removes_the_finding() {
    for rule in RULES {
        let mut offers_a_fix = false;
        for text in fixtures(rule.code, "fires") {
            let schedule = derived(&text);
            let findings = found_in(&schedule);
            assert_sound(&schedule, &findings);
            assert_worded(&schedule, &findings);
            assert_fixes_fix(&schedule, &findings, Simulation::RUNS);
            let cx = Context::new(&schedule, today());
            offers_a_fix |= of_rule(&findings, rule).iter().any(|finding| finding.fix(&cx).is_some());
        }
        assert_eq!(offers_a_fix, rule.fix.is_some(), "{}: a rule with quick fixes shows one in a fixture", rule.code);
    }
}
