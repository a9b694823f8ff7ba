//! Notices of carriers about work on circuits: calendars and mails in the form MAINTNOTE
//! (<https://github.com/jda/maintnote-std>), and the mails of AWS Direct Connect.

mod circuits;
mod direct_connect;
mod draft;
mod parts;
mod read;
mod versions;
mod words;

use super::system::{ConnectedSystem, Instruction};
use crate::import::{Confidence, ForeignKind, Head, ImportKind, Topic, is_carrier_notice, looks_like_mail};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "maintnote",
    name: "Carrier notices (MAINTNOTE)",
    reads: &[&NOTICE],
    foreign: &[COLT_CIRCUITS],
    writes: &[],
    get: &[Instruction {
        what: "A notice",
        how: "Save the mail of the carrier (.eml), or the calendar that is attached to it (.ics)",
    }],
    apply: &[],
};

pub static NOTICE: ImportKind = ImportKind {
    id: "maintnote",
    topic: Topic::Notices,
    name: "a carrier's notice (MAINTNOTE, .ics or .eml)",
    help: "One notice for each work of a carrier; its circuits tell which systems are affected",
    endings: &["ics", "eml", "emlx", "mbox"],
    options: &[circuits::CIRCUITS],
    sniff,
    layout: None,
    read: read::read,
};

const COLT_CIRCUITS: ForeignKind = ForeignKind {
    id: "colt-circuits",
    what: "This is Colt's list of affected circuits, which has no times: import the calendar (.ics) of the same mail, \
           and enter the circuits in their systems",
    sniff: |head| {
        let titles = head.text().lines().next().unwrap_or_default();
        ["OCN", "Legal Customer", "Circuit ID"].iter().all(|title| titles.contains(title))
    },
};

fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let is_mail = looks_like_mail(text);
    let is_calendar = || text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("BEGIN:"));
    match is_carrier_notice(text) {
        true if is_mail || is_calendar() => Confidence::Certain,
        _ if is_mail && direct_connect::is_about_direct_connect(text) => Confidence::Certain,
        // The calendar in a mail may be encoded, so only a person can tell.
        _ if is_mail => Confidence::Unlikely,
        _ => Confidence::No,
    }
}
