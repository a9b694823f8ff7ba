//! Notices of carriers: what is read from calendars and mails, which version counts, and what the plan is warned of.

use chrono::NaiveDate;
use windowsill::checks::{Findings, Severity};
use windowsill::import::{ImportError, Imported, NoticeReport, Options, Topic};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, NoticeImpact, NoticeStatus, Plan, Rule, System};
use windowsill::schedule::Schedule;

use crate::support::importing::{MemoryFile, import_files, import_topic, options};

fn plan() -> Plan {
    let system = |id: &str, circuit: &str| {
        Edit::PutSystem(System {
            id: id.into(),
            name: id.to_uppercase(),
            hosts: 1,
            circuits: vec![circuit.to_owned()],
            ..System::default()
        })
    };
    let mut window = MaintenanceWindow::new("core".into(), "Core", Rule::once(on("2027-03-13")));
    window.systems = vec!["db".into()];
    let edits = [system("db", "IC-1"), system("web", "IC-9"), Edit::PutWindow(window)];
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap())
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An event of a carrier. `lines` replace usual ones of the same name, or are added; "NAME" alone leaves one out.
fn event(lines: &[&str]) -> String {
    let usual = [
        "DTSTART;VALUE=DATE-TIME:20270313T210000Z",
        "DTEND;VALUE=DATE-TIME:20270314T030000Z",
        "DTSTAMP;VALUE=DATE-TIME:20270301T090000Z",
        "UID:w-1@carrier.example",
        "SUMMARY:Card replacement",
        "SEQUENCE:1",
        "X-MAINTNOTE-PROVIDER:carrier.example",
        "X-MAINTNOTE-ACCOUNT:1111",
        "X-MAINTNOTE-MAINTENANCE-ID:W-1",
        "X-MAINTNOTE-OBJECT-ID:IC-1",
        "X-MAINTNOTE-IMPACT:OUTAGE",
        "X-MAINTNOTE-STATUS:CONFIRMED",
    ];
    let name = |line: &str| line.split([';', ':']).next().unwrap().to_owned();
    let names: Vec<String> = lines.iter().map(|line| name(line)).collect();
    let kept = usual.iter().filter(|line| !names.contains(&name(line)));
    let own = lines.iter().filter(|line| line.contains(':') || line.starts_with(' '));
    let body: Vec<&str> = kept.chain(own).copied().collect();
    format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", body.join("\r\n"))
}

fn calendar(events: &[String]) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n", events.concat())
}

fn read(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import_topic(Topic::Notices, "notice", text, plan)
}

/// The plan after an import, and what the import said.
fn take(lines: &[&str], plan: &Plan) -> (Plan, Imported) {
    let imported = read(&calendar(&[event(lines)]), plan).unwrap();
    let after = imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap());
    (after, imported)
}

fn reports(imported: &Imported) -> &[NoticeReport] {
    imported.report.as_ref().and_then(|report| report.notices.as_deref()).unwrap()
}

/// Rows, imported rows, items, and the reasons why others are left out.
fn counts(imported: &Imported) -> (usize, usize, usize, Vec<String>) {
    let report = imported.report.as_ref().unwrap();
    let left_out: usize = report.left_out.iter().map(|left_out| left_out.count).sum();
    assert_eq!(report.rows, report.rows_imported + left_out, "{report:?}");
    let reasons = report.left_out.iter().map(|left_out| left_out.reason.clone()).collect();
    (report.rows, report.rows_imported, report.items, reasons)
}

/// The severities of W009.
fn carrier_findings(plan: &Plan) -> Vec<(Severity, String)> {
    let schedule = Schedule::derive(&std::sync::Arc::new(plan.clone()), None);
    let findings = Findings::check(&schedule, on("2027-01-01"), None);
    let found = findings.list.iter().filter(|finding| finding.rule.code == "W009");
    found.map(|finding| (finding.severity, finding.message.clone())).collect()
}

