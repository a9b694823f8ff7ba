//! Maintenance windows of cloud consoles become windows of the plan, with native rules where a plan has the rule.

use chrono::Weekday;
use serde_json::Value;
use windowsill::model::{Minutes, MonthDay, Plan, Rule};

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
    let Rule::Dates(dates) = &quarterly.rule else { panic!("{:?}", quarterly.rule) };
    assert!(dates.iter().any(|date| date.on.to_string() == "2027-04-03"), "{dates:?}");
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
