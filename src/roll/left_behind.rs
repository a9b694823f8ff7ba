//! What stays behind in the earlier plan, in words.

use chrono::NaiveDate;

use crate::model::{DatedChange, OccurrenceChange, Plan};
use crate::wording::counted;

/// What a later plan does not take over, a line for each kind.
pub(super) fn left_behind(plan: &Plan, from: NaiveDate) -> Vec<String> {
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
        (plan.advisories().len(), "advisory"),
        (plan.acceptances().len(), "acceptance"),
        (imported, "link to an imported file"),
    ];
    let mut lines: Vec<String> = counts.into_iter().filter(|(count, _)| *count > 0).map(in_words).collect();
    if later > 0 {
        lines.push(format!(
            "of these, {} in the months of the new plan: enter what still holds",
            counted(later, "date")
        ));
    }
    let folded = plan.windows().iter().flat_map(|window| &window.changes).filter(folded).count();
    if folded > 0 {
        lines.push(format!("{}, now the usual times of the windows", counted(folded, "dated change")));
    }
    lines
}

/// "2 records of a night": the noun before "of", "for", "from" or "to" is counted.
fn in_words((count, noun): (usize, &str)) -> String {
    let first = [" of ", " for ", " from ", " to "].iter().find_map(|word| noun.find(word));
    let (noun, rest) = noun.split_at(first.unwrap_or(noun.len()));
    format!("{}{rest}", counted(count, noun))
}
