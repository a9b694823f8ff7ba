//! What is different between two plans, or from what was sent: changes, owners, notice, words.

use chrono::{NaiveDate, Weekday};
use windowsill::export::revision::text;
use windowsill::model::*;
use windowsill::schedule::agreement::outbox;
use windowsill::schedule::revision::{DateChange, DateRevision, RecordPresence, WindowRevision};
use windowsill::schedule::{InviteMessageKind, Revision};

use crate::common::dates::{date, moved};
use crate::support::revisions::*;

#[track_caller]
fn only_window(revision: &Revision) -> &WindowRevision {
    assert_eq!(revision.windows.len(), 1, "{:?}", revision.windows);
    &revision.windows[0]
}

#[track_caller]
fn only_date(revision: &Revision) -> &DateRevision {
    let window = only_window(revision);
    assert_eq!(window.dates.len(), 1, "{:?}", window.dates);
    &window.dates[0]
}

#[test]
fn a_moved_date_has_both_times_its_owner_and_its_notice_date() {
    let revision = after(&[moved("2027-03-20", "2027-03-21")]);
    let moved = only_date(&revision);
    assert_eq!((moved.change, moved.on), (DateChange::Moved, date("2027-03-20")));
    assert_eq!(moved.before.as_ref().unwrap().in_words(), "Sat 20 Mar 2027 22:00 – 02:00 GMT");
    assert_eq!(moved.after.as_ref().unwrap().in_words(), "Sun 21 Mar 2027 22:00 – 02:00 GMT");
    assert_eq!(moved.in_words(), "Moved, 1 day later");
    assert_eq!(moved.notice_in_words().unwrap(), "Sun 14 Mar 2027");
    assert_eq!(
        (moved.late_days(), moved.notifications.len(), moved.notifications[0].what),
        (None, 1, Some(InviteMessageKind::Update))
    );
    let owner = &revision.owners[0];
    assert_eq!((owner.name.as_str(), owner.address.as_deref()), ("A. Osei", Some("payments@bank.example")));
    assert_eq!((owner.areas.as_slice(), owner.changes()), (&["Payments".to_owned()][..], "1 moved".to_owned()));
    assert_eq!(only_window(&revision).headline(), "1 of 12 dates 1 day later");
    assert_eq!((revision.summary().as_str(), revision.unchanged), ("1 moved; 1 owner must be notified", 11));
}

#[test]
fn a_date_that_is_only_longer_is_moved_too() {
    let revision = after(&[window(|window| window.duration = Minutes::hours(5))]);
    let changed = only_window(&revision);
    assert!(changed.dates.iter().all(|date| date.change == DateChange::Moved && date.shift() == "1 h longer"));
    assert_eq!(changed.headline(), "All 12 dates 1 h longer");
    assert_eq!(changed.fields[0].to_string(), "Length 4 h → 5 h");
}

#[test]
fn a_rule_that_gives_other_dates_moves_them() {
    let sunday = Rule::Monthly { on: MonthDay::Nth(3, Weekday::Sun), every: 1, offset_days: 0 };
    let revision = after(&[window(|window| window.rule = sunday)]);
    let changed = only_window(&revision);
    assert_eq!((changed.count(DateChange::Moved), changed.dates.len()), (10, 12), "January and February are over");
    assert_eq!(changed.headline(), "All 12 dates from Sat to Sun");
    assert_eq!(revision.past_count(), 2);
    let weekly = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
    let revision = after(&[window(|window| window.rule = weekly)]);
    assert_eq!(
        (revision.count(DateChange::Added), revision.count(DateChange::Cancelled), revision.unchanged),
        (33, 0, 12)
    );
}

#[test]
fn a_date_that_is_skipped_is_cancelled_and_one_that_was_is_restored() {
    let revision = after(&[skipped("2027-04-17")]);
    let cancelled = only_date(&revision);
    assert_eq!((cancelled.change, cancelled.in_words().as_str()), (DateChange::Cancelled, "Cancelled: Quarter close"));
    assert_eq!(cancelled.notifications[0].what, Some(InviteMessageKind::Cancellation));
    let back = between(&with(&plan(), &[skipped("2027-04-17")]), &plan());
    let restored = only_date(&back);
    assert_eq!(
        (restored.change, restored.notifications[0].what),
        (DateChange::Restored, Some(InviteMessageKind::Invite))
    );
    assert_eq!(back.summary(), "1 restored; 1 owner must be notified");
}

#[test]
fn a_manually_added_date_is_added_and_replaces_no_other() {
    let added = Edit::AddOccurrence { window: "core-db".into(), on: date("2027-04-18"), start: None, duration: None };
    let revision = after(std::slice::from_ref(&added));
    assert_eq!((only_date(&revision).change, only_date(&revision).on), (DateChange::Added, date("2027-04-18")));
    let revision = after(&[added, skipped("2027-04-17")]);
    let changes: Vec<DateChange> = only_window(&revision).dates.iter().map(|date| date.change).collect();
    assert_eq!(changes, [DateChange::Cancelled, DateChange::Added]);
}

