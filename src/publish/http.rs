//! A calendar server over HTTP: a few methods of WebDAV, basic authentication, no redirects.

use std::cell::Cell;
use std::io::ErrorKind;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ureq::http::{Request, Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::multistatus::{PROPFIND_BODY, parse_etag, parse_members};
use super::publish_error::PublishError;
use super::server::{Fetched, Listing, PutCondition, Server, ServerAnswer};
use super::target::Target;
use super::url::Url;
use super::{Credentials, PublishOrder};

/// At most this many bytes of an answer are read.
const LARGEST_ANSWER: u64 = 8 << 20;
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A server that is reached over HTTP.
pub struct HttpServer {
    agent: Agent,
    url: Url,
    /// Whether `url` is one file rather than a collection.
    is_file: bool,
    authorization: Option<String>,
    timeout: Duration,
    /// Whether the server has listed the collection.
    is_listed: Cell<bool>,
}

impl HttpServer {
    /// A server for the target of `order`.
    ///
    /// # Errors
    /// A target that is not on a server.
    pub fn new(order: &PublishOrder) -> Result<Self, PublishError> {
        let (url, is_file) = match &order.target {
            Target::Resource(url) => (url.clone(), true),
            Target::Collection(url) => (url.clone(), false),
            Target::File(_) => return Err(PublishError::FilesOnly),
        };
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // A redirect must not send the password to another server.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("Windowsill")
            .timeout_connect(Some(CONNECT_TIMEOUT.min(order.timeout)))
            .timeout_global(Some(order.timeout));
        if url.is_loopback() {
            config = config.proxy(None);
        }
        let authorization = order.credentials.as_ref().map(basic_authorization);
        let (agent, timeout) = (config.build().new_agent(), order.timeout);
        Ok(Self { agent, url, is_file, authorization, timeout, is_listed: Cell::new(false) })
    }

    fn member_url(&self, name: &str) -> Url {
        if self.is_file { self.url.clone() } else { self.url.member(name) }
    }

    /// Sends one request. Problems that would also affect all further requests are errors.
    fn send(
        &self,
        method: &str,
        url: &Url,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Response<Body>, PublishError> {
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
        let response = sent.map_err(|error| self.connection_error(&error))?;
        self.lasting_problem(&response, url).map_or(Ok(response), Err)
    }

    /// The problem in an answer that all further requests would meet, too.
    fn lasting_problem(&self, response: &Response<Body>, url: &Url) -> Option<PublishError> {
        let status = response.status();
        let url = || url.clone();
        Some(match status {
            StatusCode::UNAUTHORIZED => self.unauthorized(response),
            StatusCode::FORBIDDEN => PublishError::Forbidden(url()),
            StatusCode::INSUFFICIENT_STORAGE => PublishError::StorageFull(url()),
            StatusCode::NOT_IMPLEMENTED => return None,
            StatusCode::TOO_MANY_REQUESTS => PublishError::ServerFailed { url: url(), status: status.as_u16() },
            _ if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
                let to = header_text(response, header::LOCATION).filter(|to| !to.trim().is_empty());
                PublishError::Redirected { from: url(), to: to.map(|to| self.url.resolve(&to)) }
            }
            _ if status.is_server_error() => PublishError::ServerFailed { url: url(), status: status.as_u16() },
            _ => return None,
        })
    }

    fn unauthorized(&self, response: &Response<Body>) -> PublishError {
        let origin = self.url.origin();
        let offers = response.headers().get_all(header::WWW_AUTHENTICATE);
        let methods: Vec<&str> =
            offers.iter().filter_map(|offer| offer.to_str().ok()?.split_whitespace().next()).collect();
        match methods.first() {
            Some(method) if !methods.iter().any(|method| method.eq_ignore_ascii_case("basic")) => {
                PublishError::SignInUnsupported { origin, method: (*method).to_owned() }
            }
            _ if self.authorization.is_none() => PublishError::PasswordMissing { origin },
            _ => PublishError::PasswordWrong { origin },
        }
    }

    /// The reason why there is no answer at all.
    fn connection_error(&self, error: &ureq::Error) -> PublishError {
        let host = self.url.host().to_owned();
        match error {
            ureq::Error::Timeout(_) => PublishError::TimedOut { host, seconds: self.timeout.as_secs().max(1) },
            ureq::Error::HostNotFound => PublishError::UnknownHost(host),
            ureq::Error::Tls(reason) => PublishError::Insecure { host, reason: (*reason).to_owned() },
            ureq::Error::Rustls(error) => PublishError::Insecure { host, reason: error.to_string() },
            // The connection's error wraps that of the TLS handshake.
            ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
                PublishError::Insecure { host, reason: error.to_string() }
            }
            ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
                PublishError::Unreachable { host, reason: "connection refused".to_owned() }
            }
            // There is no error kind for this, only the system's text.
            ureq::Error::Io(error) if error.to_string().contains("lookup address") => PublishError::UnknownHost(host),
            ureq::Error::Io(error) => PublishError::Unreachable { host, reason: error.to_string() },
            error => PublishError::Unreachable { host, reason: error.to_string() },
        }
    }

    fn text(&self, mut response: Response<Body>) -> Result<String, PublishError> {
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).lossy_utf8(true);
        body.read_to_string().map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(most) => PublishError::NotDav {
                url: self.url.clone(),
                reason: format!("an answer of more than {} MB", most >> 20),
            },
            error => self.connection_error(&error),
        })
    }

    fn list_collection(&self) -> Result<Option<Listing>, PublishError> {
        let headers = [("Depth", "1"), ("Content-Type", "application/xml; charset=utf-8")];
        let response = self.send("PROPFIND", &self.url, &headers, PROPFIND_BODY)?;
        let not_dav = |reason| PublishError::NotDav { url: self.url.clone(), reason };
        match response.status() {
            StatusCode::MULTI_STATUS => {
                let members = parse_members(&self.text(response)?, &self.url).map_err(not_dav)?;
                self.is_listed.set(true);
                Ok(Some(members))
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(PublishError::NoCalendar(self.url.clone())),
            // A plain web folder accepts files but cannot list them.
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => Ok(None),
            status if status.is_success() => Err(not_dav(format!("status {} in reply to PROPFIND", status.as_u16()))),
            status => Err(PublishError::Refused { url: self.url.clone(), status: status.as_u16() }),
        }
    }

    fn list_file(&self) -> Result<Option<Listing>, PublishError> {
        let response = self.send("HEAD", &self.url, &[], "")?;
        Ok(match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Some(Listing::new()),
            status if status.is_success() => Some(Listing::from([(String::new(), etag(&response))])),
            _ => None,
        })
    }

    /// Interprets the answer to a change.
    fn answer(&self, response: &Response<Body>, url: Url) -> Result<ServerAnswer, PublishError> {
        match response.status() {
            status if status.is_success() => Ok(ServerAnswer::Done(etag(response))),
            StatusCode::PRECONDITION_FAILED => Ok(ServerAnswer::Changed),
            StatusCode::NOT_FOUND => Err(PublishError::NoCalendar(self.url.clone())),
            status @ (StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED) => {
                Err(PublishError::NotWritable { url, status: status.as_u16() })
            }
            // Only a collection that was listed is known to exist.
            StatusCode::CONFLICT if self.is_file || !self.is_listed.get() => Err(PublishError::NoFolder(url)),
            StatusCode::CONFLICT => {
                Ok(ServerAnswer::Refused("the calendar already has an event with the same UID (409)".to_owned()))
            }
            StatusCode::PAYLOAD_TOO_LARGE => Ok(ServerAnswer::Refused("too large for the server (413)".to_owned())),
            status => Ok(ServerAnswer::Refused(format!("rejected by the server ({})", status.as_u16()))),
        }
    }
}

