//! Windows in templates of clouds: what is merged, made several times, nested or conditional is read or named.

use windowsill::import::{ImportReport, Topic};
use windowsill::model::{Horizon, Plan};

use crate::support::importing::import_topic;

struct Read {
    plan: Plan,
    report: ImportReport,
    warnings: String,
}

fn read(text: &str) -> Read {
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let imported = import_topic(Topic::Windows, "file", text, &plan).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let plan = imported.edit().map_or(plan.clone(), |edit| plan.apply(&edit).unwrap());
    let warnings: Vec<&str> = imported.warnings.iter().map(|warning| &*warning.message).collect();
    let warnings = warnings.join("\n");
    Read { plan, report: imported.report.unwrap(), warnings }
}

impl Read {
    /// Each window with its zone and rule in words.
    fn windows(&self) -> Vec<(&str, &str, String)> {
        let windows = self.plan.windows().iter();
        windows.map(|window| (&*window.name, self.plan.window_zone(window), self.plan.rule_in_words(window))).collect()
    }

    /// Kind, rows, those imported.
    fn counts(&self) -> (&str, usize, usize) {
        (&self.report.kind, self.report.rows, self.report.rows_imported)
    }
}

const NATIVE: &str = "Name: Pilot, Schedule: cron(0 22 ? * TUE#2 *), Duration: 4, Cutoff: 1";

#[test]
fn what_is_merged_into_a_window_counts() {
    let read = read(
        "x: &zone {ScheduleTimezone: Europe/Berlin}\nbase: &base {<<: *zone, ScheduleOffset: 4, Duration: 2}\n\
         Resources:\n  Pilot:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties:\n      <<: *base\n      Name: Pilot\n      \
         Schedule: cron(0 22 ? * TUE#2 *)\n      Duration: 4\n",
    );
    let [(name, zone, rule)] = &*read.windows() else { panic!("{}", read.warnings) };
    assert_eq!((*name, *zone), ("Pilot", "Europe/Berlin"));
    assert!(rule.contains("4 days"), "the offset of what is merged counts: {rule}");
    assert_eq!(read.plan.windows().iter().next().unwrap().duration.0, 4 * 60, "its own value counts first");
}

#[test]
fn a_template_is_known_however_its_types_are_written() {
    for resource in [
        format!("  Pilot: {{Type: AWS::SSM::MaintenanceWindow, Properties: {{{NATIVE}}}}}"),
        format!("  Pilot:\n    Type: AWS::SSM::MaintenanceWindow # the pilot\n    Properties: {{{NATIVE}}}"),
        format!("  Pilot:\n    \"Type\": 'AWS::SSM::MaintenanceWindow'\n    Properties: {{{NATIVE}}}"),
    ] {
        assert_eq!(read(&format!("Resources:\n{resource}\n")).counts(), ("ssm-windows", 1, 1), "{resource}");
    }
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let tasks = "Resources:\n  Task:\n    Type: AWS::SSM::MaintenanceWindowTask\n";
    let imported = import_topic(Topic::Windows, "file", tasks, &plan);
    assert!(
        imported.is_err() || imported.is_ok_and(|imported| imported.edit().is_none()),
        "a template without windows"
    );
}

#[test]
fn windows_that_a_template_makes_in_a_loop_or_by_a_macro_are_named() {
    let window = format!("{{Type: AWS::SSM::MaintenanceWindow, Properties: {{{NATIVE}}}}}");
    let read = read(&format!(
        "Resources:\n  Fn::ForEach::Rings: [Ring, [a, b], {{\"W${{Ring}}\": {window}}}]\n  \
         Fn::ForEach::Buckets: [Ring, [a, b], {{\"B${{Ring}}\": {{Type: AWS::S3::Bucket}}}}]\n  \
         Macro:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties: {{Fn::Transform: {{Name: AWS::Include}}, {NATIVE}}}\n  \
         Some:\n    Type: AWS::SSM::MaintenanceWindow\n    Condition: IsLive\n    Properties: {{{NATIVE}}}\n"
    ));
    assert_eq!(read.counts(), ("ssm-windows", 3, 1), "{}", read.warnings);
    for words in ["Fn::ForEach::Rings", "for each element of a list", "Fn::Transform is"] {
        assert!(read.warnings.contains(words), "{words}: {}", read.warnings);
    }
    assert!(read.report.assumptions.iter().any(|words| words.contains("condition")), "{:?}", read.report.assumptions);
}

