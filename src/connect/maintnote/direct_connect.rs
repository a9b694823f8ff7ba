//! The mails of AWS Direct Connect, which have no calendar. Only what they say without doubt is read: the times with their
//! zone, the connections, each on its own line, and the account in the subject.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::import::{MailText, words_on_one_line};
use crate::model::{UtcMinute, fnv1a};
use crate::wording::iso;

/// What a mail announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncedWork {
    /// Made of the times and the connections, since AWS gives none: the same in the mail that cancels the work.
    pub number: String,
    pub starts_at: UtcMinute,
    pub ends_at: UtcMinute,
    pub circuits: Vec<String>,
    pub account: String,
    pub is_cancelled: bool,
    /// The sentence with the times.
    pub sentence: String,
    pub written: Option<NaiveDateTime>,
}

/// Whether a mail is about work on Direct Connect.
pub fn is_about_direct_connect(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("aws direct connect") && text.contains("maintenance")
}

/// Reads a mail. None if it is another one, or its times or connections cannot be read for certain.
pub fn announced_work(mail: &MailText) -> Option<AnnouncedWork> {
    if !is_about_direct_connect(&format!("{} {}", mail.subject, mail.text)) {
        return None;
    }
    let paragraph = |text: &str| words_on_one_line(text);
    let text = mail.text.replace("\r\n", "\n");
    let (sentence, starts_at, ends_at) = text.split("\n\n").map(paragraph).find_map(|text| {
        let (from, to) = times(&text)?;
        Some((text, from, to))
    })?;
    let circuits: Vec<String> =
        text.lines().map(str::trim).filter(|line| is_connection(line)).map(str::to_owned).collect();
    if circuits.is_empty() || ends_at <= starts_at {
        return None;
    }
    let lower = text.to_lowercase();
    let is_cancelled = ["been cancelled", "been canceled"].iter().any(|words| lower.contains(words));
    let mut sorted = circuits.clone();
    sorted.sort_unstable();
    let hash = fnv1a(format!("{} {}", ends_at.0, sorted.join(" ")).as_bytes());
    Some(AnnouncedWork {
        number: format!("{} {:08x}", iso::utc_minute(starts_at), hash as u32),
        starts_at,
        ends_at,
        circuits,
        account: account(&mail.subject).unwrap_or_default().to_owned(),
        is_cancelled,
        sentence,
        written: mail.written,
    })
}

/// The times of "… from Thu, 20 May 2021 08:00:00 GMT to Thu, 20 May 2021 14:00:00 GMT …".
fn times(text: &str) -> Option<(UtcMinute, UtcMinute)> {
    text.match_indices(" from ").find_map(|(at, word)| {
        let (from, rest) = text[at + word.len()..].split_once(" to ")?;
        let end = ["GMT", "UTC"].iter().filter_map(|zone| rest.find(zone)).min()? + 3;
        Some((instant(from)?, instant(&rest[..end])?))
    })
}

/// The instant of "Thu, 20 May 2021 08:00:00 GMT".
fn instant(text: &str) -> Option<UtcMinute> {
    let at = DateTime::parse_from_rfc2822(&text.trim().replace("UTC", "GMT")).ok()?;
    Some(UtcMinute::from_utc(at.with_timezone(&Utc)))
}

/// Whether a line is the id of a connection or virtual interface: "dxcon-fgabc123".
fn is_connection(line: &str) -> bool {
    let Some((kind, id)) = line.split_once('-') else { return false };
    let is_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    kind.len() == 5
        && kind.bytes().all(|byte| byte.is_ascii_lowercase())
        && (8..=17).contains(&id.len())
        && id.bytes().all(is_id)
}

/// The number of "[AWS Account: 123456789012]".
fn account(subject: &str) -> Option<&str> {
    let (_, rest) = subject.split_once("AWS Account:")?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(text: &str) -> MailText {
        let subject = "AWS Direct Connect Planned Maintenance Notification [AWS Account: 123456789012]".to_owned();
        MailText { subject, text: text.to_owned(), written: None }
    }

    const TIMES: &str = "Maintenance is scheduled in Harbour,\r\nCity from Sat, 13 Mar 2027 22:00:00 GMT to\r\nSun, 14 Mar 2027 02:30:00 GMT for 4 hours.";

    #[test]
    fn certain_mails_are_read() {
        let work = announced_work(&mail(&format!("Hello,\r\n\r\n{TIMES}\r\n\r\ndxcon-fg000001\r\ndxvif-fg000002\r\n")));
        let work = work.unwrap();
        assert_eq!(
            (iso::utc_minute(work.starts_at), iso::utc_minute(work.ends_at)),
            ("2027-03-13T22:00Z".into(), "2027-03-14T02:30Z".into())
        );
        assert_eq!((work.circuits.len(), &*work.account, work.is_cancelled), (2, "123456789012", false));
        let other_order = format!("It has been cancelled.\n\n{TIMES}\n\ndxvif-fg000002\ndxcon-fg000001\n");
        let cancelled = announced_work(&mail(&other_order)).unwrap();
        assert!(cancelled.is_cancelled && cancelled.number == work.number);
    }

    #[test]
    fn uncertain_mails_are_not_read() {
        let circuits = "\n\ndxcon-fg000001\n";
        let wrong_day = TIMES.replace("Sat, 13", "Sun, 13");
        let no_zone = TIMES.replace(" GMT", "");
        for text in [wrong_day + circuits, no_zone + circuits, TIMES.to_owned(), circuits.to_owned()] {
            assert_eq!(announced_work(&mail(&text)), None, "{text}");
        }
        let other = MailText { subject: "Outage".to_owned(), text: "We work.".to_owned(), written: None };
        assert_eq!(announced_work(&other), None);
    }
}
