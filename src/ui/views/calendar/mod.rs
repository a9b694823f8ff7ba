//! The calendar: the year as rows, as a wall planner and as small months, one month, one week, one day, and an agenda.

mod agenda;
mod bar;
mod context_menu;
mod day;
mod day_card;
mod day_entry;
mod day_range;
mod deadlines;
mod density;
mod displacement;
mod drag;
mod drag_note;
mod drop_menu;
mod entry;
mod filter;
mod freeze_drag;
mod gesture_context;
mod hands;
mod index;
mod marks;
mod month;
mod months;
mod nights;
mod pages;
mod planner;
mod rows;
mod several_note;
mod summaries;
mod week;

use std::sync::Arc;

use std::rc::Rc;

use egui::{Color32, Painter, Pos2, Stroke, Ui};

use crate::checks::{AcceptanceIndex, Finding};
use crate::model::{ChangeFreeze, Plan};
use crate::session::{CalendarView, FilterMatches, SelectedDates, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::lessons::Lessons;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::reading_order::{RoomAbove, RoomBelow};
use crate::ui::parts::short_names::short_names;
use chrono::{NaiveDate, NaiveTime};
pub use displacement::{Displacement, LISTED};
use freeze_drag::FreezeDrag;
pub use index::DayIndex;
use index::DayMarks;

type DayIndexInputs =
    (Pointer<Plan>, Pointer<Vec<Arc<Finding>>>, Pointer<AcceptanceIndex>, Option<Pointer<FilterMatches>>);

/// All findings, and the day.
type FindingsOfDayKey = (Pointer<Vec<Arc<Finding>>>, NaiveDate);

/// The state of the calendar between frames.
#[derive(Default)]
pub struct CalendarState {
    filter: filter::FilterState,
    index: Memo<DayIndexInputs, DayIndex>,
    hands: hands::Hands,
    /// Where the gestures in progress belong.
    gesture_context: gesture_context::GestureContext,
    deadlines: deadlines::DeadlinesState,
    freeze_drag: Option<FreezeDrag>,
    /// The width at the right that the inspector covers.
    pub covered: f32,
    /// The day that the planner was last scrolled to, and whether the inspector was open.
    planner_shows: Option<(NaiveDate, bool)>,
    rows: rows::RowsState,
    agenda: agenda::AgendaState,
    months: months::MonthsState,
    week: week::WeekState,
    day: day::DayState,
    displacement: Memo<(Pointer<Plan>, NaiveDate, ChangeFreeze, bool), Displacement>,
    findings_of_day: Memo<FindingsOfDayKey, Vec<Arc<Finding>>>,
    common_start: Memo<(Pointer<Plan>, SelectedDates), Option<NaiveTime>>,
    pub lessons: Lessons,
}

impl CalendarState {
    /// The windows that the filter leaves; none if all are shown, or if a view without the filter is.
    pub fn matches(&mut self, cx: &Cx<'_>) -> Option<Arc<FilterMatches>> {
        if matches!(cx.view(), View::Calendar(_)) { self.filter.update(cx) } else { None }
    }

    /// The findings about a day itself, for instance that its night is too full.
    pub fn findings_of_day(&mut self, cx: &Cx<'_>, on: NaiveDate) -> Rc<Vec<Arc<Finding>>> {
        let all = &cx.findings().list;
        let of_day = |finding: &&Arc<Finding>| finding.window.is_none() && finding.on == Some(on);
        self.findings_of_day.get((Pointer::to(all), on), || all.iter().filter(of_day).map(Arc::clone).collect())
    }

    /// The start that all selected dates have; none if they differ.
    pub fn common_start(&mut self, cx: &Cx<'_>, selected: &SelectedDates) -> Option<NaiveTime> {
        let common = || {
            let mut starts = cx.selected_occurrences().map(|(_, occurrence)| occurrence.local_start.time());
            let first = starts.next()?;
            starts.all(|start| start == first).then_some(first)
        };
        *self.common_start.get((Pointer::to(cx.plan_pointer()), selected.clone()), common)
    }

    /// The occurrences that the selected freeze displaces, or would displace at its dragged position.
    pub fn displacement(&mut self, cx: &Cx<'_>) -> Option<Rc<Displacement>> {
        let plan = cx.plan();
        let dragged = self.freeze_drag.as_ref().and_then(|drag| drag.ghost(plan));
        let selected = match cx.selection() {
            Selection::Freeze(id) => plan.freezes().get(id),
            _ => None,
        };
        let is_ghost = dragged.is_some();
        let Some(freeze) = dragged.as_ref().or(selected.map(|freeze| &**freeze)) else {
            self.displacement.clear();
            return None;
        };
        let inputs = (Pointer::to(cx.plan_pointer()), cx.today(), freeze.clone(), is_ghost);
        Some(self.displacement.get(inputs, || Displacement::new(cx.document(), freeze, is_ghost)))
    }
}

/// Draws the calendar in one of its forms.
pub fn calendar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut CalendarState, view: CalendarView) {
    // The rows filter their lines themselves, and use an index of all windows.
    let matches = state.filter.update(cx).filter(|_| view != CalendarView::Rows);
    let findings = cx.findings();
    let (list, accepted) = (Pointer::to(&findings.list), Pointer::to(&findings.accepted));
    let inputs = (Pointer::to(cx.plan_pointer()), list, accepted, matches.as_ref().map(Pointer::to));
    let index = state.index.get(inputs, || DayIndex::new(cx.document(), matches.as_deref(), short_names(ui.ctx(), cx)));
    let dragged = state.freeze_drag.as_ref().map(|drag| &drag.freeze);
    if state.gesture_context.is_left(ui, cx, view, dragged) {
        state.hands.end();
        state.freeze_drag = None;
        marks::end(ui);
    }
    drop_menu::menu_ui(ui, cx, &mut state.hands.asked);
    day_range::menu_ui(ui, cx, &mut state.hands.days);
    // The rows have the filter in the line of their own tools.
    if view == CalendarView::Rows {
        rows::rows_ui(ui, cx, &index, state);
        return marks::box_ui(ui, cx);
    }
    let room = RoomBelow::new(ui, egui::Id::unique("deadlines"));
    filtered_ui(&mut room.view(ui), cx, &index, state, view);
    room.show(ui, |ui| {
        if view == CalendarView::Planner {
            deadlines::deadlines_ui(ui, cx, &mut state.deadlines, state.covered);
        }
    });
}

