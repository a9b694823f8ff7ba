//! Advisories of the small world of edits, and of wild plans.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use super::edits::{a_date, one, some};
use super::plans::{any_date, any_text, ids};

pub fn an_advisory() -> impl Strategy<Value = Advisory> {
    let rated = (option::of(select(vec![0_u8, 30, 50, 98])), any::<bool>(), option::weighted(0.3, a_date()));
    let decided = option::of((select(Verdict::ALL.to_vec()), a_date()).prop_map(|(verdict, on)| Decision {
        verdict,
        by: "Bo".to_owned(),
        on,
        reason: String::new(),
    }));
    let dates = (a_date(), option::weighted(0.1, a_date()));
    (one::<AdvisoryId>("advisory"), rated, dates, some("system"), decided).prop_map(
        |(id, (cvss_tenths, is_exploited, due_on), (published_on, in_on), systems, decision)| Advisory {
            cvss_tenths,
            is_exploited,
            due_on,
            in_on,
            systems,
            decisions: decision.into_iter().collect(),
            ..Advisory::new(id.clone(), id.as_str(), published_on)
        },
    )
}

pub fn any_advisory() -> impl Strategy<Value = Advisory> {
    let rated = (option::of(any::<u8>()), any::<bool>(), option::of(any_date()), option::of(any_date()));
    let decision = (select(Verdict::ALL.to_vec()), any_date(), any_text());
    let decision = decision.prop_map(|(verdict, on, by)| Decision { verdict, reason: by.clone(), by, on });
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
