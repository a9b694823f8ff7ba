//! Maintenance windows of cloud consoles become windows of the plan, with native rules where a plan has the rule.

use chrono::Weekday;
use serde_json::Value;
use windowsill::model::{ListedDate, MaintenanceWindow, Minutes, MonthDay, Plan, PlanParts, Rule, Table};
use windowsill::store::to_text;

use crate::common::harbour;
use crate::common::owners::derived;
use crate::support::desk::Desk;

const SSM: &str = r#"{"WindowIdentities": [
  {"WindowId": "mw-0a1", "Name": "Prod_Pilot", "Enabled": true, "Duration": 4, "Cutoff": 1,
   "Schedule": "cron(0 22 ? * TUE#2 *)", "ScheduleOffset": 4, "ScheduleTimezone": "Europe/Berlin",
   "NextExecutionTime": "2027-01-16T22:00+01:00"},
  {"WindowId": "mw-0a2", "Name": "Quarterly", "Enabled": true, "Duration": 2, "Cutoff": 0,
   "Schedule": "cron(0 3 ? 1,4,7,10 SAT#1 *)"},
  {"WindowId": "mw-0a3", "Name": "Off", "Enabled": false, "Duration": 2, "Cutoff": 0, "Schedule": "rate(7 days)"},
  {"WindowId": "mw-0a4", "Name": "Often", "Enabled": true, "Duration": 2, "Cutoff": 0, "Schedule": "rate(180 minutes)"}
]}"#;

const AZURE: &str = r#"[{"name": "pilot", "id": "/subscriptions/S/x/pilot", "properties": {
  "maintenanceScope": "InGuestPatch", "maintenanceWindow": {"startDateTime": "2027-01-16 22:00", "duration": "03:55",
  "timeZone": "W. Europe Standard Time", "recurEvery": "Month Second Tuesday Offset4"}}},
  {"name": "odd", "maintenanceScope": "Host", "startDateTime": "soon", "duration": "02:00", "timeZone": "UTC"}]"#;

const GCP: &str = r#"[{"name": "projects/1/patchDeployments/pilot", "instanceFilter": {"all": true}, "duration": "14400s",
  "recurringSchedule": {"timeZone": {"id": "Europe/Berlin"}, "timeOfDay": {}, "frequency": "MONTHLY",
  "monthly": {"weekDayOfMonth": {"weekOrdinal": 2, "dayOfWeek": "TUESDAY", "dayOffset": 11}}}, "state": "ACTIVE"},
  {"name": "projects/1/patchDeployments/off", "instanceFilter": {}, "recurringSchedule": {}, "state": "PAUSED"}]"#;

fn imported(text: &str) -> (Plan, Value, Desk) {
    let desk = Desk::new();
    desk.write("windows.json", text);
    let ran = desk.run("import windows windows.json --into plan.ron --format json");
    let report = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    assert_eq!(ran.code, 0, "{report:#}");
    (desk.plan("plan.ron"), report, desk)
}

fn counts(report: &Value) -> (u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap();
    let left_out: u64 = report["left_out"].as_array().unwrap().iter().map(|each| each["count"].as_u64().unwrap()).sum();
    (count("rows"), count("rows_imported"), left_out)
}

fn nth(nth: u8, day: Weekday, offset_days: i32) -> Rule {
    Rule::Monthly { on: MonthDay::Nth(nth, day), every: 1, offset_days }
}

