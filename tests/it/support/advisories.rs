//! Advisories of the small world of edits.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::{a_date, one, some};

pub fn an_advisory() -> impl Strategy<Value = Advisory> {
    let rated = (option::of(select(vec![0_u8, 30, 50, 98])), any::<bool>(), option::weighted(0.3, a_date()));
    let decided = option::of((select(Verdict::ALL.to_vec()), a_date()).prop_map(|(verdict, on)| Decision {
        verdict,
        by: "Bo".to_owned(),
        on,
        until: None,
        systems: Vec::new(),
        reason: String::new(),
    }));
    let dates = (a_date(), option::weighted(0.1, a_date()));
    (one::<AdvisoryId>("advisory"), rated, dates, some("system"), (decided, some("system"), a_date())).prop_map(
        |(id, (cvss_tenths, is_exploited, due_on), (published_on, in_on), systems, (decision, installed, on))| {
            Advisory {
                cvss_tenths,
                is_exploited,
                due_on,
                in_on,
                systems,
                in_on_systems: installed.into_iter().map(|system| InstalledOn { system, on }).collect(),
                decisions: decision.into_iter().collect(),
                ..Advisory::new(id.clone(), id.as_str(), published_on)
            }
        },
    )
}
