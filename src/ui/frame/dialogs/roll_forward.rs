//! The dialog that rolls the plan forward: the year, and the new dates of freezes and listed dates, confirmed one by one.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::Datelike as _;
use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use crate::model::Plan;
use crate::roll::{Choices, DateKey, DateProposal, RollError, RollTarget, RolledPlan, roll_forward};
use crate::session::{Action, RollOrder};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled_form};
use crate::ui::parts::widgets::{muted, strong};
use crate::wording::dates;
use crate::wording::typed::YEARS;

const WIDTH: f32 = 720.0;
/// The height that the title, the fields and the buttons need.
const OTHERS: f32 = 260.0;

/// What was entered so far.
#[derive(Default)]
pub struct RollState {
    year: i32,
    title: String,
    choices: Choices,
    /// What a person has confirmed.
    confirmed: BTreeSet<DateKey>,
    rolled: Memo<(Pointer<Plan>, i32, Choices), Result<RolledPlan, RollError>>,
}

impl RollState {
    fn rolled(&mut self, cx: &Cx<'_>) -> Rc<Result<RolledPlan, RollError>> {
        let target = RollTarget { year: self.year, word: String::new(), title: None };
        let inputs = (Pointer::to(cx.plan_pointer()), self.year, self.choices.clone());
        self.rolled.get(inputs, || roll_forward(cx.plan(), &target, &self.choices))
    }

    fn unconfirmed(&self, rolled: &RolledPlan) -> usize {
        rolled.dates.iter().filter(|proposal| !self.confirmed.contains(&proposal.key)).count()
    }
}

pub fn roll_forward_ui(ui: &Ui, cx: &Cx<'_>, state: &mut RollState, is_new: bool) {
    if is_new {
        *state = RollState { year: cx.plan().horizon().from.year() + 1, ..RollState::default() };
    }
    let mut pressed = None;
    let closes = titled_form(ui, "Roll forward to a later year", WIDTH, |ui| {
        let advice = "Makes the plan of a later year. Rules, systems, ladders and people stay; exceptions, answers and \
                      records stay in this plan, which does not change.";
        ui.add(Label::new(muted(cx, advice)).wrap());
        ui.add_space(8.0);
        let rolled = state.rolled(cx);
        fields_ui(ui, cx, state, &rolled);
        let left = match &*rolled {
            Ok(rolled) => {
                let height = (ui.ctx().content_rect().height() - OTHERS).max(160.0);
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    dates_ui(ui, cx, state, rolled);
                    facts_ui(ui, cx, rolled);
                });
                state.unconfirmed(rolled)
            }
            Err(error) => {
                let sentence = crate::wording::capitalised(&error.to_string());
                ui.add(Label::new(RichText::new(sentence).color(cx.colors.error)).wrap());
                1
            }
        };
        let buttons = Buttons {
            yes: Some("Create plan"),
            other: None,
            cancel: "Cancel",
            default: DialogButton::Yes,
            is_blocked: left > 0,
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(DialogButton::Yes) => {
            let (year, title, choices) = (state.year, state.title.clone(), state.choices.clone());
            cx.send(Action::RollForward(RollOrder { year, title, choices }));
        }
        Some(DialogButton::Other | DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut RollState, rolled: &Result<RolledPlan, RollError>) {
    let (title, months) = match rolled {
        Ok(rolled) => {
            let horizon = rolled.plan.horizon();
            (rolled.plan.title().to_owned(), dates(horizon.from, horizon.last()))
        }
        Err(_) => (cx.plan().title().to_owned(), String::new()),
    };
    row(ui, cx, "Begins in", |ui| {
        ui.horizontal(|ui| {
            let first = i64::from(cx.plan().horizon().from.year()) + 1;
            if let Some(year) = fields::number(ui, "Begins in", state.year.into(), first..=i64::from(*YEARS.end())) {
                state.year = i32::try_from(year).unwrap_or(state.year);
                // Other years have other proposals.
                state.choices.clear();
                state.confirmed.clear();
            }
            ui.label(muted(cx, months));
        });
    });
    row(ui, cx, "Title", |ui| {
        let edit = TextEdit::singleline(&mut state.title).hint_text(title).desired_width(320.0);
        ui.add(edit).accessible_name("Title");
    });
}

/// Every proposal with its alternatives. Choosing one confirms it.
fn dates_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut RollState, rolled: &RolledPlan) {
    if rolled.dates.is_empty() {
        return;
    }
    let done = rolled.dates.len() - state.unconfirmed(rolled);
    section(ui, &format!("New dates: {done} of {} confirmed", rolled.dates.len()));
    ui.add(Label::new(muted(cx, "Choose a date for each. The first is the proposal.")).wrap());
    for proposal in &rolled.dates {
        ui.add_space(6.0);
        proposal_ui(ui, cx, state, proposal);
    }
}

fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut RollState, proposal: &DateProposal) {
    let is_confirmed = state.confirmed.contains(&proposal.key);
    let chosen = state.choices.get(&proposal.key).copied().unwrap_or(0);
    ui.horizontal_wrapped(|ui| {
        ui.label(strong(proposal.name.as_str()));
        ui.label(muted(cx, proposal.was()));
        if !is_confirmed
            && ui.small_button("Confirm").accessible_name(format!("Confirm {}", proposal.subject())).clicked()
        {
            state.confirmed.insert(proposal.key.clone());
        }
    });
    if let Some(note) = &proposal.note {
        ui.add(Label::new(RichText::new(crate::wording::capitalised(note)).color(cx.colors.warning)).wrap());
    }
    ui.indent(("options of", &proposal.name, proposal.from.first_on), |ui| {
        for (index, option) in proposal.options.iter().enumerate() {
            let words = crate::wording::capitalised(&option.in_words());
            let response = ui.radio(is_confirmed && chosen == index, words.as_str());
            if response.accessible_name(format!("{}: {words}", proposal.subject())).clicked() {
                state.choices.insert(proposal.key.clone(), index);
                state.confirmed.insert(proposal.key.clone());
            }
        }
    });
}

/// What a person must know, but need not decide here.
fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, rolled: &RolledPlan) {
    for (title, lines) in rolled.facts() {
        section(ui, title);
        for line in lines {
            ui.add(Label::new(RichText::new(line)).wrap());
        }
    }
    section(ui, "Next");
    let next = "The new plan opens with a list of what meets a holiday, a freeze or a clock change.";
    ui.add(Label::new(muted(cx, next)).wrap());
}
