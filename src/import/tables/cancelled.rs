//! States of changes that do not take place.

use super::layout::plain;

/// Whether what a row is about does not take place: "Canceled by requestor", "Abgesagt (Kunde)", "not approved".
pub fn is_cancelled(state: &str) -> bool {
    const BEGINNINGS: [&str; 36] = [
        "cancel",
        "abgesagt",
        "absage",
        "storn",
        "aborted",
        "rescheduled",
        "verworfen",
        "closed - cancel",
        "closed cancel",
        "annul",
        "gestrichen",
        "entfällt",
        "entfallen",
        "entfiel",
        "abgebrochen",
        "abgelehnt",
        "zurückgezogen",
        "zurückgewiesen",
        "delete",
        "gelöscht",
        "decline",
        "reject",
        "refus",
        "rejet",
        "withdrawn",
        "skipped",
        "supprim",
        "aufgehoben",
        "ausgefallen",
        "fällt aus",
        "postponed",
        "verschoben",
        "zurückgestellt",
        "on hold",
        "deferred",
        "suspended",
    ];
    const PHRASES: [&str; 8] = [
        "not approved",
        "not authorized",
        "not authorised",
        "nicht genehmigt",
        "nicht freigegeben",
        "non approuv",
        "non autoris",
        "will not take place",
    ];
    const WORDS: [&str; 6] = ["void", "voided", "no-go", "no go", "nogo", "hold"];
    let state = state.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| state.starts_with(word));
    // "Cancellation requested" is not decided.
    let is_open = ["cancellation req", "cancel req", "cancellation pend"].iter().any(|open| state.starts_with(open));
    !is_open && (begins(&BEGINNINGS) || begins(&PHRASES) || WORDS.contains(&&*state))
}

/// Whether a column is only about that: "Cancelled", "Storniert?".
pub fn asks_whether_cancelled(title: &str) -> bool {
    const TITLES: [&str; 8] =
        ["cancelled", "canceled", "iscancelled", "iscanceled", "storniert", "abgesagt", "entfällt", "annulliert"];
    TITLES.contains(&&*plain(title))
}

/// Whether the cell of such a column says so.
pub fn says_yes(cell: &str) -> bool {
    ["yes", "y", "ja", "j", "true", "wahr", "x", "1", "✓", "✔", "oui"].contains(&&*cell.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_by_their_first_word() {
        for state in [
            "Canceled",
            "cancelled",
            "Canceled by requestor",
            "CANCELED - duplicate",
            "CANCELLED!",
            "(cancelled)",
            "Abgesagt (Kunde)",
            "storniert",
            "annulé",
            "Annulliert",
            "gestrichen",
            "deleted",
            "Declined",
            "Rejected",
            "not approved",
            "Nicht genehmigt",
            "abgelehnt",
            "entfällt",
            "void",
            "No-go",
            "Postponed",
            "Verschoben",
            "aufgehoben",
            "on hold",
            "Hold",
            "storno",
            "entfiel",
            "Aborted",
            "Rescheduled",
            "verworfen",
            "Closed - cancelled",
        ] {
            assert!(is_cancelled(state), "{state}");
        }
        for state in [
            "",
            "Scheduled",
            "Approved",
            "Closed",
            "Closed - complete",
            "Holding",
            "Draft",
            "x",
            "Cancellation requested",
            "Geplant",
        ] {
            assert!(!is_cancelled(state), "{state}");
        }
    }
}
