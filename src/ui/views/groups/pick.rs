//! Which cards are selected, and which one has the keyboard cursor.

use std::collections::BTreeSet;

use super::board::Board;
use crate::model::SystemId;

/// The selected cards. Clicks work as in a file manager.
#[derive(Default)]
pub struct CardSelection {
    pub chosen: BTreeSet<SystemId>,
    /// The card that the arrow keys start from.
    pub cursor: Option<SystemId>,
    /// The start of a range.
    anchor: Option<SystemId>,
}

/// How a click changes the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClickMode {
    /// Selects only this card.
    Alone,
    /// Adds this card, or removes it.
    Toggle,
    /// Selects all cards from the anchor to this one, within one column.
    Range,
}

/// The direction of an arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl CardSelection {
    pub fn choose(&mut self, board: &Board, id: &SystemId, way: ClickMode) {
        let range = self.anchor.as_ref().and_then(|anchor| board.find_card(anchor)).zip(board.find_card(id));
        match (way, range) {
            (ClickMode::Range, Some(((from_column, from), (column, to)))) if from_column == column => {
                let cards = &board.columns[column].cards[from.min(to)..=from.max(to)];
                self.chosen = cards.iter().map(|system| system.id.clone()).collect();
            }
            (ClickMode::Toggle, _) => {
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

    /// Moves the cursor; without a cursor, to the first card.
    pub fn step(&mut self, board: &Board, step: Direction) {
        let here = self.cursor.as_ref().and_then(|id| board.find_card(id));
        let Some((column, row)) = here else {
            let first = board.columns.iter().find_map(|column| column.cards.first());
            self.cursor = first.map(|system| system.id.clone());
            return;
        };
        let columns = &board.columns;
        let to = match step {
            Direction::Up => row.checked_sub(1).map(|row| (column, row)),
            Direction::Down => Some((column, row + 1)),
            Direction::Left => (0..column).rev().find(|to| !columns[*to].cards.is_empty()).map(|to| (to, row)),
            Direction::Right => {
                (column + 1..columns.len()).find(|to| !columns[*to].cards.is_empty()).map(|to| (to, row))
            }
        };
        let Some((column, row)) = to else { return };
        let cards = &columns[column].cards;
        if let Some(system) = cards.get(row.min(cards.len().saturating_sub(1))) {
            self.cursor = Some(system.id.clone());
        }
    }

    /// Moves the cursor from a card that leaves its column to the next one of that column, or else to the one before.
    pub fn leave_card(&mut self, board: &Board) {
        let Some((column, row)) = self.cursor.as_ref().and_then(|id| board.find_card(id)) else { return };
        let cards = &board.columns[column].cards;
        if let Some(next) = cards.get(row + 1).or_else(|| cards.get(row.checked_sub(1)?)) {
            self.cursor = Some(next.id.clone());
        }
    }

    /// Removes cards that the board no longer shows.
    pub fn refresh_shown(&mut self, board: &Board) {
        self.chosen.retain(|id| board.find_card(id).is_some());
        self.cursor = self.cursor.take().filter(|id| board.find_card(id).is_some());
    }

    /// The cards that a key acts on: the selected ones, or the one with the cursor.
    pub fn systems(&self) -> Vec<SystemId> {
        if self.chosen.is_empty() {
            self.cursor.iter().cloned().collect()
        } else {
            self.chosen.iter().cloned().collect()
        }
    }
}
