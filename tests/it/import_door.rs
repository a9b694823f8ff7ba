//! The one door of imports: a file is recognised by its content, read with its options, and can be cancelled.

use std::collections::BTreeSet;
use std::sync::Arc;

use windowsill::connect;
use windowsill::import::{ImportError, Options, Target, Topic};
use windowsill::model::{Horizon, Plan};
use windowsill::progress::Progress;

use crate::support::importing::{MemoryFile, import_topic, kind, options, source};

const WINDOWS: &str = "date;rule;name\n2027-03-13;;Core DB\n";
const ADVISORIES: &str = "published,id\n2027-03-09,CVE-2027-1\n";
const KEV: &str = "{\"title\": \"x\", \"vulnerabilities\": [{\"cveID\": \"CVE-2027-1\"}]}";
const CALENDAR: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART:20270313T220000\nEND:VEVENT\nEND:VCALENDAR\n";
const MAIL: &str = "Received: from a\n\tby b\nFrom: ann@bank.example\nSubject: Re: invite\n\nYes\n";

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

/// The ids of the kinds that a file may be of.
fn recognised(name: &str, bytes: impl Into<Vec<u8>>, topic: Option<Topic>) -> Vec<&'static str> {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new(name, bytes)], &progress);
    connect::recognise(&source, topic).unwrap().into_iter().map(|kind| kind.id).collect()
}

fn refused(name: &str, bytes: impl Into<Vec<u8>>, topic: Option<Topic>) -> String {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new(name, bytes)], &progress);
    connect::recognise(&source, topic).unwrap_err().to_string()
}

