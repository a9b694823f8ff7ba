//! Invites, updates and cancellations: what is written, and that an owner's calendar which applies it is the plan.

use std::sync::Arc;

use mail_parser::{MessageParser, MimeHeaders as _};
use windowsill::export::ExportFile;
use windowsill::export::ics::{CalendarOptions, calendar};
use windowsill::export::invites::{InvitesOrder, NoOrganizer, Occasion, Organizer, Outgoing, Which};
use windowsill::model::{BusinessArea, Edit, InviteTexts, MaintenanceWindow, Plan, Rule, SentInvite, System};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::session::History;
use windowsill::store::{parse, to_text};

use crate::common::dates::date;
use crate::common::harbour;
use crate::common::owners::{applied, derived, exported, march, plan, today, unfolded};

fn summary(plan: &Plan, occasion: Occasion) -> String {
    Outgoing::new(&derived(plan), today(), &InvitesOrder { which: Which::All, occasion }).summary()
}

#[track_caller]
fn file(files: &[ExportFile], name: &str) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let found = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name} is not in {names:#?}"));
    String::from_utf8(found.bytes.clone()).unwrap()
}

fn moved(plan: &Plan, to: &str) -> Plan {
    let edit = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: date("2027-03-20"),
        to: date(to),
        start: None,
        duration: None,
    };
    applied(plan, &edit)
}

#[test]
fn a_message_that_cannot_be_written_is_reported() {
    let (_, plan) = exported(&plan(), &march());
    let mut parts = plan.to_parts();
    let shout = |sent: &SentInvite| {
        let mut sent = sent.clone();
        sent.key.to = sent.key.to.replace("payments@bank", "Payments@Bank");
        sent
    };
    parts.sent_invites = parts.sent_invites.iter().map(|sent| shout(sent)).collect();
    let schedule = derived(&parts.into());
    let outgoing = Outgoing::new(&schedule, today(), &InvitesOrder { which: march(), occasion: Occasion::Due });
    let omissions = outgoing.omissions().unwrap();
    let text = "Cannot be written: \"Payments@Bank.example\" (core-db, Sat 20 Mar 2027): correct the address";
    assert!(omissions.contains(text), "{omissions}");
    assert!(outgoing.messages.iter().all(|message| message.sent.key.to != "Payments@Bank.example"));
}

#[test]
fn an_invite_is_one_event_for_one_owner_under_the_uid_of_the_year_calendar() {
    let (files, _) = exported(&plan(), &march());
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let stems = ["payments", "trading"].map(|owner| format!("2027-03-20 core-db {owner}@bank.example invite"));
    let wanted = stems.iter().flat_map(|stem| [format!("{stem}.ics"), format!("{stem}.eml")]);
    assert_eq!(names, wanted.chain(["summary.txt".to_owned()]).collect::<Vec<_>>());
    let text = unfolded(&file(&files, "2027-03-20 core-db payments@bank.example invite.ics"));
    assert!(
        text.starts_with(&format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Windowsill//Maintenance windows//EN\r\nCALSCALE:GREGORIAN\r\n\
             METHOD:REQUEST\r\nX-WINDOWSILL-ZONE-DATA:{}\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n",
            ZoneData::bundled().release()
        )),
        "{text}"
    );
    for line in [
        "UID:20270320.core-db@harbour.windowsill",
        "DTSTAMP:20270104T000000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/London:20270320T220000",
        "DTEND;TZID=Europe/London:20270321T020000",
        "SUMMARY:Core DB patching",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "ORGANIZER;CN=Change management:mailto:change@bank.example",
        "ATTENDEE;CN=A. Osei;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:payments@bank.example",
    ] {
        assert_eq!(text.matches(&format!("\r\n{line}\r\n")).count(), 1, "{line}\n{text}");
    }
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
}

/// The UIDs in a file, sorted.
fn uids(text: &str) -> Vec<String> {
    let text = unfolded(text);
    let mut uids: Vec<String> = text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
    uids.sort();
    uids
}

