//! Conflicts in words: a person can decide from them.

use windowsill::merge::{conflict_in_words, merge_plans};
use windowsill::model::*;

use crate::common::harbour;
use crate::support::full::{clock, date};

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

#[test]
fn answers_and_bookings_are_named() {
    let answer = |agreement: Agreement| {
        let key = LedgerKey { window: "core-db".into(), on: date(2027, 3, 20), area: "area".into() };
        let (answered_for, replied_at, reserve_on) = (None, None, None);
        Edit::PutEntry(LedgerEntry { key, agreement, answered_for, replied_at, reserve_on, notes: String::new() })
    };
    let agreed = answer(Agreement::Agreed { on: date(2026, 11, 18), by: "Magnus Lindqvist".into() });
    let reason = "Year-end close".to_owned();
    let declined = answer(Agreement::Declined { on: date(2026, 11, 19), by: "Ann".into(), reason });
    let said = words(&[answer(Agreement::NotAsked)], &[agreed], &[declined]);
    let expected = "ours is agreed by Magnus Lindqvist on Wed 18 Nov 2026, theirs is declined by Ann on Thu 19 Nov 2026 \
                    (Year-end close), before it was not asked";
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
    let expected = "Window Core DB patching, exception of Sat 20 Mar 2027: ours is removed (takes place on Sat 20 Mar \
                    2027 as the rule gives), theirs is moved to Sat 27 Mar 2027, before it was moved to Sun 21 Mar 2027";
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
