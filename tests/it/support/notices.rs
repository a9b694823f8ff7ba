//! Carriers' notices for tests.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::one;

/// Near the nights of the windows, on one of the few circuits that systems have.
pub fn a_notice() -> impl Strategy<Value = CarrierNotice> {
    let circuits = vec((select(vec!["IC-1", "IC-2"]), option::of(select(NoticeImpact::ALL.to_vec()))), 0..3);
    let times = (0..365 * 24_i32, -1..48_i32);
    let words = (select(NoticeStatus::ALL.to_vec()), select(NoticeImpact::ALL.to_vec()));
    (one::<NoticeId>("notice"), circuits, times, words).prop_map(|(id, circuits, (start, hours), (status, impact))| {
        let starts_at = UtcMinute::from_utc("2027-01-01T00:00:00Z".parse().unwrap()).plus(start * 60);
        let circuit = |(id, impact): (&str, _)| NoticeCircuit { id: id.to_owned(), impact };
        CarrierNotice {
            ends_at: starts_at.plus(hours * 60),
            circuits: circuits.into_iter().map(circuit).collect(),
            status,
            impact,
            ..CarrierNotice::new(id, "Work", starts_at)
        }
    })
}
