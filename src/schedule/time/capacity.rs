//! How many occurrences a plan can have. Windows beyond that have none, and a problem that says so.

use std::collections::HashMap;
use std::sync::Arc;

use super::dates::days_before_shifts;
use super::occurrence::Expansion;
use super::problem::ExpansionProblem;
use super::release;
use super::rules::Days;
use super::zone::Zone;
use crate::model::{MaintenanceWindow, Plan, ReleaseId, Rule};

/// The maximum number of occurrences of a plan: four times as many as 5,000 weekly windows have in two years. Each takes
/// up to 200 bytes.
pub const MOST_OCCURRENCES: usize = 2_000_000;

/// Decides which windows of a plan have occurrences.
pub struct Capacity {
    days: Days,
    /// If not all windows fit: only windows with at most this many occurrences have any. All of these fit.
    share: Option<usize>,
}

impl Capacity {
    /// Counts the occurrences of all windows from their rules, without expanding them.
    pub fn new(plan: &Plan) -> Self {
        Self::with_limit(plan, MOST_OCCURRENCES)
    }

    fn with_limit(plan: &Plan, most: usize) -> Self {
        let days = Days::between(plan.horizon().from, plan.horizon().last()).in_range();
        let windows = plan.windows().as_slice();
        let mut releases = ReleaseCounts { plan, counts: HashMap::new() };
        let all = windows.iter().fold(0_usize, |all, window| all.saturating_add(at_most(window, days, &mut releases)));
        Self { days, share: (all > most).then(|| most / windows.len().max(1)) }
    }

    /// The problem of a window that has too many occurrences for this plan.
    pub fn problem(&self, window: &MaintenanceWindow, plan: &Plan) -> Option<ExpansionProblem> {
        let share = self.share?;
        let count = at_most(window, self.days, &mut ReleaseCounts { plan, counts: HashMap::new() });
        (count > share).then_some(ExpansionProblem::PlanTooLarge { share })
    }

    /// The occurrences of a window; none if it has too many for this plan.
    pub fn expansion(&self, window: &MaintenanceWindow, plan: &Plan) -> Arc<Expansion> {
        let Some(problem) = self.problem(window, plan) else { return Arc::new(Expansion::new(window, plan)) };
        let zone = Zone::in_plan(plan, plan.window_zone(window));
        Arc::new(Expansion {
            zone_is_known: zone.is_some(),
            zone: zone.unwrap_or_else(Zone::utc),
            occurrences: Vec::new(),
            skipped: Vec::new(),
            problem: Some(problem),
        })
    }

    /// Whether the same windows still have no occurrences: `before` is the expansion of the same window.
    pub fn keeps(&self, before: &Expansion, window: &MaintenanceWindow, plan: &Plan) -> bool {
        let is_too_large = |problem: &&ExpansionProblem| matches!(problem, ExpansionProblem::PlanTooLarge { .. });
        before.problem.as_ref().filter(is_too_large) == self.problem(window, plan).as_ref()
    }
}

/// How many releases each calendar has for rules with that offset.
struct ReleaseCounts<'a> {
    plan: &'a Plan,
    counts: HashMap<(&'a ReleaseId, i32), usize>,
}

impl<'a> ReleaseCounts<'a> {
    fn get(&mut self, release: &'a ReleaseId, offset_days: i32, days: Days) -> usize {
        let Some(calendar) = self.plan.releases().get(release) else { return 0 };
        let count = || {
            // A rule moves its dates by the offset, and to the next given weekday.
            let first = days.from.saturating_sub(offset_days.max(0)).saturating_sub(9);
            let last = days.to.saturating_sub(offset_days.min(0)).saturating_add(9);
            release::instants(calendar, Days { from: first, to: last }.in_range()).len()
        };
        *self.counts.entry((release, offset_days)).or_insert_with(count)
    }
}