/// The page, and the filter above it.
fn filtered_ui(ui: &mut Ui, cx: &Cx<'_>, index: &Rc<DayIndex>, state: &mut CalendarState, view: CalendarView) {
    let room = RoomAbove::new(ui, egui::Id::unique("filter bar"));
    if state.filter.has_no_match() {
        filter::no_match_ui(ui, cx);
    } else {
        page_ui(ui, cx, index, state, view);
    }
    room.show(ui, |ui| filter::bar_ui(ui, cx, &mut state.filter, state.covered));
}

fn page_ui(ui: &mut Ui, cx: &Cx<'_>, index: &Rc<DayIndex>, state: &mut CalendarState, view: CalendarView) {
    match view {
        CalendarView::Rows => rows::rows_ui(ui, cx, index, state),
        CalendarView::Planner => planner::planner_ui(ui, cx, index, state),
        CalendarView::Months => months::months_ui(ui, cx, index, &mut state.months),
        CalendarView::Month(on) => month::month_ui(ui, cx, index, &mut state.hands, on),
        CalendarView::Week(on) => week::week_ui(ui, cx, index, state, on),
        CalendarView::Agenda => agenda::agenda_ui(ui, cx, index, state),
        CalendarView::Day(on) => day::day_ui(ui, cx, index, state, on),
    }
    marks::box_ui(ui, cx);
}

/// The small triangle that marks a vendor release, its left edge at `left`.
fn release_mark(painter: &Painter, cx: &Cx<'_>, left: Pos2) {
    const HALF: f32 = 3.0;
    let tip = Pos2::new(left.x + 1.6 * HALF, left.y);
    let triangle = vec![Pos2::new(left.x, left.y - HALF), tip, Pos2::new(left.x, left.y + HALF)];
    painter.add(egui::Shape::convex_polygon(triangle, cx.colors.accent, Stroke::NONE));
}

/// The ground of a holiday or a day of the weekend. `None` for other days.
fn ground(cx: &Cx<'_>, marks: Option<&DayMarks>, on: NaiveDate) -> Option<Color32> {
    let is_holiday = marks.is_some_and(|marks| !marks.holidays.is_empty());
    match (is_holiday, index::is_weekend(on)) {
        (true, _) => Some(cx.colors.holiday),
        (false, true) => Some(cx.colors.weekend),
        (false, false) => None,
    }
}
