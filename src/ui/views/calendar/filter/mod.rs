//! The filter above all pages of the calendar: a field for words, a list of parts to choose, and what is chosen as chips.

mod chips;
mod menu;
mod saving;

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Button, Frame, Id, Margin, Ui};

use crate::checks::{AcceptanceIndex, Finding};
use crate::model::Plan;
use crate::session::{Action, Command, FilterMatches, FilterStep, WindowFilter, WindowTraits};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::filters::filter_field;
use crate::ui::parts::keys;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::widgets::muted;
use crate::wording::counted;

/// What the windows that a filter leaves depend on.
type Inputs = (Pointer<Plan>, Pointer<Vec<Arc<Finding>>>, Pointer<AcceptanceIndex>, NaiveDate, WindowFilter);

/// The windows that the filter leaves, and what is typed, between frames.
#[derive(Default)]
pub struct FilterState {
    kept: Memo<Inputs, Arc<FilterMatches>>,
    /// None while all windows are shown.
    matches: Option<Arc<FilterMatches>>,
    /// The number of windows that each chosen part would leave, in their order.
    chosen: Memo<Inputs, Vec<usize>>,
    choices: Memo<Inputs, Vec<menu::Choice>>,
    /// The name of the filter that is being saved.
    name: String,
}

impl FilterState {
    /// Brings the windows up to date, and returns them; none if all are shown.
    pub fn update(&mut self, cx: &Cx<'_>) -> Option<Arc<FilterMatches>> {
        let filter = &cx.navigation().filter;
        self.matches = filter.is_active().then(|| {
            let matches = self.kept.get(inputs(cx), || Arc::new(FilterMatches::new(&traits(cx), filter)));
            Arc::clone(&matches)
        });
        self.matches.clone()
    }

    pub fn matches(&self) -> Option<&Arc<FilterMatches>> {
        self.matches.as_ref()
    }

    /// Whether the filter hides all windows.
    pub fn has_no_match(&self) -> bool {
        self.matches.as_ref().is_some_and(|matches| matches.windows().is_empty())
    }
}

fn inputs(cx: &Cx<'_>) -> Inputs {
    let findings = cx.findings();
    (
        Pointer::to(cx.plan_pointer()),
        Pointer::to(&findings.list),
        Pointer::to(&findings.accepted),
        cx.today(),
        cx.navigation().filter.clone(),
    )
}

fn traits<'a>(cx: &Cx<'a>) -> WindowTraits<'a> {
    WindowTraits::new(cx.schedule(), cx.findings(), cx.today())
}

fn set(cx: &Cx<'_>, filter: WindowFilter) {
    cx.send(Action::Filter(FilterStep::Set(filter)));
}

/// The line above a page that has no other tools.
pub fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState, covered: f32) {
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 2 });
    frame.show(ui, |ui| line_ui(ui, cx, state, covered));
}

/// The whole filter in a line, which wraps beside the inspector.
pub fn line_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState, covered: f32) {
    ui.scope(|ui| {
        ui.set_max_width(uncovered(ui, covered));
        ui.horizontal_wrapped(|ui| {
            field_ui(ui, cx, state);
            if cx.navigation().filter.is_active() {
                ui.add_space(6.0);
                parts_ui(ui, cx, state);
            }
        });
    });
}

/// The line below the field, if something is filtered.
pub fn parts_line_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState, covered: f32) {
    if !cx.navigation().filter.is_active() {
        return;
    }
    ui.scope(|ui| {
        ui.set_max_width(uncovered(ui, covered));
        ui.horizontal_wrapped(|ui| parts_ui(ui, cx, state));
    });
}

/// The width beside the inspector.
fn uncovered(ui: &Ui, covered: f32) -> f32 {
    (ui.available_width() - covered).max(200.0)
}

/// The field for words, and the button that opens the list of parts.
pub fn field_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState) {
    let id = Id::unique("calendar filter");
    if cx.navigation().focuses_filter {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let filter = &cx.navigation().filter;
    let mut text = filter.text.clone();
    let hint = format!("Filter ({})", keys::text(ui.ctx(), Command::Filter));
    filter_field(ui, id, "Filter", &hint, 130.0, &mut text);
    if text != filter.text {
        set(cx, WindowFilter { text, parts: filter.parts.clone() });
    }
    menu::menu_ui(ui, cx, state);
}

/// How many windows are left, the chosen parts, and what can be done with the filter.
fn parts_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState) {
    let Some(matches) = state.matches.clone() else { return };
    ui.spacing_mut().item_spacing.x = 6.0;
    let total = counted(matches.total() as i64, "window");
    ui.label(crate::ui::parts::widgets::strong(format!("{} of {total}", matches.windows().len())));
    chips::chips_ui(ui, cx, state, &matches);
    saving::saving_ui(ui, cx, state);
    if quiet_button(ui, cx, Button::new("Clear")).accessible_name("Clear filter").clicked() {
        cx.run(Command::ClearFilter);
    }
    let selected = cx.selection().window().and_then(|window| cx.plan().windows().position(window));
    if let Some(selected) = selected.filter(|selected| !matches.contains(*selected as u32)) {
        let name = &cx.plan().windows().as_slice()[selected].name;
        ui.label(muted(cx, format!("The filter hides the selected window, {name}")));
    }
}

/// Shown instead of a page on which nothing is left.
pub fn no_match_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let advice = "Change the filter, or clear it to see all windows";
    let buttons = [(Command::ClearFilter.name(), Action::Run(Command::ClearFilter))];
    empty_state_with(ui, cx, lucide_icons::Icon::Funnel, "No window matches", advice, &buttons);
}
