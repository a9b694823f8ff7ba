//! Decides what to do with each resource of a collection: pure functions of the plan's resources, what was sent before,
//! and what the server lists.

use std::collections::{BTreeMap, BTreeSet};

use super::fingerprint::{content_fingerprint, fingerprint};
use super::memory::SentResource;
use super::server::Listing;
use super::signature::{is_newer, is_untouched};
use crate::export::ics::Resource;
use crate::model::PlanId;

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
) -> BTreeMap<&'a str, Step> {
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
) -> Step {
    let etag = match (wanted, listed) {
        (Some(_), None) => return Step::Create,
        (None, None) => return Step::Forget,
        (_, Some(etag)) => etag,
    };
    match (sent, etag) {
        (Some(sent), Some(etag)) if sent.etag.as_ref() == Some(etag) => {
            step_from_our_version(wanted, sent, etag, is_strict)
        }
        _ => Step::Compare,
    }
}

fn step_without_listing(wanted: Option<&Resource>, sent: Option<&SentResource>, is_strict: bool) -> Step {
    match sent.and_then(|sent| Some((sent, sent.etag.as_ref()?))) {
        Some((sent, etag)) => step_from_our_version(wanted, sent, etag, is_strict),
        None => Step::Compare,
    }
}

/// The step if the server still has what was sent.
fn step_from_our_version(wanted: Option<&Resource>, sent: &SentResource, etag: &str, is_strict: bool) -> Step {
    match wanted {
        None => Step::Delete(etag.to_owned()),
        Some(wanted) if sent.says_same(wanted, is_strict) => Step::Leave,
        Some(_) => Step::Replace(etag.to_owned()),
    }
}

/// Decides about a resource of `plan` whose text on the server is `found`. With `overwrites`, other people's changes are
/// replaced.
pub fn verdict(
    plan: &PlanId,
    wanted: Option<&Resource>,
    sent: Option<&SentResource>,
    found: &str,
    overwrites: bool,
) -> Verdict {
    let ours = sent.filter(|sent| sent.is_version(found));
    let Some(wanted) = wanted else {
        let may_go = ours.is_some() || (sent.is_some() && (overwrites || is_untouched(found, plan)));
        return if may_go { Verdict::Delete } else { Verdict::LeaveAlone };
    };
    if ours.is_some_and(|ours| !ours.says_same(wanted, overwrites)) {
        Verdict::Replace
    } else if ours.is_some() || says_same(&wanted.text, found, overwrites) {
        Verdict::Adopt
    } else if overwrites {
        Verdict::Replace
    } else if !is_untouched(found, plan) {
        Verdict::LeaveAlone
    } else if is_newer(found, &wanted.text) {
        Verdict::LeaveNewer
    } else {
        Verdict::Replace
    }
}

/// Whether both texts have the same content. How times are written does not count, unless `is_strict`.
fn says_same(wanted: &str, found: &str, is_strict: bool) -> bool {
    content_fingerprint(wanted) == content_fingerprint(found)
        && (!is_strict || fingerprint(wanted) == fingerprint(found))
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

    fn step(wanted: Option<&str>, was_sent: Option<SentResource>, listed: Option<Option<&str>>) -> Step {
        let wanted: Vec<Resource> = wanted.map(|summary| resource("a", summary)).into_iter().collect();
        let sent: BTreeMap<String, SentResource> = was_sent.map(|sent| ("a".to_owned(), sent)).into_iter().collect();
        let listing: Listing = listed.map(|etag| ("a".to_owned(), etag.map(str::to_owned))).into_iter().collect();
        steps(&wanted, &sent, Some(&listing), false).remove("a").unwrap()
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
        assert_eq!(found, [Step::Replace("1".into()), Step::Leave, Step::Compare, Step::Delete("4".into())]);
    }

    #[test]
    fn other_peoples_changes_are_only_replaced_on_request() {
        let (wanted, ours) = (resource("a", "new"), sent("old", Some("1")));
        let verdict_on =
            |found: &str, overwrites| verdict(&plan(), Some(&wanted), Some(&ours), &event(found), overwrites);
        assert_eq!(verdict_on("theirs", false), Verdict::LeaveAlone);
        assert_eq!(verdict_on("theirs", true), Verdict::Replace);
        assert_eq!(verdict_on("old", false), Verdict::Replace);
        assert_eq!(verdict_on("new", false), Verdict::Adopt);
    }

    #[test]
    fn without_a_memory_only_an_equal_resource_counts_as_ours() {
        let wanted = resource("a", "new");
        assert_eq!(verdict(&plan(), Some(&wanted), None, &event("new"), false), Verdict::Adopt);
        assert_eq!(verdict(&plan(), Some(&wanted), None, &event("old"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(&plan(), None, None, &event("old"), true), Verdict::LeaveAlone);
    }

    #[test]
    fn a_version_that_another_machine_published_is_replaced_unless_it_is_newer() {
        let of_plan = |summary: &str, sequence: u32| {
            let sequence = format!("SEQUENCE:{sequence}\r\nEND:VEVENT\r\n");
            let text = event(summary).replace("UID:1\r\n", "UID:1@harbour.windowsill\r\n");
            signed(&text.replace("END:VEVENT\r\n", &sequence))
        };
        let wanted = Resource { text: of_plan("new", 1), ..resource("a", "new") };
        let on = |found: &str| verdict(&plan(), Some(&wanted), None, found, false);
        assert_eq!(on(&of_plan("old", 1)), Verdict::Replace);
        assert_eq!(on(&of_plan("old", 2)), Verdict::LeaveNewer);
        assert_eq!(on(&of_plan("old", 1).replace("SUMMARY:old", "SUMMARY:theirs")), Verdict::LeaveAlone);
        let memory = sent("older", Some("1"));
        assert_eq!(verdict(&plan(), None, Some(&memory), &of_plan("old", 1), false), Verdict::Delete);
    }

    #[test]
    fn another_form_of_the_times_is_replaced_on_request_only() {
        let text = |start: &str| event("x").replace("SUMMARY", &format!("DTSTART{start}\r\nSUMMARY"));
        let local = Resource { text: text(";TZID=Europe/London:20270612T220000"), ..resource("a", "x") };
        let utc = Resource { text: text(":20270612T210000Z"), ..resource("a", "x") };
        let sent = SentResource::new(&local, Some("1".into()));
        assert_eq!(step_from_our_version(Some(&utc), &sent, "1", false), Step::Leave);
        assert_eq!(step_from_our_version(Some(&utc), &sent, "1", true), Step::Replace("1".into()));
        let on = |overwrites| verdict(&plan(), Some(&utc), Some(&sent), &local.text, overwrites);
        assert_eq!((on(false), on(true)), (Verdict::Adopt, Verdict::Replace));
        assert_eq!(verdict(&plan(), Some(&utc), None, &local.text, false), Verdict::Adopt);
    }

    #[test]
    fn an_unwanted_resource_is_only_deleted_in_our_version() {
        let ours = sent("old", Some("1"));
        assert_eq!(verdict(&plan(), None, Some(&ours), &event("old"), false), Verdict::Delete);
        assert_eq!(verdict(&plan(), None, Some(&ours), &event("theirs"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(&plan(), None, Some(&ours), &event("theirs"), true), Verdict::Delete);
    }
}
