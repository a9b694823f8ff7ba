//! Notes the answers of all business areas to one occurrence or to all dates of a window, as one undo step.

use chrono::NaiveDate;

use crate::model::{Agreement, Edit, Plan};
use crate::schedule::agreement::answers::{Answer, answers, key};
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::session::Session;
use crate::session::verbs::action::Selection;
use crate::session::verbs::bulk_change::AnswerForAllAreas;
use crate::wording::day_and_month;

impl AnswerForAllAreas {
    /// The new answer, if the present one changes. An area that has answered is not set back to "asked".
    fn instead_of(self, answer: &Answer<'_>, today: NaiveDate) -> Option<Agreement> {
        match (self, answer.agreement()) {
            (Self::Asked, Agreement::NotAsked) => Some(Agreement::Asked { on: today }),
            (Self::Asked, _) | (Self::Agreed, Agreement::Agreed { .. }) => None,
            (Self::Agreed, _) => Some(Agreement::Agreed { on: today, by: answer.area.owner.clone() }),
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Asked => "notice",
            Self::Agreed => "agreement",
        }
    }
}

impl Session {
    /// Notes the answer for all areas of the selected occurrence, even those that declined.
    pub(in crate::session) fn note_this_date(&mut self, noted: AnswerForAllAreas) {
        let Selection::Occurrence(window, on) = &self.navigation.selection else { return };
        let Some((window, occurrence)) = self.document.schedule.occurrence(window, *on) else { return };
        let label = format!("Record {} of {}, {}", noted.noun(), window.window.name, day_and_month(occurrence.on()));
        let edits = edits(self.plan(), window, [occurrence], noted, self.document.today, true);
        self.note(label, edits);
    }

    /// Notes the answer for all areas and all dates of the selected window from today on. Declined dates stay declined:
    /// each needs its own decision.
    pub(in crate::session) fn note_all_dates(&mut self, noted: AnswerForAllAreas) {
        let Some(window) = self.navigation.selection.window().and_then(|id| self.document.schedule.window(id)) else {
            return;
        };
        let coming = window.expansion.occurrences.iter().filter(|occurrence| occurrence.on() >= self.document.today);
        let edits = edits(self.plan(), window, coming, noted, self.document.today, false);
        let label = format!("Record {} of {} for all dates", noted.noun(), window.window.name);
        self.note(label, edits);
    }

    fn note(&mut self, label: String, edits: Vec<Edit>) {
        if edits.is_empty() {
            return self.show_message("No answers left to note");
        }
        self.edit(&Edit::Together { label, edits });
    }
}

/// The edits that note an answer for all areas of these occurrences. `overrules` decides about areas that declined.
pub(super) fn edits<'a>(
    plan: &Plan,
    window: &WindowSchedule,
    occurrences: impl IntoIterator<Item = &'a Occurrence>,
    noted: AnswerForAllAreas,
    today: NaiveDate,
    overrules: bool,
) -> Vec<Edit> {
    let is_open = |answer: &Answer<'_>| overrules || !matches!(answer.agreement(), Agreement::Declined { .. });
    let of_occurrence = |occurrence: &'a Occurrence| {
        let open = answers(plan, window, occurrence).into_iter().filter(is_open);
        let edit = |answer: Answer<'_>| {
            let agreement = noted.instead_of(&answer, today)?;
            Some(Edit::PutEntry(answer.ledger_entry(key(window, occurrence, answer.area), agreement)))
        };
        open.filter_map(edit).collect::<Vec<_>>()
    };
    let taking_place = occurrences.into_iter().filter(|occurrence| occurrence.origin != Origin::Skipped);
    taking_place.flat_map(of_occurrence).collect()
}
