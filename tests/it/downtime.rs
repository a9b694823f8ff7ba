//! Planned downtime of services: overlaps, twins, the turn of the year, and what the command line says.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::model::*;
use windowsill::schedule::{Schedule, ServiceYear, service_years};
use windowsill::store::to_text;

use crate::support::desk::{Desk, rows};
use crate::support::full::{clock, date, empty_plan};

fn system(id: &str, service: &str, twin: Option<&str>) -> System {
    System {
        id: id.into(),
        name: id.to_owned(),
        hosts: 1,
        service: service.to_owned(),
        twin: twin.map(Into::into),
        ..System::default()
    }
}

/// A window on one date, from that hour for that many hours.
fn window(id: &str, systems: &[&str], on: NaiveDate, from: u32, hours: u32) -> MaintenanceWindow {
    MaintenanceWindow {
        systems: systems.iter().map(|id| (*id).into()).collect(),
        start: clock(from, 0),
        duration: Minutes::hours(hours),
        ..MaintenanceWindow::new(id.into(), id, Rule::once(on))
    }
}

fn years(systems: Vec<System>, windows: Vec<MaintenanceWindow>) -> Vec<ServiceYear> {
    let mut parts = empty_plan().to_parts();
    parts.systems = systems.into_iter().collect();
    parts.windows = windows.into_iter().collect();
    service_years(&Schedule::derive(&Arc::new(parts.into()), None), |_| true)
}

/// Service, year, minutes and stops.
fn figures(years: &[ServiceYear]) -> Vec<(&str, i32, u32, usize)> {
    years.iter().map(|each| (each.service.as_str(), each.year, each.down.0, each.stops)).collect()
}

#[test]
fn stops_of_one_service_that_overlap_or_touch_count_once() {
    let day = date(2027, 5, 5);
    let systems = vec![system("db", "Pay", None), system("web", "Pay", None), system("wiki", "", None)];
    let windows = vec![
        window("a", &["db"], day, 10, 4),
        window("b", &["web"], day, 12, 4),
        window("c", &["db", "wiki"], day, 16, 1),
        window("d", &["web"], day, 20, 1),
    ];
    assert_eq!(figures(&years(systems, windows)), [("Pay", 2027, 8 * 60, 2), ("wiki", 2027, 60, 1)]);
}

#[test]
fn a_system_is_not_down_while_its_twin_is_up() {
    let day = date(2027, 5, 5);
    // Only one of the two names the other.
    let pair = || vec![system("left", "Pay", Some("right")), system("right", "Other", None)];
    let apart = vec![window("a", &["left"], day, 10, 2), window("b", &["right"], day, 12, 2)];
    assert_eq!(figures(&years(pair(), apart)), [("Other", 2027, 0, 0), ("Pay", 2027, 0, 0)]);
    let overlapping = vec![window("a", &["left"], day, 10, 3), window("b", &["right"], day, 12, 2)];
    assert_eq!(figures(&years(pair(), overlapping)), [("Other", 2027, 60, 1), ("Pay", 2027, 60, 1)]);
    let together = vec![window("a", &["left", "right"], day, 10, 3)];
    assert_eq!(figures(&years(pair(), together)), [("Other", 2027, 180, 1), ("Pay", 2027, 180, 1)]);
    // A twin that the plan does not have does not count.
    let alone = vec![system("left", "Pay", Some("gone"))];
    assert_eq!(figures(&years(alone, vec![window("a", &["left"], day, 10, 3)])), [("Pay", 2027, 180, 1)]);
}

#[test]
fn the_impact_is_what_was_entered_or_the_work_or_all_of_it() {
    let day = date(2027, 5, 5);
    let estimate = Estimate {
        prepare: Minutes(10).into(),
        patch: Some(Minutes(20).into()),
        verify: Minutes(5).into(),
        final_verification: Minutes(15).into(),
        rollback: Some(Minutes(30).into()),
        handover: Minutes(10).into(),
        ..Estimate::default()
    };
    let down = |change: fn(&mut MaintenanceWindow), estimate: Estimate| {
        let system = System { estimate, ..system("db", "Pay", None) };
        let mut window = window("a", &["db"], day, 10, 4);
        change(&mut window);
        years(vec![system], vec![window])[0].down.0
    };
    assert_eq!(down(|_| {}, estimate), 50, "prepare, patch, verify and the final verification");
    assert_eq!(down(|_| {}, Estimate::default()), 240);
    assert_eq!(down(|window| window.impact_minutes = Some(7), estimate), 7);
    assert_eq!(down(|window| window.impact_minutes = Some(0), estimate), 0);
    assert_eq!(down(|window| window.kind = WindowKind::Rolling, estimate), 0);
    let entered =
        |window: &mut MaintenanceWindow| (window.kind, window.impact_minutes) = (WindowKind::Rolling, Some(9));
    assert_eq!(down(entered, estimate), 9);
}

