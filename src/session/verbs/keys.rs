//! The keys of the program on one page: those of commands, and those that work in a view.

use std::fmt::Write as _;

use crate::session::verbs::command::{Command, Menu};
use crate::session::verbs::views::ViewKind;

/// The contents of `docs/keyboard.md`.
pub fn keyboard_page() -> String {
    let mut page = String::from(
        "# Keyboard\n\nWritten by the program; change `src/session/verbs/` instead. On macOS, `Ctrl` is the command key.\n",
    );
    for menu in Menu::ALL {
        let _ = write!(page, "\n## {}\n\n| Command | Keys | What it does |\n|---|---|---|\n", menu.name());
        for command in Command::all().filter(|command| command.menu() == menu) {
            let keys = command.shortcut().map_or_else(String::new, |keys| format!("`{keys}`"));
            let _ = writeln!(page, "| {} | {keys} | {} |", command.name(), command.help());
        }
    }
    for (heading, rows) in keys_in_views() {
        let _ = write!(page, "\n## {heading}\n\n| Keys | What they do |\n|---|---|\n");
        for (keys, what) in rows {
            let _ = writeln!(page, "| `{keys}` | {what} |");
        }
    }
    page
}

/// The keys of each view that has some: a heading, and the keys with what they do.
pub fn keys_in_views() -> impl Iterator<Item = (&'static str, &'static [(&'static str, &'static str)])> {
    ViewKind::ALL.into_iter().map(|view| view.row().keys).filter(|(_, rows)| !rows.is_empty())
}
