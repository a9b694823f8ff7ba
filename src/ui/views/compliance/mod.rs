//! Compliance: what was installed in time, beside the targets. Every figure opens the list of what it counts.

mod board;
mod cards;
mod counted;
mod dashboard;
mod downtime;
mod list;
mod number;
mod panels;
mod table;
mod trend;

use std::rc::Rc;

use chrono::NaiveDate;
use egui::{CentralPanel, Frame, Margin, ScrollArea, Ui};
use lucide_icons::Icon;

use crate::compliance::{ComplianceMemory, ComplianceOptions};
use crate::export::compliance::{ComplianceChoice, Moment};
use crate::export::lists::List;
use crate::export::paper::Paper;
use crate::export::print::{Form, PrintOrder, PrintSubject};
use crate::model::{Plan, UtcMinute};
use crate::output::Order;
use crate::session::{Action, Command, CompliancePage, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::fields;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::widgets::{head, muted, segments};
use crate::wording;
use board::Board;
use counted::{CountedList, ListOf};
use dashboard::Dashboard;

/// What the figures follow from: the plan, the instant, the first day of the period, whether hosts are counted.
type Inputs = (Pointer<Plan>, UtcMinute, Option<NaiveDate>, bool);

/// The state of the view between frames.
#[derive(Default)]
pub struct ComplianceState {
    /// The day at whose end everything is judged. None for now.
    day: Option<NaiveDate>,
    /// The first day of the period. None for the plan's first day.
    from: Option<NaiveDate>,
    counts_hosts: bool,
    board: Memo<(Inputs, CompliancePage), Board>,
    /// The list that is shown instead of the figures.
    list: Option<ListOf>,
    /// The line of the list that the arrow keys start from.
    cursor: Option<usize>,
    follows_cursor: bool,
    dashboard: Memo<Inputs, Dashboard>,
    /// What the next dashboard needs not calculate again.
    memory: ComplianceMemory,
    lines: Memo<(Inputs, ListOf), CountedList>,
    /// The number of the opened plan that all of this is about.
    opened_plan: u32,
    /// The sections of the table that show all of their rows.
    expanded: Vec<&'static str>,
}

impl ComplianceState {
    fn options(&self, cx: &Cx<'_>) -> ComplianceOptions {
        let at = self.choice().moment.resolve(cx.schedule(), cx.now());
        ComplianceOptions { at, from: self.from, count_hosts: self.counts_hosts }
    }

    /// The same for what is printed or exported.
    fn choice(&self) -> ComplianceChoice {
        let moment = self.day.map_or(Moment::Now, Moment::EndOf);
        ComplianceChoice { moment, from: self.from, counts_hosts: self.counts_hosts }
    }

    fn inputs(&self, cx: &Cx<'_>, options: &ComplianceOptions) -> Inputs {
        (Pointer::to(cx.plan_pointer()), options.at, self.from, self.counts_hosts)
    }

    fn dashboard(&mut self, cx: &Cx<'_>) -> Rc<Dashboard> {
        let options = self.options(cx);
        let inputs = self.inputs(cx, &options);
        let Self { dashboard, memory, .. } = self;
        dashboard.get(inputs, || Dashboard::new(cx.schedule(), &memory.totals(cx.schedule(), &options)))
    }

    fn board(&mut self, cx: &Cx<'_>, page: CompliancePage) -> Rc<Board> {
        let options = self.options(cx);
        let inputs = (self.inputs(cx, &options), page);
        self.board.get(inputs, || match page {
            CompliancePage::Figures | CompliancePage::Advisories => Board::of_advisories(cx.schedule(), &options),
            CompliancePage::Releases => Board::of_releases(cx.schedule(), &options),
        })
    }

    fn lines(&mut self, cx: &Cx<'_>, list: &ListOf) -> Rc<CountedList> {
        let options = self.options(cx);
        let inputs = (self.inputs(cx, &options), list.clone());
        self.lines.get(inputs, || CountedList::new(cx.schedule(), &options, list))
    }

    fn open(&mut self, list: ListOf) {
        (self.list, self.cursor, self.follows_cursor) = (Some(list), None, false);
    }
}

/// Draws the figures, the list behind one of them, or a board.
pub fn compliance_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ComplianceState, page: CompliancePage) {
    if state.opened_plan != cx.opened_plans() {
        *state = ComplianceState { opened_plan: cx.opened_plans(), ..ComplianceState::default() };
    }
    CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(12))).show(ui, |ui| {
        if page != CompliancePage::Figures {
            head_ui(ui, cx, state, page);
            ui.add_space(8.0);
            let board = state.board(cx, page);
            if board.is_empty() {
                return empty_board_ui(ui, cx, page);
            }
            return board::board_ui(ui, cx, &board);
        }
        if !has_records(cx.plan()) {
            if downtime::has_targets(cx) {
                downtime::downtime_ui(ui, cx);
                ui.add_space(12.0);
            }
            return empty_ui(ui, cx);
        }
        if let Some(list) = state.list.clone() {
            let lines = state.lines(cx, &list);
            return list::list_ui(ui, cx, state, &lines);
        }
        head_ui(ui, cx, state, page);
        ui.add_space(8.0);
        let dashboard = state.dashboard(cx);
        let room = ui.available_width();
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            // The bar must not cover the figures at the right end.
            ui.set_width((room - 10.0).max(table::NARROWEST));
            let mut opened = cards::cards_ui(ui, cx, &dashboard.cards);
            ui.add_space(12.0);
            opened = opened.or(table::table_ui(ui, cx, &dashboard, &mut state.expanded));
            ui.add_space(12.0);
            opened = opened.or(panels::panels_ui(ui, cx, &dashboard));
            ui.add_space(12.0);
            opened = opened.or(trend::trend_ui(ui, cx, &dashboard.months));
            ui.add_space(16.0);
            if downtime::has_targets(cx) {
                downtime::downtime_ui(ui, cx);
                ui.add_space(16.0);
            }
            if let Some(list) = opened {
                state.open(list);
                ui.ctx().request_repaint();
            }
        });
    });
}

