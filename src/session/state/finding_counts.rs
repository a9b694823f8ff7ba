//! The numbers of open findings before and after an edit.

use crate::checks::{Findings, Severity};
use crate::wording::counted;

/// The numbers of open errors and warnings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::session) struct FindingCounts([usize; 2]);

const COUNTED: [Severity; 2] = [Severity::Error, Severity::Warning];

impl FindingCounts {
    pub(in crate::session) fn new(findings: &Findings) -> Self {
        Self(COUNTED.map(|severity| findings.count(severity)))
    }

    /// "1 error fewer, 2 warnings more"; empty if nothing changed.
    pub(in crate::session) fn change_to(self, after: Self) -> String {
        let words = COUNTED.into_iter().zip(self.0.into_iter().zip(after.0)).filter_map(|(severity, (old, new))| {
            let by = counted(old.abs_diff(new), severity.name());
            (old != new).then(|| format!("{by} {}", if new > old { "more" } else { "fewer" }))
        });
        words.collect::<Vec<_>>().join(", ")
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
    }
}
