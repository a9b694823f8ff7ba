//! What owners answer goes into the ledger, and what must not go there says why.

use std::path::PathBuf;
use std::process::Command;

use windowsill::import::{Imported, Item, Options, Section};
use windowsill::model::{Agreement, AreaId, Edit, LedgerEntry, LedgerKey, Plan, UtcMinute, occurrence_uid};
use windowsill::store;

use crate::common::dates::date;
use crate::common::invited::{invited, sent};
use crate::support::importing::{MemoryFile, import_files};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies")
}

fn fixture(name: &str) -> MemoryFile {
    MemoryFile::new(name, std::fs::read(fixtures().join(name)).unwrap())
}

/// A reply of Ann to the invite of March; `lines` come before what is usual, so that they count.
fn reply(lines: &str) -> String {
    let uid = occurrence_uid(&"harbour".into(), &"core-db".into(), date("2027-03-20"));
    let usual = format!("UID:{uid}\nDTSTAMP:20270107T120000Z\nSEQUENCE:0\n");
    let ann = "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann.oneill@bank.example\n";
    let named = |property: &str| lines.lines().any(|line| line.starts_with(property));
    let usual: String = usual.split_inclusive('\n').filter(|line| !named(&line[..4])).collect();
    let ann = if named("ATTENDEE") { "" } else { ann };
    format!("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n{lines}\n{usual}{ann}END:VEVENT\nEND:VCALENDAR\n")
}

fn calendar(text: &str) -> MemoryFile {
    MemoryFile::new("reply.ics", text)
}

fn judged(plan: &Plan, files: &[MemoryFile]) -> Imported {
    import_files("replies", files, &Options::default(), plan, date("2027-01-11")).unwrap()
}

/// How many replies go into the ledger, how many do not, and how many are already there.
fn counts(imported: &Imported) -> [usize; 3] {
    let items = |section: &Section| section.items.len();
    let count = |heading| imported.sections.iter().find(|section| section.heading == heading).map_or(0, items);
    ["Add to the ledger", "Not applied", "Already in the ledger"].map(count)
}

fn items(imported: &Imported) -> Vec<&Item> {
    imported.sections.iter().flat_map(|section| &section.items).collect()
}

fn after(plan: &Plan, imported: &Imported) -> Plan {
    plan.apply(&imported.edit().unwrap()).unwrap()
}

fn entry(plan: &Plan, on: &str, area: &str) -> LedgerEntry {
    let key = LedgerKey { window: "core-db".into(), on: date(on), area: AreaId::new(area) };
    LedgerEntry::clone(plan.ledger().get(&key).unwrap())
}

/// Why the only reply in `files` is not applied; nothing changes then.
#[track_caller]
fn refused(plan: &Plan, files: &[MemoryFile]) -> String {
    let imported = judged(plan, files);
    assert_eq!((imported.edit(), counts(&imported)), (None, [0, 1, 0]));
    items(&imported)[0].remark.clone()
}

fn agreed(on: &str, by: &str) -> Agreement {
    Agreement::Agreed { on: date(on), by: by.to_owned() }
}

#[test]
fn an_answer_from_outlook_goes_to_all_areas_that_the_owner_speaks_for() {
    let plan = invited();
    let replies = judged(&plan, &[fixture("outlook.eml")]);
    assert_eq!((replies.summary.as_str(), counts(&replies)), ("1 reply", [1, 0, 0]));
    let item = items(&replies)[0];
    assert_eq!(item.author, "O'Neill, Ann (ann.oneill@bank.example)");
    assert_eq!(item.text, "Core DB patching, Sat 16 Jan 2027 22:00 · Agreed");
    let plan = after(&plan, &replies);
    for area in ["cards", "payments"] {
        let entry = entry(&plan, "2027-01-16", area);
        assert_eq!(entry.agreement, agreed("2027-01-06", "O'Neill, Ann"));
        let times = entry.answered_for.unwrap();
        assert_eq!((times.start.to_naive().to_string(), times.duration.0), ("2027-01-16 22:00:00".into(), 240));
        assert_eq!(entry.replied_at, Some(UtcMinute::from_utc("2027-01-06T09:15:00Z".parse().unwrap())));
        assert_eq!(entry.notes, "");
    }
    assert_eq!(plan.ledger().len(), 2);
}

