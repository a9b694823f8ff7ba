//! A strategy that makes all kinds of plans, for property tests.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, Weekday};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::agreement::{any_entry, any_sent_invite};
use crate::support::checklists::{any_checklist, any_night};
use crate::support::full::{clock, empty_plan};
use crate::support::groups::{any_ladder, each_group_once};
use crate::support::people::{any_person, any_team};
use crate::support::policies::{any_advisory, any_holidays, any_policy};
use crate::support::results::any_recorded;
use crate::support::routines::any_routines;
use crate::support::times::{any_changes, any_exceptions, any_own_zone};

/// Plans of up to a dozen records of each kind. References may lead nowhere and numbers are wild: a plan file may
/// hold that, too.
pub fn any_plan() -> impl Strategy<Value = Plan> {
    let records = (
        (table(any_area(), |area, id| area.id = id.into()), table(any_own_zone(), |zone, id| zone.id = id.into())),
        table(any_system(), |system, id| system.id = id.into()),
        table(any_ladder(), |ladder, id| ladder.id = id.into()),
        table(any_window(), |window, id| window.id = id.into()),
        table(any_freeze(), |freeze, id| freeze.id = id.into()),
        table(any_holidays(), |calendar, id| calendar.id = id.into()),
        table(any_checklist(), |checklist, id| checklist.id = id.into()),
        (
            vec(any_entry(), 0..12),
            vec(any_sent_invite(), 0..12),
            vec(any_night(), 0..6),
            any_recorded(),
            any_routines(),
        ),
        table(any_person(), |person, id| person.id = id.into()),
        table(any_team(), |team, id| team.id = id.into()),
        table(any_advisory(), |advisory, id| advisory.id = id.into()),
        table(any_release(), |calendar, id| calendar.id = id.into()),
    );
    (any_text(), any_date(), 0..100_u16, any_zone(), any_policy(), records).prop_map(
        |(
            title,
            from,
            months,
            zone,
            policy,
            (
                (areas, zones),
                systems,
                ladders,
                windows,
                freezes,
                holidays,
                checklists,
                (ledger, sent_invites, nights, (results, scans, group_records), (scan_routines, bulletin_duties)),
                people,
                teams,
                advisories,
                releases,
            ),
        )| {
            Plan::from(PlanParts {
                title,
                horizon: Horizon { from, months },
                zone,
                policy: Arc::new(policy),
                areas,
                zones,
                systems,
                ladders: each_group_once(&ladders),
                windows,
                freezes,
                holidays,
                checklists,
                ledger: ledger.into_iter().collect(),
                sent_invites: sent_invites.into_iter().collect(),
                nights: nights.into_iter().collect(),
                results: results.into_iter().collect(),
                scans: scans.into_iter().collect(),
                group_records: group_records.into_iter().collect(),
                people,
                teams,
                scan_routines,
                bulletin_duties,
                advisories,
                releases,
                ..empty_plan().to_parts()
            })
        },
    )
}

fn table<T: Record + std::fmt::Debug>(
    records: impl Strategy<Value = T>,
    set_id: impl Fn(&mut T, &str) + Copy,
) -> impl Strategy<Value = Table<T>> {
    btree_map(any_id(), records, 0..12).prop_map(move |records| {
        let named = records.into_iter().map(|(id, mut record)| {
            set_id(&mut record, &id);
            record
        });
        named.collect()
    })
}

/// Words, and now and then anything that Unicode has.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z' äé-]{0,20}",
        1 => any::<String>(),
        1 => Just("a \\' \"q\" r#\"x\"# // no comment\n\t\r\u{feff}\u{301}(id: 1,".to_owned()),
    ]
}

/// Mostly of 2027 and 2028, so that records meet.
pub fn any_date() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![3 => 20_800..21_600_i32, 1 => -10_000..70_000_i32].prop_map(date_of_day)
}

/// Whole, half and three quarter hours, changes at midnight, by half an hour and by two, and names of no zone.
fn any_zone() -> impl Strategy<Value = String> {
    let zones = [
        "Europe/Berlin",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "America/Havana",
        "Antarctica/Troll",
    ];
    prop_oneof![4 => select(zones.map(str::to_owned).to_vec()), 1 => any_text()]
}

pub fn any_clock() -> impl Strategy<Value = NaiveTime> {
    (0..24_u32, 0..60_u32).prop_map(|(hour, minute)| clock(hour, minute))
}

pub fn any_minutes() -> impl Strategy<Value = Minutes> {
    prop_oneof![4 => 0..600_u32, 1 => select(vec![1, 30 * 24 * 60]), 2 => 0..=Minutes::LONGEST.0].prop_map(Minutes)
}

fn any_weekday() -> impl Strategy<Value = Weekday> {
    use Weekday::*;
    select(vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun])
}

