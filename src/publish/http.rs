//! A server spoken to over HTTP: WebDAV's few methods, basic authentication, no redirects.

use std::io::ErrorKind;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ureq::http::{Request, Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::fault::Fault;
use super::multistatus::{QUESTION, etag_of, members};
use super::planning::Listing;
use super::server::{Answer, Condition, Fetched, Server};
use super::target::Target;
use super::url::Url;
use super::{Credentials, Order};

/// How much of an answer is read.
const LARGEST_ANSWER: u64 = 64 << 20;
/// How long a connection may take to be made.
const CONNECTING: Duration = Duration::from_secs(10);

pub struct Http {
    agent: Agent,
    url: Url,
    /// Whether `url` is one file and not a collection.
    is_file: bool,
    authorization: Option<String>,
    patience: Duration,
}

impl Http {
    /// # Errors
    /// A target that is not on a server.
    pub fn new(order: &Order) -> Result<Self, Fault> {
        let (url, is_file) = match &order.target {
            Target::Resource(url) => (url.clone(), true),
            Target::Collection(url) => (url.clone(), false),
            Target::File(_) => return Err(Fault::BuiltWithout),
        };
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // A password must not follow to wherever a server points.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("Windowsill")
            .timeout_connect(Some(CONNECTING.min(order.patience)))
            .timeout_global(Some(order.patience));
        if url.is_loopback() {
            config = config.proxy(None);
        }
        let authorization = order.credentials.as_ref().map(basic);
        Ok(Self { agent: config.build().new_agent(), url, is_file, authorization, patience: order.patience })
    }

    fn address(&self, name: &str) -> Url {
        if self.is_file { self.url.clone() } else { self.url.member(name) }
    }

    /// Sends one request; what no other request would get through either is an error.
    fn send(&self, method: &str, url: &Url, headers: &[(&str, &str)], body: &str) -> Result<Response<Body>, Fault> {
        let mut request = Request::builder().method(method).uri(url.to_string());
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match body {
            "" => request.body(()).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
            body => request.body(body).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
        };
        let response = sent.map_err(|error| self.unanswered(&error))?;
        self.hopeless(&response, url).map_or(Ok(response), Err)
    }

    /// What an answer says about all further requests.
    fn hopeless(&self, response: &Response<Body>, url: &Url) -> Option<Fault> {
        let status = response.status();
        let url = || url.clone();
        Some(match status {
            StatusCode::UNAUTHORIZED => self.unauthorized(response),
            StatusCode::FORBIDDEN => Fault::Forbidden(url()),
            StatusCode::INSUFFICIENT_STORAGE => Fault::Full(url()),
            StatusCode::NOT_IMPLEMENTED => return None,
            _ if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
                let to = text_of(response, header::LOCATION).unwrap_or_default();
                let to = if to.starts_with('/') { format!("{}{to}", self.url.origin()) } else { to };
                Fault::Moved(to)
            }
            _ if status.is_server_error() => Fault::ServerTrouble { url: url(), status: status.as_u16() },
            _ => return None,
        })
    }

    fn unauthorized(&self, response: &Response<Body>) -> Fault {
        let origin = self.url.origin();
        let ways = response.headers().get_all(header::WWW_AUTHENTICATE);
        let ways: Vec<&str> = ways.iter().filter_map(|way| way.to_str().ok()?.split_whitespace().next()).collect();
        match ways.first() {
            Some(way) if !ways.iter().any(|way| way.eq_ignore_ascii_case("basic")) => {
                Fault::OtherSignIn(origin, (*way).to_owned())
            }
            _ if self.authorization.is_none() => Fault::NoPassword(origin),
            _ => Fault::WrongPassword(origin),
        }
    }

    /// Why there is no answer at all.
    fn unanswered(&self, error: &ureq::Error) -> Fault {
        let host = self.url.host().to_owned();
        match error {
            ureq::Error::Timeout(_) => Fault::Slow { host, seconds: self.patience.as_secs().max(1) },
            ureq::Error::HostNotFound => Fault::NoSuchHost(host),
            ureq::Error::Tls(reason) => Fault::Certificate { host, reason: (*reason).to_owned() },
            ureq::Error::Rustls(error) => Fault::Certificate { host, reason: error.to_string() },
            // The handshake's own error lies inside that of the connection.
            ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
                Fault::Certificate { host, reason: error.to_string() }
            }
            ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
                Fault::Unreachable { host, reason: "nobody listens at that port".to_owned() }
            }
            // The system says so in words alone.
            ureq::Error::Io(error) if error.to_string().contains("lookup address") => Fault::NoSuchHost(host),
            ureq::Error::Io(error) => Fault::Unreachable { host, reason: error.to_string() },
            error => Fault::Unreachable { host, reason: error.to_string() },
        }
    }

    fn text(&self, mut response: Response<Body>) -> Result<String, Fault> {
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).lossy_utf8(true);
        body.read_to_string().map_err(|error| self.unanswered(&error))
    }

    fn list_collection(&self) -> Result<Option<Listing>, Fault> {
        let headers = [("Depth", "1"), ("Content-Type", "application/xml; charset=utf-8")];
        let response = self.send("PROPFIND", &self.url, &headers, QUESTION)?;
        let not_dav = |reason| Fault::NotDav { url: self.url.clone(), reason };
        match response.status() {
            StatusCode::MULTI_STATUS => members(&self.text(response)?, &self.url).map(Some).map_err(not_dav),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(Fault::NotFound(self.url.clone())),
            // A plain web folder takes files and lists none.
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => Ok(None),
            status if status.is_success() => Err(not_dav(format!("{} to PROPFIND", status.as_u16()))),
            status => Err(Fault::Refused { url: self.url.clone(), status: status.as_u16() }),
        }
    }

    fn list_file(&self) -> Result<Option<Listing>, Fault> {
        let response = self.send("HEAD", &self.url, &[], "")?;
        Ok(match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Some(Listing::new()),
            status if status.is_success() => Some(Listing::from([(String::new(), etag(&response))])),
            _ => None,
        })
    }

    /// What the answer to a change means.
    fn answer(&self, response: &Response<Body>, url: Url) -> Result<Answer, Fault> {
        match response.status() {
            status if status.is_success() => Ok(Answer::Done(etag(response))),
            StatusCode::PRECONDITION_FAILED => Ok(Answer::Changed),
            StatusCode::NOT_FOUND => Err(Fault::NotFound(self.url.clone())),
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => Err(Fault::NotAllowed(url)),
            StatusCode::CONFLICT if self.is_file => Err(Fault::NoFolder(url)),
            StatusCode::CONFLICT => {
                Ok(Answer::Refused("the calendar has another event with the same UID (409)".to_owned()))
            }
            StatusCode::PAYLOAD_TOO_LARGE => Ok(Answer::Refused("it is too large for the server (413)".to_owned())),
            status => Ok(Answer::Refused(format!("the server does not take it ({})", status.as_u16()))),
        }
    }
}

