//! The ledger: the state of each answer, the totals, and when notice is due.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use windowsill::checks::Findings;
use windowsill::export::lists::{AnswerList, CSV, CsvStyle, ListForm, Listing, NoticeList, TEXT};
use windowsill::model::*;
use windowsill::schedule::Schedule;
use windowsill::schedule::agreement::ledger::{
    AnswerIndex, AnswerState, BulkAnswer, Ledger, NewAnswer, ReserveOn, Tally, in_words,
};
use windowsill::schedule::time::zone_data::ZoneData;

use crate::support::answers::answers;
use crate::support::edits::any_edit;
use crate::support::full::{date, empty_plan};

const TODAY: (i32, u32, u32) = (2027, 3, 1);

fn today() -> NaiveDate {
    date(TODAY.0, TODAY.1, TODAY.2)
}

/// Two areas with a system each, and the window "db" on both, on Saturdays of 2027 from 22:00 for four hours.
fn plan(dates: &[(u32, u32)]) -> Plan {
    let mut parts = empty_plan().to_parts();
    parts.horizon = Horizon::year(2027);
    "UTC".clone_into(&mut parts.zone);
    let area = |id: &str| BusinessArea {
        id: id.into(),
        name: id.to_uppercase(),
        owner: format!("Owner of {id}"),
        email: format!("{id}@bank.example"),
        ..BusinessArea::default()
    };
    parts.areas = ["pay", "trade"].map(area).into_iter().collect();
    let system =
        |id: &str| System { id: id.into(), name: id.to_owned(), area: Some(id.into()), hosts: 1, ..System::default() };
    parts.systems = ["pay", "trade"].map(system).into_iter().collect();
    let dates = dates.iter().map(|(month, day)| ListedDate { on: date(2027, *month, *day), words: String::new() });
    let window = MaintenanceWindow::new("db".into(), "Core DB", Rule::Dates(dates.collect()));
    parts.windows = [MaintenanceWindow { systems: vec!["pay".into(), "trade".into()], ..window }].into_iter().collect();
    parts.into()
}

fn entry(area: &str, (month, day): (u32, u32), agreement: Agreement) -> LedgerEntry {
    LedgerEntry {
        key: LedgerKey { window: "db".into(), on: date(2027, month, day), area: area.into() },
        agreement,
        answered_for: None,
        replied_at: None,
        reserve_on: None,
        notes: String::new(),
    }
}

fn agreed() -> Agreement {
    Agreement::Agreed { on: date(2027, 1, 5), by: "Ann".into() }
}

fn declined() -> Agreement {
    Agreement::Declined { on: date(2027, 1, 5), by: "Ann".into(), reason: "Quarter close".into() }
}

fn ledger(plan: &Plan) -> Ledger {
    Ledger::derive(&Schedule::derive(&Arc::new(plan.clone()), None), today(), None)
}

/// The state of that area's answer to the window's date.
fn state(ledger: &Ledger, area: &str, (month, day): (u32, u32)) -> AnswerState {
    AnswerIndex::find(ledger, &"db".into(), date(2027, month, day), &area.into()).unwrap().state(ledger)
}

fn said(ledger: &Ledger, area: &str, (month, day): (u32, u32)) -> String {
    let dated = AnswerIndex::find(ledger, &"db".into(), date(2027, month, day), &area.into()).unwrap();
    in_words(&dated.answer(ledger), ledger.today, &ledger.zone)
}

fn all_answers(ledger: &Ledger) -> AnswerList<'_> {
    AnswerList { ledger, area: None }
}

fn written(form: &ListForm, list: &dyn Listing) -> String {
    String::from_utf8((form.write)(list, CsvStyle::PLAIN).unwrap()).unwrap()
}

