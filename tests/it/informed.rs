//! People and teams who are informed: what they are sent, updated and cancelled, and that nobody counts as asked by it.

use windowsill::checks::Findings;
use windowsill::export::ExportFile;
use windowsill::export::invites::{InvitesOrder, Occasion, Outgoing, Which};
use windowsill::export::revision::{html, markdown, text};
use windowsill::model::{
    Agreement, Assignee, Booking, Duty, Edit, InformedOf, InviteRole, MaintenanceWindow, Minutes, Person, Plan, System,
    Team,
};
use windowsill::schedule::agreement::answers::answers;
use windowsill::schedule::{InviteMessageKind, Revision};
use windowsill::store::{parse, to_text};

use crate::common::dates::date;
use crate::common::harbour;
use crate::common::owners::{applied, derived, exported, march, plan, today, unfolded};
use crate::support::owner::Calendar;

fn person(id: &str, informed_of: InformedOf) -> Person {
    Person { email: format!("{id}@bank.example"), informed_of, ..Person::new(id.into(), id) }
}

fn team(id: &str, informed_of: InformedOf) -> Team {
    Team { email: format!("{id}@bank.example"), informed_of, ..Team::new(id.into(), id) }
}

fn affecting(systems: &[&str], areas: &[&str]) -> InformedOf {
    InformedOf::Affecting {
        systems: systems.iter().map(|id| (*id).into()).collect(),
        areas: areas.iter().map(|id| (*id).into()).collect(),
    }
}

/// The plan of the owners with a SOC, a team that depends on Core DB, one that depends on what nobody works on, a tester
/// and a worker. Shop depends on Core DB.
fn informed_plan() -> Plan {
    let mut parts = plan().to_parts();
    let shop = System {
        id: "shop".into(),
        name: "Shop".into(),
        hosts: 1,
        depends_on: vec!["core-db".into()],
        ..System::default()
    };
    parts.systems = parts.systems.with(shop);
    parts.teams = [
        team("soc", InformedOf::Everything),
        team("shop-team", affecting(&["shop"], &[])),
        team("web-team", affecting(&["web"], &[])),
        team("silent", InformedOf::Nothing),
    ]
    .into_iter()
    .collect();
    parts.people = [
        person("tess", InformedOf::Bookings),
        person("will", InformedOf::Bookings),
        person("idle", InformedOf::Bookings),
    ]
    .into_iter()
    .collect();
    let booking = |duty, who: &str| Booking { duty, who: Assignee::Person(who.into()), on: None };
    let bookings = vec![booking(Duty::Testing(Minutes::hours(2)), "tess"), booking(Duty::Work, "will")];
    parts.windows = [MaintenanceWindow { bookings, ..harbour::window() }].into_iter().collect();
    parts.into()
}

fn to(id: &str) -> Which {
    Which::To(format!("{id}@bank.example"))
}

/// Recipient, role, start and end of each message about 20 March.
fn march_messages(plan: &Plan) -> Vec<String> {
    let schedule = derived(plan);
    let outgoing = Outgoing::new(&schedule, today(), &InvitesOrder { which: march(), occasion: Occasion::Due });
    let line = |message: &windowsill::schedule::InviteMessage<'_>| {
        let sent = &message.sent;
        let [start, end] = [sent.start_at, sent.end_at].map(|at| {
            let local = schedule.zone.local(at);
            format!("{} {}", local.date(), local.time().format("%H:%M"))
        });
        let to = sent.key.to.split('@').next().unwrap();
        format!("{} {to} {:?} {start} {end}", message.kind.name(), sent.role)
    };
    let mut all: Vec<String> = outgoing.messages.iter().map(line).collect();
    all.sort();
    all
}

fn ends_in(file: &ExportFile, ending: &str) -> bool {
    file.name.rsplit('.').next() == Some(ending)
}

#[track_caller]
fn calendar_file(files: &[ExportFile]) -> String {
    let calendars: Vec<&ExportFile> = files.iter().filter(|file| ends_in(file, "ics")).collect();
    assert_eq!(calendars.len(), 1, "{:?}", files.iter().map(|file| &file.name).collect::<Vec<_>>());
    let text = String::from_utf8(calendars[0].bytes.clone()).unwrap();
    unfolded(&text)
}

fn draft(files: &[ExportFile]) -> String {
    let draft = files.iter().find(|file| ends_in(file, "eml")).unwrap();
    String::from_utf8(draft.bytes.clone()).unwrap().replace("=\r\n", "")
}

#[test]
fn everybody_is_sent_what_concerns_them_at_their_times() {
    let night = "2027-03-20 22:00 2027-03-21 02:00";
    assert_eq!(
        march_messages(&informed_plan()),
        [
            format!("Invite payments Owner {night}"),
            format!("Invite shop-team Informed {night}"),
            format!("Invite soc Informed {night}"),
            "Invite tess Booked 2027-03-21 02:00 2027-03-21 04:00".to_owned(),
            format!("Invite trading Owner {night}"),
            format!("Invite will Booked {night}"),
        ]
    );
}

