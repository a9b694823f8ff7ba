//! Notices of carriers: work on circuits that systems of the plan depend on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{NoticeId, Record, UtcMinute, is_default};

/// Work that a carrier announced, as the newest version of its notice says (MAINTNOTE, <https://github.com/jda/maintnote-std>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierNotice {
    pub id: NoticeId,
    /// "Arelion: work on PWIC111111.1"
    pub name: String,
    /// The carrier, as it writes itself: "arelion.com". Together with the number it identifies the work.
    pub provider: String,
    /// What the carrier calls the work (MAINTENANCE-ID).
    pub number: String,
    /// Which event of the work it is (UID): a carrier may announce several nights, or each circuit, under one number. Empty if
    /// the notice does not say it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub uid: String,
    /// How often the carrier revised it (SEQUENCE). -1 if the notice does not say it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: i32,
    /// When the carrier wrote this version (DTSTAMP).
    #[serde(default, skip_serializing_if = "is_default")]
    pub written_at: Option<UtcMinute>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: NoticeStatus,
    pub starts_at: UtcMinute,
    pub ends_at: UtcMinute,
    /// In the order of the notice.
    #[serde(default, skip_serializing_if = "is_default")]
    pub circuits: Vec<NoticeCircuit>,
    /// The impact on circuits that have none of their own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: NoticeImpact,
    /// The number under which the carrier knows its customer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub account: String,
    /// What the carrier wrote for people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub text: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: String,
}

/// A circuit that the work affects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCircuit {
    /// As the carrier numbers it (OBJECT-ID): "IC-111111".
    pub id: String,
    /// None for that of the notice.
    #[serde(default, skip_serializing_if = "is_default")]
    pub impact: Option<NoticeImpact>,
}

impl Record for CarrierNotice {
    type Id = NoticeId;
    const NOUN: &'static str = "carrier notice";
    fn id(&self) -> &NoticeId {
        &self.id
    }
}

impl CarrierNotice {
    /// A confirmed outage of four hours without circuits.
    pub fn new(id: NoticeId, name: &str, starts_at: UtcMinute) -> Self {
        Self {
            id,
            name: name.to_owned(),
            provider: String::new(),
            number: String::new(),
            uid: String::new(),
            sequence: 0,
            written_at: None,
            status: NoticeStatus::Confirmed,
            starts_at,
            ends_at: starts_at.plus(4 * 60),
            circuits: Vec::new(),
            impact: NoticeImpact::Outage,
            account: String::new(),
            text: String::new(),
            notes: String::new(),
        }
    }

    /// Whether the work is still to be expected, or in progress.
    pub fn is_open(&self) -> bool {
        self.status != NoticeStatus::Completed
    }

    /// Replaces the circuits by those of a text with commas between them. Circuits that stay keep an impact of their own.
    pub fn set_circuits(&mut self, text: &str) {
        let old = std::mem::take(&mut self.circuits);
        for id in text.split([',', ';', '\n']).map(str::trim).filter(|id| !id.is_empty()) {
            let is_it = |circuit: &&NoticeCircuit| circuit.id.eq_ignore_ascii_case(id);
            if self.circuits.iter().any(|circuit| is_it(&circuit)) {
                continue;
            }
            let new = || NoticeCircuit { id: id.to_owned(), impact: None };
            self.circuits.push(old.iter().find(is_it).cloned().unwrap_or_else(new));
        }
    }

    /// The impact on a circuit. None if the notice does not name it.
    pub fn impact_on(&self, circuit: &str) -> Option<NoticeImpact> {
        let circuit = circuit.trim();
        let found = self.circuits.iter().find(|each| each.id.eq_ignore_ascii_case(circuit))?;
        Some(found.impact.unwrap_or(self.impact))
    }
}

/// What a word of a notice is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Unknown {what} \"{text}\": use {choices}")]
pub struct ParseNoticeError {
    what: &'static str,
    text: String,
    choices: String,
}

macro_rules! words_of_notices {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$variant_doc:meta])* $choice:ident = $word:literal, $file:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $choice),* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$choice),*];

            /// The word for it on screen.
            pub fn name(self) -> &'static str {
                match self { $(Self::$choice => $word),* }
            }

            /// The word for it in notices.
            pub fn maintnote(self) -> &'static str {
                match self { $(Self::$choice => $file),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $name {
            type Err = ParseNoticeError;

            /// Reads the words of screen and notices, without case.
            fn from_str(text: &str) -> Result<Self, ParseNoticeError> {
                let word = text.trim().replace('_', "-");
                let is_it = |each: &&Self| each.name().eq_ignore_ascii_case(&word) || each.maintnote().eq_ignore_ascii_case(&word);
                let choices = || Self::ALL.iter().map(|each| each.name()).collect::<Vec<_>>().join(", ");
                Self::ALL.iter().find(is_it).copied().ok_or_else(|| {
                    ParseNoticeError { what: $what, text: text.trim().to_owned(), choices: choices() }
                })
            }
        }
    };
}

words_of_notices! {
    /// How certain the work is. A cancelled notice is removed from the plan.
    NoticeStatus ("status") {
        /// The carrier may still change its mind.
        Tentative = "tentative", "TENTATIVE";
        #[default]
        Confirmed = "confirmed", "CONFIRMED";
        InProcess = "in progress", "IN-PROCESS";
        Completed = "completed", "COMPLETED";
    }
}

words_of_notices! {
    /// What becomes of a circuit during the work.
    NoticeImpact ("impact") {
        NoImpact = "no impact", "NO-IMPACT";
        /// It works, but without its spare.
        ReducedRedundancy = "reduced redundancy", "REDUCED-REDUNDANCY";
        Degraded = "degraded", "DEGRADED";
        #[default]
        Outage = "outage", "OUTAGE";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_screens_and_notices_write_them() {
        for status in NoticeStatus::ALL {
            assert_eq!(status.name().parse(), Ok(*status));
            assert_eq!(status.maintnote().to_lowercase().parse(), Ok(*status));
        }
        assert_eq!(" reduced_redundancy ".parse(), Ok(NoticeImpact::ReducedRedundancy));
        let error = "soon".parse::<NoticeStatus>().unwrap_err().to_string();
        assert_eq!(error, "Unknown status \"soon\": use tentative, confirmed, in progress, completed");
    }

    #[test]
    fn a_circuit_may_have_an_impact_of_its_own() {
        let circuit = |id: &str, impact| NoticeCircuit { id: id.to_owned(), impact };
        let notice = CarrierNotice {
            impact: NoticeImpact::Degraded,
            circuits: vec![circuit("IC-1", None), circuit("IC-2", Some(NoticeImpact::NoImpact))],
            ..CarrierNotice::new("n".into(), "Work", UtcMinute(0))
        };
        let impacts = ["ic-1", "IC-2 ", "IC-3"].map(|id| notice.impact_on(id));
        assert_eq!(impacts, [Some(NoticeImpact::Degraded), Some(NoticeImpact::NoImpact), None]);
    }
}
