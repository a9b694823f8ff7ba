//! Exports: asks for a path, then a job that can be stopped makes and writes the files.

use std::path::PathBuf;

use crate::export::{Basis, Source};
use crate::output::{Delivered, Delivery, Order};
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::messages::MessageButton;
use crate::session::verbs::action::{Dialog, PathRequest};

impl Session {
    /// What exports are made from.
    pub fn source(&self) -> Source<'_> {
        Source::new(&self.document.schedule, self.document.today)
            .with_now(self.now())
            .with_findings(&self.document.findings)
    }

    /// Asks where the files of that order are written.
    pub(in crate::session) fn choose_destination(&mut self, order: Order) {
        let name = order.file_name(&self.source());
        self.dialogs.open = Some(Dialog::Path(PathRequest::Export { order, name }));
    }

    /// Makes the files and writes them to `path`, a file or a folder as ordered.
    pub(in crate::session) fn export(&mut self, order: Order, path: PathBuf) {
        self.dialogs.open = None;
        if let Order::Invites(invites) = &order
            && let Some(reason) = self.reason_not_to_send(invites.occasion)
        {
            return self.show_error(reason);
        }
        self.navigation.new_records.keep_ids();
        let is_sending = matches!(order, Order::Invites(_));
        let label = format!("{} {}", order.verb(), path.display());
        let delivery = match Delivery::chosen(order, path, self.file.path()) {
            Ok(delivery) => delivery,
            Err(error) => return self.show_error(error.to_string()),
        };
        let (schedule, findings, today, now) =
            (self.document.schedule.clone(), self.document.findings.clone(), self.document.today, self.now());
        let comparison = self.comparing.comparison.clone();
        let job = self.jobs.start(label, move |progress| -> ApplyToSession {
            let basis = comparison
                .as_ref()
                .map(|comparison| Basis { name: comparison.basis.name(), earlier: comparison.old.as_deref() });
            let source = Source::new(&schedule, today).with_now(now).with_findings(&findings).compared_with(basis);
            let delivered = delivery.deliver(&source, progress);
            Box::new(move |session| match delivered {
                Ok(delivered) => session.apply_delivered(&delivery, delivered),
                Err(error) => session.show_error(error.to_string()),
            })
        });
        if is_sending {
            self.invites.sending.start(job);
        }
    }

    fn apply_delivered(&mut self, delivery: &Delivery, delivered: Delivered) {
        if delivered.files == 0 {
            let summary = delivered.summary.unwrap_or_default();
            return self.show_error(format!("{summary}. Nothing was written."));
        }
        let words = delivery.in_short(&delivered);
        if let Some(noted) = delivered.noted {
            self.note_sent(&noted);
        }
        let buttons = delivery.path().map(|path| {
            let (path, is_folder) = (path.to_owned(), delivery.is_folder());
            let show = (!is_folder).then(|| MessageButton::ShowInFolder(path.clone()));
            std::iter::once(MessageButton::Open(path)).chain(show).collect()
        });
        self.show_done_with(words, buttons.unwrap_or_default());
    }
}
