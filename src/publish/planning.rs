//! What has to be done so that a collection holds what the plan says: pure, from what is wanted, what was put there
//! and what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::meaning::meaning;
use super::memory::Kept;
use crate::export::ics::Resource;
use crate::store::Stamp;

/// The ETag of everything in a collection, by name; none where the server has no ETag for it.
pub type Listing = BTreeMap<String, Option<String>>;

/// What is to be done with one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is there as we put it, and should be.
    Leave,
    /// It is not there and should be.
    Create,
    /// It is there in the state of that ETag, as we put it, and should be another.
    Replace(String),
    /// It is there as we put it, in the state of that ETag, and is no longer in the plan.
    Delete(String),
    /// Nothing is there and nothing should be.
    Forget,
    /// What is there has to be read before anything can be said.
    Compare,
}

/// What follows from reading a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It says what it should.
    Adopt,
    /// It says what we put there, or may be replaced anyway.
    Replace,
    Delete,
    /// It is somebody else's change.
    LeaveAlone,
}

/// One step for each resource that is wanted or was put there, by name. `there` is none where the server cannot list
/// its collection: then what is remembered decides, and whatever is not remembered is looked at first.
pub fn steps<'a>(
    wanted: &'a [Resource],
    kept: &'a BTreeMap<String, Kept>,
    there: Option<&Listing>,
) -> BTreeMap<&'a str, Step> {
    let wanted: BTreeMap<&str, &Resource> = wanted.iter().map(|resource| (resource.name.as_str(), resource)).collect();
    let names: BTreeSet<&str> = wanted.keys().copied().chain(kept.keys().map(String::as_str)).collect();
    let step = |name| {
        let (wanted, kept) = (wanted.get(name).copied(), kept.get(name));
        let step = match there {
            Some(there) => listed(wanted, kept, there.get(name)),
            None => unlisted(wanted, kept),
        };
        (name, step)
    };
    names.into_iter().map(step).collect()
}

/// `there` is none where the resource is not there.
fn listed(wanted: Option<&Resource>, kept: Option<&Kept>, there: Option<&Option<String>>) -> Step {
    let etag = match (wanted, there) {
        (Some(_), None) => return Step::Create,
        (None, None) => return Step::Forget,
        (_, Some(etag)) => etag,
    };
    match (kept, etag) {
        (Some(kept), Some(etag)) if kept.etag.as_ref() == Some(etag) => as_we_left_it(wanted, kept, etag),
        _ => Step::Compare,
    }
}

fn unlisted(wanted: Option<&Resource>, kept: Option<&Kept>) -> Step {
    match kept.and_then(|kept| Some((kept, kept.etag.as_ref()?))) {
        Some((kept, etag)) => as_we_left_it(wanted, kept, etag),
        None => Step::Compare,
    }
}

fn as_we_left_it(wanted: Option<&Resource>, kept: &Kept, etag: &str) -> Step {
    match wanted {
        None => Step::Delete(etag.to_owned()),
        Some(wanted) if Stamp::of_bytes(wanted.text.as_bytes()) == kept.bytes => Step::Leave,
        Some(_) => Step::Replace(etag.to_owned()),
    }
}

