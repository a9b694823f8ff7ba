//! The year calendar while it is ordered: it is checked for its reader while the person decides.

use crate::export::Source;
use crate::export::profiles::CalendarOrder;
use crate::session::session::Session;
use crate::session::verbs::action::{CalendarCheck, CalendarDialog, Dialog};

impl Session {
    /// Shows an order and checks it in a job.
    pub(in crate::session) fn order_calendar(&mut self, order: CalendarOrder) {
        self.dialogs.open = Some(Dialog::Calendar(CalendarDialog { order: order.clone(), check: None }));
        let (schedule, today) = (self.document.schedule.clone(), self.document.today);
        self.jobs.start("Check the calendar", move |_| {
            let found = order.clone().without_fixed_freezes().calendars(&Source::new(&schedule, today));
            let check = CalendarCheck { files: found.files.len(), complaints: found.complaints };
            Box::new(move |session| session.apply_check(&order, check))
        });
    }

    /// Shows the result of a check if its order is still the one on screen.
    fn apply_check(&mut self, order: &CalendarOrder, check: CalendarCheck) {
        if let Some(Dialog::Calendar(dialog)) = &mut self.dialogs.open
            && dialog.order == *order
        {
            dialog.check = Some(check);
        }
    }
}
