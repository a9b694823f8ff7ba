//! The calendars in a mail: text/calendar parts and attached .ics files, however they are wrapped and encoded.
//!
//! mail-parser reads the headers and undoes the encodings. Parts are told apart here, since it goes as deep into mails
//! inside of mails as a file wants it to, which ends on the stack.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders as _};

/// Mails in mails and parts in parts; a forwarded invite needs five.
const DEEPEST: usize = 20;
/// Of one mail.
const MOST_PARTS: usize = 1_000;

/// What a mail holds of interest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mail {
    /// Date of the mail, in UTC.
    pub written: Option<NaiveDateTime>,
    pub calendars: Vec<Part>,
    /// Outlook's own form (winmail.dat), which only Outlook reads.
    pub has_tnef: bool,
    parts: usize,
}

/// A calendar in a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What its Content-Type says that it is for (RFC 6047 §2.4).
    pub method: Option<String>,
    pub text: String,
}

/// Takes a mail apart.
pub(super) fn open(mail: &[u8]) -> Mail {
    let mut found = Mail::default();
    found.entity(mail, 0);
    found
}

impl Mail {
    /// A mail, or a part of one: headers, a blank line, content.
    fn entity(&mut self, bytes: &[u8], depth: usize) {
        self.parts += 1;
        if depth > DEEPEST || self.parts > MOST_PARTS {
            return;
        }
        let (head, body) = halves(bytes);
        let parser = MessageParser::new().with_mime_headers().header_date(HeaderName::Date);
        let Some(head) = parser.parse_headers(head) else { return };
        if depth == 0 {
            self.written =
                head.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)).map(|at| at.naive_utc());
        }
        let content_type = head.content_type();
        let is = |kind: &str| content_type.is_some_and(|found| found.ctype().eq_ignore_ascii_case(kind));
        if is("multipart") {
            let boundary = content_type.and_then(|found| found.attribute("boundary")).unwrap_or_default();
            for part in parts(body, boundary.as_bytes()) {
                self.entity(part, depth + 1);
            }
        } else if is("message") {
            self.entity(&decoded(&head, body), depth + 1);
        } else if is_calendar(&head) {
            let method = content_type.and_then(|found| found.attribute("method")).map(str::to_owned);
            self.calendars.push(Part { method, text: text(&head, body) });
        } else {
            self.has_tnef |= head.is_content_type("application", "ms-tnef");
        }
    }
}

/// By its type or its name.
fn is_calendar(part: &Message<'_>) -> bool {
    let is_named = part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
    is_named || part.is_content_type("text", "calendar") || part.is_content_type("application", "ics")
}

/// Headers with their blank line, and what follows it.
fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    bytes.split_at(end)
}

/// The parts of a multipart body, without what stands before the first and after the last (RFC 2046 §5.1.1).
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut begin, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        if let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) {
            let rest = rest.trim_ascii();
            if rest.is_empty() || rest == b"--" {
                parts.extend(begin.map(|begin| &body[begin..at]));
                begin = rest.is_empty().then_some(end);
            }
        }
        at = end;
    }
    // A mail that was cut off.
    parts.extend(begin.map(|begin| &body[begin..]));
    parts
}

/// The body without its transfer encoding; as it is where that is broken.
fn decoded<'a>(head: &Message<'_>, body: &'a [u8]) -> Cow<'a, [u8]> {
    let encoding = head.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let decoded = match encoding.as_str() {
        "base64" => base64_decode(body),
        "quoted-printable" => quoted_printable_decode(body),
        _ => None,
    };
    decoded.map_or(Cow::Borrowed(body), Cow::Owned)
}

/// In the character set that it says it is in; UTF-8 where it says none, as calendars are.
fn text(head: &Message<'_>, body: &[u8]) -> String {
    let bytes = decoded(head, body);
    let told = head.content_type().and_then(|found| found.attribute("charset"));
    let is_unicode = std::str::from_utf8(&bytes).is_ok();
    let name = told.unwrap_or(if is_unicode { "utf-8" } else { "windows-1252" });
    match charset_decoder(name.as_bytes()) {
        Some(decode) => decode(&bytes),
        None => String::from_utf8_lossy(&bytes).into_owned(),
    }
}
