//! Edits for tests: all kinds, with few ids, so that records name each other, and often name records that do not exist.

use chrono::{NaiveDate, NaiveTime, Weekday};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use windowsill::model::*;

use crate::support::advisories::an_advisory;
use crate::support::answers::answers;
use crate::support::checklists::a_checklist;
use crate::support::full::{clock, date};
use crate::support::notices::a_notice;
use crate::support::people;
use crate::support::results::{an_estimate, recorded, recording_policy};
use crate::support::routines::{put_routine, remove_routine};
use crate::support::times::{changes, occurrences, own_zone};

/// Any edit of a plan with few ids. Some name records that do not exist and fail, which is intended.
pub fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        12 => records(),
        5 => removals(),
        6 => occurrences(),
        3 => assignments(),
        2 => settings(),
        3 => answers(),
        3 => recorded(),
        1 => vec(records(), 1..4).prop_map(|edits| Edit::Together { label: "Import".to_owned(), edits }),
    ]
}

/// Few dates of 2027, those of clock changes, holidays and freezes among them.
pub fn a_date() -> impl Strategy<Value = NaiveDate> {
    let (month, day) = (1..=12_u32, select(vec![1, 2, 6, 9, 13, 14, 20, 27, 28]));
    prop_oneof![
        6 => (month, day).prop_map(|(month, day)| date(2027, month, day)),
        1 => select(vec![date(2027, 3, 28), date(2027, 10, 31), date(2027, 12, 25), date(2026, 12, 31), date(2029, 1, 1)]),
    ]
}

fn settings() -> impl Strategy<Value = Edit> {
    let horizon = (select(vec![date(2027, 1, 1), date(2026, 7, 15)]), select(vec![6_u16, 12, 24]));
    let night = (option::of(0..4_u32), option::of(0..6_u32), option::of(0..20_u32))
        .prop_map(|(windows, changes, hosts)| NightLimits { windows, changes, hosts });
    let percent = || select(vec![0_u8, 10, 50, 100]);
    let numbers = (percent(), select(vec![0_u16, 365]), 0..100_u32, select(vec![0, 30, 120]));
    let policy = (numbers, (percent(), percent()), night, window_types(), people::limits());
    prop_oneof![
        Just(Edit::SetTitle("Renamed".to_owned())),
        horizon.prop_map(|(from, months)| Edit::SetHorizon(Horizon { from, months })),
        a_zone().prop_map(Edit::SetZone),
        policy.prop_map(|(numbers, (overrun_percent, correlation_percent), night, window_types, people)| {
            let (buffer_percent, rollback_test_days, hours, longest_gap_days) = numbers;
            let percent = u16::from(buffer_percent);
            let soak = SoakTimes { test: Minutes::hours(hours), ..SoakTimes::default() };
            let mut policy = Policy {
                buffer_percent,
                rollback_test_days,
                soak,
                overrun_percent,
                correlation_percent,
                night,
                longest_gap_days,
                first_group_percent: correlation_percent,
                window_types,
                people,
                silent_after_days: percent,
                notice_reminder_days: 2 * percent,
                publishers_dates: hours % 3 != 0,
                due_by: if hours % 2 == 0 { DueBy::Matrix } else { DueBy::Severity },
                ..recording_policy(hours)
            };
            policy.severities[1].within = Minutes::hours(5 * hours);
            Edit::SetPolicy(policy)
        }),
    ]
}

/// The usual types, each with or without its own checklist, and with notice of few days or none.
fn window_types() -> impl Strategy<Value = Vec<WindowType>> {
    let of_type = (option::weighted(0.3, one::<ChecklistId>("checklist")), option::of(select(vec![0_u16, 7])));
    vec(of_type, 4).prop_map(|changes| {
        let types = Policy::default().window_types.into_iter().zip(changes);
        types.map(|(usual, (checklist, notice_days))| WindowType { checklist, notice_days, ..usual }).collect()
    })
}

fn records() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => a_window().prop_map(Edit::PutWindow),
        2 => a_system().prop_map(Edit::PutSystem),
        2 => a_ladder().prop_map(Edit::PutLadder),
        1 => an_area().prop_map(Edit::PutArea),
        1 => a_freeze().prop_map(Edit::PutFreeze),
        1 => holidays().prop_map(Edit::PutHolidays),
        1 => a_notice().prop_map(Edit::PutNotice),
        1 => a_release().prop_map(Edit::PutRelease),
        1 => own_zone().prop_map(Edit::PutZone),
        2 => an_advisory().prop_map(Edit::PutAdvisory),
        1 => a_checklist().prop_map(Edit::PutChecklist),
        1 => an_acceptance().prop_map(Edit::PutAcceptance),
        1 => a_mapping().prop_map(Edit::PutMapping),
        1 => cancelled_events().prop_map(Edit::PutCancelled),
        2 => people::a_person().prop_map(Edit::PutPerson),
        1 => people::a_team().prop_map(Edit::PutTeam),
        2 => put_routine(),
    ]
}

