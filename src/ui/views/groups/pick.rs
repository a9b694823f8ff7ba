//! Which cards are chosen, and which one the keyboard is at.

use std::collections::BTreeSet;

use super::board::Board;
use crate::model::SystemId;

/// Chosen cards. Clicks work as in a file manager.
#[derive(Default)]
pub struct Pick {
    pub chosen: BTreeSet<SystemId>,
    /// The card that the arrow keys start from.
    pub cursor: Option<SystemId>,
    /// Where a range begins.
    anchor: Option<SystemId>,
}

/// How a card is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// This one alone.
    Alone,
    /// This one more, or one fewer.
    Toggle,
    /// All from the last one to this one, in one column.
    Range,
}

/// Where an arrow key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
}

impl Pick {
    pub fn choose(&mut self, board: &Board, id: &SystemId, way: Way) {
        let range = self.anchor.as_ref().and_then(|anchor| board.place(anchor)).zip(board.place(id));
        match (way, range) {
            (Way::Range, Some(((from_column, from), (column, to)))) if from_column == column => {
                let cards = &board.columns[column].cards[from.min(to)..=from.max(to)];
                self.chosen = cards.iter().map(|system| system.id.clone()).collect();
            }
            (Way::Toggle, _) => {
                if !self.chosen.remove(id) {
                    self.chosen.insert(id.clone());
                }
                self.anchor = Some(id.clone());
            }
            _ => {
                self.chosen = BTreeSet::from([id.clone()]);
                self.anchor = Some(id.clone());
            }
        }
        self.cursor = Some(id.clone());
    }

    /// Moves the cursor; from nowhere to the first card.
    pub fn step(&mut self, board: &Board, step: Step) {
        let here = self.cursor.as_ref().and_then(|id| board.place(id));
        let Some((column, row)) = here else {
            let first = board.columns.iter().find_map(|column| column.cards.first());
            self.cursor = first.map(|system| system.id.clone());
            return;
        };
        let columns = &board.columns;
        let to = match step {
            Step::Up => row.checked_sub(1).map(|row| (column, row)),
            Step::Down => Some((column, row + 1)),
            Step::Left => (0..column).rev().find(|to| !columns[*to].cards.is_empty()).map(|to| (to, row)),
            Step::Right => (column + 1..columns.len()).find(|to| !columns[*to].cards.is_empty()).map(|to| (to, row)),
        };
        let Some((column, row)) = to else { return };
        let cards = &columns[column].cards;
        if let Some(system) = cards.get(row.min(cards.len().saturating_sub(1))) {
            self.cursor = Some(system.id.clone());
        }
    }

    /// Forgets what the board no longer shows.
    pub fn keep_shown(&mut self, board: &Board) {
        self.chosen.retain(|id| board.place(id).is_some());
        self.cursor = self.cursor.take().filter(|id| board.place(id).is_some());
    }

    /// What a key acts on: the chosen cards, or the one at the cursor.
    pub fn systems(&self) -> Vec<SystemId> {
        if self.chosen.is_empty() {
            self.cursor.iter().cloned().collect()
        } else {
            self.chosen.iter().cloned().collect()
        }
    }
}
