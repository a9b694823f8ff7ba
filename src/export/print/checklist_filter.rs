//! Which occurrences many checklists are printed for.

use chrono::NaiveDate;

use crate::export::lists::Span;
use crate::export::sheet_text::starts_on;
use crate::export::text::one_line;
use crate::model::{AreaId, GroupId, Plan, WindowId};
use crate::schedule::{Schedule, WindowSchedule};

/// The occurrences that meet all of these conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistFilter {
    pub window: Option<WindowId>,
    pub group: Option<GroupId>,
    pub area: Option<AreaId>,
    /// The first and the last day on which they may start.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl ChecklistFilter {
    /// Those occurrences, by their starts. Skipped ones do not take place and have no checklist.
    pub fn occurrences(&self, schedule: &Schedule) -> Vec<(WindowId, NaiveDate)> {
        let is_wanted = |window: &WindowSchedule| {
            let record = &*window.window;
            self.window.as_ref().is_none_or(|id| record.id == *id)
                && self.group.as_ref().is_none_or(|id| record.groups.contains(id))
                && self.area.as_ref().is_none_or(|id| window.affects_area(id))
        };
        let span = Span { from: self.from, to: self.to };
        let all = schedule.in_order(false).into_iter();
        let all = all.filter(|(window, occurrence)| span.contains(starts_on(window, occurrence)) && is_wanted(window));
        all.map(|(window, occurrence)| (window.id().clone(), occurrence.original_on())).collect()
    }

    /// A title for the file or folder: "Checklists payments 2027-03-01 2027-03-31".
    pub(super) fn title(&self, plan: &Plan) -> String {
        let window = self.window.as_ref().and_then(|id| plan.windows().get(id)).map(|window| one_line(&window.name));
        let group = self.group.as_ref().and_then(|id| plan.group(id)).map(|(_, group)| one_line(&group.name));
        let area = self.area.as_ref().and_then(|id| plan.areas().get(id)).map(|area| one_line(&area.name));
        let days = [self.from, self.to].map(|on| on.map(|on| on.to_string()));
        let parts = [Some("Checklists".to_owned()), window, group, area].into_iter().chain(days);
        parts.flatten().collect::<Vec<_>>().join(" ")
    }
}