#[test]
fn a_whole_window_comes_or_goes_with_all_its_dates() {
    let revision = after(&[Edit::RemoveWindow("core-db".into())]);
    let gone = only_window(&revision);
    assert_eq!((gone.presence, gone.headline().as_str()), (RecordPresence::Removed, "Removed, 12 dates"));
    assert_eq!((revision.count(DateChange::Cancelled), revision.past_count(), revision.unchanged), (10, 2, 0));
    let revision = between(&with(&plan(), &[Edit::RemoveWindow("core-db".into())]), &plan());
    assert_eq!((only_window(&revision).presence, revision.count(DateChange::Added)), (RecordPresence::New, 10));
}

#[test]
fn months_that_only_one_plan_has_are_neither_added_nor_cancelled() {
    let later = Horizon { from: date("2027-07-01"), months: 12 };
    let revision = after(&[Edit::SetHorizon(later)]);
    let changed = only_window(&revision);
    assert_eq!(changed.headline(), "6 dates in earlier months, 6 dates in new months");
    assert_eq!((revision.count(DateChange::Added), revision.count(DateChange::Cancelled)), (0, 0));
    assert!(revision.owners.is_empty() && changed.dates.iter().all(|date| date.notifications.is_empty()));
    assert_eq!(
        revision.remarks()[..2],
        ["6 dates only in the earlier plan's months", "6 dates only in the new plan's months"]
    );
    assert_eq!(revision.summary(), "No date is moved, cancelled or added");
}

#[test]
fn a_change_that_comes_after_the_last_day_of_notice_says_by_how_much() {
    let revision = after(&[moved("2027-03-20", "2027-03-05")]);
    let late = only_date(&revision);
    assert_eq!((late.late_days(), late.late_in_words().unwrap().as_str()), (Some(3), "3 days too late"));
    assert_eq!(late.notice_in_words().unwrap(), "Fri 26 Feb 2027, 3 days too late");
    assert_eq!(revision.summary(), "1 moved; 1 owner must be notified; 1 with too little notice");
    let in_time = after(&[moved("2027-03-20", "2027-03-08")]);
    assert_eq!((in_time.late_count(), only_date(&in_time).notice().unwrap().due_on), (0, today()));
}

#[test]
fn notice_of_a_cancellation_counts_from_the_cancelled_date_and_an_area_may_need_more() {
    let patient = BusinessArea { notice_days: Some(30), ..area("payments", "Payments", "A. Osei") };
    let old = with(&plan(), &[Edit::PutArea(patient)]);
    let revision = between(&old, &with(&old, &[skipped("2027-03-20")]));
    let cancelled = only_date(&revision);
    assert_eq!((cancelled.notice().unwrap().due_on, cancelled.late_days()), (date("2027-02-18"), Some(11)));
    let informational = window(|window| window.kind = WindowKind::Rolling);
    let old = with(&plan(), &[informational]);
    let revision = between(&old, &with(&old, &[skipped("2027-03-20")]));
    assert_eq!((only_date(&revision).notice(), revision.late_count(), revision.owners.len()), (None, 0, 1));
}

#[test]
fn past_dates_are_listed_separately_and_notify_nobody() {
    let revision = after(&[moved("2027-01-16", "2027-01-17"), skipped("2027-02-20")]);
    assert!(only_window(&revision).dates.iter().all(|date| date.is_past && date.notifications.is_empty()));
    assert_eq!((revision.past_count(), revision.count(DateChange::Moved), revision.owners.len()), (2, 0, 0));
    assert!(text(&revision, "earlier.ron").contains("\nIn the past\n"));
    let into_the_past = after(&[moved("2027-03-20", "2027-02-27")]);
    assert_eq!(
        (into_the_past.past_count(), into_the_past.count(DateChange::Moved)),
        (0, 1),
        "its owner expects 20 March"
    );
}

#[test]
fn an_owner_whose_systems_come_into_scope_is_notified_of_every_date() {
    let revision = after(&[window(|window| window.systems = vec!["web".into()])]);
    let changed = only_window(&revision);
    let fields: Vec<String> = changed.fields.iter().map(ToString::to_string).collect();
    assert_eq!(fields, ["Business areas added Trading", "Systems added Web + API"]);
    assert_eq!((revision.count(DateChange::Changed), revision.unchanged), (10, 0));
    let owners: Vec<_> = revision.owners.iter().map(|owner| (owner.name.as_str(), owner.changes())).collect();
    assert_eq!(owners, [("A. Osei", "other changes".to_owned()), ("M. Lind", "10 new".to_owned())]);
    assert_eq!(revision.summary(), "1 window changed; 2 owners must be notified");
}

