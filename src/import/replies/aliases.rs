//! Addresses that probably belong to an invited owner: with a tag ("ann+work@"), at another domain, or with the same name.
//! They are offered, never taken without a person's confirmation. Confirmed ones are remembered in the plan.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{AreaId, BusinessArea, Edit, Plan, SentInvite, WindowId};

/// The invite to that occurrence whose owner also replies from `from`, as the plan remembers; none if it fits several.
pub(super) fn invite_by_alias<'a>(
    plan: &'a Plan,
    window: &WindowId,
    on: NaiveDate,
    from: &str,
) -> Option<&'a SentInvite> {
    let is_owner = |sent: &SentInvite| {
        let areas = sent.areas.iter().filter_map(|id| plan.areas().get(id));
        { areas }.any(|area| area.has_alias(from) && area.address().as_ref() == Some(&sent.key.to))
    };
    let invited = plan.sent_invites().for_window(window).iter().map(|sent| &**sent);
    let mut found = invited.filter(|sent| sent.key.on == on && is_owner(sent));
    found.next().filter(|_| found.next().is_none())
}

/// What the plan remembers of confirmed aliases, each with the address that was invited.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// One for each business area that gets an address.
    pub edits: Vec<Edit>,
    /// How many aliases are new.
    pub count: usize,
    /// The aliases that no business area can take.
    pub homeless: Vec<(String, String)>,
}

/// Adds the aliases to the business areas whose owner has the address.
pub(super) fn remember<'a>(plan: &Plan, aliases: impl IntoIterator<Item = &'a (String, String)>) -> Remembered {
    let mut remembered = Remembered::default();
    let mut changed: BTreeMap<&AreaId, BusinessArea> = BTreeMap::new();
    for (alias, known) in aliases.into_iter().collect::<BTreeSet<_>>() {
        let is_owners = |area: &&std::sync::Arc<BusinessArea>| area.address().as_ref() == Some(known);
        let mut is_new = false;
        let mut areas = plan.areas().iter().filter(is_owners).peekable();
        if areas.peek().is_none() {
            remembered.homeless.push((alias.clone(), known.clone()));
        }
        for area in areas.filter(|area| !area.has_alias(alias)) {
            let area = changed.entry(&area.id).or_insert_with(|| BusinessArea::clone(area));
            area.aliases.push(alias.clone());
            area.aliases.sort();
            is_new = true;
        }
        remembered.count += usize::from(is_new);
    }
    remembered.edits = changed.into_values().map(Edit::PutArea).collect();
    remembered
}

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
    use super::*;
    use crate::model::{InviteKey, InviteRole, UtcMinute};

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
            role: InviteRole::Owner,
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
