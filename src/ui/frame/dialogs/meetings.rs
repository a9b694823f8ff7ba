//! The dialog that lists what meets a holiday, a freeze or a clock change, and where each is kept, moved or skipped.

use std::rc::Rc;

use chrono::NaiveDate;
use egui::{Label, ScrollArea, TextEdit, Ui};

use crate::checks::Acceptances;
use crate::model::{Edit, Plan};
use crate::roll::{Decision, Meeting, calendars_with_few_days, meetings};
use crate::session::{Action, Command, Settings};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::row;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{Buttons, DialogButton, body, close, titled_form};
use crate::ui::parts::widgets::{command_button, muted, strong};
use crate::wording::{counted, date, moments};

const WIDTH: f32 = 760.0;
/// The height that the title, the fields and the buttons need.
const OTHERS: f32 = 300.0;
/// At most this many are listed at a time.
const MOST: usize = 200;

/// What was entered so far.
#[derive(Default)]
pub struct MeetingsState {
    reason: String,
    by: String,
    found: Memo<(Pointer<Plan>, NaiveDate), Vec<Meeting>>,
    /// The row and button that were pressed last. The row that follows gets the focus.
    pressed: Option<(usize, Decision)>,
}

pub fn meetings_ui(ui: &Ui, cx: &Cx<'_>, state: &mut MeetingsState, is_new: bool) {
    if is_new {
        *state = MeetingsState { by: cx.settings().answers.clone(), ..MeetingsState::default() };
    }
    let found: Rc<Vec<Meeting>> = state
        .found
        .get((Pointer::to(cx.plan_pointer()), cx.today()), || meetings(cx.schedule(), cx.findings(), cx.today(), MOST));
    let mut pressed = None;
    let closes = titled_form(ui, "Holidays, freezes and clock changes", WIDTH, |ui| {
        holidays_ui(ui, cx);
        if found.is_empty() {
            body(ui, "No date meets a holiday, a freeze or a clock change, or all are decided.");
        } else {
            list_ui(ui, cx, state, &found);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            command_button(ui, cx, Command::Undo);
            if found.len() > 1 {
                all_ui(ui, cx, state, &found);
            }
        });
        let buttons =
            Buttons { yes: None, other: None, cancel: "Close", default: DialogButton::Cancel, is_blocked: false };
        pressed = buttons.show(ui, cx, is_new && found.is_empty());
    });
    if pressed.is_some() || closes {
        close(cx);
    }
}

/// Asks for holidays if the plan has no calendar, or one with few days in the plan's months.
fn holidays_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let few = calendars_with_few_days(cx.plan());
    let words = match few.as_slice() {
        _ if cx.plan().holidays().is_empty() => "The plan has no holiday calendar.".to_owned(),
        [] => return,
        few => {
            let names = few.iter().map(|(name, days)| format!("{name} ({})", counted(*days, "day")));
            format!("Few holidays in the plan's months: {}.", crate::wording::list(names, 3))
        }
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(words);
        if ui.button("Import holidays…").clicked() {
            cx.run(Command::ImportHolidays);
        }
    });
    ui.add_space(6.0);
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut MeetingsState, found: &[Meeting]) {
    let more = if found.len() == MOST { " or more" } else { "" };
    let advice = format!(
        "{}{more} to decide. Keep accepts it in your name. Each decision is one step of undo.",
        counted(found.len(), "date")
    );
    ui.add(Label::new(muted(cx, advice)).wrap());
    row(ui, cx, "Name", |ui| {
        let edit = TextEdit::singleline(&mut state.by).hint_text("Who decides").desired_width(300.0);
        if ui.add(edit).accessible_name("Name").lost_focus() && state.by.trim() != cx.settings().answers {
            let answers = state.by.trim().to_owned();
            cx.send(Action::Set(Settings { answers, ..cx.settings().clone() }));
        }
    });
    row(ui, cx, "Reason", |ui| {
        let edit = TextEdit::singleline(&mut state.reason).hint_text("What it meets, if empty").desired_width(300.0);
        ui.add(edit).accessible_name("Reason");
    });
    ui.add_space(6.0);
    let height = (ui.ctx().content_rect().height() - OTHERS).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        for (index, meeting) in found.iter().enumerate() {
            meeting_ui(ui, cx, state, index, meeting);
        }
    });
}

