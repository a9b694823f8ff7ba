//! The work of carriers on circuits, and which windows it affects.

use std::collections::HashMap;

use crate::model::{CarrierNotice, NoticeImpact, Plan, System};
use crate::schedule::{Occurrence, WindowSchedule};

/// The open notices of a plan, by the circuits on which they have an impact.
pub struct CarrierWork<'a> {
    /// Circuits in lower case.
    by_circuit: HashMap<String, Vec<(&'a CarrierNotice, NoticeImpact)>>,
}

/// Work of a carrier that affects a system.
#[derive(Clone, Copy, Debug)]
pub struct AffectedSystem<'a> {
    pub notice: &'a CarrierNotice,
    pub system: &'a System,
    /// As the system writes it.
    pub circuit: &'a str,
    pub impact: NoticeImpact,
}

impl<'a> CarrierWork<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut by_circuit: HashMap<String, Vec<(&CarrierNotice, NoticeImpact)>> = HashMap::new();
        for notice in plan.notices().iter().filter(|notice| notice.is_open() && notice.starts_at < notice.ends_at) {
            for circuit in &notice.circuits {
                let impact = circuit.impact.unwrap_or(notice.impact);
                if impact != NoticeImpact::NoImpact {
                    by_circuit.entry(circuit.id.trim().to_lowercase()).or_default().push((&**notice, impact));
                }
            }
        }
        Self { by_circuit }
    }

    /// The work that affects systems of a window, each notice once, with the system that it hits hardest. In the order of
    /// its start.
    pub fn for_window<'w>(&'w self, window: &'w WindowSchedule) -> Vec<AffectedSystem<'w>> {
        if self.by_circuit.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<AffectedSystem<'w>> = Vec::new();
        for system in &window.scope.systems {
            for circuit in &system.circuits {
                let work = self.by_circuit.get(&circuit.trim().to_lowercase());
                for (notice, impact) in work.into_iter().flatten() {
                    let new = AffectedSystem { notice, system, circuit, impact: *impact };
                    match found.iter_mut().find(|each| each.notice.id == notice.id) {
                        Some(known) if known.impact >= *impact => {}
                        Some(known) => *known = new,
                        None => found.push(new),
                    }
                }
            }
        }
        found.sort_by_key(|each| (each.notice.starts_at, &each.notice.id));
        found
    }
}

impl AffectedSystem<'_> {
    /// Whether the work takes place during an occurrence.
    pub fn meets(&self, occurrence: &Occurrence) -> bool {
        self.notice.starts_at < occurrence.end_at && occurrence.start_at < self.notice.ends_at
    }
}
