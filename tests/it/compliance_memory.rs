//! Figures that are kept from edit to edit are those of a fresh report.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use windowsill::compliance::{ComplianceMemory, ComplianceOptions, ComplianceReport, Totals};
use windowsill::model::*;
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::support::edits::any_edit;
use crate::support::full::empty_plan;
use crate::support::plans::any_plan;
use crate::support::results::recorded;

fn options(at: &str, from: Option<NaiveDate>, count_hosts: bool) -> ComplianceOptions {
    ComplianceOptions { at: UtcMinute::from_utc(at.parse().unwrap()), from, count_hosts }
}

/// Applies edits one after the other; after each, the kept figures must be those of a fresh report. Returns them.
fn walk(plan: Plan, edits: impl IntoIterator<Item = Edit>, options: &[ComplianceOptions]) -> Vec<Totals> {
    let mut memories: Vec<ComplianceMemory> = options.iter().map(|_| ComplianceMemory::default()).collect();
    let mut schedule = Schedule::derive(&Arc::new(plan), None);
    let mut all = Vec::new();
    let mut compare = |schedule: &Schedule, after: &str| {
        for (options, memory) in options.iter().zip(&mut memories) {
            let kept = memory.totals(schedule, options);
            let fresh = ComplianceReport::new(schedule, options);
            assert_eq!(kept, *fresh, "{after} {options:?}");
            assert_eq!(serde_json::to_string(&kept).unwrap(), serde_json::to_string(&fresh).unwrap());
            all.push(kept);
        }
    };
    compare(&schedule, "at first");
    for edit in edits {
        let Ok(plan) = schedule.plan.apply(&edit) else { continue };
        schedule = Schedule::derive(&Arc::new(plan), Some(&schedule));
        compare(&schedule, &format!("{edit:?}"));
    }
    all
}

#[test]
fn each_result_and_scan_of_the_sample_counts_at_once() {
    let plan = store::parse(include_str!("../../assets/sample.ron")).unwrap().plan;
    let results = plan.results().iter().step_by(7).flat_map(|result| {
        let worse = SystemResult { patched: 0, failed: result.attempted, ..SystemResult::clone(result) };
        [Edit::RemoveResult(result.key.clone()), Edit::PutResult(SystemResult::clone(result)), Edit::PutResult(worse)]
    });
    let scans = plan.scans().iter().step_by(5).flat_map(|scan| {
        let open = plan.systems().iter().take(3).map(|system| system.id.clone()).collect();
        [Edit::PutScan(FollowUpScan { open, ..FollowUpScan::clone(scan) }), Edit::RemoveScan(scan.key.clone())]
    });
    let edits: Vec<Edit> = results.chain(scans).collect();
    let totals = walk(plan.clone(), edits, &[options("2027-04-01T00:00:00Z", None, false)]);
    let changes = totals.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(totals.len() > 40 && changes > totals.len() / 3, "{changes} of {} change something", totals.len());
}

#[test]
fn what_else_changes_makes_no_difference_either() {
    let plan = store::parse(include_str!("../../assets/sample.ron")).unwrap().plan;
    let first = |subject: Option<Edit>| subject.unwrap();
    let advisory =
        plan.advisories().iter().next().map(|each| Advisory { cvss_tenths: Some(99), ..Advisory::clone(each) });
    let system =
        plan.systems().iter().next().map(|each| System { environment: Environment::Uat, ..System::clone(each) });
    let edits = [
        first(advisory.map(Edit::PutAdvisory)),
        first(system.map(Edit::PutSystem)),
        Edit::SetPolicy(Policy { severities: Vec::new(), ..Policy::clone(plan.policy()) }),
        Edit::MoveOccurrence {
            window: "core-db".into(),
            on: NaiveDate::from_ymd_opt(2027, 3, 20).unwrap(),
            to: NaiveDate::from_ymd_opt(2027, 3, 27).unwrap(),
            start: None,
            duration: None,
        },
        Edit::RemoveWindow("core-db".into()),
        first(plan.ladders().iter().next().map(|ladder| Edit::RemoveLadder(ladder.id.clone()))),
    ];
    let hosts = options("2027-04-01T00:00:00Z", NaiveDate::from_ymd_opt(2027, 2, 1), true);
    walk(plan.clone(), edits, &[hosts, options("2027-02-14T12:00:00Z", None, false)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_edits_leave_the_figures_of_a_fresh_report(
        world in vec(any_edit().boxed(), 40),
        edits in vec(prop_oneof![4 => recorded().boxed(), 1 => any_edit().boxed()].boxed(), 1..20),
        count_hosts in any::<bool>(),
    ) {
        let built = world.iter().fold(empty_plan(), |plan, edit| plan.apply(edit).unwrap_or(plan));
        walk(built, edits, &[options("2027-06-30T00:00:00Z", None, count_hosts)]);
    }

    #[test]
    fn any_plan_has_one_set_of_figures(plan in any_plan().boxed(), edits in vec(recorded().boxed(), 1..6)) {
        walk(plan, edits, &[options("2027-06-30T00:00:00Z", None, false)]);
    }
}
