//! The outlooks of a schedule's windows: which are known, which still apply, which are missing.

use std::sync::Arc;

use crate::model::{Plan, PlanId};
use crate::schedule::chance::simulation::{Outlook, Simulation};
use crate::schedule::window_schedule::WindowSchedule;

/// The outlooks of the windows of one plan, as far as they were simulated.
#[derive(Clone, Debug, Default)]
pub struct Outlooks {
    /// The inputs of all random draws: the plan's id and the correlation.
    draw_inputs: Option<(PlanId, u8)>,
    /// Sorted by window.
    known: Vec<CalculatedOutlook>,
}

/// The outlook of one window.
#[derive(Clone, Debug)]
pub struct CalculatedOutlook {
    pub window: Arc<WindowSchedule>,
    pub outlook: Arc<Outlook>,
}

impl CalculatedOutlook {
    /// Simulates the window. None if nothing is left to chance.
    pub fn new(simulation: &mut Simulation, window: &Arc<WindowSchedule>) -> Option<Self> {
        let outlook = Arc::new(simulation.outlook(window)?);
        Some(Self { window: Arc::clone(window), outlook })
    }

    /// Whether the outlook also applies to `window`: everything that was drawn or compared is the same.
    fn applies_to(&self, window: &Arc<WindowSchedule>) -> bool {
        let (old, new) = (&*self.window, &**window);
        let is_same_work =
            || old.id() == new.id() && old.window.work == new.window.work && old.window.batch == new.window.batch;
        let are_same_systems = || {
            let (old, new) = (&old.scope.systems, &new.scope.systems);
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| Arc::ptr_eq(old, new))
        };
        Arc::ptr_eq(&self.window, window) || (is_same_work() && are_same_systems() && old.lengths().eq(new.lengths()))
    }
}

impl Outlooks {
    /// The outlooks that still apply to the current windows of `plan`.
    pub(in crate::schedule) fn retained(self: &Arc<Self>, plan: &Plan, windows: &[Arc<WindowSchedule>]) -> Arc<Self> {
        if self.is_empty() {
            return Arc::clone(self);
        }
        let draw_inputs = Some(draw_inputs(plan));
        if self.draw_inputs != draw_inputs {
            return Arc::default();
        }
        let renewed = |known: &CalculatedOutlook| {
            let index = plan.windows().position(known.window.id())?;
            let window = windows.get(index).filter(|window| known.applies_to(window))?;
            Some(CalculatedOutlook { window: Arc::clone(window), outlook: Arc::clone(&known.outlook) })
        };
        Arc::new(Self { draw_inputs, known: self.known.iter().filter_map(renewed).collect() })
    }

    /// The windows whose outlook is not known, although something is left to chance.
    pub fn missing(&self, windows: &[Arc<WindowSchedule>]) -> Vec<Arc<WindowSchedule>> {
        let is_missing = |window: &&Arc<WindowSchedule>| window.is_uncertain() && self.get(window).is_none();
        windows.iter().filter(is_missing).cloned().collect()
    }

    /// These outlooks together with those `found` since, as far as they belong to `windows`.
    pub(in crate::schedule) fn with(
        &self,
        plan: &Plan,
        windows: &[Arc<WindowSchedule>],
        found: Vec<CalculatedOutlook>,
    ) -> Self {
        let is_current = |known: &CalculatedOutlook| {
            let index = plan.windows().position(known.window.id());
            index.and_then(|index| windows.get(index)).is_some_and(|window| Arc::ptr_eq(window, &known.window))
        };
        let mut known: Vec<CalculatedOutlook> = self.known.iter().cloned().chain(found).filter(is_current).collect();
        known.sort_by(|a, b| a.window.id().cmp(b.window.id()));
        known.dedup_by(|a, b| a.window.id() == b.window.id());
        Self { draw_inputs: Some(draw_inputs(plan)), known }
    }

    /// The outlook of a window, if it is known.
    pub fn get(&self, window: &WindowSchedule) -> Option<&Arc<Outlook>> {
        let index = self.known.binary_search_by(|each| each.window.id().cmp(window.id())).ok()?;
        Some(&self.known[index])
            .filter(|each| std::ptr::eq(Arc::as_ptr(&each.window), window))
            .map(|each| &each.outlook)
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

fn draw_inputs(plan: &Plan) -> (PlanId, u8) {
    (plan.id().clone(), plan.policy().correlation_percent)
}
