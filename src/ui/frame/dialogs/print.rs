//! The print dialog: what to print and how. Comes before the path.

use std::sync::Arc;

use egui::{Label, Ui};

use crate::export::compliance::{ComplianceChoice, Moment};
use crate::export::one_line;
use crate::export::paper::Paper;
use crate::export::print::{ChecklistFilter, Form, KINDS, PrintKind, PrintOrder, PrintSubject};
use crate::model::{AreaId, GroupId, Ladder, Plan, WindowId};
use crate::output::Order;
use crate::session::Action;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::widgets::{muted, rule, strong};
use crate::wording::{counted, date, moment};

const WIDTH: f32 = 560.0;
/// Minimum height of the choices, so that the dialog keeps its size while kinds are compared.
const CHOICES: f32 = 236.0;

/// The number of matching occurrences. Kept, because counting them takes longer than a frame in a large plan.
#[derive(Default)]
pub struct PrintState {
    counted: Memo<(Pointer<Plan>, ChecklistFilter), usize>,
}

pub fn print_ui(ui: &Ui, cx: &Cx<'_>, state: &mut PrintState, order: &PrintOrder, is_new: bool) {
    let mut pressed = None;
    let mut is_possible = true;
    let closes = titled(ui, "Print", WIDTH, |ui| {
        ui.scope(|ui| {
            ui.set_min_height(CHOICES);
            if let Some(changed) = order_ui(ui, cx, order) {
                cx.send(Action::OrderPrint(changed));
            }
        });
        rule(ui, cx);
        ui.add_space(8.0);
        is_possible = summary_ui(ui, cx, state, order);
        let choose = if order.is_folder() { "Choose a folder…" } else { "Choose a file…" };
        let buttons = Buttons {
            yes: is_possible.then_some(choose),
            other: None,
            cancel: "Cancel",
            default: if is_possible { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: false,
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(DialogButton::Yes) => cx.send(Action::ChooseDestination(Order::Print(order.clone()))),
        Some(DialogButton::Other | DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// All choices. Returns the order if it was changed.
fn order_ui(ui: &mut Ui, cx: &Cx<'_>, order: &PrintOrder) -> Option<PrintOrder> {
    let kind = order.what.kind();
    let mut what = row(ui, cx, "What", |ui| {
        let usual = |kind: PrintKind| cx.document().usual_print(kind, cx.selection());
        let is_possible = |each: &PrintKind| *each == kind || usual(*each).is_some();
        let kinds = KINDS.into_iter().filter(is_possible).map(|each| (each, each.output().name.to_owned()));
        let chosen = fields::choice(ui, "What to print", &kinds.collect::<Vec<_>>(), kind);
        ui.add(Label::new(muted(cx, kind.output().help)).wrap());
        chosen.and_then(usual)
    });
    what = what.or(match &order.what {
        PrintSubject::Checklist(..) => None,
        PrintSubject::Checklists(filter) => checklists_ui(ui, cx, filter).map(PrintSubject::Checklists),
        PrintSubject::Planner { has_marks } => marks_ui(ui, cx, *has_marks),
        PrintSubject::Year(current) => row(ui, cx, "Business area", |ui| {
            let areas = cx.plan().areas().iter().map(|area| (area.id.clone(), one_line(&area.name)));
            fields::choice(ui, "Whose year", &areas.collect::<Vec<_>>(), current.clone()).map(PrintSubject::Year)
        }),
        PrintSubject::Cab { weeks } => row(ui, cx, "Looks ahead", |ui| {
            let weeks = fields::count(ui, "Weeks ahead", (*weeks).into(), 1..=104, "week");
            weeks.map(|weeks| PrintSubject::Cab { weeks: weeks as u16 })
        }),
        PrintSubject::Compliance(choice) => compliance_ui(ui, cx, *choice).map(PrintSubject::Compliance),
    });
    let form = form_ui(ui, cx, order);
    if let Some(what) = what {
        let paper = order.paper;
        return Some(PrintOrder { what, ..order.clone() }.on_usual_paper(paper));
    }
    form
}

/// The format, the paper, and whether each pack gets its own file.
fn form_ui(ui: &mut Ui, cx: &Cx<'_>, order: &PrintOrder) -> Option<PrintOrder> {
    let form = row(ui, cx, "Format", |ui| {
        let forms: Vec<(Form, String)> = Form::ALL.iter().map(|form| (*form, form.name().to_owned())).collect();
        fields::choice(ui, "Printed as", &forms, order.form)
    });
    let mut changed = form.map(|form| PrintOrder { form, ..order.clone() });
    if matches!(order.form, Form::Pdf | Form::Html) {
        let is_planner = matches!(order.what, PrintSubject::Planner { .. });
        let word = |paper: &Paper| match paper {
            Paper::A4 if is_planner => "A4 sheets to glue together".to_owned(),
            paper => paper.name().to_owned(),
        };
        let papers: Vec<(Paper, String)> = order.what.papers().iter().map(|paper| (*paper, word(paper))).collect();
        let paper = row(ui, cx, "Paper", |ui| fields::choice(ui, "Paper size", &papers, order.paper));
        changed = changed.or(paper.map(|paper| PrintOrder { paper, ..order.clone() }));
    }
    if matches!(order.what, PrintSubject::Checklists(_)) {
        let mut each = order.is_one_file_each;
        let clicked = row(ui, cx, "Files", |ui| ui.checkbox(&mut each, "One file each, in a folder").clicked());
        changed = changed.or(clicked.then(|| PrintOrder { is_one_file_each: each, ..order.clone() }));
    }
    changed
}

fn checklists_ui(ui: &mut Ui, cx: &Cx<'_>, filter: &ChecklistFilter) -> Option<ChecklistFilter> {
    let plan = cx.plan();
    let mut changed = filter.clone();
    row(ui, cx, "From", |ui| {
        ui.horizontal(|ui| {
            if let Some(from) = fields::optional_date(ui, cx, "First day", filter.from) {
                changed.from = from;
            }
            ui.label(muted(cx, "to"));
            if let Some(to) = fields::optional_date(ui, cx, "Last day", filter.to) {
                changed.to = to;
            }
        });
    });
    let window = row(ui, cx, "Window", |ui| {
        let all = || plan.windows().iter().map(|window| (window.id.clone(), one_line(&window.name))).collect();
        let name = |id: &WindowId| plan.windows().get(id).map_or(id.to_string(), |window| one_line(&window.name));
        optional_id(ui, "Only that window", filter.window.as_ref(), "All windows", &all, name)
    });
    let group = row(ui, cx, "Group", |ui| {
        let all = || {
            let of_ladder =
                |ladder: &Arc<Ladder>| ladder.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>();
            let ids = plan.ladders().iter().flat_map(of_ladder);
            ids.map(|id| (id.clone(), group_name(plan, &id))).collect()
        };
        optional_id(ui, "Only that group", filter.group.as_ref(), "All groups", &all, |id| group_name(plan, id))
    });
    let area = row(ui, cx, "Business area", |ui| {
        let all = || plan.areas().iter().map(|area| (area.id.clone(), one_line(&area.name))).collect();
        let name = |id: &AreaId| plan.areas().get(id).map_or(id.to_string(), |area| one_line(&area.name));
        optional_id(ui, "Only that area", filter.area.as_ref(), "All business areas", &all, name)
    });
    changed.window = window.unwrap_or(changed.window);
    changed.group = group.unwrap_or(changed.group);
    changed.area = area.unwrap_or(changed.area);
    (changed != *filter).then_some(changed)
}

/// "Servers, Production"
fn group_name(plan: &Plan, id: &GroupId) -> String {
    let found = plan.group(id).map(|(ladder, group)| format!("{}, {}", one_line(&ladder.name), one_line(&group.name)));
    found.unwrap_or_else(|| id.to_string())
}

fn marks_ui(ui: &mut Ui, cx: &Cx<'_>, has_marks: bool) -> Option<PrintSubject> {
    let mut marks = has_marks;
    let words = "Mark dates with findings";
    let clicked = row(ui, cx, "Findings", |ui| ui.checkbox(&mut marks, words).clicked());
    clicked.then_some(PrintSubject::Planner { has_marks: marks })
}

/// The instant, the first day of the period, and what is counted.
fn compliance_ui(ui: &mut Ui, cx: &Cx<'_>, choice: ComplianceChoice) -> Option<ComplianceChoice> {
    let mut changed = choice;
    let day = match choice.moment {
        Moment::EndOf(on) => Some(on),
        Moment::At(at) => Some(cx.schedule().zone.local(at.plus(-1)).date()),
        Moment::Now => None,
    };
    row(ui, cx, "At the end of", |ui| {
        if let Some(day) = fields::optional_date_or(ui, cx, "Day of the figures", day, "now") {
            changed.moment = day.map_or(Moment::Now, Moment::EndOf);
        }
    });
    row(ui, cx, "Period from", |ui| {
        if let Some(from) = fields::optional_date_or(ui, cx, "First day of the period", choice.from, "plan's first day")
        {
            changed.from = from;
        }
    });
    row(ui, cx, "Counts", |ui| {
        let choices = [(false, "Systems".to_owned()), (true, "Hosts".to_owned())];
        if let Some(counts_hosts) = fields::choice(ui, "What is counted", &choices, choice.counts_hosts) {
            changed.counts_hosts = counts_hosts;
        }
    });
    (changed != choice).then_some(changed)
}

/// Shows what will be printed. Returns whether there is anything to print.
fn summary_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PrintState, order: &PrintOrder) -> bool {
    let plan = cx.plan();
    let (said, is_possible) = match &order.what {
        PrintSubject::Checklist(id, on) => {
            let name = plan.windows().get(id).map_or(String::new(), |window| one_line(&window.name));
            let occurrence = cx.schedule().occurrence(id, *on);
            let day = occurrence.map(|(window, occurrence)| window.local(occurrence.start_at).date());
            (format!("{name}, {}", date(day.unwrap_or(*on))), occurrence.is_some())
        }
        PrintSubject::Checklists(filter) => match count(cx, state, filter) {
            0 => ("No occurrence matches these choices".to_owned(), false),
            count => (counted(count, "checklist"), true),
        },
        PrintSubject::Planner { .. } => (counted(usize::from(plan.horizon().covered_months()), "month"), true),
        PrintSubject::Year(area) => (plan.areas().get(area).map_or(String::new(), |area| one_line(&area.name)), true),
        PrintSubject::Cab { weeks } => (counted(usize::from(*weeks), "week"), true),
        PrintSubject::Compliance(choice) => {
            let at = choice.moment.resolve(cx.schedule(), cx.now());
            (format!("Compliance at {}", moment(cx.schedule().zone.local(at))), true)
        }
    };
    ui.label(strong(said));
    is_possible
}

fn count(cx: &Cx<'_>, state: &mut PrintState, filter: &ChecklistFilter) -> usize {
    *state.counted.get((Pointer::to(cx.plan_pointer()), filter.clone()), || filter.occurrences(cx.schedule()).len())
}
