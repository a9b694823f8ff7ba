//! Which kind of file holds calendars: a calendar, a mail, a mailbox with many mails, or a format that is not read.

use std::borrow::Cow;

use super::confidence::Confidence;
use super::mail_parts::looks_like_mail;
use super::unread_format::UnreadFormat;

/// How much of a file is looked at to see whether it is a mail, in bytes.
const LONGEST_MAIL_HEAD: usize = 16 << 10;
/// A length has at most this many digits.
const MOST_DIGITS: usize = 12;

/// What a file is, with its mails.
pub(super) enum MailFile<'a> {
    Calendar,
    Mail(&'a [u8]),
    /// A mail whose attachments may be missing.
    PartialMail(&'a [u8]),
    Mailbox(Vec<Cow<'a, [u8]>>),
    Unread(UnreadFormat),
}

/// Recognises a file by its content, and by its name if that is all there is.
pub(super) fn open<'a>(name: &str, bytes: &'a [u8]) -> MailFile<'a> {
    let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if let Some(format) = unread_format(name, bytes) {
        return MailFile::Unread(format);
    }
    if content.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"BEGIN:")) {
        return MailFile::Calendar;
    }
    if let Some(mail) = apple_mail(content) {
        return if has_ending(name, "partial.emlx") { MailFile::PartialMail(mail) } else { MailFile::Mail(mail) };
    }
    if is_mailbox(content) {
        return MailFile::Mailbox(mails(content));
    }
    if has_ending(name, "eml") || has_mail_head(content) { MailFile::Mail(bytes) } else { MailFile::Calendar }
}

/// How sure it is that a file that begins with this text holds replies, though it is neither a plain mail nor a calendar.
///
/// Office documents begin like Outlook's messages, so the names inside decide. If these come later in the file, only a person
/// who wants to import replies can mean a message.
pub(super) fn other_mail_file(head: &str) -> Confidence {
    let bytes = head.trim_start().as_bytes();
    let is_compound = head.starts_with("ÐÏ\u{11}à¡±\u{1a}á");
    let is_unread =
        head.starts_with("xŸ>\"") || head.starts_with("!BDN") || (is_compound && head.contains(PROPERTY_NAMES));
    match is_unread || is_mailbox(bytes) || apple_mail(bytes).is_some() {
        true => Confidence::Certain,
        false if is_compound => Confidence::Unlikely,
        false => Confidence::No,
    }
}

/// The beginning of the name of a folder in Outlook's messages, in UTF-16.
const PROPERTY_NAMES: &str = "_\0_\0n\0a\0m\0e\0i\0d\0";

/// Endings of files that may hold replies. The last four are refused by name.
pub(super) const ENDINGS: &[&str] = &["ics", "eml", "ical", "icalendar", "mbox", "emlx", "msg", "oft", "pst", "ost"];

fn unread_format(name: &str, bytes: &[u8]) -> Option<UnreadFormat> {
    let is_message = || {
        let names_properties = || bytes.windows(PROPERTY_NAMES.len()).any(|part| part == PROPERTY_NAMES.as_bytes());
        has_ending(name, "msg") || has_ending(name, "oft") || names_properties()
    };
    match bytes {
        // A compound file, as Outlook's messages are.
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] if is_message() => Some(UnreadFormat::OutlookMessage),
        // TNEF.
        [0x78, 0x9F, 0x3E, 0x22, ..] => Some(UnreadFormat::Winmail),
        [b'!', b'B', b'D', b'N', ..] => Some(UnreadFormat::OutlookFolder),
        _ => None,
    }
}

/// Whether the name ends with a dot and `ending`, which is in lower case.
pub(super) fn has_ending(name: &str, ending: &str) -> bool {
    name.to_ascii_lowercase().strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'))
}

fn has_mail_head(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(LONGEST_MAIL_HEAD)];
    looks_like_mail(&String::from_utf8_lossy(beginning))
}

/// The mail in a file of Apple Mail: its length in bytes on the first line, the mail, a property list.
fn apple_mail(bytes: &[u8]) -> Option<&[u8]> {
    let (line, rest) = split_line(bytes);
    let digits = line.trim_ascii();
    if digits.is_empty() || digits.len() > MOST_DIGITS || !digits.iter().all(u8::is_ascii_digit) || !has_mail_head(rest)
    {
        return None;
    }
    let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(rest.get(..length).unwrap_or(rest))
}

