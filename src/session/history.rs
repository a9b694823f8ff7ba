//! Undo and redo: a list of labelled plans and a place in it.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::Plan;

/// The states that a plan went through. Limits: the newest [`History::LONGEST`] steps can be undone; a new step drops
/// what was undone before it.
#[derive(Clone, Debug)]
pub struct History {
    /// Each with the label of the step that led to it; the first has none.
    states: VecDeque<(String, Arc<Plan>)>,
    current: usize,
}

impl History {
    pub const LONGEST: usize = 500;

    pub fn new(plan: Arc<Plan>) -> Self {
        Self { states: VecDeque::from([(String::new(), plan)]), current: 0 }
    }

    pub fn current(&self) -> &Arc<Plan> {
        &self.states[self.current].1
    }

    /// Goes on to `plan`.
    pub fn push(&mut self, label: String, plan: Arc<Plan>) {
        self.states.truncate(self.current + 1);
        self.states.push_back((label, plan));
        if self.states.len() > Self::LONGEST + 1 {
            self.states.pop_front();
        }
        self.current = self.states.len() - 1;
    }

    /// Goes one step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let can = self.current > 0;
        self.current -= usize::from(can);
        can
    }

    /// Goes one step forward again; whether there was one.
    pub fn redo(&mut self) -> bool {
        let can = self.current + 1 < self.states.len();
        self.current += usize::from(can);
        can
    }

    /// The label of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        (self.current > 0).then(|| self.states[self.current].0.as_str())
    }

    /// The label of the step that redo would take again.
    pub fn redo_label(&self) -> Option<&str> {
        self.states.get(self.current + 1).map(|(label, _)| label.as_str())
    }
}