fn removals() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => one::<WindowId>("window").prop_map(Edit::RemoveWindow),
        1 => one::<SystemId>("system").prop_map(Edit::RemoveSystem),
        1 => one::<LadderId>("ladder").prop_map(Edit::RemoveLadder),
        1 => one::<AreaId>("area").prop_map(Edit::RemoveArea),
        1 => one::<FreezeId>("freeze").prop_map(Edit::RemoveFreeze),
        1 => one::<HolidayId>("holidays").prop_map(Edit::RemoveHolidays),
        1 => one::<NoticeId>("notice").prop_map(Edit::RemoveNotice),
        1 => one::<ReleaseId>("release").prop_map(Edit::RemoveRelease),
        1 => own_zone().prop_map(|zone| Edit::RemoveZone(zone.id)),
        1 => one::<AdvisoryId>("advisory").prop_map(Edit::RemoveAdvisory),
        1 => one::<ChecklistId>("checklist").prop_map(Edit::RemoveChecklist),
        1 => one::<AcceptanceId>("acceptance").prop_map(Edit::RemoveAcceptance),
        1 => a_mapping().prop_map(|mapping| Edit::RemoveMapping(mapping.key)),
        1 => cancelled_events().prop_map(|cancelled| Edit::RemoveCancelled(cancelled.source)),
        1 => one::<PersonId>("person").prop_map(Edit::RemovePerson),
        1 => one::<TeamId>("team").prop_map(Edit::RemoveTeam),
        1 => remove_routine(),
    ]
}

fn assignments() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (some::<SystemId>("system"), one("group")).prop_map(|(systems, group)| Edit::Assign { systems, group }),
        (some::<SystemId>("system"), one("ladder")).prop_map(|(systems, ladder)| Edit::Unassign { systems, ladder }),
    ]
}

pub const NUMBERS: [u8; 5] = [1, 2, 3, 4, 5];

pub fn one<T: for<'a> From<&'a str> + std::fmt::Debug>(kind: &'static str) -> impl Strategy<Value = T> {
    select(NUMBERS.to_vec()).prop_map(move |number| numbered(kind, number))
}

pub fn numbered<T: for<'a> From<&'a str>>(kind: &str, number: u8) -> T {
    T::from(&format!("{kind}-{number}"))
}

pub fn some<T: for<'a> From<&'a str> + std::fmt::Debug>(kind: &'static str) -> impl Strategy<Value = Vec<T>> {
    subsequence(NUMBERS.to_vec(), 0..4)
        .prop_map(move |numbers| numbers.iter().map(|number| T::from(&format!("{kind}-{number}"))).collect())
}

pub fn a_zone() -> impl Strategy<Value = String> {
    select(vec!["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Europe/Atlantis"]).prop_map(str::to_owned)
}

pub fn a_start() -> impl Strategy<Value = NaiveTime> {
    select(vec![clock(22, 0), clock(0, 0), clock(1, 0), clock(2, 30)])
}

fn a_weekday() -> impl Strategy<Value = Weekday> {
    select(vec![Weekday::Sat, Weekday::Sun, Weekday::Tue])
}

fn a_month_day() -> impl Strategy<Value = MonthDay> {
    prop_oneof![
        (0..7_u8, a_weekday()).prop_map(|(n, day)| MonthDay::Nth(n, day)),
        a_weekday().prop_map(MonthDay::Last),
        select(vec![0, 13, 28, 29, 31, 32]).prop_map(MonthDay::Day),
    ]
}

fn a_rule() -> impl Strategy<Value = Rule> {
    let words = select(vec!["", "first Saturday", "Saturday after Patch Tuesday", "every day", "who knows"]);
    let listed = (a_date(), words).prop_map(|(on, words)| ListedDate { on, words: words.to_owned() });
    let foreign = select(vec!["FREQ=MONTHLY;BYDAY=2SA", "FREQ=HOURLY", "nonsense"]);
    prop_oneof![
        vec(listed, 0..4).prop_map(Rule::Dates),
        (a_weekday(), 1..3_u16).prop_map(|(day, every)| Rule::Weekly { days: vec![day], every }),
        (a_month_day(), 1..4_u16, select(vec![-2, 0, 11])).prop_map(|(on, every, offset_days)| Rule::Monthly {
            on,
            every,
            offset_days
        }),
        (one("release"), 0..4_i32, option::of(a_weekday()))
            .prop_map(|(release, offset_days, then)| { Rule::AfterRelease { release, offset_days, then } }),
        foreign.prop_map(|rrule| Rule::Foreign(rrule.to_owned())),
    ]
}

