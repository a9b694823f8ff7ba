//! Changes of several occurrences at once, as one undo step: what is done, and what cannot be done for some of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::checks::Acceptances;
use crate::model::{Assignee, Booking, Duty, Edit, GroupId, LocalMinute, MaintenanceWindow, Plan, WindowId};
use crate::schedule::{Origin, WindowOccurrence};
use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Proposal, Question, Selection};
use crate::session::verbs::bulk_change::{AnswerForAllAreas, BulkChange};
use crate::session::verbs::command::Command;
use crate::session::verbs::times::STEP;
use crate::session::work::agreement::noted_answers;
use crate::wording::{counted, date, days_and_hours, list_in_sentence, time};

/// At most this many occurrences are named.
const NAMED: usize = 8;

/// What a change of several occurrences does.
pub struct BulkOutcome {
    /// None if it changes nothing.
    pub edit: Option<Edit>,
    /// What it does: "Move 12 dates 7 days later".
    pub label: String,
    /// The occurrences, or the windows, that it cannot change, each with the reason.
    pub refused: Vec<String>,
    /// What it leaves as it is on dates that it changes, such as the answer of an area that declined.
    pub kept: Vec<String>,
}

impl BulkOutcome {
    /// "Core DB, Sat 13 Mar 2027 (it is skipped), … and 3 more"; none if nothing is refused.
    pub fn refusal(&self) -> Option<String> {
        (!self.refused.is_empty()).then(|| list_in_sentence(&self.refused, NAMED))
    }
}

/// The edits for the occurrences so far.
struct BulkEdits {
    edits: Vec<Edit>,
    kept: Vec<String>,
    acceptances: Acceptances,
    /// Windows with changed fields: each is put once, with all its changes.
    windows: BTreeMap<WindowId, MaintenanceWindow>,
}

impl BulkEdits {
    fn new(plan: &Plan) -> Self {
        let (edits, kept) = (Vec::new(), Vec::new());
        Self { edits, kept, acceptances: Acceptances::new(plan), windows: BTreeMap::new() }
    }

    fn into_edits(mut self) -> Vec<Edit> {
        self.edits.extend(self.windows.into_values().map(Edit::PutWindow));
        self.edits
    }
}

