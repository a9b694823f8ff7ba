//! Advisories: by when each must be installed, which occurrences install it, and how they come in from catalogues and tables.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use windowsill::checks::Context;
use windowsill::export::lists::{AdvisoryList, CSV, CsvStyle, JSON, ListForm, Listing as _, TEXT};
use windowsill::import::{ImportError, Imported, Topic};
use windowsill::model::{
    Advisory, ChangeFreeze, Decision, DueBy, Edit, Level, ListedDate, MaintenanceWindow, Minutes, Plan, PlanParts,
    Policy, Rating, Rule, System, Verdict,
};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::schedule::{AdvisoryState, Rollout, Schedule};

use crate::support::full::{date, empty_plan};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn advisories(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    crate::support::importing::import_topic(Topic::Advisories, "list.txt", text, plan)
}

fn system(id: &str, name: &str) -> System {
    System { id: id.into(), name: name.into(), hosts: 1, ..System::default() }
}

fn window(id: &str, name: &str, systems: &[&str], dates: &[NaiveDate]) -> MaintenanceWindow {
    let listed = dates.iter().map(|on| ListedDate { on: *on, words: String::new() }).collect();
    MaintenanceWindow {
        systems: systems.iter().map(|id| (*id).into()).collect(),
        ..MaintenanceWindow::new(id.into(), name, Rule::Dates(listed))
    }
}

/// Three systems in Berlin; windows from 22:00 to 02:00 on 13 and 27 March (Core DB) and 20 March (Web).
fn plan() -> Plan {
    let mut parts = empty_plan().to_parts();
    parts.systems = [
        System { vendor: "Contoso".into(), product: "Harbour Server 2027".into(), ..system("core-db", "Core DB") },
        System { platform: "Linux".into(), ..system("web", "Web") },
        system("mail", "Mail, old"),
    ]
    .into_iter()
    .collect();
    parts.windows = [
        window("db", "DB night", &["core-db"], &[date(2027, 3, 13), date(2027, 3, 27)]),
        window("web", "Web night", &["web"], &[date(2027, 3, 20)]),
    ]
    .into_iter()
    .collect();
    parts.into()
}

fn advisory(cvss_tenths: Option<u8>, systems: &[&str]) -> Advisory {
    Advisory {
        cvss_tenths,
        systems: systems.iter().map(|id| (*id).into()).collect(),
        ..Advisory::new("cve-2027-1".into(), "Heap overflow", date(2027, 3, 9))
    }
}

