//! Notes the answers of all business areas to one occurrence or to all dates of a window, as one undo step.

use chrono::NaiveDate;

use crate::model::{Agreement, Edit, Plan};
use crate::schedule::agreement::answers::{Answer, answers, key};
use crate::schedule::{Occurrence, Origin, WindowSchedule};
use crate::session::session::Session;
use crate::session::verbs::action::Selection;
use crate::session::verbs::bulk_change::AnswerForAllAreas;
use crate::wording::{counted, day_and_month};

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
        let answers = noted_answers(self.plan(), window, [occurrence], noted, self.document.today, true);
        self.note(label, answers);
    }

    /// Notes the answer for all areas and all dates of the selected window from today on. Declined dates stay declined:
    /// each needs its own decision.
    pub(in crate::session) fn note_all_dates(&mut self, noted: AnswerForAllAreas) {
        let Some(window) = self.navigation.selection.window().and_then(|id| self.document.schedule.window(id)) else {
            return;
        };
        let coming = window.expansion.occurrences.iter().filter(|occurrence| occurrence.on() >= self.document.today);
        let answers = noted_answers(self.plan(), window, coming, noted, self.document.today, false);
        let label = format!("Record {} of {} for all dates", noted.noun(), window.window.name);
        self.note(label, answers);
    }

    fn note(&mut self, label: String, NotedAnswers { edits, declined }: NotedAnswers) {
        let stays = if declined.len() == 1 { "stays" } else { "stay" };
        let kept = format!("{} {stays}", counted(declined.len(), "declined answer"));
        if edits.is_empty() {
            let kept = if declined.is_empty() { String::new() } else { format!(": {kept}") };
            return self.show_message(format!("No answer is missing{kept}"));
        }
        let more = if declined.is_empty() { String::new() } else { format!(". {kept}") };
        self.edit_and_add(&Edit::Together { label, edits }, &more);
    }
}

/// Answers that are noted at once.
pub(super) struct NotedAnswers {
    pub edits: Vec<Edit>,
    /// The areas whose answer stays because they declined, once for each occurrence.
    pub declined: Vec<String>,
}

/// Notes an answer for all areas of these occurrences. `overrules` decides about areas that declined.
pub(super) fn noted_answers<'a>(
    plan: &Plan,
    window: &WindowSchedule,
    occurrences: impl IntoIterator<Item = &'a Occurrence>,
    noted: AnswerForAllAreas,
    today: NaiveDate,
    overrules: bool,
) -> NotedAnswers {
    let mut noted_answers = NotedAnswers { edits: Vec::new(), declined: Vec::new() };
    for occurrence in occurrences.into_iter().filter(|occurrence| occurrence.origin != Origin::Skipped) {
        for answer in answers(plan, window, occurrence) {
            if !overrules && matches!(answer.agreement(), Agreement::Declined { .. }) {
                noted_answers.declined.push(answer.area.name.clone());
            } else if let Some(agreement) = noted.instead_of(&answer, today) {
                let key = key(window, occurrence, answer.area);
                noted_answers.edits.push(Edit::PutEntry(answer.ledger_entry(key, agreement)));
            }
        }
    }
    noted_answers
}