#[test]
fn each_kind_is_recognised_under_any_name() {
    let reply = CALENDAR.replace("BEGIN:VEVENT", "METHOD:REPLY\nBEGIN:VEVENT");
    let utf16: Vec<u8> = format!("\u{feff}{WINDOWS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let calendars = vec!["windows-calendar", "holidays-calendar", "freezes-calendar"];
    for name in ["list.csv", "list.tsv", "list.ics", "list.ifb", "list.eml", "list.json", "list", "plan.ron"] {
        assert_eq!(recognised(name, WINDOWS, None), ["windows-table"], "{name}");
        assert_eq!(recognised(name, utf16.clone(), None), ["windows-table"], "{name}");
        assert_eq!(recognised(name, ADVISORIES, None), ["advisories-table"], "{name}");
        assert_eq!(recognised(name, KEV, None), ["advisories-kev"], "{name}");
        assert_eq!(recognised(name, CALENDAR, None), calendars, "{name}");
        assert_eq!(recognised(name, format!("\u{feff}\n{CALENDAR}").to_lowercase(), None), calendars, "{name}");
        assert_eq!(recognised(name, reply.clone(), None), ["replies"], "{name}");
        assert_eq!(recognised(name, MAIL, None), ["replies"], "{name}");
    }
}

#[test]
fn a_topic_that_a_person_chose_has_one_kind() {
    assert_eq!(recognised("a", CALENDAR, Some(Topic::Holidays)), ["holidays-calendar"]);
    assert_eq!(recognised("a", CALENDAR, Some(Topic::Windows)), ["windows-calendar"]);
    assert_eq!(recognised("a", WINDOWS, Some(Topic::Windows)), ["windows-table"]);
    assert_eq!(recognised("a", "title,day\nA,1\n", Some(Topic::Windows)), ["windows-table"], "to say what is missing");
}

#[test]
fn what_nobody_recognises_is_refused_with_what_is_expected() {
    let all = refused("notes.txt", "Call Ann about the freeze\n", None);
    for kind in windowsill::import::OWN_KINDS {
        assert!(all.contains(kind.name), "{all}");
    }
    assert!(all.contains("a file of a connected system"), "{all}");
    assert_eq!(refused("a.csv", " \n", None), "The file is empty");
    assert_eq!(
        refused("windows.xlsx", b"PK\x03\x04\x00\x00".to_vec(), Some(Topic::Windows)),
        "This is a packed file or an Office document: unpack it, or save its table as .xlsx or CSV, and import that. \
         Expected a table of windows with the columns name and date (CSV, Excel), a calendar of windows (.ics) or a file of a \
         connected system"
    );
    assert_eq!(
        refused("kev.json", KEV, Some(Topic::Windows)),
        "Unknown file content. Expected a table of windows with the columns name and date (CSV, Excel), a calendar of \
         windows (.ics) or a file of a connected system. This looks like CISA's catalogue of known exploited vulnerabilities (JSON): import it as \
         advisories"
    );
}

#[test]
fn a_table_of_something_else_says_what_it_looks_like() {
    let asked = import_topic(Topic::Windows, "list.csv", ADVISORIES, &plan()).unwrap();
    assert_eq!(
        asked.question.as_deref(),
        Some(
            "Missing columns \"name\" and \"date\", \"start\" or \"rule\": one of the first 50 rows must name the columns, or assign them \
             with the option column (found: published, id). This looks like a table of advisories with the columns id and \
             published (CSV, Excel): import it as advisories"
        )
    );
    assert!(asked.edits.is_empty());
}

#[test]
fn only_replies_take_several_files_at_once() {
    let progress = Progress::default();
    let two = [MemoryFile::new("a.csv", WINDOWS), MemoryFile::new("b.csv", WINDOWS)];
    let source = source(&two, &progress);
    let target = Target::new(Arc::new(plan()), "2027-01-01".parse().unwrap());
    let error = connect::read(&source, kind("windows-table"), &Options::default(), &target).unwrap_err();
    assert_eq!(error, ImportError::TooManyFiles(2));
}

#[test]
fn a_cancelled_import_gives_nothing() {
    let progress = Progress::default();
    let target = Target::new(Arc::new(plan()), "2027-01-01".parse().unwrap());
    for (id, text) in [("windows-table", WINDOWS), ("windows-calendar", CALENDAR), ("replies", MAIL)] {
        let source = source(&[MemoryFile::new("a", text)], &progress);
        source.head().unwrap();
        progress.cancel();
        let cancelled = connect::read(&source, kind(id), &Options::default(), &target);
        assert_eq!(cancelled, Err(ImportError::Cancelled), "{id}");
    }
}

#[test]
fn reading_counts_the_bytes_of_all_files() {
    let progress = Progress::default();
    let files = [MemoryFile::new("a.eml", MAIL), MemoryFile::new("b.eml", MAIL)];
    let source = source(&files, &progress);
    source.files().next().unwrap().bytes().unwrap();
    assert_eq!(progress.share(), Some(0.5));
}

#[test]
fn options_are_understood_as_they_are_typed() {
    let spec = |id: &str| kind("windows-table").options.iter().find(|spec| spec.id == id).unwrap();
    let problem = |id: &str, text: &str| spec(id).value.parse(text, &plan()).unwrap_err();
    assert_eq!(problem("start", "late"), "Invalid time of day \"late\": use e.g. 22:00");
    assert_eq!(problem("zone", "Atlantis"), "Unknown time zone \"Atlantis\": use e.g. Europe/Berlin");
    assert_eq!(problem("group", "web"), "Unknown group \"web\". Known groups: none");
    let options = options("windows-table", &[("start", "9:30 pm")], &plan());
    assert_eq!(options.time(spec("start")), Some("21:30:00".parse().unwrap()));
}

#[test]
fn the_list_of_kinds_is_sound() {
    let ids: BTreeSet<&str> = connect::catalogue().kinds().iter().map(|kind| kind.id).collect();
    assert_eq!(ids.len(), connect::catalogue().kinds().len(), "two kinds share an id");
    for topic in Topic::ALL {
        assert!(connect::kinds_of_topic(topic).next().is_some(), "{topic:?} has no kind");
    }
    for kind in connect::catalogue().kinds() {
        assert!(!kind.endings.is_empty() && !kind.name.is_empty() && !kind.help.is_empty(), "{kind:?}");
        let ids: BTreeSet<&str> = kind.options.iter().map(|option| option.id).collect();
        assert_eq!(ids.len(), kind.options.len(), "{kind:?}: two options share an id");
        let taken = ["into", "widen", "dry-run", "drop-unknown", "paths", "from", "format"];
        assert!(ids.iter().all(|id| !taken.contains(id)), "{kind:?}: an option has the name of an argument");
    }
}
