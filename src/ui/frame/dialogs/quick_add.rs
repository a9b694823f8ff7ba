//! The dialog that adds a window from one line of words, and shows its dates while somebody types.

use egui::{Key, Label, RichText, TextEdit, Ui};

use crate::model::{MaintenanceWindow, Plan};
use crate::quick_add::{TypedWindow, read_window};
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled};
use crate::ui::parts::widgets::{muted, text};
use crate::wording::{counted, date, dates, end_of_hours, time};

const WIDTH: f32 = 640.0;
/// The preview keeps its height, so that the dialog does not jump while somebody types.
const PREVIEW: f32 = 108.0;

/// The text typed so far.
#[derive(Default)]
pub struct QuickAddState {
    text: String,
}

/// An example that can be added to this plan: with one of its groups, if it has groups.
fn example(plan: &Plan) -> String {
    const WINDOW: &str = "Core DB every Saturday after Patch Tuesday 22:00 4h";
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let mut examples = groups.map(|group| format!("{WINDOW} {}", group.name));
    examples.find(|text| read_window(text, plan).is_ok()).unwrap_or_else(|| WINDOW.to_owned())
}

pub fn quick_add_ui(ui: &Ui, cx: &Cx<'_>, state: &mut QuickAddState, is_new: bool) {
    if is_new {
        *state = QuickAddState::default();
    }
    let mut pressed = None;
    let typed = read_window(&state.text, cx.plan());
    let closes = titled(ui, "Quick add", WIDTH, |ui| {
        ui.add(Label::new(muted(cx, "Name, when, start, length and group, in one line.")).wrap());
        ui.add_space(8.0);
        let edit = TextEdit::singleline(&mut state.text).hint_text(example(cx.plan())).desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name("Window in words");
        if is_new {
            response.request_focus();
        }
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(6.0);
        ui.scope(|ui| {
            ui.set_min_height(PREVIEW);
            match &typed {
                Ok(typed) => preview_ui(ui, cx, typed),
                Err(_) if state.text.trim().is_empty() => {}
                Err(problem) => {
                    ui.add(Label::new(RichText::new(problem.as_str()).color(cx.colors.error)).wrap());
                }
            }
        });
        let buttons = Buttons {
            yes: Some("Add window"),
            other: None,
            cancel: "Cancel",
            default: DialogButton::Yes,
            is_blocked: typed.is_err(),
        };
        pressed = buttons.show(ui, cx, false).or((is_entered && typed.is_ok()).then_some(DialogButton::Yes));
        if is_entered && typed.is_err() {
            response.request_focus();
        }
    });
    match (pressed, typed) {
        (Some(DialogButton::Yes), Ok(typed)) => {
            close(cx);
            cx.send(Action::AddTypedWindow(Box::new(typed)));
        }
        (Some(DialogButton::Cancel | DialogButton::Other), _) => close(cx),
        _ if closes => close(cx),
        _ => {}
    }
}

fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, typed: &TypedWindow) {
    let window = typed.to_window(cx.plan(), "typed");
    text(ui, format!("{}: {}{}", window.name, cx.plan().rule_in_words(&window), limits_in_words(typed)));
    text(ui, hours_in_words(typed, &window));
    text(ui, scope_in_words(cx.plan(), typed));
    ui.add(Label::new(typed.dates_in_words(cx.plan())).wrap());
}

/// ", from Sat 13 Mar 2027 until Wed 30 Jun 2027"
fn limits_in_words(typed: &TypedWindow) -> String {
    match (typed.first, typed.last) {
        (Some(first), Some(last)) => format!(", {}", dates(first, last)),
        (Some(first), None) => format!(", from {}", date(first)),
        (None, Some(last)) => format!(", until {}", date(last)),
        (None, None) => String::new(),
    }
}

/// "22:00 to 02:00, 4 h"
fn hours_in_words(typed: &TypedWindow, window: &MaintenanceWindow) -> String {
    let day = chrono::NaiveDate::default();
    let start = day.and_time(window.start);
    let end = start + chrono::TimeDelta::minutes(window.duration.0.into());
    let usual = match (typed.start, typed.duration) {
        (None, None) => ", as no start or length is given",
        (None, Some(_)) => ", as no start is given",
        (Some(_), None) => ", as no length is given",
        (Some(_), Some(_)) => "",
    };
    format!("{} to {}, {}{usual}", time(window.start), end_of_hours(start, end), window.duration)
}

fn scope_in_words(plan: &Plan, typed: &TypedWindow) -> String {
    let groups = typed.groups.iter().filter_map(|id| plan.group(id)).map(|(ladder, group)| {
        format!("{} · {} ({})", ladder.name, group.name, counted(group.systems.len(), "system"))
    });
    let systems = typed.systems.iter().filter_map(|id| plan.systems().get(id)).map(|system| system.name.clone());
    let scope: Vec<String> = groups.chain(systems).collect();
    let kind = typed.kind.name();
    if scope.is_empty() { format!("{kind}, no group yet") } else { format!("{kind}, {}", scope.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UtcMinute;
    use crate::session::state::clock::FixedClock;
    use crate::session::{Command, FileState, Session};

    #[test]
    fn the_example_can_be_added_to_every_plan() {
        let clock = Box::new(FixedClock(UtcMinute(30_064_920)));
        let mut session = Session::new(Session::sample_plan(), FileState::none(), clock, None);
        session.mark_saved();
        assert!(!read_window(&example(session.plan()), session.plan()).unwrap().groups.is_empty());
        session.perform(Action::Run(Command::NewPlan));
        assert!(session.plan().ladders().is_empty());
        assert!(read_window(&example(session.plan()), session.plan()).unwrap().groups.is_empty());
    }
}
