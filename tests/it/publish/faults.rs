//! Servers that answer wrongly: what is reported, and that nothing is lost.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use windowsill::publish::PublishOrder;

use crate::common::harbour;
use crate::common::publish::web::{Asked, Says, Web, listing, only, sleep};
use crate::common::publish::{moved, numbers, order, publish, schedule};

/// Status text where a server answers everything like that.
fn told(answer: impl Fn(&Asked) -> Says + Send + Sync + 'static) -> String {
    let (web, state) = (Web::new(answer), tempfile::tempdir().unwrap());
    publish(&harbour::plan(), &order(&web.url("/anna/year/")), state.path()).stopped.unwrap().to_string()
}

#[test]
fn each_refusal_says_what_to_do() {
    for (status, words) in [
        (401, "Wrong user name or password (401)"),
        (403, "ask the calendar's owner"),
        (404, "create one first"),
        (507, "free some space there"),
        (500, "The server has a problem (500)"),
        (503, "The server has a problem (503)"),
        (429, "The server has a problem (429)"),
        (418, "The server rejected the request (418)"),
        (200, "This does not look like a calendar server (status 200 in reply to PROPFIND)"),
    ] {
        let told = told(move |_| only(status));
        assert!(told.contains(words), "{status}: {told}");
    }
}

#[test]
fn an_answer_that_is_too_large_is_not_read() {
    let told = told(|_| Says(207, &[], "<response/>".repeat(1_000_000)));
    assert!(told.contains("This does not look like a calendar server (an answer of more than 8 MB)"), "{told}");
}

#[test]
fn servers_without_calendars_or_basic_authentication_are_reported() {
    let told_405 = told(|asked| only(if asked.method == "GET" { 404 } else { 405 }));
    assert!(told_405.contains("not that of its web page"), "{told_405}");
    let digest = told(|_| Says(401, &[("WWW-Authenticate", "Digest realm=\"x\"")], String::new()));
    assert!(digest.contains("Digest sign-in"), "{digest}");
}

#[test]
fn a_password_does_not_follow_a_redirect() {
    let told = told(|_| Says(301, &[("Location", "https://elsewhere.example.org/dav/")], String::new()));
    assert!(told.contains("moved to https://elsewhere.example.org/dav/"), "{told}");
    let web = Web::new(|_| Says(307, &[("Location", "/dav/year/")], String::new()));
    let state = tempfile::tempdir().unwrap();
    let report = publish(&harbour::plan(), &order(&web.url("/year/")), state.path());
    assert!(report.stopped.unwrap().to_string().contains(&web.url("/dav/year/")));
    assert_eq!(web.asked().len(), 1);
}

#[test]
fn a_redirect_may_name_another_server_or_nothing() {
    let other = told(|_| Says(301, &[("Location", "//elsewhere.example.org/dav/")], String::new()));
    assert!(other.contains("moved to http://elsewhere.example.org/dav/"), "{other}");
    for headers in [&[][..], &[("Location", "")]] {
        let told = told(move |_| Says(302, headers, String::new()));
        assert!(told.contains("does not say where"), "{told}");
    }
}

#[test]
fn a_conflict_on_a_server_without_a_list_means_a_missing_folder() {
    let told = told(|asked| match &*asked.method {
        "PROPFIND" => only(405),
        "GET" => only(404),
        _ => only(409),
    });
    assert!(told.contains("create the folder on the server first"), "{told}");
}

#[test]
fn a_web_page_instead_of_a_list_is_reported() {
    let told = told(|_| Says(207, &[], "<html><body>Sign in</body></html>".into()));
    assert!(told.contains("expected a DAV:multistatus element"), "{told}");
}

#[test]
fn slow_missing_and_plain_text_servers_are_reported() {
    let state = tempfile::tempdir().unwrap();
    let stopped = |order: PublishOrder| publish(&harbour::plan(), &order, state.path()).stopped.unwrap().to_string();
    let web = Web::new(|_| sleep());
    let slow = stopped(PublishOrder { timeout: Duration::from_millis(300), ..order(&web.url("/year/")) });
    assert!(slow.contains("No answer within 1 s"), "{slow}");
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let missing = stopped(order(&format!("http://{unused}/year/")));
    assert!(missing.contains("connection refused"), "{missing}");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let plain = format!("https://{}/year/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Speak TLS elsewhere\r\n\r\n").unwrap();
        // The connection stays open until the other side has understood.
        let _ = stream.read(&mut [0; 4096]);
    });
    let plain = stopped(order(&plain));
    assert!(plain.contains("No secure connection"), "{plain}");
    let nobody = stopped(order("https://windowsill.invalid/year/"));
    assert!(nobody.contains("Unknown server"), "{nobody}");
}

