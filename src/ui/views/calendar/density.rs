//! How full the days of a plan are, and how many windows of each stage they have at most.

use std::collections::BTreeSet;

use crate::checks::Severity;
use crate::model::Stage;

/// A plan is dense if its median day with windows has more than this many.
const FEW: usize = 2;

/// How much is planned on each day, if the plan is dense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Density {
    /// The stages of the plan's windows: each has its line in every day.
    pub stages: Vec<Option<Stage>>,
    /// The most windows of one stage on a day.
    pub most: u32,
    pub days: Vec<DayDensity>,
}

/// How much is planned on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayDensity {
    /// The number of windows of each stage.
    pub counts: Vec<u32>,
    pub total: usize,
    pub has_errors: bool,
    pub has_warnings: bool,
}

impl Density {
    /// `days` are the stage and the worst finding of each window of each day. None if the days have few windows.
    pub fn new(days: impl Iterator<Item = Vec<(Option<Stage>, Option<Severity>)>> + Clone) -> Option<Self> {
        let mut totals: Vec<usize> = days.clone().map(|day| day.len()).filter(|total| *total > 0).collect();
        totals.sort_unstable();
        let median = *totals.get(totals.len() / 2)?;
        if median <= FEW {
            return None;
        }
        let stages: BTreeSet<_> = days.clone().flatten().map(|(stage, _)| stage).collect();
        let stages: Vec<_> = stages.into_iter().collect();
        let days: Vec<_> = days.map(|day| DayDensity::new(&day, &stages)).collect();
        let most = days.iter().flat_map(|day| &day.counts).fold(0, |most, count| most.max(*count));
        Some(Self { stages, most, days })
    }
}

impl DayDensity {
    fn new(day: &[(Option<Stage>, Option<Severity>)], stages: &[Option<Stage>]) -> Self {
        let mut counts = vec![0; stages.len()];
        for index in day.iter().filter_map(|(stage, _)| stages.binary_search(stage).ok()) {
            counts[index] += 1;
        }
        let has = |severity| day.iter().any(|(_, worst)| *worst == Some(severity));
        let (has_errors, has_warnings) = (has(Severity::Error), has(Severity::Warning));
        Self { counts, total: day.len(), has_errors, has_warnings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: Option<Stage> = Some(Stage::Test);
    const REST: Option<Stage> = Some(Stage::Rest);

    fn density(days: &[&[Option<Stage>]]) -> Option<Density> {
        Density::new(days.iter().map(|day| day.iter().map(|stage| (*stage, None)).collect()))
    }

    #[test]
    fn a_plan_is_dense_if_its_median_day_with_windows_has_more_than_two() {
        let all = [TEST; 9];
        let is_dense = |days: &[usize]| density(&days.iter().map(|count| &all[..*count]).collect::<Vec<_>>()).is_some();
        assert!(!is_dense(&[]));
        assert!(!is_dense(&[0, 0, 0]));
        assert!(!is_dense(&[1, 2, 9]));
        assert!(is_dense(&[1, 3, 9]));
        assert!(is_dense(&[0, 0, 0, 0, 3]), "days without windows do not count");
    }

    #[test]
    fn the_stages_of_a_day_are_counted_in_the_order_of_the_plan() {
        let density = density(&[&[REST, REST, TEST, None], &[REST, REST, REST], &[TEST, None, TEST]]).unwrap();
        assert_eq!(density.stages, [None, TEST, REST]);
        assert_eq!(density.most, 3);
        assert_eq!(density.days[0].counts, [1, 1, 2]);
        assert_eq!((density.days[2].total, density.days[2].has_errors), (3, false));
    }

    #[test]
    fn errors_and_warnings_of_a_day_are_marked_once_each() {
        let day = vec![(TEST, Some(Severity::Warning)), (TEST, Some(Severity::Warning)), (TEST, Some(Severity::Note))];
        let density = Density::new([day].into_iter()).unwrap();
        assert_eq!((density.days[0].has_errors, density.days[0].has_warnings), (false, true));
    }
}
