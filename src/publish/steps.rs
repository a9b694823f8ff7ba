//! Decides what to do with each resource of a collection: pure functions of the plan's resources, what was sent before,
//! and what the server lists.

use std::collections::{BTreeMap, BTreeSet};

use super::fingerprint::fingerprint;
use super::memory::SentResource;
use super::server::Listing;
use crate::export::ics::Resource;
use crate::store::Fingerprint;

/// What to do with one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The server has the right version.
    Leave,
    /// The server does not have it yet.
    Create,
    /// The server has an older version of ours, with this ETag.
    Replace(String),
    /// The plan no longer contains it, and the server has our version with this ETag.
    Delete(String),
    /// Neither the plan nor the server contains it any longer.
    Forget,
    /// Nothing can be decided before the server's version is read.
    Compare,
}

/// What to do with one resource after reading the server's version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It already says what it should.
    Adopt,
    /// It is our version, or may be replaced anyway.
    Replace,
    Delete,
    /// Somebody else changed it.
    LeaveAlone,
}

/// Returns a step for each resource that is in the plan or was sent before, by name. If the server cannot list its
/// collection, `listing` is none. Then the memory decides, and anything not in it is read first.
pub fn steps<'a>(
    wanted: &'a [Resource],
    sent: &'a BTreeMap<String, SentResource>,
    listing: Option<&Listing>,
) -> BTreeMap<&'a str, Step> {
    let wanted: BTreeMap<&str, &Resource> = wanted.iter().map(|resource| (resource.name.as_str(), resource)).collect();
    let names: BTreeSet<&str> = wanted.keys().copied().chain(sent.keys().map(String::as_str)).collect();
    let step = |name| {
        let (wanted, sent) = (wanted.get(name).copied(), sent.get(name));
        let step = match listing {
            Some(listing) => step_with_listing(wanted, sent, listing.get(name)),
            None => step_without_listing(wanted, sent),
        };
        (name, step)
    };
    names.into_iter().map(step).collect()
}

/// `listed` is none if the server does not have the resource.
fn step_with_listing(wanted: Option<&Resource>, sent: Option<&SentResource>, listed: Option<&Option<String>>) -> Step {
    let etag = match (wanted, listed) {
        (Some(_), None) => return Step::Create,
        (None, None) => return Step::Forget,
        (_, Some(etag)) => etag,
    };
    match (sent, etag) {
        (Some(sent), Some(etag)) if sent.etag.as_ref() == Some(etag) => step_from_our_version(wanted, sent, etag),
        _ => Step::Compare,
    }
}

fn step_without_listing(wanted: Option<&Resource>, sent: Option<&SentResource>) -> Step {
    match sent.and_then(|sent| Some((sent, sent.etag.as_ref()?))) {
        Some((sent, etag)) => step_from_our_version(wanted, sent, etag),
        None => Step::Compare,
    }
}

/// The step if the server still has what was sent.
fn step_from_our_version(wanted: Option<&Resource>, sent: &SentResource, etag: &str) -> Step {
    match wanted {
        None => Step::Delete(etag.to_owned()),
        Some(wanted) if Fingerprint::from_bytes(wanted.text.as_bytes()) == sent.bytes => Step::Leave,
        Some(_) => Step::Replace(etag.to_owned()),
    }
}

