//! Who works when: one unit, or none if nobody is booked.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::schedule::Rota;

pub type Check = fn(&Context<'_>, &Rota, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let rota = &run.cx.schedule.rota;
    let check = |_, sink: &mut Sink| checks.iter().for_each(|check| check(run.cx, rota, sink));
    run.units(usize::from(!rota.is_empty()), |changes, _| still_hold(changes).then_some(0), check)
}

fn still_hold(changes: &Changes<'_>) -> bool {
    changes.same_basis && changes.same_rota()
}