#[test]
fn a_notice_becomes_a_record_and_a_finding() {
    let (plan, imported) = take(&[], &plan());
    let [notice] = plan.notices().as_slice() else { panic!("{:?}", plan.notices()) };
    assert_eq!((notice.id.as_str(), &*notice.name), ("carrier-example-w-1", "Card replacement"));
    assert_eq!((notice.sequence, notice.status, notice.impact), (1, NoticeStatus::Confirmed, NoticeImpact::Outage));
    assert_eq!(counts(&imported), (1, 1, 1, vec![]));
    let [report] = reports(&imported) else { panic!("{imported:?}") };
    assert_eq!(
        (report.start.as_deref(), report.end.as_deref()),
        (Some("2027-03-13T21:00:00Z"), Some("2027-03-14T03:00:00Z"))
    );
    assert_eq!(
        (&*report.circuits, &*report.systems, report.removed),
        (&["IC-1".to_owned()][..], &["db".to_owned()][..], false)
    );
    let findings = carrier_findings(&plan);
    let [(severity, message)] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(*severity, Severity::Warning);
    assert!(message.contains("circuit IC-1 of DB") && message.contains("Sat 13 Mar 2027 22:00 – 04:00"), "{message}");
    assert!(take(&[], &plan).1.edit().is_none(), "the same file twice changes nothing");
}

#[test]
fn status_and_impact_decide_what_is_found() {
    for (lines, expected) in [
        (&["X-MAINTNOTE-STATUS:TENTATIVE"][..], vec![Severity::Note]),
        (&["X-MAINTNOTE-STATUS:IN-PROCESS"], vec![Severity::Warning]),
        (&["X-MAINTNOTE-STATUS:COMPLETED"], vec![]),
        (&["X-MAINTNOTE-STATUS:CANCELLED"], vec![]),
        (&["X-MAINTNOTE-IMPACT:NO-IMPACT"], vec![]),
        (&["X-MAINTNOTE-IMPACT:REDUCED-REDUNDANCY"], vec![Severity::Note]),
        (&["X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=NO-IMPACT:IC-1"], vec![]),
        (
            &["X-MAINTNOTE-IMPACT:NO-IMPACT", "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=DEGRADED:ic-1"],
            vec![Severity::Warning],
        ),
        (&["X-MAINTNOTE-OBJECT-ID:IC-9"], vec![]),
        (&["DTSTART:20270314T010000Z"], vec![]),
    ] {
        let (plan, _) = take(lines, &plan());
        let found: Vec<Severity> = carrier_findings(&plan).into_iter().map(|(severity, _)| severity).collect();
        assert_eq!(found, expected, "{lines:?}");
    }
}

#[test]
fn the_newest_version_counts_in_any_order() {
    let newer = ["SEQUENCE:2", "DTSTART:20270313T220000Z", "DTSTAMP:20270302T090000Z"];
    let cancelled = ["SEQUENCE:3", "X-MAINTNOTE-STATUS:CANCELLED"];
    let versions: [&[&str]; 3] = [&[], &newer, &cancelled];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let plan = order.iter().fold(plan(), |plan, index| take(versions[*index], &plan).0);
        assert!(plan.notices().is_empty(), "{order:?}");
        let (plan, imported) = take(&["SEQUENCE:4"], &plan);
        assert_eq!((plan.notices().len(), plan.cancelled_events().len()), (1, 0), "it takes place after all");
        assert!(imported.edit().is_some());
    }
    let (plan, imported) = take(&[], &take(&newer, &plan()).0);
    assert_eq!(plan.notices().as_slice()[0].sequence, 2);
    assert_eq!(counts(&imported), (1, 0, 0, vec!["an older version than the plan has".to_owned()]));
    let (plan, _) = take(&["SEQUENCE", "DTSTAMP:20270302T100000Z", "X-MAINTNOTE-STATUS"], &plan);
    assert_eq!(plan.notices().as_slice()[0].sequence, -1, "without SEQUENCE the time of writing decides");
}

#[test]
fn a_file_may_have_several_versions_and_other_events() {
    let other = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270301T080000Z\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n".to_owned();
    let events = [event(&["SEQUENCE:2"]), event(&[]), event(&["X-MAINTNOTE-MAINTENANCE-ID:W-2"]), other];
    let imported = read(&calendar(&events), &plan()).unwrap();
    let (rows, taken, items, reasons) = counts(&imported);
    assert_eq!((rows, taken, items), (4, 2, 2));
    assert_eq!(reasons, ["an event that is not a carrier's notice", "an older version than another in the file"]);
    assert_eq!(reports(&imported).len(), 3);
}

