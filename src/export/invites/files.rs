//! The files of an export of invites.

use super::calendar_file::calendar_file;
use super::message_text::message_text;
use super::organizer::Organizer;
use super::outgoing::Outgoing;
use super::summary::SUMMARY_FILE;
use super::{draft, file_names};
use crate::export::file::ExportFile;

impl<'a> Outgoing<'a> {
    /// All files: for each message its calendar file and its draft, and last the summary.
    pub fn files<'b>(&'b self, organizer: &'b Organizer) -> impl Iterator<Item = ExportFile> + use<'a, 'b> {
        let names = file_names::stems(self.schedule, &self.messages);
        let summary = ExportFile::new(SUMMARY_FILE.to_owned(), self.report(&names));
        let pairs = self.messages.iter().zip(names).flat_map(|(message, name)| {
            let text = message_text(self.schedule, message);
            let calendar = calendar_file(self.schedule, message, organizer, &text.body);
            let draft = draft::eml(&self.schedule.plan, message, organizer, &text, &calendar);
            [ExportFile::new(format!("{name}.ics"), calendar), ExportFile::new(format!("{name}.eml"), draft)]
        });
        pairs.chain([summary])
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        2 * self.messages.len() + 1
    }
}
