//! Conflicts in words: a person can decide from them.

use proptest::collection::vec;
use proptest::prelude::*;
use windowsill::merge::{conflict_in_words, merge_plans, our_value, sides_in_words};
use windowsill::model::*;

use crate::common::harbour;
use crate::support::edits::any_edit;
use crate::support::full::{clock, date, empty_plan};
use crate::support::plans::any_plan;

/// The conflicts of both sides' edits in words.
#[track_caller]
fn words(before: &[Edit], ours: &[Edit], theirs: &[Edit]) -> String {
    let edited = |plan: &Plan, edits: &[Edit]| edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap());
    let base = edited(&harbour::plan(), before);
    let plan = merge_plans(Some(&base), &edited(&base, ours), &edited(&base, theirs)).unwrap().plan;
    plan.conflicts().iter().map(|conflict| conflict_in_words(&plan, conflict)).collect::<Vec<_>>().join("\n")
}

fn window(change: impl Fn(&mut MaintenanceWindow)) -> Edit {
    let mut window = harbour::window();
    change(&mut window);
    Edit::PutWindow(window)
}

fn person(id: &str, name: &str) -> Edit {
    Edit::PutPerson(Person::new(id.into(), name))
}

/// An answer for the occurrence of 20 March.
fn answer(change: impl Fn(&mut LedgerEntry)) -> Edit {
    let key = LedgerKey { window: "core-db".into(), on: date(2027, 3, 20), area: "area".into() };
    let agreement = Agreement::Agreed { on: date(2026, 11, 18), by: "Ann".into() };
    let (answered_for, replied_at, reserve_on) = (None, None, None);
    let mut entry = LedgerEntry { key, agreement, answered_for, replied_at, reserve_on, notes: String::new() };
    change(&mut entry);
    Edit::PutEntry(entry)
}

#[test]
fn answers_for_other_times_and_from_replies_are_worded_differently() {
    let times = |hour: u32| {
        Some(OccurrenceTimes {
            start: LocalMinute::new(date(2027, 3, 20), clock(hour, 0)),
            duration: Minutes::hours(4),
        })
    };
    let at = |minute: i32| Some(UtcMinute::from_utc("2026-11-18T10:00:00Z".parse().unwrap()).plus(minute));
    let before = answer(|entry| entry.agreement = Agreement::NotAsked);
    let said = |ours: &dyn Fn(&mut LedgerEntry), theirs: &dyn Fn(&mut LedgerEntry)| {
        let said = words(std::slice::from_ref(&before), &[answer(ours)], &[answer(theirs)]);
        said.replace("Answer of Payments for Core DB patching, Sat 20 Mar 2027, agreement: ", "")
    };
    assert_eq!(
        said(&|entry| entry.answered_for = times(22), &|entry| entry.answered_for = times(23)),
        "ours is agreed by Ann on Wed 18 Nov 2026 for Sat 20 Mar 2027 22:00 – 02:00, entered in the plan; theirs is \
         agreed by Ann on Wed 18 Nov 2026 for Sat 20 Mar 2027 23:00 – 03:00, entered in the plan; before it was not asked"
    );
    assert_eq!(
        said(&|entry| entry.replied_at = at(4), &|_| {}),
        "ours is agreed by Ann on Wed 18 Nov 2026 for any times, by a reply of Wed 18 Nov 2026 10:04 UTC; theirs is \
         agreed by Ann on Wed 18 Nov 2026 for any times, entered in the plan; before it was not asked"
    );
    assert!(said(&|entry| entry.replied_at = at(4), &|entry| entry.replied_at = at(5)).contains("10:05 UTC"));
    let said = said(&|entry| entry.notes = "By phone".into(), &|entry| entry.notes = "At lunch".into());
    assert!(said.contains("notes: ours is By phone, theirs is At lunch"), "{said}");
    // Removed on one side.
    let removed = Edit::RemoveEntry(LedgerKey { window: "core-db".into(), on: date(2027, 3, 20), area: "area".into() });
    let said = words(&[answer(|_| {})], &[answer(|entry| entry.answered_for = times(22))], &[removed]);
    assert!(said.ends_with("changed here: answered for empty → answered for Sat 20 Mar 2027 22:00 – 02:00"), "{said}");
}