fn meeting_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut MeetingsState, index: usize, meeting: &Meeting) {
    ui.push_id((&meeting.window, meeting.on), |ui| {
        ui.label(strong(format!("{}, {}", meeting.name, moments(meeting.starts, meeting.ends))));
        ui.add(Label::new(muted(cx, meeting.in_words())).wrap());
        ui.horizontal(|ui| {
            let moves = meeting.free.as_ref().map(|(to, _)| format!("Move to {}", date(*to)));
            let choices = [
                (Decision::Keep, Some("Keep".to_owned())),
                (Decision::Move, moves),
                (Decision::Skip, Some("Skip".to_owned())),
            ];
            for (decision, words) in choices {
                let Some(words) = words else {
                    ui.label(muted(cx, "no free date nearby"));
                    continue;
                };
                let response = ui.add_enabled(state.may(decision), egui::Button::new(&words));
                if state.pressed == Some((index, decision)) {
                    state.pressed = None;
                    response.request_focus();
                }
                let response = response.on_disabled_hover_text("Enter a name first");
                let name = format!("{words}: {}, {}", meeting.name, date(meeting.starts.date()));
                if response.accessible_name(&name).clicked() {
                    state.pressed = Some((index, decision));
                    decide(cx, state, std::slice::from_ref(meeting), decision);
                }
            }
        });
        ui.add_space(8.0);
    });
}

/// The buttons that decide all at once.
fn all_ui(ui: &mut Ui, cx: &Cx<'_>, state: &MeetingsState, found: &[Meeting]) {
    let movable = found.iter().filter(|meeting| meeting.free.is_some()).count();
    let all = [
        (Decision::Keep, "Keep all", found.len()),
        (Decision::Move, "Move all", movable),
        (Decision::Skip, "Skip all", found.len()),
    ];
    for (decision, words, count) in all {
        let is_possible = count > 0 && state.may(decision);
        if ui.add_enabled(is_possible, egui::Button::new(format!("{words} {count}"))).clicked() {
            decide(cx, state, found, decision);
        }
    }
}

impl MeetingsState {
    fn may(&self, decision: Decision) -> bool {
        decision != Decision::Keep || !self.by.trim().is_empty()
    }

    fn reason_for(&self, meeting: &Meeting) -> String {
        let reason = self.reason.trim();
        if reason.is_empty() { meeting.in_words() } else { reason.to_owned() }
    }
}

/// Decides the same about these meetings, as one step of undo.
fn decide(cx: &Cx<'_>, state: &MeetingsState, found: &[Meeting], decision: Decision) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut acceptances = Acceptances::new(cx.plan());
    for meeting in found {
        match decision {
            Decision::Keep => {
                for finding in &meeting.findings {
                    let reason = state.reason_for(meeting);
                    acceptances.accept(finding, &reason, state.by.trim(), meeting.ends.date());
                }
                edits.extend(acceptances.take_edits());
            }
            Decision::Move => edits.extend(meeting.free.as_ref().map(|(_, edit)| edit.clone())),
            Decision::Skip => edits.push(meeting.skip(&state.reason_for(meeting))),
        }
    }
    let verb = match decision {
        Decision::Keep => "Keep",
        Decision::Move => "Move",
        Decision::Skip => "Skip",
    };
    let label = match found {
        [only] => format!("{verb} {}, {}", only.name, date(only.starts.date())),
        many => format!("{verb} {}", counted(many.len(), "date")),
    };
    if !edits.is_empty() {
        cx.edit(Edit::Together { label, edits });
    }
}
