//! The revision of a plan, by which an auditor compares two prints.

use crate::model::{Plan, Table};

/// Eight hexadecimal digits, the same for the same plan on every machine. Records of nights do not count: a printed record
/// shows the revision of the plan by which the night was worked.
pub fn revision(plan: &Plan) -> String {
    let plan = Plan { nights: Table::default(), ..plan.clone() };
    // A plan can always be written as text; see `store::to_text`.
    let text = ron::to_string(&plan).unwrap_or_default();
    let hash = fnv(text.as_bytes());
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

/// FNV-1a with 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, NightKey, NightRecord};

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((fnv(b""), fnv(b"a")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
    }

    #[test]
    fn a_plan_that_says_something_else_has_another_revision_and_a_tick_in_the_night_changes_nothing() {
        let plan = Plan::new("p".into(), "Harbour", Horizon::year(2027), "UTC");
        let renamed = Plan { title: "Harbor".into(), ..plan.clone() };
        let of = NightKey { window: "w".into(), on: chrono::NaiveDate::default() };
        let worked = Plan { nights: [NightRecord::new(of)].into_iter().collect(), ..plan.clone() };
        assert_eq!((revision(&plan).len(), revision(&plan) == revision(&worked)), (8, true));
        assert_ne!(revision(&plan), revision(&renamed));
    }
}