/// What follows from what a resource says, `found` being its text. A person may have said that somebody else's change
/// is to be overwritten.
pub fn verdict(wanted: Option<&Resource>, kept: Option<&Kept>, found: &str, overwrites: bool) -> Verdict {
    let found = meaning(found);
    let is_as_we_put_it = kept.is_some_and(|kept| kept.meaning == found);
    match wanted {
        Some(wanted) => {
            let are_same_bytes = kept.is_some_and(|kept| kept.bytes == Stamp::of_bytes(wanted.text.as_bytes()));
            if is_as_we_put_it && !are_same_bytes {
                Verdict::Replace
            } else if is_as_we_put_it || meaning(&wanted.text) == found {
                Verdict::Adopt
            } else if overwrites {
                Verdict::Replace
            } else {
                Verdict::LeaveAlone
            }
        }
        None if is_as_we_put_it || (kept.is_some() && overwrites) => Verdict::Delete,
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

    fn kept(summary: &str, etag: Option<&str>) -> Kept {
        Kept::of(&resource("", summary), etag.map(str::to_owned))
    }

    fn step(wanted: Option<&str>, was_put: Option<Kept>, there: Option<Option<&str>>) -> Step {
        let wanted: Vec<Resource> = wanted.map(|summary| resource("a", summary)).into_iter().collect();
        let kept: BTreeMap<String, Kept> = was_put.map(|kept| ("a".to_owned(), kept)).into_iter().collect();
        let there: Listing = there.map(|etag| ("a".to_owned(), etag.map(str::to_owned))).into_iter().collect();
        steps(&wanted, &kept, Some(&there)).remove("a").unwrap()
    }

    #[test]
    fn only_what_changed_is_sent_and_only_what_is_as_we_left_it_is_touched() {
        let one = || Some(kept("one", Some("1")));
        assert_eq!(step(Some("one"), None, None), Step::Create);
        assert_eq!(step(Some("one"), one(), Some(Some("1"))), Step::Leave);
        assert_eq!(step(Some("two"), one(), Some(Some("1"))), Step::Replace("1".into()));
        assert_eq!(step(None, one(), Some(Some("1"))), Step::Delete("1".into()));
    }

    #[test]
    fn what_was_removed_there_is_put_back_and_what_is_gone_on_both_sides_is_forgotten() {
        let one = || Some(kept("one", Some("1")));
        assert_eq!(step(Some("one"), one(), None), Step::Create);
        assert_eq!(step(None, one(), None), Step::Forget);
    }

    #[test]
    fn what_somebody_touched_or_nobody_remembers_is_read_first() {
        let one = || Some(kept("one", Some("1")));
        for wanted in [Some("one"), Some("two"), None] {
            assert_eq!(step(wanted, one(), Some(Some("2"))), Step::Compare);
            assert_eq!(step(wanted, one(), Some(None)), Step::Compare);
            assert_eq!(step(wanted, Some(kept("one", None)), Some(Some("1"))), Step::Compare);
        }
        assert_eq!(step(Some("one"), None, Some(Some("1"))), Step::Compare);
    }

    #[test]
    fn what_is_there_and_not_ours_is_not_even_looked_at() {
        let there = Listing::from([("theirs.ics".to_owned(), Some("1".to_owned()))]);
        assert!(steps(&[], &BTreeMap::new(), Some(&there)).is_empty());
    }

    #[test]
    fn without_a_listing_the_memory_decides() {
        let wanted = [resource("a", "new"), resource("b", "old"), resource("c", "old")];
        let kept = BTreeMap::from([
            ("a".to_owned(), kept("old", Some("1"))),
            ("b".to_owned(), kept("old", Some("2"))),
            ("d".to_owned(), kept("old", Some("4"))),
        ]);
        let found: Vec<_> = steps(&wanted, &kept, None).into_values().collect();
        assert_eq!(found, [Step::Replace("1".into()), Step::Leave, Step::Compare, Step::Delete("4".into())]);
    }

    #[test]
    fn somebody_elses_change_is_left_alone_unless_a_person_says_otherwise() {
        let (wanted, put) = (resource("a", "new"), kept("old", Some("1")));
        let judged = |found: &str, overwrites| verdict(Some(&wanted), Some(&put), &event(found), overwrites);
        assert_eq!(judged("theirs", false), Verdict::LeaveAlone);
        assert_eq!(judged("theirs", true), Verdict::Replace);
        assert_eq!(judged("old", false), Verdict::Replace);
        assert_eq!(judged("new", false), Verdict::Adopt);
    }

    #[test]
    fn without_a_memory_only_what_says_the_same_is_taken_for_ours() {
        let wanted = resource("a", "new");
        assert_eq!(verdict(Some(&wanted), None, &event("new"), false), Verdict::Adopt);
        assert_eq!(verdict(Some(&wanted), None, &event("old"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(None, None, &event("old"), true), Verdict::LeaveAlone);
    }

    #[test]
    fn what_is_no_longer_wanted_goes_only_as_we_put_it() {
        let put = kept("old", Some("1"));
        assert_eq!(verdict(None, Some(&put), &event("old"), false), Verdict::Delete);
        assert_eq!(verdict(None, Some(&put), &event("theirs"), false), Verdict::LeaveAlone);
        assert_eq!(verdict(None, Some(&put), &event("theirs"), true), Verdict::Delete);
    }
}
