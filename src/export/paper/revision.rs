//! The revision of a plan, by which an auditor compares two prints.

use crate::model::{Plan, fnv1a};

/// Eight hexadecimal digits, the same for the same plan on every machine. Records of the work do not count: a printed record
/// shows the revision of the plan by which the night was worked.
pub fn revision(plan: &Plan) -> String {
    let plan = plan.without_records_of_work();
    // A plan can always be written as text; see `store::to_text`.
    let text = ron::to_string(&plan).unwrap_or_default();
    let hash = fnv1a(text.as_bytes());
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, NightKey, NightRecord};

    #[test]
    fn a_plan_that_says_something_else_has_another_revision_and_a_tick_in_the_night_changes_nothing() {
        let plan = Plan::new("p".into(), "Harbour", Horizon::year(2027), "UTC");
        let renamed = plan.apply(&Edit::SetTitle("Harbor".into())).unwrap();
        let key = NightKey { window: "w".into(), on: chrono::NaiveDate::default() };
        let worked = plan.apply(&Edit::PutNight(NightRecord::new(key))).unwrap();
        assert_eq!((revision(&plan).len(), revision(&plan) == revision(&worked)), (8, true));
        assert_ne!(revision(&plan), revision(&renamed));
    }
}
