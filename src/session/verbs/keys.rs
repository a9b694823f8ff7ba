//! The keys of the program in one page: those of commands, and those that work in a view.

use std::fmt::Write as _;

use super::command::{Group, ROWS};

/// The contents of `docs/keyboard.md`.
pub fn keyboard_page() -> String {
    let mut page = String::from(
        "# Keyboard\n\nWritten by the program; change `src/session/command.rs` instead. On macOS, `Ctrl` is the command key.\n",
    );
    for group in Group::ALL {
        let _ = write!(page, "\n## {}\n\n| Command | Keys | What it does |\n|---|---|---|\n", group.name());
        for row in ROWS.iter().filter(|row| row.1 == group) {
            let keys = row.3.map_or_else(String::new, |keys| format!("`{keys}`"));
            let _ = writeln!(page, "| {} | {keys} | {} |", row.2, row.4);
        }
    }
    let of_views = [
        ("In the calendar", CALENDAR_KEYS),
        ("On the board of groups", BOARD_KEYS),
        ("In the list of cycles", CYCLES_KEYS),
        ("In the list of advisories", ADVISORIES_KEYS),
        ("In the list of findings", FINDINGS_KEYS),
        ("In the people view", PEOPLE_KEYS),
        ("In the ledger", LEDGER_KEYS),
        ("In the list of changes", CHANGES_KEYS),
        ("In the night", NIGHT_KEYS),
    ];
    for (view, rows) in of_views {
        let _ = write!(page, "\n## {view}\n\n| Keys | What they do |\n|---|---|\n");
        for (keys, what) in rows {
            let _ = writeln!(page, "| `{keys}` | {what} |");
        }
    }
    page
}

/// Keys that work while the calendar has the focus.
pub const CALENDAR_KEYS: &[(&str, &str)] = &[
    ("Arrow keys", "Go to the day or month beside; the days of a month stand below one another"),
    ("Space", "Goes to the next occurrence of the day"),
    ("Enter", "Opens the month of the selected day, then the day"),
    ("Insert", "Adds a window on the selected day"),
    ("Escape", "Ends a drag, closes the day, then the month"),
];

/// Keys that work while the board of groups has the focus.
pub const BOARD_KEYS: &[(&str, &str)] = &[
    ("Arrow keys", "Go to the system beside"),
    ("Space", "Selects or deselects the system"),
    ("1 to 9", "Assigns the selected systems to that column"),
    ("0", "Takes the selected systems off the ladder"),
];

/// Keys that work in the list of advisories.
pub const ADVISORIES_KEYS: &[(&str, &str)] = &[
    ("Up and Down", "Go to the advisory above or below"),
    ("Enter", "Goes to the occurrence with which it is in everywhere"),
];

/// Keys that work in the list of cycles.
pub const CYCLES_KEYS: &[(&str, &str)] = &[
    ("Up and Down", "Go to the release before or after"),
    ("Left and Right", "Go to the group before or after on the ladder"),
    ("Enter", "Shows the occurrence that reaches the group"),
];

/// Keys that work in the list of findings.
pub const FINDINGS_KEYS: &[(&str, &str)] = &[
    ("Up and Down", "Go to the finding above or below"),
    ("Right and Left", "Unfold and fold findings of one cause"),
    ("Enter", "Goes to where the finding is"),
    ("Ctrl+Period", "Applies its quick fix"),
    ("Ctrl+Shift+E", "Accepts it with a reason, a name and a date"),
];

/// Keys that work in the people's view.
pub const PEOPLE_KEYS: &[(&str, &str)] = &[
    ("Left and Right", "Go to the person's shift before or after"),
    ("Up and Down", "Go to the nearest shift of the person above or below"),
    ("Enter", "Selects the shift's occurrence"),
];

/// Keys that work in the list of changes.
pub const CHANGES_KEYS: &[(&str, &str)] = &[
    ("Up and Down", "Go to the change above or below"),
    ("Right and Left", "Unfold and fold the dates of a window"),
    ("Enter", "Goes to the occurrence, window or record"),
];

/// Keys that work in the ledger.
pub const LEDGER_KEYS: &[(&str, &str)] = &[
    ("Arrow keys", "Go to the cell beside; with Shift, select all cells in between"),
    ("Space", "Selects or deselects the cell"),
    ("Ctrl+A", "Selects all cells"),
    ("Enter", "Unfolds or folds the row"),
    ("Escape", "Selects nothing"),
];

/// Keys that work on the checklist of a night.
pub const NIGHT_KEYS: &[(&str, &str)] = &[
    ("Up and Down", "Go to the item above or below"),
    ("Space", "Ticks the item, or takes its tick back"),
    ("Home and End", "Go to the first item that is due, or to the last item"),
];