#[test]
fn each_answer_agrees_with_ledger_mail_and_calendar() {
    let mut parts = plan(&[(2, 20), (3, 6), (3, 13), (3, 20), (6, 5), (6, 12), (6, 19), (6, 26)]).to_parts();
    let reserve = LedgerEntry { reserve_on: Some(date(2027, 7, 3)), ..entry("pay", (6, 19), declined()) };
    parts.ledger = [
        entry("pay", (2, 20), agreed()),
        entry("pay", (6, 5), agreed()),
        entry("pay", (6, 12), declined()),
        reserve,
        entry("pay", (6, 26), Agreement::Asked { on: date(2027, 2, 15) }),
        entry("trade", (6, 26), Agreement::Asked { on: date(2027, 2, 14) }),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let ledger = ledger(&plan);
    let of_pay = |on| state(&ledger, "pay", on);
    assert_eq!(of_pay((2, 20)), AnswerState::Over);
    // Standard windows need seven days' notice; reminders start seven days before.
    assert_eq!(of_pay((3, 6)), AnswerState::Late);
    assert_eq!((of_pay((3, 13)), of_pay((3, 20))), (AnswerState::DueSoon, AnswerState::NotAsked));
    assert_eq!((of_pay((6, 5)), of_pay((6, 12))), (AnswerState::Agreed, AnswerState::Declined));
    assert_eq!(of_pay((6, 19)), AnswerState::Reserve);
    // An answer is awaited for fourteen days.
    assert_eq!((of_pay((6, 26)), state(&ledger, "trade", (6, 26))), (AnswerState::Asked, AnswerState::Silent));
    assert_eq!(said(&ledger, "trade", (6, 26)), "Asked on Sun 14 Feb 2027, silent for 15 days");
    assert_eq!(said(&ledger, "pay", (6, 12)), "Declined on Tue 5 Jan 2027 by Ann: Quarter close");
}

#[test]
fn a_reply_that_decides_nothing_has_its_day_in_the_zone_of_the_plan() {
    let mut parts = plan(&[(6, 26)]).to_parts();
    "Australia/Sydney".clone_into(&mut parts.zone);
    // 22:00 UTC on Sunday is Monday morning in Sydney.
    let replied_at = Some(UtcMinute::from_utc("2027-02-14T22:00:00Z".parse().unwrap()));
    let asked = Agreement::Asked { on: date(2027, 2, 15) };
    parts.ledger = [LedgerEntry { replied_at, ..entry("pay", (6, 26), asked) }].into_iter().collect();
    let ledger = ledger(&Plan::from(parts));
    assert_eq!(said(&ledger, "pay", (6, 26)), "Asked on Mon 15 Feb 2027, replied on Mon 15 Feb 2027 without deciding");
}

#[test]
fn the_sentence_counts_what_is_still_to_come() {
    let mut parts = plan(&[(2, 20), (6, 5), (6, 12), (6, 19)]).to_parts();
    parts.ledger = [
        entry("pay", (2, 20), agreed()),
        entry("pay", (6, 5), agreed()),
        entry("pay", (6, 12), agreed()),
        entry("pay", (6, 19), declined()),
        entry("trade", (6, 5), Agreement::Asked { on: date(2027, 1, 5) }),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let ledger = ledger(&plan);
    let sentence = "2 of 6 agreed, 1 declined without a reserve, 1 silent for over 14 days";
    assert_eq!(ledger.total.in_words(14), sentence);
    let months: Vec<usize> = ledger.tallies_for(0).iter().map(Tally::all).collect();
    assert_eq!(months, [0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0]);
    assert!(written(&TEXT, &all_answers(&ledger)).contains(&format!("\n{sentence} · zone data ")));
}

#[test]
fn an_answer_for_other_times_does_not_count() {
    let mut parts = plan(&[(6, 5)]).to_parts();
    let start = LocalMinute::from_naive("2027-06-05T22:00:00".parse().unwrap());
    let answered_for = Some(OccurrenceTimes { start, duration: Minutes::hours(4) });
    parts.ledger = [LedgerEntry { answered_for, ..entry("pay", (6, 5), agreed()) }].into_iter().collect();
    let plan = Plan::from(parts);
    assert_eq!(state(&ledger(&plan), "pay", (6, 5)), AnswerState::Agreed);
    let to = |to| Edit::MoveOccurrence { window: "db".into(), on: date(2027, 6, 5), to, start: None, duration: None };
    let moved = plan.apply(&to(date(2027, 6, 12))).unwrap();
    let seen = ledger(&moved);
    assert_eq!(state(&seen, "pay", (6, 5)), AnswerState::Outdated);
    assert_eq!(said(&seen, "pay", (6, 5)), "Agreed to Sat 5 Jun 2027 22:00, now Sat 12 Jun 2027 22:00");
    // Asking again, by mail or manually, makes it open; after the last day of notice it is late.
    let near = ledger(&plan.apply(&to(date(2027, 3, 5))).unwrap());
    assert_eq!(state(&near, "pay", (6, 5)), AnswerState::Late);
    let dated = AnswerIndex::find(&seen, &"db".into(), date(2027, 6, 5), &"pay".into()).unwrap();
    let again = BulkAnswer { said: NewAnswer::Asked, on: today(), reserve: None }.edit(&seen, &[dated]);
    assert_eq!(state(&ledger(&moved.apply(&again).unwrap()), "pay", (6, 5)), AnswerState::Asked);
}

#[test]
fn what_was_sent_counts_as_asked_until_the_date_moves() {
    let mut parts = plan(&[(6, 5)]).to_parts();
    let at = |text: &str| UtcMinute::from_utc(text.parse().unwrap());
    parts.sent_invites = [SentInvite {
        key: InviteKey { window: "db".into(), on: date(2027, 6, 5), to: "pay@bank.example".into() },
        areas: vec!["pay".into()],
        name: String::new(),
        summary: "Core DB".into(),
        start_at: at("2027-06-05T22:00:00Z"),
        end_at: at("2027-06-06T02:00:00Z"),
        sequence: 3,
        is_cancelled: false,
        sent_on: date(2027, 2, 25),
        role: InviteRole::Owner,
    }]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let ledger = ledger(&plan);
    assert_eq!(
        (state(&ledger, "pay", (6, 5)), state(&ledger, "trade", (6, 5))),
        (AnswerState::Asked, AnswerState::NotAsked)
    );
    let row = AnswerList { ledger: &ledger, area: Some(&"pay".into()) }.rows().remove(0);
    assert_eq!((row.sent_on, row.sequence, row.silent_days), (Some(date(2027, 2, 25)), Some(3), Some(4)));
    let to = Edit::MoveOccurrence {
        window: "db".into(),
        on: date(2027, 6, 5),
        to: date(2027, 6, 12),
        start: None,
        duration: None,
    };
    assert_eq!(state(&self::ledger(&plan.apply(&to).unwrap()), "pay", (6, 5)), AnswerState::NotAsked);
}

#[test]
fn notice_is_due_by_the_type_of_window_or_as_the_area_wants_it() {
    let mut parts = plan(&[(3, 6), (3, 20)]).to_parts();
    let window = MaintenanceWindow::clone(parts.windows.get(&"db".into()).unwrap());
    let kind = WindowKind::Extended;
    parts.windows = [
        window.clone(),
        MaintenanceWindow { id: "upgrade".into(), name: "Upgrade".into(), kind, ..window.clone() },
        MaintenanceWindow { id: "rolling".into(), name: "Rolling".into(), kind: WindowKind::Rolling, ..window },
    ]
    .into_iter()
    .collect();
    let trade =
        BusinessArea { notice_days: Some(10), ..BusinessArea::clone(parts.areas.get(&"trade".into()).unwrap()) };
    parts.areas = parts.areas.with(trade);
    let asked = Agreement::Asked { on: date(2027, 2, 1) };
    parts.ledger = [entry("pay", (3, 20), asked)].into_iter().collect();
    let plan = Plan::from(parts);
    let text = written(&TEXT, &NoticeList { ledger: &ledger(&plan) });
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let wanted = [
        "Due Late Window Date Areas not asked",
        "Sat 20 Feb 2027 9 days Upgrade Sat 6 Mar 2027 PAY",
        "Wed 24 Feb 2027 5 days Core DB Sat 6 Mar 2027 TRADE",
        "Wed 24 Feb 2027 5 days Rolling Sat 6 Mar 2027 TRADE",
        "Wed 24 Feb 2027 5 days Upgrade Sat 6 Mar 2027 TRADE",
        "Sat 27 Feb 2027 2 days Core DB Sat 6 Mar 2027 PAY",
        "Sat 6 Mar 2027 Upgrade Sat 20 Mar 2027 PAY",
        "Wed 10 Mar 2027 Core DB Sat 20 Mar 2027 TRADE",
        "Wed 10 Mar 2027 Rolling Sat 20 Mar 2027 TRADE",
        "Wed 10 Mar 2027 Upgrade Sat 20 Mar 2027 TRADE",
        "",
        &format!("9 notices to give, 5 late · zone data {}", ZoneData::bundled().release()),
    ];
    assert_eq!(lines, wanted);
    assert_eq!(written(&CSV, &NoticeList { ledger: &ledger(&plan) }).lines().count(), 10);
}

#[test]
fn many_answers_are_noted_in_one_edit_with_each_areas_owner() {
    let plan = plan(&[(3, 13), (3, 20), (6, 5)]);
    let before = ledger(&plan);
    let all: Vec<AnswerIndex> =
        (0..3).flat_map(|occurrence| (0..2).map(move |area| AnswerIndex { window: 0, occurrence, area })).collect();
    let by = String::new();
    let reserve = Some(ReserveOn::DaysLater(7));
    let edit = BulkAnswer { said: NewAnswer::Agreed { by }, on: today(), reserve }.edit(&before, &all);
    assert_eq!(edit.label(&plan), "Record 6 dates as agreed");
    let plan = plan.apply(&edit).unwrap();
    let owners: Vec<_> = plan
        .ledger()
        .iter()
        .map(|entry| match &entry.agreement {
            Agreement::Agreed { by, .. } => (by.as_str(), entry.reserve_on.unwrap() - entry.key.on),
            other => panic!("{other:?}"),
        })
        .collect();
    let week = chrono::TimeDelta::days(7);
    assert_eq!(owners, [("Owner of pay", week), ("Owner of trade", week)].repeat(3));
    // An agreement does not become a question again, and a reserve date alone changes no answer.
    let agreed = ledger(&plan);
    let asked = BulkAnswer { said: NewAnswer::Asked, on: today(), reserve: None }.edit(&agreed, &all);
    assert_eq!(plan.apply(&asked).unwrap(), plan);
    let only = BulkAnswer { said: NewAnswer::Nothing, on: today(), reserve: Some(ReserveOn::Date(date(2027, 9, 4))) };
    let plan = plan.apply(&only.edit(&agreed, &all[..1])).unwrap();
    let first = &plan.ledger().as_slice()[0];
    assert_eq!((first.reserve_on, first.agreement.name()), (Some(date(2027, 9, 4)), "Agreed"));
}

#[test]
fn a_refusal_of_other_times_is_not_reported_and_a_repeated_question_is_mentioned() {
    let mut plan = plan(&[(3, 13)]);
    let start = LocalMinute::from_naive("2027-03-06T22:00:00".parse().unwrap());
    let answered_for = Some(OccurrenceTimes { start, duration: Minutes::hours(4) });
    plan = PlanParts {
        ledger: [
            LedgerEntry { answered_for, ..entry("pay", (3, 13), declined()) },
            LedgerEntry { answered_for, ..entry("trade", (3, 13), agreed()) },
        ]
        .into_iter()
        .collect(),
        ..plan.to_parts()
    }
    .into();
    let found = |plan: &Plan| {
        let findings = Findings::check(&Schedule::derive(&Arc::new(plan.clone()), None), today(), None);
        let of_answers = |code: &str| matches!(code, "C001" | "C002" | "C003");
        let list = findings.list.iter().filter(|finding| of_answers(finding.rule.code));
        list.map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect::<Vec<_>>()
    };
    let again = "not asked again yet (declined Sat 6 Mar 2027 22:00, now Sat 13 Mar 2027 22:00)";
    assert!(found(&plan)[0].ends_with(again), "{:?}", found(&plan));
    assert!(found(&plan)[1].contains("(agreed to Sat 6 Mar 2027 22:00, now Sat 13 Mar 2027 22:00)"));
    assert!(found(&plan).iter().all(|finding| finding.starts_with("C001")));
    plan = PlanParts {
        ledger: [entry("pay", (3, 13), declined()), entry("trade", (3, 13), agreed())].into_iter().collect(),
        ..plan.to_parts()
    }
    .into();
    assert_eq!(found(&plan).len(), 1);
    assert!(found(&plan)[0].starts_with("C003"));
}

#[test]
fn plans_without_windows_areas_or_systems_have_an_empty_ledger() {
    for plan in [
        empty_plan(),
        Plan::from(PlanParts { areas: Table::default(), ..plan(&[(3, 13)]).to_parts() }),
        Plan::from(PlanParts { systems: Table::default(), ..plan(&[(3, 13)]).to_parts() }),
    ] {
        let ledger = ledger(&plan);
        assert_eq!((ledger.total.all(), ledger.notices.len()), (0, 0));
        assert_eq!(ledger.total.in_words(14), "No answers needed");
        assert_eq!(written(&CSV, &all_answers(&ledger)).lines().count(), 1);
    }
}

/// What two ledgers can differ in.
fn states(ledger: &Ledger) -> Vec<(String, Vec<Vec<AnswerState>>)> {
    let areas = ledger.plan.areas().len();
    let state = |window: &Arc<windowsill::schedule::agreement::ledger::WindowLedger>| {
        (window.schedule.id().to_string(), (0..areas).map(|area| window.states(area).to_vec()).collect())
    };
    ledger.windows.iter().map(state).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_ledger_updated_after_edits_equals_a_fresh_one(
        edits in proptest::collection::vec(prop_oneof![2 => answers(), 1 => any_edit()], 1..25)
    ) {
        let today = date(2026, 11, 21);
        let mut plan = Arc::new(empty_plan());
        let mut schedule = Schedule::derive(&plan, None);
        let mut kept = Ledger::derive(&schedule, today, None);
        for edit in &edits {
            let Ok(next) = plan.apply(edit) else { continue };
            plan = Arc::new(next);
            schedule = Schedule::derive(&plan, Some(&schedule));
            kept = Ledger::derive(&schedule, today, Some(&kept));
            let fresh = Ledger::derive(&schedule, today, None);
            prop_assert_eq!(states(&kept), states(&fresh));
            prop_assert_eq!(&kept.notices, &fresh.notices);
            prop_assert_eq!(kept.total, fresh.total);
            prop_assert!(kept.notices.is_sorted());
            let by_area: usize = (0..plan.areas().len()).flat_map(|area| kept.tallies_for(area)).map(Tally::all).sum();
            prop_assert_eq!(by_area, kept.total.all());
        }
    }

    #[test]
    fn several_answers_together_are_the_same_as_one_after_the_other(
        edits in proptest::collection::vec(answers(), 1..12)
    ) {
        let plan = empty_plan();
        let one_by_one = edits.iter().try_fold(plan.clone(), |plan, edit| plan.apply(edit).ok());
        let together = plan.apply(&Edit::Together { label: String::new(), edits }).ok();
        prop_assert_eq!(one_by_one, together);
    }
}
