//! Printing: the dialog makes an order, and a job that can be stopped writes the files.

use std::path::{Path, PathBuf};

use chrono::Datelike as _;

use crate::export::paper::Paper;
use crate::export::print::{Form, Order, Packs, Printed, Prints, Source};
use crate::session::session::Session;
use crate::session::state::document::Document;
use crate::session::verbs::action::Selection;
use crate::session::verbs::action::{Dialog, PathRequest};
use crate::store;
use crate::store::{FileBatch, SaveError};
use crate::wording::counted;

/// How many weeks the CAB sheet covers by default.
const USUAL_WEEKS: u16 = 4;

impl Session {
    /// Opens the print dialog for the selection, or for the checklists of a month if nothing is selected.
    pub(in crate::session) fn order_print(&mut self) {
        let what = match &self.navigation.selection {
            Selection::Occurrence(window, on) => Printed::Pack(window.clone(), *on),
            Selection::Window(window) => {
                Printed::Packs(Packs { window: Some(window.clone()), ..self.document.packs_of_a_month() })
            }
            _ => Printed::Packs(self.document.packs_of_a_month()),
        };
        self.order_print_of(what);
    }

    pub(in crate::session) fn order_planner(&mut self) {
        self.order_print_of(Printed::Planner { has_marks: false });
    }

    /// Reports an error if the plan has no business areas.
    pub(in crate::session) fn order_year(&mut self) {
        match self.plan().areas().iter().next().map(|area| area.id.clone()) {
            Some(area) => self.order_print_of(Printed::Year(area)),
            None => self.tell_error("The plan has no business areas yet. Add one under Lists, Business areas."),
        }
    }

    pub(in crate::session) fn order_cab(&mut self) {
        self.order_print_of(Printed::Cab { weeks: USUAL_WEEKS });
    }

    fn order_print_of(&mut self, what: Printed) {
        let form = self.settings.print_form;
        let form = if Form::ALL.contains(&form) { form } else { Form::Html };
        let order = Order { what, form, paper: Paper::A4, is_one_file_each: false };
        self.show_print(order.on_usual_paper(self.settings.paper));
    }

    /// Shows an order in the dialog, and remembers its file type and paper.
    pub(in crate::session) fn show_print(&mut self, order: Order) {
        let mut settings = self.settings.clone();
        settings.print_form = order.form;
        if !matches!(order.what, Printed::Planner { .. }) {
            settings.paper = order.paper;
        }
        self.set(settings);
        self.dialogs.open = Some(Dialog::Print(order));
    }

    /// The data that is printed.
    pub fn print_source(&self) -> Source<'_> {
        Source {
            schedule: &self.document.schedule,
            findings: &self.document.findings,
            since: None,
            today: self.document.today,
        }
    }

    /// Asks for the file or folder to write to.
    pub(in crate::session) fn choose_print_path(&mut self, order: Order) {
        let name = order.file_name(&self.print_source());
        self.dialogs.open = Some(Dialog::Path(PathRequest::Print { order, name }));
    }

    /// Makes the files and writes them to `path`, a file or a folder.
    pub(in crate::session) fn print(&mut self, order: Order, path: PathBuf) {
        self.dialogs.open = None;
        let has_ending = order.is_folder() || path.extension().is_some();
        let path = if has_ending { path } else { path.with_extension(order.form.ending()) };
        let order = order.for_file(&path);
        if let Err(error) = self.file.guard(&path) {
            return self.tell_error(error.to_string());
        }
        let (schedule, findings, today) =
            (self.document.schedule.clone(), self.document.findings.clone(), self.document.today);
        let comparison = self.comparing.comparison.clone();
        self.jobs.start(format!("Print {}", path.display()), move |progress| {
            let goes_on = |done, all| {
                progress.set(done, all);
                !progress.is_cancelled()
            };
            let since = comparison.map(|comparison| comparison.revision(&schedule, today));
            let source = Source { schedule: &schedule, findings: &findings, since: since.as_ref(), today };
            let prints = order.print(&source, &goes_on).map_err(|error| error.to_string());
            let written = prints.and_then(|prints| write(&prints, &order, &path).map_err(|error| error.to_string()));
            Box::new(move |session| match written {
                Ok(words) => session.tell(words),
                Err(error) => session.tell_error(error),
            })
        });
    }
}

/// Writes the files. Returns the message for the user.
fn write(prints: &Prints, order: &Order, path: &Path) -> Result<String, SaveError> {
    let mut what = String::new();
    if order.is_folder() {
        FileBatch::write(path, prints.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))?;
        what = format!("{} into ", counted(prints.files.len(), "file"));
    } else if let Some(file) = prints.files.first() {
        store::write_bytes(path, &file.bytes)?;
    }
    let printed = format!("Printed {what}{}.", path.display());
    let missing = prints.missing.iter().map(ToString::to_string);
    Ok([printed].into_iter().chain(missing).collect::<Vec<_>>().join(" "))
}

impl Document {
    /// The checklists of the current month, or of the plan's nearest month.
    pub fn packs_of_a_month(&self) -> Packs {
        let horizon = self.plan().horizon();
        let day = self.today.clamp(horizon.from, horizon.last());
        let from = day.with_day(1).unwrap_or(day);
        let next = from.checked_add_months(chrono::Months::new(1));
        let to = next.and_then(|next| next.pred_opt()).unwrap_or(day);
        Packs { from: Some(from), to: Some(to), ..Packs::default() }
    }
}
