//! Base scores of CVSS vectors, for reports that give only these.

use std::collections::HashMap;

use super::row::{Score, ScoreVersion};

/// The base score of a vector of CVSS 3.0, 3.1 or 2.0. None for one of version 4, whose score needs tables that change with
/// its user guide, and for a vector with something missing.
///
/// <https://www.first.org/cvss/v3.1/specification-document#CVSS-v3-1-Equations>,
/// <https://www.first.org/cvss/v2/guide#3-2-1-Base-Equation>
pub fn score_of_vector(vector: &str) -> Option<Score> {
    let vector = vector.trim().trim_matches(['(', ')']);
    if let Some(metrics) = vector.strip_prefix("CVSS:3.1/").or_else(|| vector.strip_prefix("CVSS:3.0/")) {
        Score::new(ScoreVersion::V3, version_3(&Metrics::read(metrics))?)
    } else if vector.starts_with("AV:") && vector.contains("/Au:") {
        Score::new(ScoreVersion::V2, version_2(&Metrics::read(vector))?)
    } else {
        None
    }
}

/// The metrics of a vector: "AV" is "N".
struct Metrics<'a>(HashMap<&'a str, &'a str>);

impl<'a> Metrics<'a> {
    fn read(vector: &'a str) -> Self {
        Self(vector.split('/').filter_map(|metric| metric.split_once(':')).collect())
    }

    /// The weight of the value of a metric.
    fn weight(&self, metric: &str, weights: &[(&str, f64)]) -> Option<f64> {
        let value = self.0.get(metric)?;
        weights.iter().find(|(name, _)| name == value).map(|(_, weight)| *weight)
    }
}

fn version_3(metrics: &Metrics<'_>) -> Option<f64> {
    let impact = |metric: &str| metrics.weight(metric, &[("H", 0.56), ("L", 0.22), ("N", 0.0)]);
    let is_changed = metrics.weight("S", &[("U", 0.0), ("C", 1.0)])? > 0.0;
    let privileges =
        if is_changed { [("N", 0.85), ("L", 0.68), ("H", 0.5)] } else { [("N", 0.85), ("L", 0.62), ("H", 0.27)] };
    let exploitability = 8.22
        * metrics.weight("AV", &[("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2)])?
        * metrics.weight("AC", &[("L", 0.77), ("H", 0.44)])?
        * metrics.weight("PR", &privileges)?
        * metrics.weight("UI", &[("N", 0.85), ("R", 0.62)])?;
    let base = 1.0 - (1.0 - impact("C")?) * (1.0 - impact("I")?) * (1.0 - impact("A")?);
    let impact = if is_changed { 7.52 * (base - 0.029) - 3.25 * (base - 0.02).powi(15) } else { 6.42 * base };
    let factor = if is_changed { 1.08 } else { 1.0 };
    Some(if impact <= 0.0 { 0.0 } else { rounded_up((factor * (impact + exploitability)).min(10.0)) })
}

/// To the next tenth, in whole numbers as the specification has it.
fn rounded_up(score: f64) -> f64 {
    let whole = (score * 100_000.0).round() as u32;
    let tenths = if whole.is_multiple_of(10_000) { whole / 10_000 } else { whole / 10_000 + 1 };
    f64::from(tenths) / 10.0
}

fn version_2(metrics: &Metrics<'_>) -> Option<f64> {
    let impact = |metric: &str| metrics.weight(metric, &[("N", 0.0), ("P", 0.275), ("C", 0.660)]);
    let exploitability = 20.0
        * metrics.weight("AV", &[("L", 0.395), ("A", 0.646), ("N", 1.0)])?
        * metrics.weight("AC", &[("H", 0.35), ("M", 0.61), ("L", 0.71)])?
        * metrics.weight("Au", &[("M", 0.45), ("S", 0.56), ("N", 0.704)])?;
    let impact = 10.41 * (1.0 - (1.0 - impact("C")?) * (1.0 - impact("I")?) * (1.0 - impact("A")?));
    let factor = if impact == 0.0 { 0.0 } else { 1.176 };
    Some(((0.6 * impact + 0.4 * exploitability - 1.5) * factor * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_have_the_scores_of_the_specifications() {
        for (vector, expected) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Some(98)),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", Some(100)),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L", Some(53)),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", Some(61)),
            ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N/E:P/RL:O", Some(55)),
            ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:N", None),
            ("CVSS:3.1/AV:N/AC:L", None),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", None),
            ("AV:N/AC:L/Au:N/C:N/I:N/A:C", Some(78)),
            ("AV:N/AC:L/Au:N/C:C/I:C/A:C", Some(100)),
            ("(AV:L/AC:H/Au:N/C:C/I:C/A:C)", Some(62)),
            ("", None),
        ] {
            assert_eq!(score_of_vector(vector).map(|score| score.tenths), expected, "{vector}");
        }
    }
}
