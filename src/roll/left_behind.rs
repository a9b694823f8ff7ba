//! What stays behind in the earlier plan, in words.

use super::dates::Step;
use crate::model::{DatedChange, FreezeSpan, OccurrenceChange, Plan, Rule};
use crate::wording::counted;

/// What a later plan does not take over, a line for each kind.
pub(super) fn left_behind(plan: &Plan, step: Step) -> Vec<String> {
    let from = step.new.from;
    let is_in_neither = |span: &FreezeSpan| !step.keeps(*span) && !step.had(*span);
    let listed = plan.windows().iter().filter_map(|window| match &window.rule {
        Rule::Dates(dates) => Some(dates),
        _ => None,
    });
    let listed = listed.flatten().map(|date| FreezeSpan { first_on: date.on, last_on: date.on });
    let freezes = plan.freezes().iter().filter(|freeze| freeze.period().is_none());
    let freezes = freezes.map(|freeze| FreezeSpan { first_on: freeze.first_on, last_on: freeze.last_on });
    let exceptions = || plan.windows().iter().flat_map(|window| &window.exceptions);
    let changes = |is_kind: fn(&OccurrenceChange) -> bool| exceptions().filter(|each| is_kind(&each.change)).count();
    let folded = |change: &&DatedChange| change.from <= from;
    let bookings = plan.windows().iter().flat_map(|window| &window.bookings).filter(|booking| booking.on.is_some());
    let imported = plan.windows().iter().filter(|window| window.imported.is_some()).count()
        + plan.freezes().iter().filter(|freeze| freeze.imported.is_some()).count()
        + plan.holidays().iter().filter(|calendar| calendar.imported.is_some()).count();
    let tickets = plan.windows().iter().filter(|window| !window.change_ticket.is_empty()).count();
    let absences = plan.people().iter().flat_map(|person| &person.away).filter(|away| away.last_on < from).count();
    let later = exceptions().filter(|each| each.on >= from).count();
    let exemptions = plan.freezes().iter().filter(|freeze| freeze.period().is_none() && freeze.last_on < from);
    let counts = [
        (changes(|change| matches!(change, OccurrenceChange::Moved { .. })), "moved date"),
        (changes(|change| matches!(change, OccurrenceChange::Skipped { .. })), "skipped date"),
        (changes(|change| matches!(change, OccurrenceChange::Added { .. })), "added date"),
        (exemptions.map(|freeze| freeze.exemptions.len()).sum(), "exemption from a freeze"),
        (bookings.count(), "booking for a single date"),
        (absences, "past absence"),
        (tickets, "change ticket"),
        (plan.ledger().len(), "answer"),
        (plan.sent_invites().len(), "sent invite"),
        (plan.nights().len(), "record of a night"),
        (plan.results().len(), "result"),
        (plan.scans().len(), "scan"),
        (plan.group_records().len(), "record of a release in a group"),
        (plan.advisories().len(), "advisory"),
        (plan.acceptances().len(), "acceptance"),
        (imported, "link to an imported file"),
        (listed.filter(is_in_neither).count(), "listed date in the months of neither plan"),
        (freezes.filter(is_in_neither).count(), "freeze in the months of neither plan"),
    ];
    let mut lines: Vec<String> = counts.into_iter().filter(|(count, _)| *count > 0).map(in_words).collect();
    if later > 0 {
        let dates = counted(later, "moved, skipped or added date");
        lines.push(format!("of these, {dates} in the months of the new plan: enter again what still applies"));
    }
    let folded = plan.windows().iter().flat_map(|window| &window.changes).filter(folded).count();
    if folded > 0 {
        lines.push(format!("{}, now the usual times of the windows", counted(folded, "dated change")));
    }
    lines
}

/// "2 records of a night": the noun before "of", "for", "from", "to" or "in" is counted.
fn in_words((count, noun): (usize, &str)) -> String {
    let first = [" of ", " for ", " from ", " to ", " in "].iter().filter_map(|word| noun.find(word)).min();
    let (noun, rest) = noun.split_at(first.unwrap_or(noun.len()));
    format!("{}{rest}", counted(count, noun))
}
