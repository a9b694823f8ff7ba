//! Finds the calendars in a mail: text/calendar parts and attached .ics files, at any depth and in any encoding.
//!
//! mail-parser reads headers and decodes parts. The parts are separated here, because mail-parser recurses into nested
//! mails without a limit, so that a hostile file could overflow the stack.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders as _};

use super::text::words_on_one_line;
use super::unread_format::UnreadFormat;
use crate::encoding::{decode, decode_named};

/// The deepest nesting of mails and parts; a forwarded invite needs five levels.
const DEEPEST: usize = 20;
/// The most parts of one mail.
const MOST_PARTS: usize = 1_000;

/// The longest headers of a mail or of a part, in bytes: each header and parameter takes memory.
const LONGEST_HEADERS: usize = 1 << 20;
/// How much of a mail's text is kept, in characters.
const LONGEST_TEXT: usize = 64 << 10;
/// How many lines of headers are looked at to recognise a mail.
const MOST_HEADER_LINES: usize = 40;

/// What is read from a mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mail {
    /// Date of the mail, in UTC.
    pub written: Option<NaiveDateTime>,
    pub calendars: Vec<CalendarPart>,
    /// On one line.
    pub subject: String,
    /// The first part that is plain text, at most [`LONGEST_TEXT`] characters of it.
    pub text: Option<String>,
    /// The formats of its parts that are not read, each once.
    pub unread: Vec<UnreadFormat>,
    parts: usize,
}

/// A calendar in a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CalendarPart {
    /// METHOD in its Content-Type (RFC 6047 §2.4).
    pub method: Option<String>,
    pub text: String,
}

/// Separates a mail into its parts and keeps the calendars.
pub(super) fn open(mail: &[u8]) -> Mail {
    let mut found = Mail::default();
    found.add_entity(mail, 0);
    found
}

impl Mail {
    fn note_unread(&mut self, format: UnreadFormat) {
        if !self.unread.contains(&format) {
            self.unread.push(format);
        }
    }

    /// Adds a mail or a part of one: headers, a blank line, content.
    fn add_entity(&mut self, bytes: &[u8], depth: usize) {
        self.parts += 1;
        if depth > DEEPEST || self.parts > MOST_PARTS {
            return self.note_unread(UnreadFormat::TooManyParts);
        }
        let (head, body) = split_headers(bytes);
        if head.len() > LONGEST_HEADERS {
            return self.note_unread(UnreadFormat::LongHeaders);
        }
        let parser = MessageParser::new().with_mime_headers().header_date(HeaderName::Date);
        let parser = parser.header_text(HeaderName::Subject);
        let Some(head) = parser.parse_headers(head) else { return };
        if depth == 0 {
            self.written =
                head.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)).map(|at| at.naive_utc());
            self.subject = words_on_one_line(head.subject().unwrap_or_default());
        }
        let content_type = head.content_type();
        let is = |kind: &str| content_type.is_some_and(|found| found.ctype().eq_ignore_ascii_case(kind));
        if let Some(format) = unread_format(&head) {
            self.note_unread(format);
        } else if is("multipart") {
            let boundary = content_type.and_then(|found| found.attribute("boundary")).unwrap_or_default();
            for part in parts(body, boundary.as_bytes()) {
                self.add_entity(part, depth + 1);
            }
        } else if is("message") || is_named(&head, ".eml") {
            self.add_entity(&decoded(&head, body), depth + 1);
        } else if is_calendar(&head) {
            let method = content_type.and_then(|found| found.attribute("method")).map(str::to_owned);
            self.calendars.push(CalendarPart { method, text: text(&head, body) });
        } else if self.text.is_none() && (content_type.is_none() || is("text") && head.is_content_type("text", "plain"))
        {
            self.text = Some(text(&head, body).chars().take(LONGEST_TEXT).collect());
        }
    }
}

/// The format of a part that is not read.
fn unread_format(part: &Message<'_>) -> Option<UnreadFormat> {
    let is = |kind, subtype| part.is_content_type(kind, subtype);
    if is("application", "ms-tnef") || is("application", "vnd.ms-tnef") || is_named(part, "winmail.dat") {
        return Some(UnreadFormat::Winmail);
    }
    if is("application", "vnd.ms-outlook") || is_named(part, ".msg") {
        return Some(UnreadFormat::OutlookMessage);
    }
    let is_sealed =
        is("application", "pkcs7-mime") || is("application", "x-pkcs7-mime") || is("multipart", "encrypted");
    (is_sealed || is_named(part, ".p7m")).then_some(UnreadFormat::Sealed)
}

/// Whether the name of an attachment ends like that.
fn is_named(part: &Message<'_>, end: &str) -> bool {
    part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(end))
}

/// Whether a part is a calendar, by its type or its name.
fn is_calendar(part: &Message<'_>) -> bool {
    is_named(part, ".ics") || part.is_content_type("text", "calendar") || part.is_content_type("application", "ics")
}

/// Splits headers with their blank line from the content.
fn split_headers(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    bytes.split_at(end)
}

/// The parts of a multipart body, without the text before the first and after the last (RFC 2046 §5.1.1).
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
    // The mail may have been cut off inside its last part.
    parts.extend(begin.map(|begin| &body[begin..]));
    parts
}

/// The body without its transfer encoding; unchanged if that is broken.
fn decoded<'a>(head: &Message<'_>, body: &'a [u8]) -> Cow<'a, [u8]> {
    let encoding = head.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let decoded = match encoding.as_str() {
        "base64" => base64_decode(body),
        "quoted-printable" => quoted_printable_decode(body),
        _ => None,
    };
    decoded.map_or(Cow::Borrowed(body), Cow::Owned)
}

/// The text in the character set that the part names. If it names none, or one that is not known, its content decides.
fn text(head: &Message<'_>, body: &[u8]) -> String {
    let bytes = decoded(head, body);
    let named = head.content_type().and_then(|found| found.attribute("charset"));
    let in_named = |name: &str| {
        let by_parser = || charset_decoder(name.as_bytes()).map(|decode| decode(&bytes));
        decode_named(name, &bytes).or_else(by_parser)
    };
    named.and_then(in_named).unwrap_or_else(|| decode(&bytes).text)
}

/// Whether a text begins with the headers of a mail.
pub(crate) fn looks_like_mail(text: &str) -> bool {
    /// Headers with one of which every mail begins or goes on.
    const USUAL: [&str; 10] = [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "mime-version",
        "content-type",
        "message-id",
        "delivered-to",
    ];
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut has_usual = false;
    for line in text.lines().take_while(|line| !line.trim().is_empty()).take(MOST_HEADER_LINES) {
        let is_folded = line.starts_with([' ', '\t']);
        let name = line.split_once(':').map(|(name, _)| name.trim_end());
        // Mails may use all printable characters (RFC 5322, 2.2), but those of tables and JSON do not occur.
        let is_name = |name: &str| {
            let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+!#$%&'*^`|~".contains(&byte);
            !name.is_empty() && name.bytes().all(is_usual)
        };
        match name.filter(|name| is_name(name)) {
            _ if is_folded => {}
            Some(name) if name.eq_ignore_ascii_case("begin") => return false,
            Some(name) => has_usual |= USUAL.iter().any(|usual| name.eq_ignore_ascii_case(usual)),
            None => return false,
        }
    }
    has_usual
}