#[test]
fn missing_fields_are_said_and_nothing_is_guessed() {
    for (lines, taken, expected) in [
        (&["X-MAINTNOTE-ACCOUNT"][..], 1, "no account"),
        (&["X-MAINTNOTE-MAINTENANCE-ID"], 0, "X-MAINTNOTE-MAINTENANCE-ID is missing"),
        (&["X-MAINTNOTE-PROVIDER"], 0, "X-MAINTNOTE-PROVIDER is missing"),
        (&["DTEND"], 0, "it has no end"),
        (&["DTSTART"], 0, "DTSTART is missing"),
        (&["DTSTART:20270315T000000Z"], 0, "before"),
        (&["X-MAINTNOTE-STATUS"], 1, "no status"),
        (&["X-MAINTNOTE-STATUS:PERHAPS"], 1, "unknown status \"PERHAPS\""),
        (&["X-MAINTNOTE-IMPACT:NOISE"], 1, "Unknown impact \"NOISE\""),
        (&["X-MAINTNOTE-OBJECT-ID"], 1, "no circuits"),
        (&["X-MAINTNOTE-OBJECT-ID:IC-7"], 1, "1 of 1 circuit in no system (\"IC-7\")"),
    ] {
        let (plan, imported) = take(lines, &plan());
        let (rows, imported_rows, ..) = counts(&imported);
        assert_eq!(
            (rows, imported_rows, plan.notices().len()),
            (1, taken, taken),
            "{lines:?}: {:?}",
            imported.warnings
        );
        let said = imported.warnings.iter().any(|warning| warning.to_string().contains(expected));
        assert!(said, "{lines:?}: {:?}", imported.warnings);
    }
}

#[test]
fn raw_line_breaks_in_a_text_end_nothing() {
    let text =
        "DESCRIPTION:We replace a card.\r\nThe work takes four hours (both\r\n  cards).\r\nX-MAINTNOTE-OBJECT-ID:IC-1";
    let (plan, _) = take(&[text, "X-MAINTNOTE-OBJECT-ID"], &plan());
    let notice = &plan.notices().as_slice()[0];
    assert_eq!(notice.text, "We replace a card.\nThe work takes four hours (both cards).");
    assert_eq!(notice.circuits.len(), 1);
}

#[test]
fn mails_hold_notices_too() {
    let head = "From: noc@carrier.example\r\nSubject: Work\r\nMIME-Version: 1.0\r\n";
    let calendar = calendar(&[event(&["X-MAINTNOTE-STATUS:CANCELLED", "X-MAINTNOTE-OBJECT-ID"])]);
    let with_calendar = format!(
        "{head}Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nCancelled.\r\n\
         --b\r\nContent-Type: text/calendar; name=\"a.ics\"\r\n\r\n{calendar}\r\n--b--\r\n"
    );
    // Names of headers may have more than letters and hyphens (RFC 5322, 2.2).
    for mail in [with_calendar.clone(), format!("X-mail_abuse.inquiries: 1\r\n{with_calendar}")] {
        assert!(reports(&read(&mail, &plan()).unwrap())[0].removed, "{mail}");
    }
    let prose = format!(
        "{}\r\nMaintenance on an AWS Direct Connect router in City from Sat, 13 Mar 2027 21:00:00 GMT to Sun, 14 Mar\r\n\
         2027 03:00:00 GMT for 6 hours.\r\n\r\ndxcon-fg000001\r\n",
        head.replace("Work", "Maintenance [AWS Account: 123456789012]")
    );
    let options = options("maintnote", &[("circuit", "dxcon-fg000001=db")], &plan());
    let files = [MemoryFile::new("a.eml", prose.as_str())];
    let imported = import_files("maintnote", &files, &options, &plan(), on("2027-01-01")).unwrap();
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    assert_eq!(after.systems().get(&"db".into()).unwrap().circuits, ["IC-1", "dxcon-fg000001"]);
    assert_eq!(carrier_findings(&after).len(), 1);
    assert_eq!(reports(&imported)[0].provider, "aws");
    let refused = read(&format!("{head}\r\nWe work on Saturday.\r\n"), &plan()).unwrap_err().to_string();
    assert!(refused.contains("ask the carrier"), "{refused}");
}