#[test]
fn a_stop_over_the_turn_of_the_year_counts_in_both_and_clock_changes_in_their_real_length() {
    let mut parts = empty_plan().to_parts();
    parts.horizon = Horizon { from: date(2027, 7, 1), months: 12 };
    parts.systems = [system("db", "Pay", None)].into_iter().collect();
    let windows =
        [window("eve", &["db"], date(2027, 12, 31), 22, 5), window("spring", &["db"], date(2028, 3, 26), 1, 3)];
    parts.windows = windows.into_iter().collect();
    let mut policy = Policy::default();
    policy.set_service_target("Pay", Some(99_900));
    parts.policy = Arc::new(policy);
    let years = service_years(&Schedule::derive(&Arc::new(parts.into()), None), |_| true);
    assert_eq!(figures(&years), [("Pay", 2027, 120, 1), ("Pay", 2028, 180 + 120, 2)]);
    // 2028 has 366 days.
    let allowed: Vec<u32> = years.iter().map(|year| year.allowed().unwrap().0).collect();
    assert_eq!(allowed, [525, 527]);
    assert!(years.iter().all(|year| !year.is_over()));
}

/// A desk with that plan, in which the service Pay must be available for 99.9 % of a year.
fn desk_with_target(mut parts: PlanParts) -> Desk {
    let mut policy = Policy::default();
    policy.set_service_target("Pay", Some(99_900));
    parts.policy = Arc::new(policy);
    let desk = Desk::new();
    desk.write("plan.ron", &to_text(&parts.into()).unwrap());
    desk
}

#[test]
fn the_command_says_what_each_service_uses_of_its_target() {
    let mut parts = empty_plan().to_parts();
    parts.systems = [system("db", "Pay", None), system("wiki", "", None)].into_iter().collect();
    let weekly = Rule::Weekly { days: vec![chrono::Weekday::Sun], every: 1 };
    let window = MaintenanceWindow { rule: weekly, ..window("a", &["db"], date(2027, 1, 3), 5, 1) };
    parts.windows = [window].into_iter().collect();
    let desk = desk_with_target(parts);
    let text = desk.run("downtime plan.ron").fine();
    assert!(
        text.contains("Pay") && text.contains("52 h") && text.contains("8 h 45") && text.contains("over"),
        "{text}"
    );
    assert!(!text.contains("wiki"), "{text}");
    assert!(text.contains("\n1 service, 1 over the target"), "{text}");
    let row = &rows(&desk.run("downtime plan.ron --format json").fine())[0];
    assert_eq!((row["downtime_minutes"].as_u64(), row["stops"].as_u64()), (Some(52 * 60), Some(52)));
    assert_eq!((row["target_percent"].as_str(), row["allowed_minutes"].as_u64()), (Some("99.9"), Some(525)));
    assert_eq!(row["over"].as_bool(), Some(true));
    let checked = desk.run("check plan.ron --select B007").fine();
    assert!(checked.contains("Pay: 52 h of planned downtime in 2027, in 52 stops; 99.9 % allows 8 h 45"), "{checked}");
}

#[test]
fn a_service_that_is_over_its_target_in_several_years_is_one_line_with_its_name() {
    let mut parts = empty_plan().to_parts();
    parts.horizon = Horizon { from: date(2027, 7, 1), months: 12 };
    parts.systems = [system("db", "Pay", None)].into_iter().collect();
    let weekly = Rule::Weekly { days: vec![chrono::Weekday::Sun], every: 1 };
    let window = MaintenanceWindow { rule: weekly, ..window("a", &["db"], date(2027, 7, 4), 5, 2) };
    parts.windows = [window].into_iter().collect();
    let desk = desk_with_target(parts);
    let checked = desk.run("check plan.ron --select B007").fine();
    assert!(checked.contains("Pay: downtime over budget in 2027 and 2028"), "{checked}");
}