#[test]
fn what_a_team_depends_on_is_one_step_away() {
    // Core DB needs Web + API, but nobody works on that. A team that uses Ledger, or the area of it, is concerned.
    for (informed_of, is_sent) in [
        (affecting(&["web"], &[]), false),
        (affecting(&["ledger"], &[]), true),
        (affecting(&[], &["trading"]), true),
        (affecting(&[], &["gone"]), false),
        (affecting(&["gone"], &[]), false),
        (InformedOf::Bookings, false),
    ] {
        let plan = applied(&informed_plan(), &Edit::PutTeam(team("web-team", informed_of.clone())));
        let is_there = march_messages(&plan).iter().any(|line| line.contains("web-team"));
        assert_eq!(is_there, is_sent, "{informed_of:?}");
    }
}

#[test]
fn a_message_to_the_informed_asks_for_no_answer() {
    let (files, plan) = exported(&informed_plan(), &march());
    let about = |id: &str| {
        let theirs: Vec<ExportFile> = files.iter().filter(|file| file.name.contains(id)).cloned().collect();
        (calendar_file(&theirs), draft(&theirs))
    };
    let (soc, text) = about("soc@");
    assert!(soc.contains("ROLE=OPT-PARTICIPANT;RSVP=FALSE:mailto:soc@bank.example"), "{soc}");
    assert!(soc.contains("\r\nTRANSP:TRANSPARENT\r\n") && soc.contains("METHOD:REQUEST"), "{soc}");
    assert!(text.contains("You are informed of all maintenance windows."), "{text}");
    assert!(text.contains("No answer is needed") && !text.contains("accept or decline"), "{text}");
    let (_, text) = about("shop-team@");
    assert!(text.contains("It affects systems that you use or depend on: Core DB."), "{text}");
    let (tess, text) = about("tess@");
    assert!(tess.contains("ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:tess@bank.example"), "{tess}");
    assert!(tess.contains("SUMMARY:Core DB patching\\, testing") && tess.contains("TRANSP:OPAQUE"), "{tess}");
    assert!(tess.contains("DTSTART;TZID=Europe/London:20270321T020000"), "{tess}");
    assert!(text.contains("You are booked to test, 02:00 GMT to 04:00."), "{text}");
    let roles: Vec<InviteRole> = plan.sent_invites().iter().map(|sent| sent.role).collect();
    assert_eq!(roles.iter().filter(|role| **role == InviteRole::Owner).count(), 2);
    assert_eq!(parse(&to_text(&plan).unwrap()).unwrap().plan, plan, "what was sent is saved");
}