#[test]
fn other_files_are_refused_by_name() {
    let plain = calendar(&["BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270301T080000Z\r\nEND:VEVENT\r\n".to_owned()]);
    let circuits: Vec<u8> = "\u{feff}OCN\tLegal Customer\tOrder Number\tCircuit ID\r\nOCN: 1\tA\t2\tC-1\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, expected) in [
        (plain.into_bytes(), "calendar of windows"),
        (circuits, "Colt's list of affected circuits"),
        (b"name;date\nA;2027-03-13\n".to_vec(), "table of windows"),
    ] {
        let progress = windowsill::progress::Progress::default();
        let source = crate::support::importing::source(&[MemoryFile::new("a", bytes)], &progress);
        let refused = windowsill::connect::recognise(&source, Some(Topic::Notices)).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    let imported = import_files(
        "maintnote",
        &[MemoryFile::new("a", calendar(&[]).as_str())],
        &Options::default(),
        &plan(),
        on("2027-01-01"),
    );
    assert_eq!(counts(&imported.unwrap()), (0, 0, 0, vec![]));
}

#[test]
fn a_persons_notes_stay() {
    let (before, _) = take(&[], &plan());
    let mut notice = (*before.notices().as_slice()[0]).clone();
    notice.notes = "Asked for another night".to_owned();
    let before = before.apply(&Edit::PutNotice(notice)).unwrap();
    let (plan, _) = take(&["SEQUENCE:2", "X-MAINTNOTE-STATUS:COMPLETED"], &before);
    let notice = &plan.notices().as_slice()[0];
    assert_eq!((&*notice.notes, notice.status), ("Asked for another night", NoticeStatus::Completed));
}

const SECOND_NIGHT: [&str; 3] = ["UID:w-1-b@carrier.example", "DTSTART:20270410T210000Z", "DTEND:20270411T030000Z"];

/// The days on which work begins, and its circuits.
fn works(plan: &Plan) -> Vec<(String, String)> {
    let mut works: Vec<_> = plan
        .notices()
        .iter()
        .map(|notice| {
            let circuits: Vec<&str> = notice.circuits.iter().map(|circuit| circuit.id.as_str()).collect();
            (notice.starts_at.to_utc().date_naive().to_string(), circuits.join(","))
        })
        .collect();
    works.sort();
    works
}

fn take_all(events: &[String], plan: &Plan) -> (Plan, Imported) {
    let imported = read(&calendar(events), plan).unwrap();
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), imported)
}

fn work(day: &str, circuits: &str) -> (String, String) {
    (day.to_owned(), circuits.to_owned())
}

#[test]
fn several_nights_of_one_work_are_notices_of_their_own() {
    let both = [event(&[]), event(&SECOND_NIGHT)];
    let nights = [work("2027-03-13", "IC-1"), work("2027-04-10", "IC-1")];
    let (after, imported) = take_all(&both, &plan());
    assert_eq!((works(&after), counts(&imported)), (nights.to_vec(), (2, 2, 1, vec![])));
    assert_eq!(carrier_findings(&after).len(), 1, "the window of 13 March");
    assert!(take_all(&both, &after).1.edit().is_none(), "the same file twice changes nothing");
    // One mail for each night, in any order.
    let (first, _) = take(&SECOND_NIGHT, &plan());
    assert_eq!(works(&take(&[], &first).0), nights);
    // A part has versions of its own.
    let later = [
        "SEQUENCE:2",
        "DTSTAMP:20270302T090000Z",
        "DTSTART:20270417T210000Z",
        "DTEND:20270418T030000Z",
        SECOND_NIGHT[0],
    ];
    let (moved, _) = take(&later, &after);
    assert_eq!(works(&moved), [work("2027-03-13", "IC-1"), work("2027-04-17", "IC-1")]);
    assert!(take(&SECOND_NIGHT, &moved).1.edit().is_none(), "an older version");
    // A cancellation removes the part with its UID, and is remembered for that one.
    let cancelled = ["SEQUENCE:3", "DTSTAMP:20270303T090000Z", "X-MAINTNOTE-STATUS:CANCELLED", SECOND_NIGHT[0]];
    let (left, _) = take(&cancelled, &moved);
    assert_eq!(works(&left), [work("2027-03-13", "IC-1")]);
    assert_eq!(works(&take_all(&both, &left).0), [work("2027-03-13", "IC-1")]);
    // One with another UID removes the work as a whole.
    let whole = ["SEQUENCE:3", "DTSTAMP:20270303T090000Z", "X-MAINTNOTE-STATUS:CANCELLED", "UID:other@carrier.example"];
    let (none, _) = take(&whole, &moved);
    assert_eq!(works(&none), []);
    assert_eq!(works(&take_all(&both, &none).0), []);
    // Both nights are cancelled in one file.
    let one = event(&["SEQUENCE:3", "DTSTAMP:20270303T090000Z", "X-MAINTNOTE-STATUS:CANCELLED"]);
    assert_eq!(works(&take_all(&[one, event(&cancelled)], &after).0), []);
}