#[test]
fn both_owners_are_notified_when_an_area_changes_hands() {
    let new =
        BusinessArea { email: "new@bank.example".into(), owner: "B. Quist".into(), ..area("payments", "Payments", "") };
    let revision = after(&[Edit::PutArea(new)]);
    let owners: Vec<_> = revision.owners.iter().map(|owner| (owner.called(), owner.changes())).collect();
    assert_eq!(owners, [("B. Quist", "10 new".to_owned()), ("A. Osei", "10 cancelled".to_owned())]);
    assert_eq!(revision.records[0].title(), "Business area Payments");
    assert_eq!(
        revision.records[0].in_words(),
        "Owner A. Osei → B. Quist · Address payments@bank.example → new@bank.example"
    );
}

#[test]
fn changes_that_do_not_concern_owners_are_listed_and_notify_nobody() {
    let revision = after(&[window(|window| {
        window.change_ticket = "CHG-30000".into();
        window.checklist = ChecklistChoice::Without;
        window.batch = Batch::Share(25);
    })]);
    let fields: Vec<String> = only_window(&revision).fields.iter().map(ToString::to_string).collect();
    assert_eq!(fields, ["Batches 10 → 25 %", "Checklist the usual one → none", "Change ticket CHG-20417 → CHG-30000"]);
    assert!(revision.owners.is_empty());
    assert_eq!(only_window(&revision).headline(), "Batches 10 → 25 %, 2 more");
}

#[test]
fn changes_of_a_checklist_are_listed_item_by_item() {
    let item = |text: &str| ChecklistItem::new(ChecklistBlock::Start, text);
    let before = ChecklistTemplate::new("night".into(), "Night", vec![item("Doors locked"), item("Timer started")]);
    let old = plan().apply(&Edit::PutChecklist(before.clone())).unwrap();
    let told = |checklist: ChecklistTemplate| {
        let new = old.apply(&Edit::PutChecklist(checklist)).unwrap();
        let revision = between(&old, &new);
        revision.records.iter().map(|record| format!("{}: {}", record.title(), record.in_words())).collect::<Vec<_>>()
    };
    let mut timed = before.clone();
    timed.items[0] = ChecklistItem {
        offset: Some(-30),
        owner: "Security".into(),
        condition: Condition::Reboot,
        ..item("Doors locked")
    };
    timed.language = "de".into();
    timed.words = [("start".to_owned(), "Beginn".to_owned())].into();
    assert_eq!(
        told(timed),
        [
            "Checklist Night: Language set to de · Words added start: Beginn · Items added Start of window: Doors locked \
          (30 min before · Security · Only if a reboot is planned); removed Start of window: Doors locked"
        ]
    );
    let mut swapped = before.clone();
    swapped.items.reverse();
    assert_eq!(
        told(swapped),
        ["Checklist Night: Order of items Doors locked, Timer started → Timer started, Doors locked"]
    );
    let mut ladder = Ladder::clone(&old.ladders().as_slice()[0]);
    ladder.groups[0].checklist = Some("night".into());
    let revision = between(&old, &old.apply(&Edit::PutLadder(ladder)).unwrap());
    assert_eq!(revision.records[0].title(), "Group Production");
    assert_eq!(revision.records[0].in_words(), "Checklist set to Night");
}

#[test]
fn changes_of_other_records_are_described() {
    let policy = Policy { buffer_percent: 20, ..Policy::default() };
    let freeze = ChangeFreeze {
        last_on: date("2028-01-03"),
        scope: SystemScope::Areas(vec!["trading".into()]),
        ..ChangeFreeze::clone(plan().freezes().get(&"year-end".into()).unwrap())
    };
    let assign = Edit::Assign { systems: vec!["web".into()], group: "production".into() };
    let revision = after(&[
        Edit::SetTitle("Port".into()),
        Edit::SetPolicy(policy),
        Edit::PutFreeze(freeze),
        assign,
        Edit::RemoveRelease("sap".into()),
    ]);
    let records: Vec<String> =
        revision.records.iter().map(|each| format!("{}: {}", each.title(), each.in_words())).collect();
    assert_eq!(
        records,
        [
            "Plan: Title Harbour Trust 2027 → Port",
            "Policy: Buffer 10 % → 20 %",
            "Change freeze Year end: Days Mon 13 Dec 2027 to Fri 31 Dec 2027 → Mon 13 Dec 2027 to Mon 3 Jan 2028 · \
             Covers everything → Trading",
            "Group Production: Systems added Web + API",
            "Release calendar SAP patch day: Removed",
        ]
    );
}

