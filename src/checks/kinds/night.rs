//! Each night. Only those in which more is done than the policy allows are checked.

use crate::checks::facts::Facts;
use crate::checks::facts::nights::{CrowdedNight, Nights};
use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResult, UnitResults};
use crate::checks::{Context, Sink};

pub type Check = fn(&Context<'_>, &CrowdedNight<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let (nights, touched) = nights(run);
    // Without changes, or under other limits, all nights are checked.
    let touched = touched.filter(|_| run.changes().is_some_and(Changes::same_night_limits));
    let is_kept = |position: usize| touched.as_ref().is_some_and(|touched| !touched[position]);
    let outcome = |position| if is_kept(position) { UnitResult::Kept(position) } else { UnitResult::New(None) };
    let mut outcomes: Vec<UnitResult> = (0..nights.len()).map(outcome).collect();
    for (position, night) in nights.crowded(&run.cx.plan().policy().night, |position| !is_kept(position)) {
        let check = |sink: &mut Sink| checks.iter().for_each(|check| check(run.cx, &night, sink));
        outcomes[position] = UnitResult::New(run.budget.found_by(check));
    }
    run.checked(outcomes).with_facts(Facts::Nights(nights))
}

/// What is done in each night; and which nights an edit touched, if they could be continued from those before it.
fn nights(run: &KindRun<'_, '_>) -> (Nights, Option<Vec<bool>>) {
    if let (Some(changes), Facts::Nights(nights)) = (run.changes(), run.old_facts())
        && let Some((nights, touched)) = nights.after(run.cx.schedule, &changes.old.windows)
    {
        return (nights, Some(touched));
    }
    (Nights::new(run.cx.schedule), None)
}
