//! Results, scans and records of releases: one of each with every field, and any for property tests.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use windowsill::model::*;

use crate::support::checklists::nights;
use crate::support::edits::{NUMBERS, a_date, numbered, one, some};
use crate::support::full::date;
use crate::support::plans::{any_date, any_id, any_text};

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(text.parse().unwrap_or_default())
}

/// Adds one record of each kind with every field filled in.
pub fn fill(parts: &mut PlanParts) {
    let on = date(2027, 3, 13);
    let result = SystemResult {
        key: ResultKey { window: "a".into(), on, system: "db-1".into() },
        hosts: 5,
        attempted: 4,
        patched: 3,
        failed: 1,
        skipped: 1,
        skip_reason: "In use".into(),
        reboots_attempted: 3,
        reboots_successful: 2,
        started_at: Some(at("2027-03-13T21:05:00Z")),
        ended_at: Some(at("2027-03-14T00:40:00Z")),
        is_rolled_back: true,
        environment: Environment::Uat,
        area: Some("sales".into()),
        groups: vec!["uat".into()],
        class: SystemClass::Appliance,
        notes: "One host lost its disk".into(),
    };
    parts.results = [result].into_iter().collect();
    let scan = FollowUpScan {
        key: ScanKey { window: "a".into(), on, at: at("2027-03-14T05:00:00Z") },
        is_authenticated: true,
        open: vec!["db-1".into()],
        by: "Nessus".into(),
        notes: "Asked twice".into(),
    };
    parts.scans = [scan].into_iter().collect();
    let signed = |by: &str, text: &str| SignedOff { by: by.into(), at: at(text) };
    let group = parts.ladders.iter().find_map(|ladder| Some((ladder.id.clone(), ladder.groups.first()?.id.clone())));
    let record = group.map(|(ladder, group)| GroupRecord {
        key: GroupRecordKey { ladder, group, release: date(2027, 3, 9) },
        deployed: Some(signed("Ann", "2027-03-14T06:00:00Z")),
        validated: Some(signed("Bo", "2027-03-14T07:00:00Z")),
        assessed: Some(signed("Cy", "2027-03-14T08:00:00Z")),
        test: Some(TestResult {
            is_passed: true,
            by: "Bo".into(),
            at: at("2027-03-14T07:30:00Z"),
            notes: "All of it".into(),
        }),
        holds: vec![Hold {
            reason: "Withdrawn".into(),
            by: "Ann".into(),
            from: at("2027-03-10T09:00:00Z"),
            lifted: Some(signed("Ann", "2027-03-12T09:00:00Z")),
        }],
    });
    parts.group_records = record.into_iter().collect();
}

/// A policy with recording switched on and a gate.
pub fn policy(usual: &Policy) -> Policy {
    let gates = vec![LadderGate { ladder: "servers".into(), sign_offs: SignOff::ALL.to_vec() }];
    let exploited_within = Some(Minutes::hours(48));
    let responsible = vec![StageOwner { stage: ProcessStage::Test, who: "Ann".into() }];
    Policy { exploited_within, recording_from: Some(date(2027, 1, 1)), gates, responsible, ..usual.clone() }
}

/// Recording and gates of some policies.
pub fn recording_policy(number: u32) -> Policy {
    let gate = |number| LadderGate { ladder: numbered("ladder", number), sign_offs: vec![SignOff::Assessed] };
    let gates = if number % 2 == 1 { [1, 5].map(gate).to_vec() } else { Vec::new() };
    let recording_from = (number % 3 == 1).then(|| date(2027, 3, 13));
    let emergency = number.is_multiple_of(5).then(|| EmergencyLane {
        stages: vec![Stage::Test, Stage::Pilot],
        soak: Minutes::hours(number / 5),
        notice_days: (number % 7) as u16,
    });
    let exploited_within = number.is_multiple_of(2).then_some(Minutes::hours(number));
    let services = vec![ServiceTarget { service: "db".to_owned(), available_per_100_000: 99_000 + number }];
    Policy { exploited_within, recording_from, gates, emergency, services, ..Policy::default() }
}

/// Minutes for patching and rolling back, or none.
pub fn an_estimate() -> impl Strategy<Value = Estimate> {
    let minutes = || select(vec![10, 30, 60, 100]).prop_map(Minutes);
    let guess = prop_oneof![
        3 => minutes().prop_map(Guess::sure),
        1 => [minutes(), minutes(), minutes()].prop_map(|[a, b, c]| Guess::from_three(a, b, c)),
    ];
    let minutes = || option::weighted(0.8, guess.clone());
    (minutes(), minutes()).prop_map(|(patch, rollback)| Estimate {
        patch,
        rollback,
        switch: rollback,
        ..Estimate::default()
    })
}

