//! The outlooks of a schedule's windows: which of them are known, which still hold, which are missing.

use std::sync::Arc;

use crate::model::{Plan, PlanId};
use crate::schedule::chance::simulation::{Outlook, Simulation};
use crate::schedule::window_schedule::WindowSchedule;

/// The outlooks of those windows of one plan that were simulated.
#[derive(Clone, Debug, Default)]
pub struct Outlooks {
    /// What all draws depend on: the plan's id and the correlation.
    made_for: Option<(PlanId, u8)>,
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
    /// Plays the window's nights through; none where nothing is left to chance.
    pub fn by(simulation: &mut Simulation, window: &Arc<WindowSchedule>) -> Option<Self> {
        let outlook = Arc::new(simulation.outlook(window)?);
        Some(Self { window: Arc::clone(window), outlook })
    }

    /// Whether the outlook is also that of `window`: nothing that was drawn or compared is another.
    fn holds_for(&self, window: &Arc<WindowSchedule>) -> bool {
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
    /// Those that still hold for the windows that `plan` has now.
    pub(in crate::schedule) fn kept(self: &Arc<Self>, plan: &Plan, windows: &[Arc<WindowSchedule>]) -> Arc<Self> {
        if self.is_empty() {
            return Arc::clone(self);
        }
        let made_for = Some(made_for(plan));
        if self.made_for != made_for {
            return Arc::default();
        }
        let renewed = |reckoned: &CalculatedOutlook| {
            let place = plan.windows().position(reckoned.window.id())?;
            let window = windows.get(place).filter(|window| reckoned.holds_for(window))?;
            Some(CalculatedOutlook { window: Arc::clone(window), outlook: Arc::clone(&reckoned.outlook) })
        };
        Arc::new(Self { made_for, known: self.known.iter().filter_map(renewed).collect() })
    }

    /// Windows whose outlook is not known, though something is left to chance.
    pub fn missing(&self, windows: &[Arc<WindowSchedule>]) -> Vec<Arc<WindowSchedule>> {
        let is_missing = |window: &&Arc<WindowSchedule>| window.is_uncertain() && self.get(window).is_none();
        windows.iter().filter(is_missing).cloned().collect()
    }

    /// These and those that were `found` since, as far as they are about `windows`.
    pub(in crate::schedule) fn with(
        &self,
        plan: &Plan,
        windows: &[Arc<WindowSchedule>],
        found: Vec<CalculatedOutlook>,
    ) -> Self {
        let is_current = |reckoned: &CalculatedOutlook| {
            let place = plan.windows().position(reckoned.window.id());
            place.and_then(|place| windows.get(place)).is_some_and(|window| Arc::ptr_eq(window, &reckoned.window))
        };
        let mut known: Vec<CalculatedOutlook> = self.known.iter().cloned().chain(found).filter(is_current).collect();
        known.sort_by(|a, b| a.window.id().cmp(b.window.id()));
        known.dedup_by(|a, b| a.window.id() == b.window.id());
        Self { made_for: Some(made_for(plan)), known }
    }

    /// The outlook of a window, where it is known.
    pub fn get(&self, window: &WindowSchedule) -> Option<&Arc<Outlook>> {
        let place = self.known.binary_search_by(|each| each.window.id().cmp(window.id())).ok()?;
        Some(&self.known[place])
            .filter(|each| std::ptr::eq(Arc::as_ptr(&each.window), window))
            .map(|each| &each.outlook)
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

fn made_for(plan: &Plan) -> (PlanId, u8) {
    (plan.id().clone(), plan.policy().correlation_percent)
}
