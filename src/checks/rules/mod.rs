//! The rules: a folder for each family, a file for each rule, named by what the rule looks for.
//!
//! To add a rule: its file with a `RULE`, and in this file a line under `mod` and one in [`RULES`]. Add a fixture in which
//! it finds something and one in which it does not, and write `docs/checks.md` again.

mod rollback {
    pub mod cutoff_after_deadline;
    pub mod downtime_over_budget;
    pub mod irreversible_too_late;
    pub mod margin_thin;
    pub mod overrun_likely;
    pub mod rollback_does_not_fit;
    pub mod rollback_untested;
}

mod agreement {
    pub mod agreement_missing;
    pub mod bulletins_unread;
    pub mod checklist_missing;
    pub mod declined_without_reserve;
    pub mod dependents_not_told;
    pub mod duty_unattended;
    pub mod nights_too_many;
    pub mod notice_too_short;
    pub mod person_unavailable;
    pub mod tester_missing;
    pub mod watch_missing;
}

mod freezes {
    pub mod exemption_unapproved;
    pub mod freeze_blocks_cycle;
    pub mod window_in_freeze;
}

mod plan {
    pub mod date_outside_plan;
    pub mod estimate_missing;
    pub mod exception_off_rule;
    pub mod freeze_ends_before_start;
    pub mod group_without_systems;
    pub mod number_out_of_proportion;
    pub mod outdated_release;
    pub mod outside_horizon;
    pub mod owner_missing;
    pub mod plan_too_large;
    pub mod recipient_without_address;
    pub mod system_in_no_group;
    pub mod system_in_two_groups;
    pub mod system_without_hosts;
    pub mod unknown_reference;
    pub mod unresolved_conflict;
    pub mod window_without_group;
    pub mod year_out_of_range;
}

mod ladders {
    pub mod critical_in_early_group;
    pub mod cycle_incomplete;
    pub mod cycles_collide;
    pub mod first_group_too_large;
    pub mod gate_not_passed;
    pub mod ladder_out_of_order;
    pub mod no_test_counterpart;
    pub mod pilot_not_representative;
    pub mod soak_too_short;
}

mod deadlines {
    pub mod advisory_overdue;
    pub mod advisory_without_window;
    pub mod deadline_unreachable;
    pub mod routine_scan_late;
    pub mod scan_missing;
}

mod time {
    pub mod before_release;
    pub mod date_off_rule;
    pub mod local_time_repeated;
    pub mod local_time_skipped;
    pub mod real_length_differs;
    pub mod rule_before_release;
    pub mod rule_skips_months;
    pub mod zone_known_until;
}

mod windows {
    pub mod carrier_maintenance;
    pub mod dependency_together;
    pub mod duration_outside_type;
    pub mod gap_too_long;
    pub mod night_too_full;
    pub mod occurrences_overlap;
    pub mod on_holiday;
    pub mod outside_allowed_hours;
    pub mod windows_overlap;
}

use super::{Finding, Rule};

/// F003, by which others find its findings.
pub static EXEMPTION_UNAPPROVED: &Rule = &freezes::exemption_unapproved::RULE;

/// P016, by which others find its findings.
pub static UNRESOLVED_CONFLICT: &Rule = &plan::unresolved_conflict::RULE;

/// The rules whose findings nobody can accept: a conflict is resolved by a choice, which is as much work.
pub static NEVER_ACCEPTED: [&Rule; 1] = [UNRESOLVED_CONFLICT];

/// P017 about findings that are not listed.
pub fn findings_left_out(most: usize) -> Finding {
    plan::plan_too_large::findings_left_out(most)
}

/// All rules, sorted by code.
pub static RULES: &[&Rule] = &[
    &rollback::rollback_does_not_fit::RULE,
    &rollback::margin_thin::RULE,
    &rollback::rollback_untested::RULE,
    &rollback::cutoff_after_deadline::RULE,
    &rollback::overrun_likely::RULE,
    &rollback::irreversible_too_late::RULE,
    &rollback::downtime_over_budget::RULE,
    &agreement::notice_too_short::RULE,
    &agreement::agreement_missing::RULE,
    &agreement::declined_without_reserve::RULE,
    &agreement::tester_missing::RULE,
    &agreement::person_unavailable::RULE,
    &agreement::nights_too_many::RULE,
    &agreement::checklist_missing::RULE,
    &agreement::dependents_not_told::RULE,
    &agreement::duty_unattended::RULE,
    &agreement::bulletins_unread::RULE,
    &agreement::watch_missing::RULE,
    &freezes::window_in_freeze::RULE,
    &freezes::freeze_blocks_cycle::RULE,
    &freezes::exemption_unapproved::RULE,
    &plan::unknown_reference::RULE,
    &plan::window_without_group::RULE,
    &plan::system_in_no_group::RULE,
    &plan::system_in_two_groups::RULE,
    &plan::group_without_systems::RULE,
    &plan::estimate_missing::RULE,
    &plan::outside_horizon::RULE,
    &plan::owner_missing::RULE,
    &plan::exception_off_rule::RULE,
    &plan::date_outside_plan::RULE,
    &plan::freeze_ends_before_start::RULE,
    &plan::system_without_hosts::RULE,
    &plan::number_out_of_proportion::RULE,
    &plan::year_out_of_range::RULE,
    &plan::outdated_release::RULE,
    &plan::unresolved_conflict::RULE,
    &plan::plan_too_large::RULE,
    &plan::recipient_without_address::RULE,
    &ladders::ladder_out_of_order::RULE,
    &ladders::soak_too_short::RULE,
    &ladders::cycle_incomplete::RULE,
    &ladders::cycles_collide::RULE,
    &ladders::pilot_not_representative::RULE,
    &ladders::critical_in_early_group::RULE,
    &ladders::first_group_too_large::RULE,
    &ladders::no_test_counterpart::RULE,
    &ladders::gate_not_passed::RULE,
    &deadlines::deadline_unreachable::RULE,
    &deadlines::advisory_overdue::RULE,
    &deadlines::advisory_without_window::RULE,
    &deadlines::scan_missing::RULE,
    &deadlines::routine_scan_late::RULE,
    &time::local_time_skipped::RULE,
    &time::local_time_repeated::RULE,
    &time::real_length_differs::RULE,
    &time::rule_before_release::RULE,
    &time::rule_skips_months::RULE,
    &time::date_off_rule::RULE,
    &time::before_release::RULE,
    &time::zone_known_until::RULE,
    &windows::windows_overlap::RULE,
    &windows::dependency_together::RULE,
    &windows::duration_outside_type::RULE,
    &windows::outside_allowed_hours::RULE,
    &windows::on_holiday::RULE,
    &windows::night_too_full::RULE,
    &windows::gap_too_long::RULE,
    &windows::occurrences_overlap::RULE,
    &windows::carrier_maintenance::RULE,
];

/// The rule with that code or name, ignoring case.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code))
}