impl Session {
    /// The selected occurrences.
    pub fn selected_occurrences(&self) -> impl Iterator<Item = WindowOccurrence<'_>> {
        let keys = self.navigation.selection.occurrences();
        keys.filter_map(|(window, on)| self.document.schedule.occurrence(window, on))
    }

    /// What a change of the selected occurrences would do.
    pub fn bulk_outcome(&self, change: &BulkChange) -> BulkOutcome {
        if let BulkChange::AddGroup(group) = change {
            return self.group_outcome(group);
        }
        let (mut all, mut count, mut refused) = (BulkEdits::new(self.plan()), 0, Vec::new());
        for each in self.selected_occurrences() {
            match self.change_one(change, each, &mut all) {
                Ok(true) => count += 1,
                Ok(false) => {}
                Err(reason) => refused.push(format!("{} ({reason})", in_words(each))),
            }
        }
        let label = label(self.plan(), change, count);
        let kept = std::mem::take(&mut all.kept);
        let edits = all.into_edits();
        let edit = (!edits.is_empty()).then(|| Edit::Together { label: label.clone(), edits });
        BulkOutcome { edit, label, refused, kept }
    }

    /// Adds the edits for one occurrence, and returns whether there are any. The error says why it cannot be changed.
    fn change_one(&self, change: &BulkChange, each: WindowOccurrence<'_>, all: &mut BulkEdits) -> Result<bool, String> {
        let (window, occurrence) = each;
        let (id, on) = (window.id().clone(), occurrence.original_on());
        if occurrence.origin == Origin::Skipped && *change != BulkChange::Restore {
            return Err("it is skipped".to_owned());
        }
        let edit = match change {
            BulkChange::Move(minutes) => {
                let start = occurrence.local_start.shifted(*minutes);
                if !self.plan().horizon().contains(start.date()) {
                    return Err("it would leave the plan's months".to_owned());
                }
                window.move_to(occurrence, start)
            }
            BulkChange::Start(start) if *start == occurrence.local_start.time() => return Ok(false),
            BulkChange::Start(start) => window.move_to(occurrence, LocalMinute::new(occurrence.on(), *start)),
            BulkChange::Skip(reason) => Edit::SkipOccurrence { window: id, on, reason: reason.clone() },
            BulkChange::Restore if occurrence.origin == Origin::Rule => return Err("it follows its rule".to_owned()),
            BulkChange::Restore => Edit::RestoreOccurrence { window: id, on },
            BulkChange::Note(noted) => return self.note_one(*noted, each, all),
            BulkChange::Book(who, duty) => return book_one((who, *duty), each, all).map(|()| true),
            BulkChange::Accept { reason, by, until } => {
                let open = self.document.findings.open();
                let here = open.filter(|finding| finding.window.as_ref() == Some(&id) && finding.on == Some(on));
                here.for_each(|finding| all.acceptances.accept(finding, reason, by, *until));
                let edits = all.acceptances.take_edits();
                let is_open = !edits.is_empty();
                all.edits.extend(edits);
                return if is_open { Ok(true) } else { Err("it has no open finding".to_owned()) };
            }
            // A group belongs to the window, not to a date.
            BulkChange::AddGroup(_) => return Ok(false),
        };
        all.edits.push(edit);
        Ok(true)
    }

    /// Records the missing answers to an occurrence. An area that declined stays: that needs a decision for each date.
    fn note_one(
        &self,
        noted: AnswerForAllAreas,
        each: WindowOccurrence<'_>,
        all: &mut BulkEdits,
    ) -> Result<bool, String> {
        let (window, occurrence) = each;
        let answers = noted_answers(self.plan(), window, [occurrence], noted, self.document.today, false);
        let declined = list_in_sentence(&answers.declined, answers.declined.len());
        match (answers.edits.is_empty(), declined.is_empty()) {
            (true, true) => return Err("no answer is missing".to_owned()),
            (true, false) => return Err(format!("{declined} declined")),
            (false, true) => {}
            (false, false) => all.kept.push(format!("{} ({declined})", in_words(each))),
        }
        all.edits.extend(answers.edits);
        Ok(true)
    }

    /// Adds a group to the windows of the selected occurrences. It counts for all dates of a window, so it does not matter
    /// that a selected one is skipped.
    fn group_outcome(&self, group: &GroupId) -> BulkOutcome {
        let (mut all, mut refused) = (BulkEdits::new(self.plan()), Vec::new());
        let mut ids: Vec<WindowId> = self.selected_occurrences().map(|(window, _)| window.id().clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        for window in ids.iter().filter_map(|id| self.plan().windows().get(id)) {
            if window.groups.contains(group) {
                refused.push(format!("{} (it has this group already)", window.name));
                continue;
            }
            let mut record = MaintenanceWindow::clone(window);
            record.groups.push(group.clone());
            all.windows.insert(record.id.clone(), record);
        }
        let label = label(self.plan(), &BulkChange::AddGroup(group.clone()), all.windows.len());
        let edits = all.into_edits();
        let edit = (!edits.is_empty()).then(|| Edit::Together { label: label.clone(), edits });
        BulkOutcome { edit, label, refused, kept: Vec::new() }
    }

    /// Carries out a change of the selected occurrences. If some of them cannot be changed, asks first.
    pub(in crate::session) fn change_selected_occurrences(&mut self, change: &BulkChange) {
        if self.refuse_read_only() {
            return;
        }
        let outcome = self.bulk_outcome(change);
        let refusal = outcome.refusal();
        match (outcome.edit, refusal) {
            (Some(edit), None) => {
                let kept = list_in_sentence(&outcome.kept, NAMED);
                let more = if kept.is_empty() { kept } else { format!(". Declined answers stay: {kept}") };
                self.edit_and_add(&edit, &more);
            }
            (None, None) => self.show_message("Nothing to change"),
            (None, Some(refusal)) => self.show_error(format!("Nothing was changed: {refusal}.")),
            (Some(edit), Some(_)) => {
                let text = format!("{} cannot be changed:", counted(outcome.refused.len(), noun(change)));
                let declined = outcome.kept.into_iter().map(|kept| format!("{kept}: the declined answer stays"));
                let details = outcome.refused.into_iter().chain(declined).collect();
                let verb = "Change the others".to_owned();
                let proposal = Proposal { edit, title: outcome.label, text, details, verb };
                self.open_dialog(Some(Dialog::Question(Question::Edit(Box::new(proposal)))));
            }
        }
    }

    /// What a command changes if several occurrences are selected.
    pub(in crate::session) fn bulk_change(&self, command: Command) -> Option<BulkChange> {
        let Selection::Several(_) = self.navigation.selection else { return None };
        match command {
            Command::DayEarlier => Some(BulkChange::days(-1)),
            Command::DayLater => Some(BulkChange::days(1)),
            Command::WeekEarlier => Some(BulkChange::days(-7)),
            Command::WeekLater => Some(BulkChange::days(7)),
            Command::StartEarlier => Some(BulkChange::Move(-STEP)),
            Command::StartLater => Some(BulkChange::Move(STEP)),
            Command::SkipOccurrence | Command::Remove => Some(BulkChange::Skip(String::new())),
            Command::RestoreOccurrence => Some(BulkChange::Restore),
            Command::AskedThisDate => Some(BulkChange::Note(AnswerForAllAreas::Asked)),
            Command::AgreedThisDate => Some(BulkChange::Note(AnswerForAllAreas::Agreed)),
            _ => None,
        }
    }
}