#[test]
fn windows_of_systems_manager_keep_their_rules() {
    let (plan, report, _) = imported(SSM);
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("ssm-windows"), (4, 2, 2)));
    let pilot = plan.windows().iter().find(|window| window.name == "Prod_Pilot").unwrap();
    assert_eq!((&pilot.rule, pilot.duration), (&nth(2, Weekday::Tue, 4), Minutes::hours(4)));
    assert_eq!(pilot.cutoff, Some(Minutes::hours(3)), "counted from the start");
    let quarterly = plan.windows().iter().find(|window| window.name == "Quarterly").unwrap();
    assert_eq!((quarterly.zone.as_deref(), quarterly.cutoff), (Some("UTC"), None));
    let first_saturday = MonthDay::Nth(1, Weekday::Sat);
    assert_eq!(quarterly.rule, Rule::Monthly { on: first_saturday, every: 3, offset_days: 0 });
    let reasons: Vec<&str> =
        report["left_out"].as_array().unwrap().iter().map(|each| each["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["disabled", "a schedule that a plan cannot have"]);
}

#[test]
fn configurations_of_azure_keep_their_rules() {
    let (plan, report, _) = imported(AZURE);
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("azure-windows"), (2, 1, 1)));
    let pilot = plan.windows().iter().find(|window| window.name == "pilot").unwrap();
    assert_eq!((&pilot.rule, pilot.duration), (&nth(2, Weekday::Tue, 4), Minutes(235)));
    assert_eq!(pilot.first.map(|on| on.to_string()).as_deref(), Some("2027-01-16"));
    assert_eq!(plan.window_zone(pilot), "Europe/Berlin");
}

#[test]
fn deployments_of_google_keep_their_rules() {
    let (plan, report, _) = imported(GCP);
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("gcp-windows"), (2, 1, 1)));
    let pilot = plan.windows().iter().find(|window| window.name == "pilot").unwrap();
    assert_eq!(pilot.rule, nth(2, Weekday::Tue, 11));
    assert_eq!(pilot.start.to_string(), "00:00:00");
}

#[test]
fn a_later_file_changes_what_nobody_changed_here() {
    let (_, _, desk) = imported(SSM);
    let before = desk.read("plan.ron");
    let out = desk.run("import windows windows.json --into plan.ron").fine();
    assert!(out.contains("Nothing to import"), "{out}");
    assert_eq!(desk.read("plan.ron"), before);
    desk.write(
        "windows.json",
        &SSM.replace("cron(0 22 ? * TUE#2 *)", "cron(0 21 ? * TUE#2 *)").replace("16T22", "16T21"),
    );
    desk.run("import windows windows.json --into plan.ron").fine();
    let plan = desk.plan("plan.ron");
    let pilot = plan.windows().iter().find(|window| window.name == "Prod_Pilot").unwrap();
    assert_eq!((pilot.start.to_string().as_str(), pilot.sequence), ("21:00:00", 1));
}

#[test]
fn a_terraform_file_with_windows_of_several_systems_says_which_are_left() {
    let azure =
        "resource \"azurerm_maintenance_configuration\" \"x\" {\n  name = \"x\"\n  scope = \"InGuestPatch\"\n}\n";
    let ssm = "resource  \"aws_ssm_maintenance_window\"  \"pilot\" {\n  name = \"Pilot\"\n  schedule = \"cron(0 22 ? * TUE#2 *)\"\n\
               duration = 4\n  cutoff = 1\n}\n";
    let (_, report, _) = imported(&format!("{azure}{ssm}{ssm}"));
    let left = "The file also has 2 resources aws_ssm_maintenance_window: import it again with --from ssm";
    assert!(report["warnings"].to_string().contains(left), "{report}");
}