#[test]
fn templates_with_windows_may_have_other_resources_and_outputs() {
    let window = r#""W": {"Type": "AWS::SSM::MaintenanceWindow", "Properties": {"Name": "Pilot", "Schedule":
        "cron(0 22 ? * TUE#2 *)", "Duration": 4, "Cutoff": 1}}"#;
    let baseline = r#""B": {"Type": "AWS::SSM::PatchBaseline", "Properties": {"ApprovalRules": {"PatchRules": []}}}"#;
    for others in [
        format!(r#"{{"Resources": {{{window}, {baseline}}}}}"#),
        format!(r#"{{"Resources": {{{baseline}, {window}}}, "Outputs": {{"BaselineId": {{}}}}}}"#),
        format!(r#"{{"Resources": {{{window}}}, "Outputs": {{"WindowTargetId": {{}}, "WindowTaskId": {{}}}}}}"#),
        format!(r#"{{"Resources": {{{window}}}, "Outputs": {{"BaselineId": {{}}, "WindowExecutionId": {{}}}}}}"#),
    ] {
        assert_eq!(read(&others).counts(), ("ssm-windows", 1, 1), "{others}");
    }
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let alone = import_topic(Topic::Windows, "file", &format!(r#"{{"Resources": {{{baseline}}}}}"#), &plan);
    assert_eq!(alone.unwrap_err().kind(), Some("ssm-patch-baseline"));
}

fn configuration(name: &str, more: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Maintenance/maintenanceConfigurations", "name": "{name}", {more} "properties":
        {{"maintenanceScope": "InGuestPatch", "maintenanceWindow": {{"startDateTime": "2027-01-16 22:00", "duration":
        "03:00", "timeZone": "UTC", "recurEvery": "Week Saturday"}}}}}}"#
    )
}

#[test]
fn configurations_are_found_in_every_form_of_an_arm_template() {
    let pilot = configuration("pilot", "");
    let nested = format!(
        r#"{{"type": "Microsoft.Resources/deployments", "name": "n", "properties": {{"template": {{"resources": [{pilot}]}}}}}}"#
    );
    for resources in [
        format!("[{pilot}]"),
        format!(r#"{{"first": {pilot}}}"#),
        format!("[{nested}]"),
        format!(r#"[{{"type": "Other/kind", "resources": [{nested}]}}]"#),
    ] {
        let read = read(&format!(r#"{{"$schema": "x", "resources": {resources}}}"#));
        assert_eq!(read.counts(), ("azure-windows", 1, 1), "{resources}");
        assert_eq!(read.windows()[0].0, "pilot");
    }
}

#[test]
fn configurations_that_are_copied_or_conditional_are_not_taken_for_one_that_is_there() {
    let copied = configuration("copied", r#""copy": {"name": "c", "count": 3},"#);
    let never = configuration("never", r#""condition": false,"#);
    let some = configuration("some", r#""condition": "[parameters('live')]","#);
    let within = configuration("within", "");
    let loops = format!(
        r#"{{"type": "Microsoft.Resources/deployments", "copy": {{}}, "properties": {{"template": {{"resources": [{within}]}}}}}}"#
    );
    let assignment = r#"{"type": "Microsoft.Maintenance/configurationAssignments", "name": "a"}"#;
    let read = read(&format!(r#"{{"resources": [{copied}, {never}, {some}, {loops}, {assignment}]}}"#));
    assert_eq!(read.counts(), ("azure-windows", 4, 1), "{}", read.warnings);
    assert_eq!(read.windows()[0].0, "some");
    assert!(read.report.assumptions.iter().any(|words| words.contains("condition")), "{:?}", read.report.assumptions);
    for name in ["copied", "never", "within"] {
        assert!(read.warnings.contains(&format!("\"{name}\" left out")), "{name}: {}", read.warnings);
    }
}

#[test]
fn a_template_whose_windows_are_parameters_is_not_taken_for_assignments() {
    let text = r#"{"resources": [{"type": "Microsoft.Maintenance/maintenanceConfigurations", "name": "pilot", "properties":
        {"maintenanceScope": "InGuestPatch", "maintenanceWindow": "[parameters('window')]"}},
        {"type": "Microsoft.Maintenance/configurationAssignments", "name": "a"}]}"#;
    let read = read(text);
    assert_eq!(read.counts(), ("azure-windows", 1, 0));
    assert!(read.warnings.contains("maintenanceWindow is [parameters('window')]"), "{}", read.warnings);
}
