//! A night at an instant, compared with times calculated manually.

use std::sync::Arc;

use windowsill::export::checklist::{sheet, single};
use windowsill::export::paper::{self, Part};
use windowsill::model::{
    ChecklistBlock, Ending, MaintenanceWindow, Minutes, NightKey, NightRecord, Outcome, Plan, PlanParts, Policy, Rule,
    StatusUpdate, Tick, UtcMinute, Work,
};
use windowsill::schedule::Schedule;
use windowsill::schedule::night::{Night, Phase, coming, running};

use crate::common::harbour;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(format!("{text}:00Z").parse().unwrap())
}

/// "03-20 22:30" of each instant.
fn clocks(times: impl IntoIterator<Item = UtcMinute>) -> Vec<String> {
    times.into_iter().map(|at| at.to_utc().format("%m-%d %H:%M").to_string()).collect()
}

fn key(on: &str) -> NightKey {
    NightKey { window: "core-db".into(), on: on.parse().unwrap() }
}

fn record(on: &str) -> NightRecord {
    NightRecord::new(key(on))
}

fn status_update(due_at: &str, at_minute: &str) -> StatusUpdate {
    StatusUpdate { due_at: at(due_at), text: "All well".into(), by: "A. Osei".into(), at: at(at_minute) }
}

fn ended(outcome: Outcome, at_minute: &str) -> Ending {
    Ending { outcome, by: "A. Osei".into(), at: at(at_minute) }
}

/// The harbour's window on one date instead of each third Saturday.
fn once(on: &str, start: &str, duration: Minutes) -> Plan {
    let mut parts = harbour::plan().to_parts();
    parts.windows = [MaintenanceWindow {
        rule: Rule::once(on.parse().unwrap()),
        start: start.parse().unwrap(),
        duration,
        ..harbour::window()
    }]
    .into_iter()
    .collect();
    parts.into()
}

fn derive(plan: Plan, records: impl IntoIterator<Item = NightRecord>) -> Schedule {
    let plan = Plan::from(PlanParts { nights: records.into_iter().collect(), ..plan.to_parts() });
    Schedule::derive(&Arc::new(plan), None)
}

fn night<'a>(schedule: &'a Schedule, on: &str) -> Night<'a> {
    Night::find(schedule, &"core-db".into(), on.parse().unwrap()).unwrap()
}

#[test]
fn the_handbooks_night_goes_through_its_phases_to_the_minute() {
    // 22:00 to 02:00 GMT. Work 10 + 4 × 28 + 15 = 137; rollback 4 × 15 + 8 = 68; handover 5.
    // Roll back by 02:00 − 5 − 68 min = 00:47; the last batch starts by 00:47 − 15 − 28 min = 00:04.
    let schedule = derive(harbour::plan(), []);
    let night = night(&schedule, "2027-03-20");
    assert_eq!((night.cutoff(), night.roll_back_by()), (Some(at("2027-03-21T00:04")), Some(at("2027-03-21T00:47"))));
    let phases = [
        ("2027-03-20T21:59", Phase::Before, -1),
        ("2027-03-20T22:00", Phase::Running, 0),
        ("2027-03-21T00:04", Phase::Running, 124),
        ("2027-03-21T00:05", Phase::AfterCutoff, 125),
        ("2027-03-21T00:47", Phase::AfterCutoff, 167),
        ("2027-03-21T00:48", Phase::AfterRollback, 168),
        ("2027-03-21T01:59", Phase::AfterRollback, 239),
        ("2027-03-21T02:00", Phase::AfterEnd, 240),
    ];
    for (now, phase, elapsed) in phases {
        assert_eq!((night.phase(at(now)), night.elapsed(at(now))), (phase, elapsed), "{now}");
    }
    let due = ChecklistBlock::ALL.map(|block| night.block_at(block));
    let without_watch = "03-21 02:00";
    assert_eq!(clocks(due), ["03-19 22:00", "03-20 20:00", "03-20 22:00", "03-20 22:00", "03-21 02:00", without_watch]);
}

#[test]
fn a_night_that_ended_is_over_and_its_clock_stops() {
    let ending = Some(ended(Outcome::RolledBack, "2027-03-21T01:30"));
    let schedule = derive(harbour::plan(), [NightRecord { ending, ..record("2027-03-20") }]);
    let night = night(&schedule, "2027-03-20");
    let later = at("2027-03-21T09:00");
    assert_eq!((night.phase(later), night.elapsed(later)), (Phase::Over(Outcome::RolledBack), 210));
    assert_eq!((night.status_due(later), night.runs(later)), (None, false));
    assert!(!night.runs(at("2027-03-21T01:45")), "it ended before its end");
}

