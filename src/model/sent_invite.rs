//! What owners, and those who are informed, were sent last: the invites, updates and cancellations in their calendars.
//!
//! It records what has been sent, so undo does not revert it. What is due is the difference between it and the plan.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AreaId, BusinessArea, Record, Table, UtcMinute, WindowId, is_default};

/// The last message that one recipient was sent about one occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Invitation")]
pub struct SentInvite {
    #[serde(rename = "of")]
    pub key: InviteKey,
    /// The business areas that it asked about; one owner may answer for several. None if no answer is needed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub areas: Vec<AreaId>,
    /// The recipient's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: String,
    /// The title of the occurrence. For a removed window it is recorded nowhere else.
    #[serde(default, skip_serializing_if = "is_default")]
    pub summary: String,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// The value of the SEQUENCE property: rises by one with each update (RFC 5546 §2.1.4).
    #[serde(default, skip_serializing_if = "is_default")]
    pub sequence: u32,
    /// The message was a cancellation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_cancelled: bool,
    pub sent_on: NaiveDate,
    /// Whether an answer is needed, and whose times these are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: InviteRole,
}

/// What a recipient has to do with an occurrence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum InviteRole {
    /// Agrees to it, for business areas.
    #[default]
    Owner,
    /// Is informed of it. No answer is needed.
    Informed,
    /// Works in it, or tests afterwards. The times are those of the duty. No answer is needed.
    Booked,
}

impl SentInvite {
    /// "version 1" for the first message.
    pub fn version_in_words(&self) -> String {
        format!("version {}", u64::from(self.sequence) + 1)
    }
}

impl Record for SentInvite {
    type Id = InviteKey;
    const NOUN: &'static str = "invite";
    /// One for each area and occurrence.
    const MOST: usize = 2_000_000;
    fn id(&self) -> &InviteKey {
        &self.key
    }
}

/// An occurrence, by its original date, and the recipient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename = "InvitationKey")]
pub struct InviteKey {
    pub window: WindowId,
    pub on: NaiveDate,
    /// An [`address`].
    pub to: String,
}

impl fmt::Display for InviteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.window, self.on, self.to)
    }
}

impl Table<SentInvite> {
    /// What owners were sent about the occurrences of one window, sorted by date, then address.
    pub fn for_window(&self, window: &WindowId) -> &[Arc<SentInvite>] {
        self.range_by_key(window, |invite| &invite.key.window)
    }

    /// What that address was sent last about one occurrence.
    pub fn sent(&self, window: &WindowId, on: NaiveDate, to: &str) -> Option<&Arc<SentInvite>> {
        let sent = self.for_window(window);
        let index = sent.binary_search_by(|each| (each.key.on, each.key.to.as_str()).cmp(&(on, to)));
        index.ok().map(|index| &sent[index])
    }
}

impl BusinessArea {
    /// Its owner's e-mail address; none if the plan has no valid one.
    pub fn address(&self) -> Option<String> {
        address(&self.email)
    }

    /// Whether its owner also replies from that [`address`].
    pub fn has_alias(&self, from: &str) -> bool {
        self.aliases.iter().any(|alias| address(alias).as_deref() == Some(from))
    }
}

/// An e-mail address in the form in which addresses are compared: in lower case, without "mailto:" and surrounding
/// spaces. None if it is invalid: without "@", or with characters that would break a line of a mail or a calendar.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text).trim();
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>(),:;\\[]".contains(c);
    let (local, domain) = text.rsplit_once('@')?;
    let is_address = !local.is_empty() && !domain.is_empty() && !local.contains('@') && text.chars().all(is_plain);
    (is_address && text.len() <= LONGEST_ADDRESS).then(|| text.to_owned())
}

/// The addresses of a list that is separated by commas, each once, sorted.
///
/// # Errors
/// The first part that is not an [`address`].
pub fn addresses(text: &str) -> Result<Vec<String>, String> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut all: Vec<String> =
        parts.map(|part| address(part).ok_or_else(|| part.to_owned())).collect::<Result<_, _>>()?;
    all.sort();
    all.dedup();
    Ok(all)
}

/// RFC 5321 §4.5.3.1.3, without the angle brackets.
const LONGEST_ADDRESS: usize = 254;

#[cfg(test)]
mod tests {
    use super::{address, addresses};

    #[test]
    fn addresses_are_compared_without_case_and_mailto() {
        assert_eq!(address(" MAILTO:Jo.Smith@Bank.example "), Some("jo.smith@bank.example".to_owned()));
        assert_eq!(address("jo@bank.example"), Some("jo@bank.example".to_owned()));
    }

    #[test]
    fn a_list_of_addresses_is_sorted_and_has_each_once() {
        let expected = ["a@b.example", "c@d.example"].map(str::to_owned).to_vec();
        assert_eq!(addresses(" C@d.example; a@b.example,c@d.example, "), Ok(expected));
        assert_eq!((addresses(""), addresses("a@b.example, c")), (Ok(Vec::new()), Err("c".to_owned())));
    }

    #[test]
    fn invalid_addresses_are_refused() {
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
