//! The scales of severity that scanners use.

use crate::model::ReportedSeverity;

/// The severity that a word means, in the words of all scanners. None for "info", "unknown" and words of no scale.
pub fn severity_of_word(word: &str) -> Option<ReportedSeverity> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "critical" | "defcon1" => ReportedSeverity::Critical,
        "high" | "important" | "serious" | "severe" => ReportedSeverity::High,
        "medium" | "moderate" => ReportedSeverity::Medium,
        "low" | "negligible" | "minor" => ReportedSeverity::Low,
        _ => return None,
    })
}

/// Nessus and Tenable: 4 is the worst, 0 is information only.
pub fn severity_of_4(number: &str) -> Option<ReportedSeverity> {
    Some(match number.trim() {
        "4" => ReportedSeverity::Critical,
        "3" => ReportedSeverity::High,
        "2" => ReportedSeverity::Medium,
        "1" => ReportedSeverity::Low,
        _ => return None,
    })
}

/// Qualys: 5 is the worst. The lowest two are both low.
/// <https://docs.qualys.com/en/vm/latest/mergedProjects/knowledgebase/severity_levels.htm>
pub fn severity_of_5(number: &str) -> Option<ReportedSeverity> {
    Some(match number.trim() {
        "5" => ReportedSeverity::Critical,
        "4" => ReportedSeverity::High,
        "3" => ReportedSeverity::Medium,
        "2" | "1" => ReportedSeverity::Low,
        _ => return None,
    })
}

/// Rapid7: 10 is the worst. It calls 8 to 10 critical, 4 to 7 severe and the rest moderate.
/// <https://docs.rapid7.com/insightvm/working-with-vulnerabilities/>
pub fn severity_of_10(number: &str) -> Option<ReportedSeverity> {
    Some(match number.trim().parse().ok()? {
        8..=10 => ReportedSeverity::Critical,
        4..=7 => ReportedSeverity::High,
        1..=3_u8 => ReportedSeverity::Medium,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scale_has_its_own_direction() {
        use ReportedSeverity::{Critical, High, Low, Medium};
        assert_eq!(["0", "1", "4", "5", "x"].map(severity_of_4), [None, Some(Low), Some(Critical), None, None]);
        assert_eq!(
            ["0", "1", "2", "3", "4", "5"].map(severity_of_5).map(|found| found.map(ReportedSeverity::name)),
            [None, Some("low"), Some("low"), Some("medium"), Some("high"), Some("critical")]
        );
        assert_eq!(
            ["0", "3", "4", "7", "8", "11"].map(severity_of_10),
            [None, Some(Medium), Some(High), Some(High), Some(Critical), None]
        );
        assert_eq!(
            ["Important", "MODERATE", "Defcon1", "Negligible", "UNTRIAGED"].map(severity_of_word),
            [Some(High), Some(Medium), Some(Critical), Some(Low), None]
        );
    }
}
