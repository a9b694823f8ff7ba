//! Printing: what is printed and how, ordered in a dialog.

use chrono::Datelike as _;

use crate::export::paper::Paper;
use crate::export::print::{ChecklistFilter, Form, PrintOrder, PrintSubject};
use crate::session::session::Session;
use crate::session::state::document::Document;
use crate::session::verbs::action::{Dialog, Selection};

/// Weeks that a CAB sheet looks ahead unless the person chooses otherwise.
const USUAL_WEEKS: u16 = 4;

impl Session {
    /// Opens the print dialog for the selection, or for the checklists of a month if nothing is selected.
    pub(in crate::session) fn order_print(&mut self) {
        let what = match &self.navigation.selection {
            Selection::Occurrence(window, on) => PrintSubject::Checklist(window.clone(), *on),
            Selection::Window(window) => PrintSubject::Checklists(ChecklistFilter {
                window: Some(window.clone()),
                ..self.document.checklists_of_a_month()
            }),
            _ => PrintSubject::Checklists(self.document.checklists_of_a_month()),
        };
        self.order_print_of(what);
    }

    pub(in crate::session) fn order_planner(&mut self) {
        self.order_print_of(PrintSubject::Planner { has_marks: false });
    }

    /// Reports an error if the plan has no business areas.
    pub(in crate::session) fn order_year(&mut self) {
        match self.plan().areas().iter().next().map(|area| area.id.clone()) {
            Some(area) => self.order_print_of(PrintSubject::Year(area)),
            None => self.show_error("The plan has no business areas yet. Add one under Lists, Business areas."),
        }
    }

    pub(in crate::session) fn order_cab(&mut self) {
        self.order_print_of(PrintSubject::Cab { weeks: USUAL_WEEKS });
    }

    fn order_print_of(&mut self, what: PrintSubject) {
        let form = self.settings.print_form;
        let form = if Form::ALL.contains(&form) { form } else { Form::Html };
        let order = PrintOrder { what, form, paper: Paper::A4, is_one_file_each: false };
        self.show_print(order.on_usual_paper(self.settings.paper));
    }

    /// Shows an order in the dialog, and remembers its file type and paper.
    pub(in crate::session) fn show_print(&mut self, order: PrintOrder) {
        let mut settings = self.settings.clone();
        settings.print_form = order.form;
        if !matches!(order.what, PrintSubject::Planner { .. }) {
            settings.paper = order.paper;
        }
        self.set(settings);
        self.dialogs.open = Some(Dialog::Print(order));
    }
}

impl Document {
    /// The checklists of the current month, or of the plan's nearest month.
    pub fn checklists_of_a_month(&self) -> ChecklistFilter {
        let horizon = self.plan().horizon();
        let day = self.today.clamp(horizon.from, horizon.last());
        let from = day.with_day(1).unwrap_or(day);
        let next = from.checked_add_months(chrono::Months::new(1));
        let to = next.and_then(|next| next.pred_opt()).unwrap_or(day);
        ChecklistFilter { from: Some(from), to: Some(to), ..ChecklistFilter::default() }
    }
}
