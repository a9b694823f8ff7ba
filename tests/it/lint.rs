//! Patch baselines and playbooks against a plan.

use std::sync::Arc;

use windowsill::checks::Severity;
use windowsill::connect::lint::{LintFinding, PlaybookLint, lint_baseline, lint_playbook};
use windowsill::model::{
    Batch, DeploymentGroup, Edit, Estimate, Guess, Horizon, Ladder, MaintenanceWindow, Minutes, MonthDay, Plan, Rule,
    Stage, System, SystemClass,
};
use windowsill::schedule::Schedule;

/// A group "web" with a window on the second Saturday of each month.
fn plan() -> Plan {
    let estimate = Estimate {
        patch: Some(Guess::sure(Minutes(20))),
        reboot: Guess::sure(Minutes(8)),
        rollback: Some(Guess::sure(Minutes(20))),
        ..Estimate::default()
    };
    let system = System { id: "web1".into(), name: "Web 1".into(), hosts: 10, estimate, ..System::default() };
    let mut group = DeploymentGroup::new("servers-web".into(), "Web", Stage::Production);
    group.systems = vec!["web1".into()];
    let ladder = Ladder {
        id: "servers".into(),
        name: "Servers".into(),
        class: SystemClass::Server,
        release: None,
        groups: vec![group],
    };
    let rule = Rule::Monthly { on: MonthDay::Nth(2, chrono::Weekday::Sat), every: 1, offset_days: 0 };
    let mut window = MaintenanceWindow::new("web".into(), "Web patching", rule);
    window.groups = vec!["servers-web".into()];
    window.batch = Batch::Hosts(5);
    window.max_fail_percent = Some(20);
    let edits = [Edit::PutSystem(system), Edit::PutLadder(ladder), Edit::PutWindow(window)];
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap())
}

fn schedule() -> Schedule {
    Schedule::derive(&Arc::new(plan()), None)
}

fn baseline(rule: &str, more: &str) -> Vec<LintFinding> {
    let text = format!(
        "{{\n\"OperatingSystem\": \"WINDOWS\",\n\"PatchGroups\": [\"web\"],\n\"ApprovalRules\": {{\"PatchRules\": [\n{rule}\n]}}{more}\n}}\n"
    );
    lint_baseline(&text, &schedule()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn rule(severity: &str, days: u32) -> String {
    format!(
        "{{\"PatchFilterGroup\": {{\"PatchFilters\": [{{\"Key\": \"MSRC_SEVERITY\", \"Values\": [\"{severity}\"]}}]}},\n\
         \"ComplianceLevel\": \"CRITICAL\",\n\"ApproveAfterDays\": {days}, \"EnableNonSecurity\": false}}"
    )
}

fn codes(findings: &[LintFinding]) -> Vec<(&'static str, Severity)> {
    findings.iter().map(|finding| (finding.code, finding.severity)).collect()
}

#[test]
fn approval_is_compared_with_deadlines_and_windows() {
    let findings = baseline(&rule("Critical", 7), "");
    assert_eq!(codes(&findings), [("L101", Severity::Error), ("L106", Severity::Note)]);
    assert!(findings[0].message.starts_with("Critical approved after 7 days cannot meet"), "{}", findings[0].message);
    assert_eq!(findings[0].line, 7);
    // A monthly window is up to five weeks away, and sometimes near.
    let findings = baseline(&rule("Critical", 0), "");
    assert_eq!(codes(&findings), [("L102", Severity::Warning)], "{findings:?}");
    assert!(findings[0].message.contains("Servers: Web"), "{}", findings[0].message);
    assert_eq!(codes(&baseline(&rule("Unspecified", 3), "")), [("L106", Severity::Note)], "no deadline of ours");
}

#[test]
fn the_rest_of_a_baseline_is_judged_with_its_lines() {
    let lax = "{\"ApproveAfterDays\": 0,\n\"EnableNonSecurity\": true}";
    let found = baseline(lax, ",\n\"RejectedPatches\": [\"KB1\", \"KB2\"], \"RejectedPatchesAction\": \"BLOCK\"");
    let has = |code: &str| found.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!((has("L103").line, has("L110").line, has("L105").line), (5, 6, 8));
    assert!(has("L105").message.contains("2 patches rejected (KB1 and KB2)"), "{}", has("L105").message);
    assert!(baseline("", "").iter().any(|finding| finding.code == "L104"));
    let other = lint_baseline(
        "{\"OperatingSystem\": \"UBUNTU\", \"PatchGroups\": [\"old\"], \"ApprovalRules\": {\"PatchRules\": [{\"ApproveAfterDays\": 1, \"ComplianceLevel\": \"HIGH\"}]}}",
        &schedule(),
    );
    let codes: Vec<&str> = other.unwrap().iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"L108") && codes.contains(&"L111"), "{codes:?}");
}