/// Notes all that is due as sent.
fn sent(plan: &Plan, today: NaiveDate) -> Plan {
    let schedule = schedule(plan);
    let sent = outbox::due(&schedule, today).into_iter().map(|message| message.sent).collect();
    plan.apply(&Edit::NoteSent(sent)).unwrap()
}

#[test]
fn what_was_sent_is_compared_in_the_same_shape() {
    let since = |plan: &Plan| Revision::since_sent(&schedule(plan), today());
    let everything = since(&plan());
    assert_eq!(everything.summary(), "10 added; 1 owner must be notified");
    let known = sent(&plan(), today());
    assert!(since(&known).is_empty());
    let revision = since(&with(&known, &[moved("2027-03-20", "2027-03-05"), skipped("2027-04-17")]));
    let changes: Vec<DateChange> = only_window(&revision).dates.iter().map(|date| date.change).collect();
    assert_eq!(changes, [DateChange::Moved, DateChange::Cancelled]);
    assert_eq!(revision.summary(), "1 moved, 1 cancelled; 1 owner must be notified; 1 with too little notice");
    assert_eq!((revision.owners[0].changes().as_str(), revision.unchanged), ("1 moved, 1 cancelled", 8));
    let revision = since(&with(&known, &[Edit::RemoveWindow("core-db".into())]));
    assert_eq!(only_window(&revision).headline(), "Removed, 10 dates");
}

#[test]
fn a_rule_that_changes_after_the_invites_went_out_moves_them() {
    let known = sent(&plan(), today());
    let sunday = Rule::Monthly { on: MonthDay::Nth(3, Weekday::Sun), every: 1, offset_days: 0 };
    let revision = Revision::since_sent(&schedule(&with(&known, &[window(|window| window.rule = sunday)])), today());
    assert_eq!(only_window(&revision).headline(), "All 10 dates from Sat to Sun");
    assert_eq!(revision.summary(), "10 moved; 1 owner must be notified");
}

#[test]
fn changes_of_night_records_are_described() {
    use windowsill::model::{ChecklistBlock, Ending, NightKey, NightRecord, Outcome, Tick, UtcMinute};
    let key = NightKey { window: "core-db".into(), on: date("2027-03-20") };
    let tick =
        |item: &str| Tick { block: ChecklistBlock::Start, item: item.into(), by: "A. Osei".into(), at: UtcMinute(0) };
    let begun = NightRecord { ticks: vec![tick("Timer started")], ..NightRecord::new(key.clone()) };
    let mut ended = begun.clone();
    ended.ticks.push(tick("Backup reachable"));
    ended.ending = Some(Ending { outcome: Outcome::Done, by: "A. Osei".into(), at: UtcMinute(0) });
    let told = |old: &Plan, new: &Plan| -> Vec<String> {
        let revision = between(old, new);
        revision.records.iter().map(|each| format!("{}: {}", each.title(), each.in_words())).collect()
    };
    let (first, second) = (with(&plan(), &[Edit::PutNight(begun)]), with(&plan(), &[Edit::PutNight(ended)]));
    let record = "Record of the night Core DB patching, Sat 20 Mar 2027";
    assert_eq!(told(&plan(), &first), [format!("{record}: New")]);
    assert_eq!(
        told(&first, &second),
        [format!(
            "{record}: Ticks added Start of window: Backup reachable (A. Osei) · Outcome set to Done (A. Osei, \
             1970-01-01T00:00Z)"
        )]
    );
    assert_eq!(told(&second, &plan()), [format!("{record}: Removed")]);
}

#[test]
fn another_name_of_a_person_is_the_same_whether_the_window_was_read_again_or_not() {
    let mut parts = plan().to_parts();
    parts.people = [Person::new("ann".into(), "Ann")].into_iter().collect();
    let booking = Booking { duty: Duty::Work, who: Assignee::Person("ann".into()), on: None };
    let booked = |window: &MaintenanceWindow| MaintenanceWindow { bookings: vec![booking.clone()], ..window.clone() };
    parts.windows = parts.windows.iter().map(|window| booked(window)).collect();
    let old = Plan::from(parts);
    let edited = old.apply(&Edit::PutPerson(Person::new("ann".into(), "Ann Bell"))).unwrap();
    let reread = windowsill::store::parse(&windowsill::store::to_text(&edited).unwrap()).unwrap().plan;
    let [edited, reread] = [edited, reread].map(|new| {
        let revision = Revision::compare(
            Some(&schedule(&old)),
            &schedule(&new),
            today(),
            &windowsill::progress::Progress::default(),
        )
        .unwrap();
        (revision.windows.len(), revision.records.len())
    });
    assert_eq!((edited, reread), ((0, 1), (0, 1)));
}
