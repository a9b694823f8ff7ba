//! Replies as mail programs keep them, answers that decide nothing, and addresses that are only nearly those invited.

use std::fs;

use windowsill::import::{Imported, Item, Options};
use windowsill::model::{Agreement, AreaId, BusinessArea, Edit, LedgerEntry, LedgerKey, Plan, occurrence_uid};
use windowsill::schedule::Schedule;
use windowsill::schedule::agreement::ledger::{AnswerState, Ledger};

use crate::common::dates::{date, moved};
use crate::common::invited::{invited, sent};
use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, options};

const ON: &str = "2027-03-20";
const ANN: &str = "ann.oneill@bank.example";

/// A reply to the invite of that day; `lines` are more lines of the event.
fn reply_on(on: &str, attendee: &str, lines: &str) -> String {
    let uid = occurrence_uid(&"harbour".into(), &"core-db".into(), date(on));
    format!(
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nATTENDEE;{attendee}\r\n{lines}END:VEVENT\r\n\
         END:VCALENDAR\r\n"
    )
}

fn reply(attendee: &str, lines: &str) -> String {
    reply_on(ON, attendee, lines)
}

fn written_on(day: &str) -> String {
    format!("DTSTAMP:202701{day}T120000Z\r\nSEQUENCE:0\r\n")
}

fn accepted(day: &str) -> String {
    reply(&format!("CN=Ann;PARTSTAT=ACCEPTED:mailto:{ANN}"), &written_on(day))
}

fn tentative(day: &str) -> String {
    reply(&format!("CN=Ann;PARTSTAT=TENTATIVE:mailto:{ANN}"), &(written_on(day) + "COMMENT:Perhaps\r\n"))
}

fn mail(calendar: &str) -> String {
    format!("From: {ANN}\nSubject: Re\nContent-Type: text/calendar; method=REPLY\n\n{calendar}")
}

fn judged_with(plan: &Plan, files: &[MemoryFile], chosen: &Options) -> Imported {
    import_files("replies", files, chosen, plan, date("2027-03-01")).unwrap()
}

fn judged(plan: &Plan, name: &str, bytes: impl Into<Vec<u8>>) -> Imported {
    judged_with(plan, &[MemoryFile::new(name, bytes)], &Options::default())
}

fn items(imported: &Imported) -> Vec<&Item> {
    imported.sections.iter().flat_map(|section| &section.items).collect()
}

fn remarks(imported: &Imported) -> String {
    items(imported).iter().map(|item| item.remark.as_str()).collect::<Vec<_>>().join("\n")
}

fn after(plan: &Plan, imported: &Imported) -> Plan {
    plan.apply(&imported.edit().unwrap()).unwrap()
}

fn entry(plan: &Plan) -> LedgerEntry {
    let key = LedgerKey { window: "core-db".into(), on: date(ON), area: AreaId::new("cards") };
    LedgerEntry::clone(plan.ledger().get(&key).unwrap())
}

/// The state of the cards' answer for March, long after everything was sent.
fn state(plan: &Plan) -> AnswerState {
    let schedule = Schedule::derive(&std::sync::Arc::new(plan.clone()), None);
    let ledger = Ledger::derive(&schedule, date("2027-03-01"), None);
    let window = &ledger.windows[0];
    let index = window.occurrences().iter().position(|occurrence| occurrence.original_on() == date(ON)).unwrap();
    window.states(plan.areas().position(&"cards".into()).unwrap())[index]
}

#[test]
fn a_tentative_or_delegated_answer_is_never_silent() {
    assert_eq!(state(&invited()), AnswerState::Silent);
    let delegated =
        reply(&format!("PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:dee@x.example\":mailto:{ANN}"), &written_on("09"));
    let undated = reply(&format!("PARTSTAT=TENTATIVE:mailto:{ANN}"), "");
    for (text, said, note) in [
        (tentative("09"), "Tentative: Perhaps", "tentative. Perhaps"),
        (delegated, "Delegated to dee@x.example", "delegated to dee@x.example"),
        (undated, "Tentative", "tentative"),
    ] {
        let replies = judged(&invited(), "a.ics", text.as_str());
        assert!(items(&replies)[0].text.ends_with(said), "{replies:?}");
        assert!(remarks(&replies).contains("decides nothing: the area counts as asked, with a note"));
        let plan = after(&invited(), &replies);
        let entry = entry(&plan);
        assert_eq!((entry.agreement, state(&plan)), (Agreement::Asked { on: date("2027-01-04") }, AnswerState::Asked));
        assert!(entry.notes.ends_with(note), "{}", entry.notes);
        assert_eq!(judged(&plan, "a.ics", text).edit(), None, "a second time");
    }
}

