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
            let keys = command.shortcut().map_or_else(String::new, |keys| format!("`{}`", shown_keys(keys)));
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

/// The keys of a command as people write them: "Ctrl+," and "Alt+Up" for "Ctrl+Comma" and "Alt+ArrowUp".
pub fn shown_keys(keys: &str) -> String {
    let (before, key) = keys.rsplit_once('+').map_or(("", keys), |(before, key)| (before, key));
    let sign = match key {
        "Comma" => ",",
        "Period" => ".",
        "Plus" => "+",
        "Minus" => "-",
        key => key.strip_prefix("Arrow").unwrap_or(key),
    };
    if before.is_empty() { sign.to_owned() } else { format!("{before}+{sign}") }
}

/// The keys of each view that has some: a heading, and the keys with what they do.
pub fn keys_in_views() -> impl Iterator<Item = (&'static str, &'static [(&'static str, &'static str)])> {
    ViewKind::ALL.into_iter().map(|view| view.row().keys).filter(|(_, rows)| !rows.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_commands_share_a_name_or_keys() {
        let names: BTreeSet<_> = Command::all().map(Command::name).collect();
        assert_eq!(names.len(), Command::all().count());
        let keys: Vec<_> = Command::all().filter_map(Command::shortcut).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }

    #[test]
    fn every_view_has_a_command() {
        for view in ViewKind::ALL {
            assert!(Command::all().any(|command| command == Command::Show(view)), "{view:?}");
            assert_eq!(view.first().kind(), view);
        }
    }

    #[test]
    fn keys_are_written_with_their_signs() {
        for (keys, shown) in [
            ("Ctrl+Comma", "Ctrl+,"),
            ("Ctrl+Plus", "Ctrl++"),
            ("Alt+ArrowUp", "Alt+Up"),
            ("Ctrl+Shift+S", "Ctrl+Shift+S"),
            ("F1", "F1"),
        ] {
            assert_eq!(shown_keys(keys), shown);
        }
    }
}
