//! Merging two versions of a plan: what is merged without a question, and what is in conflict.

use chrono::NaiveDate;
use windowsill::merge::{MergeError, MergedPlan, Side, Version, conflict_in_words, merge_plans, resolution};
use windowsill::model::*;
use windowsill::store;

use crate::common::harbour;
use crate::support::full::{clock, date};

/// The plan after edits, all of which must be possible.
#[track_caller]
fn edited(plan: &Plan, edits: impl IntoIterator<Item = Edit>) -> Plan {
    edits.into_iter().fold(plan.clone(), |plan, edit| plan.apply(&edit).unwrap())
}

/// Merges two versions of the plan `base`.
#[track_caller]
fn merged(base: &Plan, ours: impl IntoIterator<Item = Edit>, theirs: impl IntoIterator<Item = Edit>) -> MergedPlan {
    merge_plans(Some(base), &edited(base, ours), &edited(base, theirs)).unwrap()
}

fn window() -> MaintenanceWindow {
    harbour::window()
}

fn skip(on: NaiveDate, reason: &str) -> Edit {
    Edit::SkipOccurrence { window: "core-db".into(), on, reason: reason.into() }
}

fn move_to(on: NaiveDate, to: NaiveDate) -> Edit {
    Edit::MoveOccurrence { window: "core-db".into(), on, to, start: None, duration: None }
}

fn conflicts(plan: &Plan) -> Vec<String> {
    plan.conflicts().iter().map(|conflict| conflict.key.to_string()).collect()
}

#[track_caller]
fn core_db(plan: &Plan) -> &MaintenanceWindow {
    plan.windows().get(&"core-db".into()).unwrap()
}

#[test]
fn two_occurrences_of_one_window_and_two_of_its_fields_are_merged() {
    let base = harbour::plan();
    let (march, april) = (date(2027, 3, 20), date(2027, 4, 17));
    let ours =
        [move_to(march, date(2027, 3, 21)), Edit::PutWindow(MaintenanceWindow { start: clock(21, 0), ..window() })];
    let ours = [ours[1].clone(), ours[0].clone()];
    let theirs = [
        Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(5), notes: "Bring the key".into(), ..window() }),
        skip(april, "Quarter close"),
    ];
    let MergedPlan { plan, renamed } = merged(&base, ours, theirs);
    assert_eq!((conflicts(&plan), renamed), (vec![], vec![]));
    let window = core_db(&plan);
    assert_eq!(
        (window.start, window.duration, window.notes.as_str()),
        (clock(21, 0), Minutes::hours(5), "Bring the key")
    );
    assert_eq!(window.exceptions.iter().map(|exception| exception.on).collect::<Vec<_>>(), [march, april]);
    assert_eq!(window.sequence, 2, "both changed the times, so the merged version is newer than both");
}

#[test]
fn two_systems_are_added_to_one_group_and_one_is_removed() {
    let base = harbour::plan();
    let system = |id: &str| Edit::PutSystem(System { id: id.into(), name: id.into(), hosts: 1, ..System::default() });
    let assign = |id: &str| Edit::Assign { systems: vec![id.into()], group: "production".into() };
    let ours = [system("app"), assign("app"), assign("web")];
    let theirs =
        [system("mail"), assign("mail"), Edit::Unassign { systems: vec!["ledger".into()], ladder: "servers".into() }];
    let MergedPlan { plan, .. } = merged(&base, ours, theirs);
    assert_eq!(conflicts(&plan), [""; 0]);
    let systems = &plan.group(&"production".into()).unwrap().1.systems;
    assert_eq!(*systems, ["app", "core-db", "mail", "web"].map(SystemId::from));
}

#[test]
fn a_field_that_both_changed_differently_is_a_conflict_and_either_value_can_be_chosen() {
    let base = harbour::plan();
    let with = |hours: u32| [Edit::PutWindow(MaintenanceWindow { duration: Minutes::hours(hours), ..window() })];
    let MergedPlan { plan, .. } = merged(&base, with(6), with(5));
    assert_eq!(conflicts(&plan), ["window/core-db.duration"]);
    assert_eq!(core_db(&plan).duration, Minutes::hours(6));
    let conflict = plan.conflicts().iter().next().unwrap();
    let words = "Window Core DB patching, duration: ours is 6h, theirs is 5h, before it was 4h";
    assert_eq!(conflict_in_words(&plan, conflict), words);
    for (side, hours) in [(Side::Ours, 6), (Side::Theirs, 5)] {
        let edit = resolution(&plan, conflict, side).unwrap();
        let resolved = plan.apply(&edit).unwrap();
        assert_eq!((core_db(&resolved).duration, conflicts(&resolved).len()), (Minutes::hours(hours), 0));
    }
    let saved = store::parse(&store::to_text(&plan).unwrap()).unwrap();
    assert_eq!((saved.plan == plan, saved.unknown_fields.len()), (true, 0), "conflicts are saved and read");
}

