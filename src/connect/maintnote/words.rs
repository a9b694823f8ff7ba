//! What the words of a notice mean.

use crate::import::CarrierProperty;
use crate::model::{NoticeImpact, NoticeStatus};

/// The value of a property: that which is marked as PRIMARY, or else the first that is not marked as NON-PRIMARY
/// (X-MAINTNOTE-PRECEDENCE).
pub fn primary<'a>(properties: &'a [CarrierProperty], name: &str) -> Option<&'a str> {
    let named = || properties.iter().filter(|property| property.name == name);
    let precedence = |property: &CarrierProperty| {
        let mut parts = property.parameters.split(';').filter_map(|part| part.split_once('='));
        let found = parts.find(|(name, _)| name.trim() == "X-MAINTNOTE-PRECEDENCE");
        found.map(|(_, word)| word.trim().trim_matches('"').to_owned()).unwrap_or_default()
    };
    let marked = named().find(|property| precedence(property) == "PRIMARY");
    let found =
        marked.or_else(|| named().find(|property| precedence(property) != "NON-PRIMARY")).or_else(|| named().next());
    found.map(|property| property.value.as_str())
}

/// What a notice says about its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidStatus {
    Is(NoticeStatus),
    Cancelled,
    /// It says nothing, or that nothing changed: the status of the version before holds.
    Unchanged,
    /// A word that is not known.
    Unknown,
}

/// The status of a word as carriers write it. Draft and practice differ: NANOG's draft has five words, carriers use more.
pub fn status(word: &str) -> SaidStatus {
    match word.trim().to_ascii_uppercase().replace('_', "-").as_str() {
        "" | "NO-CHANGE" => SaidStatus::Unchanged,
        "CANCELLED" | "CANCELED" => SaidStatus::Cancelled,
        // The new times are in the notice.
        "RE-SCHEDULED" | "RESCHEDULED" => SaidStatus::Is(NoticeStatus::Confirmed),
        "IN-PROGRESS" => SaidStatus::Is(NoticeStatus::InProcess),
        word => word.parse().map_or(SaidStatus::Unknown, SaidStatus::Is),
    }
}

/// The impact of a word. None if it is not known.
pub fn impact(word: &str) -> Option<NoticeImpact> {
    word.parse().ok()
}

/// The impact among the parameters of a circuit: "X-MAINTNOTE-OBJECT-IMPACT=OUTAGE".
pub fn impact_in_parameters(parameters: &str) -> Option<&str> {
    let mut parts = parameters.split(';').filter_map(|part| part.split_once('='));
    parts.find(|(name, _)| name.trim() == "X-MAINTNOTE-OBJECT-IMPACT").map(|(_, word)| word.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_carriers_are_known() {
        for (word, expected) in [
            ("CONFIRMED", SaidStatus::Is(NoticeStatus::Confirmed)),
            ("in-process", SaidStatus::Is(NoticeStatus::InProcess)),
            ("Canceled ", SaidStatus::Cancelled),
            ("", SaidStatus::Unchanged),
            ("NO-CHANGE", SaidStatus::Unchanged),
            ("RE-SCHEDULED", SaidStatus::Is(NoticeStatus::Confirmed)),
            ("PERHAPS", SaidStatus::Unknown),
        ] {
            assert_eq!(status(word), expected, "{word}");
        }
        let parameters = "LANGUAGE=EN;X-MAINTNOTE-OBJECT-IMPACT=\"REDUCED-REDUNDANCY\"";
        assert_eq!(impact_in_parameters(parameters).and_then(impact), Some(NoticeImpact::ReducedRedundancy));
    }
}
