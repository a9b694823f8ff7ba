//! Addresses of calendar servers: just so much of RFC 3986 as http and https need.

use std::fmt::{self, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr};

/// An http or https address without user, password, query and fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Url {
    is_encrypted: bool,
    /// Host and, unless it is the usual one, port; in lower case.
    authority: String,
    /// Begins with a slash; everything that must be is percent-encoded.
    path: String,
}

/// What was typed, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub url: Url,
    /// The user name that stood before the host.
    pub user: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    #[error("\"{0}:\" is no address to publish to. Write one that begins with https://, or the path of a file")]
    Scheme(String),
    #[error("The address has no server. Write it like https://cloud.example.org/dav/maintenance/")]
    NoHost,
    #[error(
        "\"{0}\" is no name of a server. Write it in ASCII letters, such as cloud.example.org or xn--bcher-kva.example"
    )]
    Host(String),
    #[error(
        "A password does not belong into an address, where others can read it. Leave it out; you will be asked for it"
    )]
    Password,
    #[error("An address to publish to has no \"{0}\". Copy the calendar's address without it")]
    Query(char),
}

impl Url {
    /// # Errors
    /// What is not an address of a calendar on a server, with what to write instead.
    pub fn parse(text: &str) -> Result<Typed, UrlError> {
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
        let url =
            Self { is_encrypted, authority: authority_of(host, is_encrypted)?, path: encoded(path, is_path_char) };
        Ok(Typed { url, user: user.map(decoded).filter(|user| !user.is_empty()) })
    }

    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// Whether it is this very machine, so that nobody can listen on the way.
    pub fn is_loopback(&self) -> bool {
        let host = host_of(&self.authority);
        host == "localhost"
            || host.ends_with(".localhost")
            || host.parse().is_ok_and(|at: Ipv4Addr| at.is_loopback())
            || host.trim_matches(['[', ']']).parse().is_ok_and(|at: Ipv6Addr| at.is_loopback())
    }

    /// Scheme, host and port: what a password is for.
    pub fn origin(&self) -> String {
        let scheme = if self.is_encrypted { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }

    /// The server's name alone.
    pub fn host(&self) -> &str {
        host_of(&self.authority)
    }

    /// Whether it names one calendar file rather than a collection of events.
    pub fn is_calendar_file(&self) -> bool {
        self.path.to_ascii_lowercase().ends_with(".ics")
    }

    /// With a slash at the end, as servers want it for collections.
    pub fn as_collection(mut self) -> Self {
        if !self.path.ends_with('/') {
            self.path.push('/');
        }
        self
    }

    /// The address of `name` in this collection.
    pub fn member(&self, name: &str) -> Self {
        Self { path: format!("{}{}", self.path, encoded(name, is_unreserved)), ..self.clone() }
    }

    /// The name in this collection that a server means by `href`: a path or a whole address. None for the collection
    /// itself and for what lies elsewhere.
    pub fn name_of_member(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let path = match href.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => href,
        };
        // Servers encode more or less than we do, so that the decoded paths are compared.
        let (folder, name) = path.rsplit_once('/')?;
        let own = self.path.trim_end_matches('/');
        (!name.is_empty() && decoded(folder) == decoded(own)).then(|| decoded(name))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    }
}

fn authority_of(text: &str, is_encrypted: bool) -> Result<String, UrlError> {
    let text = text.to_ascii_lowercase();
    let usual = if is_encrypted { ":443" } else { ":80" };
    let text = text.strip_suffix(usual).unwrap_or(&text);
    let host = host_of(text);
    if host.is_empty() {
        return Err(UrlError::NoHost);
    }
    let is_ip6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .is_some_and(|host| host.parse::<Ipv6Addr>().is_ok());
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    let port = text[host.len()..].strip_prefix(':');
    if (is_ip6 || is_name) && port.is_none_or(|port| port.parse::<u16>().is_ok()) {
        Ok(text.to_owned())
    } else {
        Err(UrlError::Host(text.to_owned()))
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What may stand in a typed path as it is. A percent sign is taken for the beginning of an encoded character.
fn is_path_char(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@/%".contains(&byte)
}

fn encoded(text: &str, stays: impl Fn(u8) -> bool) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if stays(byte) {
            out.push(byte.into());
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// What is no percent-encoding stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
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
    fn an_address_is_written_in_one_way() {
        assert_eq!(
            url(" HTTPS://Cloud.Example.org:443/dav/a b/ü ").to_string(),
            "https://cloud.example.org/dav/a%20b/%C3%BC"
        );
        assert_eq!(url("http://127.0.0.1:5232").as_collection().to_string(), "http://127.0.0.1:5232/");
        assert_eq!(url("https://[::1]:8443/c").as_collection().to_string(), "https://[::1]:8443/c/");
    }

    #[test]
    fn a_user_may_stand_before_the_host_and_a_password_may_not() {
        let typed = Url::parse("https://anna%40example.org@dav.example.org/c/").unwrap();
        assert_eq!((typed.user.as_deref(), typed.url.host()), (Some("anna@example.org"), "dav.example.org"));
        assert_eq!(Url::parse("https://anna:secret@dav.example.org/"), Err(UrlError::Password));
    }

    #[test]
    fn what_is_no_address_of_a_calendar_is_refused_with_what_to_write() {
        for (text, error) in [
            ("webcal://example.org/c.ics", UrlError::Scheme("webcal".into())),
            ("https:///c", UrlError::NoHost),
            ("https://bücher.example/", UrlError::Host("bücher.example".into())),
            ("https://example.org:99999/", UrlError::Host("example.org:99999".into())),
            ("https://example.org/c?export", UrlError::Query('?')),
            ("https://example.org/c#today", UrlError::Query('#')),
        ] {
            assert_eq!(Url::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
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
    fn a_member_is_found_however_the_server_writes_it() {
        let collection = url("https://example.org/dav/anna%40home/year/").as_collection();
        let name = "20270313.a%20b@plan.ics";
        let member = collection.member(name).to_string();
        assert_eq!(member, "https://example.org/dav/anna%40home/year/20270313.a%2520b%40plan.ics");
        for href in [
            &*member,
            "/dav/anna@home/year/20270313.a%2520b@plan.ics",
            "/dav/anna%40home/year/20270313.a%2520b%40plan.ics",
        ] {
            assert_eq!(collection.name_of_member(href).as_deref(), Some(name), "{href}");
        }
        for href in ["/dav/anna%40home/year/", "/dav/anna%40home/other/x.ics", "/dav/anna%40home/year/deep/x.ics", ""] {
            assert_eq!(collection.name_of_member(href), None, "{href}");
        }
    }
}
