//! Decides what to do with each resource of a collection: pure functions of the plan's resources, what was sent before,
//! and what the server lists.

use std::collections::{BTreeMap, BTreeSet};

use super::fingerprint::has_same_content;
use super::memory::SentResource;
use super::server::Listing;
use super::signature::{is_newer, is_untouched};
use crate::export::ics::Resource;
use crate::model::PlanId;

/// What to do with one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncStep {
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
pub enum Reconciliation {
    /// Its content is already right.
    Adopt,
    /// It is our version, or may be replaced anyway.
    Replace,
    Delete,
    /// Somebody else changed it.
    LeaveAlone,
    /// It was published from a newer version of the plan.
    LeaveNewer,
}

/// Returns a step for each resource that is in the plan or was sent before, by name. If the server cannot list its
/// collection, `listing` is none. Then the memory decides, and anything not in it is read first. With `is_strict`, a
/// resource whose times are only written in another form is replaced, too.
pub fn steps<'a>(
    wanted: &'a [Resource],
    sent: &'a BTreeMap<String, SentResource>,
    listing: Option<&Listing>,
    is_strict: bool,
) -> BTreeMap<&'a str, SyncStep> {
    let wanted: BTreeMap<&str, &Resource> = wanted.iter().map(|resource| (resource.name.as_str(), resource)).collect();
    let names: BTreeSet<&str> = wanted.keys().copied().chain(sent.keys().map(String::as_str)).collect();
    let step = |name| {
        let (wanted, sent) = (wanted.get(name).copied(), sent.get(name));
        let step = match listing {
            Some(listing) => step_with_listing(wanted, sent, listing.get(name), is_strict),
            None => step_without_listing(wanted, sent, is_strict),
        };
        (name, step)
    };
    names.into_iter().map(step).collect()
}

/// `listed` is none if the server does not have the resource.
fn step_with_listing(
    wanted: Option<&Resource>,
    sent: Option<&SentResource>,
    listed: Option<&Option<String>>,
    is_strict: bool,
) -> SyncStep {
    let etag = match (wanted, listed) {
        (Some(_), None) => return SyncStep::Create,
        (None, None) => return SyncStep::Forget,
        (_, Some(etag)) => etag,
    };
    match (sent, etag) {
        (Some(sent), Some(etag)) if sent.etag.as_ref() == Some(etag) => {
            step_from_our_version(wanted, sent, etag, is_strict)
        }
        _ => SyncStep::Compare,
    }
}

fn step_without_listing(wanted: Option<&Resource>, sent: Option<&SentResource>, is_strict: bool) -> SyncStep {
    match sent.and_then(|sent| Some((sent, sent.etag.as_ref()?))) {
        Some((sent, etag)) => step_from_our_version(wanted, sent, etag, is_strict),
        None => SyncStep::Compare,
    }
}

/// The step if the server still has what was sent.
fn step_from_our_version(wanted: Option<&Resource>, sent: &SentResource, etag: &str, is_strict: bool) -> SyncStep {
    match wanted {
        None => SyncStep::Delete(etag.to_owned()),
        Some(wanted) if sent.has_same_content(wanted, is_strict) => SyncStep::Leave,
        Some(_) => SyncStep::Replace(etag.to_owned()),
    }
}