#[test]
fn uids_stay_the_same_through_rename_move_undo_save_and_load() {
    let year = |plan: &Plan| uids(&calendar(&derived(plan), CalendarOptions::default()));
    let invited = |plan: &Plan| {
        let (files, _) = exported(plan, &Which::Area("payments".into()));
        let calendars = files.iter().filter(|file| file.bytes.starts_with(b"BEGIN:VCALENDAR"));
        uids(&calendars.map(|file| String::from_utf8(file.bytes.clone()).unwrap()).collect::<String>())
    };
    let first = plan();
    let before = year(&first);
    assert_eq!(before.len(), 12);
    let mut history = History::new(Arc::new(first.clone()));
    let renamed = MaintenanceWindow { name: "Renamed".into(), ..harbour::window() };
    for edit in [Edit::PutWindow(renamed), Edit::SetTitle("Renamed".into())] {
        history.push(String::new(), Arc::new(applied(history.current(), &edit)));
    }
    history.push(String::new(), Arc::new(moved(history.current(), "2027-03-27")));
    let loaded = parse(&to_text(history.current()).unwrap()).unwrap().plan;
    assert!(history.undo());
    for plan in [&first, &**history.current(), &loaded] {
        assert_eq!((year(plan), invited(plan)), (before.clone(), before.clone()));
    }
}

#[test]
fn the_draft_holds_the_text_and_the_very_calendar_file_as_its_last_alternative() {
    let (files, _) = exported(&plan(), &march());
    let stem = "2027-03-20 core-db trading@bank.example invite";
    let (calendar, draft) = (file(&files, &format!("{stem}.ics")), file(&files, &format!("{stem}.eml")));
    let mail = MessageParser::default().parse(draft.as_bytes()).unwrap();
    assert!(draft.contains("X-Unsent: 1\r\n"), "{draft}");
    assert!(draft.contains("\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"), "{draft}");
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("change@bank.example"));
    assert_eq!(mail.to().unwrap().first().unwrap().name(), Some("M. Lind"));
    assert_eq!(mail.subject(), Some("Maintenance window Core DB patching, Sat 20 Mar 2027"));
    let alternatives = mail.part(0).unwrap();
    assert!(alternatives.content_type().is_some_and(|kind| kind.subtype() == Some("alternative")));
    let last = mail.parts.last().unwrap();
    assert!(last.content_type().is_some_and(|kind| kind.subtype() == Some("calendar")));
    assert_eq!(last.text_contents().unwrap(), calendar);
    let words = mail.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(
        words,
        "Dear M. Lind,\n\n\
         Core DB patching is planned for Sat 20 Mar 2027, 22:00 GMT to 02:00 on Sun 21 Mar 2027, and affects systems of \
         Trading: Ledger.\n\n\
         Impact and workarounds: Payments read-only for 2 h; use the branch form\n\
         Roll back by: Sun 21 Mar 2027 00:47 GMT\n\n\
         Please accept or decline by Sat 13 Mar 2027.\n\n\
         Change management"
    );
}

#[test]
fn a_move_is_an_update_and_a_skip_a_cancellation_and_both_say_so() {
    let (_, sent) = exported(&plan(), &march());
    let (files, sent) = exported(&moved(&sent, "2027-03-27"), &march());
    let stem = "2027-03-27 core-db trading@bank.example update";
    let update = unfolded(&file(&files, &format!("{stem}.ics")));
    for line in ["METHOD:REQUEST", "SEQUENCE:1", "UID:20270320.core-db@harbour.windowsill"] {
        assert!(update.contains(&format!("\r\n{line}\r\n")), "{line}\n{update}");
    }
    let draft = file(&files, &format!("{stem}.eml"));
    let mail = MessageParser::default().parse(draft.as_bytes()).unwrap();
    assert_eq!(mail.subject(), Some("Moved: Maintenance window Core DB patching, Sat 27 Mar 2027"));
    let words = mail.body_text(0).unwrap().into_owned();
    assert!(
        words.starts_with(
            "Moved: Core DB patching takes place on Sat 27 Mar 2027, 22:00 GMT to 02:00 BST on Sun 28 Mar 2027. \
             It was Sat 20 Mar 2027 22:00 GMT."
        ),
        "{words}"
    );
    let skip =
        Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-03-20"), reason: "{date} of the audit".into() };
    let (files, sent) = exported(&applied(&sent, &skip), &march());
    // Named by the day on which the owner has it.
    let stem = "2027-03-27 core-db trading@bank.example cancellation";
    let cancelled = unfolded(&file(&files, &format!("{stem}.ics")));
    for line in ["METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"] {
        assert!(cancelled.contains(&format!("\r\n{line}\r\n")), "{line}\n{cancelled}");
    }
    let mail = file(&files, &format!("{stem}.eml"));
    let mail = MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert!(mail.subject().unwrap().starts_with("Cancelled: "));
    assert!(mail.body_text(0).unwrap().contains("does not take place: {date} of the audit."));
    assert_eq!(exported(&sent, &march()).0.len(), 1, "nothing is left but the summary");
}