#[test]
fn a_refusal_from_google_keeps_its_comment_as_the_reason() {
    let plan = invited();
    let plan = after(&plan, &judged(&plan, &[fixture("google.ics")]));
    let reason = "Quarter close, and the branch in Malmö is open; not before the 27th".to_owned();
    let by = "bo.hedlund@bank.example".to_owned();
    let declined = Agreement::Declined { on: date("2027-01-08"), by, reason };
    assert_eq!(entry(&plan, "2027-02-20", "retail").agreement, declined);
}

#[test]
fn a_tentative_answer_from_apple_and_a_delegation_from_exchange_stay_asked_with_a_note() {
    let plan = invited();
    let replies = judged(&plan, &[fixture("apple.eml"), fixture("exchange.ics")]);
    assert_eq!(counts(&replies), [2, 0, 0]);
    let plan = after(&plan, &replies);
    let tentative = entry(&plan, "2027-03-20", "cards");
    assert_eq!(tentative.agreement, Agreement::Asked { on: date("2027-01-04") });
    let note = "Ann O'Neill, Sat 9 Jan 2027: tentative. sent by pa@bank.example. Perhaps a week later – I ask Zoë";
    assert_eq!(tentative.notes, note);
    let delegated = entry(&plan, "2027-04-17", "retail");
    assert_eq!(delegated.agreement, Agreement::Asked { on: date("2027-01-04") });
    let note = "Bo Hedlund (Retail), Sun 10 Jan 2027: delegated to dee@bank.example. I am away";
    assert_eq!(delegated.notes, note);
}

#[test]
fn an_answer_inside_a_forwarded_mail_is_found() {
    let plan = invited();
    let plan = after(&plan, &judged(&plan, &[fixture("forwarded.eml")]));
    assert_eq!(entry(&plan, "2027-05-15", "retail").agreement, agreed("2027-01-10", "Bö Hedlund"));
}

#[test]
fn the_same_files_a_second_time_change_nothing() {
    let names = ["outlook.eml", "google.ics", "apple.eml", "exchange.ics", "forwarded.eml"];
    let mut files = names.map(fixture).to_vec();
    files.push(calendar(&reply("UID:20270619.core-db@harbour.windowsill\nDTSTAMP:nonsense\nCOMMENT:Fine")));
    files.push(calendar(&reply("UID:20270717.core-db@harbour.windowsill\nDTSTAMP:20300101T000000Z")));
    let plan = invited();
    let once = judged(&plan, &files);
    assert_eq!(counts(&once), [7, 0, 0]);
    let plan = after(&plan, &once);
    let twice = judged(&plan, &files);
    assert_eq!((twice.edit(), counts(&twice)), (None, [0, 0, 7]));
    let undated = entry(&plan, "2027-06-19", "cards");
    assert_eq!((undated.agreement, undated.notes), (agreed("2027-01-11", "Ann"), "Ann: Fine".to_owned()));
    assert_eq!(entry(&plan, "2027-07-17", "cards").agreement, agreed("2027-01-11", "Ann"));
}

#[test]
fn the_latest_answer_of_an_owner_counts_in_any_order() {
    let early = calendar(&reply("DTSTAMP:20270107T120000Z"));
    let late = calendar(&reply(
        "DTSTAMP:20270107T120030Z\nATTENDEE;PARTSTAT=DECLINED:mailto:ann.oneill@bank.example\nCOMMENT:No",
    ));
    let plan = invited();
    for files in [[early.clone(), late.clone()], [late.clone(), early.clone()]] {
        let replies = judged(&plan, &files);
        assert_eq!(counts(&replies), [1, 1, 0]);
        assert_eq!(items(&replies)[1].remark, "A later reply of the same owner counts");
        assert_eq!(entry(&after(&plan, &replies), "2027-03-20", "cards").agreement.name(), "Declined");
    }
    let later = calendar(&reply("DTSTAMP:20270108T120000Z"));
    let changed = after(&plan, &judged(&plan, &[late]));
    let changed = after(&changed, &judged(&changed, &[later]));
    assert_eq!(entry(&changed, "2027-03-20", "cards").agreement.name(), "Agreed");
    assert_eq!(refused(&changed, &[early]), "The ledger has a newer answer: agreed, Fri 8 Jan 2027");
}

