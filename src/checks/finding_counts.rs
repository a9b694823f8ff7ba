//! The numbers of open findings before and after an edit.

use super::{Findings, Severity};
use crate::wording::counted;

/// The numbers of open errors and warnings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FindingCounts([usize; 2]);

const COUNTED: [Severity; 2] = [Severity::Error, Severity::Warning];

impl FindingCounts {
    /// Those of `findings`.
    pub fn new(findings: &Findings) -> Self {
        Self(COUNTED.map(|severity| findings.count(severity)))
    }

    /// "1 error fewer, 2 warnings more"; empty if nothing changed.
    pub fn change_to(self, after: Self) -> String {
        let words = COUNTED.into_iter().zip(self.0.into_iter().zip(after.0)).filter_map(|(severity, (old, new))| {
            let by = counted(old.abs_diff(new), severity.name());
            (old != new).then(|| format!("{by} {}", if new > old { "more" } else { "fewer" }))
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// How many errors, and how many warnings, there are more; negative if there are fewer.
    pub fn added_to(self, after: Self) -> [i64; 2] {
        let [errors, warnings] = self.0.map(|count| count as i64);
        let [errors_after, warnings_after] = after.0.map(|count| count as i64);
        [errors_after - errors, warnings_after - warnings]
    }
}

/// How the numbers of open errors and warnings differ: "1 error fewer, 2 warnings more"; empty if they do not.
pub fn change_of_findings(before: &Findings, after: &Findings) -> String {
    FindingCounts::new(before).change_to(FindingCounts::new(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_of_findings_is_said_in_words() {
        let change = |before, after| FindingCounts(before).change_to(FindingCounts(after));
        assert_eq!(change([2, 3], [1, 5]), "1 error fewer, 2 warnings more");
        assert_eq!(change([0, 1], [0, 1]), "");
        assert_eq!(change([0, 1], [3, 0]), "3 errors more, 1 warning fewer");
        assert_eq!(FindingCounts([2, 3]).added_to(FindingCounts([1, 5])), [-1, 2]);
    }
}