/// Whether anything was recorded that compliance can be calculated from.
fn has_records(plan: &Plan) -> bool {
    let is_installed = || plan.advisories().iter().any(|each| each.in_on.is_some() || !each.in_on_systems.is_empty());
    !plan.results().is_empty() || !plan.scans().is_empty() || is_installed()
}

fn empty_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let can_record = cx.is_enabled(Command::RecordResults);
    let record = if can_record { Action::Run(Command::RecordResults) } else { Action::Show(View::Night) };
    let advice = "Compliance compares advisories with what was patched in each window. Record it after the work";
    let releases = Action::Show(View::Compliance(CompliancePage::Releases));
    let buttons = [
        ("Record results", record),
        ("Open advisories", Action::Show(View::Advisories)),
        ("Open release board", releases),
    ];
    empty_state_with(ui, cx, Icon::Gauge, "No results recorded yet", advice, &buttons);
}

fn empty_board_ui(ui: &mut Ui, cx: &Cx<'_>, page: CompliancePage) {
    if page == CompliancePage::Releases {
        let advice = "A ladder that follows a release calendar brings each release here on its day";
        let buttons = [("Open cycles", Action::Show(View::Cycles)), ("Open groups", Action::Show(View::Groups))];
        empty_state_with(ui, cx, Icon::ListChecks, "No releases yet", advice, &buttons);
    } else {
        let advice = "Each advisory is here from the day on which it was published";
        let buttons = [("Open advisories", Action::Show(View::Advisories))];
        empty_state_with(ui, cx, Icon::ListChecks, "No advisories yet", advice, &buttons);
    }
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ComplianceState, page: CompliancePage) {
    ui.horizontal_wrapped(|ui| {
        ui.label(head("Compliance"));
        ui.add_space(8.0);
        let pages = [
            (CompliancePage::Figures, "Figures"),
            (CompliancePage::Advisories, "Advisory board"),
            (CompliancePage::Releases, "Release board"),
        ];
        if let Some(page) = segments(ui, cx, &pages, page) {
            cx.show(View::Compliance(page));
        }
        ui.add_space(12.0);
        let choices = [(false, "Now"), (true, "On a day")];
        if let Some(is_on_a_day) = segments(ui, cx, &choices, state.day.is_some()) {
            state.day = is_on_a_day.then(|| cx.today());
        }
        ui.add_space(4.0);
        if let Some(day) = state.day {
            if let Some(day) = fields::date(ui, cx, "Day of the figures", day) {
                state.day = Some(day);
            }
            ui.label(muted(cx, "at its end"));
        } else {
            let now = wording::moment(cx.schedule().zone.local(cx.now()));
            ui.add(egui::Label::new(muted(cx, now)).extend());
        }
        ui.add_space(12.0);
        let list = match page {
            CompliancePage::Figures => {
                let choices = [(false, "Systems"), (true, "Hosts")];
                if let Some(counts_hosts) = segments(ui, cx, &choices, state.counts_hosts) {
                    state.counts_hosts = counts_hosts;
                }
                return;
            }
            CompliancePage::Advisories => List::Process(state.choice()),
            CompliancePage::Releases => List::ReleaseProcess(state.choice()),
        };
        exports_ui(ui, cx, [("Export board…", "Write these stages as CSV, Excel, JSON or text", list)]);
    });
    if page == CompliancePage::Figures {
        figures_bar_ui(ui, cx, state);
    }
}

/// The period of the figures, and how they are printed and exported.
fn figures_bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ComplianceState) {
    ui.horizontal_wrapped(|ui| {
        ui.label(muted(cx, "Period from"));
        let first_on = wording::date(cx.plan().horizon().from);
        if let Some(from) = fields::optional_date_or(ui, cx, "First day of the period", state.from, &first_on) {
            state.from = from;
        }
        ui.add_space(12.0);
        if ui.button("Print report…").on_hover_text("Print these figures for auditors, as PDF or HTML").clicked() {
            cx.send(Action::OrderPrint(report(cx, state.choice())));
        }
        let lists = [
            ("Export figures…", "Write these figures as CSV, Excel or JSON", List::Compliance(state.choice())),
            ("Export items…", "Write each advisory on each system", List::ComplianceItems(state.choice())),
        ];
        exports_ui(ui, cx, lists);
    });
}

/// A button for each list: its name and help.
fn exports_ui<const N: usize>(ui: &mut Ui, cx: &Cx<'_>, lists: [(&'static str, &'static str, List); N]) {
    for (name, help, list) in lists {
        if ui.button(name).on_hover_text(help).clicked() {
            cx.send(Action::ChooseDestination(Order::list(list)));
        }
    }
}

/// The printed report of what is shown, in the form and on the paper that were chosen last.
fn report(cx: &Cx<'_>, choice: ComplianceChoice) -> PrintOrder {
    let what = PrintSubject::Compliance(choice);
    let form = Some(cx.settings().print_form).filter(|form| Form::ALL.contains(form)).unwrap_or(Form::Html);
    PrintOrder { what, form, paper: Paper::A4, is_one_file_each: false }.on_usual_paper(cx.settings().paper)
}