#[test]
fn windows_of_aws_need_a_zone_and_a_cutoff() {
    let text = "{\"WindowIdentities\": [\n{\"Name\": \"a\", \"Schedule\": \"cron(0 22 ? * TUE#2 *)\", \"Duration\": 4,\n\"Cutoff\": 0},\n\
                {\"Name\": \"b\", \"Schedule\": \"rate(7 days)\", \"Duration\": 2, \"Cutoff\": 2, \"Enabled\": false}]}";
    let found = lint_baseline(text, &schedule()).unwrap();
    assert_eq!(
        codes(&found),
        [("L121", Severity::Warning), ("L123", Severity::Warning), ("L122", Severity::Error), ("L124", Severity::Note)]
    );
    assert_eq!(found[1].line, 3);
}

#[test]
fn other_files_are_refused_by_name() {
    for (text, expected) in [
        ("{\"BaselineIdentities\": []}", "list of baselines"),
        ("{\"af-south-1\": {}}", "Not a patch baseline"),
        ("", "empty"),
        ("{\"a\": [", "line"),
        (&"[".repeat(100_000), "recursion limit"),
    ] {
        let error = lint_baseline(text, &schedule()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    for text in ["a: 1\n", "- name: x\n", "all:\n  hosts:\n    a:\n"] {
        assert!(lint_playbook(text, &schedule()).is_err(), "{text}");
    }
}

const PLAYBOOK: &str = "\
- hosts: web
  tasks:
    - name: Install
      ansible.builtin.dnf: {name: '*', state: latest}
      ignore_errors: true
      notify: Restart
    - block:
        - name: Reboot
          reboot:
  handlers:
    - name: Restart
      service: {name: httpd, state: restarted}
    - name: Roll back
      command: rollback
";

fn lint(text: &str) -> PlaybookLint {
    lint_playbook(text, &schedule()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_a_careless_playbook_lacks_is_listed() {
    let found: Vec<(&str, Severity, usize)> =
        lint(PLAYBOOK).findings.iter().map(|finding| (finding.code, finding.severity, finding.line)).collect();
    assert_eq!(
        found,
        [
            ("L201", Severity::Warning, 1),
            ("L204", Severity::Warning, 1),
            ("L208", Severity::Warning, 1),
            ("L203", Severity::Warning, 5),
            ("L205", Severity::Warning, 8),
            ("L207", Severity::Warning, 8),
            ("L211", Severity::Error, 13),
        ]
    );
}

#[test]
fn a_careful_playbook_is_left_alone_and_others_are_taken_over() {
    let careful = PLAYBOOK
        .replace("- hosts: web\n", "- hosts: web\n  serial: 5\n  max_fail_percentage: 20\n  any_errors_fatal: true\n")
        .replace("      ignore_errors: true\n", "")
        .replace("          reboot:\n", "          reboot: {reboot_timeout: 480}\n          notify: Roll back\n");
    let found = lint(&careful);
    assert_eq!(found.findings, [], "{:?}", found.findings);
    assert_eq!(found.edits, []);
    let other = careful
        .replace("serial: 5", "serial: [1, '20%']")
        .replace("480", "1200")
        .replace("max_fail_percentage: 20", "max_fail_percentage: 10");
    let found = lint(&other);
    let codes: Vec<&str> = found.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["L208", "L209", "L207"]);
    let after = found.edits.iter().fold(plan(), |plan, edit| plan.apply(edit).unwrap());
    let window = &after.windows().as_slice()[0];
    assert_eq!((&window.batch, window.max_fail_percent), (&Batch::read_list("1, 20 %").unwrap(), Some(10)));
    let reboot = after.systems().get(&"web1".into()).unwrap().estimate.reboot;
    assert_eq!((reboot.likely, reboot.worst), (Minutes(8), Minutes(20)));
    let hasty = lint(&careful.replace("480", "120"));
    assert_eq!(codes_of(&hasty), [("L206", Severity::Error)]);
}

fn codes_of(lint: &PlaybookLint) -> Vec<(&'static str, Severity)> {
    codes(&lint.findings)
}

#[test]
fn unknown_groups_templates_and_roles_are_not_judged() {
    let text = "- hosts: elsewhere\n  serial: '{{ batch }}'\n  max_fail_percentage: 0\n  roles: [patch]\n  handlers:\n    - name: Restart\n      debug:\n";
    let found = lint(text);
    assert_eq!(codes_of(&found), [("L210", Severity::Note), ("L202", Severity::Note)]);
    let missing =
        "- hosts: web\n  serial: 5\n  max_fail_percentage: 20\n  tasks:\n    - command: x\n      notify: [Nobody]\n";
    assert_eq!(codes_of(&lint(missing)), [("L212", Severity::Error)]);
}
