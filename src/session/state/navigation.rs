//! Where a person is in the program: the view, what is selected there, and where the cursors of lists are.

use crate::checks::Subject;
use crate::model::{LadderId, NightKey};
use crate::session::verbs::action::{Pointed, Selection};
use crate::session::verbs::views::{CalendarView, View};
use crate::session::work::findings_cursor::Step;

pub struct Navigation {
    pub view: View,
    pub selection: Selection,
    /// The record that the lists show.
    pub listed: Option<Subject>,
    /// The finding under the cursor of the list of findings.
    pub pointed: Option<Pointed>,
    /// The night whose checklist is worked down, or whose record is looked at.
    pub night: Option<NightKey>,
    /// The ladder that the board of groups shows next; valid for one frame.
    pub board: Option<LadderId>,
    /// Whether the cursor goes into the name of the selected window; valid for one frame.
    pub names_selection: bool,
    /// The finding that was gone to last.
    pub(in crate::session) stepped: Option<Step>,
}

impl Default for Navigation {
    fn default() -> Self {
        Self {
            view: View::Calendar(CalendarView::Planner),
            selection: Selection::Nothing,
            listed: None,
            pointed: None,
            night: None,
            board: None,
            names_selection: false,
            stepped: None,
        }
    }
}
