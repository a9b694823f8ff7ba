//! A unit for each advisory.

use super::{Before, Unit, each, unit};
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
    let found = |index: usize| {
        let carriage = cx.carriage(&all[index]);
        unit(|check, sink| {
            if let Check::Advisory(check) | Check::All { advisory: check, .. } = check {
                check(cx, &carriage, sink);
            }
        })
    };
    each(all.len(), kept, found)
}