/// Decides about a resource whose text on the server is `found`. With `overwrites`, other people's changes are replaced.
pub fn verdict(wanted: Option<&Resource>, sent: Option<&SentResource>, found: &str, overwrites: bool) -> Verdict {
    let found = fingerprint(found);
    let is_our_version = sent.is_some_and(|sent| sent.fingerprint == found);
    match wanted {
        Some(wanted) => {
            let are_same_bytes = sent.is_some_and(|sent| sent.bytes == Fingerprint::from_bytes(wanted.text.as_bytes()));
            if is_our_version && !are_same_bytes {
                Verdict::Replace
            } else if is_our_version || fingerprint(&wanted.text) == found {
                Verdict::Adopt
            } else if overwrites {
                Verdict::Replace
            } else {
                Verdict::LeaveAlone
            }
        }
        None if is_our_version || (sent.is_some() && overwrites) => Verdict::Delete,
        None => Verdict::LeaveAlone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    }

    fn resource(name: &str, summary: &str) -> Resource {
        Resource { name: name.into(), uid: format!("{name}@x"), text: event(summary) }
    }

    fn sent(summary: &str, etag: Option<&str>) -> SentResource {
        SentResource::new(&resource("", summary), etag.map(str::to_owned))
    }

    fn step(wanted: Option<&str>, was_sent: Option<SentResource>, listed: Option<Option<&str>>) -> Step {
        let wanted: Vec<Resource> = wanted.map(|summary| resource("a", summary)).into_iter().collect();
        let sent: BTreeMap<String, SentResource> = was_sent.map(|sent| ("a".to_owned(), sent)).into_iter().collect();
        let listing: Listing = listed.map(|etag| ("a".to_owned(), etag.map(str::to_owned))).into_iter().collect();
        steps(&wanted, &sent, Some(&listing)).remove("a").unwrap()
    }

    #[test]
    fn only_changes_are_sent_and_only_our_versions_are_touched() {
        let one = || Some(sent("one", Some("1")));
        assert_eq!(step(Some("one"), None, None), Step::Create);
        assert_eq!(step(Some("one"), one(), Some(Some("1"))), Step::Leave);
        assert_eq!(step(Some("two"), one(), Some(Some("1"))), Step::Replace("1".into()));
        assert_eq!(step(None, one(), Some(Some("1"))), Step::Delete("1".into()));
    }

    #[test]
    fn resources_missing_on_the_server_are_restored_or_forgotten() {
        let one = || Some(sent("one", Some("1")));
        assert_eq!(step(Some("one"), one(), None), Step::Create);
        assert_eq!(step(None, one(), None), Step::Forget);
    }

    #[test]
    fn changed_or_unknown_resources_are_read_first() {
        let one = || Some(sent("one", Some("1")));
        for wanted in [Some("one"), Some("two"), None] {
            assert_eq!(step(wanted, one(), Some(Some("2"))), Step::Compare);
            assert_eq!(step(wanted, one(), Some(None)), Step::Compare);
            assert_eq!(step(wanted, Some(sent("one", None)), Some(Some("1"))), Step::Compare);
        }
        assert_eq!(step(Some("one"), None, Some(Some("1"))), Step::Compare);
    }

    #[test]
    fn other_peoples_resources_are_ignored() {
        let listing = Listing::from([("theirs.ics".to_owned(), Some("1".to_owned()))]);
        assert!(steps(&[], &BTreeMap::new(), Some(&listing)).is_empty());
    }

    #[test]
    fn without_a_listing_the_memory_decides() {
        let wanted = [resource("a", "new"), resource("b", "old"), resource("c", "old")];
        let memory = BTreeMap::from([
            ("a".to_owned(), sent("old", Some("1"))),
            ("b".to_owned(), sent("old", Some("2"))),
            ("d".to_owned(), sent("old", Some("4"))),
        ]);
        let found: Vec<_> = steps(&wanted, &memory, None).into_values().collect();
        assert_eq!(found, [Step::Replace("1".into()), Step::Leave, Step::Compare, Step::Delete("4".into())]);
    }

    #[test]
    fn other_peoples_changes_are_only_replaced_on_request() {
        let (wanted, ours) = (resource("a", "new"), sent("old", Some("1")));
        let verdict_on = |found: &str, overwrites| verdict(Some(&wanted), Some(&ours), &event(found), overwrites);
        assert_eq!(verdict_on("theirs", false), Verdict::LeaveAlone);
        assert_eq!(verdict_on("theirs", true), Verdict::Replace);
        assert_eq!(verdict_on("old", false), Verdict::Replace);
        assert_eq!(verdict_on("new", false), Verdict::Adopt);
    }

    #[test]
    fn without_a_memory_only_an_equal_resource_counts_as_ours() {
        let wanted = resource("a", "new");
        assert_eq!(verdict(Some(&wanted), None, &event("new"), false), Verdict::Adopt);
        assert_eq!(verdict(Some(&wanted), None, &event("old"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(None, None, &event("old"), true), Verdict::LeaveAlone);
    }

    #[test]
    fn an_unwanted_resource_is_only_deleted_in_our_version() {
        let ours = sent("old", Some("1"));
        assert_eq!(verdict(None, Some(&ours), &event("old"), false), Verdict::Delete);
        assert_eq!(verdict(None, Some(&ours), &event("theirs"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(None, Some(&ours), &event("theirs"), true), Verdict::Delete);
    }
}
