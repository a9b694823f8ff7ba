//! All kinds of answers and sent invites, for property tests.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::plans::{any_date, any_id, any_minutes, any_text};

pub fn any_entry() -> impl Strategy<Value = LedgerEntry> {
    let key = (any_id(), any_date(), any_id()).prop_map(|(window, on, area)| LedgerKey {
        window: WindowId::new(&window),
        on,
        area: AreaId::new(&area),
    });
    let agreement = prop_oneof![
        Just(Agreement::NotAsked),
        any_date().prop_map(|on| Agreement::Asked { on }),
        (any_date(), any_text()).prop_map(|(on, by)| Agreement::Agreed { on, by }),
        (any_date(), any_text(), any_text()).prop_map(|(on, by, reason)| Agreement::Declined { on, by, reason }),
    ];
    let times = (any_date(), any_minutes()).prop_map(|(on, duration)| OccurrenceTimes {
        start: LocalMinute::midnight(on).plus(Minutes(22 * 60)),
        duration,
    });
    (key, agreement, option::of(times), option::of(any_date()), any_text()).prop_map(
        |(key, agreement, answered_for, reserve_on, notes)| LedgerEntry {
            key,
            agreement,
            answered_for,
            replied_at: reserve_on.map(|on| LocalMinute::midnight(on).0).map(UtcMinute),
            reserve_on,
            notes,
        },
    )
}

pub fn any_sent_invite() -> impl Strategy<Value = SentInvite> {
    let key = (any_id(), any_date(), any_text()).prop_map(|(window, on, to)| InviteKey {
        window: WindowId::new(&window),
        on,
        to,
    });
    let times = (-20_000_000..40_000_000_i32, -10..2_000_i32).prop_map(|(start, minutes)| (start, start + minutes));
    let role = select(vec![InviteRole::Owner, InviteRole::Informed, InviteRole::Booked]);
    (key, any_text(), any_text(), times, any::<u32>(), any::<bool>(), any_date(), role).prop_map(
        |(key, name, summary, (start, end), sequence, is_cancelled, sent_on, role)| SentInvite {
            areas: vec![AreaId::new(&name)],
            key,
            name,
            summary,
            start_at: UtcMinute(start),
            end_at: UtcMinute(end),
            sequence,
            is_cancelled,
            sent_on,
            role,
        },
    )
}
