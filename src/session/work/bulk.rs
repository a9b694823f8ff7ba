//! Changes of several occurrences at once, as one undo step: what is done, and what cannot be done for some of them.

use chrono::{NaiveDate, TimeDelta};

use crate::checks::AcceptanceExtent;
use crate::model::{Acceptance, Assignee, Booking, Duty, Edit, LocalMinute, MaintenanceWindow, WindowId};
use crate::schedule::{Origin, WindowOccurrence};
use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Proposal, Question, Selection};
use crate::session::verbs::bulk_change::{AnswerForAllAreas, BulkChange};
use crate::session::verbs::command::Command;
use crate::session::work::agreement;
use crate::wording::{counted, date, list_in_sentence, time};

/// At most this many occurrences are named.
const NAMED: usize = 8;

/// What a change of several occurrences does.
pub struct BulkOutcome {
    /// None if it changes nothing.
    pub edit: Option<Edit>,
    /// The number of occurrences that it changes.
    pub count: usize,
    /// The occurrences that it cannot change, each with the reason.
    pub refused: Vec<String>,
}

impl BulkOutcome {
    /// "Not possible for 2 dates: Core DB, Sat 13 Mar 2027: it is skipped; …"
    pub fn refusal(&self) -> Option<String> {
        let count = counted(self.refused.len(), "date");
        let named = list_in_sentence(self.refused.iter().take(NAMED).cloned(), self.refused.len());
        (!self.refused.is_empty()).then(|| format!("Not possible for {count}: {named}"))
    }
}