#[test]
fn an_answer_that_was_typed_in_later_stays() {
    let key = LedgerKey { window: "core-db".into(), on: date("2027-03-20"), area: "cards".into() };
    let typed = |on: &str| LedgerEntry {
        key: key.clone(),
        agreement: Agreement::Declined { on: date(on), by: "Ann".into(), reason: "By phone".into() },
        answered_for: None,
        replied_at: None,
        reserve_on: Some(date("2027-03-27")),
        notes: "Called twice".into(),
    };
    let plan = invited();
    let later = plan.apply(&Edit::PutEntry(typed("2027-01-09"))).unwrap();
    let file = calendar(&reply("COMMENT:Thanks"));
    let plan_after = after(&later, &judged(&later, std::slice::from_ref(&file)));
    assert_eq!(entry(&plan_after, "2027-03-20", "cards"), typed("2027-01-09"), "the other area takes the answer");
    let reason = refused(&plan_after, std::slice::from_ref(&file));
    assert_eq!(reason, "The ledger has a newer answer: declined, Sat 9 Jan 2027");
    let earlier = plan.apply(&Edit::PutEntry(typed("2027-01-05"))).unwrap();
    let entry = entry(&after(&earlier, &judged(&earlier, &[file])), "2027-03-20", "cards");
    assert_eq!((entry.agreement, entry.reserve_on), (agreed("2027-01-07", "Ann"), Some(date("2027-03-27"))));
    assert_eq!(entry.notes, "Called twice\nAnn, Thu 7 Jan 2027: Thanks");
}

#[test]
fn an_answer_to_an_earlier_invite_or_to_one_that_was_never_sent_is_shown_and_not_applied() {
    let moved = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: date("2027-03-20"),
        to: date("2027-03-27"),
        start: None,
        duration: None,
    };
    let plan = invited().apply(&moved).unwrap();
    let unsent = judged(&plan, &[calendar(&reply(""))]);
    let remark = "The occurrence has moved since: the answer is about the times that were sent";
    assert_eq!((items(&unsent)[0].remark.as_str(), counts(&unsent)), (remark, [1, 0, 0]));
    let answered_for = entry(&after(&plan, &unsent), "2027-03-20", "cards").answered_for.unwrap();
    assert_eq!(answered_for.start.date(), date("2027-03-20"));
    let plan = sent(plan, "2027-01-05");
    let reason = "It answers an earlier invite (SEQUENCE 0): the last one sent has 1";
    assert_eq!(refused(&plan, &[calendar(&reply(""))]), reason);
    let reason = "It answers an invite that was not sent (SEQUENCE 2): the last one sent has 1";
    assert_eq!(refused(&plan, &[calendar(&reply("SEQUENCE:2"))]), reason);
    assert_eq!(counts(&judged(&plan, &[calendar(&reply("SEQUENCE:1"))])), [1, 0, 0]);
}

