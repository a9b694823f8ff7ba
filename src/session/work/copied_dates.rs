//! Copying occurrences, and pasting them as further dates of the same windows.

use chrono::NaiveDate;

use crate::model::{Edit, LocalMinute, WindowId};
use crate::schedule::{Origin, TakenDate, WindowOccurrence};
use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Proposal, Question, Selection};
use crate::wording::{self, counted, date, list_in_sentence};

/// At most this many dates that cannot be added are named in a message.
const NAMED: usize = 8;

impl Session {
    /// Remembers the selected occurrences that take place.
    pub(in crate::session) fn copy_dates(&mut self) {
        let all = self.selected_occurrences().filter(|(_, occurrence)| occurrence.origin != Origin::Skipped);
        let (copied, text): (Vec<(WindowId, NaiveDate)>, Vec<String>) =
            all.map(|each| ((each.0.id().clone(), each.1.original_on()), in_words(each))).unzip();
        if copied.is_empty() {
            return self.show_error("Skipped dates cannot be copied. Reset them to the rule first.");
        }
        self.show_message(format!("Copied {}. Select a day, then paste.", counted(copied.len(), "date")));
        self.desktop.clipboard = Some(text.join("\n"));
        self.navigation.copied = copied;
    }

    /// Adds the copied dates to their windows: the earliest on the selected day, the others as many days later as they were.
    pub(in crate::session) fn paste_dates(&mut self) {
        if self.refuse_read_only() {
            return;
        }
        let target = self.selected_day();
        let schedule = &self.document.schedule;
        let copied: Vec<WindowOccurrence<'_>> =
            self.navigation.copied.iter().filter_map(|(window, on)| schedule.occurrence(window, *on)).collect();
        let Some(first) = copied.iter().map(|(_, occurrence)| occurrence.on()).min() else {
            return self.show_error("The copied dates no longer exist. Copy others first.");
        };
        let (mut edits, mut keys, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (window, occurrence) in copied {
            let on = occurrence.on().checked_add_signed(target - first);
            let Some(on) = on.filter(|on| self.plan().horizon().contains(*on)) else {
                let from = date(occurrence.on());
                refused.push(format!("{}, copied from {from} (it would leave the plan's months)", window.window.name));
                continue;
            };
            let key = (window.id().clone(), on);
            // Two dates of a window may be on the same day, if one was moved there.
            let is_pasted = keys.contains(&key).then_some(TakenDate::Planned);
            let start = LocalMinute::new(on, occurrence.local_start.time());
            match is_pasted.map_or_else(|| window.add_date(start, occurrence.duration), Err) {
                Ok(edit) => {
                    keys.push(key);
                    edits.push(edit);
                }
                Err(taken) => refused.push(format!("{}, {} ({})", window.window.name, date(on), taken.reason())),
            }
        }
        self.add_copied(edits, keys, refused);
    }

    /// Adds the dates and selects them; asks first if others cannot be added.
    fn add_copied(&mut self, edits: Vec<Edit>, keys: Vec<(WindowId, NaiveDate)>, refused: Vec<String>) {
        if edits.is_empty() {
            return self.show_error(format!("Nothing was pasted: {}.", list_in_sentence(&refused, NAMED)));
        }
        let title = format!("Add {}", counted(edits.len(), "date"));
        let edit = Edit::Together { label: title.clone(), edits };
        if refused.is_empty() {
            if self.edit_and_add(&edit, "") {
                self.navigation.selection = Selection::several(keys);
                self.drop_dead_selection();
            }
            return;
        }
        let text = format!("{} cannot be added:", counted(refused.len(), "date"));
        let proposal = Proposal { edit, title, text, details: refused, verb: "Add the others".to_owned() };
        self.open_dialog(Some(Dialog::Question(Question::Edit(Box::new(proposal)))));
    }
}

/// "Core DB patching, Sat 13 Mar 2027 22:00, 4 h"
fn in_words((window, occurrence): WindowOccurrence<'_>) -> String {
    let start = wording::moment(occurrence.local_start);
    format!("{}, {start}, {}", window.window.name, occurrence.duration)
}
