//! Exports the year calendar: checks it while the dialog is open, writes it by a job.

use std::path::{Path, PathBuf};

use crate::export::ics::{CalendarFile, CalendarOptions, Calendars, calendars, is_ours};
use crate::model::Plan;
use crate::session::session::Session;
use crate::session::verbs::action::{CalendarCheck, CalendarDialog, CalendarOrder, Dialog};
use crate::store;
use crate::store::SaveError;
use crate::wording::counted;

impl CalendarOrder {
    pub(in crate::session) fn options(&self) -> CalendarOptions {
        CalendarOptions { with_freezes: self.with_freezes && self.profile.kind().takes_freezes() }
    }
}

impl Session {
    /// Shows an order in the dialog and checks it by a job.
    pub(in crate::session) fn order_calendar(&mut self, order: CalendarOrder) {
        self.dialogs.open = Some(Dialog::Calendar(CalendarDialog { order: order.clone(), check: None }));
        let (schedule, today) = (self.document.schedule.clone(), self.document.today);
        self.jobs.start("Check the calendar", move |_| {
            let found = calendars(&schedule, &order.profile, order.options(), today);
            let check = CalendarCheck { files: found.files.len(), complaints: found.complaints };
            Box::new(move |session| session.take_check(&order, check))
        });
    }

    /// Shows the result of a check, unless the order has changed since.
    fn take_check(&mut self, order: &CalendarOrder, check: CalendarCheck) {
        if let Some(Dialog::Calendar(dialog)) = &mut self.dialogs.open
            && dialog.order == *order
        {
            dialog.check = Some(check);
        }
    }

    /// Writes the calendar to `path`: a file or a folder, depending on its profile.
    pub(in crate::session) fn export_calendar(&mut self, order: CalendarOrder, path: PathBuf) {
        self.dialogs.open = None;
        let is_folder = order.profile.kind().is_folder();
        let path = if is_folder || path.extension().is_some() { path } else { path.with_extension("ics") };
        if let Err(error) = self.file.guard(&path) {
            return self.tell_error(error.to_string());
        }
        let (schedule, today) = (self.document.schedule.clone(), self.document.today);
        self.jobs.start(format!("Export {}", path.display()), move |_| {
            let Calendars { files, complaints } = calendars(&schedule, &order.profile, order.options(), today);
            let count = files.len();
            let written = match complaints.last() {
                Some(complaint) if files.is_empty() => Err(complaint.to_string()),
                _ => write(&schedule.plan, &path, files, is_folder).map_err(|error| error.to_string()),
            };
            let what = if is_folder { format!("{} to ", counted(count, "file")) } else { String::new() };
            Box::new(move |session| match written {
                Ok(()) => session.tell(format!("Exported {what}{}", path.display())),
                Err(error) => session.tell_error(error),
            })
        });
    }
}

fn write(plan: &Plan, path: &Path, files: Vec<CalendarFile>, is_folder: bool) -> Result<(), SaveError> {
    if is_folder {
        let files: Vec<_> = files.into_iter().map(|file| (file.name, file.text.into_bytes())).collect();
        return store::replace_folder(path, &files, |name, bytes| is_ours(plan.id(), name, bytes));
    }
    files.first().map_or(Ok(()), |file| store::write_bytes(path, file.text.as_bytes()))
}
