//! Checklist templates: when their items are due, which are left out, and whose checklist a window has.

use std::sync::Arc;

use proptest::prelude::*;
use windowsill::export::checklist::{Preview, PreviewItem, shown_for};
use windowsill::model::{
    Assignee, Booking, ChecklistBlock, ChecklistChoice, ChecklistItem, ChecklistSource, ChecklistTemplate, Condition,
    Duty, Edit, EffectiveChecklist, Estimate, Irreversible, Ladder, MaintenanceWindow, Minutes, Plan, Policy, System,
    UtcMinute, WindowKind, Work,
};
use windowsill::schedule::{Schedule, WindowSchedule};

use crate::common::harbour;
use crate::support::plans::any_plan;

/// 10:00 UTC on 1 March 2027.
const NOW: UtcMinute = UtcMinute(30_064_920);

fn item(block: ChecklistBlock, text: &str) -> ChecklistItem {
    ChecklistItem::new(block, text)
}

fn template(items: Vec<ChecklistItem>) -> ChecklistTemplate {
    ChecklistTemplate::new("night".into(), "Night", items)
}

fn with(plan: &Plan, change: impl FnOnce(&mut MaintenanceWindow)) -> Plan {
    let mut window = MaintenanceWindow::clone(&plan.windows().as_slice()[0]);
    change(&mut window);
    plan.apply(&Edit::PutWindow(window)).unwrap()
}

/// The preview for the first occurrence from 1 March on.
fn preview(plan: &Plan, template: &ChecklistTemplate) -> Preview {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let (window, occurrence) = shown_for(&schedule, &template.id, None, NOW).unwrap();
    Preview::new(&schedule, window, occurrence, template)
}

fn items(preview: &Preview) -> Vec<&PreviewItem> {
    preview.blocks.iter().flat_map(|block| &block.items).collect()
}

fn left_out(plan: &Plan, condition: Condition) -> Option<&'static str> {
    let item = ChecklistItem { condition, ..item(ChecklistBlock::Start, "Look") };
    items(&preview(plan, &template(vec![item])))[0].left_out
}

#[test]
fn items_have_the_times_of_the_coming_occurrence() {
    let early = ChecklistItem { offset: Some(-30), owner: "Ann".into(), ..item(ChecklistBlock::Start, "Doors locked") };
    let late = ChecklistItem { offset: Some(150), ..item(ChecklistBlock::Start, "Half time") };
    let shown = preview(
        &harbour::plan(),
        &template(vec![
            item(ChecklistBlock::DayBefore, "Told of {ticket}"),
            early,
            late,
            item(ChecklistBlock::After, "Home"),
        ]),
    );
    let blocks: Vec<_> = shown.blocks.iter().map(|block| (&*block.title, &*block.when)).collect();
    assert_eq!(
        blocks,
        [
            ("24 hours before", "Fri 19 Mar, 22:00"),
            ("Start of window", "Sat 20 Mar, 22:00"),
            ("After", "Sun 21 Mar, 02:00")
        ]
    );
    let texts: Vec<_> = items(&shown).into_iter().map(|item| (&*item.text, &*item.when, &*item.owner)).collect();
    assert_eq!(
        texts,
        [
            ("Told of CHG-20417", "", ""),
            ("Doors locked", "21:30", "Ann"),
            ("Half time", "Sun 21 Mar, 00:30", ""),
            ("Home", "", "")
        ]
    );
}

#[test]
fn titles_and_days_are_in_the_words_of_the_checklist() {
    let words = [("start-block", "Beginn"), ("sat", "Sa"), ("mar", "März"), ("day", "{weekday} {day}. {month}")];
    let words = words.map(|(key, word)| (key.to_owned(), word.to_owned())).into();
    let shown = preview(
        &harbour::plan(),
        &ChecklistTemplate { words, ..template(vec![item(ChecklistBlock::Start, "Alle {every}")]) },
    );
    assert_eq!((&*shown.blocks[0].title, &*shown.blocks[0].when), ("Beginn", "Sa 20. März, 22:00"));
    assert_eq!(items(&shown)[0].text, "Alle 30 minutes");
}

#[test]
fn items_whose_condition_does_not_hold_are_left_out_with_the_reason() {
    let plan = harbour::plan();
    let plain = with(&plan, |window| {
        window.change_ticket.clear();
        window.batch = windowsill::model::Batch::All;
        window.work = Work::Pool(Estimate { patch: Some(Minutes(10).into()), ..Estimate::default() });
        window.systems = vec!["web".into()];
    });
    let full = with(&plan, |window| {
        window.irreversible = Some(Irreversible { after: Minutes(60), step: "Migrated".into() });
        let on = Some("2027-03-20".parse().unwrap());
        window.bookings = vec![Booking { duty: Duty::Testing(Minutes(60)), who: Assignee::Team("testers".into()), on }];
    });
    let expected = [
        (Condition::Reboot, "no reboot is planned"),
        (Condition::Batches, "there is one batch"),
        (Condition::NoReturn, "there is no point of no return"),
        (Condition::Testing, "no testers are booked"),
        (Condition::Ticket, "there is no change ticket"),
        (Condition::Dependencies, "it depends on nothing out of scope"),
    ];
    for (condition, reason) in expected {
        assert_eq!(left_out(&plain, condition), Some(reason));
        assert_eq!(left_out(&full, condition), None, "{condition:?}");
    }
    assert_eq!(left_out(&plain, Condition::Always), None);
    let another_night = with(&full, |window| window.bookings[0].on = "2027-04-17".parse().ok());
    assert_eq!(left_out(&another_night, Condition::Testing), Some("no testers are booked"));
}