#[test]
fn the_status_is_due_every_half_hour_and_late_until_it_is_sent() {
    let record = NightRecord {
        status_updates: vec![status_update("2027-03-20T22:30", "2027-03-20T22:25")],
        ..record("2027-03-20")
    };
    let schedule = derive(harbour::plan(), [record]);
    let night = night(&schedule, "2027-03-20");
    let due = [
        ("2027-03-20T20:00", "03-20 23:00"),
        ("2027-03-20T22:31", "03-20 23:00"),
        ("2027-03-20T23:00", "03-20 23:00"),
        ("2027-03-20T23:29", "03-20 23:00"),
        ("2027-03-20T23:30", "03-20 23:30"),
        ("2027-03-21T02:00", "03-21 02:00"),
        ("2027-03-21T02:29", "03-21 02:00"),
        // No outcome is entered, so the status is still due.
        ("2027-03-21T02:30", "03-21 02:30"),
    ];
    for (now, wanted) in due {
        assert_eq!(clocks(night.status_due(at(now))), [wanted], "{now}");
    }
    let rows = night.status_rows(at("2027-03-20T23:00"));
    assert_eq!((rows.len(), rows[0].sent.is_some(), rows[1].sent.is_some()), (8, true, false));
    assert_eq!(clocks([rows[0].due_at, rows[7].due_at]), ["03-20 22:30", "03-21 02:00"]);
    assert_eq!(night.status_rows(at("2027-03-21T02:10")).len(), 9, "one after the end, since it goes on");
    assert_eq!(night.status_due(at("2027-03-22T02:00")), None, "a day after its end nothing is due");
}

#[test]
fn the_last_row_is_the_end_even_if_the_half_hours_do_not_divide_it() {
    let schedule = derive(once("2027-03-20", "22:00:00", Minutes(100)), []);
    let night = night(&schedule, "2027-03-20");
    let rows = night.status_rows(at("2027-03-20T22:00")).iter().map(|row| row.due_at).collect::<Vec<_>>();
    assert_eq!(clocks(rows), ["03-20 22:30", "03-20 23:00", "03-20 23:30", "03-20 23:40"]);
}

#[test]
fn status_rows_are_the_same_on_screen_and_on_paper() {
    for length in [Minutes(20), Minutes(100), Minutes(240), Minutes::hours(24)] {
        let schedule = derive(once("2027-03-27", "23:00:00", length), []);
        let night = night(&schedule, "2027-03-27");
        let clock = |at: UtcMinute| night.window.local(at).to_naive().format("%H:%M").to_string();
        let rows = night.status_rows(night.starts_at()).iter().map(|row| clock(row.due_at)).collect::<Vec<_>>();
        let sheet = sheet(&schedule, night.window, night.occurrence).unwrap();
        let status =
            sheet.parts.iter().find_map(|part| if let Part::Status(status) = part { Some(status) } else { None });
        // In a night with a clock change, the zone's short name follows the time.
        let printed = status.unwrap().rows.iter().map(|row| row.clock[..5].to_owned()).collect::<Vec<_>>();
        assert_eq!(rows, printed, "{length}");
    }
}

#[test]
fn the_filled_sheet_prints_as_the_record() {
    let tick = Tick {
        block: ChecklistBlock::HoursBefore,
        item: "Final backup completed".into(),
        by: "Lena Fox".into(),
        at: at("2027-03-20T20:12"),
    };
    let filled = NightRecord {
        ticks: vec![tick],
        status_updates: vec![status_update("2027-03-20T22:30", "2027-03-20T22:31")],
        ending: Some(ended(Outcome::RolledBack, "2027-03-21T01:30")),
        notes: "Batch 3 failed".into(),
        ..record("2027-03-20")
    };
    let schedule = derive(harbour::plan(), [filled]);
    let night = night(&schedule, "2027-03-20");
    let page = paper::text(&single(&schedule, night.window, night.occurrence, "0").unwrap());
    for written in ["Lena Fox", "20:12", "[x] 22:30 All well", "[ ] 23:00 ___", "Rolled back", "Batch 3 failed"] {
        assert!(page.contains(written), "{written}\n{page}");
    }
}

#[test]
fn without_an_interval_no_status_is_due() {
    let plan = harbour::plan();
    let policy = Policy { status_every: Minutes(0), ..Policy::clone(plan.policy()) };
    let schedule = derive(Plan::from(PlanParts { policy: Arc::new(policy), ..plan.to_parts() }), []);
    let night = night(&schedule, "2027-03-20");
    assert_eq!(night.status_due(at("2027-03-20T23:00")), None);
    assert!(night.status_rows(at("2027-03-20T23:00")).is_empty());
}

#[test]
fn a_night_with_a_clock_change_is_calculated_in_real_minutes() {
    // London, 28 March 2027: 01:00 GMT is 02:00 BST, so 23:00 to 03:00 lasts 3 h, and 5 h on 31 October.
    let spring = derive(once("2027-03-27", "23:00:00", Minutes(240)), []);
    let night_of_spring = night(&spring, "2027-03-27");
    assert_eq!(clocks([night_of_spring.starts_at(), night_of_spring.ends_at()]), ["03-27 23:00", "03-28 02:00"]);
    // 180 − 5 − 68 = 107 min after the start.
    assert_eq!(clocks(night_of_spring.roll_back_by()), ["03-28 00:47"]);
    assert_eq!(night_of_spring.status_rows(at("2027-03-27T23:00")).len(), 6);
    assert_eq!(night_of_spring.elapsed(at("2027-03-28T01:30")), 150);
    // The day before is 24 real hours before, even if the clocks change.
    let autumn = derive(once("2027-10-31", "00:30:00", Minutes(240)), []);
    let night_of_autumn = night(&autumn, "2027-10-31");
    assert_eq!(clocks([night_of_autumn.starts_at(), night_of_autumn.ends_at()]), ["10-30 23:30", "10-31 04:30"]);
    assert_eq!(clocks([night_of_autumn.block_at(ChecklistBlock::DayBefore)]), ["10-29 23:30"]);
    assert_eq!(night_of_autumn.status_rows(at("2027-10-31T00:00")).len(), 10);
}

