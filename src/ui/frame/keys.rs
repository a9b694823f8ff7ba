//! Sends the commands whose keys are pressed.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::session::{Action, Command, Session};
use crate::ui::parts::keys::shortcut;

/// Sends the commands whose keys were pressed. While text is typed, keys that mean something there stay there.
pub fn send_commands(ctx: &Context, session: &Session, actions: &mut Vec<Action>) {
    // A list that has the focus leaves these keys to the plan.
    let is_typing = ctx.text_edit_focused();
    // A dialog keeps the keys to itself.
    if session.dialog().is_some() {
        return;
    }
    // Shortcuts with more modifiers first: Ctrl+Shift+Z is not Ctrl+Z.
    let mut commands: Vec<_> = Command::all().filter_map(|command| Some((command, shortcut(command)?))).collect();
    commands.sort_by_key(|(_, shortcut)| std::cmp::Reverse(shortcut.modifiers.shift));
    for (command, shortcut) in commands {
        let belongs_to_text = is_typing && is_text_key(&shortcut);
        if !belongs_to_text && ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
            actions.push(Action::Run(command));
        }
    }
    let also_redo = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
    if !is_typing && ctx.input_mut(|input| input.consume_shortcut(&also_redo)) {
        actions.push(Action::Run(Command::Redo));
    }
}

/// Undo, redo and deleting work on the text while one is edited.
fn is_text_key(shortcut: &KeyboardShortcut) -> bool {
    let plain = shortcut.modifiers.is_none();
    let arrow = matches!(shortcut.logical_key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    (plain && shortcut.logical_key == Key::Delete) || shortcut.logical_key == Key::Z || arrow
}
