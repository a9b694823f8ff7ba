//! The occurrence drawn to scale: preparation, batches, verification, margin, rollback reserve, handover.

use super::night::ChecklistContext;
use super::written::name;
use crate::export::paper::{Band, BandKind, Tick, TickKind, Timeline};
use crate::export::translation::Word;
use crate::model::{Irreversible, Minutes, Work};
use crate::schedule::Fit;

/// More batches than this become one box.
const MOST_BOXES: u32 = 24;
/// Two times closer than this share of the width would overlap.
const CLEARANCE: f64 = 0.075;
/// Hours are marked on windows up to this long.
const LONGEST_WITH_HOURS: Minutes = Minutes::hours(72);

pub fn timeline(night: &ChecklistContext<'_>, fit: &Fit) -> Timeline {
    let total = fit.length.0.max(fit.need().0).max(1);
    let batches = fit.work.0.saturating_sub(fit.prepare.0.saturating_add(fit.final_verification.0));
    let margin = Minutes(fit.margin().max(0) as u32);
    let lasting = |word, length: Minutes| night.words.fill(word, &[("length", &night.words.length(length))]);
    let all = [
        (BandKind::Prepare, fit.prepare.0, lasting(Word::Prepare, fit.prepare)),
        (BandKind::Batches, batches, batches_label(night, fit, batches)),
        (BandKind::Verification, fit.final_verification.0, lasting(Word::Verify, fit.final_verification)),
        (BandKind::Margin, margin.0, lasting(Word::Margin, margin)),
        (BandKind::RollbackReserve, fit.rollback.0, lasting(Word::RollbackReserve, fit.rollback)),
        (BandKind::Handover, fit.handover.0, lasting(Word::Handover, fit.handover)),
    ];
    let mut bands = Vec::new();
    let mut before = 0_u32;
    for (kind, minutes, label) in all.into_iter().filter(|(_, minutes, _)| *minutes > 0) {
        let after = before.saturating_add(minutes);
        let is_divided = kind == BandKind::Batches && is_pool(night) && fit.batches <= MOST_BOXES;
        let boxes = if is_divided { fit.batches.max(1) } else { 1 };
        bands.push(Band { kind, from: share(before, total), to: share(after, total), label, boxes });
        before = after;
    }
    Timeline { bands, ticks: ticks(night, fit, total), end: share(fit.length.0, total), no_return: no_return(night) }
}

/// The step after which rolling back is impossible, and its time.
fn no_return(night: &ChecklistContext<'_>) -> Option<String> {
    let Irreversible { after, step } = night.window.window.irreversible.as_ref()?;
    let at = night.clock(night.occurrence.start_at.plus(after.signed()));
    let step = name(step);
    let word = if step.is_empty() { Word::NoReturn } else { Word::NoReturnStep };
    Some(night.words.fill(word, &[("time", &at), ("step", &step)]))
}

fn share(minutes: u32, total: u32) -> f64 {
    (f64::from(minutes) / f64::from(total)).min(1.0)
}

fn is_pool(night: &ChecklistContext<'_>) -> bool {
    matches!(night.window.window.work, Work::Pool(_))
}

fn batches_label(night: &ChecklistContext<'_>, fit: &Fit, minutes: u32) -> String {
    let words = &night.words;
    let (word, length) = match fit.batches {
        1 => (Word::OneBatch, minutes),
        count if is_pool(night) => (Word::EqualBatches, minutes / count.max(1)),
        _ => (Word::Batches, minutes),
    };
    words.fill(word, &[("count", &fit.batches.to_string()), ("length", &words.length(Minutes(length)))])
}

/// Start, end, the rollback deadline and the point of no return in any case; full hours if there is room.
fn ticks(night: &ChecklistContext<'_>, fit: &Fit, total: u32) -> Vec<Tick> {
    let start = night.occurrence.start_at;
    let tick = |minutes: i32| Tick {
        at: share(minutes.max(0) as u32, total),
        clock: night.clock(start.plus(minutes)),
        kind: TickKind::Time,
        is_bare: false,
    };
    let clearance = if night.clocks_change { 2.0 * CLEARANCE } else { CLEARANCE };
    let is_clear = |ticks: &[Tick], at: f64| ticks.iter().all(|each| each.is_bare || (each.at - at).abs() >= clearance);
    let mut ticks = Vec::new();
    let deadline = fit.rollback_deadline();
    if deadline >= 0 {
        ticks.push(Tick { kind: TickKind::RollBackBy, ..tick(deadline) });
    }
    if let Some(Irreversible { after, .. }) = &night.window.window.irreversible
        && after.0 <= total
    {
        let is_bare = !is_clear(&ticks, share(after.0, total));
        ticks.push(Tick { kind: TickKind::NoReturn, is_bare, ..tick(after.signed()) });
    }
    for minutes in [0, fit.length.signed()] {
        let is_bare = !is_clear(&ticks, share(minutes as u32, total));
        ticks.push(Tick { is_bare, ..tick(minutes) });
    }
    if fit.length <= LONGEST_WITH_HOURS {
        let is_full_hour = |minutes: &i32| night.window.local(start.plus(*minutes)).0.rem_euclid(60) == 0;
        for minutes in (1..fit.length.signed()).filter(is_full_hour) {
            let is_bare = !is_clear(&ticks, share(minutes as u32, total));
            ticks.push(Tick { is_bare, ..tick(minutes) });
        }
    }
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    ticks
}