/// Whether the first line separates mails (RFC 4155) and a mail follows.
fn is_mailbox(bytes: &[u8]) -> bool {
    let (line, rest) = split_line(bytes);
    line.starts_with(b"From ") && has_mail_head(rest)
}

/// The mails of a mailbox. A separator comes first or after a blank line, and a header follows it, so that a sentence that
/// begins with "From" separates nothing.
fn mails(bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let (mut mails, mut begin, mut at, mut is_blank) = (Vec::new(), None, 0, true);
    while at < bytes.len() {
        let (line, rest) = split_line(&bytes[at..]);
        let end = bytes.len() - rest.len();
        if is_blank && line.starts_with(b"From ") && begins_with_header(rest) {
            mails.extend(begin.map(|begin| unquoted(&bytes[begin..at])));
            begin = Some(end);
        }
        is_blank = line.trim_ascii().is_empty();
        at = end;
    }
    mails.extend(begin.map(|begin| unquoted(&bytes[begin..])));
    mails
}

fn begins_with_header(bytes: &[u8]) -> bool {
    let (line, _) = split_line(bytes);
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
    colon > 0 && line[..colon].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Mailboxes write a line that begins with "From " as ">From ", and ">From " as ">>From ".
fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let rest = line.trim_ascii_start();
        let quotes = rest.iter().take_while(|byte| **byte == b'>').count();
        line.starts_with(b">") && quotes > 0 && rest[quotes..].starts_with(b"From ")
    };
    let lines = || mail.split_inclusive(|byte| *byte == b'\n');
    if !lines().any(is_quoted) {
        return Cow::Borrowed(mail);
    }
    Cow::Owned(lines().flat_map(|line| if is_quoted(line) { &line[1..] } else { line }).copied().collect())
}

/// The first line with its end, and the rest.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_split_at_its_separators_only() {
        let text = "From ann@b.example Sat Jan  9 12:00:00 2027\nSubject: 1\n\nFrom here on\n\nFrom now on, all is well\n\
                    >From me\n>>From you\n\nFrom - \r\nSubject: 2\r\n\r\nx\r\n\nFrom bo@b.example\nSubject: 3\n";
        assert!(is_mailbox(text.as_bytes()));
        let found: Vec<String> =
            mails(text.as_bytes()).iter().map(|mail| String::from_utf8_lossy(mail).into_owned()).collect();
        assert_eq!(
            found,
            [
                "Subject: 1\n\nFrom here on\n\nFrom now on, all is well\nFrom me\n>From you\n\n",
                "Subject: 2\r\n\r\nx\r\n\n",
                "Subject: 3\n",
            ]
        );
    }

    #[test]
    fn apple_mail_counts_the_bytes_of_a_mail() {
        let text = b"13        \nSubject: 1\n\nx<?xml version=\"1.0\"?>";
        assert_eq!(apple_mail(text), Some(&b"Subject: 1\n\nx"[..]));
        assert_eq!(apple_mail(b"999\nSubject: 1\n\nx"), Some(&b"Subject: 1\n\nx"[..]));
        assert_eq!((apple_mail(b"13\nhello"), apple_mail(b"Subject: 1\n")), (None, None));
    }

    #[test]
    fn formats_that_are_not_read_are_named() {
        for (bytes, expected) in [
            (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"[..], ".msg"),
            (b"\x78\x9F\x3E\x22\0", "winmail.dat"),
            (b"!BDN\0", ".pst"),
        ] {
            let MailFile::Unread(format) = open("a.msg", bytes) else { panic!("{expected}") };
            let reason = format.for_replies();
            assert!(reason.contains(expected), "{reason}");
        }
        assert!(!matches!(open("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), MailFile::Unread(_)));
        assert!(matches!(open("a.ics", b"\n BEGIN:VCALENDAR"), MailFile::Calendar));
        assert!(matches!(open("a.eml", b"hello"), MailFile::Mail(_)));
    }
}