#[test]
fn a_tentative_answer_keeps_an_earlier_one() {
    let plan = after(&invited(), &judged(&invited(), "a.ics", accepted("07")));
    let replies = judged(&plan, "b.ics", tentative("09"));
    assert!(remarks(&replies).contains("the earlier answer stays (agreed, Thu 7 Jan 2027)"), "{replies:?}");
    let changed = after(&plan, &replies);
    assert_eq!(entry(&changed).agreement, Agreement::Agreed { on: date("2027-01-07"), by: "Ann".into() });
    assert_eq!(
        (entry(&changed).notes.as_str(), state(&changed)),
        ("Ann, Sat 9 Jan 2027: tentative. Perhaps", AnswerState::Agreed)
    );
    assert_eq!(judged(&changed, "b.ics", tentative("09")).edit(), None);
    // One that was written before the answer in the ledger changes nothing.
    assert!(remarks(&judged(&plan, "c.ics", tentative("05"))).contains("The ledger has a newer answer"));
    // An answer that was typed in stays, too, and so does its reason.
    let typed = LedgerEntry {
        agreement: Agreement::Declined { on: date("2027-01-06"), by: "Ann".into(), reason: "Close".into() },
        replied_at: None,
        answered_for: None,
        ..entry(&plan)
    };
    let typed_in = plan.apply(&Edit::PutEntry(typed.clone())).unwrap();
    assert_eq!(entry(&after(&typed_in, &judged(&typed_in, "b.ics", tentative("09")))).agreement, typed.agreement);
}

#[test]
fn a_tentative_answer_about_new_times_replaces_one_about_others_and_says_so() {
    let plan = after(&invited(), &judged(&invited(), "a.ics", accepted("07")));
    let plan = sent(plan.apply(&moved(ON, "2027-03-27")).unwrap(), "2027-01-08");
    let replies = judged(&plan, "b.ics", tentative("09").replace("SEQUENCE:0", "SEQUENCE:1"));
    assert!(
        remarks(&replies).contains("its earlier answer was about other times (agreed, Thu 7 Jan 2027)"),
        "{replies:?}"
    );
    assert_eq!(state(&after(&plan, &replies)), AnswerState::Asked);
}

#[test]
fn a_mailbox_gives_the_replies_of_all_its_mails() {
    let other = reply_on("2027-04-17", "PARTSTAT=DECLINED:mailto:bo.hedlund@bank.example", "COMMENT:From now on\r\n");
    let winmail = "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n";
    let text = format!(
        "From - Sat Jan  9 12:00:00 2027\nX-Mozilla-Status: 0001\n{}\nFrom ann Sat Jan  9 12:00:00 2027\nSubject: Hello\n\n\
         From here it is far.\n\nFrom x@y.example Sun Jan 10 12:00:00 2027\n{}\nFrom z\n{winmail}",
        mail(&accepted("07")),
        mail(&other)
    );
    for name in ["inbox.mbox", "Inbox"] {
        let replies = judged(&invited(), name, text.as_str());
        assert_eq!(replies.summary, "2 replies", "{replies:?}");
        assert!(remarks(&replies).contains("1 of 4 mails in the mailbox contains no calendar"), "{replies:?}");
        assert!(remarks(&replies).contains("Mail 4: A part of the mail is in Outlook's format winmail.dat"));
    }
}

#[test]
fn a_mail_of_apple_mail_is_read() {
    let mail = mail(&accepted("07"));
    let text = format!(
        "{:<10}\n{mail}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"></plist>\n",
        mail.len()
    );
    assert_eq!(judged(&invited(), "1234.emlx", text).summary, "1 reply");
    let partial = "30\nFrom: a@b.example\nSubject: Re\n\n<?xml version=\"1.0\"?>";
    assert!(
        remarks(&judged(&invited(), "1234.partial.emlx", partial))
            .contains("stored the attachments of this mail elsewhere")
    );
}

