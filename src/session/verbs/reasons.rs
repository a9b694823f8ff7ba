//! Why a command is not available now, for menus and the palette.

use super::action::Selection;
use super::command::Command;
use crate::schedule::Origin;
use crate::session::session::Session;

impl Session {
    /// Why a command is not available, if that is not obvious from its name.
    pub fn unavailable_reason(&self, command: Command) -> Option<&'static str> {
        if self.is_enabled(command) {
            return None;
        }
        if command.acts_on_selection() && !self.view().kind().shows_selection() {
            return Some("Open the calendar first: this acts on what is selected there");
        }
        match command {
            Command::Git => Some(self.git_reason()),
            Command::SkipOccurrence
            | Command::AskedThisDate
            | Command::AgreedThisDate
            | Command::DayEarlier
            | Command::DayLater
            | Command::WeekEarlier
            | Command::WeekLater
            | Command::StartEarlier
            | Command::StartLater
            | Command::Shorten
            | Command::Lengthen
            | Command::KeepTimes => Some(match self.selected_occurrence() {
                Some((_, Origin::Skipped)) => "This date is skipped: reset it first",
                _ => "Select a date of a window first",
            }),
            Command::RestoreOccurrence => Some(match self.selected_occurrence() {
                Some(_) => "This date follows its rule already",
                None => "Select a date of a window first",
            }),
            Command::AddDate => Some(match (&self.navigation.selection, &self.navigation.last_window) {
                (Selection::Day(_), None) => "Select the window first, then the day",
                (Selection::Day(_), Some(_)) => {
                    "The window that was selected before has this date already, or skips it"
                }
                _ => "Select a window first",
            }),
            Command::CopyDates => Some("Select a date of a window first"),
            Command::PasteDates => Some("Copy dates first"),
            Command::FixFinding => Some("Nothing here has a quick fix"),
            Command::AcceptFinding => Some(match self.current_finding() {
                Some(_) => "A conflict cannot be accepted: keep ours or take theirs",
                None => "Nothing here has an open finding",
            }),
            Command::Remove => Some("Select a date, a window or a freeze first"),
            Command::DuplicateWindow | Command::Rename | Command::AskedAllDates | Command::AgreedAllDates => {
                Some("Select a window first")
            }
            Command::Today => Some("Today is not in the plan's months"),
            _ => None,
        }
    }
}
