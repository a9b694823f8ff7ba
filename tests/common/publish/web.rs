//! A server on this machine that answers as a test wants it to.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What is answered: status, headers, body.
pub struct Says(pub u16, pub &'static [(&'static str, &'static str)], pub String);

pub struct Web {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Web {
    /// Answers each request by `answer`, until the test ends.
    pub fn new(answer: impl Fn(&Asked) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { port, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Everything that was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How often that was asked.
    pub fn count(&self, method: &str) -> usize {
        self.asked().iter().filter(|asked| asked.method == method).count()
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Says) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let Some((first, rest)) = lines.split_first() else { return };
    let mut words = first.split(' ').map(str::to_owned);
    let headers = rest.iter().filter_map(|line| line.split_once(": "));
    let asked = Asked {
        method: words.next().unwrap(),
        path: words.next().unwrap(),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
    };
    let length = asked.header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let Says(status, headers, text) = answer(&asked);
    log.lock().unwrap().push(asked.clone());
    let mut head = format!("HTTP/1.1 {status} Said\r\nConnection: close\r\nContent-Length: {}\r\n", text.len());
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    let body = if asked.method == "HEAD" { "" } else { &*text };
    let mut stream = stream;
    // The client may have closed the connection.
    let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes());
}

/// An answer without anything in it.
pub fn only(status: u16) -> Says {
    Says(status, &[], String::new())
}

/// The list of an empty collection, or of one with these members.
pub fn listing(members: &[(&str, &str)]) -> Says {
    let mut text = "<multistatus xmlns=\"DAV:\">".to_owned();
    for (href, etag) in members {
        write!(
            text,
            "<response><href>{href}</href><propstat><prop><getetag>{etag}</getetag></prop></propstat></response>"
        )
        .unwrap();
    }
    Says(207, &[], format!("{text}</multistatus>"))
}

/// Longer than any test waits.
pub fn sleep() -> Says {
    std::thread::sleep(Duration::from_secs(5));
    only(200)
}
