//! The files of an export of invites.

use super::calendar_file::calendar_file;
use super::letter_text::letter_text;
use super::organizer::Organizer;
use super::outgoing::Outgoing;
use super::summary::SUMMARY_FILE;
use super::{draft, file_names};
use crate::export::file::ExportFile;

impl<'a> Outgoing<'a> {
    /// All files: for each letter its calendar file and its draft, and last the summary.
    pub fn files<'b>(&'b self, organizer: &'b Organizer) -> impl Iterator<Item = ExportFile> + use<'a, 'b> {
        let names = file_names::stems(self.schedule, &self.letters);
        let summary = ExportFile::new(SUMMARY_FILE.to_owned(), self.report(&names));
        let pairs = self.letters.iter().zip(names).flat_map(|(letter, name)| {
            let text = letter_text(self.schedule, letter);
            let calendar = calendar_file(self.schedule, letter, organizer, &text.body);
            let draft = draft::eml(&self.schedule.plan, letter, organizer, &text, &calendar);
            [ExportFile::new(format!("{name}.ics"), calendar), ExportFile::new(format!("{name}.eml"), draft)]
        });
        pairs.chain([summary])
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        2 * self.letters.len() + 1
    }
}