impl Server for Http {
    fn list(&self) -> Result<Option<Listing>, Fault> {
        if self.is_file { self.list_file() } else { self.list_collection() }
    }

    fn get(&self, name: &str) -> Result<Option<Fetched>, Fault> {
        let url = self.address(name);
        let response = self.send("GET", &url, &[], "")?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => Ok(Some(Fetched { etag: etag(&response), text: self.text(response)? })),
            status => Err(Fault::Refused { url, status: status.as_u16() }),
        }
    }

    fn put(&self, name: &str, text: &str, condition: &Condition) -> Result<Answer, Fault> {
        let url = self.address(name);
        let mut headers = vec![("Content-Type", "text/calendar; charset=utf-8")];
        headers.extend(condition_header(condition));
        let response = self.send("PUT", &url, &headers, text)?;
        self.answer(&response, url)
    }

    fn delete(&self, name: &str, condition: &Condition) -> Result<Answer, Fault> {
        let url = self.address(name);
        let headers: Vec<_> = condition_header(condition).into_iter().collect();
        let response = self.send("DELETE", &url, &headers, "")?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Answer::Done(None)),
            _ => self.answer(&response, url),
        }
    }
}

fn basic(credentials: &Credentials) -> String {
    let pair = format!("{}:{}", credentials.user, credentials.password.reveal());
    format!("Basic {}", BASE64_STANDARD.encode(pair))
}

fn condition_header(condition: &Condition) -> Option<(&str, &str)> {
    match condition {
        Condition::Absent => Some(("If-None-Match", "*")),
        Condition::Is(etag) => Some(("If-Match", etag)),
        Condition::None => None,
    }
}

fn etag(response: &Response<Body>) -> Option<String> {
    etag_of(&text_of(response, header::ETAG)?)
}

fn text_of(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}
