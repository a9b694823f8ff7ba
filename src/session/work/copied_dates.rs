//! Copying occurrences, and pasting them as further dates of the same windows.

use chrono::NaiveDate;

use crate::model::{Edit, LocalMinute, WindowId};
use crate::schedule::{Origin, WindowOccurrence};
use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Proposal, Question, Selection};
use crate::wording::{self, counted, date};

impl Session {
    /// Remembers the selected occurrences.
    pub(in crate::session) fn copy_dates(&mut self) {
        let copied: Vec<(WindowId, NaiveDate)> = self
            .selected_occurrences()
            .filter(|(_, occurrence)| occurrence.origin != Origin::Skipped)
            .map(|(window, occurrence)| (window.id().clone(), occurrence.original_on()))
            .collect();
        let text: Vec<String> = self.selected_occurrences().map(in_words).collect();
        self.show_message(format!("Copied {}. Select a day, then paste.", counted(copied.len(), "date")));
        self.desktop.clipboard = Some(text.join("\n"));
        self.navigation.copied = copied;
    }

    /// Adds the copied dates to their windows: the earliest on the selected day, the others as many days later as they were.
    pub(in crate::session) fn paste_dates(&mut self) {
        let target = self.selected_day();
        let (schedule, horizon) = (&self.document.schedule, self.plan().horizon());
        let copied: Vec<WindowOccurrence<'_>> =
            self.navigation.copied.iter().filter_map(|(window, on)| schedule.occurrence(window, *on)).collect();
        let Some(first) = copied.iter().map(|(_, occurrence)| occurrence.on()).min() else {
            return self.show_error("The copied dates no longer exist.");
        };
        let (mut edits, mut keys, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (window, occurrence) in copied {
            let on = occurrence.on().checked_add_signed(target - first).filter(|on| horizon.contains(*on));
            let start = on.map(|on| LocalMinute::new(on, occurrence.local_start.time()));
            match start.map(|start| window.add_date(start, occurrence.duration)) {
                Some(Some(edit)) => {
                    keys.extend(on.map(|on| (window.id().clone(), on)));
                    edits.push(edit);
                }
                Some(None) => {
                    let on = on.map_or_else(String::new, date);
                    refused.push(format!("{} has the date {on} already", window.window.name));
                }
                None => refused.push(format!("{} would leave the plan's months", window.window.name)),
            }
        }
        let title = format!("Add {}", counted(edits.len(), "date"));
        let edit = Edit::Together { label: title.clone(), edits };
        if keys.is_empty() {
            return self.show_error(format!("Nothing was pasted: {}.", refused.join("; ")));
        }
        if refused.is_empty() {
            self.edit(&edit);
            self.navigation.selection = Selection::several(keys);
            return self.drop_dead_selection();
        }
        let text = format!("{} cannot be added. The others are added.", counted(refused.len(), "date"));
        let proposal = Proposal { edit, title, text, details: refused, verb: "Add the others".to_owned() };
        self.dialogs.open = Some(Dialog::Question(Question::Edit(Box::new(proposal))));
    }
}

/// "Core DB patching, Sat 13 Mar 2027 22:00, 4 h"
fn in_words((window, occurrence): WindowOccurrence<'_>) -> String {
    let start = wording::moment(occurrence.local_start);
    format!("{}, {start}, {}", window.window.name, occurrence.duration)
}