impl Server for HttpServer {
    fn list(&self) -> Result<Option<Listing>, PublishError> {
        if self.is_file { self.list_file() } else { self.list_collection() }
    }

    fn get(&self, name: &str) -> Result<Option<Fetched>, PublishError> {
        let url = self.member_url(name);
        let response = self.send("GET", &url, &[], "")?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => Ok(Some(Fetched { etag: etag(&response), text: self.text(response)? })),
            status => Err(PublishError::Refused { url, status: status.as_u16() }),
        }
    }

    fn put(&self, name: &str, text: &str, condition: &PutCondition) -> Result<ServerAnswer, PublishError> {
        let url = self.member_url(name);
        let mut headers = vec![("Content-Type", "text/calendar; charset=utf-8")];
        headers.extend(condition_header(condition));
        let response = self.send("PUT", &url, &headers, text)?;
        self.answer(&response, url)
    }

    fn delete(&self, name: &str, condition: &PutCondition) -> Result<ServerAnswer, PublishError> {
        let url = self.member_url(name);
        let headers: Vec<_> = condition_header(condition).into_iter().collect();
        let response = self.send("DELETE", &url, &headers, "")?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(ServerAnswer::Done(None)),
            _ => self.answer(&response, url),
        }
    }
}

fn basic_authorization(credentials: &Credentials) -> String {
    let pair = format!("{}:{}", credentials.user, credentials.password.reveal());
    format!("Basic {}", BASE64_STANDARD.encode(pair))
}

fn condition_header(condition: &PutCondition) -> Option<(&str, &str)> {
    match condition {
        PutCondition::Absent => Some(("If-None-Match", "*")),
        PutCondition::Unchanged(etag) => Some(("If-Match", etag)),
        PutCondition::Unconditional => None,
    }
}

fn etag(response: &Response<Body>) -> Option<String> {
    parse_etag(&header_text(response, header::ETAG)?)
}

fn header_text(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}
