//! Owners' answers: read as a job, shown with what becomes of each, taken into the ledger as one step of undo.

use std::path::PathBuf;

use crate::import::replies::{Inbox, Replies};
use crate::session::session::Session;
use crate::session::verbs::action::Dialog;
use crate::session::verbs::action::{Import, Question};
use crate::store;

impl Session {
    /// Reads the files, and all below the folders, and asks whether to take in what they hold.
    pub(in crate::session) fn import_replies(&mut self, paths: Vec<PathBuf>) {
        self.dialogs.open = None;
        let label = match paths.as_slice() {
            [path] => format!("Read {}", path.display()),
            _ => "Read answers".to_owned(),
        };
        self.jobs.start(label, move |progress| {
            let mut inbox = Inbox::default();
            let goes_on = |done, all| {
                progress.set(done, all);
                !progress.is_cancelled()
            };
            let read = store::read_reply_files(&paths, |post| inbox.add(post), goes_on);
            Box::new(move |session| match read {
                Ok(()) => {
                    let replies = inbox.judged(&session.document.schedule, session.document.today);
                    session.dialogs.open = Some(Dialog::Question(Question::Replies(Box::new(replies))));
                }
                Err(error) => session.tell_error(error.to_string()),
            })
        });
    }

    pub(in crate::session) fn take_replies(&mut self, replies: Replies) {
        if let Some(edit) = replies.edit {
            self.edit(&edit);
            self.tell(format!("{} taken into the ledger", replies.summary));
        }
    }

    /// Answers go to the ledger, whatever else is dropped with them; of other files the first is opened or imported.
    pub(in crate::session) fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        self.jobs.start("Look at what was dropped", move |_| {
            let holds_replies = paths.iter().any(|path| store::may_hold_replies(path));
            Box::new(move |session| {
                if holds_replies {
                    session.import_replies(paths);
                } else if let Some(path) = paths.into_iter().next() {
                    session.take_dropped_file(path);
                }
            })
        });
    }

    fn take_dropped_file(&mut self, path: PathBuf) {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("json") => self.import(Import::Advisories, path),
            Some("csv" | "ics") => self.dialogs.open = Some(Dialog::Dropped(path)),
            _ => self.open_path(&path),
        }
    }
}
