//! The strip below the planner: the days on which a newly published fix would not be installed everywhere in time. Folded, it
//! is a line with their numbers.

mod layout;
mod paint;

use chrono::NaiveDate;
use egui::{Color32, Frame, Id, Label, Margin, Panel, RichText, Role, Sense, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{LadderId, day_number};
use crate::schedule::ladders::reachability::{DayVerdict, LadderReachability, SeverityReachability};
use crate::session::{Command, Selection, View, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::deadlines::{Deadlines, count};
use crate::ui::parts::keys;
use crate::ui::parts::widgets::{icon_button, muted, name, segments, strong};
use crate::ui::parts::{fields, theme};
use crate::wording::{self, days_and_hours_rounded_up};
use layout::Strip;

const TITLE: &str = "Days on which a fix would come too late";
/// Below this width the title is shortened.
const NARROW: f32 = 600.0;
/// Width of the links on the right of the title's line.
const LINKS: f32 = 150.0;
/// The height of the folded strip.
const FOLDED: f32 = 28.0;
const NO_SYSTEMS: &str = "No systems on this ladder yet";

/// The state of the strip between frames.
#[derive(Default)]
pub struct DeadlinesState {
    ladder: Option<LadderId>,
    deadlines: Deadlines,
}

/// Draws the strip at the bottom of the planner, if the policy has severities. `covered` is what the inspector covers at the
/// right.
pub fn deadlines_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut DeadlinesState, covered: f32) {
    let ladders = cx.plan().ladders();
    if cx.plan().policy().severities.is_empty() {
        return;
    }
    if state.ladder.as_ref().is_none_or(|id| !ladders.contains(id)) {
        let follows = ladders.iter().find(|ladder| ladder.release.is_some()).or(ladders.iter().next());
        state.ladder = follows.map(|ladder| ladder.id.clone());
    }
    let Some(ladder) = state.ladder.clone() else { return };
    let days = state.deadlines.days(cx, &ladder);
    let frame = Frame::new().fill(cx.colors.panel);
    if !cx.settings().unfolds_deadlines {
        let frame = frame.inner_margin(Margin::symmetric(12, 0));
        Panel::bottom("folded deadlines").exact_size(FOLDED).resizable(false).frame(frame).show(ui, |ui| {
            ui.horizontal_centered(|ui| folded_ui(ui, cx, &ladder, days.as_ref().as_ref(), covered));
        });
        return;
    }
    let frame = frame.inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 6 });
    Panel::bottom("deadlines").resizable(false).frame(frame).show(ui, |ui| {
        bar_ui(ui, cx, state, covered);
        match &*days {
            Some(days) => strip_ui(ui, cx, days),
            None => {
                ui.label(muted(cx, NO_SYSTEMS));
            }
        }
    });
}

/// The line: the number of late days for each severity. A click on it unfolds the strip.
fn folded_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderId, days: Option<&LadderReachability>, covered: f32) {
    ui.spacing_mut().item_spacing.x = 12.0;
    fold_button_ui(ui, cx, Icon::ChevronRight, "Unfold deadlines");
    let title = ui.add(Label::new(strong("Days too late")).sense(Sense::click()));
    if title.on_hover_text(TITLE).clicked() {
        cx.run(Command::ToggleDeadlines);
    }
    if let Some(ladder) = cx.plan().ladders().get(ladder) {
        ui.label(muted(cx, &ladder.name));
    }
    let Some(days) = days else {
        ui.label(muted(cx, NO_SYSTEMS));
        return;
    };
    for severity in &days.severities {
        let color = if severity.late() > 0 { cx.colors.error } else { cx.colors.good };
        let text = RichText::new(format!("{} {}", severity.name, severity.late())).color(color);
        let hover = format!("{} within {}: late on {}", severity.name, severity.within, count(severity));
        if ui.available_width() > LINKS + covered {
            ui.label(text.font(theme::strong(theme::SMALL))).on_hover_text(hover);
        }
    }
    links_ui(ui, cx, covered);
}

fn fold_button_ui(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str) {
    let keys = keys::text(ui.ctx(), Command::ToggleDeadlines);
    if icon_button(ui, icon, name, true).on_hover_text(keys).clicked() {
        cx.run(Command::ToggleDeadlines);
    }
}

