//! Tells the program's own calendars from those that somebody else has edited, on any machine and without a memory.
//!
//! A published text carries the fingerprint of its events. As long as it fits, nobody else has changed the text, whichever
//! machine published it.

use std::collections::BTreeMap;

use super::fingerprint::{SIGNATURE, fingerprint, unfolded};
use crate::model::{PlanId, is_uid_of_plan};

/// The text with its signature: in the event if there is one only, since servers keep those best, else in the calendar.
pub fn signed(text: &str) -> String {
    let line = format!("{SIGNATURE}:{:016x}\r\n", fingerprint(text));
    let is_single = text.matches("\nBEGIN:VEVENT\r\n").count() == 1;
    let next = if is_single { "END:VEVENT\r\n" } else { "CALSCALE:GREGORIAN\r\n" };
    text.replacen(next, &format!("{line}{next}"), 1)
}

/// Whether this program published the text for that plan, and nobody else has changed it since.
pub fn is_untouched(text: &str, plan: &PlanId) -> bool {
    let lines = unfolded(text);
    let value = |name: &str| lines.iter().find_map(|line| value(line, name));
    let mut uids = lines.iter().filter_map(|line| self::value(line, "UID")).peekable();
    uids.peek().is_some()
        && uids.all(|uid| is_uid_of_plan(plan, uid))
        && value(SIGNATURE).and_then(|hex| u64::from_str_radix(hex, 16).ok()) == Some(fingerprint(text))
}

/// Whether an event in `found` was updated more often than the same event in `wanted`: the plan that `wanted` comes from is
/// older then.
pub fn is_newer(found: &str, wanted: &str) -> bool {
    let wanted = sequences(wanted);
    sequences(found).into_iter().any(|(uid, sequence)| wanted.get(&uid).is_some_and(|wanted| sequence > *wanted))
}

/// SEQUENCE of each event, by UID.
fn sequences(text: &str) -> BTreeMap<String, u64> {
    let (mut uid, mut sequence, mut all) = (None, 0, BTreeMap::new());
    for line in unfolded(text) {
        if line == "BEGIN:VEVENT" {
            (uid, sequence) = (None, 0);
        } else if line == "END:VEVENT" {
            all.extend(uid.take().map(|uid| (uid, sequence)));
        } else if let Some(value) = value(&line, "UID") {
            uid = Some(value.to_owned());
        } else if let Some(value) = value(&line, "SEQUENCE") {
            sequence = value.parse().unwrap_or(0);
        }
    }
    all
}

/// The value of a property without parameters.
fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = line.split_once(':')?;
    found.eq_ignore_ascii_case(name).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(events: &[(&str, u32)]) -> String {
        let event = |(uid, sequence): &(&str, u32)| {
            format!(
                "BEGIN:VEVENT\r\nUID:{uid}@harbour.windowsill\r\nSEQUENCE:{sequence}\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = events.iter().map(event).collect();
        format!("BEGIN:VCALENDAR\r\nCALSCALE:GREGORIAN\r\n{events}END:VCALENDAR\r\n")
    }

    #[test]
    fn what_was_published_is_recognised_until_somebody_edits_it() {
        let plan = PlanId::new("harbour");
        for events in [vec![("1", 0)], vec![("1", 0), ("2", 3)]] {
            let text = signed(&calendar(&events));
            assert!(is_untouched(&text, &plan), "{text}");
            assert!(is_untouched(&text.replace("\r\n", "\n").replace("BEGIN:VEVENT", "begin:VEVENT"), &plan));
            assert!(!is_untouched(&text.replace("SUMMARY:x", "SUMMARY:y"), &plan));
            assert!(!is_untouched(&text, &PlanId::new("other")));
            assert!(!is_untouched(&calendar(&events), &plan));
        }
        assert!(!is_untouched(&signed(&calendar(&[])), &plan));
    }

    #[test]
    fn a_later_update_of_any_event_is_newer() {
        let one = calendar(&[("1", 1), ("2", 0)]);
        assert!(is_newer(&calendar(&[("2", 1)]), &one) && !is_newer(&one, &one));
        assert!(!is_newer(&calendar(&[("1", 0), ("3", 7)]), &one));
    }
}