/// What `look` sees of the advisory's rollout on 10 March 2027.
fn carried<R>(plan: Plan, advisory: Advisory, look: impl FnOnce(&Rollout<'_>, &Schedule) -> R) -> R {
    let plan = plan.apply(&Edit::PutAdvisory(advisory)).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let context = Context::new(&schedule, date(2027, 3, 10));
    let (_, rollout) = context.rollouts().next().unwrap();
    look(&rollout, &schedule)
}

fn due_on(plan: Plan, advisory: Advisory) -> Option<NaiveDate> {
    carried(plan, advisory, |rollout, schedule| rollout.due_on(&schedule.zone))
}

fn with_policy(change: impl FnOnce(&mut Policy)) -> Plan {
    let mut policy = Policy::default();
    change(&mut policy);
    plan().apply(&Edit::SetPolicy(policy)).unwrap()
}

#[test]
fn the_score_decides_the_severity_and_the_severity_the_date() {
    let severity = |tenths| {
        carried(plan(), advisory(tenths, &[]), |rollout, _| rollout.severity.map(|severity| severity.name.clone()))
    };
    for (tenths, name) in [(100, "Critical"), (90, "Critical"), (89, "High"), (70, "High"), (40, "Medium"), (1, "Low")]
    {
        assert_eq!(severity(Some(tenths)).as_deref(), Some(name), "{tenths}");
    }
    assert_eq!((severity(Some(0)), severity(None)), (None, None));
    // 72 hours from the start of 9 March: the 11th is the last whole day.
    assert_eq!(due_on(plan(), advisory(Some(98), &[])), Some(date(2027, 3, 11)));
    assert_eq!(due_on(plan(), advisory(Some(50), &[])), Some(date(2027, 4, 7)));
    assert_eq!(due_on(plan(), advisory(None, &[])), None);
}

#[test]
fn the_publishers_date_counts_first_unless_the_policy_says_otherwise() {
    let published = || Advisory { due_on: Some(date(2027, 3, 30)), ..advisory(Some(98), &[]) };
    assert_eq!(due_on(plan(), published()), Some(date(2027, 3, 30)));
    let own = with_policy(|policy| policy.publishers_dates = false);
    assert_eq!(due_on(own, published()), Some(date(2027, 3, 11)));
}

#[test]
fn the_response_matrix_weighs_what_is_affected_and_whether_it_is_exploited() {
    let due = |is_exploited, level| {
        let plan = with_policy(|policy| policy.due_by = DueBy::Matrix);
        let rated = System { rating: Rating { integrity: level, ..Rating::default() }, ..system("core-db", "Core DB") };
        let plan = plan.apply(&Edit::PutSystem(rated)).unwrap();
        due_on(plan, Advisory { is_exploited, ..advisory(None, &["core-db", "web"]) }).unwrap()
    };
    assert_eq!(due(true, Level::High), date(2027, 3, 11));
    assert_eq!(due(false, Level::High), date(2027, 3, 15));
    assert_eq!(due(true, Level::Medium), date(2027, 3, 15));
    assert_eq!(due(false, Level::Medium), date(2027, 4, 7));
}

#[test]
fn the_stricter_preset_asks_only_whether_it_is_exploited() {
    let due = |is_exploited| {
        let preset = DueBy::Exploited { exploited: Minutes::hours(48), other: Minutes::days(14) };
        let plan = with_policy(|policy| policy.due_by = preset);
        due_on(plan, Advisory { is_exploited, ..advisory(Some(20), &[]) })
    };
    assert_eq!((due(true), due(false)), (Some(date(2027, 3, 10)), Some(date(2027, 3, 22))));
}

#[test]
fn each_system_gets_it_with_its_first_occurrence_and_the_last_of_them_ends_it() {
    carried(plan(), advisory(Some(70), &["core-db", "web"]), |rollout, schedule| {
        let by: Vec<_> = rollout.systems.iter().map(|each| each.by.unwrap().1.on()).collect();
        assert_eq!(by, [date(2027, 3, 13), date(2027, 3, 20)]);
        let end = schedule.zone.local(rollout.installed_at().unwrap());
        assert_eq!(end.to_naive().to_string(), "2027-03-21 02:00:00");
        assert_eq!(rollout.last().unwrap().0.id().as_str(), "web");
        let late: Vec<_> = rollout.late().map(|each| each.system.id.as_str()).collect();
        assert_eq!((late, rollout.standing(date(2027, 3, 10), schedule)), (vec!["web"], AdvisoryState::WithoutWindow));
    });
}

#[test]
fn the_due_day_and_the_planned_day_are_on_the_plans_clock() {
    // 09:00 on 11 March in Auckland is 21:00 on 10 March in Berlin. Work that ends at midnight ends on the day before.
    for (zone, start, planned_on, planned_at) in [
        ("Pacific/Auckland", "05:00", "2027-03-10", "2027-03-10T20:00:00Z"),
        ("Europe/Berlin", "20:00", "2027-03-11", "2027-03-11T23:00:00Z"),
    ] {
        let window = MaintenanceWindow {
            zone: Some(zone.to_owned()),
            start: start.parse::<chrono::NaiveTime>().unwrap_or_default(),
            ..window("far", "Far", &["core-db"], &[date(2027, 3, 11)])
        };
        let parts = PlanParts { windows: [window].into_iter().collect(), ..plan().to_parts() };
        let rows = carried(parts.into(), advisory(Some(98), &["core-db"]), |rollout, schedule| {
            let context = Context::new(schedule, date(2027, 3, 10));
            assert_eq!(rollout.planned_on(&schedule.zone), planned_on.parse().ok());
            AdvisoryList { context: &context }.json()
        });
        for text in [
            "\"due_on\": \"2027-03-11\"".to_owned(),
            "\"due_at\": \"2027-03-11T23:00:00Z\"".to_owned(),
            format!("\"planned_on\": \"{planned_on}\""),
            format!("\"planned_at\": \"{planned_at}\""),
        ] {
            assert!(rows.contains(&text), "{text} is not in {rows}");
        }
    }
}

#[test]
fn occurrences_before_today_and_in_freezes_carry_nothing() {
    let frozen = ChangeFreeze { last_on: date(2027, 3, 14), ..ChangeFreeze::week("f".into(), date(2027, 3, 13)) };
    let plan = plan().apply(&Edit::PutFreeze(frozen)).unwrap();
    let of_february = Advisory { published_on: date(2027, 2, 1), ..advisory(Some(1), &["core-db"]) };
    let on = carried(plan, of_february, |rollout, _| rollout.systems[0].by.unwrap().1.on());
    assert_eq!(on, date(2027, 3, 27));
}

#[test]
fn a_system_that_no_window_covers_is_never_reached() {
    carried(plan(), advisory(Some(70), &["core-db", "mail", "unknown"]), |rollout, _| {
        assert_eq!(rollout.systems.len(), 2, "the plan knows two of them");
        assert_eq!((rollout.installed_at(), rollout.last().is_none()), (None, true));
    });
}

fn decide(advisory: &mut Advisory, verdict: Verdict) {
    advisory.decisions.push(Decision {
        verdict,
        by: "Bo".into(),
        on: date(2027, 2, 2),
        until: None,
        systems: Vec::new(),
        reason: String::new(),
    });
}

#[test]
fn decisions_and_the_installation_day_close_an_advisory() {
    let standing = |change: fn(&mut Advisory)| {
        let mut advisory = Advisory { published_on: date(2027, 2, 1), ..advisory(Some(98), &["core-db"]) };
        change(&mut advisory);
        carried(plan(), advisory, |rollout, schedule| rollout.standing(date(2027, 3, 10), schedule))
    };
    assert_eq!(standing(|_| {}), AdvisoryState::Overdue);
    assert_eq!(standing(|advisory| decide(advisory, Verdict::Deploy)), AdvisoryState::Overdue);
    assert_eq!(standing(|advisory| decide(advisory, Verdict::Accept)), AdvisoryState::Settled);
    assert_eq!(standing(|advisory| advisory.in_on = Some(date(2027, 3, 1))), AdvisoryState::Installed);
}

fn imported(text: &str) -> Imported {
    advisories(text, &plan()).unwrap()
}

fn after(plan: &Plan, imported: &Imported) -> Plan {
    plan.apply(&imported.edit().unwrap()).unwrap()
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn of_a_catalogue_only_what_matches_a_system_and_is_due_in_the_plans_months_is_taken() {
    let imported = imported(&fixture("kev.json"));
    assert_eq!(imported.summary, "3 advisories of 7 entries");
    let plan = after(&plan(), &imported);
    let taken: Vec<_> = plan.advisories().iter().map(|each| (each.id.as_str(), each.systems[0].as_str())).collect();
    assert_eq!(taken, [("cve-2027-20001", "core-db"), ("cve-2027-20002", "core-db"), ("cve-2027-20004", "web")]);
    let first = &plan.advisories().as_slice()[0];
    assert_eq!((first.due_on, first.published_on), (Some(date(2027, 3, 30)), date(2027, 3, 9)));
    assert!(first.is_exploited && first.notes.contains("Used in ransomware campaigns."), "{first:?}");
    assert_eq!(
        warnings(&imported),
        [
            "Entry 6 skipped: CVE-2027-20005: dateAdded: invalid date \"soon\": use e.g. 2027-03-13",
            "1 entry could not be read",
            "1 entry skipped: repeated in the catalogue",
            "1 entry for a system skipped: due before the plan begins (2027-01-01)",
            "1 of 3 systems has neither product nor platform, so no entry can match it: enter vendor and product",
        ]
    );
}

#[test]
fn a_newer_catalogue_brings_advisories_up_to_date_and_keeps_what_people_entered() {
    let before = after(&plan(), &imported(&fixture("kev.json")));
    let mut known = Advisory::clone(&before.advisories().as_slice()[0]);
    known.decisions = vec![Decision {
        verdict: Verdict::Defer,
        by: "Bo".into(),
        on: date(2027, 3, 10),
        until: None,
        systems: Vec::new(),
        reason: "x".into(),
    }];
    known.in_on = Some(date(2027, 3, 14));
    known.notes = "Ours".to_owned();
    known.cvss_tenths = Some(91);
    known.systems.push("mail".into());
    let before = before.apply(&Edit::PutAdvisory(known.clone())).unwrap();
    let again = advisories(&fixture("kev.json"), &before).unwrap();
    assert!(again.edits.is_empty(), "nothing changed: {:?}", again.edits);
    let newer = advisories(&fixture("kev.json").replace("2027-03-30", "2027-03-23"), &before).unwrap();
    assert_eq!(newer.summary, "1 advisory (updated) of 7 entries");
    let renewed = after(&before, &newer).advisories().get(&known.id).map(|each| Advisory::clone(each));
    assert_eq!(renewed, Some(Advisory { due_on: Some(date(2027, 3, 23)), ..known }));
}

#[test]
fn a_table_loses_only_the_rows_that_cannot_be_read_and_says_what_to_do() {
    let imported = imported(&fixture("advisories.csv"));
    let plan = after(&plan(), &imported);
    let shown: Vec<_> = plan
        .advisories()
        .iter()
        .map(|each| {
            format!("{} {} {:?} {} {:?}", each.id, each.title, each.cvss_tenths, each.is_exploited, each.systems)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "adv-17 adv-17 None false [\"core-db\", \"web\"]",
            "cve-2027-1 Heap overflow Some(98) true [\"core-db\", \"web\"]",
            "cve-2027-2 Escape, with a comma Some(71) false [\"mail\"]",
            "cve-2027-4 Not rated None false [\"web\"]",
        ]
    );
    assert_eq!(
        warnings(&imported),
        [
            "Unknown column \"owner\" ignored (line 1)",
            "Invalid CVSS score \"high\" (expected 0.0 to 10.0): \"ADV 17\" imported without (line 4)",
            "Invalid value \"perhaps\" in column exploited (expected yes or no): ignored for \"ADV 17\" (line 4)",
            "Row skipped: invalid date \"32/04/2027\": use e.g. 2027-03-13 (line 5)",
            "Row skipped: the id is missing: use the CVE number or the vendor's own (line 6)",
            "Row skipped: line 2 already has its id, and each advisory has one row (line 7)",
            "Unknown system \"nobody\": ignored (line 8)",
            "3 of 7 rows skipped",
        ]
    );
}

#[test]
fn what_a_row_does_not_say_stays_as_it_was() {
    let before = after(&plan(), &imported(&fixture("advisories.csv")));
    let again = advisories("id,published\nCVE-2027-1,2027-03-09\n", &before).unwrap();
    assert_eq!(
        (again.edits.len(), warnings(&again)),
        (0, vec!["1 row unchanged: the plan already says the same".to_owned()])
    );
}

#[test]
fn what_is_neither_catalogue_nor_table_is_refused() {
    let refused = |text: &str| advisories(text, &plan()).unwrap_err();
    let empty = advisories(" \n", &plan()).unwrap();
    assert_eq!((empty.edits.len(), empty.report.unwrap().rows), (0, 0), "a scanner found nothing");
    let asked = advisories("name,day\nA,2027-01-02\n", &plan()).unwrap().question.unwrap();
    assert!(asked.starts_with("Missing columns \"id\" and \"published\""), "{asked}");
    assert!(refused("{\"vulnerabilities\": 1}").to_string().contains("Not a catalogue of advisories"));
    assert!(refused("{\"a\": 1}").to_string().starts_with("Unknown file content"));
}

#[test]
fn the_list_for_auditors_says_what_was_decided_and_is_read_again() {
    let mut plan = after(&plan(), &imported(&fixture("advisories.csv")));
    let mut decided = Advisory::clone(plan.advisories().get(&"cve-2027-1".into()).unwrap());
    decided.decisions = vec![Decision {
        verdict: Verdict::Deploy,
        by: "Bo".into(),
        on: date(2027, 3, 10),
        until: None,
        systems: Vec::new(),
        reason: "Urgent".into(),
    }];
    plan = plan.apply(&Edit::PutAdvisory(decided)).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let context = Context::new(&schedule, date(2027, 3, 10));
    let written = |form: &ListForm| (form.write)(&AdvisoryList { context: &context }, CsvStyle::PLAIN).unwrap();
    let text = |form| String::from_utf8(written(form)).unwrap();
    let csv = text(&CSV);
    let line = csv.lines().find(|line| line.starts_with("cve-2027-1,")).unwrap();
    assert_eq!(
        line,
        format!(
            "cve-2027-1,Heap overflow,9.8,2027-03-09,yes,core-db; web,Critical,internal,2027-03-11,without window,\
             2027-03-21,db 2027-03-13; web 2027-03-20,,Deploy,Bo,2027-03-10,Urgent,2027-03-10 Deploy Bo: Urgent,,,,,,{}",
            ZoneData::bundled().release()
        )
    );
    assert!(advisories(&csv, &plan).unwrap().edits.is_empty(), "the list says what the plan has");
    let page = text(&TEXT);
    assert!(page.contains("Thu 11 Mar 2027  no window in time  Critical 9.8"), "{page}");
    assert!(text(&JSON).contains("\"decision\": \"Deploy\""));
}

/// A text with some of its bytes cut out, doubled or replaced, still UTF-8.
fn mangled(text: &str, cuts: &[(usize, usize, String)]) -> String {
    let mut text = text.to_owned();
    for (at, length, instead) in cuts {
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (floor(at % (text.len() + 1)), floor((at % (text.len() + 1)) + length));
        text.replace_range(from..to, instead);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_catalogues_and_tables_never_panic(
        cuts in proptest::collection::vec((any::<usize>(), 0..400_usize, ".{0,4}|[\",;{}0-9-]{0,12}"), 0..6),
    ) {
        for name in ["kev.json", "advisories.csv"] {
            let Ok(imported) = advisories(&mangled(&fixture(name), &cuts), &plan()) else { continue };
            if let Some(edit) = imported.edit() {
                prop_assert!(plan().apply(&edit).is_ok(), "{:?}", edit);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}", rows in proptest::collection::vec("(.{0,12},){0,7}.{0,8}", 0..6)) {
        let table = format!("id,title,cvss,published,exploited,systems\n{}", rows.join("\n"));
        for text in [&text, &table] {
            if let Ok(imported) = advisories(text, &plan()) {
                prop_assert!(imported.edits.len() <= 6);
            }
        }
    }
}
