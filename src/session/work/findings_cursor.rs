//! Goes from one finding to the next.

use std::sync::Arc;

use crate::checks::Finding;
use crate::session::session::Session;
use crate::session::state::navigation::Step;
use crate::session::verbs::action::{Destination, Selection};

impl Session {
    /// Goes to the next or previous destination with an open finding, wrapping around at the ends.
    pub(in crate::session) fn step_finding(&mut self, forward: bool) {
        let list = &self.document.findings.list;
        let from = self.stepped_to();
        let is_next = |finding: &&Arc<Finding>| {
            self.document.findings.is_open(finding)
                && !from.is_some_and(|from| Destination::for_finding(finding) == Destination::for_finding(from))
        };
        let here = from.map_or(0, |from| self.document.findings.position(from));
        let (before, after) = list.split_at(here);
        let next = if forward {
            after.iter().chain(before).find(is_next)
        } else {
            before.iter().rev().chain(after.iter().rev()).find(is_next)
        };
        // If all findings have the same destination, the first one is shown.
        let Some(finding) = next.or_else(|| self.document.findings.open().next()).map(Arc::clone) else { return };
        self.reveal(Destination::for_finding(&finding));
        self.navigation.stepped =
            Some(Step { finding, selection: self.navigation.selection.clone(), view: self.navigation.view });
    }

    /// The finding to continue from: that of the last step while it is still shown, or that of the selection.
    fn stepped_to(&self) -> Option<&Arc<Finding>> {
        let still_shows =
            |step: &&Step| step.selection == self.navigation.selection && step.view == self.navigation.view;
        let selected = || self.document.findings.list.iter().find(|finding| self.is_selected(finding));
        self.navigation.stepped.as_ref().filter(still_shows).map(|step| &step.finding).or_else(selected)
    }

    pub(in crate::session) fn is_selected(&self, finding: &Finding) -> bool {
        match (&self.navigation.selection, &finding.window) {
            (Selection::Occurrence(window, on), Some(subject)) => {
                window == subject && finding.on.is_none_or(|date| date == *on)
            }
            (Selection::Several(keys), Some(subject)) => finding.on.is_some_and(|on| keys.contains_date(subject, on)),
            (Selection::Window(window), Some(subject)) => window == subject,
            (Selection::Day(on), None) => finding.on == Some(*on),
            _ => false,
        }
    }
}
