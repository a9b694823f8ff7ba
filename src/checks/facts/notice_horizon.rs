//! How far ahead the rules about notice look.

use chrono::{Days, NaiveDate};

use crate::model::Plan;

/// The last date on which there can be an occurrence whose notice is due today or within the policy's reminder period,
/// even for the area and type with the longest notice.
pub fn last_date_near(plan: &Plan, today: NaiveDate) -> NaiveDate {
    let of_types = plan.policy().window_types.iter().filter_map(|window_type| window_type.notice_days);
    let of_lane = plan.policy().emergency.as_ref().map(|lane| lane.notice_days);
    let of_areas = plan.areas().iter().filter_map(|area| area.notice_days);
    let longest = of_areas.chain(of_types).chain(of_lane).max().unwrap_or(0);
    days_after(reminded_until(plan, today), longest)
}

/// The last day of the policy's reminder period: notice due by then is reported today.
pub fn reminded_until(plan: &Plan, today: NaiveDate) -> NaiveDate {
    days_after(today, plan.policy().notice_reminder_days)
}

pub fn days_after(on: NaiveDate, days: u16) -> NaiveDate {
    on.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}