#[test]
fn a_folder_of_mails_without_endings_is_read_and_what_is_not_read_is_named() {
    let desk = Desk::new();
    windowsill::store::save_anyway(&desk.path("plan.ron"), &invited()).unwrap();
    for folder in ["box/cur", "box/new", "box/tmp"] {
        fs::create_dir_all(desk.path(folder)).unwrap();
    }
    desk.write("box/cur/1805450000.M1P2.host:2,S", &mail(&accepted("07")));
    desk.write("box/new/1805450001.M1P2.host", "Subject: Hello\nFrom: a@b.example\n\nHi\n");
    desk.write("box/dovecot.index.log", "\u{1}\u{2}\0\0");
    fs::write(desk.path("box/answer.msg"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0").unwrap();
    fs::write(desk.path("box/winmail.dat"), b"\x78\x9F\x3E\x22\0\0").unwrap();
    let text = desk.run("import replies box --into plan.ron --dry-run").fine();
    assert!(text.contains("Would import 1 reply"), "{text}");
    for words in
        ["Outlook's format (.msg) is not read", "winmail.dat, which only Outlook reads", "contains no calendar"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("dovecot"), "{text}");
    // Named alone, it is refused by name as well.
    let alone = desk.run("import replies box/answer.msg --into plan.ron").fine();
    assert!(alone.contains("Outlook's format (.msg) is not read") && alone.contains("Nothing to import"), "{alone}");
}

#[test]
fn parts_that_are_not_read_are_named_beside_those_that_are() {
    let part = |kind: &str, body: &str| format!("--b\nContent-Type: {kind}\n\n{body}\n");
    let mail = |parts: &[String]| {
        format!("From: {ANN}\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--\n", parts.concat())
    };
    let calendar = part("text/calendar", &accepted("07"));
    for (kind, words) in [
        ("application/octet-stream; name=\"Winmail.dat\"", "winmail.dat"),
        ("application/vnd.ms-outlook; name=\"a.msg\"", ".msg"),
        ("application/pkcs7-mime; name=\"smime.p7m\"", "encrypted"),
    ] {
        let replies = judged(&invited(), "a.eml", mail(&[calendar.clone(), part(kind, "x")]));
        assert!(replies.summary == "1 reply" && remarks(&replies).contains(words), "{replies:?}");
    }
    let attached = part("application/octet-stream; name=\"Re.eml\"", &self::mail(&accepted("07")));
    assert_eq!(judged(&invited(), "a.eml", mail(&[attached])).summary, "1 reply");
}

#[test]
fn an_alias_is_offered_and_counts_once_it_is_confirmed() {
    let tagged = "ann.oneill+calendar@bank.example";
    let text = reply(&format!("PARTSTAT=ACCEPTED:mailto:{tagged}"), &written_on("07"));
    let offered = judged(&invited(), "a.ics", text.as_str());
    assert_eq!(offered.edit(), None);
    assert!(remarks(&offered).contains(&format!("{ANN} was. If both are the same person")), "{offered:?}");
    assert!(remarks(&offered).contains(&format!("{tagged}={ANN}")));
    let plan = invited();
    let chosen = options("replies", &[("alias", &format!("x@y.example=z@y.example, {tagged}={ANN}"))], &plan);
    let replies = judged_with(&plan, &[MemoryFile::new("a.ics", text.as_str())], &chosen);
    let plan = after(&plan, &replies);
    assert_eq!(entry(&plan).agreement.name(), "Agreed");
    assert!(entry(&plan).notes.ends_with(&format!("from {tagged}")), "{}", entry(&plan).notes);
    // The plan remembers the alias, so the next reply from it counts automatically.
    assert_eq!(replies.summary, "1 reply and 1 alias");
    assert!(plan.areas().iter().any(|area| area.aliases == [tagged]), "{:?}", plan.areas());
    let declined = reply(&format!("PARTSTAT=DECLINED:mailto:{tagged}"), &written_on("08"));
    let again = judged(&plan, "b.ics", declined.as_str());
    assert_eq!(again.summary, "1 reply");
    assert_eq!(entry(&after(&plan, &again)).agreement.name(), "Declined");
    // It is that owner's only: with another address in the area, it does not count.
    let aliased = plan.areas().iter().filter(|area| !area.aliases.is_empty());
    let moved = aliased.map(|area| BusinessArea { email: "bo@bank.example".into(), ..BusinessArea::clone(area) });
    let other = moved.fold(plan.clone(), |plan, area| plan.apply(&Edit::PutArea(area)).unwrap());
    assert_eq!(judged(&other, "b.ics", declined).edit(), None);
    // Somebody else is neither offered nor taken.
    let stranger = reply("PARTSTAT=ACCEPTED:mailto:eve@elsewhere.example", &written_on("07"));
    assert_eq!(remarks(&judged(&invited(), "a.ics", stranger)), "This address was never invited");
}

#[test]
fn the_command_line_takes_aliases_and_refuses_what_is_none() {
    let desk = Desk::new();
    windowsill::store::save_anyway(&desk.path("plan.ron"), &invited()).unwrap();
    desk.write("a.ics", &reply("PARTSTAT=ACCEPTED:mailto:ann.oneill+x@bank.example", &written_on("07")));
    let ran = desk.run(&format!("import replies a.ics --into plan.ron --alias ann.oneill+x@bank.example={ANN}"));
    assert!(ran.fine().contains("Imported 1 reply and 1 alias"));
    let later = reply("PARTSTAT=DECLINED:mailto:ann.oneill+x@bank.example", &written_on("08"));
    desk.write("b.ics", &later);
    // Both are from the future, so the ledger keeps the first. The sender is known now.
    let again = desk.run("import replies b.ics --into plan.ron").fine();
    assert!(again.contains("The ledger has a newer answer"), "{again}");
    desk.run("import replies a.ics --into plan.ron --alias ann").fails_saying("use two addresses");
    desk.write("c.ics", &reply_on("2027-04-17", &format!("PARTSTAT=ACCEPTED:mailto:{ANN}"), "SEQUENCE:0\r\n"));
    desk.run("import replies c.ics --into plan.ron --now 2027-02-03T09:00:00Z").fine();
    let plan = desk.plan("plan.ron");
    let of_april: Vec<String> = plan
        .ledger()
        .iter()
        .filter(|entry| entry.key.on == date("2027-04-17"))
        .map(|entry| format!("{entry:?}"))
        .collect();
    assert!(!of_april.is_empty() && of_april.iter().all(|entry| entry.contains("2027-02-03")), "{of_april:?}");
}

#[test]
fn without_a_sequence_the_start_decides_which_invite_is_answered() {
    let answer = |lines: &str| reply(&format!("PARTSTAT=ACCEPTED:mailto:{ANN}"), lines);
    assert_eq!(judged(&invited(), "a.ics", answer("")).summary, "1 reply");
    let plan = sent(invited().apply(&moved(ON, "2027-03-27")).unwrap(), "2027-01-08");
    let summary = |lines: &str| judged(&plan, "a.ics", answer(lines)).summary;
    assert_eq!(summary("DTSTART:20270327T220000Z\r\n"), "1 reply");
    assert_eq!(summary("DTSTART;TZID=Europe/London:20270327T220000\r\n"), "1 reply");
    for (lines, reason) in
        [("DTSTART:20270320T220000Z\r\n", "its start is not that of the last invite"), ("", "no SEQUENCE and no start")]
    {
        let replies = judged(&plan, "a.ics", answer(lines));
        assert!(replies.edit().is_none() && remarks(&replies).contains(reason), "{replies:?}");
    }
}

#[test]
fn attendees_beyond_those_read_are_reported() {
    let lines: Vec<String> = (0..52).map(|number| format!("ATTENDEE:mailto:person{number}@bank.example\r\n")).collect();
    let more = lines.concat();
    let imported = judged(&invited(), "reply.ics", reply(&format!("PARTSTAT=ACCEPTED:mailto:{ANN}"), &more));
    assert!(remarks(&imported).contains("only the first 50 attendees were read, not 3 more attendees"), "{imported:?}");
}

#[test]
fn parts_of_a_mail_beyond_those_read_are_reported() {
    let part = "--b\nContent-Type: text/plain\n\nx\n";
    let mail = format!("From: {ANN}\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--\n", part.repeat(1_001));
    let imported = judged(&invited(), "reply.eml", mail);
    assert!(remarks(&imported).contains("too many parts"), "{imported:?}");
}

#[test]
fn replies_beyond_the_limit_are_reported() {
    let attendee = |number| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:person{number}@bank.example\r\n");
    let attendees: String = (0..50).map(attendee).collect();
    let calendar = |events: u32, attendees: &str| {
        let event = |number| format!("BEGIN:VEVENT\r\nUID:{number}\r\n{attendees}END:VEVENT\r\n");
        let events: String = (0..events).map(event).collect();
        format!("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n{events}END:VCALENDAR\r\n")
    };
    let text = calendar(2_000, &attendees) + &calendar(1, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:late@bank.example\r\n");
    let imported = judged(&invited(), "replies.ics", text);
    assert!(remarks(&imported).contains("More than 100000 replies at once"));
}
