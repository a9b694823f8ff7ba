//! All kinds of policies, holidays and advisories, for property tests.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use windowsill::model::*;

use crate::support::plans::{any_date, any_id, any_minutes, any_text, ids};

/// The numbers of the policy that depend on no others.
fn any_limits() -> impl Strategy<Value = Policy> {
    let night = [option::of(any::<u32>()), option::of(any::<u32>()), option::of(any::<u32>())];
    let night = night.prop_map(|[windows, changes, hosts]| NightLimits { windows, changes, hosts });
    let people = (any::<u16>(), any::<u16>(), any_minutes())
        .prop_map(|(nights_in_a_row, nights_a_month, rest)| PeopleLimits { nights_in_a_row, nights_a_month, rest });
    let due_by = prop_oneof![
        Just(DueBy::Severity),
        Just(DueBy::Matrix),
        (any_minutes(), any_minutes()).prop_map(|(exploited, other)| DueBy::Exploited { exploited, other }),
    ];
    let matrix = [any_minutes(), any_minutes(), any_minutes(), any_minutes()].prop_map(|minutes| {
        let [high_active, high_theoretical, low_active, low_theoretical] = minutes;
        ResponseMatrix { high_active, high_theoretical, low_active, low_theoretical }
    });
    let percents = [any::<u8>(), any::<u8>(), any::<u8>()];
    (night, people, due_by, matrix, percents, any::<u16>(), any::<u16>(), any::<bool>()).prop_map(
        |(night, people, due_by, matrix, [overrun, correlation, failure], gap, reminder, publishers_dates)| Policy {
            night,
            people,
            due_by,
            matrix,
            overrun_percent: overrun,
            correlation_percent: correlation,
            host_failure_percent: failure,
            longest_gap_days: gap,
            first_group_percent: failure,
            notice_reminder_days: reminder,
            silent_after_days: gap,
            publishers_dates,
            internet_is_active: !publishers_dates,
            emergency: publishers_dates.then(|| EmergencyLane { notice_days: gap, ..EmergencyLane::default() }),
            services: vec![ServiceTarget { service: "Core DB".to_owned(), available_per_100_000: u32::from(gap) }],
            ..Policy::default()
        },
    )
}

fn any_types() -> impl Strategy<Value = Vec<WindowType>> {
    let of_type = (option::of(any::<u16>()), any::<bool>(), any::<bool>(), option::of(any_id()));
    vec(of_type, 0..5).prop_map(|types| {
        let types = WindowKind::ALL.into_iter().zip(types);
        let of_kind =
            |(kind, (notice_days, needs_tester, needs_checklist, checklist)): (_, (_, _, _, Option<String>))| {
                let checklist = checklist.map(|id| ChecklistId::new(&id));
                WindowType {
                    kind,
                    shortest: None,
                    longest: None,
                    notice_days,
                    needs_tester,
                    needs_checklist,
                    checklist,
                }
            };
        types.map(of_kind).collect()
    })
}

pub fn any_policy() -> impl Strategy<Value = Policy> {
    let severities = vec((any_text(), any_minutes()), 0..3);
    (any::<u8>(), any::<u16>(), any_minutes(), severities, any_types(), any_limits()).prop_map(
        |(buffer_percent, rollback_test_days, test, severities, window_types, limits)| Policy {
            buffer_percent,
            rollback_test_days,
            soak: SoakTimes { test, ..SoakTimes::default() },
            severities: severities
                .into_iter()
                .map(|(name, within)| SeverityDeadline { name, cvss_from_tenths: 90, within, response: String::new() })
                .collect(),
            window_types,
            ..limits
        },
    )
}

pub fn any_advisory() -> impl Strategy<Value = Advisory> {
    let rated = (option::of(any::<u8>()), any::<bool>(), option::of(any_date()), option::of(any_date()));
    let decision = (prop::sample::select(Verdict::ALL.to_vec()), any_date(), any_text());
    let decision = decision.prop_map(|(verdict, on, by)| Decision {
        verdict,
        reason: by.clone(),
        by,
        on,
        until: None,
        systems: Vec::new(),
    });
    (any_text(), rated, any_date(), ids(), vec(decision, 0..3)).prop_map(
        |(title, (cvss_tenths, is_exploited, due_on, in_on), published_on, systems, decisions)| Advisory {
            vendor: title.clone(),
            cvss_tenths,
            is_exploited,
            due_on,
            in_on,
            systems,
            decisions,
            ..Advisory::new(AdvisoryId::new("a"), &title, published_on)
        },
    )
}

pub fn any_holidays() -> impl Strategy<Value = HolidayCalendar> {
    let day = (any_date(), any_text(), any_text()).prop_map(|(on, name, region)| Holiday { on, name, region });
    (any_text(), vec(day, 0..6)).prop_map(|(name, mut days)| {
        days.sort();
        HolidayCalendar { id: HolidayId::new("h"), name, days, imported: None }
    })
}
