//! Scan routines and bulletin duties: one of each with every field, those of the small world, and wild ones.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::{a_date, one, some};
use crate::support::full::date;
use crate::support::plans::{any_date, any_id, any_text};

/// Adds records in every form that they can have.
pub fn fill(parts: &mut PlanParts) {
    let routine =
        |number: usize, kind: ScanKind| ScanRoutine::new(format!("scan-{number}").as_str().into(), "Scan", kind);
    let run = |outcome| ScanRun { on: date(2027, 3, 8), outcome, by: "Nessus".into(), notes: "Two hosts off".into() };
    let plain = ScanKind::ALL.iter().enumerate().map(|(number, kind)| routine(number, *kind));
    let full = ScanRoutine {
        tool: "Nessus".into(),
        who: Some(Assignee::Team("testers".into())),
        scope: SystemScope::Areas(vec!["sales".into()]),
        last: Some(run(ScanOutcome::Open(3))),
        notes: "After patching".into(),
        ..routine(5, ScanKind::Authenticated)
    };
    let failed = ScanRoutine {
        who: Some(Assignee::Person("ann".into())),
        scope: SystemScope::Ladders(vec!["servers".into()]),
        last: Some(run(ScanOutcome::Failed)),
        ..routine(6, ScanKind::Cloud)
    };
    let clean = ScanRoutine {
        scope: SystemScope::Systems(vec!["db-1".into()]),
        last: Some(run(ScanOutcome::Clean)),
        ..routine(7, ScanKind::Container)
    };
    parts.scan_routines = plain.chain([full, failed, clean]).collect();
    parts.bulletin_duties = [BulletinDuty {
        id: "databases".into(),
        name: "Database bulletins".into(),
        vendors: vec!["Oracle".into(), "SAP".into()],
        source: "https://vendor.example/alerts".into(),
        owner: Some(Assignee::Person("ann".into())),
        stand_in: Some(Assignee::Team("testers".into())),
        notes: "Third Tuesday".into(),
    }]
    .into_iter()
    .collect();
}

fn interval() -> impl Strategy<Value = ScanInterval> {
    prop_oneof![
        3 => select(vec![0, 1, 7, 30, u16::MAX]).prop_map(ScanInterval::Days),
        1 => select(vec![ScanInterval::EachBuild, ScanInterval::EachCommit]),
    ]
}

fn run(on: impl Strategy<Value = NaiveDate>) -> impl Strategy<Value = ScanRun> {
    let outcome =
        select(vec![ScanOutcome::Clean, ScanOutcome::Open(1), ScanOutcome::Open(u32::MAX), ScanOutcome::Failed]);
    (on, outcome, any_text()).prop_map(|(on, outcome, by)| ScanRun { on, outcome, notes: by.clone(), by })
}

/// One of the small world, which may name what does not exist.
fn a_scan_routine() -> impl Strategy<Value = ScanRoutine> {
    let scope = prop_oneof![
        Just(SystemScope::Everything),
        some("area").prop_map(SystemScope::Areas),
        some("ladder").prop_map(SystemScope::Ladders),
        some("system").prop_map(SystemScope::Systems),
    ];
    (
        one::<ScanRoutineId>("scan"),
        select(ScanKind::ALL.to_vec()),
        interval(),
        somebody(),
        scope,
        option::of(run(a_date())),
    )
        .prop_map(|(id, kind, every, who, scope, last)| {
            let name = id.to_string();
            ScanRoutine { every, who, scope, last, ..ScanRoutine::new(id, &name, kind) }
        })
}

fn somebody() -> impl Strategy<Value = Option<Assignee>> {
    option::weighted(0.8, prop_oneof![one("person").prop_map(Assignee::Person), one("team").prop_map(Assignee::Team)])
}

/// The vendors of the systems of the small world are "", "Oracle" and "SAP".
fn a_bulletin_duty() -> impl Strategy<Value = BulletinDuty> {
    let vendors = select(vec![vec![], vec!["oracle".to_owned()], vec!["SAP".to_owned(), "Oracle ".to_owned()]]);
    (one::<BulletinDutyId>("bulletins"), vendors, somebody(), somebody()).prop_map(|(id, vendors, owner, stand_in)| {
        let name = id.to_string();
        BulletinDuty { vendors, owner, stand_in, ..BulletinDuty::new(id, &name) }
    })
}

/// Puts a routine or a duty of the small world.
pub fn put_routine() -> impl Strategy<Value = Edit> {
    prop_oneof![a_scan_routine().prop_map(Edit::PutScanRoutine), a_bulletin_duty().prop_map(Edit::PutBulletinDuty)]
}

/// Removes one.
pub fn remove_routine() -> impl Strategy<Value = Edit> {
    prop_oneof![
        one::<ScanRoutineId>("scan").prop_map(Edit::RemoveScanRoutine),
        one::<BulletinDutyId>("bulletins").prop_map(Edit::RemoveBulletinDuty),
    ]
}

/// Any routines and duties, with ids as keys.
pub fn any_routines() -> impl Strategy<Value = (Table<ScanRoutine>, Table<BulletinDuty>)> {
    let who = || option::of(any_id().prop_map(|id| Assignee::Person(id.as_str().into())));
    let routine = (any_id(), any_text(), interval(), who(), option::of(run(any_date()))).prop_map(
        |(id, name, every, who, last)| {
            let new = ScanRoutine::new(id.as_str().into(), &name, ScanKind::Dependencies);
            ScanRoutine { every, who, last, tool: name, ..new }
        },
    );
    let duty =
        (any_id(), any_text(), vec(any_text(), 0..3), who(), who()).prop_map(|(id, name, vendors, owner, stand_in)| {
            let new = BulletinDuty::new(id.as_str().into(), &name);
            BulletinDuty { vendors, owner, stand_in, source: name, ..new }
        });
    (vec(routine, 0..6), vec(duty, 0..6))
        .prop_map(|(routines, duties)| (routines.into_iter().collect(), duties.into_iter().collect()))
}
