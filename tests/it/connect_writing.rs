//! Windows for other systems: rules only where they are exact, every loss named, nothing that people typed misread.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Weekday;
use windowsill::connect::writing::{Entries, Form, LossKind, Writer};
use windowsill::connect::{SYSTEMS, find_system, targets};
use windowsill::model::{Edit, MaintenanceWindow, Minutes, MonthDay, Plan, Rule, UtcMinute};
use windowsill::schedule::Schedule;

use crate::common::dates::{date, moved};
use crate::common::harbour;
use crate::support::desk::{self, Desk};
use crate::support::hostile;

const NOW: &str = "--now 2026-11-21T09:00:00Z";

fn writer(system: &str, format: &str) -> &'static Writer {
    let writes = find_system(system).unwrap().writes;
    writes.iter().find(|writer| writer.format == format).unwrap()
}

/// When that day begins in UTC.
fn at(day: &str) -> UtcMinute {
    UtcMinute::from_utc(date(day).and_time(chrono::NaiveTime::MIN).and_utc())
}

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// The harbour's plan without its freeze, with a changed window.
fn plan(change: impl FnOnce(&mut MaintenanceWindow)) -> Plan {
    let mut window = harbour::window();
    change(&mut window);
    let edits = [Edit::RemoveFreeze("year-end".into()), Edit::PutWindow(window)];
    edits.iter().fold(harbour::plan(), |plan, edit| plan.apply(edit).unwrap())
}

fn after_patch_tuesday(window: &mut MaintenanceWindow) {
    window.rule = Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every: 1, offset_days: 11 };
}

/// How the only window of a plan is written: the form in words, and the kinds of losses.
fn expressed(plan: Plan, system: &str, format: &str) -> (String, BTreeSet<LossKind>) {
    let schedule = derived(plan);
    let all = writer(system, format).express(&schedule, at("2026-11-21"));
    (all[0].form.to_string(), all[0].lost.iter().map(|loss| loss.what).collect())
}

#[test]
fn eleven_days_after_a_second_tuesday_is_a_rule_where_offsets_are_limited() {
    let desk = Desk::new();
    windowsill::store::save(&desk.path("p.ron"), &plan(after_patch_tuesday), None).unwrap();
    desk.run(&format!("export ssm p.ron -o w.yaml {NOW}")).fine();
    let template = desk.read("w.yaml");
    assert!(template.contains("Schedule: \"cron(0 22 ? * TUE#3 *)\"\n      ScheduleOffset: 4\n"), "{template}");
    let short = plan(|window| {
        after_patch_tuesday(window);
        window.duration = Minutes(180);
    });
    windowsill::store::save(&desk.path("q.ron"), &short, None).unwrap();
    desk.run(&format!("export azure q.ron -o a.json {NOW}")).fine();
    let json: serde_json::Value = serde_json::from_str(&desk.read("a.json")).unwrap();
    assert_eq!(json["resources"][0]["properties"]["maintenanceWindow"]["recurEvery"], "Month Third Tuesday Offset4");
}

#[test]
fn a_moved_date_makes_single_dates_of_all() {
    let plan = plan(after_patch_tuesday).apply(&moved("2027-03-20", "2027-03-21")).unwrap();
    let (form, _) = expressed(plan, "ssm", "cloudformation");
    assert_eq!(form, "12 single dates, because 1 date was moved");
}

#[test]
fn what_a_system_cannot_do_is_impossible_and_says_why() {
    let (form, lost) = expressed(harbour::plan(), "azure", "json");
    assert_eq!(form, "impossible, because it lasts 4 h and Azure allows 3 h 55");
    assert_eq!(lost, BTreeSet::from([LossKind::Freeze]));
    let (form, _) = expressed(harbour::plan(), "chef", "text");
    assert_eq!(form, "impossible, because Chef has no scheduler: chef-client runs at an interval");
}

#[test]
fn every_loss_has_its_kind() {
    let (form, lost) = expressed(harbour::plan(), "ssm", "cloudformation");
    assert_eq!(form, "native rule", "the only date in a freeze is the last one, where the rule ends");
    assert_eq!(lost, BTreeSet::from([LossKind::Cutoff, LossKind::Freeze, LossKind::Horizon]));
    let odd = plan(|window| {
        window.rule = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
        window.duration = Minutes(270);
        window.cutoff = Some(Minutes(150));
    });
    let (form, lost) = expressed(odd, "ssm", "terraform");
    assert_eq!(form, "native rule");
    let expected = [LossKind::Cutoff, LossKind::Length, LossKind::ClockChange, LossKind::Horizon];
    assert_eq!(lost, BTreeSet::from(expected), "the clocks change in two nights from Saturday to Sunday");
}

#[test]
fn a_night_of_a_clock_change_ends_at_the_planned_time_as_a_single_date() {
    let schedule = derived(plan(|window| window.rule = Rule::once(date("2027-10-30"))));
    let silences = writer("alertmanager", "silences").express(&schedule, at("2026-11-21"));
    let Entries::Dates(dates) = &silences[0].entries else { panic!("no dates") };
    assert_eq!((dates[0].minutes, silences[0].lost.len()), (300, 0));
}

