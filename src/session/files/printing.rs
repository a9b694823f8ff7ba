//! Printing: what is printed and how, ordered in a dialog.

use chrono::Datelike as _;

use crate::export::compliance::ComplianceChoice;
use crate::export::paper::Paper;
use crate::export::print::{ChecklistFilter, Form, PrintKind, PrintOrder, PrintSubject};
use crate::session::session::Session;
use crate::session::state::document::Document;
use crate::session::verbs::action::{Dialog, Selection};

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
        self.order_print_with(what);
    }

    /// Opens the print dialog with the usual choices for a kind. Reports an error if that is
    /// the year of an owner, and the plan has no business areas.
    pub(in crate::session) fn order_print_of(&mut self, kind: PrintKind) {
        match self.document.usual_print(kind, &self.navigation.selection) {
            Some(what) => self.order_print_with(what),
            // Of the kinds that have a command, only this one can be impossible.
            None => self.show_error("The plan has no business areas yet. Add one under Lists, Business areas."),
        }
    }

    fn order_print_with(&mut self, what: PrintSubject) {
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
    /// The usual choices for a kind of print; `None` if the plan or the selection contains nothing of that kind.
    pub fn usual_print(&self, kind: PrintKind, selection: &Selection) -> Option<PrintSubject> {
        Some(match kind {
            PrintKind::Checklist => {
                let Selection::Occurrence(window, on) = selection else { return None };
                PrintSubject::Checklist(window.clone(), *on)
            }
            PrintKind::Checklists => PrintSubject::Checklists(self.checklists_of_a_month()),
            PrintKind::Planner => PrintSubject::Planner { has_marks: false },
            PrintKind::Year => PrintSubject::Year(self.plan().areas().iter().next()?.id.clone()),
            PrintKind::Cab => PrintSubject::Cab { weeks: PrintSubject::USUAL_CAB_WEEKS },
            PrintKind::Compliance => PrintSubject::Compliance(ComplianceChoice::NOW),
        })
    }

    /// The checklists of the current month, or of the plan's nearest month.
    fn checklists_of_a_month(&self) -> ChecklistFilter {
        let horizon = self.plan().horizon();
        let day = self.today.clamp(horizon.from, horizon.last());
        let from = day.with_day(1).unwrap_or(day);
        let next = from.checked_add_months(chrono::Months::new(1));
        let to = next.and_then(|next| next.pred_opt()).unwrap_or(day);
        ChecklistFilter { from: Some(from), to: Some(to), ..ChecklistFilter::default() }
    }
}