fn tested_on() -> impl Strategy<Value = Option<NaiveDate>> {
    option::of(select(vec![date(2026, 9, 1), date(2024, 1, 1)]))
}

fn a_window() -> impl Strategy<Value = MaintenanceWindow> {
    let length = select(vec![30, 120, 180, 240, 600]);
    let when = (a_rule(), a_start(), (length, changes()), option::of(a_zone()), option::of(a_date()));
    let what = (some("group"), some("system"), select(WindowKind::ALL.to_vec()), tested_on());
    let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Share(40)]);
    let batch = select(vec![Batch::All, Batch::Hosts(2), Batch::Share(25), list]);
    let hours = || option::weighted(0.3, select(vec![0, 1, 3]).prop_map(Minutes::hours));
    let limits = (hours(), hours(), select(vec!["", "Restore the snapshot"]));
    let tracks = vec(some("system"), 0..3).prop_map(Work::Tracks);
    let work = prop_oneof![an_estimate().prop_map(Work::Pool), tracks];
    let checklist = prop_oneof![
        4 => Just(ChecklistChoice::Usual),
        2 => one("checklist").prop_map(ChecklistChoice::Template),
        1 => Just(ChecklistChoice::Without),
    ];
    let staff = (checklist, people::bookings(a_date));
    (one::<WindowId>("window"), when, what, (batch, work, staff), limits).prop_map(
        |(
            id,
            (rule, start, (minutes, changes), zone, first),
            (groups, systems, kind, tested_on),
            (batch, work, (checklist, bookings)),
            (cutoff, step_after, steps),
        )| {
            let name = id.to_string();
            MaintenanceWindow {
                changes,
                start,
                duration: Minutes(minutes),
                zone,
                first,
                groups,
                systems,
                kind,
                batch,
                work,
                checklist,
                bookings,
                watch: (minutes > 120).then(|| Watch::new(Minutes::hours(24))),
                strategy: WorkStrategy::ALL[minutes as usize / 30 % WorkStrategy::ALL.len()],
                cutoff,
                irreversible: step_after.map(|after| Irreversible { after, step: String::new() }),
                backout: BackoutPlan { tested_on, steps: steps.to_owned() },
                ..MaintenanceWindow::new(id, &name, rule)
            }
        },
    )
}

fn a_system() -> impl Strategy<Value = System> {
    let names = (option::of(one("area")), some("system"), option::of(one("system")), option::of(a_zone()));
    let kind = (select(vec![SystemClass::Server, SystemClass::Desktop]), select(vec!["", "T14", "R650"]));
    (one::<SystemId>("system"), names, kind, 0..12_u32, an_estimate(), tested_on()).prop_map(
        |(id, (area, depends_on, twin, zone), (class, model), hosts, estimate, rollback_tested_on)| System {
            name: id.to_string(),
            id,
            class,
            model: model.to_owned(),
            vendor: ["", "Oracle", "SAP"][hosts as usize % 3].to_owned(),
            area,
            counterpart: depends_on.first().cloned().filter(|_| hosts % 2 == 0),
            stop_services: depends_on.iter().map(ToString::to_string).collect(),
            depends_on,
            twin,
            zone,
            hosts,
            estimate,
            rollback_tested_on,
            rating: Rating::all(if hosts % 3 == 0 { Level::High } else { Level::Low }),
            service: if hosts % 4 == 0 { "db".to_owned() } else { String::new() },
            product: model.to_owned(),
            circuits: (1..=hosts % 3).map(|number| format!("IC-{number}")).collect(),
            ..System::default()
        },
    )
}

/// Ladder 1 has groups 1 to 3, ladder 2 groups 4 and 5; the ids of other ladders are used but never defined.
fn a_ladder() -> impl Strategy<Value = Ladder> {
    let cadence = option::of(select(vec![0_u16, 20, 60]));
    let soak = option::of((0..200_u32).prop_map(Minutes::hours));
    let checklist = option::weighted(0.3, one::<ChecklistId>("checklist"));
    let group = (select(Stage::ALL.to_vec()), soak, cadence, checklist, some("system"));
    (1..3_usize, option::of(one("release")), vec(group, 0..4)).prop_map(|(number, release, groups)| {
        let named = |(index, (stage, soak, cadence_days, checklist, systems)): (usize, (_, _, _, _, Vec<SystemId>))| {
            let id = format!("group-{}", 3 * number - 2 + index);
            DeploymentGroup { id: GroupId::new(&id), name: id, stage, soak, cadence_days, checklist, systems }
        };
        let id = format!("ladder-{number}");
        Ladder {
            id: LadderId::new(&id),
            name: id,
            class: SystemClass::Server,
            release,
            groups: groups.into_iter().take(4 - number).enumerate().map(named).collect(),
        }
    })
}

