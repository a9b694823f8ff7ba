//! Addresses of calendar servers: the part of RFC 3986 that http and https need.

use std::fmt::{self, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::wording::Explanation;

/// An http or https address without user name, password, query and fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Url {
    is_encrypted: bool,
    /// The host, and the port unless it is the default one; in lower case.
    authority: String,
    /// Begins with a slash, and is percent-encoded where necessary.
    path: String,
}

/// The parts of an address as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedUrl {
    pub url: Url,
    /// The user name in front of the host.
    pub user: Option<String>,
}

/// Why a text is not an address to publish to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// Neither http nor https.
    Scheme(String),
    NoHost,
    Host(String),
    Port(String),
    Password,
    /// A query or a fragment, and the character that begins it.
    Query(char),
}

impl std::error::Error for UrlError {}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (problem, advice) = match self {
            Self::Scheme(scheme) => {
                (format!("cannot publish to a {scheme}: address"), "use an https:// address or the path of a file")
            }
            Self::NoHost => {
                ("the address contains no server".to_owned(), "use e.g. https://cloud.example.org/dav/maintenance/")
            }
            Self::Host(host) => (
                format!("invalid server name \"{host}\""),
                "use ASCII letters, e.g. cloud.example.org or xn--bcher-kva.example",
            ),
            Self::Port(port) => (format!("invalid port \"{port}\""), "use 1 to 65535, or leave it out"),
            Self::Password => (
                "an address must not contain a password, because others can read it".to_owned(),
                "remove it; you will be asked for it",
            ),
            Self::Query(mark) => (
                format!("an address to publish to cannot contain \"{mark}\""),
                "copy the calendar's address without it",
            ),
        };
        Explanation::new(problem, advice).fmt(f)
    }
}