#[test]
fn a_window_that_is_gone_is_cancelled_with_what_the_owner_was_sent() {
    let (_, sent) = exported(&plan(), &march());
    let (files, _) = exported(&applied(&sent, &Edit::RemoveWindow("core-db".into())), &Which::All);
    let text = unfolded(&file(&files, "2027-03-20 core-db payments@bank.example cancellation.ics"));
    for line in [
        "METHOD:CANCEL",
        "SEQUENCE:1",
        "SUMMARY:Cancelled: Core DB patching",
        "DTSTART;TZID=Europe/London:20270320T220000",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}\n{text}");
    }
}

#[test]
fn the_summary_counts_occurrences_and_owners_and_names_who_cannot_be_written_to() {
    let mut before = plan().to_parts();
    let nameless = BusinessArea { id: "web".into(), name: "Web shop".into(), ..BusinessArea::default() };
    before.areas = before.areas.with(nameless);
    before.systems = before
        .systems
        .with(System { area: Some("web".into()), ..System::clone(before.systems.get(&"web".into()).unwrap()) });
    let mut window = MaintenanceWindow::clone(before.windows.get(&"core-db".into()).unwrap());
    window.systems = vec!["web".into()];
    before.windows = before.windows.with(window);
    let (files, sent) = exported(&before.into(), &Which::All);
    assert!(file(&files, "summary.txt").starts_with(
        "Harbour Trust 2027\n24 invites: 12 dates, 2 owners\nNo address, so not written to: Web shop\n\nSat 16 Jan 2027  22:00 GMT  Invite"
    ), "{}", file(&files, "summary.txt"));
    assert_eq!(summary(&sent, Occasion::Due), "Nothing to send: everybody has the current dates");
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-04-17"), reason: String::new() };
    let changed = applied(&moved(&sent, "2027-03-27"), &skip);
    let changed = applied(
        &changed,
        &Edit::AddOccurrence { window: "core-db".into(), on: date("2027-05-01"), start: None, duration: None },
    );
    assert_eq!(summary(&changed, Occasion::Due), "6 invites: 1 moved, 1 cancelled, 1 added, 2 owners");
}

#[test]
fn what_was_sent_last_can_be_written_again_with_the_same_sequence() {
    let (first, sent) = exported(&plan(), &march());
    let schedule = derived(&moved(&sent, "2027-03-27"));
    let outgoing = Outgoing::new(&schedule, today(), &InvitesOrder { which: Which::All, occasion: Occasion::Again });
    assert_eq!(outgoing.summary(), "2 invites: 1 date, 2 owners, as sent on Mon 4 Jan 2027");
    assert_eq!(outgoing.edit_to_record(), None);
    let organizer = Organizer::from_texts(schedule.plan.invites()).unwrap();
    let again: Vec<ExportFile> = outgoing.files(&organizer).collect();
    let name = "2027-03-20 core-db payments@bank.example invite.ics";
    let times = |text: String| {
        let wanted = ["DTSTART", "DTEND", "SEQUENCE", "UID", "METHOD"];
        text.lines()
            .filter(|line| wanted.iter().any(|start| line.starts_with(start)))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(times(file(&again, name)), times(file(&first, name)));
}

#[test]
fn nobody_is_invited_by_nobody() {
    for email in ["", "change management", "a@b\r\nBCC:c@d"] {
        let texts = InviteTexts { email: email.into(), ..InviteTexts::default() };
        assert_eq!(Organizer::from_texts(&texts), Err(NoOrganizer), "{email:?}");
    }
    assert!(NoOrganizer.to_string().contains("Invite texts"));
}

#[test]
fn a_window_that_happens_once_is_named_by_the_day_on_which_it_happens() {
    let mut parts = plan().to_parts();
    let once = MaintenanceWindow { rule: Rule::once(date("2027-06-05")), ..harbour::window() };
    parts.windows = parts.windows.with(once);
    let plan = Plan::from(parts);
    let (files, _) = exported(&plan, &Which::Area("payments".into()));
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let stem = "2027-06-05 core-db payments@bank.example invite";
    assert_eq!(names, [format!("{stem}.ics"), format!("{stem}.eml"), "summary.txt".to_owned()]);
}
