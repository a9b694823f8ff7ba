//! When an advisory was installed on a system, from what was recorded of it.

use super::history::{Event, EventKind};
use crate::model::{ResultOutcome, SystemResult, UtcMinute};

/// When an advisory was installed on a system, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Done<'a> {
    pub at: UtcMinute,
    /// None if somebody entered the day with the advisory, or a forecast assumes it.
    pub result: Option<&'a SystemResult>,
    /// Whether a later scan found nothing.
    pub is_verified: bool,
}

impl<'a> Done<'a> {
    /// From the events of the system so far, sorted by time, and the end of the day that was entered with the advisory. None
    /// if it is not installed, or no longer.
    ///
    /// `counts_from_at`: occurrences that start earlier cannot have installed it.
    pub fn find(past: &[Event<'a>], counts_from_at: UtcMinute, installed_at: Option<UtcMinute>) -> Option<Self> {
        let mut done: Option<Self> = None;
        let mut installed_at = installed_at;
        let complete = |done: &mut Option<Self>, at: UtcMinute, result| {
            done.get_or_insert(Self { at, result, is_verified: false });
        };
        for event in past {
            // What was voided at that very instant was done before it.
            let is_before = |at: &UtcMinute| *at < event.at || (*at == event.at && !is_void(event));
            if let Some(at) = installed_at.take_if(|at| is_before(at)) {
                complete(&mut done, at, None);
            }
            match event.kind {
                EventKind::Voided => done = None,
                EventKind::Result { start_at, result } => {
                    if start_at >= counts_from_at && result.outcome() == ResultOutcome::Patched {
                        complete(&mut done, event.at, Some(result));
                    }
                }
                EventKind::ScannedClean => {
                    if let Some(done) = done.as_mut().filter(|done| done.at < event.at) {
                        done.is_verified = true;
                    }
                }
            }
        }
        if let Some(at) = installed_at {
            complete(&mut done, at, None);
        }
        done
    }
}

fn is_void(event: &Event<'_>) -> bool {
    matches!(event.kind, EventKind::Voided)
}