#[test]
fn terraform_files_are_read_as_far_as_they_are_literal() {
    let (plan, report, _) = imported(
        r#"
resource "aws_ssm_maintenance_window" "pilot" {
  name              = "Pilot"
  schedule          = "cron(0 22 ? * TUE#2 *)"
  schedule_offset   = 4
  schedule_timezone = "Europe/Berlin"
  duration          = 4
  cutoff            = 1
}
resource "aws_ssm_maintenance_window" "rest" {
  name     = "Rest"
  schedule = var.schedule
  duration = 4
  cutoff   = 1
}
"#,
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("ssm-windows"), (2, 1, 1)));
    assert_eq!(plan.windows().iter().find(|window| window.name == "Pilot").unwrap().rule, nth(2, Weekday::Tue, 4));

    let (plan, report, _) = imported(
        r#"resource "azurerm_maintenance_configuration" "x" {
  name  = "nightly"
  location = azurerm_resource_group.x.location
  scope = "InGuestPatch"
  window {
    start_date_time = "2027-02-01 23:00"
    duration        = "03:00"
    time_zone       = "Central Standard Time"
    recur_every     = "2Weeks Saturday"
  }
}"#,
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("azure-windows"), (1, 1, 0)));
    let nightly = plan.windows().iter().find(|window| window.name == "nightly").unwrap();
    assert_eq!(nightly.rule, Rule::Weekly { days: vec![Weekday::Sat], every: 2 });

    let (plan, report, _) = imported(
        r#"resource "google_os_config_patch_deployment" "x" {
  patch_deployment_id = "last-sunday"
  instance_filter { all = true }
  duration = "10s"
  recurring_schedule {
    time_zone { id = "America/New_York" }
    time_of_day { minutes = 30 }
    monthly {
      week_day_of_month {
        week_ordinal = -1
        day_of_week  = "SUNDAY"
      }
    }
  }
}"#,
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("gcp-windows"), (1, 1, 0)));
    let last = plan.windows().iter().find(|window| window.name == "last-sunday").unwrap();
    let expected = Rule::Monthly { on: MonthDay::Last(Weekday::Sun), every: 1, offset_days: 0 };
    assert_eq!((&last.rule, last.duration), (&expected, Minutes(1)));
}

#[test]
fn templates_in_yaml_are_read_as_those_in_json() {
    let (plan, report, desk) = imported(
        r#"
Parameters: {Hours: {Type: Number}}
Resources:
  Pilot:
    Type: AWS::SSM::MaintenanceWindow
    Properties:
      Name: !Sub "${AWS::StackName}-pilot"
      Schedule: cron(0 22 ? * TUE#2 *)
      ScheduleTimezone: Europe/Berlin
      Duration: 4
      Cutoff: 1
  Rest:
    Type: "AWS::SSM::MaintenanceWindow"
    Properties: {Name: Rest, Schedule: "cron(0 22 ? * TUE#3 *)", Duration: !Ref Hours, Cutoff: 1}
  Other:
    Type: AWS::S3::Bucket
"#,
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("ssm-windows"), (2, 1, 1)));
    assert!(plan.windows().iter().any(|window| window.name == "Pilot"), "its label: the name is not literal");
    assert!(report["warnings"].to_string().contains("Duration is"), "{report:#}");
    // What can no longer be read stays as it is, and says so.
    let text = desk.read("windows.json").replace("Duration: 4", "Duration: !Ref Hours");
    desk.write("windows.json", &text);
    let ran = desk.run("import windows windows.json --into plan.ron");
    assert!(ran.err.contains("\"Pilot\" left out") && ran.err.contains("it stays planned as it is"), "{}", ran.err);
    assert!(!ran.err.contains("not in this one"), "{}", ran.err);
}

#[test]
fn templates_of_azure_are_read_as_far_as_they_are_literal() {
    let (_, report, _) = imported(
        r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
  {"type": "Microsoft.Maintenance/maintenanceConfigurations", "name": "pilot", "properties": {"maintenanceWindow":
    {"startDateTime": "2027-01-16 22:00", "duration": "03:00", "recurEvery": "2Months Second Tuesday"}}},
  {"type": "Microsoft.Maintenance/maintenanceConfigurations", "name": "rest", "properties": {"maintenanceWindow":
    {"startDateTime": "[parameters('start')]", "duration": "03:00", "timeZone": "UTC", "recurEvery": "Day"}}},
  {"type": "Microsoft.Compute/virtualMachines", "name": "db01"}]}"#,
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("azure-windows"), (2, 1, 1)));
    let assumptions = report["assumptions"].to_string();
    assert!(assumptions.contains("without a time zone are in UTC") && assumptions.contains("month of the start"));
}