#[test]
fn strangers_other_plans_and_what_was_cancelled_are_shown_and_not_applied() {
    let plan = invited();
    let stranger = reply("ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@elsewhere.example");
    assert_eq!(refused(&plan, &[calendar(&stranger)]), "This address was never invited");
    let delegate = "ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM=\"mailto:ann.oneill@bank.example\":mailto:dee@x.example";
    let reason = "Delegated by ann.oneill@bank.example: enter it in the ledger if it counts for the area";
    assert_eq!(refused(&plan, &[calendar(&reply(delegate))]), reason);
    let reason = "The event belongs to another plan or program";
    assert_eq!(refused(&plan, &[calendar(&reply("UID:20270320.core-db@other.windowsill"))]), reason);
    let reason = "The plan no longer has this window or date";
    assert_eq!(refused(&plan, &[calendar(&reply("UID:20270321.core-db@harbour.windowsill"))]), reason);
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-03-20"), reason: String::new() };
    let skipped = plan.apply(&skip).unwrap();
    let reason = "The occurrence no longer takes place, or not for this owner";
    assert_eq!(refused(&skipped, &[calendar(&reply(""))]), reason);
    assert_eq!(refused(&sent(skipped, "2027-01-06"), &[calendar(&reply("SEQUENCE:1"))]), reason);
    let gone = plan.apply(&Edit::RemoveWindow("core-db".into())).unwrap();
    assert_eq!(refused(&gone, &[calendar(&reply(""))]), reason);
    let nobody = plan.apply(&Edit::RemoveArea("retail".into())).unwrap();
    let bo = reply("ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo.hedlund@bank.example");
    let reason = "The plan no longer has the business areas that it answers for";
    assert_eq!(refused(&nobody, &[calendar(&bo)]), reason);
}

#[test]
fn a_counter_proposal_shows_the_time_that_it_proposes() {
    let text = reply("DTSTART:20270327T220000Z\nDTEND:20270328T020000Z").replace("METHOD:REPLY", "METHOD:COUNTER");
    let plan = invited();
    let replies = judged(&plan, &[calendar(&text)]);
    assert!(items(&replies)[0].text.ends_with(" · Proposes Sat 27 Mar 2027 22:00 – 02:00 UTC"), "{replies:?}");
    let reason = "A proposal is not an answer: move the occurrence and send the update, or decline the proposal";
    assert_eq!(refused(&plan, &[calendar(&text)]), reason);
}

#[test]
fn other_files_than_replies_are_named() {
    let plan = invited();
    let request = reply("").replace("METHOD:REPLY", "METHOD:REQUEST");
    assert_eq!(refused(&plan, &[calendar(&request)]), "Not a reply: this is an invite");
    let plain = reply("").replace("METHOD:REPLY\n", "");
    assert_eq!(refused(&plan, &[calendar(&plain)]), "Not a reply: this is a calendar to subscribe to or import");
    assert_eq!(refused(&plan, &[calendar(" \n")]), "The file is empty");
    let reason = "Not a calendar: expected a line BEGIN:VCALENDAR or BEGIN:VEVENT";
    assert_eq!(refused(&plan, &[calendar("hello")]), reason);
    let open = reply("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann.oneill@bank.example");
    assert_eq!(refused(&plan, &[calendar(&open)]), "It contains no answer (PARTSTAT)");
    let nobody = reply("ATTENDEE;PARTSTAT=ACCEPTED:invalid:nomail");
    assert_eq!(refused(&plan, &[calendar(&nobody)]), "The sender is missing (ATTENDEE with an address)");
    let mail = |text: &str| MemoryFile::new("a.eml", text);
    let reason = "The mail contains no calendar, so it is not a reply to an invite";
    assert_eq!(refused(&plan, &[mail("From: ann@bank.example\n\nYes\n")]), reason);
    let tnef = "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n";
    assert!(refused(&plan, &[mail(tnef)]).contains("winmail.dat"));
}

#[test]
fn endlessly_nested_mails_are_opened_to_a_limited_depth() {
    let mail = format!("{}From: a@b.example\n\nx", "Content-Type: message/rfc822\n\n".repeat(200_000));
    let parts = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(200_000));
    for text in [mail, parts] {
        let post = MemoryFile::new("a.eml", text);
        let reason = "The mail has too many parts, or parts too deep inside others, to read all of them: save the \
                      reply as .ics, or enter the answer in the ledger";
        assert_eq!(refused(&invited(), &[post]), reason);
    }
}

