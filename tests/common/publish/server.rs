//! Radicale on this machine, started for a test, and what somebody else does on it.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// A server with a user, her collection `year` and nothing in it. It ends with the value.
pub struct Radicale {
    process: Child,
    port: u16,
    folder: TempDir,
}

/// What a server answered.
pub struct Answered {
    pub status: u16,
    pub text: String,
}

impl Radicale {
    /// None if Radicale is not installed. If `WINDOWSILL_RADICALE` names a Python, it must have Radicale.
    #[expect(clippy::print_stderr, reason = "a skipped test must be reported")]
    pub fn start() -> Option<Self> {
        let named = std::env::var("WINDOWSILL_RADICALE").ok();
        let python = named.clone().unwrap_or_else(|| "python3".to_owned());
        let import = Command::new(&python).args(["-c", "import radicale"]).stderr(Stdio::null()).status();
        if !import.is_ok_and(|status| status.success()) {
            assert!(named.is_none(), "{python} has no radicale");
            eprintln!(
                "skipped: Radicale is not installed (pip install radicale; WINDOWSILL_RADICALE names its Python)"
            );
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let year = folder.path().join("collections/collection-root/anna/year");
        fs::create_dir_all(&year).unwrap();
        fs::write(year.join(".Radicale.props"), r#"{"tag": "VCALENDAR"}"#).unwrap();
        fs::write(folder.path().join("users"), "anna:pass wörd:1\nben:ben\n").unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let process = Command::new(&python)
            .args(["-m", "radicale", "--config", "", "--server-hosts", &format!("127.0.0.1:{port}")])
            .args(["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain"])
            .args(["--auth-htpasswd-filename", &at("users"), "--auth-delay", "0"])
            .args(["--storage-filesystem-folder", &at("collections"), "--logging-level", "error"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { process, port, folder };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(server);
            }
            assert!(server.process.try_wait().unwrap().is_none(), "Radicale ended");
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("Radicale does not answer");
    }

    /// The address of something of anna's.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/anna/{path}", self.port)
    }

    /// Where a test keeps what is remembered.
    pub fn state(&self) -> std::path::PathBuf {
        self.folder.path().join("state")
    }

    /// What another program of anna's does.
    pub fn request(&self, method: &str, path: &str, body: &str) -> Answered {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut head = format!("{method} /anna/{path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n", self.port);
        // "anna:pass wörd:1"
        head.push_str(
            "Authorization: Basic YW5uYTpwYXNzIHfDtnJkOjE=\r\nContent-Type: text/calendar; charset=utf-8\r\n",
        );
        write!(head, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answered { status, text: text.to_owned() }
    }

    /// The names of the events in the collection, sorted.
    pub fn names(&self) -> Vec<String> {
        let year = self.folder.path().join("collections/collection-root/anna/year");
        let names = fs::read_dir(year).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
