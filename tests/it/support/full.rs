//! A plan in which every field is filled in, and one without records.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, Weekday};
use windowsill::model::*;

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

/// A plan without records.
pub fn empty_plan() -> Plan {
    Plan::new(PlanId::new("example-2027"), "Example 2027", Horizon::year(2027), "Europe/Berlin")
}

/// A plan that has every field of every record, and every form of rule, change, scope and work, once.
pub fn full_plan() -> Plan {
    let mut parts = empty_plan().to_parts();
    parts.zones = [CustomZone {
        id: "Branch time".into(),
        offset: 60,
        transitions: vec![OffsetTransition {
            at: UtcMinute::from_utc("2027-03-28T01:00:00Z".parse().unwrap()),
            offset: 120,
        }],
    }]
    .into_iter()
    .collect();
    parts.areas = [full_area()].into_iter().collect();
    parts.systems = [full_system(), System { id: "db-2".into(), name: "DB 2".into(), hosts: 1, ..System::default() }]
        .into_iter()
        .collect();
    parts.ladders = [full_ladder()].into_iter().collect();
    parts.windows = full_windows().into_iter().collect();
    parts.freezes = full_freezes().into_iter().collect();
    parts.holidays = [HolidayCalendar {
        id: "de".into(),
        name: "Germany".into(),
        days: vec![Holiday { on: date(2027, 1, 6), name: "Epiphany".into(), region: "Bavaria".into() }],
        imported: Some(import_source(Some(date(2027, 1, 6)))),
    }]
    .into_iter()
    .collect();
    parts.policy = Arc::new(Policy {
        internet_is_active: true,
        emergency: Some(EmergencyLane { stages: vec![Stage::Test, Stage::Uat], soak: Minutes(90), notice_days: 1 }),
        first_group_percent: 15,
        services: vec![ServiceTarget { service: "Payments".into(), available_per_100_000: 99_950 }],
        ..super::results::policy(&parts.policy)
    });
    super::ledger::fill(&mut parts);
    parts.conflicts = conflicts().into_iter().collect();
    parts.into()
}

fn conflicts() -> [Conflict; 2] {
    let key = |record, field: &str| ConflictKey { record, field: field.into() };
    let order = serde_json::json!(["a", "b"]);
    [
        Conflict {
            key: key(RecordKey::Ladder("servers".into()), "groups"),
            base: order,
            theirs: serde_json::json!([]),
        },
        Conflict {
            key: key(RecordKey::System("db-2".into()), ""),
            base: serde_json::json!({"hosts": 2}),
            theirs: serde_json::Value::Null,
        },
    ]
}

fn full_area() -> BusinessArea {
    BusinessArea {
        id: "sales".into(),
        name: "Sales".into(),
        owner: "Ann O'Neill".into(),
        email: "ann@example.org".into(),
        aliases: vec!["ann+work@example.org".into()],
        allowed: vec![AllowedHours { days: vec![Weekday::Sat, Weekday::Sun], from: clock(20, 0), until: clock(6, 0) }],
        notice_days: Some(10),
        holidays: vec!["de".into()],
        notes: "Two lines\nand \"quotes\"".into(),
    }
}

fn full_estimate() -> Estimate {
    Estimate {
        prepare: Minutes(10).into(),
        drain: Minutes(1).into(),
        patch: Some(Guess::from_three(Minutes(10), Minutes(12), Minutes(30))),
        reboot: Minutes(10).into(),
        verify: Minutes(5).into(),
        final_verification: Minutes(15).into(),
        rollback: Some(Minutes(18).into()),
        switch: Some(Minutes(6).into()),
        rollback_verification: Minutes(10).into(),
        handover: Minutes(5).into(),
    }
}

fn full_system() -> System {
    System {
        id: "db-1".into(),
        name: "DB 1".into(),
        class: SystemClass::Server,
        environment: Environment::Production,
        rating: Rating { confidentiality: Level::High, integrity: Level::Medium, availability: Level::Low },
        area: Some("sales".into()),
        service_owner: "Bo".into(),
        service: "Payments".into(),
        platform: "Linux".into(),
        vendor: "Oracle".into(),
        product: "Database".into(),
        other_products: vec![Product { vendor: "Apache".into(), product: "Tomcat".into() }],
        model: "X9-2".into(),
        hosts: 4,
        zone: Some("Europe/London".into()),
        depends_on: vec!["db-2".into()],
        twin: Some("db-2".into()),
        counterpart: Some("db-2".into()),
        patch_method: PatchMethod::Tool("Ansible".into()),
        stop_services: vec!["app-server".into(), "listener".into()],
        test_script: "smoke-test.sh db-1".into(),
        estimate: full_estimate(),
        rollback: RollbackMethod::Snapshot,
        rollback_tested_on: Some(date(2026, 9, 1)),
        host_names: vec!["db01.bank.example".into(), "10.0.0.5".into()],
        circuits: vec!["CIRCUIT-1".into()],
        inventories: vec!["ansible-list: inventory".into()],
        notes: "Zoë's".into(),
    }
}

fn full_ladder() -> Ladder {
    Ladder {
        id: "servers".into(),
        name: "Servers".into(),
        class: SystemClass::Server,
        release: Some("microsoft".into()),
        groups: vec![DeploymentGroup {
            id: "servers-test".into(),
            name: "Test".into(),
            stage: Stage::Test,
            soak: Some(Minutes::hours(24)),
            cadence_days: Some(40),
            checklist: Some("night".into()),
            systems: vec!["db-1".into(), "db-2".into()],
        }],
    }
}