impl Session {
    /// The selected occurrences.
    pub fn selected_occurrences(&self) -> impl Iterator<Item = WindowOccurrence<'_>> {
        let keys = self.navigation.selection.occurrences().into_owned();
        keys.into_iter().filter_map(|(window, on)| self.document.schedule.occurrence(&window, on))
    }

    /// What a change of the selected occurrences would do.
    pub fn bulk_outcome(&self, change: &BulkChange) -> BulkOutcome {
        let mut outcome = BulkOutcome { edit: None, count: 0, refused: Vec::new() };
        let mut edits: Vec<Edit> = Vec::new();
        for each in self.selected_occurrences() {
            match self.edits_of(change, each) {
                Ok(more) => {
                    outcome.count += 1;
                    edits.extend(more);
                }
                Err(reason) => {
                    let (window, occurrence) = each;
                    outcome.refused.push(format!("{}, {} ({reason})", window.window.name, date(occurrence.on())));
                }
            }
        }
        self.put_windows(change, &mut edits);
        let label = label(change, outcome.count);
        outcome.edit = (!edits.is_empty()).then_some(Edit::Together { label, edits });
        outcome
    }

    /// The edits for one occurrence, or why there are none.
    fn edits_of(&self, change: &BulkChange, (window, occurrence): WindowOccurrence<'_>) -> Result<Vec<Edit>, String> {
        let (id, on) = (window.id().clone(), occurrence.original_on());
        let is_skipped = occurrence.origin == Origin::Skipped;
        if is_skipped && !matches!(change, BulkChange::Restore) {
            return Err("it is skipped".to_owned());
        }
        match change {
            BulkChange::Move(days) => {
                let to = occurrence.on().checked_add_signed(TimeDelta::days((*days).into()));
                let to = to.filter(|to| self.plan().horizon().contains(*to));
                to.map(|to| vec![window.move_to_date(occurrence, to)])
                    .ok_or_else(|| "it would leave the plan's months".to_owned())
            }
            BulkChange::Start(start) if *start == occurrence.local_start.time() => {
                Err("it starts at that time already".to_owned())
            }
            BulkChange::Start(start) => Ok(vec![window.move_to(occurrence, LocalMinute::new(occurrence.on(), *start))]),
            BulkChange::Skip(reason) => Ok(vec![Edit::SkipOccurrence { window: id, on, reason: reason.clone() }]),
            BulkChange::Restore if occurrence.origin == Origin::Rule => Err("it follows its rule".to_owned()),
            BulkChange::Restore => Ok(vec![Edit::RestoreOccurrence { window: id, on }]),
            BulkChange::Note(noted) => {
                let edits = agreement::edits(self.plan(), window, [occurrence], *noted, self.document.today, false);
                if edits.is_empty() { Err("no answer is missing".to_owned()) } else { Ok(edits) }
            }
            BulkChange::AddGroup(group) if window.window.groups.contains(group) => {
                Err("its window has that group already".to_owned())
            }
            BulkChange::Book(who, duty) if is_booked(&window.window, who, *duty, on) => {
                Err("they are booked already".to_owned())
            }
            // Windows are put once each, with all their changes.
            BulkChange::AddGroup(_) | BulkChange::Book(..) => Ok(Vec::new()),
            BulkChange::Accept { reason, by, until } => {
                let open = self.document.findings.open();
                let here = open.filter(|each| each.window.as_ref() == Some(&id) && each.on == Some(on));
                let edits: Vec<Edit> = here
                    .map(|finding| {
                        let plan = self.plan();
                        let acceptance = Acceptance::for_finding(plan, finding, AcceptanceExtent::Occurrence, *until);
                        let (reason, by) = (reason.clone(), by.clone());
                        Edit::PutAcceptance(Acceptance { reason, by, ..acceptance })
                    })
                    .collect();
                if edits.is_empty() { Err("it has no open finding".to_owned()) } else { Ok(edits) }
            }
        }
    }

    /// Adds the edits of changes that are fields of windows.
    fn put_windows(&self, change: &BulkChange, edits: &mut Vec<Edit>) {
        let mut windows: Vec<(WindowId, Vec<NaiveDate>)> = Vec::new();
        for (window, on) in self.navigation.selection.occurrences().iter() {
            match windows.iter_mut().find(|(id, _)| id == window) {
                Some((_, dates)) => dates.push(*on),
                None => windows.push((window.clone(), vec![*on])),
            }
        }
        for (id, dates) in windows {
            let Some(window) = self.document.schedule.window(&id) else { continue };
            let mut record = MaintenanceWindow::clone(&window.window);
            match change {
                BulkChange::AddGroup(group) if !record.groups.contains(group) => record.groups.push(group.clone()),
                BulkChange::Book(who, duty) => {
                    let takes_place =
                        |on: &NaiveDate| window.expansion.occurrences.iter().any(|each| each.original_on() == *on);
                    for on in dates.into_iter().filter(takes_place) {
                        if !is_booked(&record, who, *duty, on) {
                            record.bookings.push(Booking { duty: *duty, who: who.clone(), on: Some(on) });
                        }
                    }
                }
                BulkChange::AddGroup(_) => {}
                BulkChange::Move(_)
                | BulkChange::Start(_)
                | BulkChange::Skip(_)
                | BulkChange::Restore
                | BulkChange::Note(_)
                | BulkChange::Accept { .. } => return,
            }
            if record != *window.window {
                edits.push(Edit::PutWindow(record));
            }
        }
    }

    /// Carries out a change of the selected occurrences. What cannot be done for some of them is said before.
    pub(in crate::session) fn change_selected_occurrences(&mut self, change: &BulkChange) {
        let outcome = self.bulk_outcome(change);
        let refusal = outcome.refusal();
        match (outcome.edit, refusal) {
            (Some(edit), None) => self.edit(&edit),
            (None, refusal) => self.show_error(refusal.unwrap_or_else(|| "Nothing to change".to_owned())),
            (Some(edit), Some(_)) => {
                let text = format!(
                    "This is not possible for {} of the selected dates. The others are changed.",
                    counted(outcome.refused.len(), "date")
                );
                let details = outcome.refused;
                let (title, verb) = (label(change, outcome.count), "Change the others".to_owned());
                let proposal = Proposal { edit, title, text, details, verb };
                self.dialogs.open = Some(Dialog::Question(Question::Edit(Box::new(proposal))));
            }
        }
    }

    /// What a command changes if several occurrences are selected.
    pub(in crate::session) fn bulk_change(&self, command: Command) -> Option<BulkChange> {
        let Selection::Several(_) = self.navigation.selection else { return None };
        match command {
            Command::DayEarlier => Some(BulkChange::Move(-1)),
            Command::DayLater => Some(BulkChange::Move(1)),
            Command::WeekEarlier => Some(BulkChange::Move(-7)),
            Command::WeekLater => Some(BulkChange::Move(7)),
            Command::SkipOccurrence | Command::Remove => Some(BulkChange::Skip(String::new())),
            Command::RestoreOccurrence => Some(BulkChange::Restore),
            Command::AskedThisDate => Some(BulkChange::Note(AnswerForAllAreas::Asked)),
            Command::AgreedThisDate => Some(BulkChange::Note(AnswerForAllAreas::Agreed)),
            _ => None,
        }
    }
}

fn is_booked(window: &MaintenanceWindow, who: &Assignee, duty: Duty, on: NaiveDate) -> bool {
    let covers = |booking: &Booking| booking.on.is_none_or(|date| date == on);
    window.bookings.iter().any(|booking| booking.who == *who && booking.duty == duty && covers(booking))
}

/// "Move 12 dates by 7 days"
fn label(change: &BulkChange, count: usize) -> String {
    let dates = counted(count, "date");
    match change {
        BulkChange::Move(days) => {
            let direction = if *days < 0 { "earlier" } else { "later" };
            format!("Move {dates} {} {direction}", counted(days.unsigned_abs(), "day"))
        }
        BulkChange::Start(start) => format!("Start {dates} at {}", time(*start)),
        BulkChange::Skip(_) => format!("Skip {dates}"),
        BulkChange::Restore => format!("Reset {dates} to the rule"),
        BulkChange::Note(AnswerForAllAreas::Asked) => format!("Record {dates} as asked"),
        BulkChange::Note(AnswerForAllAreas::Agreed) => format!("Record {dates} as agreed"),
        BulkChange::AddGroup(_) => format!("Add a group to the windows of {dates}"),
        BulkChange::Book(..) => format!("Book somebody for {dates}"),
        BulkChange::Accept { .. } => format!("Accept the findings of {dates}"),
    }
}