/// A name, and a change of the plan.
type Step = (&'static str, fn(Plan) -> Plan);

#[test]
fn their_calendars_follow_moves_bookings_and_addresses() {
    let steps: [Step; 6] = [
        ("moved", |plan| {
            let (window, on) = ("core-db".into(), date("2027-03-20"));
            applied(&plan, &Edit::MoveOccurrence { window, on, to: date("2027-03-27"), start: None, duration: None })
        }),
        ("another tester", |plan| {
            let mut window = MaintenanceWindow::clone(plan.windows().get(&"core-db".into()).unwrap());
            window.bookings[0].who = Assignee::Person("idle".into());
            applied(&plan, &Edit::PutWindow(window))
        }),
        ("the SOC is informed of nothing", |plan| applied(&plan, &Edit::PutTeam(team("soc", InformedOf::Nothing)))),
        ("the SOC is back", |plan| applied(&plan, &Edit::PutTeam(team("soc", InformedOf::Everything)))),
        ("a team is gone", |plan| applied(&plan, &Edit::RemoveTeam("shop-team".into()))),
        ("skipped", |plan| {
            let reason = "Audit".to_owned();
            applied(&plan, &Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-03-20"), reason })
        }),
    ];
    let mut calendars = std::collections::BTreeMap::<String, Calendar>::new();
    let mut plan = informed_plan();
    let deliver = |plan: &mut Plan, calendars: &mut std::collections::BTreeMap<String, Calendar>| {
        let (files, after) = exported(plan, &march());
        for file in files.iter().filter(|file| ends_in(file, "ics")) {
            let to = file.name.split(' ').nth(2).unwrap().to_owned();
            let text = std::str::from_utf8(&file.bytes).unwrap();
            calendars.entry(to.clone()).or_default().apply(&to, text);
        }
        *plan = after;
    };
    deliver(&mut plan, &mut calendars);
    for (step, change) in steps {
        plan = change(plan);
        deliver(&mut plan, &mut calendars);
        let (files, _) = exported(&plan, &march());
        assert_eq!(files.len(), 1, "{step}: nothing is left to send");
    }
    let are_gone = |id: &str| calendars[&format!("{id}@bank.example")].0.values().all(|entry| entry.is_cancelled);
    for id in ["soc", "shop-team", "tess", "idle", "will", "payments"] {
        assert!(are_gone(id), "{id}");
    }
}

#[test]
fn who_is_only_informed_was_not_asked() {
    let soc = Team { email: "payments@bank.example".into(), ..team("soc", InformedOf::Everything) };
    let mut parts = applied(&informed_plan(), &Edit::PutTeam(soc)).to_parts();
    // First nobody has the address as an owner, then Payments has.
    let payments = parts.areas.get(&"payments".into()).unwrap().as_ref().clone();
    let nobody = windowsill::model::BusinessArea { email: String::new(), ..payments.clone() };
    parts.areas = parts.areas.with(nobody);
    let (_, plan) = exported(&parts.into(), &march());
    let plan = applied(&plan, &Edit::PutArea(payments));
    let agreement = |plan: &Plan| {
        let schedule = derived(plan);
        let (window, occurrence) = schedule.occurrence(&"core-db".into(), date("2027-03-20")).unwrap();
        let all = answers(plan, window, occurrence);
        all.iter().find(|answer| answer.area.name == "Payments").unwrap().agreement().clone()
    };
    assert_eq!(agreement(&plan), Agreement::NotAsked);
    let due = march_messages(&plan);
    assert!(due.iter().any(|line| line.starts_with("Update payments Owner")), "{due:?}");
    let (files, plan) = exported(&plan, &to("payments"));
    let update = files.iter().find(|file| file.name.contains("2027-03-20") && ends_in(file, "eml")).unwrap();
    let text = String::from_utf8(update.bytes.clone()).unwrap().replace("=\r\n", "");
    assert!(text.contains("Your answer is now needed"), "{text}");
    assert_eq!(agreement(&plan), Agreement::Asked { on: today() });
    // The other way round, the owner is told that no answer is needed.
    let plan = applied(&plan, &Edit::RemoveArea("payments".into()));
    let (files, _) = exported(&plan, &march());
    let update = files.iter().find(|file| file.name.contains("payments@") && ends_in(file, "eml")).unwrap();
    let text = String::from_utf8(update.bytes.clone()).unwrap().replace("=\r\n", "");
    assert!(text.contains("no longer needs your answer"), "{text}");
}

#[test]
fn one_recipient_is_chosen_and_those_without_an_address_are_named() {
    let noc = Team { email: String::new(), ..team("noc", InformedOf::Everything) };
    let plan = applied(&informed_plan(), &Edit::PutTeam(noc));
    let schedule = derived(&plan);
    let order = |which| InvitesOrder { which, occasion: Occasion::Due };
    let all = Outgoing::new(&schedule, today(), &order(Which::All));
    assert_eq!(all.summary(), "72 invites: 12 dates, 2 owners, 4 informed");
    assert_eq!(all.omissions().as_deref(), Some("No address, so not written to: noc"));
    let soc = Outgoing::new(&schedule, today(), &order(to("soc")));
    assert_eq!(soc.summary(), "12 invites: 12 dates, 1 informed");
    assert!(soc.messages.iter().all(|message| message.kind == InviteMessageKind::Invite));
    assert!(soc.list().contains("Information"), "{}", soc.list());
    let findings = Findings::check(&schedule, today(), None);
    let codes: Vec<&str> = findings.open().map(|finding| finding.rule.code).collect();
    assert!(codes.contains(&"P018"), "{codes:?}");
}

#[test]
fn a_comparison_with_what_was_sent_tells_owners_from_those_who_are_informed() {
    let revision = Revision::since_sent(&derived(&informed_plan()), today());
    let called = |is_informed: bool| {
        let these = revision.owners.iter().filter(|owner| owner.is_informed == is_informed);
        these.map(|owner| owner.called().to_owned()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!((called(false), called(true)), ("A. Osei, M. Lind".into(), "shop-team, soc, tess, will".into()));
    assert!(revision.summary().contains("; 2 owners must be notified; 4 to inform"), "{}", revision.summary());
    for write in [text, markdown, html] {
        let form = write(&revision, "what was sent");
        let titles = ["Owners to notify", "To inform; no answer needed"].map(|title| form.find(title).unwrap());
        assert!(titles[0] < titles[1] && form.rfind("shop-team").unwrap() > titles[1], "{form}");
        assert!(form[titles[0]..titles[1]].contains("Osei") && !form[titles[1]..].contains("Osei"), "{form}");
    }
    let form = text(&revision, "what was sent");
    assert!(form.contains("soc (informed)"), "{form}");
    // Somebody who answers for an area and is informed of the rest is an owner.
    let both = Team { email: "payments@bank.example".into(), ..team("soc", InformedOf::Everything) };
    let revision = Revision::since_sent(&derived(&applied(&informed_plan(), &Edit::PutTeam(both))), today());
    assert!(revision.owners.iter().any(|owner| owner.called() == "A. Osei" && !owner.is_informed));
}

#[test]
fn a_removed_system_is_forgotten_by_those_informed_of_it() {
    let plan = applied(&informed_plan(), &Edit::RemoveSystem("shop".into()));
    assert_eq!(plan.teams().get(&"shop-team".into()).unwrap().informed_of, affecting(&[], &[]));
    assert!(!march_messages(&plan).iter().any(|line| line.contains("shop-team")));
}