#[test]
fn events_for_each_circuit_of_a_work_are_all_kept() {
    let other = ["UID:w-1-b@carrier.example", "X-MAINTNOTE-OBJECT-ID:IC-2"];
    let (after, imported) = take_all(&[event(&[]), event(&other)], &plan());
    assert_eq!(works(&after), [work("2027-03-13", "IC-1"), work("2027-03-13", "IC-2")]);
    assert_eq!(counts(&imported), (2, 2, 1, vec![]));
    // The same work under two UIDs is there once.
    let (after, imported) = take_all(&[event(&[]), event(&["UID:copy@carrier.example"])], &plan());
    assert_eq!(works(&after), [work("2027-03-13", "IC-1")]);
    assert_eq!(counts(&imported).3, ["repeated in the file"]);
}

#[test]
fn a_later_version_under_another_uid_replaces_the_only_one() {
    let later = ["UID:new@carrier.example", "SEQUENCE:2", "DTSTAMP:20270302T090000Z", SECOND_NIGHT[1], SECOND_NIGHT[2]];
    let expected = [work("2027-04-10", "IC-1")];
    let (first, _) = take(&[], &plan());
    assert_eq!(works(&take(&later, &first).0), expected);
    assert_eq!(works(&take_all(&[event(&[]), event(&later)], &plan()).0), expected);
    // If there are several, it is added, and what stays is said.
    let (both, _) = take_all(&[event(&[]), event(&SECOND_NIGHT)], &plan());
    let new = [
        "UID:new@carrier.example",
        "SEQUENCE:2",
        "DTSTAMP:20270302T090000Z",
        "DTSTART:20270508T210000Z",
        "DTEND:20270509T030000Z",
    ];
    let (after, imported) = take(&new, &both);
    assert_eq!(works(&after).len(), 3);
    let told = "carrier.example W-1: 2 earlier notices of this work with another UID stay in the plan: delete what no longer \
                takes place";
    assert!(imported.warnings.iter().any(|warning| warning.message == told), "{:?}", imported.warnings);
}

#[test]
fn the_number_that_is_marked_as_primary_counts() {
    let own = ["X-MAINTNOTE-MAINTENANCE-ID;X-MAINTNOTE-PRECEDENCE=NON-PRIMARY:EXT-9"];
    let with = |lines: &[&str]| event(&[&own[..], lines].concat());
    for marked in ["X-MAINTNOTE-MAINTENANCE-ID;X-MAINTNOTE-PRECEDENCE=PRIMARY:W-1", "X-MAINTNOTE-MAINTENANCE-ID:W-1"] {
        let (after, _) = take_all(&[with(&[marked])], &plan());
        assert_eq!(after.notices().as_slice()[0].number, "W-1", "{marked}");
        let (after, _) = take(&["SEQUENCE:2", "X-MAINTNOTE-STATUS:CANCELLED"], &after);
        assert_eq!(works(&after), [], "{marked}");
    }
    let (after, _) = take_all(&[with(&[])], &plan());
    assert_eq!(after.notices().as_slice()[0].number, "EXT-9");
}

#[test]
fn work_that_repeats_is_imported_once_and_said() {
    for line in ["RRULE:FREQ=DAILY;COUNT=3", "RDATE:20270314T210000Z"] {
        let (after, imported) = take(&[line], &plan());
        assert_eq!(works(&after), [work("2027-03-13", "IC-1")]);
        let told = imported.warnings.iter().any(|warning| warning.message.contains("W-1: it repeats (RRULE or RDATE)"));
        assert!(told, "{line}: {:?}", imported.warnings);
    }
}