#[test]
fn one_occurrence_that_both_moved_is_one_conflict() {
    let base = harbour::plan();
    let march = date(2027, 3, 20);
    let MergedPlan { plan, .. } = merged(
        &base,
        [move_to(march, date(2027, 3, 21))],
        [move_to(march, date(2027, 3, 27)), move_to(march, date(2027, 3, 28))],
    );
    assert_eq!(conflicts(&plan), ["window/core-db.exceptions[2027-03-20]"]);
    let conflict = plan.conflicts().iter().next().unwrap();
    let words = "Window Core DB patching, exception of Sat 20 Mar 2027: ours is moved to Sun 21 Mar 2027, theirs is \
                 moved to Sun 28 Mar 2027";
    assert_eq!(conflict_in_words(&plan, conflict), words);
    let sequence = core_db(&plan).exceptions[0].sequence;
    assert_eq!(sequence, 3, "higher than that of either side");
    let resolved = plan.apply(&resolution(&plan, conflict, Side::Theirs).unwrap()).unwrap();
    let exception = &core_db(&resolved).exceptions[0];
    let moved = OccurrenceChange::Moved { to: date(2027, 3, 28), start: None, duration: None };
    assert_eq!((&exception.change, exception.sequence), (&moved, 4));
    let same = merged(&base, [move_to(march, date(2027, 3, 21))], [move_to(march, date(2027, 3, 21))]);
    assert_eq!(conflicts(&same.plan), [""; 0], "both moved it to the same day");
}

#[test]
fn a_record_that_one_removed_and_the_other_changed_is_in_conflict_as_a_whole() {
    let base = harbour::plan();
    let change = Edit::PutWindow(MaintenanceWindow { notes: "Changed".into(), ..window() });
    let remove = Edit::RemoveWindow("core-db".into());
    let removed_here = merged(&base, [remove.clone()], [change.clone()]).plan;
    let removed_there = merged(&base, [change], [remove]).plan;
    for (plan, words, is_kept_after_theirs) in [
        (
            removed_here,
            "Window Core DB patching: removed here, but changed in theirs: notes empty → notes Changed",
            true,
        ),
        (
            removed_there,
            "Window Core DB patching: removed in theirs, but changed here: notes empty → notes Changed",
            false,
        ),
    ] {
        assert_eq!(conflicts(&plan), ["window/core-db"]);
        let conflict = plan.conflicts().iter().next().unwrap();
        assert_eq!(conflict_in_words(&plan, conflict), words);
        assert_eq!(plan.windows().is_empty(), is_kept_after_theirs);
        let resolved = plan.apply(&resolution(&plan, conflict, Side::Theirs).unwrap()).unwrap();
        let notes: Vec<_> = resolved.windows().iter().map(|window| window.notes.as_str()).collect();
        assert_eq!(notes, if is_kept_after_theirs { vec!["Changed"] } else { vec![] });
    }
}

