//! The strip below the year: the days on which a newly published fix would not be installed everywhere in time.

mod layout;
mod paint;

use chrono::NaiveDate;
use egui::{Color32, Frame, Id, Margin, Panel, Role, Sense, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{LadderId, day_number};
use crate::schedule::ladders::reachability::{DayVerdict, LadderReachability, SeverityReachability};
use crate::session::{Command, Selection, View, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::deadlines::{Deadlines, count};
use crate::ui::parts::widgets::{icon_button, muted, name, segments, strong};
use crate::ui::parts::{fields, theme};
use crate::wording::{self, days_and_hours_rounded_up};
use layout::Strip;

const TITLE: &str = "Days on which a fix would come too late";
/// Below this width the title is shortened.
const NARROW: f32 = 600.0;
/// Width of the links on the right of the title's line.
const LINKS: f32 = 150.0;

/// The state of the strip between frames.
#[derive(Default)]
pub struct DeadlinesState {
    ladder: Option<LadderId>,
    deadlines: Deadlines,
}

/// Draws the strip at the bottom of the calendar, if it is switched on and the policy has severities.
pub fn deadlines_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut DeadlinesState) {
    let ladders = cx.plan().ladders();
    if !cx.settings().shows_deadlines || cx.plan().policy().severities.is_empty() {
        return;
    }
    if state.ladder.as_ref().is_none_or(|id| !ladders.contains(id)) {
        let follows = ladders.iter().find(|ladder| ladder.release.is_some()).or(ladders.iter().next());
        state.ladder = follows.map(|ladder| ladder.id.clone());
    }
    let Some(ladder) = state.ladder.clone() else { return };
    let days = state.deadlines.days(cx, &ladder);
    let frame = Frame::new().fill(cx.colors.panel).inner_margin(Margin { left: 16, right: 16, top: 6, bottom: 6 });
    Panel::bottom("deadlines").resizable(false).frame(frame).show(ui, |ui| {
        bar_ui(ui, cx, state);
        match &*days {
            Some(days) => strip_ui(ui, cx, days),
            None => {
                ui.label(muted(cx, "No systems on this ladder yet"));
            }
        }
    });
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut DeadlinesState) {
    ui.horizontal(|ui| {
        ui.label(strong(if ui.available_width() < NARROW { "Days too late" } else { TITLE })).on_hover_text(TITLE);
        ui.add_space(8.0);
        let ladders = cx.plan().ladders().as_slice();
        let current = ladders.iter().position(|ladder| Some(&ladder.id) == state.ladder.as_ref()).unwrap_or(usize::MAX);
        if let Some(index) = ladders_ui(ui, cx, current) {
            state.ladder = ladders.get(index).map(|ladder| ladder.id.clone());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, Icon::X, "Hide deadlines", true).clicked() {
                cx.run(Command::ToggleDeadlines);
            }
            if ui.link("What would help").on_hover_text(Command::Show(ViewKind::Cycles).help()).clicked() {
                cx.show(View::Cycles);
            }
        });
    });
}

/// All ladders side by side, or a drop-down list if they do not fit.
fn ladders_ui(ui: &mut Ui, cx: &Cx<'_>, current: usize) -> Option<usize> {
    /// Space around each name.
    const PADDING: f32 = 24.0;
    let names = || cx.plan().ladders().iter().map(|ladder| ladder.name.as_str()).enumerate();
    let width = |name: &str| {
        let words = ui.painter().layout_no_wrap(name.to_owned(), theme::strong(theme::TEXT), Color32::PLACEHOLDER);
        words.size().x + PADDING
    };
    // A plan may have thousands of ladders, so measuring stops at the first one that does not fit.
    let mut left = ui.available_width() - LINKS;
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