/// One of a dozen: many lead to a record, many nowhere.
pub fn any_id() -> impl Strategy<Value = String> {
    "[a-d](-[12])?"
}

pub fn ids<T: for<'a> From<&'a str> + std::fmt::Debug>() -> impl Strategy<Value = Vec<T>> {
    vec(any_id(), 0..9).prop_map(|ids| ids.iter().map(|id| T::from(id)).collect())
}

fn any_month_day() -> impl Strategy<Value = MonthDay> {
    prop_oneof![
        (prop_oneof![0..6_u8, any::<u8>()], any_weekday()).prop_map(|(n, day)| MonthDay::Nth(n, day)),
        any_weekday().prop_map(MonthDay::Last),
        prop_oneof![0..33_u8, any::<u8>()].prop_map(MonthDay::Day),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let every = || prop_oneof![0..4_u16, any::<u16>()];
    let days = || prop_oneof![-3..40_i32, any::<i32>()];
    let listed = (any_date(), any_text()).prop_map(|(on, words)| ListedDate { on, words });
    prop_oneof![
        vec(listed, 0..5).prop_map(Rule::Dates),
        (vec(any_weekday(), 0..4), every()).prop_map(|(days, every)| Rule::Weekly { days, every }),
        (any_month_day(), every(), days()).prop_map(|(on, every, offset_days)| Rule::Monthly {
            on,
            every,
            offset_days
        }),
        (any_id(), days(), option::of(any_weekday())).prop_map(|(id, offset_days, then)| {
            Rule::AfterRelease { release: ReleaseId::new(&id), offset_days, then }
        }),
        any_text().prop_map(Rule::Foreign),
    ]
}

fn any_estimate() -> impl Strategy<Value = Estimate> {
    (option::of(any_guess()), option::of(any_guess()), [any_guess(), any_guess(), any_guess()]).prop_map(
        |(patch, rollback, [prepare, reboot, handover])| Estimate {
            patch,
            rollback,
            switch: rollback,
            prepare,
            reboot,
            handover,
            ..Estimate::default()
        },
    )
}

fn any_guess() -> impl Strategy<Value = Guess> {
    [any_minutes(), any_minutes(), any_minutes()].prop_map(|[a, b, c]| Guess::from_three(a, b, c))
}

pub fn any_window() -> impl Strategy<Value = MaintenanceWindow> {
    let bounds = [option::of(any_date()), option::weighted(0.2, any_date())];
    let when = (any_rule(), any_clock(), any_minutes(), option::of(any_zone()), bounds);
    let sizes = prop_oneof![any::<u32>().prop_map(BatchSize::Hosts), any::<u8>().prop_map(BatchSize::Share)];
    let batch = prop_oneof![
        Just(Batch::All),
        any::<u32>().prop_map(Batch::Hosts),
        any::<u8>().prop_map(Batch::Share),
        vec(sizes, 0..4).prop_map(Batch::List),
    ];
    let work = prop_oneof![any_estimate().prop_map(Work::Pool), vec(ids(), 0..3).prop_map(Work::Tracks)];
    let backout = (any_text(), option::of(any_date())).prop_map(|(steps, tested_on)| BackoutPlan { steps, tested_on });
    let irreversible = (any_minutes(), any_text()).prop_map(|(after, step)| Irreversible { after, step });
    let limits = (option::of(any_minutes()), option::of(any::<u8>()), option::of(irreversible));
    let checklist = prop_oneof![
        Just(ChecklistChoice::Usual),
        any_id().prop_map(|id| ChecklistChoice::Template(ChecklistId::new(&id))),
        Just(ChecklistChoice::Without),
    ];
    let staff = (checklist, any_bookings());
    let rest = ((ids(), ids()), (any_exceptions(), any_changes()), batch, work, limits, backout, any_text(), staff);
    (any_text(), select(WindowKind::ALL.to_vec()), when, rest).prop_map(
        |(
            name,
            kind,
            (rule, start, duration, zone, [first, last]),
            ((groups, systems), (exceptions, changes), batch, work, limits, backout, notes, (checklist, bookings)),
        )| {
            let (cutoff, max_fail_percent, irreversible) = limits;
            MaintenanceWindow {
                kind,
                start,
                duration,
                zone,
                first,
                last,
                groups,
                systems,
                exceptions,
                changes,
                batch,
                work,
                cutoff,
                max_fail_percent,
                irreversible,
                backout,
                checklist,
                bookings,
                short_name: name.chars().take(5).collect(),
                change_ticket: name.clone(),
                impact: notes.clone(),
                watch: (notes.len() % 3 == 1)
                    .then(|| Watch { length: Minutes(notes.len() as u32), baseline: notes.clone() }),
                strategy: WorkStrategy::ALL[notes.len() % WorkStrategy::ALL.len()],
                impact_minutes: max_fail_percent.map(u32::from),
                dependencies: name.clone(),
                communication: notes.clone(),
                id: WindowId::new("w"),
                name,
                rule,
                imported: (!notes.is_empty())
                    .then(|| Box::new(ImportSource { source: notes.clone(), ..ImportSource::default() })),
                notes,
                sequence: 0,
            }
        },
    )
}

fn any_bookings() -> impl Strategy<Value = Vec<Booking>> {
    let duty = prop_oneof![Just(Duty::Work), any_minutes().prop_map(Duty::Testing)];
    let who = prop_oneof![
        any_id().prop_map(|id| Assignee::Team(TeamId::new(&id))),
        any_id().prop_map(|id| Assignee::Person(PersonId::new(&id))),
    ];
    let booking = (duty, who, option::of(any_date())).prop_map(|(duty, who, on)| Booking { duty, who, on });
    vec(booking, 0..4)
}

pub fn any_hours() -> impl Strategy<Value = Vec<AllowedHours>> {
    let hours = (vec(any_weekday(), 0..7), any_clock(), any_clock());
    vec(hours.prop_map(|(days, from, until)| AllowedHours { days, from, until }), 0..3)
}

fn any_area() -> impl Strategy<Value = BusinessArea> {
    (any_text(), any_text(), vec(any_text(), 0..3), any_hours(), option::of(any::<u16>()), ids()).prop_map(
        |(name, owner, aliases, allowed, notice_days, holidays)| BusinessArea {
            name,
            aliases,
            owner,
            allowed,
            notice_days,
            holidays,
            ..BusinessArea::default()
        },
    )
}

fn any_system() -> impl Strategy<Value = System> {
    let choices = (
        select(SystemClass::ALL.to_vec()),
        select(Environment::ALL.to_vec()),
        select(Level::ALL.to_vec()),
        select(RollbackMethod::ALL.to_vec()),
    );
    let hosts = prop_oneof![0..40_u32, any::<u32>()];
    let names = (option::of(any_zone()), ids(), option::of(any_id()), option::of(any_id()), any_text());
    (any_text(), choices, hosts, names, any_estimate(), any_text()).prop_map(
        |(name, choices, hosts, (zone, depends_on, twin, area, model), estimate, notes)| System {
            name,
            class: choices.0,
            environment: choices.1,
            rating: Rating { integrity: choices.2, ..Rating::default() },
            rollback: choices.3,
            hosts,
            zone,
            twin: twin.map(|id| SystemId::new(&id)),
            area: area.map(|id| AreaId::new(&id)),
            counterpart: depends_on.first().cloned(),
            patch_method: PatchMethod::read(&notes),
            stop_services: depends_on.iter().map(ToString::to_string).collect(),
            other_products: vec![Product { vendor: notes.clone(), product: model.clone() }],
            depends_on,
            model: model.clone(),
            product: model,
            service: notes.clone(),
            estimate,
            notes,
            ..System::default()
        },
    )
}

fn any_release() -> impl Strategy<Value = ReleaseCalendar> {
    let months = vec(any::<u8>().prop_map(|month| month % 14), 0..4);
    let valid = [option::weighted(0.2, any_date()), option::weighted(0.2, any_date())];
    let cadence = (any_month_day(), months, any_clock(), any_zone(), valid).prop_map(
        |(on, months, time, zone, [valid_from, valid_to])| ReleaseCadence {
            on,
            months,
            time,
            zone,
            valid_from,
            valid_to,
        },
    );
    (any_text(), vec(cadence, 0..3)).prop_map(|(name, cadences)| ReleaseCalendar {
        id: ReleaseId::new("r"),
        vendor: name.clone(),
        name,
        cadences,
    })
}

fn any_freeze() -> impl Strategy<Value = ChangeFreeze> {
    let scope = prop_oneof![
        Just(SystemScope::Everything),
        ids().prop_map(SystemScope::Areas),
        ids().prop_map(SystemScope::Ladders),
        ids().prop_map(SystemScope::Systems),
    ];
    let exemption = (any_id(), any_text(), any_text()).prop_map(|(window, approver, reason)| Exemption {
        window: WindowId::new(&window),
        approver,
        reason,
    });
    let every_months = option::of(prop_oneof![0..13_u16, any::<u16>()]);
    (any_text(), any_date(), any_date(), every_months, scope, vec(exemption, 0..3)).prop_map(
        |(name, first_on, last_on, every_months, scope, exemptions)| ChangeFreeze {
            id: FreezeId::new("f"),
            name,
            first_on,
            last_on,
            every_months,
            scope,
            exemptions,
            notes: String::new(),
            imported: None,
        },
    )
}