fn full_windows() -> Vec<MaintenanceWindow> {
    let tuesday = MonthDay::Nth(2, Weekday::Tue);
    let full = MaintenanceWindow {
        id: "a".into(),
        name: "A".into(),
        rule: Rule::Monthly { on: tuesday, every: 1, offset_days: 11 },
        start: clock(22, 0),
        duration: Minutes::hours(4),
        kind: WindowKind::Extended,
        groups: vec!["servers-test".into()],
        systems: vec!["db-1".into()],
        zone: Some("Europe/London".into()),
        first: Some(date(2027, 1, 1)),
        last: Some(date(2027, 12, 31)),
        changes: vec![
            DatedChange { from: date(2027, 7, 1), start: Some(clock(23, 0)), duration: None, shift_days: 0 },
            DatedChange { from: date(2027, 9, 1), start: None, duration: Some(Minutes::hours(5)), shift_days: -2 },
        ],
        exceptions: full_exceptions(),
        strategy: WorkStrategy::Rolling,
        watch: Some(Watch { length: Minutes::hours(48), baseline: "120 orders a minute".into() }),
        batch: Batch::Hosts(2),
        work: Work::Pool(full_estimate()),
        cutoff: Some(Minutes(150)),
        max_fail_percent: Some(10),
        irreversible: Some(Irreversible { after: Minutes(60), step: "Schema migrated".into() }),
        checklist: ChecklistChoice::Template("night".into()),
        bookings: full_bookings(),
        short_name: "A1".into(),
        change_ticket: "CHG-1".into(),
        impact: "None".into(),
        impact_minutes: Some(90),
        dependencies: "Web".into(),
        backout: BackoutPlan { steps: "1. Stop\n2. Restore".into(), tested_on: Some(date(2026, 10, 1)) },
        communication: "Mail".into(),
        notes: "Ask Bo".into(),
        sequence: 3,
        imported: Some(Box::new(import_source(None))),
    };
    let listed = vec![ListedDate { on: date(2027, 3, 6), words: "first Saturday".into() }];
    let after = Rule::AfterRelease { release: "microsoft".into(), offset_days: 1, then: Some(Weekday::Sat) };
    vec![
        full,
        MaintenanceWindow::new("b".into(), "B", Rule::Dates(listed)),
        MaintenanceWindow {
            batch: Batch::Share(25),
            checklist: ChecklistChoice::Without,
            work: Work::Tracks(vec![vec!["db-1".into()], vec!["db-2".into()]]),
            ..MaintenanceWindow::new("c".into(), "C", Rule::Weekly { days: vec![Weekday::Sun], every: 2 })
        },
        MaintenanceWindow {
            batch: Batch::List(vec![BatchSize::Hosts(1), BatchSize::Share(20)]),
            ..MaintenanceWindow::new("d".into(), "D", after)
        },
        MaintenanceWindow::new("e".into(), "E", Rule::Foreign("FREQ=YEARLY".into())),
    ]
}

fn full_exceptions() -> Vec<Exception> {
    let exception = |day, change| Exception { on: date(2027, 5, day), change, sequence: 1, was_added: false };
    vec![
        exception(
            1,
            OccurrenceChange::Moved {
                to: date(2027, 5, 2),
                start: Some(clock(20, 0)),
                duration: Some(Minutes::hours(6)),
            },
        ),
        exception(3, OccurrenceChange::Skipped { reason: "Audit".into() }),
        exception(4, OccurrenceChange::Added { start: Some(clock(21, 30)), duration: Some(Minutes(45)) }),
        exception(5, OccurrenceChange::Restored),
    ]
}

/// What a record with every field filled in was imported from.
fn import_source(on: Option<NaiveDate>) -> ImportSource {
    let stamp = date(2026, 11, 1).and_hms_opt(9, 0, 5);
    ImportSource {
        source: "Carrier".into(),
        events: vec![ImportedEvent {
            uid: "x@carrier.example".into(),
            on,
            occurrence_at: stamp.filter(|_| on.is_some()),
            sequence: 3,
            stamp,
        }],
        fields: [("name", 0x0a1b_2c3d)].into_iter().collect(),
    }
}

fn full_freezes() -> Vec<ChangeFreeze> {
    let freeze = |id: &str, scope| ChangeFreeze {
        id: id.into(),
        name: id.to_uppercase(),
        first_on: date(2027, 12, 15),
        last_on: date(2028, 1, 6),
        every_months: Some(12),
        scope,
        exemptions: Vec::new(),
        notes: String::new(),
        imported: None,
    };
    vec![
        ChangeFreeze {
            exemptions: vec![Exemption { window: "a".into(), approver: "CIO".into(), reason: "Zero day".into() }],
            notes: "Every year".into(),
            imported: Some(import_source(None)),
            ..freeze("all", SystemScope::Everything)
        },
        freeze("areas", SystemScope::Areas(vec!["sales".into()])),
        freeze("ladders", SystemScope::Ladders(vec!["servers".into()])),
        freeze("systems", SystemScope::Systems(vec!["db-1".into()])),
    ]
}

fn full_bookings() -> Vec<Booking> {
    vec![
        Booking { duty: Duty::Work, who: Assignee::Person("ann".into()), on: None },
        Booking {
            duty: Duty::Testing(Minutes::hours(2)),
            who: Assignee::Team("testers".into()),
            on: Some(date(2027, 5, 1)),
        },
    ]
}