/// "Core DB, Sat 13 Mar 2027"
fn in_words((window, occurrence): WindowOccurrence<'_>) -> String {
    format!("{}, {}", window.window.name, date(occurrence.on()))
}

/// Books somebody for one occurrence.
fn book_one(
    (who, duty): (&Assignee, Duty),
    (window, occurrence): WindowOccurrence<'_>,
    all: &mut BulkEdits,
) -> Result<(), String> {
    let on = occurrence.original_on();
    let record = all.windows.get(window.id()).unwrap_or(&window.window);
    if is_booked(record, who, duty, on) {
        return Err("they are booked already".to_owned());
    }
    let record = all.windows.entry(window.id().clone()).or_insert_with(|| MaintenanceWindow::clone(&window.window));
    record.bookings.push(Booking { duty, who: who.clone(), on: Some(on) });
    Ok(())
}

fn is_booked(window: &MaintenanceWindow, who: &Assignee, duty: Duty, on: NaiveDate) -> bool {
    let covers = |booking: &Booking| booking.on.is_none_or(|date| date == on);
    window.bookings.iter().any(|booking| booking.who == *who && booking.duty == duty && covers(booking))
}

/// What a change is made to.
fn noun(change: &BulkChange) -> &'static str {
    if matches!(change, BulkChange::AddGroup(_)) { "window" } else { "date" }
}

/// "Move 12 dates 7 days later"
fn label(plan: &Plan, change: &BulkChange, count: usize) -> String {
    let dates = counted(count, noun(change));
    match change {
        BulkChange::Move(minutes) => {
            let direction = if *minutes < 0 { "earlier" } else { "later" };
            format!("Move {dates} {} {direction}", days_and_hours(minutes.unsigned_abs().into()))
        }
        BulkChange::Start(start) => format!("Start {dates} at {}", time(*start)),
        BulkChange::Skip(_) => format!("Skip {dates}"),
        BulkChange::Restore => format!("Reset {dates} to the rule"),
        BulkChange::Note(AnswerForAllAreas::Asked) => format!("Record {dates} as asked"),
        BulkChange::Note(AnswerForAllAreas::Agreed) => format!("Record {dates} as agreed"),
        BulkChange::AddGroup(id) => {
            let group = plan.group(id).map_or_else(|| id.to_string(), |(_, group)| group.name.clone());
            format!("Add {group} to {dates}")
        }
        BulkChange::Book(..) => format!("Book somebody for {dates}"),
        BulkChange::Accept { .. } => format!("Accept the findings of {dates}"),
    }
}
