//! Units of systems, ladders and nights, and those that there is one of.

use super::{Before, Unit, each, unit};
use crate::checks::nights::Nights;
use crate::checks::order::Climb;
use crate::checks::related::naming;
use crate::checks::{Check, Context};
use crate::parallel;

pub(super) fn records(cx: &Context<'_>, before: Option<&Before<'_>>) -> Unit {
    let kept = before.filter(|before| before.same.records()).map(|before| before.findings.records.clone());
    kept.unwrap_or_else(|| {
        unit(|check, sink| {
            if let Check::Records(check) | Check::All { records: check, .. } = check {
                check(cx, sink);
            }
        })
    })
}

pub(super) fn freezes(cx: &Context<'_>, before: Option<&Before<'_>>) -> Unit {
    let kept = before.filter(|before| before.same.freezes()).map(|before| before.findings.freezes.clone());
    kept.unwrap_or_else(|| {
        unit(|check, sink| {
            if let Check::All { freezes: check, .. } = check {
                check(cx, sink);
            }
        })
    })
}

pub(super) fn systems(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    let covering = &cx.schedule.covering;
    let kept = |place| {
        let windows = covering.windows(place);
        if windows.len() < 2 {
            return Some(None);
        }
        let before = before?;
        before.findings.systems.get(before.same.system(place, windows)?).cloned()
    };
    let found = |place| {
        unit(|check, sink| {
            if let Check::System(check) = check {
                check(cx, place, covering.windows(place), sink);
            }
        })
    };
    each(covering.systems(), kept, found)
}

pub(super) fn related(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<(u32, Unit)> {
    let same = before.filter(|before| before.same.systems);
    let places: Vec<u32> = match same {
        Some(before) => before.findings.related.iter().map(|(place, _)| *place).collect(),
        None => naming(cx.plan()),
    };
    let kept = |index: usize| {
        let place = places[index];
        let before = before.filter(|before| before.same.related(place as usize))?;
        let stood = &before.findings.related;
        stood.binary_search_by_key(&place, |(place, _)| *place).ok().map(|index| stood[index].1.clone())
    };
    let found = |index: usize| {
        unit(|check, sink| {
            if let Check::Related(check) = check {
                check(cx, places[index] as usize, sink);
            }
        })
    };
    let units = each(places.len(), kept, found);
    places.into_iter().zip(units).collect()
}

pub(super) fn nights(cx: &Context<'_>, before: Option<&Before<'_>>) -> (Nights, Vec<Unit>) {
    let counted = before.and_then(|before| {
        let (nights, units) = &before.findings.nights;
        let (nights, touched) = nights.after(cx.schedule, before.same.old_windows())?;
        Some((nights, before.same.nights.then_some((units, touched))))
    });
    let (nights, kept) = counted.unwrap_or_else(|| (Nights::of(cx.schedule), None));
    let unit_of = |place: usize| match &kept {
        Some((units, touched)) if !touched[place] => units[place].clone(),
        _ => None,
    };
    let mut units: Vec<Unit> = (0..nights.len()).map(unit_of).collect();
    let is_asked = |place: usize| kept.as_ref().is_none_or(|(_, touched)| touched[place]);
    for (place, night) in nights.crowded(&cx.plan().policy.night, is_asked) {
        units[place] = unit(|check, sink| {
            if let Check::Night(check) = check {
                check(cx, &night, sink);
            }
        });
    }
    (nights, units)
}

pub(super) fn ladders(cx: &Context<'_>, before: Option<&Before<'_>>) -> Vec<Unit> {
    parallel::map_long(&cx.schedule.reaches, |reach| {
        let kept = before.and_then(|before| before.findings.ladders.get(before.same.ladder(reach)?));
        kept.cloned().unwrap_or_else(|| {
            let climb = Climb::of(cx, reach);
            unit(|check, sink| {
                if let Check::Ladder(check) = check {
                    check(cx, &climb, sink);
                }
            })
        })
    })
}

pub(super) fn rota(cx: &Context<'_>, before: Option<&Before<'_>>) -> Unit {
    let rota = &cx.schedule.rota;
    if rota.is_empty() {
        return None;
    }
    let kept = before.filter(|before| before.same.rota()).map(|before| before.findings.rota.clone());
    kept.unwrap_or_else(|| {
        unit(|check, sink| {
            if let Check::Rota(check) | Check::WindowAndRota(_, check) = check {
                check(cx, rota, sink);
            }
        })
    })
}
