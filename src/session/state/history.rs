//! Undo and redo: a list of labelled plans and the index of the current one.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::Plan;

/// The states that a plan went through. The last [`History::LONGEST`] steps can be undone; a new step discards the
/// undone ones.
#[derive(Clone, Debug)]
pub struct History {
    states: VecDeque<State>,
    current: usize,
    /// The number of the newest state.
    newest: u64,
}

/// A plan and how it came about.
#[derive(Clone, Debug)]
struct State {
    number: u64,
    /// Of the step that led to it; the first label is empty.
    label: String,
    plan: Arc<Plan>,
}

impl History {
    pub const LONGEST: usize = 500;

    pub fn new(plan: Arc<Plan>) -> Self {
        Self { states: VecDeque::from([State { number: 0, label: String::new(), plan }]), current: 0, newest: 0 }
    }

    pub fn current(&self) -> &Arc<Plan> {
        &self.states[self.current].plan
    }

    /// Adds a step that leads to `plan`.
    pub fn push(&mut self, label: String, plan: Arc<Plan>) {
        self.states.truncate(self.current + 1);
        self.newest += 1;
        self.states.push_back(State { number: self.newest, label, plan });
        if self.states.len() > Self::LONGEST + 1 {
            self.states.pop_front();
        }
        self.current = self.states.len() - 1;
    }

    /// Replaces the current plan without adding a step: for events outside the program, which cannot be undone.
    pub fn amend(&mut self, plan: Arc<Plan>) {
        self.states[self.current].plan = plan;
    }

    /// Goes one step back. Returns false if there is none.
    pub fn undo(&mut self) -> bool {
        let can = self.current > 0;
        if can {
            self.go_to(self.current - 1);
        }
        can
    }

    /// Goes one step forward. Returns false if there is none.
    pub fn redo(&mut self) -> bool {
        let can = self.current + 1 < self.states.len();
        if can {
            self.go_to(self.current + 1);
        }
        can
    }

    /// Keeps the record of what owners were sent: undo does not unsend an invite.
    fn go_to(&mut self, state: usize) {
        let sent = self.current().sent_invites().clone();
        self.current = state;
        let own = self.current().sent_invites();
        if !own.ptr_eq(&sent) && *own != sent {
            self.amend(Arc::new(self.current().with_sent_invites(&sent)));
        }
    }

    /// The label of the step that undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        (self.current > 0).then(|| self.states[self.current].label.as_str())
    }

    /// The label of the step that redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.states.get(self.current + 1).map(|state| state.label.as_str())
    }

    /// The number of the current state. No other state of this history ever has it.
    pub fn number(&self) -> u64 {
        self.states[self.current].number
    }

    /// Whether the step that led to the state with that number is done: not undone, nor replaced by another after that.
    pub fn has_done(&self, number: u64) -> bool {
        // Steps that are too old to be undone are gone from the front.
        let is_forgotten = self.states[0].number > number;
        is_forgotten || self.states.iter().take(self.current + 1).any(|state| state.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, InviteKey, InviteRole, SentInvite, UtcMinute};

    #[test]
    fn what_was_sent_is_still_sent_after_an_undo_and_a_redo() {
        let plan = Plan::new("harbour".into(), "Harbour", Horizon::year(2027), "UTC");
        let mut history = History::new(Arc::new(plan));
        let renamed = history.current().apply(&Edit::SetTitle("Port".to_owned())).unwrap();
        history.push("Rename".to_owned(), Arc::new(renamed));
        let on = "2027-03-13".parse().unwrap();
        let sent_invite = SentInvite {
            key: InviteKey { window: "core-db".into(), on, to: "jo@bank.example".to_owned() },
            areas: Vec::new(),
            name: String::new(),
            summary: String::new(),
            start_at: UtcMinute(0),
            end_at: UtcMinute(60),
            sequence: 0,
            is_cancelled: false,
            sent_on: on,
            role: InviteRole::Owner,
        };
        let sent = history.current().apply(&Edit::NoteSent(vec![sent_invite])).unwrap();
        history.amend(Arc::new(sent));
        assert!(history.undo());
        assert_eq!((history.current().title(), history.current().sent_invites().len()), ("Harbour", 1));
        assert!(!history.undo());
        assert!(history.redo());
        assert_eq!((history.current().title(), history.current().sent_invites().len()), ("Port", 1));
    }
}