#[test]
fn dates_that_are_over_are_left_out_and_named() {
    let schedule = derived(plan(|_| ()));
    let silences = writer("alertmanager", "silences").express(&schedule, at("2027-07-01"));
    assert_eq!(silences[0].form.dates(), 6);
    let over = silences[0].lost.iter().find(|loss| loss.what == LossKind::Over).unwrap();
    assert_eq!(over.occurrences.len(), 6);
}

#[test]
fn an_export_refuses_the_plan_itself_and_wrong_endings() {
    let desk = Desk::new();
    desk.run("export ssm plan.ron -o plan.ron").fails_saying("plan.ron");
    desk.run("export ssm plan.ron -o w.pdf").fails_saying("unknown output format");
    desk.run("export ssm plan.ron -o w.tf --as cloudformation").fails_saying("has the ending .yaml");
    let said = desk.run(&format!("export ssm plan.ron -o w.tf {NOW}"));
    assert!(said.err.contains("terraform apply"), "{}", said.err);
    assert!(said.fine().contains("1 native rule"));
    assert!(desk.read("w.tf").starts_with("resource \"aws_ssm_maintenance_window\""));
}

#[test]
fn the_command_line_lists_all_systems_and_what_they_can_express() {
    let desk = Desk::new();
    let list = desk::rows(&desk.run("connect list --format json").fine());
    let ids: Vec<&str> = list.iter().map(|row| row["id"].as_str().unwrap()).collect();
    let known: Vec<&str> = SYSTEMS.iter().map(|system| system.id).collect();
    assert_eq!(ids, known);
    assert!(ids.is_sorted_by(|a, b| a.replace('-', "_") < b.replace('-', "_")));
    let rows = desk.run(&format!("connect check plan.ron --to ssm --format json {NOW}")).fine();
    let rows = desk::rows(&rows);
    assert_eq!((rows[0]["window"].as_str(), rows[0]["form"].as_str()), (Some("core-db"), Some("native")));
    let freeze = rows[0]["lost"].as_array().unwrap().iter().find(|loss| loss["what"] == "freeze").unwrap();
    assert_eq!(freeze["occurrences"], serde_json::json!(["2027-12-18"]));
    let table = desk.run(&format!("connect check plan.ron {NOW}")).fine();
    assert!(
        table.contains("Core DB patching") && table.contains("impossible") && table.contains("11 dates*"),
        "{table}"
    );
}

/// Whether a text is one that its readers can parse, as far as that can be told here. Other programs judge the rest:
/// `tests/reference/connect/check`.
fn is_sound(writer: &Writer, text: &str) {
    let id = writer.output.id;
    let is_broken = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    assert!(!text.chars().any(is_broken), "{id} has control characters");
    match writer.file_type.ending() {
        "json" => drop(serde_json::from_str::<serde_json::Value>(text).unwrap()),
        "csv" => {
            let mut rows = csv::Reader::from_reader(text.as_bytes());
            for row in rows.records() {
                let row = row.unwrap();
                assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{id}: {row:?}");
            }
        }
        "tf" | "yaml" | "yml" => {
            for line in text.lines() {
                assert!(!line.contains(['\u{2028}', '\u{85}', '\u{202e}']), "{id}: {line:?}");
                let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
                assert!(quotes % 2 == 0, "{id}: {line:?}");
            }
        }
        _ => {}
    }
}

#[test]
fn hostile_plans_are_written_for_every_system() {
    let folder = std::env::var_os("WINDOWSILL_CONNECTED").map(std::path::PathBuf::from);
    for seed in 0..60 {
        let schedule = derived(hostile::plan(seed));
        let now = at("2026-01-01");
        for writer in SYSTEMS.iter().flat_map(|system| system.writes) {
            let file = writer.file(&schedule, now);
            is_sound(writer, &file.text);
            for remark in file.losses.iter().chain(&file.remarks).chain([&file.summary]) {
                assert!(!remark.chars().any(char::is_control) && !remark.is_empty(), "{remark:?}");
            }
            if let Some(folder) = &folder {
                let name = format!("{seed}-{}.{}", writer.output.id, writer.file_type.ending());
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(folder.join(name), &file.text).unwrap();
            }
        }
    }
}

#[test]
fn each_occurrence_is_written_or_named() {
    for seed in 0..60 {
        let schedule = derived(hostile::plan(seed));
        for target in targets() {
            for each in target.writer.express(&schedule, at("2026-01-01")) {
                let left_out =
                    |loss: &&windowsill::connect::writing::Loss| matches!(loss.what, LossKind::Freeze | LossKind::Over);
                let named: usize = each.lost.iter().filter(left_out).map(|loss| loss.occurrences.len()).sum();
                let all = each.window.expansion.occurrences.len();
                match (&each.form, &each.entries) {
                    (Form::Dates { count, reason }, Entries::Dates(dates)) => {
                        assert_eq!((dates.len(), count + named), (*count, all));
                        assert!(!reason.is_empty());
                    }
                    (Form::Native, Entries::Rules(rules)) => assert!(!rules.is_empty()),
                    (Form::Impossible { reason }, Entries::Nothing) => assert!(!reason.is_empty()),
                    (form, entries) => panic!("{form}: {entries:?}"),
                }
            }
        }
    }
}
