//! The night to scale: preparation, batches, verification, margin, rollback reserve, handover.

use super::Night;
use crate::model::{Irreversible, Minutes, Work};
use crate::schedule::Fit;

/// More batches than this become one box.
const MOST_BOXES: u32 = 24;
/// Two times closer than this share of the width would run into each other.
const CLEARANCE: f64 = 0.075;
/// Hours are marked on windows up to this long.
const LONGEST_WITH_HOURS: Minutes = Minutes::hours(72);

/// Segments without gaps from the start on, and the times below them. All places are shares of the width, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    pub segments: Vec<Segment>,
    pub ticks: Vec<Tick>,
    /// Where the window ends; below 1 where the work does not fit.
    pub end: f64,
    /// "Point of no return 01:00: The schema is migrated"
    pub no_return: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub part: Part,
    pub from: f64,
    pub to: f64,
    /// In full: "4 batches × 28 min".
    pub label: String,
    /// How many equal boxes it is drawn as.
    pub boxes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Prepare,
    Batches,
    Verification,
    Margin,
    RollbackReserve,
    Handover,
}

/// A time below the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub clock: String,
    pub kind: TickKind,
    /// A mark without its time, which would not fit beside its neighbours.
    pub is_bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickKind {
    Time,
    /// Printed bold.
    RollBackBy,
    /// Printed in words below the timeline, too.
    NoReturn,
}

impl Timeline {
    pub(super) fn of(night: &Night<'_>, fit: &Fit) -> Self {
        let total = fit.length.0.max(fit.need().0).max(1);
        let batches = fit.work.0.saturating_sub(fit.prepare.0 + fit.final_verification.0);
        let parts = [
            (Part::Prepare, fit.prepare.0, format!("prepare {}", fit.prepare)),
            (Part::Batches, batches, batches_label(night, fit, batches)),
            (Part::Verification, fit.final_verification.0, format!("verify {}", fit.final_verification)),
            (Part::Margin, fit.margin().max(0) as u32, format!("margin {}", Minutes(fit.margin().max(0) as u32))),
            (Part::RollbackReserve, fit.rollback.0, format!("rollback reserve {}", fit.rollback)),
            (Part::Handover, fit.handover.0, format!("handover {}", fit.handover)),
        ];
        let mut segments = Vec::new();
        let mut before = 0_u32;
        for (part, minutes, label) in parts.into_iter().filter(|(_, minutes, _)| *minutes > 0) {
            let after = before.saturating_add(minutes);
            let is_divided = part == Part::Batches && is_pool(night) && fit.batches <= MOST_BOXES;
            let boxes = if is_divided { fit.batches.max(1) } else { 1 };
            segments.push(Segment { part, from: share(before, total), to: share(after, total), label, boxes });
            before = after;
        }
        Self { segments, ticks: ticks(night, fit, total), end: share(fit.length.0, total), no_return: no_return(night) }
    }
}

/// When the step is taken after which rolling back is impossible, and which one it is.
fn no_return(night: &Night<'_>) -> Option<String> {
    let Irreversible { after, step } = night.window.window.irreversible.as_ref()?;
    let at = night.clock(night.occurrence.start_at.plus(after.signed()));
    let step = super::name(step);
    Some(if step.is_empty() { format!("Point of no return {at}") } else { format!("Point of no return {at}: {step}") })
}

fn share(minutes: u32, total: u32) -> f64 {
    (f64::from(minutes) / f64::from(total)).min(1.0)
}

fn is_pool(night: &Night<'_>) -> bool {
    matches!(night.window.window.work, Work::Pool(_))
}

fn batches_label(night: &Night<'_>, fit: &Fit, minutes: u32) -> String {
    match fit.batches {
        1 => format!("1 batch, {}", Minutes(minutes)),
        count if is_pool(night) => format!("{count} batches × {}", Minutes(minutes / count.max(1))),
        count => format!("{count} batches, {}", Minutes(minutes)),
    }
}

/// Start, end, roll back by and the point of no return in any case; full hours where there is room.
fn ticks(night: &Night<'_>, fit: &Fit, total: u32) -> Vec<Tick> {
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