#[test]
fn a_window_of_ten_days_shows_the_rows_around_now() {
    let schedule = derive(once("2027-03-20", "22:00:00", Minutes::days(10)), []);
    let night = night(&schedule, "2027-03-20");
    let now = at("2027-03-25T10:10");
    assert_eq!(clocks(night.status_due(now)), ["03-25 10:00"]);
    let rows = night.status_rows(now);
    assert_eq!(rows.len(), 96);
    assert_eq!(clocks([rows[0].due_at]), ["03-25 06:30"]);
    assert_eq!(running(&schedule, now), [key("2027-03-20")]);
}

#[test]
fn without_an_estimate_or_a_fit_there_is_no_rollback_deadline() {
    let mut parts = once("2027-03-20", "22:00:00", Minutes(240)).to_parts();
    let unknown = MaintenanceWindow { work: Work::default(), ..MaintenanceWindow::clone(&parts.windows.as_slice()[0]) };
    parts.windows = [unknown].into_iter().collect();
    let plan = Plan::from(parts);
    let schedule = derive(plan, []);
    let unknown = night(&schedule, "2027-03-20");
    assert_eq!((unknown.roll_back_by(), unknown.phase(at("2027-03-21T01:59"))), (None, Phase::Running));
    // Rolling back takes 73 min of 60.
    let schedule = derive(once("2027-03-20", "22:00:00", Minutes(60)), []);
    let short = night(&schedule, "2027-03-20");
    assert_eq!((short.roll_back_by(), short.cutoff()), (None, None));
}

#[test]
fn running_and_upcoming_nights_are_found() {
    let begun = status_update("2027-04-17T21:30", "2027-04-17T21:31");
    let left_open = NightRecord { status_updates: vec![begun], ..record("2027-04-17") };
    let noted_before = NightRecord { notes: "Bridge at 21:00".into(), ..record("2027-05-15") };
    let schedule = derive(harbour::plan(), [left_open, noted_before]);
    assert_eq!(running(&schedule, at("2027-03-20T21:59")), []);
    assert_eq!(running(&schedule, at("2027-03-20T22:00")), [key("2027-03-20")]);
    assert_eq!(running(&schedule, at("2027-03-21T02:00")), [], "no record in March");
    // 21:00 to 01:00 UTC in summer time; April has a status update, so it runs until an outcome is entered.
    assert_eq!(running(&schedule, at("2027-04-18T09:00")), [key("2027-04-17")]);
    assert_eq!(running(&schedule, at("2027-04-19T01:00")), []);
    assert_eq!(running(&schedule, at("2027-05-16T09:00")), [], "what was noted beforehand leaves nothing open");
    assert_eq!(coming(&schedule, at("2027-03-20T22:00"), 2), [key("2027-04-17"), key("2027-05-15")]);
    assert_eq!(coming(&schedule, at("2028-03-20T22:00"), 2), []);
}

#[test]
fn impossible_values_in_records_do_not_panic() {
    let mut record = record("2027-03-20");
    record.status_updates = [i32::MIN, -1, 0, i32::MAX]
        .map(|minute| StatusUpdate {
            due_at: UtcMinute(minute),
            ..status_update("2027-03-20T22:30", "2027-03-20T22:30")
        })
        .into();
    record.ending = Some(ended(Outcome::Done, "1970-01-01T00:00"));
    let schedule = derive(harbour::plan(), [record]);
    let night = night(&schedule, "2027-03-20");
    for now in [i32::MIN, 0, i32::MAX].map(UtcMinute).into_iter().chain([at("2027-03-20T23:00")]) {
        assert!(night.status_rows(now).len() >= 4, "sent updates are shown");
        assert_eq!(night.phase(now), Phase::Over(Outcome::Done));
        assert!(running(&schedule, now).is_empty());
    }
    let plan = harbour::plan();
    let policy = Policy { status_every: Minutes(u32::MAX), ..Policy::clone(plan.policy()) };
    let schedule = derive(Plan::from(PlanParts { policy: Arc::new(policy), ..plan.to_parts() }), []);
    for now in [i32::MIN, 0, i32::MAX].map(UtcMinute) {
        let rows = Night::find(&schedule, &"core-db".into(), "2027-03-20".parse().unwrap()).unwrap().status_rows(now);
        assert_eq!(clocks(rows.iter().map(|row| row.due_at)), ["03-21 02:00"]);
    }
}