#[test]
fn a_rate_goes_on_counting_from_the_first_execution() {
    let rate = |next: &str| {
        format!(
            r#"{{"WindowIdentities": [{{"WindowId": "mw-1", "Name": "Fortnightly", "Enabled": true, "Duration": 2,
            "Cutoff": 0, "Schedule": "rate(14 days)", "NextExecutionTime": "{next}"}}]}}"#
        )
    };
    let (_, _, desk) = imported(&rate("2027-01-16T21:00Z"));
    let before = desk.read("plan.ron");
    desk.write("windows.json", &rate("2027-02-27T21:00Z"));
    let out = desk.run("import windows windows.json --into plan.ron").fine();
    assert!(out.contains("Nothing to import"), "{out}");
    assert_eq!(desk.read("plan.ron"), before, "27 February is one of its dates");
    desk.write("windows.json", &rate("2027-03-06T21:00Z"));
    desk.run("import windows windows.json --into plan.ron").fine();
    let plan = desk.plan("plan.ron");
    let window = plan.windows().iter().find(|window| window.name == "Fortnightly").unwrap();
    assert_eq!(window.first.map(|on| on.to_string()).as_deref(), Some("2027-03-06"), "it was created again");
}

/// The starts of all windows of a plan, by instant.
fn starts(plan: &Plan) -> Vec<String> {
    let schedule = derived(plan);
    let occurrences = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    let mut starts: Vec<String> =
        occurrences.map(|occurrence| format!("{:?} {:?}", occurrence.start_at, occurrence.end_at)).collect();
    starts.sort();
    starts
}

/// Without change freezes, which leave out dates: a native rule, one with an offset, a quarterly one and single dates.
fn ours() -> Plan {
    let parts = harbour::plan().to_parts();
    let core = parts.windows.get(&"core-db".into()).unwrap();
    let window = |id: &str, rule: Rule, first: Option<&str>| {
        let mut window =
            MaintenanceWindow { id: id.into(), name: id.to_owned(), rule, ..MaintenanceWindow::clone(core) };
        window.duration = Minutes::hours(3);
        window.first = first.map(|on| on.parse().unwrap());
        window
    };
    let listed = |on: &str| ListedDate { on: on.parse().unwrap(), words: String::new() };
    let windows = [
        window("saturdays", Rule::Weekly { days: vec![Weekday::Sat], every: 1 }, Some("2027-02-10")),
        window("after-patches", nth(2, Weekday::Tue, 11), None),
        window("month-end", Rule::Monthly { on: MonthDay::Last(Weekday::Fri), every: 3, offset_days: 1 }, None),
        window("fortnightly", Rule::Weekly { days: vec![Weekday::Sun], every: 2 }, Some("2027-01-10")),
        window("twice", Rule::Dates(vec![listed("2027-03-27"), listed("2027-10-30")]), None),
    ];
    PlanParts { windows: windows.into_iter().collect(), freezes: Table::default(), ..parts }.into()
}

#[test]
fn what_is_exported_is_read_back_with_the_same_dates() {
    for (system, file) in [
        ("ssm", "windows.yaml"),
        ("ssm", "windows.tf"),
        ("azure", "windows.json"),
        ("azure", "windows.tf"),
        ("gcp", "windows.json"),
        ("gcp", "windows.tf"),
    ] {
        let desk = Desk::new();
        desk.write("ours.ron", &to_text(&ours()).unwrap());
        desk.run(&format!("export {system} ours.ron -o {file}")).fine();
        let parts = ours().to_parts();
        let empty = PlanParts { zone: "America/Sao_Paulo".into(), windows: Table::default(), ..parts };
        desk.write("plan.ron", &to_text(&empty.into()).unwrap());
        desk.run(&format!("import windows {file} --into plan.ron")).fine();
        assert_eq!(starts(&desk.plan("plan.ron")), starts(&ours()), "{system} {file}");
    }
}