/// Decides about a resource of `plan` whose text on the server is `found`. With `overwrites`, other people's changes are
/// replaced.
pub fn reconciliation(
    plan: &PlanId,
    wanted: Option<&Resource>,
    sent: Option<&SentResource>,
    found: &str,
    overwrites: bool,
) -> Reconciliation {
    let ours = sent.filter(|sent| sent.is_version(found));
    let Some(wanted) = wanted else {
        let may_go = ours.is_some() || (sent.is_some() && (overwrites || is_untouched(found, plan)));
        return if may_go { Reconciliation::Delete } else { Reconciliation::LeaveAlone };
    };
    if ours.is_some_and(|ours| !ours.has_same_content(wanted, overwrites)) {
        Reconciliation::Replace
    } else if ours.is_some() || has_same_content(&wanted.text, found, overwrites) {
        Reconciliation::Adopt
    } else if overwrites {
        Reconciliation::Replace
    } else if !is_untouched(found, plan) {
        Reconciliation::LeaveAlone
    } else if is_newer(found, &wanted.text) {
        Reconciliation::LeaveNewer
    } else {
        Reconciliation::Replace
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::signature::signed;

    fn event(summary: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    }

    fn resource(name: &str, summary: &str) -> Resource {
        Resource { name: name.into(), uid: format!("{name}@x"), text: event(summary) }
    }

    fn plan() -> PlanId {
        PlanId::new("harbour")
    }

    fn sent(summary: &str, etag: Option<&str>) -> SentResource {
        SentResource::new(&resource("", summary), etag.map(str::to_owned))
    }

    fn step(wanted: Option<&str>, was_sent: Option<SentResource>, listed: Option<Option<&str>>) -> SyncStep {
        let wanted: Vec<Resource> = wanted.map(|summary| resource("a", summary)).into_iter().collect();
        let sent: BTreeMap<String, SentResource> = was_sent.map(|sent| ("a".to_owned(), sent)).into_iter().collect();
        let listing: Listing = listed.map(|etag| ("a".to_owned(), etag.map(str::to_owned))).into_iter().collect();
        steps(&wanted, &sent, Some(&listing), false).remove("a").unwrap()
    }

    #[test]
    fn only_changes_are_sent_and_only_our_versions_are_touched() {
        let one = || Some(sent("one", Some("1")));
        assert_eq!(step(Some("one"), None, None), SyncStep::Create);
        assert_eq!(step(Some("one"), one(), Some(Some("1"))), SyncStep::Leave);
        assert_eq!(step(Some("two"), one(), Some(Some("1"))), SyncStep::Replace("1".into()));
        assert_eq!(step(None, one(), Some(Some("1"))), SyncStep::Delete("1".into()));
    }

    #[test]
    fn resources_missing_on_the_server_are_restored_or_forgotten() {
        let one = || Some(sent("one", Some("1")));
        assert_eq!(step(Some("one"), one(), None), SyncStep::Create);
        assert_eq!(step(None, one(), None), SyncStep::Forget);
    }

    #[test]
    fn changed_or_unknown_resources_are_read_first() {
        let one = || Some(sent("one", Some("1")));
        for wanted in [Some("one"), Some("two"), None] {
            assert_eq!(step(wanted, one(), Some(Some("2"))), SyncStep::Compare);
            assert_eq!(step(wanted, one(), Some(None)), SyncStep::Compare);
            assert_eq!(step(wanted, Some(sent("one", None)), Some(Some("1"))), SyncStep::Compare);
        }
        assert_eq!(step(Some("one"), None, Some(Some("1"))), SyncStep::Compare);
    }

    #[test]
    fn other_peoples_resources_are_ignored() {
        let listing = Listing::from([("theirs.ics".to_owned(), Some("1".to_owned()))]);
        assert!(steps(&[], &BTreeMap::new(), Some(&listing), false).is_empty());
    }

    #[test]
    fn without_a_listing_the_memory_decides() {
        let wanted = [resource("a", "new"), resource("b", "old"), resource("c", "old")];
        let memory = BTreeMap::from([
            ("a".to_owned(), sent("old", Some("1"))),
            ("b".to_owned(), sent("old", Some("2"))),
            ("d".to_owned(), sent("old", Some("4"))),
        ]);
        let found: Vec<_> = steps(&wanted, &memory, None, false).into_values().collect();
        assert_eq!(
            found,
            [SyncStep::Replace("1".into()), SyncStep::Leave, SyncStep::Compare, SyncStep::Delete("4".into())]
        );
    }

    #[test]
    fn other_peoples_changes_are_only_replaced_on_request() {
        let (wanted, ours) = (resource("a", "new"), sent("old", Some("1")));
        let verdict_on =
            |found: &str, overwrites| reconciliation(&plan(), Some(&wanted), Some(&ours), &event(found), overwrites);
        assert_eq!(verdict_on("theirs", false), Reconciliation::LeaveAlone);
        assert_eq!(verdict_on("theirs", true), Reconciliation::Replace);
        assert_eq!(verdict_on("old", false), Reconciliation::Replace);
        assert_eq!(verdict_on("new", false), Reconciliation::Adopt);
    }

    #[test]
    fn without_a_memory_only_an_equal_resource_counts_as_ours() {
        let wanted = resource("a", "new");
        assert_eq!(reconciliation(&plan(), Some(&wanted), None, &event("new"), false), Reconciliation::Adopt);
        assert_eq!(reconciliation(&plan(), Some(&wanted), None, &event("old"), false), Reconciliation::LeaveAlone);
        assert_eq!(reconciliation(&plan(), None, None, &event("old"), true), Reconciliation::LeaveAlone);
    }

    #[test]
    fn a_version_that_another_machine_published_is_replaced_unless_it_is_newer() {
        let of_plan = |summary: &str, sequence: u32| {
            let sequence = format!("SEQUENCE:{sequence}\r\nEND:VEVENT\r\n");
            let text = event(summary).replace("UID:1\r\n", "UID:1@harbour.windowsill\r\n");
            signed(&text.replace("END:VEVENT\r\n", &sequence))
        };
        let wanted = Resource { text: of_plan("new", 1), ..resource("a", "new") };
        let on = |found: &str| reconciliation(&plan(), Some(&wanted), None, found, false);
        assert_eq!(on(&of_plan("old", 1)), Reconciliation::Replace);
        assert_eq!(on(&of_plan("old", 2)), Reconciliation::LeaveNewer);
        assert_eq!(on(&of_plan("old", 1).replace("SUMMARY:old", "SUMMARY:theirs")), Reconciliation::LeaveAlone);
        let memory = sent("older", Some("1"));
        assert_eq!(reconciliation(&plan(), None, Some(&memory), &of_plan("old", 1), false), Reconciliation::Delete);
    }

    #[test]
    fn another_form_of_the_times_is_replaced_on_request_only() {
        let text = |start: &str| event("x").replace("SUMMARY", &format!("DTSTART{start}\r\nSUMMARY"));
        let local = Resource { text: text(";TZID=Europe/London:20270612T220000"), ..resource("a", "x") };
        let utc = Resource { text: text(":20270612T210000Z"), ..resource("a", "x") };
        let sent = SentResource::new(&local, Some("1".into()));
        assert_eq!(step_from_our_version(Some(&utc), &sent, "1", false), SyncStep::Leave);
        assert_eq!(step_from_our_version(Some(&utc), &sent, "1", true), SyncStep::Replace("1".into()));
        let on = |overwrites| reconciliation(&plan(), Some(&utc), Some(&sent), &local.text, overwrites);
        assert_eq!((on(false), on(true)), (Reconciliation::Adopt, Reconciliation::Replace));
        assert_eq!(reconciliation(&plan(), Some(&utc), None, &local.text, false), Reconciliation::Adopt);
    }

    #[test]
    fn an_unwanted_resource_is_only_deleted_in_our_version() {
        let ours = sent("old", Some("1"));
        assert_eq!(reconciliation(&plan(), None, Some(&ours), &event("old"), false), Reconciliation::Delete);
        assert_eq!(reconciliation(&plan(), None, Some(&ours), &event("theirs"), false), Reconciliation::LeaveAlone);
        assert_eq!(reconciliation(&plan(), None, Some(&ours), &event("theirs"), true), Reconciliation::Delete);
    }
}
