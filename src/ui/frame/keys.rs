//! Sends the commands whose shortcuts are pressed.

use egui::text_selection::LabelSelectionState;
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::session::{Action, Command, Message, Session, View};
use crate::ui::parts::fields;
use crate::ui::parts::keys::{are_kept as keys_are_kept, shortcut};

/// Sends the commands whose shortcuts were pressed. While a text is edited, keys with a meaning there are left to it.
pub fn send_commands(ctx: &Context, session: &Session, actions: &mut Vec<Action>) {
    // A focused list does not count: there these keys act on the plan.
    let is_typing = ctx.text_edit_focused();
    let is_in_table = keys_are_kept(ctx);
    // While a dialog is open, shortcuts are off.
    if session.dialog().is_some() {
        return;
    }
    // Shortcuts with Shift first: otherwise Ctrl+Z would also take Ctrl+Shift+Z.
    let mut commands: Vec<_> = Command::all().filter_map(|command| Some((command, shortcut(command)?))).collect();
    commands.push((Command::Redo, KeyboardShortcut::new(Modifiers::COMMAND, Key::Y)));
    commands.retain(|(_, shortcut)| !(is_typing && is_text_key(shortcut) || is_in_table && is_table_key(shortcut)));
    commands.sort_by_key(|(_, shortcut)| std::cmp::Reverse(shortcut.modifiers.shift));
    // One by one in the order in which they were pressed, since a slow frame has several: what was moved is saved, and not
    // saved first and moved then.
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let command = command_of(event, &commands);
            actions.extend(command.map(Action::Run));
            command.is_none()
        });
    });
    // Views and fields come first: an error stays while Escape has another meaning, such as to end a drag.
    let has_focus = ctx.memory(|memory| memory.focused().is_some());
    let is_free = !has_focus && !fields::was_in_use(ctx) && ctx.dragged_id().is_none();
    if is_free && session.messages.iter().any(Message::is_error) {
        let escape = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);
        if ctx.input_mut(|input| input.consume_shortcut(&escape)) {
            actions.push(Action::Dismiss);
        }
    }
    let copies_dates = matches!(session.view(), View::Calendar(_)) && !is_typing && !is_in_table;
    if copies_dates {
        send_clipboard_commands(ctx, actions);
    }
}

/// The command whose shortcut is pressed.
fn command_of(event: &Event, commands: &[(Command, KeyboardShortcut)]) -> Option<Command> {
    let Event::Key { key, modifiers, pressed: true, .. } = event else { return None };
    let is_it =
        |shortcut: &KeyboardShortcut| shortcut.logical_key == *key && modifiers.matches_logically(shortcut.modifiers);
    commands.iter().find(|(_, shortcut)| is_it(shortcut)).map(|(command, _)| *command)
}

/// The window reports copying and pasting as events of their own, not as keys. Selected text of a label is copied instead.
fn send_clipboard_commands(ctx: &Context, actions: &mut Vec<Action>) {
    let has_text = ctx.with_plugin(|labels: &mut LabelSelectionState| labels.has_selection()).unwrap_or(false);
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Copy if !has_text => actions.push(Action::Run(Command::CopyDates)),
                Event::Paste(_) => actions.push(Action::Run(Command::PasteDates)),
                _ => {}
            }
        }
    });
}

/// The keys with which the cells of a table are selected, edited and filled.
fn is_table_key(shortcut: &KeyboardShortcut) -> bool {
    let Modifiers { alt, command, .. } = shortcut.modifiers;
    match shortcut.logical_key {
        Key::F2 | Key::Delete | Key::Home | Key::End | Key::PageUp | Key::PageDown | Key::Enter | Key::Escape => !alt,
        Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown => !alt,
        Key::D | Key::A => command && !shortcut.modifiers.shift,
        _ => false,
    }
}

/// Undo, redo, copying, pasting, Delete, Home and the arrow keys act on the text while one is edited.
fn is_text_key(shortcut: &KeyboardShortcut) -> bool {
    let plain = shortcut.modifiers.is_none();
    let arrow = matches!(shortcut.logical_key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    let is_home = shortcut.logical_key == Key::Home;
    let is_clipboard = matches!(shortcut.logical_key, Key::C | Key::V) && !shortcut.modifiers.shift;
    let is_history = matches!(shortcut.logical_key, Key::Z | Key::Y);
    is_clipboard || (plain && shortcut.logical_key == Key::Delete) || is_history || is_home || arrow
}