fn links_ui(ui: &mut Ui, cx: &Cx<'_>, covered: f32) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_space(covered);
        if ui.link("What would help").on_hover_text(Command::Show(ViewKind::Cycles).help()).clicked() {
            cx.show(View::Cycles);
        }
    });
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut DeadlinesState, covered: f32) {
    ui.horizontal(|ui| {
        fold_button_ui(ui, cx, Icon::ChevronDown, "Fold deadlines");
        let is_narrow = ui.available_width() - covered < NARROW;
        ui.label(strong(if is_narrow { "Days too late" } else { TITLE })).on_hover_text(TITLE);
        ui.add_space(8.0);
        let ladders = cx.plan().ladders().as_slice();
        let current = ladders.iter().position(|ladder| Some(&ladder.id) == state.ladder.as_ref()).unwrap_or(usize::MAX);
        if let Some(index) = ladders_ui(ui, cx, current, covered) {
            state.ladder = ladders.get(index).map(|ladder| ladder.id.clone());
        }
        links_ui(ui, cx, covered);
    });
}

/// All ladders side by side, or a drop-down list if they do not fit.
fn ladders_ui(ui: &mut Ui, cx: &Cx<'_>, current: usize, covered: f32) -> Option<usize> {
    /// Space around each name.
    const PADDING: f32 = 24.0;
    let names = || cx.plan().ladders().iter().map(|ladder| ladder.name.as_str()).enumerate();
    let width = |name: &str| {
        let words = ui.painter().layout_no_wrap(name.to_owned(), theme::strong(theme::TEXT), Color32::PLACEHOLDER);
        words.size().x + PADDING
    };
    // A plan may have thousands of ladders, so measuring stops at the first one that does not fit.
    let mut left = ui.available_width() - LINKS - covered;
    let has_room = names().all(|(_, name)| {
        left -= width(name);
        left >= 0.0
    });
    if has_room {
        segments(ui, cx, &names().collect::<Vec<_>>(), current)
    } else {
        let names: Vec<_> = names().map(|(index, name)| (index, name.to_owned())).collect();
        fields::choice(ui, "Ladder", &names, current)
    }
}

fn strip_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderReachability) {
    let rows = ladder.severities.len();
    let size = Vec2::new(ui.available_width(), layout::height(rows));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let strip = Strip { rect, days: ladder.climbs.len() };
    name(&response, Role::Group, || "Days on which deadlines cannot be met".to_owned());
    for (index, severity) in ladder.severities.iter().enumerate() {
        let count = count(severity);
        paint::row(ui.painter(), cx, &strip, index, severity, &count);
        let row = ui.interact(strip.all_days(index), Id::unique(("deadline", index)), Sense::hover());
        name(&row, Role::Label, || format!("{} within {}: late on {count}", severity.name, severity.within));
    }
    paint::months(ui.painter(), cx, &strip, ladder, rows);
    if let Selection::Day(on) = cx.selection()
        && let Some(day) = day_of(ladder, *on)
    {
        paint::day(ui.painter(), cx, &strip, day, rows);
    }
    let Some(day) = response.hover_pos().and_then(|at| strip.day_at(at)) else { return };
    paint::day(ui.painter(), cx, &strip, day, rows);
    if response.clicked() {
        cx.select(Selection::Day(ladder.date(day)));
    }
    response.on_hover_ui_at_pointer(|ui| day_hover_ui(ui, cx, ladder, day));
}

fn day_of(ladder: &LadderReachability, on: NaiveDate) -> Option<usize> {
    let day = usize::try_from(day_number(on) - day_number(ladder.first_day)).ok()?;
    (day < ladder.climbs.len()).then_some(day)
}

fn day_hover_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &LadderReachability, day: usize) {
    ui.label(strong(format!("A fix published on {}", wording::date(ladder.date(day)))));
    let from = ladder.days[day];
    match ladder.climbs[day] {
        Some(at) => {
            let length = days_and_hours_rounded_up(at.since(from).unsigned_abs());
            let at = wording::moment(cx.schedule().zone.local(at));
            ui.label(format!("is installed everywhere by {at}, after {length}"));
        }
        None => {
            ui.label("is not installed everywhere before the plan ends");
        }
    }
    for severity in &ladder.severities {
        ui.label(muted(cx, verdict(severity, day)));
    }
}

fn verdict(severity: &SeverityReachability, day: usize) -> String {
    let verdict = match severity.days[day] {
        DayVerdict::InTime => "in time",
        DayVerdict::Late => "too late",
        DayVerdict::Open => "the deadline is after the end of the plan",
    };
    format!("{}, within {}: {verdict}", severity.name, severity.within)
}
