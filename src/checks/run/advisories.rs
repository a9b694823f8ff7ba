//! A unit for each advisory.

use super::{Before, Unit, unit};
use crate::checks::{Check, Context};

pub(super) fn advisories(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let all = cx.plan().advisories.as_slice();
    if all.is_empty() {
        return Vec::new();
    }
    let carrying = before.map(|before| before.same.carrying());
    let kept = |index| {
        let (before, carrying) = before.zip(carrying.as_ref())?;
        before.findings.advisories.get(before.same.advisory(index, carrying)?).cloned()
    };
    let found = |advisory| {
        let carriage = cx.carriage(advisory);
        unit(|check, sink| {
            if let Check::Advisory(check) | Check::All { advisory: check, .. } = check {
                check(cx, &carriage, sink);
            }
        })
    };
    let indexed = all.iter().enumerate();
    indexed.map(|(index, advisory)| kept(index).unwrap_or_else(|| found(advisory))).collect()
}