/// At least as many occurrences as the window has within `days`.
fn at_most<'a>(window: &'a MaintenanceWindow, days: Days, releases: &mut ReleaseCounts<'a>) -> usize {
    let days = days_before_shifts(window, days);
    let length = (i64::from(days.to) - i64::from(days.from) + 1).max(0) as usize;
    let by_rule = match &window.rule {
        Rule::Dates(dates) => dates.len(),
        Rule::Weekly { days, every } => (length / (7 * usize::from((*every).max(1))) + 2) * days.len(),
        Rule::Monthly { every, .. } => length / (28 * usize::from((*every).max(1))) + 2,
        Rule::AfterRelease { release, offset_days, .. } => releases.get(release, *offset_days, days),
        Rule::Foreign(rrule) => at_most_by(rrule, length),
    };
    by_rule.min(length) + window.exceptions.len()
}

/// At least as many dates as an RRULE gives within this many days.
fn at_most_by(rrule: &str, length: usize) -> usize {
    let part = |key: &str| {
        let parts = rrule.split(';').filter_map(|part| part.split_once('='));
        parts.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| name.eq_ignore_ascii_case(key))
    };
    let values = |key| part(key).map(|(_, value)| value.split(','));
    let count = |key| values(key).map_or(1, Iterator::count);
    let number = |key| part(key).and_then(|(_, value)| value.parse::<usize>().ok());
    // A weekday without a number is each one of the month.
    let each = |day: &str| if day.trim().starts_with(|first: char| first.is_ascii_alphabetic()) { 5 } else { 1 };
    let days_of_month = values("BYDAY").map_or(1, |days| days.map(each).sum()).max(count("BYMONTHDAY"));
    let in_month = if part("BYSETPOS").is_some() { count("BYSETPOS") } else { days_of_month };
    let periods = |days: usize| length / days.saturating_mul(number("INTERVAL").unwrap_or(1).max(1)) + 2;
    let frequency = part("FREQ").map_or_else(String::new, |(_, value)| value.to_ascii_uppercase());
    let found = match frequency.as_str() {
        "WEEKLY" => periods(7).saturating_mul(count("BYDAY")),
        "MONTHLY" => periods(28).saturating_mul(in_month),
        "YEARLY" if part("BYMONTH").is_some() => periods(365).saturating_mul(count("BYMONTH")).saturating_mul(in_month),
        "YEARLY" if ["BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"].iter().all(|key| part(key).is_none()) => {
            periods(365)
        }
        "YEARLY" => length,
        _ => periods(1),
    };
    found.min(number("COUNT").unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::model::{DatedChange, Exception, Horizon, MonthDay, OccurrenceChange, PlanParts, built_in_releases};
    use crate::schedule::Schedule;

    fn plan(months: u16, windows: Vec<MaintenanceWindow>) -> Arc<Plan> {
        let horizon = Horizon { months, ..Horizon::year(2027) };
        let parts = Plan::new("plan".into(), "Plan", horizon, "Europe/Berlin").to_parts();
        let releases = built_in_releases().into_iter().collect();
        Arc::new(Plan::from(PlanParts { windows: windows.into_iter().collect(), releases, ..parts }))
    }

    fn window(id: &str, rule: Rule) -> MaintenanceWindow {
        MaintenanceWindow::new(id.into(), id, rule)
    }

    fn rules() -> Vec<Rule> {
        let weekdays = [Weekday::Mon, Weekday::Wed, Weekday::Thu, Weekday::Sun];
        let weekly = [1, 2, 5].map(|every| Rule::Weekly { days: weekdays.to_vec(), every });
        let days = [MonthDay::Day(31), MonthDay::Nth(2, Weekday::Tue), MonthDay::Last(Weekday::Fri)];
        let monthly = days.map(|on| Rule::Monthly { on, every: 1, offset_days: 40 });
        let after = ["microsoft", "oracle", "cisco"].into_iter().flat_map(|release| {
            [-40, 0, 3, 90].map(|offset_days| Rule::AfterRelease {
                release: release.into(),
                offset_days,
                then: Some(Weekday::Sat),
            })
        });
        let foreign = [
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=DAILY;COUNT=9",
            "FREQ=WEEKLY;BYDAY=MO,TU,SU",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=TU",
            "FREQ=MONTHLY;BYDAY=2TU,3WE",
            "FREQ=MONTHLY;BYMONTHDAY=1,2,-1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYMONTH=1,2;BYDAY=TU",
            "freq=yearly;byday=tu",
            "FREQ=YEARLY;BYMONTHDAY=7",
            "FREQ=YEARLY;BYYEARDAY=1,100,-1",
        ];
        weekly
            .into_iter()
            .chain(monthly)
            .chain(after)
            .chain(foreign.map(|rule| Rule::Foreign(rule.to_owned())))
            .collect()
    }

    #[test]
    fn no_window_has_more_occurrences_than_its_rule_lets_expect_and_not_many_fewer() {
        for (rule, months) in rules().into_iter().flat_map(|rule| [1, 12, 60].map(|months| (rule.clone(), months))) {
            let mut window = MaintenanceWindow { first: "2027-01-05".parse().ok(), ..window("w", rule.clone()) };
            for shift_days in [0, 20, -20] {
                window.changes =
                    vec![DatedChange { from: "2027-01-20".parse().unwrap(), start: None, duration: None, shift_days }];
                let plan = plan(months, vec![window.clone()]);
                let capacity = Capacity::new(&plan);
                let mut releases = ReleaseCounts { plan: &plan, counts: HashMap::new() };
                let most = at_most(&window, capacity.days, &mut releases);
                let count = Expansion::new(&window, &plan).occurrences.len();
                assert!(count <= most, "{rule:?} has {count} in {months} months, shifted by {shift_days}: {most}");
                let is_vague = matches!(&rule, Rule::Foreign(rule) if rule.to_lowercase().contains("yearly") || rule.contains("COUNT"));
                assert!(is_vague || most <= count * 5 / 4 + 25, "{rule:?} has {count} in {months} months: {most}");
            }
        }
    }

    #[test]
    fn windows_with_more_than_their_share_have_no_occurrences_until_the_plan_is_small_enough() {
        let daily = Rule::Foreign("FREQ=DAILY".to_owned());
        let monthly = Rule::Monthly { on: MonthDay::Day(1), every: 1, offset_days: 0 };
        let plan = plan(12, vec![window("a", daily.clone()), window("b", monthly), window("c", daily)]);
        let counts = |most| {
            let capacity = Capacity::with_limit(&plan, most);
            let expansion = |window| capacity.expansion(window, &plan);
            plan.windows().iter().map(|window| expansion(window).occurrences.len()).collect::<Vec<_>>()
        };
        assert_eq!(counts(800), [365, 12, 365]);
        assert_eq!(counts(700), [0, 12, 0]);
        assert_eq!(counts(3), [0, 0, 0]);
        let capacity = Capacity::with_limit(&plan, 700);
        let first = &plan.windows().as_slice()[0];
        assert_eq!(capacity.problem(first, &plan), Some(ExpansionProblem::PlanTooLarge { share: 233 }));
        assert!(capacity.keeps(&capacity.expansion(first, &plan), first, &plan));
        assert!(!Capacity::with_limit(&plan, 800).keeps(&capacity.expansion(first, &plan), first, &plan));
        assert!(!capacity.keeps(&Expansion::new(first, &plan), first, &plan));
    }

    #[test]
    fn exceptions_count_and_an_edit_that_makes_the_plan_smaller_brings_all_occurrences_back() {
        let day = |number: i32| crate::model::date_of_day(20_820 + number);
        let skipped = |on| Exception {
            on,
            change: OccurrenceChange::Skipped { reason: String::new() },
            sequence: 0,
            was_added: false,
        };
        let all = (0..1_900).map(day).map(skipped).collect::<Vec<_>>();
        let many = |number: usize| MaintenanceWindow {
            exceptions: all.clone(),
            ..window(&format!("w{number}"), Rule::Foreign("FREQ=DAILY".to_owned()))
        };
        let large = plan(60, (0..600).map(many).collect());
        let schedule = Schedule::derive(&large, None);
        assert_eq!(schedule.occurrence_count(), 0);
        let horizon = Horizon { months: 1, ..large.horizon() };
        let small = Arc::new(Plan::from(PlanParts { horizon, ..large.to_parts() }));
        let schedule = Schedule::derive(&small, Some(&schedule));
        let skipped = schedule.windows.iter().map(|window| window.expansion.skipped.len()).sum::<usize>();
        assert_eq!(schedule.occurrence_count() + skipped, 600 * 31);
        assert!(schedule.windows.iter().all(|window| window.expansion.problem.is_none()));
        let schedule = Schedule::derive(&large, Some(&schedule));
        assert_eq!(schedule.occurrence_count(), 0);
    }
}