#[test]
fn answers_and_bookings_are_named() {
    let answer = |agreement: Agreement| answer(|entry| entry.agreement = agreement.clone());
    let agreed = answer(Agreement::Agreed { on: date(2026, 11, 18), by: "Magnus Lindqvist".into() });
    let reason = "Year-end close".to_owned();
    let declined = answer(Agreement::Declined { on: date(2026, 11, 19), by: "Ann".into(), reason });
    let said = words(&[answer(Agreement::NotAsked)], &[agreed], &[declined]);
    let expected = "ours is agreed by Magnus Lindqvist on Wed 18 Nov 2026 for any times, entered in the plan; theirs is \
                    declined by Ann on Thu 19 Nov 2026 (Year-end close) for any times, entered in the plan; before it \
                    was not asked";
    assert!(said.ends_with(expected), "{said}");

    let booked = |id: &'static str| {
        window(move |window| {
            let who = |id: &str| Assignee::Person(id.into());
            let work = Booking { duty: Duty::Work, who: who("p-0"), on: None };
            window.bookings = vec![work, Booking { duty: Duty::USUAL_TESTING, who: who(id), on: None }];
        })
    };
    let people =
        [person("p-0", "Zoe"), person("p-1", "Ann"), person("p-2", "Bob"), person("p-3", "Cid"), booked("p-1")];
    let said = words(&people, &[booked("p-2")], &[booked("p-3")]);
    let expected = "Window Core DB patching, bookings: ours is testing for 2 h by Bob, theirs is testing for 2 h by Cid, \
                    before it was testing for 2 h by Ann";
    assert_eq!(said, expected);
}

#[test]
fn lists_show_what_differs_in_them_with_names() {
    let people = [person("p-1", "Ann"), person("p-2", "Bob"), person("p-3", "Cid"), person("p-4", "Dan")];
    let team = |order: [&str; 4]| {
        let mut team = Team::new("dba".into(), "DBA");
        team.people = order.map(PersonId::from).to_vec();
        Edit::PutTeam(team)
    };
    let before = [&people[..], &[team(["p-1", "p-2", "p-3", "p-4"])]].concat();
    let said = words(&before, &[team(["p-1", "p-3", "p-2", "p-4"])], &[team(["p-1", "p-3", "p-4", "p-2"])]);
    assert_eq!(
        said,
        "Team DBA, people: ours is Cid, Bob and Dan; theirs is Cid, Dan and Bob; before it was Bob, Cid and Dan"
    );

    let listed = |days: &'static [u32]| {
        window(move |window| {
            let date = |day: &u32| ListedDate { on: date(2027, 3, *day), words: String::new() };
            window.rule = Rule::Dates(days.iter().map(date).collect());
        })
    };
    let said = words(&[listed(&[6, 13])], &[listed(&[6, 14])], &[listed(&[6, 20])]);
    let expected = "Window Core DB patching, rule: ours is Sun 14 Mar 2027, theirs is Sat 20 Mar 2027, before it was \
                    Sat 13 Mar 2027";
    assert_eq!(said, expected);

    let away = |day: u32| {
        let (first_on, last_on) = (date(2027, 3, day), date(2027, 3, 31));
        let away = vec![Absence { first_on, last_on, reason: "Leave".into() }];
        Edit::PutPerson(Person { away, ..Person::new("p-1".into(), "Ann") })
    };
    let said = words(&[away(1)], &[away(2)], &[away(3)]);
    assert_eq!(
        said,
        "Person Ann, away: ours is Tue 2 Mar 2027 to Wed 31 Mar 2027 (Leave), theirs is Wed 3 Mar 2027 to Wed 31 Mar \
         2027 (Leave), before it was Mon 1 Mar 2027 to Wed 31 Mar 2027 (Leave)"
    );
}

#[test]
fn what_one_removed_and_the_other_changed_is_named() {
    let on = date(2027, 3, 20);
    let moved = |day: u32| {
        let to = date(2027, 3, day);
        Edit::MoveOccurrence { window: "core-db".into(), on, to, start: None, duration: None }
    };
    let reset = window(|_| {});
    let said = words(&[moved(21)], &[reset], &[moved(27)]);
    let expected = "Window Core DB patching, exception of Sat 20 Mar 2027: ours is removed (the occurrence takes place \
                    as usual), theirs is moved to Sat 27 Mar 2027, before it was moved to Sun 21 Mar 2027";
    assert_eq!(said, expected);
    let changed = window(|window| {
        window.duration = Minutes::hours(5);
        window.start = clock(23, 0);
    });
    let said = words(&[], &[Edit::RemoveWindow("core-db".into())], &[changed]);
    let expected = "Window Core DB patching: removed here, but changed in theirs: duration 4h, start 22:00 → duration 5h, \
                    start 23:00";
    assert_eq!(said, expected);
}

