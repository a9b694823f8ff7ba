//! Filters the calendar: sets, clears, restores, saves and uses filters.

use crate::model::WindowId;
use crate::session::session::Session;
use crate::session::state::filter_matches::{FilterMatches, WindowTraits};
use crate::session::state::window_filter::{FilterPart, SavedFilter, WindowFilter};
use crate::session::verbs::action::FilterStep;
use crate::session::verbs::command::Command;
use crate::session::verbs::keys::shown_keys;
use crate::wording::list_in_sentence;

/// How many unknown parts of a saved filter a message lists.
const LISTED: usize = 3;

impl Session {
    pub(in crate::session) fn filter(&mut self, step: FilterStep) {
        match step {
            FilterStep::Set(filter) => self.navigation.filter = filter,
            FilterStep::Use(name) => self.use_filter(&name),
            FilterStep::Save(name) => self.save_filter(name.trim()),
            FilterStep::Forget(name) => {
                self.change_settings(|settings| settings.filters.retain(|saved| saved.name != name));
                self.show_done(format!("The saved filter \"{name}\" was removed"));
            }
        }
    }

    /// Shows the calendar and moves the cursor to the filter.
    pub(super) fn start_filtering(&mut self) {
        self.show_calendar();
        self.navigation.focuses_filter = true;
    }

    pub(super) fn clear_filter(&mut self) {
        self.navigation.cleared_filter = Some(std::mem::take(&mut self.navigation.filter));
    }

    pub(super) fn restore_filter(&mut self) {
        if let Some(filter) = self.navigation.cleared_filter.take() {
            self.navigation.filter = filter;
            self.show_calendar();
        }
    }

    /// Replaces the filter by a saved one in the calendar, and reports what this plan or this version does not know of it.
    fn use_filter(&mut self, name: &str) {
        let Some(saved) = self.settings.filters.iter().find(|saved| saved.name == name) else { return };
        let (filter, mut unknown) = saved.filter();
        let missing = filter.parts.iter().filter(|part| !part.is_known(self.plan()));
        unknown.extend(
            missing
                .map(|part| format!("{} {}", part.kind().name().to_lowercase(), FilterPart::title(part, self.plan()))),
        );
        self.navigation.filter = filter;
        self.show_calendar();
        if !unknown.is_empty() {
            let unknown = list_in_sentence(unknown, LISTED);
            self.show_message(format!("The filter \"{name}\" ignores what this plan does not contain: {unknown}"));
        }
    }

    /// Saves the filter under a name; a filter that has the name already is replaced.
    fn save_filter(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        let saved = SavedFilter::new(name, &self.navigation.filter);
        let is_new = self.settings.filters.iter().all(|each| each.name != name);
        self.change_settings(|settings| {
            settings.filters.retain(|each| each.name != saved.name);
            settings.filters.push(saved);
            settings.filters.sort_by_cached_key(|each| each.name.to_lowercase());
        });
        self.show_done(format!("The filter \"{name}\" was {}", if is_new { "saved" } else { "replaced" }));
    }

    /// The windows that the filter leaves.
    fn filter_matches(&self, filter: &WindowFilter) -> FilterMatches {
        FilterMatches::new(&WindowTraits::new(self.schedule(), self.findings(), self.today()), filter)
    }

    /// Clears the filter if it hides a window that is to be shown, and says how to restore it.
    pub(in crate::session) fn uncover(&mut self, window: &WindowId) {
        let filter = &self.navigation.filter;
        let Some(position) = self.plan().windows().position(window).filter(|_| filter.is_active()) else { return };
        if self.filter_matches(filter).contains(position as u32) {
            return;
        }
        let name = self.plan().windows().as_slice()[position].name.clone();
        self.clear_filter();
        let keys = shown_keys(Command::RestoreFilter.shortcut().unwrap_or_default());
        self.show_message(format!("The filter hid {name} and was cleared. Press {keys} to restore it"));
    }
}