#[test]
fn tables_and_calendars_count_their_rows_and_events() {
    let desk = Desk::new();
    desk.write("windows.csv", "name,date,start,end\nMail,2027-03-13,22:00,02:00\nMail,2027-13-01,22:00,02:00\n");
    desk.write("freezes.csv", "name,from,to\nAudit,2027-09-06,2027-09-10\n");
    desk.write("people.csv", "name,email\nAna,ana@example.org\nAna,ana@example.org\n");
    let event = |uid: &str, start: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:Mail\r\nDTSTART:{start}\r\nDURATION:PT4H\r\nEND:VEVENT\r\n")
    };
    let calendar = |events: &[String]| {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n", events.concat())
    };
    let events = [event("a", "20270313T220000Z"), event("b", "20270410T220000Z"), event("c", "soon")];
    desk.write("windows.ics", &calendar(&events));
    for (topic, file, expected, items) in [
        ("windows", "windows.csv", (2, 1, 1), 1),
        ("freezes", "freezes.csv", (1, 1, 0), 1),
        ("people", "people.csv", (2, 1, 1), 1),
        // One before and one after the clocks change.
        ("windows", "windows.ics", (3, 2, 1), 2),
    ] {
        let ran = desk.run(&format!("import {topic} {file} --into plan.ron --dry-run --format json"));
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
        assert_eq!((counts(&report), report["items"].as_u64()), (expected, Some(items)), "{file}: {report:#}");
        assert!(report["kind"].as_str().is_some_and(|kind| kind.starts_with(topic)), "{report:#}");
    }
}

#[test]
fn windows_of_configuration_manager_are_read_from_their_schedules() {
    let (plan, report, desk) = imported(
        "\"ServiceWindowID\",\"Name\",\"Description\",\"IsEnabled\",\"StartTime\",\"Duration\",\"ServiceWindowSchedules\"\n\
         \"{1}\",\"Servers\",\"\",\"True\",\"02/04/2013 22:00:00\",\"420\",\"02C24AC0381A2000\"\n\
         \"{2}\",\"Off\",\"\",\"False\",\"02/04/2013 22:00:00\",\"420\",\"02C24AC0381A2000\"\n\
         \"{3}\",\"Twice\",\"\",\"True\",\"02/04/2013 22:00:00\",\"60\",\"02C24AC0381A2000026B3B80601C2001\"\n\
         \"{4}\",\"Damaged\",\"\",\"True\",\"02/04/2013 22:00:00\",\"60\",\"02C24\"\n",
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("configmgr-windows"), (5, 3, 2)));
    let window = |name: &str| plan.windows().iter().find(|window| window.name == name).unwrap();
    let servers = window("Servers");
    assert_eq!(servers.rule, Rule::Weekly { days: vec![Weekday::Mon], every: 1 });
    assert_eq!((servers.start.to_string().as_str(), servers.duration), ("22:00:00", Minutes(420)));
    assert_eq!((plan.window_zone(servers), plan.window_zone(window("Twice 2"))), ("Europe/London", "UTC"));
    let before = desk.read("plan.ron");
    desk.run("import windows windows.json --into plan.ron").fine();
    assert_eq!(desk.read("plan.ron"), before, "the same file again");
}

#[test]
fn lists_of_days_after_patch_tuesday_are_read_and_windows_without_schedules_refused() {
    let (plan, report, desk) = imported(
        "CollectionID,Patch_Bucket,PlusDays,StartHour,StartMinute,HourDuration,MinuteDuration\n\
         PS100123,Pilot,4,22,30,3,0\nPS100124,Rest,11,25,0,3,0\nPS100125,Pilot,5,22,30,3,0\n",
    );
    assert_eq!((report["kind"].as_str(), counts(&report)), (Some("configmgr-windows"), (3, 2, 1)));
    let pilot = plan.windows().iter().find(|window| window.name == "Pilot").unwrap();
    assert_eq!((&pilot.rule, pilot.duration), (&nth(2, Weekday::Tue, 4), Minutes(180)));
    desk.write(
        "bare.csv",
        "Name,Description,StartTime,Duration,RecurrenceType,IsGMT\nA,,03/04/2027 22:00,60,3,False\n",
    );
    let ran = desk.run("import windows bare.csv --into plan.ron --format json");
    assert!(ran.code == 1 && ran.out.contains("add ServiceWindowSchedules"), "{}{}", ran.out, ran.err);
}
