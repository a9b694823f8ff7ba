//! Finding the version with which two plans began.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::value_of;
use crate::model::Plan;

/// The index of the version with which `ours` and `theirs` most likely began. `versions` has the newest first.
///
/// It is the version with the fewest contradictions: values on which both sides agree, although the version has another
/// one (it is too old), and values of an earlier version to which only one side would have gone back (it is too new). If
/// several have equally few, the oldest is taken: a base that is too old asks about changes that both sides have anyway,
/// but one that is too new would undo changes. Versions that are equal to one of the two are not taken: then the two
/// would not have been changed at the same time.
pub fn find_base(ours: &Plan, theirs: &Plan, versions: &[Plan]) -> Option<usize> {
    let [our_values, their_values] = [ours, theirs].map(Values::new);
    let values: Vec<Values> = versions.iter().map(Values::new).collect();
    let is_candidate = |index: &usize| {
        let version = &versions[*index];
        version.id() == ours.id() && version != ours && version != theirs
    };
    let candidates = (0..versions.len()).rev().filter(is_candidate);
    // Of equal ones, the first is taken.
    candidates.min_by_key(|index| contradictions([&our_values, &their_values], &values[*index], &values[index + 1..]))
}

/// All values of a plan by what they belong to. Elements of lists are known by their ids, dates or contents.
struct Values(BTreeMap<String, String>);

impl Values {
    fn new(plan: &Plan) -> Self {
        let mut values = Self(BTreeMap::new());
        values.add(String::new(), &value_of(plan));
        values
    }

    fn add(&mut self, path: String, value: &Value) {
        match value {
            Value::Object(fields) => {
                // Both sides raise a sequence by the same amount, whatever they change.
                let chosen = fields.iter().filter(|(name, _)| *name != "sequence");
                chosen.for_each(|(name, value)| self.add(format!("{path}.{name}"), value));
            }
            Value::Array(list) => {
                let mut counts: BTreeMap<String, usize> = BTreeMap::new();
                for element in list {
                    let key = element.get("id").or_else(|| element.get("on")).unwrap_or(element).to_string();
                    let count = counts.entry(key.clone()).or_default();
                    *count += 1;
                    self.add(format!("{path}[{key} {count}]"), element);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                self.0.insert(path, value.to_string());
            }
        }
    }
}

/// The number of values that speak against a version. `older` are the versions before it.
fn contradictions(sides: [&Values; 2], version: &Values, older: &[Values]) -> usize {
    let [ours, theirs] = sides;
    let paths: BTreeSet<&String> = ours.0.keys().chain(theirs.0.keys()).chain(version.0.keys()).collect();
    let was_before = |path: &String, value: Option<&String>| older.iter().any(|older| older.0.get(path) == value);
    let contradicts = |path: &&String| {
        let [ours, theirs, base] = [ours, theirs, version].map(|values| values.0.get(*path));
        match (ours == theirs, base == ours, base == theirs) {
            (true, is_same, _) => !is_same,
            (false, true, _) => was_before(path, theirs),
            (false, false, true) => was_before(path, ours),
            (false, false, false) => false,
        }
    };
    paths.into_iter().filter(contradicts).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, MaintenanceWindow, Minutes, PlanId};

    fn empty() -> Plan {
        Plan::new(PlanId::new("p"), "Plan", Horizon::year(2027), "UTC")
    }

    /// The plan after these changes: "t=Title", "z=Zone", "n=name of the window", "d=hours of the window".
    fn changed(plan: &Plan, changes: &[&str]) -> Plan {
        changes.iter().fold(plan.clone(), |plan, change| {
            let (what, value) = change.split_once('=').unwrap();
            let window = plan.windows().iter().next().map(|window| MaintenanceWindow::clone(window));
            let window = window.unwrap_or_else(|| plan.new_window_on("2027-03-13".parse().unwrap(), "xyz"));
            let edit = match what {
                "t" => Edit::SetTitle(value.to_owned()),
                "z" => Edit::SetZone(value.to_owned()),
                "n" => Edit::PutWindow(MaintenanceWindow { name: value.to_owned(), ..window }),
                _ => Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(value.parse().unwrap()), ..window }),
            };
            plan.apply(&edit).unwrap()
        })
    }

    #[test]
    fn the_base_is_the_version_from_which_both_began() {
        let old = changed(&empty(), &["n=Old"]);
        let base = changed(&old, &["n=Base", "z=Europe/Berlin"]);
        for (ours, theirs, index) in [
            // Ours went on by one or two saved versions.
            (&[&["t=Ours"][..]][..], &["d=9"][..], 1),
            (&[&["t=Ours"], &["t=Ours", "d=5"]], &["n=Theirs"], 2),
            // Both changed the same value: the newer version would silently lose ours.
            (&[&["n=Ours"], &["n=Ours", "t=Title"]], &["n=Theirs"], 2),
            // Theirs began with a newer version than the oldest.
            (&[&["t=Ours"], &["t=Ours", "d=5"]], &["t=Ours", "n=Theirs"], 1),
        ] {
            let saved: Vec<Plan> = ours.iter().map(|changes| changed(&base, changes)).collect();
            let newest_first: Vec<Plan> = saved.iter().rev().chain([&base, &old]).cloned().collect();
            let theirs = changed(&base, theirs);
            let found = find_base(newest_first.first().unwrap(), &theirs, &newest_first);
            assert_eq!(found, Some(index), "{:?}", found.map(|index| newest_first[index].title().to_owned()));
        }
    }

    #[test]
    fn a_plan_is_not_its_own_base_and_other_plans_are_not_either() {
        let (ours, theirs) = (changed(&empty(), &["n=Ours"]), changed(&empty(), &["n=Theirs"]));
        let other = Plan::new(PlanId::new("q"), "Other", Horizon::year(2027), "UTC");
        assert_eq!(find_base(&ours, &theirs, &[ours.clone(), theirs.clone(), other]), None);
        // The sync tool gave our version the name of the copy, so the plan has theirs.
        assert_eq!(find_base(&theirs, &ours, &[theirs.clone(), ours.clone(), empty()]), Some(2));
    }
}
