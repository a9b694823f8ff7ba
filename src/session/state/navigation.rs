//! Where the user is: the view, the selection, and the cursors of lists.

use std::sync::Arc;

use crate::checks::Finding;
use crate::model::{LadderId, NightKey, Subject};
use crate::session::verbs::action::{CurrentFinding, Selection};
use crate::session::verbs::views::{CalendarView, View};

pub struct Navigation {
    pub view: View,
    pub selection: Selection,
    /// The record whose form the Lists view shows.
    pub listed: Option<Subject>,
    /// The finding at the cursor of the list of findings.
    pub current_finding: Option<CurrentFinding>,
    /// The night that the Night view shows.
    pub night: Option<NightKey>,
    /// The ladder that the Groups view changes to; set for one frame.
    pub board: Option<LadderId>,
    /// Whether the cursor moves to the name of the record in the form, or to the name of the person who ticks; set for one frame.
    pub names_selection: bool,
    /// Where "Next finding" and "Previous finding" went last.
    pub(in crate::session) stepped: Option<Step>,
}

impl Default for Navigation {
    fn default() -> Self {
        Self {
            view: View::Calendar(CalendarView::Planner),
            selection: Selection::Nothing,
            listed: None,
            current_finding: None,
            night: None,
            board: None,
            names_selection: false,
            stepped: None,
        }
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
