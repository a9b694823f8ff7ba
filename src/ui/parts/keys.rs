//! Keyboard input: the shortcuts of commands, and the keys that a view handles itself.

use egui::{Context, FocusDirection, Id, Key, KeyboardShortcut, Modifiers, Ui};

use crate::session::{Command, shown_keys};

/// Returns whether the key was pressed without modifiers, and consumes it.
pub fn pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Returns whether Escape was pressed, and consumes it. The keys that change what a gesture does may be held.
pub fn escapes(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(input.modifiers, Key::Escape))
}

/// Takes the focus from the widget that has it, so that the keys act on the view again.
pub fn release_focus(ui: &Ui) {
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
}

/// Gives the focus to a widget that takes an arrow key while nothing else has it. The key must not also move the focus on.
pub fn take_focus(ui: &Ui, widget: Id) {
    ui.memory_mut(|memory| {
        memory.request_focus(widget);
        memory.move_focus(FocusDirection::None);
    });
}

/// Lets a widget keep the keys that it uses itself, while it has the focus.
pub fn keep_for(ctx: &Context, widget: Id) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("keeps keys"), widget));
}

/// Whether the widget with the focus keeps its keys.
pub fn are_kept(ctx: &Context) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    focused.is_some() && focused == ctx.data(|data| data.get_temp::<Id>(Id::unique("keeps keys")))
}

/// The shortcut of a command.
pub fn shortcut(command: Command) -> Option<KeyboardShortcut> {
    command.shortcut().and_then(parse)
}

/// Parses "Ctrl+Shift+S". `Ctrl` is the command key on macOS.
fn parse(text: &str) -> Option<KeyboardShortcut> {
    let (modifiers, key) = text.rsplit_once('+').unwrap_or(("", text));
    let modifiers = modifiers.split('+').filter(|name| !name.is_empty()).try_fold(Modifiers::NONE, |all, name| {
        Some(
            all | match name {
                "Ctrl" => Modifiers::COMMAND,
                "Shift" => Modifiers::SHIFT,
                "Alt" => Modifiers::ALT,
                _ => return None,
            },
        )
    })?;
    Some(KeyboardShortcut::new(modifiers, Key::from_name(key)?))
}

/// The shortcut in the notation of the user's platform.
pub fn text(ctx: &Context, command: Command) -> String {
    shortcut(command).map_or_else(String::new, |shortcut| shown_keys(&ctx.format_shortcut(&shortcut)))
}

/// A help text with the keys of its command: "Undo Move Core DB  Ctrl+Z".
pub fn with_keys(ctx: &Context, help: &str, command: Command) -> String {
    let keys = text(ctx, command);
    if keys.is_empty() { help.to_owned() } else { format!("{help}  {keys}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_names_a_key() {
        for command in Command::all() {
            assert_eq!(command.shortcut().is_some(), shortcut(command).is_some(), "{command:?}");
        }
    }
}
