//! Invites of plans that hold anything: names that break other programs' files, messages that nobody could have sent.

use std::sync::Arc;

use chrono::NaiveDate;
use mail_parser::MessageParser;
use windowsill::export::ExportFile;
use windowsill::export::invites::{InvitesOrder, Occasion, Outgoing, Which};
use windowsill::model::{
    BusinessArea, Edit, InviteKey, InviteTexts, MaintenanceWindow, Plan, PlanParts, Rule, SentInvite, UtcMinute,
};
use windowsill::store::FileBatch;

use crate::common::dates::date;
use crate::common::harbour;
use crate::common::owners::{applied, derived, exported, march, plan, today, unfolded};

/// A window and two owners, each called like that, in a plan of that name.
fn called(name: &str) -> Plan {
    let mut plan = plan();
    let window = MaintenanceWindow {
        id: name.into(),
        name: name.into(),
        impact: name.into(),
        rule: Rule::once(date("2027-03-27")),
        ..MaintenanceWindow::clone(plan.windows().get(&"core-db".into()).unwrap())
    };
    plan = PlanParts { title: name.into(), ..plan.to_parts() }.into();
    plan = PlanParts { id: name.into(), ..plan.to_parts() }.into();
    plan = PlanParts { windows: [window].into_iter().collect(), ..plan.to_parts() }.into();
    plan = PlanParts {
        areas: plan
            .areas()
            .iter()
            .map(|area| BusinessArea { owner: name.into(), name: name.into(), ..BusinessArea::clone(area) })
            .collect(),
        ..plan.to_parts()
    }
    .into();
    plan = PlanParts {
        invites: Arc::new(InviteTexts {
            organizer: name.into(),
            email: "change@bank.example".into(),
            subject: format!("{name} {{window}}"),
            body: format!("{{window}} {name}\n{{impact}}\n{{owner}}"),
            information: format!("{name} {{reason}}"),
        }),
        ..plan.to_parts()
    }
    .into();
    plan
}

/// Invites, then what is due when all of it is gone.
fn hostile_files(name: &str) -> Vec<ExportFile> {
    let plan = called(name);
    let (mut files, sent) = exported(&plan, &Which::All);
    let skip = Edit::SkipOccurrence { window: name.into(), on: date("2027-03-27"), reason: name.into() };
    let (skipped, _) = exported(&applied(&sent, &skip), &Which::All);
    let (removed, _) = exported(&applied(&sent, &Edit::RemoveWindow(name.into())), &Which::All);
    assert_eq!((files.len(), skipped.len(), removed.len()), (5, 5, 5), "{name:?}");
    files.extend(skipped.into_iter().chain(removed));
    files
}

/// What names break is left below the target folder for `judge-ics`.
#[test]
fn no_name_breaks_a_line_or_lets_a_property_in() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-invites");
    for (number, name) in harbour::hostile_names().iter().enumerate() {
        for (part, files) in hostile_files(name).chunks(5).enumerate() {
            let mut batch = FileBatch::new(&folder.join(format!("{number}-{part}"))).unwrap();
            for file in files {
                batch.add(&file.name, &file.bytes).unwrap();
                is_safe_name(&file.name);
            }
            batch.commit().unwrap();
            for pair in files[..4].chunks(2) {
                let calendar = String::from_utf8(pair[0].bytes.clone()).unwrap();
                has_whole_lines(&calendar);
                let mail = MessageParser::default().parse(&pair[1].bytes).unwrap();
                assert_eq!(mail.parts.len(), 3, "{name:?}");
                assert_eq!(mail.parts[2].text_contents(), Some(calendar.as_str()), "{name:?}");
                assert_eq!(mail.headers().len(), 8, "{name:?}\n{}", String::from_utf8_lossy(&pair[1].bytes));
                assert_eq!(
                    mail.to()
                        .and_then(|to| to.first())
                        .and_then(|to| to.address())
                        .map(|to| to.contains("@bank.example")),
                    Some(true)
                );
            }
        }
    }
}

#[track_caller]
fn is_safe_name(name: &str) {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+ ".contains(c);
    assert!(name.chars().all(is_plain) && name.len() < 200 && !name.starts_with('.'), "{name}");
}

/// CRLF, 75 octets, and each property as often as it should be there.
#[track_caller]
fn has_whole_lines(calendar: &str) {
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{calendar}");
    let text = unfolded(calendar);
    let event = text.split("BEGIN:VEVENT\r\n").nth(1).and_then(|rest| rest.split("END:VEVENT\r\n").next()).unwrap();
    let mut properties: Vec<&str> = event.lines().map(|line| line.split([':', ';']).next().unwrap()).collect();
    properties.sort_unstable();
    assert_eq!(
        properties,
        [
            "ATTENDEE",
            "CATEGORIES",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "ORGANIZER",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "UID",
            "X-MICROSOFT-CDO-BUSYSTATUS"
        ],
        "{text}"
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("BEGIN:")).count(), 5, "{text}");
}

#[test]
fn what_a_file_may_hold_of_messages_neither_panics_nor_is_sent() {
    let mut parts = plan().to_parts();
    let strange = |to: &str, start: i32, sequence: u32| SentInvite {
        key: InviteKey { window: "core-db".into(), on: date("2027-03-20"), to: to.into() },
        areas: vec!["nobody".into()],
        name: String::new(),
        summary: String::new(),
        start_at: UtcMinute(start),
        end_at: UtcMinute(i32::MIN),
        sequence,
        is_cancelled: false,
        sent_on: NaiveDate::MAX,
        role: windowsill::model::InviteRole::Owner,
    };
    parts.sent_invites = [
        strange("a@b\r\nATTENDEE:x", 30_064_920, 0),
        strange("", i32::MAX, u32::MAX),
        strange("Upper@bank.example", i32::MIN, 3),
        strange("gone@bank.example", i32::MAX, u32::MAX),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let (files, _) = exported(&plan, &march());
    let gone = files.iter().filter(|file| file.name.contains("gone@") || file.name.contains("pper@")).count();
    assert_eq!((files.len(), gone), (5, 0), "the two owners, and nobody else");
    let schedule = derived(&plan);
    assert!(
        Outgoing::new(&schedule, today(), &InvitesOrder { which: Which::All, occasion: Occasion::Again }).is_empty()
    );
}