#[test]
fn passwords_are_only_sent_unencrypted_to_this_machine_or_on_request() {
    let state = tempfile::tempdir().unwrap();
    let report = publish(&harbour::plan(), &order("http://windowsill.invalid/year/"), state.path());
    assert!(report.stopped.unwrap().to_string().contains("unencrypted"));
}

#[test]
fn a_server_without_a_list_is_looked_at_resource_by_resource() {
    let web = Web::new(|asked| match &*asked.method {
        "PROPFIND" => only(405),
        "GET" => only(404),
        _ => Says(201, &[("ETag", "\"1\"")], String::new()),
    });
    let state = tempfile::tempdir().unwrap();
    let to = order(&web.url("/web/year/"));
    assert_eq!(numbers(&publish(&harbour::plan(), &to, state.path())), [12, 0, 0, 0]);
    assert_eq!((web.count("GET"), web.count("PUT")), (12, 12));
    assert_eq!(numbers(&publish(&moved(&harbour::plan()), &to, state.path())), [1, 0, 11, 0]);
    let put = web.asked().pop().unwrap();
    assert_eq!((put.method.as_str(), put.header("if-match")), ("PUT", Some("\"1\"")));
    assert!(put.path.ends_with("/20270320.core-db%40harbour.windowsill.ics"), "{}", put.path);
}

#[test]
fn a_change_between_list_and_put_is_a_conflict() {
    let web = Web::new(|asked| match &*asked.method {
        "PROPFIND" => listing(&[]),
        "PUT" => only(412),
        _ => Says(200, &[("ETag", "\"theirs\"")], "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
    });
    let state = tempfile::tempdir().unwrap();
    let report = publish(&harbour::plan(), &order(&web.url("/year/")), state.path());
    assert_eq!(numbers(&report), [0, 0, 0, 12]);
    assert!(
        web.asked().iter().filter(|asked| asked.method == "PUT").all(|put| put.header("if-none-match") == Some("*"))
    );
}

#[test]
fn a_refused_event_does_not_stop_the_others() {
    let web = Web::new(|asked| match &*asked.method {
        "PROPFIND" => listing(&[]),
        _ if asked.path.contains("20270320") => only(409),
        _ => Says(201, &[("ETag", "\"1\"")], String::new()),
    });
    let state = tempfile::tempdir().unwrap();
    let report = publish(&harbour::plan(), &order(&web.url("/year/")), state.path());
    assert_eq!((report.counts.sent, report.counts.refused, report.is_complete()), (11, 1, false));
    assert!(report.refused[0].reason.contains("same UID"));
}

#[test]
fn what_was_sent_before_the_server_broke_down_is_remembered() {
    let puts = AtomicUsize::new(0);
    let web = Web::new(move |asked| match &*asked.method {
        "PROPFIND" => only(405),
        "GET" => only(404),
        _ if puts.fetch_add(1, Ordering::Relaxed) < 5 => Says(201, &[("ETag", "\"1\"")], String::new()),
        _ => only(502),
    });
    let state = tempfile::tempdir().unwrap();
    let to = order(&web.url("/year/"));
    for sent in [5, 0] {
        let report = publish(&harbour::plan(), &to, state.path());
        assert_eq!((report.counts.sent, report.stopped.is_some()), (sent, true));
    }
    assert_eq!(publish(&harbour::plan(), &to, state.path()).counts.unchanged, 5);
}

#[test]
fn a_server_without_etags_is_read_before_it_is_written() {
    let held = std::sync::Mutex::new(None::<String>);
    let text = windowsill::export::ics::calendar(
        &schedule(harbour::plan()),
        windowsill::export::ics::CalendarOptions::default(),
    );
    let web = Web::new(move |asked| {
        let mut held = held.lock().unwrap();
        match &*asked.method {
            "PUT" => {
                *held = Some(text.clone());
                only(201)
            }
            _ => held.as_ref().map_or_else(|| only(404), |text| Says(200, &[], text.clone())),
        }
    });
    let state = tempfile::tempdir().unwrap();
    let to = order(&web.url("/year.ics"));
    assert_eq!(numbers(&publish(&harbour::plan(), &to, state.path())), [1, 0, 0, 0]);
    assert_eq!(numbers(&publish(&harbour::plan(), &to, state.path())), [0, 0, 1, 0]);
    assert_eq!(numbers(&publish(&moved(&harbour::plan()), &to, state.path())), [1, 0, 0, 0]);
    let conditions: Vec<_> =
        web.asked().iter().filter(|asked| asked.method == "PUT").map(|put| put.header("if-match").is_some()).collect();
    assert_eq!(conditions, [false, false]);
}