#[test]
fn clocks_count_from_the_first_item_to_the_end() {
    // In London the clocks change on 28 March at 01:00.
    let week_later =
        with(&harbour::plan(), |window| window.rule = windowsill::model::Rule::once("2027-03-28".parse().unwrap()));
    assert_eq!(left_out(&week_later, Condition::ClocksChange), Some("the clocks do not change"));
    let ask = ChecklistItem { condition: Condition::ClocksChange, ..item(ChecklistBlock::DayBefore, "Clocks set") };
    let shown = preview(&week_later, &template(vec![ask.clone()]));
    assert_eq!(items(&shown)[0].left_out, None, "24 hours before the start is before the change");
    assert_eq!(shown.blocks[0].when, "Sat 27 Mar, 21:00 GMT");
    let after = ChecklistItem { offset: Some(24 * 60), ..ask };
    assert_eq!(items(&preview(&week_later, &template(vec![after])))[0].left_out, Some("the clocks do not change"));
}

#[test]
fn a_window_has_its_own_checklist_before_its_groups_and_theirs_before_its_types() {
    let with_checklist = |id: &str| ChecklistTemplate::new(id.into(), id, vec![item(ChecklistBlock::Start, id)]);
    let mut parts = harbour::plan().to_parts();
    parts.checklists = ["own", "group", "type"].map(with_checklist).into_iter().collect();
    let plan = Plan::from(parts);
    let chosen = |plan: &Plan| match plan.effective_checklist(&plan.windows().as_slice()[0]) {
        EffectiveChecklist::Template(template) => template.name.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(chosen(&plan), "Handbook");
    let mut policy = Policy::clone(plan.policy());
    policy.window_types.iter_mut().for_each(|each| each.checklist = Some("type".into()));
    let plan = plan.apply(&Edit::SetPolicy(policy)).unwrap();
    assert_eq!(chosen(&plan), "type");
    let mut ladder = Ladder::clone(&plan.ladders().as_slice()[0]);
    ladder.groups[0].checklist = Some("group".into());
    let plan = plan.apply(&Edit::PutLadder(ladder)).unwrap();
    assert_eq!(chosen(&plan), "group");
    let named = plan.checklist_source(&plan.windows().as_slice()[0]);
    assert!(matches!(named, ChecklistSource::Group(_, group) if group.name == "Production"), "{named:?}");
    let plan = with(&plan, |window| window.checklist = ChecklistChoice::Template("own".into()));
    assert_eq!(chosen(&plan), "own");
    // Nothing names the removed checklist, and the next one applies.
    let plan = plan.apply(&Edit::RemoveChecklist("own".into())).unwrap();
    assert_eq!(chosen(&plan), "group");
    let plan = plan.apply(&Edit::RemoveChecklist("group".into())).unwrap();
    assert_eq!(chosen(&plan), "type");
    let plan = plan.apply(&Edit::RemoveChecklist("type".into())).unwrap();
    assert_eq!(chosen(&plan), "Handbook");
    assert_eq!(plan.policy().window_type(WindowKind::Standard).and_then(|each| each.checklist.as_ref()), None);
    assert_eq!(plan.ladders().as_slice()[0].groups[0].checklist, None);
}

#[test]
fn a_checklist_that_nobody_uses_is_shown_for_the_next_window_and_after_the_year_for_the_last() {
    let schedule = Schedule::derive(&Arc::new(harbour::plan()), None);
    let nobodys = "nobody".into();
    let shown = |now| shown_for(&schedule, &nobodys, None, now).map(|(_, occurrence)| occurrence.on().to_string());
    assert_eq!(shown(NOW).as_deref(), Some("2027-03-20"));
    assert_eq!(shown(UtcMinute(i32::MAX)).as_deref(), Some("2027-12-18"));
    let unknown = shown_for(&schedule, &nobodys, Some(&"gone".into()), NOW);
    assert!(unknown.is_some(), "a window that is gone is as none chosen");
}

/// How many items a system adds to each checklist.
fn of_system(plan: &Plan, window: &WindowSchedule, system: &System) -> usize {
    let is_written = |text: &String| !text.chars().all(|c| c.is_whitespace() || c.is_control());
    let has_counterpart = system.counterpart.as_ref().is_some_and(|id| *id != system.id && plan.systems().contains(id));
    let stops = system.stop_services.iter().any(is_written) && !window.window.strategy.is_switch();
    usize::from(has_counterpart) + 2 * usize::from(stops) + usize::from(is_written(&system.test_script))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_checklist_is_previewed_for_any_occurrence(plan in any_plan()) {
        let schedule = Schedule::derive(&Arc::new(plan), None);
        for template in schedule.plan.checklists() {
            for window in &schedule.windows {
                for occurrence in window.expansion.occurrences.iter().take(3) {
                    let shown = Preview::new(&schedule, window, occurrence, template);
                    let of_systems: usize =
                        window.scope.systems.iter().map(|system| of_system(&schedule.plan, window, system)).sum();
                    let of_systems = if template.items.is_empty() { 0 } else { of_systems };
                    prop_assert_eq!(items(&shown).len(), template.items.len() + of_systems);
                }
            }
        }
    }
}