impl Url {
    /// Parses an address.
    ///
    /// # Errors
    /// Anything but the http or https address of a calendar.
    pub fn parse(text: &str) -> Result<TypedUrl, UrlError> {
        let (scheme, rest) = text.trim().split_once("://").unwrap_or(("", text.trim()));
        let is_encrypted = match &*scheme.to_ascii_lowercase() {
            "https" => true,
            "http" => false,
            _ => return Err(UrlError::Scheme(scheme.to_owned())),
        };
        if let Some(mark) = rest.chars().find(|c| matches!(c, '?' | '#')) {
            return Err(UrlError::Query(mark));
        }
        let (authority, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        if user.is_some_and(|user| user.contains(':')) {
            return Err(UrlError::Password);
        }
        let url = Self {
            is_encrypted,
            authority: parse_authority(host, is_encrypted)?,
            path: percent_encoded(path, is_path_char),
        };
        Ok(TypedUrl { url, user: user.map(percent_decoded).filter(|user| !user.is_empty()) })
    }

    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// Whether it is an address of this machine, so that nothing crosses a network.
    pub fn is_loopback(&self) -> bool {
        let host = host_part(&self.authority);
        host == "localhost"
            || host.ends_with(".localhost")
            || host.parse().is_ok_and(|at: Ipv4Addr| at.is_loopback())
            || host.trim_matches(['[', ']']).parse().is_ok_and(|at: Ipv6Addr| at.is_loopback())
    }

    /// Scheme, host and port. A password belongs to an origin.
    pub fn origin(&self) -> String {
        let scheme = if self.is_encrypted { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }

    /// The name of the server.
    pub fn host(&self) -> &str {
        host_part(&self.authority)
    }

    /// Whether it names one calendar file rather than a collection of events.
    pub fn is_calendar_file(&self) -> bool {
        self.path.to_ascii_lowercase().ends_with(".ics")
    }

    /// The address that a server names by `reference`: a whole address, one without the scheme, or a path on this
    /// server.
    pub fn resolve(&self, reference: &str) -> String {
        let reference = reference.trim();
        let scheme = if self.is_encrypted { "https" } else { "http" };
        match reference {
            _ if reference.starts_with("//") => format!("{scheme}:{reference}"),
            _ if reference.starts_with('/') => format!("{}{reference}", self.origin()),
            _ => reference.to_owned(),
        }
    }

    /// Adds a slash at the end, which servers expect of collections.
    pub fn into_collection(mut self) -> Self {
        if !self.path.ends_with('/') {
            self.path.push('/');
        }
        self
    }

    /// The address of `name` in this collection.
    pub fn member(&self, name: &str) -> Self {
        Self { path: format!("{}{}", self.path, percent_encoded(name, is_unreserved)), ..self.clone() }
    }

    /// The name in this collection that a server refers to by `href`, a path or a whole address. None for the collection
    /// itself and for everything outside it.
    pub fn member_name(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let path = match href.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => href,
        };
        // Servers may encode more or fewer characters than this program, so compare the decoded paths.
        let (folder, name) = path.rsplit_once('/')?;
        let own = self.path.trim_end_matches('/');
        (!name.is_empty() && percent_decoded(folder) == percent_decoded(own)).then(|| percent_decoded(name))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

fn host_part(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    }
}

fn parse_authority(text: &str, is_encrypted: bool) -> Result<String, UrlError> {
    let text = text.to_ascii_lowercase();
    let default_port = if is_encrypted { ":443" } else { ":80" };
    let text = text.strip_suffix(default_port).unwrap_or(&text);
    let host = host_part(text);
    if host.is_empty() {
        return Err(UrlError::NoHost);
    }
    let is_ip6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .is_some_and(|host| host.parse::<Ipv6Addr>().is_ok());
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    let port = text[host.len()..].strip_prefix(':');
    if !is_ip6 && !is_name {
        return Err(UrlError::Host(text.to_owned()));
    }
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|n| n > 0);
    match port {
        Some(port) if !is_port(port) => Err(UrlError::Port(port.to_owned())),
        _ => Ok(text.to_owned()),
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether a character of a typed path is kept. A percent sign is kept, since it begins an encoded character.
fn is_path_char(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@/%".contains(&byte)
}

fn percent_encoded(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if is_kept(byte) {
            out.push(byte.into());
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Decodes percent-encoded bytes. A percent sign that does not begin one is kept.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    while let [first, after @ ..] = rest {
        let decoded = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match decoded {
            Some((high, low)) => (bytes.push((16 * high + low) as u8), rest = &after[2..]),
            None => (bytes.push(*first), rest = after),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap().url
    }

    #[test]
    fn addresses_are_normalized() {
        assert_eq!(
            url(" HTTPS://Cloud.Example.org:443/dav/a b/ü ").to_string(),
            "https://cloud.example.org/dav/a%20b/%C3%BC"
        );
        assert_eq!(url("http://127.0.0.1:5232").into_collection().to_string(), "http://127.0.0.1:5232/");
        assert_eq!(url("https://[::1]:8443/c").into_collection().to_string(), "https://[::1]:8443/c/");
    }

    #[test]
    fn a_user_name_may_precede_the_host_but_a_password_may_not() {
        let typed = Url::parse("https://anna%40example.org@dav.example.org/c/").unwrap();
        assert_eq!((typed.user.as_deref(), typed.url.host()), (Some("anna@example.org"), "dav.example.org"));
        assert_eq!(Url::parse("https://anna:secret@dav.example.org/"), Err(UrlError::Password));
    }

    #[test]
    fn invalid_addresses_are_refused() {
        for (text, error) in [
            ("webcal://example.org/c.ics", UrlError::Scheme("webcal".into())),
            ("https:///c", UrlError::NoHost),
            ("https://bücher.example/", UrlError::Host("bücher.example".into())),
            ("https://example.org:99999/", UrlError::Port("99999".into())),
            ("https://example.org:+80/", UrlError::Port("+80".into())),
            ("https://[::1]:0/", UrlError::Port("0".into())),
            ("https://example.org/c?export", UrlError::Query('?')),
            ("https://example.org/c#today", UrlError::Query('#')),
        ] {
            assert_eq!(Url::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn only_two_hexadecimal_digits_are_decoded() {
        for (text, decoded) in [("a%20b", "a b"), ("%+1", "%+1"), ("%-1", "%-1"), ("%4", "%4"), ("%zz%41", "%zzA")] {
            assert_eq!(percent_decoded(text), decoded);
        }
    }

    #[test]
    fn only_addresses_of_this_machine_are_loopback() {
        for text in ["http://localhost/", "http://127.9.9.9:1/", "http://[::1]:5232/", "http://dav.localhost/"] {
            assert!(url(text).is_loopback(), "{text}");
        }
        for text in [
            "http://example.org/",
            "http://127.0.0.1.example.org/",
            "http://10.0.0.1/",
            "http://localhost.example.org/",
        ] {
            assert!(!url(text).is_loopback(), "{text}");
        }
    }

    #[test]
    fn a_member_is_recognized_however_the_server_encodes_it() {
        let collection = url("https://example.org/dav/anna%40home/year/").into_collection();
        let name = "20270313.a%20b@plan.ics";
        let member = collection.member(name).to_string();
        assert_eq!(member, "https://example.org/dav/anna%40home/year/20270313.a%2520b%40plan.ics");
        for href in [
            &*member,
            "/dav/anna@home/year/20270313.a%2520b@plan.ics",
            "/dav/anna%40home/year/20270313.a%2520b%40plan.ics",
        ] {
            assert_eq!(collection.member_name(href).as_deref(), Some(name), "{href}");
        }
        for href in ["/dav/anna%40home/year/", "/dav/anna%40home/other/x.ics", "/dav/anna%40home/year/deep/x.ics", ""] {
            assert_eq!(collection.member_name(href), None, "{href}");
        }
    }
}