#[test]
fn what_becomes_of_an_occurrence_without_its_exception_depends_on_the_exception() {
    let on = date(2027, 3, 20);
    let excepted = |change: Option<OccurrenceChange>| {
        window(move |window| {
            if let Some(change) = &change {
                window.set_exception(on, change.clone());
            }
        })
    };
    let (start, duration) = (None, None);
    let moved = |day: u32| Some(OccurrenceChange::Moved { to: date(2027, 3, day), start, duration });
    let skipped = |reason: &str| Some(OccurrenceChange::Skipped { reason: reason.into() });
    let added = |hour: u32| Some(OccurrenceChange::Added { start: Some(clock(hour, 0)), duration });
    let usual = "the occurrence takes place as usual";
    for (before, changed, effect) in [
        (moved(21), moved(27), usual),
        (moved(21), skipped("Freeze"), usual),
        (skipped(""), skipped("Freeze"), usual),
        (skipped("Freeze"), moved(27), usual),
        (added(21), added(23), "the occurrence does not take place"),
        (added(21), moved(27), "the occurrence does not take place"),
    ] {
        for (gone, word) in [(None, "removed"), (Some(OccurrenceChange::Restored), "reset")] {
            let (gone, changed) = ([excepted(gone)], [excepted(changed.clone())]);
            let expected = format!("is {word} ({effect})");
            let said = words(&[excepted(before.clone())], &gone, &changed);
            assert!(said.contains(&format!("ours {expected}")), "{said}");
            let said = words(&[excepted(before.clone())], &changed, &gone);
            assert!(said.contains(&format!("theirs {expected}")), "{said}");
        }
    }
    // The rule lists other dates now.
    let listed = |change: Option<OccurrenceChange>, day: u32| {
        window(move |window| {
            window.rule = Rule::once(date(2027, 3, day));
            if let Some(change) = &change {
                window.set_exception(on, change.clone());
            }
        })
    };
    let said = words(&[listed(moved(21), 20)], &[listed(None, 13)], &[listed(moved(27), 20)]);
    assert!(said.contains("ours is removed (the rule no longer gives this date)"), "{said}");
    // A dated change.
    let later = |hour: Option<u32>| {
        window(move |window| {
            let change = |hour| DatedChange { from: on, start: Some(clock(hour, 0)), duration: None, shift_days: 0 };
            window.changes = hour.map(change).into_iter().collect();
        })
    };
    let said = words(&[later(Some(21))], &[later(None)], &[later(Some(23))]);
    assert!(said.contains("ours is removed (the times stay as they were before), theirs is from Sat 20"), "{said}");
}

#[test]
fn values_of_different_kinds_have_all_their_parts() {
    let batch = |batch: Batch| window(move |window| window.batch = batch.clone());
    let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Share(20)]);
    for (ours, theirs, expected) in [
        (Batch::Hosts(10), Batch::Share(20), "ours is 10 hosts at a time, theirs is 20 % of the hosts at a time"),
        (Batch::Hosts(1), list, "ours is 1 host at a time; theirs is batches of 1, 20 %"),
        (Batch::Hosts(10), Batch::Hosts(12), "ours is 10 hosts at a time, theirs is 12 hosts at a time"),
    ] {
        let said = words(&[batch(Batch::All)], &[batch(ours)], &[batch(theirs)]);
        assert!(said.contains(expected) && said.ends_with("before it was all hosts at once"), "{said}");
    }
    let scope = |scope: SystemScope| {
        let (exemptions, notes) = (Vec::new(), String::new());
        Edit::PutFreeze(ChangeFreeze {
            id: "year-end".into(),
            name: "Year end".to_owned(),
            first_on: date(2027, 12, 20),
            last_on: date(2027, 12, 31),
            every_months: None,
            scope,
            exemptions,
            notes,
            imported: None,
        })
    };
    let systems = SystemScope::Systems(vec!["web".into(), "core-db".into()]);
    let said =
        words(&[scope(SystemScope::Everything)], &[scope(systems)], &[scope(SystemScope::Areas(vec!["hr".into()]))]);
    let expected = "ours is Systems Web + API and Core DB, theirs is Areas hr, before it was Everything";
    assert!(said.ends_with(expected), "{said}");
    let checklist = |choice: ChecklistChoice| window(move |window| window.checklist = choice.clone());
    let named = Edit::PutChecklist(ChecklistTemplate::new("night".into(), "Night", Vec::new()));
    let said = words(
        &[named],
        &[checklist(ChecklistChoice::Template("night".into()))],
        &[checklist(ChecklistChoice::Without)],
    );
    assert!(said.contains("ours is Template Night, theirs is Without, before it was Usual"), "{said}");
    let work = |work: Work| window(move |window| window.work = work.clone());
    let estimate = Estimate { patch: Some(Guess::sure(Minutes(30))), ..Estimate::default() };
    let tracks = Work::Tracks(vec![vec!["web".into()], vec!["core-db".into()]]);
    let said = words(&[], &[work(Work::Pool(estimate))], &[work(tracks)]);
    assert!(
        said.contains("ours is Pool patch 30m") && said.contains("theirs is Tracks Web + API and Core DB"),
        "{said}"
    );
}

