//! Answers for tests, and windows that are so near that the answers matter.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::{NUMBERS, a_date, numbered, one};
use crate::support::full::date;

/// Answers to occurrences that are so near that somebody should have asked, and to others.
pub fn answers() -> impl Strategy<Value = Edit> {
    let on = prop_oneof![3 => select(NEAR.to_vec()).prop_map(|(month, day)| date(2026, month, day)), 1 => a_date()];
    let key = || {
        let same = select(NUMBERS.to_vec()).prop_map(|number| (numbered("window", number), numbered("area", number)));
        let names = prop_oneof![3 => same, 1 => (one("window"), one("area"))];
        (names, on.clone()).prop_map(|((window, area), on)| LedgerKey { window, on, area })
    };
    let said_on = select(vec![date(2026, 11, 3), date(2026, 11, 20), date(2027, 6, 1)]);
    let agreement = said_on.prop_flat_map(|on| {
        select(vec![
            Agreement::NotAsked,
            Agreement::Asked { on },
            Agreement::Agreed { on, by: "Ann".to_owned() },
            Agreement::Declined { on, by: String::new(), reason: "Quarter close".to_owned() },
        ])
    });
    let times = |on: NaiveDate| OccurrenceTimes { start: usual_start(on), duration: Minutes::hours(4) };
    let entry = (key(), agreement, option::weighted(0.2, a_date()), any::<bool>()).prop_map(
        move |(key, agreement, reserve_on, is_for_times)| {
            let answered_for = is_for_times.then(|| times(key.on));
            Edit::PutEntry(LedgerEntry {
                key,
                agreement,
                answered_for,
                replied_at: None,
                reserve_on,
                notes: String::new(),
            })
        },
    );
    let sent = (key(), any::<bool>(), 0..3_i32, any::<u8>()).prop_map(|(key, is_cancelled, hours, sequence)| {
        let start_at = UtcMinute(usual_start(key.on).0).plus(hours * 60);
        Edit::NoteSent(vec![SentInvite {
            key: InviteKey { window: key.window, on: key.on, to: mail(&key.area) },
            areas: vec![key.area],
            name: String::new(),
            summary: "Near".to_owned(),
            start_at,
            end_at: start_at.plus(240),
            sequence: sequence.into(),
            is_cancelled,
            sent_on: date(2026, 11, 3),
            role: InviteRole::Owner,
        }])
    });
    let entry = entry.boxed();
    prop_oneof![
        5 => entry.clone(),
        2 => vec(entry, 2..6).prop_map(|edits| Edit::Together { label: "Answers".to_owned(), edits }),
        1 => key().prop_map(Edit::RemoveEntry),
        2 => sent,
        2 => select(NUMBERS.to_vec()).prop_map(near_window),
    ]
}

fn mail(area: &AreaId) -> String {
    format!("{area}@bank.example")
}

fn usual_start(on: NaiveDate) -> LocalMinute {
    LocalMinute::midnight(on).plus(Minutes::hours(22))
}

/// A window that takes place on all the near dates, on a system of the area that has its number.
fn near_window(number: u8) -> Edit {
    let dates = NEAR.map(|(month, day)| ListedDate { on: date(2026, month, day), words: String::new() });
    let (area, system) = (numbered::<AreaId>("area", number), numbered::<SystemId>("system", number));
    let window = MaintenanceWindow::new(numbered("window", number), "Near", Rule::Dates(dates.to_vec()));
    let edits = vec![
        Edit::SetHorizon(Horizon { from: date(2026, 11, 1), months: 24 }),
        Edit::PutArea(BusinessArea {
            id: area.clone(),
            name: area.to_string(),
            email: mail(&area),
            ..BusinessArea::default()
        }),
        Edit::PutSystem(System {
            id: system.clone(),
            name: system.to_string(),
            area: Some(area),
            hosts: 1,
            ..System::default()
        }),
        Edit::PutWindow(MaintenanceWindow { systems: vec![system], ..window }),
    ];
    Edit::Together { label: "Near".to_owned(), edits }
}

/// Dates shortly after the day on which the tests look at the plans.
const NEAR: [(u32, u32); 4] = [(11, 21), (11, 25), (11, 28), (12, 6)];
