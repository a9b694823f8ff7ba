//! The names of invite files: readable, the same on every system, no two alike.

use std::collections::HashSet;

use super::calendar_file::zone_for;
use crate::export::file::unused_name;
use crate::schedule::{InviteMessage, Schedule};

/// Characters of a window's id and of an address: far below the 255 bytes that file systems allow, even with the rest.
const LONGEST_ID: usize = 60;
const LONGEST_ADDRESS: usize = 80;

/// A name without its ending for each message: "2027-03-13 core-db jo@bank.example invite". It begins with a date, so it is
/// none of the names that Windows reserves.
pub fn stems(schedule: &Schedule, messages: &[InviteMessage<'_>]) -> Vec<String> {
    let mut taken = HashSet::new();
    messages.iter().map(|message| unused_name(&mut taken, &stem(schedule, message), ' ')).collect()
}

fn stem(schedule: &Schedule, message: &InviteMessage<'_>) -> String {
    let sent = &message.sent;
    let on = zone_for(schedule, message).local(sent.start_at).date();
    let (window, to) = (safe(sent.key.window.as_str(), LONGEST_ID), safe(&sent.key.to, LONGEST_ADDRESS));
    format!("{on} {window} {to} {}", message.kind.name().to_lowercase())
}

/// Ids and addresses from a file may hold anything: characters that may be special to a file system become underscores.
fn safe(text: &str, longest: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { '_' };
    let safe: String = text.chars().map(plain).take(longest).collect();
    if safe.is_empty() { "_".to_owned() } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_a_file_system_becomes_an_underscore() {
        assert_eq!(safe("core-db", LONGEST_ID), "core-db");
        assert_eq!(safe("../a\\b:c*?\"<>|\u{0}\n é", LONGEST_ID), ".._a_b_c________ _".replace(' ', "_"));
        assert_eq!(safe("", LONGEST_ID), "_");
        assert_eq!(safe(&"x".repeat(500), LONGEST_ID).len(), LONGEST_ID);
    }
}
