//! Where the user is: the view, the selection, and the cursors of lists.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::Finding;
use crate::model::{LadderId, NightKey, Plan, Subject, UtcMinute, WindowId};
use crate::session::state::new_records::{Naming, NewRecords};
use crate::session::state::window_filter::WindowFilter;
use crate::session::verbs::action::{CurrentFinding, Selection};
use crate::session::verbs::views::{CalendarView, View};

pub struct Navigation {
    pub view: View,
    /// The page of the calendar that was shown last.
    pub calendar: CalendarView,
    /// The page with all months that was shown last.
    pub year: CalendarView,
    pub selection: Selection,
    /// The window that was selected before the selected day: a date can be added to it.
    pub(in crate::session) last_window: Option<WindowId>,
    /// The copied occurrences, by window and original date.
    pub(in crate::session) copied: Vec<(WindowId, NaiveDate)>,
    /// Which windows all pages of the calendar show.
    pub filter: WindowFilter,
    /// The filter that was cleared last, to be restored.
    pub cleared_filter: Option<WindowFilter>,
    /// Whether the cursor moves to the filter; set for one frame.
    pub focuses_filter: bool,
    /// Whether the calendar scrolls to the selection, even if it did so before; set for one frame.
    pub scrolls_to_selection: bool,
    /// To which part of the window the focus moves: 1 is the next, -1 the previous; set for one frame.
    pub region_step: i8,
    /// Whether the inspector is open although nothing is selected.
    pub shows_overview: bool,
    /// The record whose form the Lists view shows.
    pub listed: Option<Subject>,
    /// The finding at the cursor of the list of findings.
    pub current_finding: Option<CurrentFinding>,
    /// The night that the Night view shows.
    pub night: Option<NightKey>,
    /// The ladder that the Groups view changes to; set for one frame.
    pub board: Option<LadderId>,
    /// The release that the Cycles view selects, on which ladder; set for one frame.
    pub release: Option<(LadderId, UtcMinute)>,
    /// Whether the cursor moves to the name of the record in the form, or to the name of the person who ticks; set for one frame.
    pub names_selection: bool,
    /// What a command asks the table of the Lists view for; set for one frame.
    pub table_step: Option<TableStep>,
    /// Records that were added in this session.
    pub new_records: NewRecords,
    /// Whether the plan was begun in this session.
    pub is_new_plan: bool,
    /// Whether the first steps of a new plan are hidden.
    pub hides_first_steps: bool,
    /// Where "Next finding" and "Previous finding" went last.
    pub(in crate::session) stepped: Option<Step>,
}

/// What a command asks the table of the Lists view for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableStep {
    /// Copy the first selected row into the others.
    FillDown,
    /// Put the selected cells on the clipboard.
    Copy,
    /// Select all cells.
    SelectAll,
}

impl Default for Navigation {
    fn default() -> Self {
        Self {
            view: View::Calendar(CalendarView::Rows),
            calendar: CalendarView::Rows,
            year: CalendarView::Rows,
            selection: Selection::Nothing,
            last_window: None,
            copied: Vec::new(),
            filter: WindowFilter::default(),
            cleared_filter: None,
            focuses_filter: false,
            scrolls_to_selection: false,
            region_step: 0,
            shows_overview: false,
            listed: None,
            current_finding: None,
            night: None,
            board: None,
            release: None,
            names_selection: false,
            table_step: None,
            new_records: NewRecords::default(),
            is_new_plan: false,
            hides_first_steps: false,
            stepped: None,
        }
    }
}

impl Navigation {
    pub(in crate::session) fn show(&mut self, view: View) {
        self.view = view;
        if let View::Calendar(page) = view {
            self.calendar = page;
            if page.has_all_months() {
                self.year = page;
            }
        }
    }

    /// Keeps the record selected that a naming has given another id.
    pub(in crate::session) fn follow_naming(&mut self, naming: &Naming) {
        self.new_records.note_named(naming);
        self.replace_subject(&naming.old, &naming.new);
    }

    /// Keeps records selected whose id an undo or a redo has changed back.
    pub(in crate::session) fn follow_ids(&mut self, plan: &Plan) {
        for (old, new) in self.new_records.changed_ids(plan) {
            self.replace_subject(&old, &new);
        }
    }

    /// Selects another record where `old` is selected.
    fn replace_subject(&mut self, old: &Subject, new: &Subject) {
        if self.listed.as_ref() == Some(old) {
            self.listed = Some(new.clone());
        }
        let filters = [Some(&mut self.filter), self.cleared_filter.as_mut()];
        filters.into_iter().flatten().for_each(|filter| filter.replace_subject(old, new));
        self.selection = match (std::mem::take(&mut self.selection), old, new) {
            (Selection::Window(id), Subject::Window(old), Subject::Window(new)) if id == *old => {
                Selection::Window(new.clone())
            }
            (Selection::Occurrence(id, on), Subject::Window(old), Subject::Window(new)) if id == *old => {
                Selection::Occurrence(new.clone(), on)
            }
            (Selection::Several(keys), Subject::Window(old), Subject::Window(new)) => {
                let renamed = |(id, on): &(WindowId, NaiveDate)| (if id == old { new } else { id }.clone(), *on);
                Selection::Several(keys.iter().map(renamed).collect())
            }
            (Selection::Freeze(id), Subject::Freeze(old), Subject::Freeze(new)) if id == *old => {
                Selection::Freeze(new.clone())
            }
            (selection, _, _) => selection,
        };
    }
}

/// The finding that the last step went to. Many findings are about something that cannot be selected, so the selection
/// does not tell.
pub(in crate::session) struct Step {
    pub(in crate::session) finding: Arc<Finding>,
    /// What the step showed. If the user has moved on since then, the next step starts from there.
    pub(in crate::session) selection: Selection,
    pub(in crate::session) view: View,
}
