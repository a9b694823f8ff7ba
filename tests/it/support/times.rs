//! Random times of single occurrences and from a date on, and random zones, for property tests.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::{
    CustomZone, DatedChange, Edit, Exception, Minutes, OccurrenceChange, OffsetTransition, UtcMinute, WindowId, ZoneId,
};

use super::edits::{a_date, a_start, a_zone, one};
use super::plans::{any_clock, any_date, any_text};

/// A length for one occurrence or from a date on. Plans that are put together from edits refuse none at all.
fn any_length() -> impl Strategy<Value = Option<Minutes>> {
    option::of((1..3_000_u32).prop_map(Minutes))
}

pub fn any_changes() -> impl Strategy<Value = Vec<DatedChange>> {
    let change = (option::of(any_clock()), any_length(), prop_oneof![Just(0), -9..10_i32, any::<i32>()]);
    btree_map(any_date(), change, 0..3).prop_map(|changes| {
        let change = |(from, (start, duration, shift_days))| DatedChange { from, start, duration, shift_days };
        changes.into_iter().map(change).collect()
    })
}

pub fn any_exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let change =
        prop_oneof![
            (any_date(), option::of(any_clock()), any_length())
                .prop_map(|(to, start, duration)| OccurrenceChange::Moved { to, start, duration }),
            any_text().prop_map(|reason| OccurrenceChange::Skipped { reason }),
            (option::of(any_clock()), any_length())
                .prop_map(|(start, duration)| OccurrenceChange::Added { start, duration }),
            Just(OccurrenceChange::Restored),
        ];
    btree_map(any_date(), (change, 0..5_u32), 0..4).prop_map(|changes| {
        changes.into_iter().map(|(on, (change, sequence))| Exception { on, change, sequence }).collect()
    })
}

fn a_length() -> impl Strategy<Value = Minutes> {
    select(vec![30, 90, 180, 300, 1_500]).prop_map(Minutes)
}

pub fn changes() -> impl Strategy<Value = Vec<DatedChange>> {
    let change = (option::of(a_start()), option::of(a_length()), select(vec![0, 0, 1, -2, 40]));
    let change = (a_date(), change).prop_map(|(from, (start, duration, shift_days))| DatedChange {
        from,
        start,
        duration,
        shift_days,
    });
    vec(change, 0..3).prop_map(|mut changes| {
        changes.sort_by_key(|change| change.from);
        changes.dedup_by_key(|change| change.from);
        changes
    })
}

/// Changes of one occurrence, or of all from a date on.
pub fn occurrences() -> impl Strategy<Value = Edit> {
    let window = || one::<WindowId>("window");
    prop_oneof![
        (window(), a_date(), a_date(), option::of(a_start()), option::of(a_length()))
            .prop_map(|(window, on, to, start, duration)| Edit::MoveOccurrence { window, on, to, start, duration }),
        (window(), a_date(), option::of(a_start()), option::of(a_length()), select(vec![0, 0, 1, -9])).prop_map(
            |(window, from, start, duration, shift_days)| Edit::PutDatedChange {
                window,
                change: DatedChange { from, start, duration, shift_days },
            }
        ),
        (window(), a_date()).prop_map(|(window, on)| Edit::SkipOccurrence { window, on, reason: "Audit".to_owned() }),
        (window(), a_date()).prop_map(|(window, on)| Edit::RestoreOccurrence { window, on }),
        (window(), a_date(), option::of(a_start()), option::of(a_length()))
            .prop_map(|(window, on, start, duration)| Edit::AddOccurrence { window, on, start, duration }),
    ]
}

/// A zone with one of the names that windows use, so that it also replaces an IANA zone.
pub fn own_zone() -> impl Strategy<Value = CustomZone> {
    let transition = (29_900_000..31_400_000_i32, select(vec![-210, 0, 60, 120, 765]));
    (a_zone(), select(vec![0, 60, -300]), vec(transition, 0..6)).prop_map(|(id, offset, mut transitions)| {
        transitions.sort_unstable();
        transitions.dedup_by_key(|(at, _)| *at);
        let transition = |(at, offset)| OffsetTransition { at: UtcMinute(at), offset };
        CustomZone { id: ZoneId::new(&id), offset, transitions: transitions.into_iter().map(transition).collect() }
    })
}

/// A zone whose offsets may be impossible.
pub fn any_own_zone() -> impl Strategy<Value = CustomZone> {
    let transition =
        (0..60_000_000, any::<i32>()).prop_map(|(at, offset)| OffsetTransition { at: UtcMinute(at), offset });
    (any::<i32>(), vec(transition, 0..4)).prop_map(|(offset, mut transitions)| {
        transitions.sort_by_key(|transition| transition.at);
        CustomZone { id: "own".into(), offset, transitions }
    })
}