#[test]
fn equal_ids_of_different_new_records_become_two_records_with_their_references() {
    let base = harbour::plan();
    let on = date(2027, 5, 8);
    let add = |name: &str| Edit::PutWindow(MaintenanceWindow::new("new-window".into(), name, Rule::once(on)));
    let freeze = Edit::PutFreeze(ChangeFreeze {
        exemptions: vec![Exemption { window: "new-window".into(), approver: "Ann".into(), reason: String::new() }],
        ..ChangeFreeze::week("may".into(), on)
    });
    let key = LedgerKey { window: "new-window".into(), on, area: "area".into() };
    let agreement = Agreement::Asked { on: date(2027, 1, 4) };
    let entry =
        LedgerEntry { key, agreement, answered_for: None, replied_at: None, reserve_on: None, notes: String::new() };
    let MergedPlan { plan, renamed } = merged(&base, [add("Printers")], [add("Phones"), freeze, Edit::PutEntry(entry)]);
    assert_eq!(conflicts(&plan), [""; 0]);
    let names: Vec<(String, &str)> =
        plan.windows().iter().map(|window| (window.id.to_string(), window.name.as_str())).collect();
    let expected = [("core-db", "Core DB patching"), ("new-window", "Printers"), ("new-window-2", "Phones")];
    assert_eq!(names, expected.map(|(id, name)| (id.to_owned(), name)));
    let freeze = plan.freezes().get(&"may".into()).unwrap();
    assert_eq!(freeze.exemptions[0].window, WindowId::from("new-window-2"));
    assert_eq!(plan.ledger().iter().next().unwrap().key.window, WindowId::from("new-window-2"));
    let words = "Both sides added a window with the id \"new-window\": theirs is now \"new-window-2\"";
    assert_eq!(renamed.iter().map(ToString::to_string).collect::<Vec<_>>(), [words]);
    let same = merged(&base, [add("Printers")], [add("Printers")]);
    assert_eq!((same.plan.windows().len(), same.renamed.len()), (2, 0));
}

#[test]
fn a_group_that_both_moved_to_different_ladders_stays_on_ours_and_is_a_conflict() {
    let group = |id: &str| DeploymentGroup::new(id.into(), id, Stage::Test);
    let ladder = |id: &str, groups: &[&str]| {
        let groups = groups.iter().map(|id| group(id)).collect();
        Edit::PutLadder(Ladder { id: id.into(), name: id.into(), class: SystemClass::Server, release: None, groups })
    };
    let base = edited(&harbour::plan(), [ladder("a", &["g"]), ladder("b", &[]), ladder("c", &[])]);
    let moved = |to: &str| [ladder("a", &[]), ladder(to, &["g"])];
    let MergedPlan { plan, .. } = merged(&base, moved("b"), moved("c"));
    assert_eq!(conflicts(&plan), ["ladder/c.groups[g]"]);
    assert_eq!(plan.group(&"g".into()).unwrap().0.id, LadderId::from("b"));
    let conflict = plan.conflicts().iter().next().unwrap();
    let resolved = plan.apply(&resolution(&plan, conflict, Side::Theirs).unwrap()).unwrap();
    assert_eq!(resolved.group(&"g".into()).unwrap().0.id, LadderId::from("c"));
}