fn an_area() -> impl Strategy<Value = BusinessArea> {
    let notice_days = option::of(select(vec![0_u16, 3, 21]));
    let hours = (subsequence(vec![Weekday::Sat, Weekday::Sun, Weekday::Mon], 0..4), a_start(), a_start());
    let allowed = vec(hours.prop_map(|(days, from, until)| AllowedHours { days, from, until }), 0..3);
    (one::<AreaId>("area"), select(vec!["", "Ann"]), some("holidays"), notice_days, allowed).prop_map(
        |(id, owner, holidays, notice_days, allowed)| BusinessArea {
            name: id.to_string(),
            id,
            owner: owner.to_owned(),
            holidays,
            notice_days,
            allowed,
            ..BusinessArea::default()
        },
    )
}

fn a_freeze() -> impl Strategy<Value = ChangeFreeze> {
    let scope = prop_oneof![
        Just(SystemScope::Everything),
        some("area").prop_map(SystemScope::Areas),
        some("ladder").prop_map(SystemScope::Ladders),
        some("system").prop_map(SystemScope::Systems),
    ];
    let exempt = some::<WindowId>("window").prop_map(|windows| {
        let approver = |window: &WindowId| if window.as_str().ends_with(['1', '2']) { "Ann" } else { "" }.to_owned();
        let exempt = |window| Exemption { approver: approver(&window), window, reason: String::new() };
        windows.into_iter().map(exempt).collect()
    });
    let every_months = select(vec![None, None, Some(0), Some(1), Some(3), Some(12)]);
    (one::<FreezeId>("freeze"), a_date(), 0..40_u64, every_months, scope, exempt).prop_map(
        |(id, first_on, days, every_months, scope, exemptions)| ChangeFreeze {
            name: id.to_string(),
            id,
            first_on,
            last_on: first_on + chrono::Days::new(days),
            every_months,
            scope,
            exemptions,
            notes: String::new(),
            imported: None,
        },
    )
}

fn a_mapping() -> impl Strategy<Value = TableMapping> {
    let titles = select(vec![vec!["Was"], vec!["Was", "Wann"]]);
    let dates = option::of(select(DayOrder::ALL.to_vec()));
    (titles, select(vec!["name", "date", ""]), dates).prop_map(|(titles, field, dates)| TableMapping {
        fields: titles.iter().map(|_| field.to_owned()).collect(),
        key: MappingKey { topic: "windows".to_owned(), titles: titles.into_iter().map(str::to_owned).collect() },
        dates,
    })
}

fn cancelled_events() -> impl Strategy<Value = CancelledEvents> {
    let event = |sequence| ImportedEvent { uid: "x".to_owned(), sequence, ..ImportedEvent::default() };
    (select(vec!["Carrier", "Feed"]), 0..3_i64).prop_map(move |(source, sequence)| CancelledEvents {
        source: source.to_owned(),
        events: vec![event(sequence)],
    })
}

fn an_acceptance() -> impl Strategy<Value = Acceptance> {
    let cause = prop_oneof![
        one("window").prop_map(Subject::Window),
        one("freeze").prop_map(Subject::Freeze),
        one("group").prop_map(Subject::Group),
    ];
    let codes = select(vec!["B001", "B003", "F001", "F003", "P006", "R001", "X999"]);
    let until = select(vec![date(2026, 11, 20), date(2026, 11, 22), date(2027, 12, 31)]);
    (one("acceptance"), codes, cause, option::of(one("window")), option::of(a_date()), until).prop_map(
        |(id, code, cause, window, on, until)| Acceptance {
            id,
            code: code.to_owned(),
            cause,
            window,
            on,
            reason: "Known".to_owned(),
            by: "Ann".to_owned(),
            until,
        },
    )
}

fn holidays() -> impl Strategy<Value = HolidayCalendar> {
    let day = (a_date(), select(vec!["", "Bavaria"])).prop_map(|(on, region)| Holiday {
        on,
        name: "Holiday".to_owned(),
        region: region.to_owned(),
    });
    (one::<HolidayId>("holidays"), vec(day, 0..8)).prop_map(|(id, mut days)| {
        days.sort();
        HolidayCalendar { name: id.to_string(), id, days, imported: None }
    })
}

fn a_release() -> impl Strategy<Value = ReleaseCalendar> {
    (one::<ReleaseId>("release"), a_month_day(), a_zone()).prop_map(|(id, on, zone)| {
        let cadence =
            ReleaseCadence { on, months: Vec::new(), time: clock(10, 0), zone, valid_from: None, valid_to: None };
        ReleaseCalendar { name: id.to_string(), id, vendor: "Vendor".to_owned(), cadences: vec![cadence] }
    })
}
