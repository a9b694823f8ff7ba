//! How full the days of a plan are, and how many windows of each stage they have at most.

use std::collections::BTreeMap;

use crate::model::Stage;

/// A plan is dense if its median day with windows has more than this many.
const FEW: u32 = 2;

/// The measure by which the planner draws how much is planned on a day, if the plan is dense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Density {
    /// The stages of the plan's windows: each has its line in every day.
    pub stages: Vec<Option<Stage>>,
    /// The most windows of one stage on a day.
    pub most: u32,
}

impl Density {
    /// `days` are the stages of the windows of each day. None if the days have few windows.
    pub fn new(days: impl Iterator<Item = Vec<Option<Stage>>>) -> Option<Self> {
        let (mut counts, mut most, mut stages) = (Vec::new(), 0, BTreeMap::new());
        for day in days.filter(|day| !day.is_empty()) {
            counts.push(day.len() as u32);
            for stage in day {
                stages.entry(stage).and_modify(|count| *count += 1).or_insert(1_u32);
            }
            most = stages.values().fold(most, |most, count| most.max(*count));
            for count in stages.values_mut() {
                *count = 0;
            }
        }
        counts.sort_unstable();
        let median = *counts.get(counts.len() / 2)?;
        (median > FEW).then(|| Self { stages: stages.into_keys().collect(), most })
    }

    /// The number of windows of each stage among `day`.
    pub fn counts(&self, day: impl Iterator<Item = Option<Stage>>) -> Vec<u32> {
        let mut counts = vec![0; self.stages.len()];
        for stage in day {
            if let Ok(index) = self.stages.binary_search(&stage) {
                counts[index] += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: Option<Stage> = Some(Stage::Test);
    const REST: Option<Stage> = Some(Stage::Rest);

    #[test]
    fn a_plan_is_dense_if_its_median_day_with_windows_has_more_than_two() {
        let days = |days: &[usize]| Density::new(days.iter().map(|count| vec![TEST; *count]));
        assert_eq!(days(&[]), None);
        assert_eq!(days(&[0, 0, 0]), None);
        assert_eq!(days(&[1, 2, 9]), None);
        assert!(days(&[1, 3, 9]).is_some());
        assert!(days(&[0, 0, 0, 0, 3]).is_some(), "days without windows do not count");
    }

    #[test]
    fn the_stages_of_a_day_are_counted_in_the_order_of_the_plan() {
        let days = [vec![REST, REST, TEST, None], vec![REST, REST, REST], vec![TEST, None, TEST]];
        let density = Density::new(days.into_iter()).unwrap();
        assert_eq!(density.stages, [None, TEST, REST]);
        assert_eq!(density.most, 3);
        assert_eq!(density.counts([REST, None, REST].into_iter()), [1, 0, 2]);
    }
}