#[test]
fn the_order_of_groups_is_a_conflict_only_if_both_changed_it() {
    let ladder = |order: &[&str]| {
        let groups = order.iter().map(|id| DeploymentGroup::new((*id).into(), id, Stage::Test)).collect();
        Edit::PutLadder(Ladder { id: "l".into(), name: "L".into(), class: SystemClass::Server, release: None, groups })
    };
    let order = |plan: &Plan| {
        let groups = &plan.ladders().get(&"l".into()).unwrap().groups;
        groups.iter().map(|group| group.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    let base = edited(&harbour::plan(), [ladder(&["a", "b", "c"])]);
    for (ours, theirs, expected, conflicting) in [
        (&["a", "b", "c"][..], &["c", "a", "b"][..], "c a b", false),
        (&["a", "x", "b", "c"], &["c", "a", "b"], "c a x b", false),
        (&["a", "b", "x", "c"], &["y", "a", "b", "c"], "y a b x c", false),
        (&["a", "c"], &["c", "b", "a"], "c a", false),
        (&["b", "a", "c"], &["c", "a", "b"], "b a c", true),
    ] {
        let plan = merged(&base, [ladder(ours)], [ladder(theirs)]).plan;
        let expected_conflicts = if conflicting { vec!["ladder/l.groups".to_owned()] } else { vec![] };
        assert_eq!((order(&plan).as_str(), conflicts(&plan)), (expected, expected_conflicts));
        if let Some(conflict) = plan.conflicts().iter().next() {
            let resolved = plan.apply(&resolution(&plan, conflict, Side::Theirs).unwrap()).unwrap();
            assert_eq!(order(&resolved), "c a b");
        }
    }
}

#[test]
fn dates_of_a_list_are_merged_unless_both_edited_the_same_one() {
    let window = |dates: &[u32]| {
        let dates = dates.iter().map(|day| ListedDate { on: date(2027, 6, *day), words: String::new() }).collect();
        Edit::PutWindow(MaintenanceWindow::new("w".into(), "W", Rule::Dates(dates)))
    };
    let base = edited(&harbour::plan(), [window(&[5, 12])]);
    let days = |plan: &Plan| match &plan.windows().get(&"w".into()).unwrap().rule {
        Rule::Dates(dates) => dates.iter().map(|date| date.on.format("%-d").to_string()).collect::<Vec<_>>().join(" "),
        rule => format!("{rule:?}"),
    };
    let both_added = merged(&base, [window(&[5, 12, 19])], [window(&[5, 12, 26])]).plan;
    assert_eq!((days(&both_added).as_str(), conflicts(&both_added).len()), ("5 12 26 19", 0));
    let both_edited = merged(&base, [window(&[5, 13])], [window(&[5, 14])]).plan;
    assert_eq!((days(&both_edited).as_str(), conflicts(&both_edited)), ("5 13", vec!["window/w.rule".to_owned()]));
}

#[test]
fn a_later_message_wins_and_two_different_ones_of_the_same_number_are_in_conflict() {
    let sent = |sequence: u32, hour: i32| SentInvite {
        key: InviteKey { window: "core-db".into(), on: date(2027, 3, 20), to: "a@example.org".into() },
        areas: vec![],
        name: String::new(),
        summary: "Core DB".into(),
        start_at: UtcMinute(hour * 60),
        end_at: UtcMinute(hour * 60 + 60),
        sequence,
        is_cancelled: false,
        sent_on: date(2027, 1, 4),
        role: InviteRole::Owner,
    };
    let base = edited(&harbour::plan(), [Edit::NoteSent(vec![sent(0, 1)])]);
    let both = |ours: SentInvite, theirs: SentInvite| {
        merged(&base, [Edit::NoteSent(vec![ours])], [Edit::NoteSent(vec![theirs])]).plan
    };
    let plan = both(sent(1, 2), sent(2, 3));
    assert_eq!((plan.sent_invites().iter().next().unwrap().sequence, conflicts(&plan).len()), (2, 0));
    assert_eq!(conflicts(&both(sent(1, 2), sent(1, 3))), ["sent-invite/core-db/2027-03-20/a@example.org"]);
}

#[test]
fn without_a_base_equal_records_are_one_and_settings_that_differ_are_in_conflict() {
    let ours = harbour::plan();
    let theirs = edited(
        &ours,
        [Edit::SetTitle("Harbour".into()), Edit::PutWindow(MaintenanceWindow { notes: "Mine".into(), ..window() })],
    );
    let MergedPlan { plan, renamed } = merge_plans(None, &ours, &theirs).unwrap();
    assert_eq!(conflicts(&plan), ["plan.title"]);
    assert_eq!(renamed.len(), 1);
    assert_eq!(plan.windows().iter().map(|window| window.id.to_string()).collect::<Vec<_>>(), ["core-db", "core-db-2"]);
    assert_eq!(plan.systems(), ours.systems());
}

#[test]
fn different_plans_and_conflicts_on_conflicts_are_refused() {
    let base = harbour::plan();
    let other = Plan::new("other".into(), "Other", base.horizon(), "UTC");
    let third = Plan::new("third".into(), "Third", base.horizon(), "UTC");
    for (versions, blamed) in [
        ([Some(&base), Some(&base), Some(&other)], Version::Theirs),
        ([Some(&base), Some(&other), Some(&base)], Version::Ours),
        ([Some(&other), Some(&base), Some(&base)], Version::Base),
        ([Some(&other), Some(&base), Some(&third)], Version::Theirs),
        ([None, Some(&base), Some(&other)], Version::Theirs),
    ] {
        let [before, Some(ours), Some(theirs)] = versions else { panic!("ours and theirs") };
        let error = merge_plans(before, ours, theirs).unwrap_err();
        assert!(matches!(&error, MergeError::OtherPlan { version, .. } if *version == blamed), "{error}");
    }
    let named = |name: &str| [Edit::PutWindow(MaintenanceWindow { name: name.into(), ..window() })];
    let left = merged(&base, named("A"), named("B")).plan;
    let again = merge_plans(Some(&base), &left, &edited(&base, named("C"))).unwrap_err();
    assert_eq!(
        again.to_string(),
        "the conflict window/core-db.name of an earlier merge is still open: resolve it first with windowsill merge --continue"
    );
    let other_field = edited(&base, [Edit::PutWindow(MaintenanceWindow { notes: "C".into(), ..window() })]);
    assert_eq!(conflicts(&merge_plans(Some(&base), &left, &other_field).unwrap().plan), ["window/core-db.name"]);
}