fn instant() -> impl Strategy<Value = UtcMinute> {
    (29_960_000..30_500_000_i32).prop_map(UtcMinute)
}

prop_compose! {
    fn result(key: impl Strategy<Value = ResultKey>)(
        key in key,
        hosts in 0..5_u32,
        numbers in (0..5_u32, 0..5_u32, 0..3_u32, 0..3_u32),
        reboots in (0..3_u32, 0..3_u32),
        times in (option::of(instant()), option::of(instant())),
        is_rolled_back in any::<bool>(),
        then in (select(Environment::ALL.to_vec()), option::of(one("area")), some("group")),
        notes in any_text(),
    ) -> SystemResult {
        SystemResult {
            key,
            hosts,
            attempted: numbers.0,
            patched: numbers.1,
            failed: numbers.2,
            skipped: numbers.3,
            skip_reason: notes.clone(),
            reboots_attempted: reboots.0,
            reboots_successful: reboots.1,
            started_at: times.0,
            ended_at: times.1,
            is_rolled_back,
            environment: then.0,
            area: then.1,
            groups: then.2,
            class: SystemClass::Server,
            notes,
        }
    }
}

fn scan(key: impl Strategy<Value = ScanKey>) -> impl Strategy<Value = FollowUpScan> {
    (key, any::<bool>(), some("system"), any_text()).prop_map(|(key, is_authenticated, open, by)| FollowUpScan {
        key,
        is_authenticated,
        open,
        notes: by.clone(),
        by,
    })
}

fn group_record(key: impl Strategy<Value = GroupRecordKey>) -> impl Strategy<Value = GroupRecord> {
    let signed = || option::of((any_text(), instant()).prop_map(|(by, at)| SignedOff { by, at }));
    let test = option::of((any::<bool>(), any_text(), instant()));
    let hold = (any_text(), instant(), signed());
    (key, (signed(), signed(), signed()), test, vec(hold, 0..3)).prop_map(|(key, signed, test, holds)| {
        let test = test.map(|(is_passed, by, at)| TestResult { is_passed, notes: by.clone(), by, at });
        let hold = |(reason, from, lifted): (String, _, _)| Hold { by: reason.clone(), reason, from, lifted };
        let mut holds: Vec<Hold> = holds.into_iter().map(hold).collect();
        holds.sort_by_key(|hold| hold.from);
        holds.dedup_by_key(|hold| hold.from);
        GroupRecord { key, deployed: signed.0, validated: signed.1, assessed: signed.2, test, holds }
    })
}

/// Results, scans and records of releases of any plan.
pub fn any_recorded() -> impl Strategy<Value = (Vec<SystemResult>, Vec<FollowUpScan>, Vec<GroupRecord>)> {
    let ids = || (any_id(), any_date(), any_id());
    let result_key = ids().prop_map(|(window, on, system)| ResultKey {
        window: WindowId::new(&window),
        on,
        system: SystemId::new(&system),
    });
    let scan_key = (any_id(), any_date(), instant()).prop_map(|(window, on, at)| ScanKey {
        window: WindowId::new(&window),
        on,
        at,
    });
    let group_key = ids().prop_map(|(ladder, release, group)| GroupRecordKey {
        ladder: LadderId::new(&ladder),
        group: GroupId::new(&group),
        release,
    });
    (vec(result(result_key), 0..6), vec(scan(scan_key), 0..4), vec(group_record(group_key), 0..4))
}

fn occurrence() -> impl Strategy<Value = (WindowId, NaiveDate)> {
    (one::<WindowId>("window"), a_date())
}

/// Something is recorded in the small world, or forgotten.
pub fn recorded() -> impl Strategy<Value = Edit> {
    prop_oneof![1 => nights(), 2 => results()]
}

fn results() -> impl Strategy<Value = Edit> {
    let result_key =
        || (occurrence(), one("system")).prop_map(|((window, on), system)| ResultKey { window, on, system });
    let scan_key = || (occurrence(), instant()).prop_map(|((window, on), at)| ScanKey { window, on, at });
    let group = subsequence(NUMBERS.to_vec(), 1).prop_map(|numbers| numbered::<GroupId>("group", numbers[0]));
    let group_key = (one("ladder"), group, a_date())
        .prop_map(|(ladder, group, release)| GroupRecordKey { ladder, group, release })
        .boxed();
    prop_oneof![
        4 => result(result_key()).prop_map(Edit::PutResult),
        1 => result_key().prop_map(Edit::RemoveResult),
        2 => scan(scan_key()).prop_map(Edit::PutScan),
        1 => scan_key().prop_map(Edit::RemoveScan),
        2 => group_record(group_key.clone()).prop_map(Edit::PutGroupRecord),
        1 => group_key.prop_map(Edit::RemoveGroupRecord),
    ]
}
