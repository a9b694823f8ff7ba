//! Addresses that probably belong to an invited owner: with a tag ("ann+work@"), at another domain, or with the same name.
//! They are offered, never taken without a person's confirmation.

use crate::model::SentInvite;

/// The addresses of those invited whose owner may have written from `from`, under the name `name`; sorted.
pub(super) fn likely_owners<'a>(from: &str, name: &str, invited: impl Iterator<Item = &'a SentInvite>) -> Vec<&'a str> {
    let is_likely = |sent: &&SentInvite| {
        let is_same_name = !name.trim().is_empty() && sent.name.trim().to_lowercase() == name.trim().to_lowercase();
        is_same_name || mailbox(from) == mailbox(&sent.key.to)
    };
    let mut owners: Vec<&str> = invited.filter(is_likely).map(|sent| sent.key.to.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// What comes before the "@", without a tag and the signs that many servers ignore.
fn mailbox(address: &str) -> String {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let untagged = local.split('+').next().filter(|local| !local.is_empty()).unwrap_or(local);
    untagged.chars().filter(|c| !matches!(c, '.' | '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{InviteKey, UtcMinute};

    fn sent_invite(to: &str, name: &str) -> SentInvite {
        SentInvite {
            key: InviteKey { window: "w".into(), on: NaiveDate::default(), to: to.to_owned() },
            areas: Vec::new(),
            name: name.to_owned(),
            summary: String::new(),
            start_at: UtcMinute(0),
            end_at: UtcMinute(60),
            sequence: 0,
            is_cancelled: false,
            sent_on: NaiveDate::default(),
        }
    }

    #[test]
    fn tags_other_domains_and_equal_names_are_likely_and_strangers_are_not() {
        let invited = [sent_invite("ann.oneill@bank.example", "Ann O'Neill"), sent_invite("bo@bank.example", "")];
        for (from, name, expected) in [
            ("ann.oneill+cal@bank.example", "", &["ann.oneill@bank.example"][..]),
            ("annoneill@corp.example", "", &["ann.oneill@bank.example"]),
            ("a1234@bank.example", "ann o'neill", &["ann.oneill@bank.example"]),
            ("bo+1@elsewhere.example", "Ann O'Neill", &["ann.oneill@bank.example", "bo@bank.example"]),
            ("eve@bank.example", "", &[]),
            ("+bo@bank.example", "", &[]),
        ] {
            assert_eq!(likely_owners(from, name, invited.iter()), expected, "{from}");
        }
    }
}
