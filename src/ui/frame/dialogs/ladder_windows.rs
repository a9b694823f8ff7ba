//! The dialog that proposes a window for each group of a ladder that has none, with dates and fit.

use std::rc::Rc;

use chrono::NaiveDate;
use egui::{Label, RichText, ScrollArea, Ui};

use crate::checks::{NoProposal, ProposedWindow, windows_for_ladder};
use crate::model::{Edit, LadderId, Plan};
use crate::schedule::{FitVerdict, NoFit};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{Buttons, DialogButton, body, close, titled};
use crate::ui::parts::occurrence_text;
use crate::ui::parts::widgets::{muted, strong, text};
use crate::wording::{counted, days_and_hours, list, short_date, time};

const WIDTH: f32 = 640.0;
/// The height that the title and the buttons need.
const OTHERS: f32 = 220.0;
/// At most this many dates of a window are named.
const MOST_DATES: usize = 6;

type Inputs = (Pointer<Plan>, LadderId, NaiveDate);

/// What was proposed.
#[derive(Default)]
pub struct LadderWindowsState {
    found: Memo<Inputs, Result<Vec<ProposedWindow>, NoProposal>>,
}

pub fn ladder_windows_ui(ui: &Ui, cx: &Cx<'_>, state: &mut LadderWindowsState, ladder: &LadderId, is_new: bool) {
    let found: Rc<_> = state.found.get((Pointer::to(cx.plan_pointer()), ladder.clone(), cx.today()), || {
        windows_for_ladder(cx.schedule(), cx.today(), ladder)
    });
    let name = cx.plan().ladders().get(ladder).map_or("", |ladder| ladder.name.as_str());
    let mut pressed = None;
    let closes = titled(ui, &format!("Plan windows for {name}"), WIDTH, |ui| {
        let count = match &*found {
            Ok(proposals) => {
                let advice = "One window for each group that has none: after the release, and after the group before it \
                              has soaked. Everything can be changed afterwards.";
                ui.add(Label::new(muted(cx, advice)).wrap());
                let height = (ui.ctx().content_rect().height() - OTHERS).max(160.0);
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    for proposal in proposals {
                        proposal_ui(ui, cx, proposal);
                    }
                    deadlines_ui(ui, cx, proposals);
                });
                proposals.len()
            }
            Err(why) => {
                body(ui, &format!("{why}."));
                0
            }
        };
        let add = format!("Add {}", counted(count, "window"));
        let buttons = Buttons {
            yes: Some(add.as_str()).filter(|_| count > 0),
            other: None,
            cancel: if count > 0 { "Cancel" } else { "Close" },
            default: if count > 0 { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: !cx.is_editable(),
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let (Some(DialogButton::Yes), Ok(proposals)) = (pressed, &*found) {
        let edits = proposals.iter().map(|proposal| Edit::PutWindow(proposal.window.clone())).collect();
        cx.edit_as_proposed(Edit::Together { label: format!("Plan windows for {name}"), edits });
    }
    if pressed.is_some() || closes {
        close(cx);
    }
}

fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, proposal: &ProposedWindow) {
    let window = &proposal.window;
    ui.add_space(10.0);
    ui.label(strong(proposal.group.as_str()));
    let rule = cx.plan().rule_in_words(window);
    text(ui, format!("{rule}, {}, {} ({})", time(window.start), window.duration, window.kind.name()));
    let dates: Vec<String> = proposal.dates.iter().map(|on| short_date(*on)).collect();
    ui.add(Label::new(muted(cx, format!("{}: {}", counted(dates.len(), "date"), list(&dates, MOST_DATES)))).wrap());
    fit_ui(ui, cx, proposal);
    if proposal.moved > 0 {
        let moved = counted(proposal.moved, "date");
        ui.label(muted(cx, format!("{moved} moved to the next free day")));
    }
    if proposal.clashes > 0 {
        let clashes = counted(proposal.clashes, "date");
        let words = format!("{clashes} in a freeze, on a holiday, outside allowed hours or beside another window");
        ui.add(Label::new(RichText::new(words).color(cx.colors.warning)).wrap());
    }
}

fn fit_ui(ui: &mut Ui, cx: &Cx<'_>, proposal: &ProposedWindow) {
    let (words, color) = match &proposal.fit {
        Ok(fit) => {
            let (words, verdict) = occurrence_text::fit_in_words(cx.plan(), fit);
            let needs = format!(": needs {} of {}", fit.need(), fit.length);
            let needs = if verdict == FitVerdict::DoesNotFit { needs } else { String::new() };
            (words + &needs, cx.colors.verdict(verdict))
        }
        Err(NoFit::NoHosts) => ("No hosts in the group yet".to_owned(), cx.colors.muted),
        Err(NoFit::NoEstimate) => {
            ("Not estimated: enter the minutes of each phase with the systems".to_owned(), cx.colors.muted)
        }
    };
    ui.label(RichText::new(words).color(color));
}

/// How long a release takes to reach all groups, and which deadlines that meets.
fn deadlines_ui(ui: &mut Ui, cx: &Cx<'_>, proposals: &[ProposedWindow]) {
    let Some(last) = proposals.last() else { return };
    let within = last.reached_within;
    let (met, missed): (Vec<_>, Vec<_>) =
        cx.plan().policy().severities.iter().partition(|severity| severity.within >= within);
    let names = |all: &[&crate::model::SeverityDeadline]| {
        let names = all.iter().map(|each| format!("{} ({})", each.name, each.within));
        crate::wording::list_in_sentence(names, 6)
    };
    ui.add_space(10.0);
    text(ui, format!("{} is reached {} after a release.", last.group, days_and_hours(u64::from(within.0))));
    if !met.is_empty() {
        text(ui, format!("In time for {}.", names(&met)));
    }
    if !missed.is_empty() {
        let words = format!("Too late for {}: shorten the soak times, or add weekly windows.", names(&missed));
        ui.add(Label::new(muted(cx, words)).wrap());
    }
}
