//! The keyboard in the people view: arrow keys move between shifts, Enter selects.

use egui::{EventFilter, Key, Response, Ui};

use super::PeopleState;
use super::board::{Board, PeopleRow};
use crate::model::{UtcMinute, day_number};
use crate::schedule::rota::Shift;
use crate::session::Selection;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys::pressed;

pub fn keyboard_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PeopleState, board: &Board, canvas: &Response) {
    // An edit may have removed the cursor's shift.
    state.cursor = state.cursor.filter(|cursor| board.rota.shifts().binary_search(cursor).is_ok());
    if !cx.keys_are_free(ui, Some(canvas.id)) {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(canvas.id, filter));
    let ways = [
        (Key::ArrowLeft, Direction::Before),
        (Key::ArrowRight, Direction::After),
        (Key::ArrowUp, Direction::Above),
        (Key::ArrowDown, Direction::Below),
    ];
    for (key, way) in ways {
        if pressed(ui, key)
            && let Some(next) = step(cx, state.cursor, board, way)
        {
            state.cursor = Some(next);
            state.follows_cursor = true;
        }
    }
    if pressed(ui, Key::Enter)
        && let Some(cursor) = &state.cursor
    {
        cx.select(Selection::Occurrence(board.rota.window(cursor).id.clone(), cursor.on()));
    }
    if pressed(ui, Key::Escape) {
        state.cursor = None;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Before,
    After,
    Above,
    Below,
}

/// The next shift in a direction: the previous or next one of the same person, or the nearest in time of a person above
/// or below. Without a cursor, the first shift from today on.
fn step(cx: &Cx<'_>, cursor: Option<Shift>, board: &Board, way: Direction) -> Option<Shift> {
    let people: Vec<usize> = board.rows.iter().filter_map(PeopleRow::person).collect();
    let Some(cursor) = cursor else {
        let today = day_number(cx.today());
        let is_to_come = |shift: &&Shift| board.rota.day_of(shift.from) >= today;
        let first = |person: &usize| board.rota.shifts_of(*person).find(is_to_come).copied();
        return people.iter().find_map(first);
    };
    let here = people.iter().position(|person| board.is_of_person(&cursor, *person))?;
    let shifts = || board.rota.shifts_of(people[here]);
    match way {
        Direction::Before => shifts().take_while(|shift| **shift < cursor).last().copied(),
        Direction::After => shifts().find(|shift| **shift > cursor).copied(),
        Direction::Above => people[..here].iter().rev().find_map(|person| nearest(board, *person, cursor.from)),
        Direction::Below => people[here + 1..].iter().find_map(|person| nearest(board, *person, cursor.from)),
    }
}

fn nearest(board: &Board, person: usize, at: UtcMinute) -> Option<Shift> {
    board.rota.shifts_of(person).min_by_key(|shift| shift.from.since(at).unsigned_abs()).copied()
}