#[test]
fn equal_names_and_values_that_read_the_same_are_distinguished() {
    let people = [person("p-1", "Ann"), person("p-2", "Ann"), person("p-3", "Cid")];
    let booked = |id: &'static str| {
        let who = Assignee::Person(id.into());
        window(move |window| window.bookings = vec![Booking { duty: Duty::Work, who: who.clone(), on: None }])
    };
    let before = [&people[..], &[booked("p-3")]].concat();
    let said = words(&before, &[booked("p-1")], &[booked("p-2")]);
    assert!(said.contains("ours is work by Ann (p-1), theirs is work by Ann (p-2)"), "{said}");
    let noted = |notes: &'static str| window(move |window| window.notes = notes.to_owned());
    for (ours, theirs, expected) in [
        ("One\nTwo", "One Two", r#"ours is "One\nTwo", theirs is "One Two""#),
        ("One  Two", "One Two", r#"ours is "One  Two", theirs is "One Two""#),
        ("2027-03-13", "Sat 13 Mar 2027", r#"ours is "2027-03-13", theirs is "Sat 13 Mar 2027""#),
        ("empty", "", r#"ours is "empty", theirs is """#),
    ] {
        let said = words(&[noted("Old")], &[noted(ours)], &[noted(theirs)]);
        assert!(said.contains(expected), "{said}");
    }
    // Records with the same name have their ids in the title.
    let twins = [person("p-1", "Ann"), person("p-2", "Ann")];
    let noted =
        |id: &str, notes: &str| Edit::PutPerson(Person { notes: notes.into(), ..Person::new(id.into(), "Ann") });
    let said = words(&twins, &[noted("p-1", "A"), noted("p-2", "A")], &[noted("p-1", "B"), noted("p-2", "B")]);
    let titles: Vec<_> = said.lines().filter_map(|line| line.split_once(':')).map(|(title, _)| title).collect();
    assert_eq!(titles, ["Person Ann (p-1), notes", "Person Ann (p-2), notes"]);
}

/// The plan after those edits that are possible.
fn edited(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap_or(plan))
}

/// The first conflict whose sides differ and read the same.
fn unclear_conflict(plan: &Plan) -> Option<String> {
    let is_unclear = |conflict: &&std::sync::Arc<Conflict>| {
        let [ours, theirs] = sides_in_words(plan, conflict);
        ours == theirs && our_value(plan, &conflict.key) != conflict.theirs
    };
    let conflict = plan.conflicts().iter().find(is_unclear)?;
    Some(format!("{}\n{conflict:#?}\nours: {}", conflict_in_words(plan, conflict), our_value(plan, &conflict.key)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_of_a_conflict_never_read_the_same(
        start in vec(any_edit(), 0..40),
        ours in vec(any_edit(), 0..30),
        theirs in vec(any_edit(), 0..30),
    ) {
        let base = edited(&empty_plan(), &start);
        let merged = merge_plans(Some(&base), &edited(&base, &ours), &edited(&base, &theirs)).unwrap();
        prop_assert_eq!(unclear_conflict(&merged.plan), None);
        let messages: Vec<String> =
            merged.plan.conflicts().iter().map(|conflict| conflict_in_words(&merged.plan, conflict)).collect();
        for (at, message) in messages.iter().enumerate() {
            prop_assert!(!messages[..at].contains(message), "twice: {}", message);
        }
    }

    #[test]
    fn both_sides_of_any_conflict_between_any_plans_never_read_the_same(plans in vec(any_plan(), 3)) {
        let [base, ours, theirs] = &plans[..] else { panic!("three plans") };
        for base in [Some(base), None] {
            if let Ok(merged) = merge_plans(base, ours, theirs) {
                prop_assert_eq!(unclear_conflict(&merged.plan), None);
            }
        }
    }
}

#[test]
fn settings_and_long_texts_show_where_they_differ() {
    let policy = |names: &'static [&str]| {
        let mut policy = Policy::default();
        let all = policy.severities.clone();
        let named = |name: &&str| all.iter().find(|each| each.name == *name).unwrap().clone();
        policy.severities = names.iter().map(named).collect();
        Edit::SetPolicy(policy)
    };
    let said = words(
        &[],
        &[policy(&["High", "Critical", "Medium", "Low"])],
        &[policy(&["Critical", "Medium", "High", "Low"])],
    );
    let expected = "Policy, severities: ours is High, Critical and Medium; theirs is Critical, Medium and High; before \
                    it was Critical, High and Medium";
    assert_eq!(said, expected);
    let noted = |word: &'static str| {
        window(move |window| window.notes = format!("{}{word}{}", "Before. ".repeat(40), " After.".repeat(40)))
    };
    let said = words(&[noted("one")], &[noted("two")], &[noted("three")]);
    assert!(said.contains("ours is …") && said.contains("two After.") && said.contains("three After."), "{said}");
    assert!(said.len() < 400, "{said}");
}