#[test]
fn mails_with_endless_headers_are_not_read() {
    let headers = format!("From: a@b.example\n{}\nx", "X-A: b\n".repeat(200_000));
    let parameters = format!("From: a@b.example\nContent-Type: text/calendar{}\n\nx", "; a=b".repeat(300_000));
    for text in [headers, parameters] {
        let reason = "The mail, or a part of it, has more than 1 MB of headers and is not read: save the reply as .ics, \
                      or enter the answer in the ledger";
        assert_eq!(refused(&invited(), &[MemoryFile::new("a.eml", text)]), reason);
    }
}

/// Runs `import replies` on a plan in its own folder; exit code, standard output, and the plan afterwards.
fn import_replies(paths: &[PathBuf], options: &[&str]) -> (Option<i32>, String, Plan) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    store::save(&path, &invited(), None).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_windowsill"));
    command.env("WINDOWSILL_ZONE_DATA", "bundled");
    let ran = command.args(["import", "replies"]).args(paths).arg("--into").arg(&path).args(options).output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    (ran.status.code(), text, store::open(&path).unwrap().plan)
}

#[test]
fn the_command_line_takes_a_folder_and_lists_what_becomes_of_each_answer() {
    let (code, text, plan) = import_replies(&[fixtures()], &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.starts_with("Add to the ledger (5)\n  Core DB patching, Sat 16 Jan 2027 22:00 · Agreed · O'Neill"),
        "{text}"
    );
    assert!(text.ends_with("\nImported 5 replies\n"), "{text}");
    assert_eq!(plan.ledger().len(), 7);
}

#[test]
fn a_dry_run_changes_nothing_and_a_path_that_leads_nowhere_is_an_error() {
    let (code, text, plan) = import_replies(&[fixtures().join("google.ics")], &["--dry-run"]);
    assert_eq!((code, plan.ledger().len()), (Some(0), 0));
    assert!(text.ends_with("\nWould import 1 reply\n"), "{text}");
    let (code, text, _) = import_replies(&[fixtures().join("nowhere")], &[]);
    assert_eq!(code, Some(2));
    assert!(text.contains("nowhere: no such file"), "{text}");
    let nothing = tempfile::tempdir().unwrap();
    let (code, text, _) = import_replies(&[nothing.path().to_owned()], &[]);
    assert_eq!(code, Some(2));
    assert!(text.contains("no replies in this folder"), "{text}");
}

#[test]
fn contrary_replies_of_one_time_are_left_to_a_person() {
    let yes = calendar(&reply("DTSTAMP:20270107T120000Z"));
    let no = calendar(&reply("DTSTAMP:20270107T120000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:ann.oneill@bank.example"));
    let plan = invited();
    for files in [[yes.clone(), no.clone()], [no, yes.clone()]] {
        let replies = judged(&plan, &files);
        assert_eq!((replies.edit(), counts(&replies)), (None, [0, 2, 0]));
        assert!(items(&replies)[0].remark.contains("written at the same time and say different things"));
    }
    let twice = judged(&plan, &[yes.clone(), yes]);
    assert_eq!(counts(&twice), [1, 1, 0]);
}

#[test]
fn an_answer_from_the_future_gives_way_to_later_ones() {
    let future = calendar(&reply("DTSTAMP:20300101T000000Z"));
    let real = calendar(&reply(
        "DTSTAMP:20270111T120000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:ann.oneill@bank.example\nCOMMENT:No",
    ));
    let plan = after(&invited(), &judged(&invited(), &[future]));
    let plan = after(&plan, &judged(&plan, &[real]));
    assert_eq!(entry(&plan, "2027-03-20", "cards").agreement.name(), "Declined");
}

#[test]
fn replies_with_bare_carriage_returns_are_read() {
    let text = "BEGIN:VCALENDAR\rMETHOD:REPLY\rBEGIN:VEVENT\rUID:1\rEND:VEVENT\rEND:VCALENDAR\r";
    let desk = crate::support::desk::Desk::new();
    desk.write("reply.ics", text);
    let said = desk.run("import replies reply.ics --into plan.ron").fine();
    assert!(said.contains("belongs to another plan"), "{said}");
}
