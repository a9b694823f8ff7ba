//! What owners were sent last: the invites, updates and cancellations that lie in their calendars.
//!
//! It says what has left the house, so no undo takes it back; what is due is the difference between it and the plan.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AreaId, BusinessArea, Record, Table, UtcMinute, WindowId, is_default};

/// The last thing that one owner was sent about one occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub of: InvitationKey,
    /// For whose answer it asked; one owner may speak for several business areas.
    #[serde(default, skip_serializing_if = "is_default")]
    pub areas: Vec<AreaId>,
    /// The owner's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: String,
    /// What the occurrence was called; of a window that is gone, nothing else knows it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: String,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// Of the SEQUENCE property: one more with each update (RFC 5546 §2.1.4).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
    /// The owner was told that it does not take place.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_cancelled: bool,
    pub sent_on: NaiveDate,
}

impl Record for Invitation {
    type Id = InvitationKey;
    const NOUN: &'static str = "invitation";
    fn id(&self) -> &InvitationKey {
        &self.of
    }
}

/// Which occurrence (by its original date), and who was told of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InvitationKey {
    pub window: WindowId,
    pub on: NaiveDate,
    /// An [`address`].
    pub to: String,
}

impl fmt::Display for InvitationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.window, self.on, self.to)
    }
}

impl Table<Invitation> {
    /// What owners were sent about the occurrences of one window, sorted by date, then address.
    pub fn of_window(&self, window: &WindowId) -> &[Arc<Invitation>] {
        let all = self.as_slice();
        let from = all.partition_point(|invitation| invitation.of.window < *window);
        let of_window = all[from..].partition_point(|invitation| invitation.of.window == *window);
        &all[from..from + of_window]
    }

    /// What that address was sent about one occurrence.
    pub fn sent(&self, window: &WindowId, on: NaiveDate, to: &str) -> Option<&Arc<Invitation>> {
        let sent = self.of_window(window);
        let place = sent.binary_search_by(|each| (each.of.on, each.of.to.as_str()).cmp(&(on, to)));
        place.ok().map(|place| &sent[place])
    }
}

impl BusinessArea {
    /// Where its owner is written to; none where the plan holds no address that mail could reach.
    pub fn address(&self) -> Option<String> {
        address(&self.email)
    }
}

/// An e-mail address in the form in which two of them are compared: without "mailto:", spaces around it and upper case.
/// None where it is none: no "@", or characters that would break a line of a mail or a calendar.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text).trim();
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>(),:;\\[]".contains(c);
    let (local, domain) = text.rsplit_once('@')?;
    let is_address = !local.is_empty() && !domain.is_empty() && !local.contains('@') && text.chars().all(is_plain);
    (is_address && text.len() <= LONGEST_ADDRESS).then(|| text.to_owned())
}

/// RFC 5321 §4.5.3.1.3, without the angle brackets.
const LONGEST_ADDRESS: usize = 254;

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_are_compared_without_case_and_mailto() {
        assert_eq!(address(" MAILTO:Jo.Smith@Bank.example "), Some("jo.smith@bank.example".to_owned()));
        assert_eq!(address("jo@bank.example"), Some("jo@bank.example".to_owned()));
    }

    #[test]
    fn what_mail_cannot_reach_is_no_address() {
        for text in [
            "",
            "jo",
            "@bank.example",
            "jo@",
            "jo@b@c",
            "jo smith@bank.example",
            "jo@bank.example\r\nBCC:x@y",
            "<jo@b>",
        ] {
            assert_eq!(address(text), None, "{text:?}");
        }
        assert_eq!(address(&format!("{}@bank.example", "x".repeat(300))), None);
    }
}
