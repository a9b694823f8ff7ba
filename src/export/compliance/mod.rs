//! The compliance report for auditors: figures beside their targets, what is late, what went wrong, what was decided.

mod choice;
mod figures;
mod pieces;
mod records;

use super::paper::{Document, Head, Part, Sheet};
use super::sheet_text::{self, name};
use crate::compliance::{ComplianceOptions, ComplianceReport};
use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Schedule;
use crate::wording::{date, dates, moment};
use pieces::heading;

pub use choice::{ComplianceChoice, Moment};
pub use figures::{key_name, percent_in_words};

/// The report of a plan. `revision`: that of the plan, for the foot of each page.
pub fn document(schedule: &Schedule, options: &ComplianceOptions, revision: &str) -> Document {
    let report = ComplianceReport::new(schedule, options);
    let when = at_in_words(schedule, options.at);
    let title = format!("Compliance at {when}");
    let mut parts = vec![Part::Head(head(schedule, options, when))];
    parts.extend(figures::targets(schedule, &report));
    parts.extend(figures::breakdowns(schedule, &report));
    parts.extend(figures::months(&report));
    parts.extend(definitions());
    let mut details = Vec::new();
    details.extend(records::late(schedule, &report));
    details.extend(records::incomplete(schedule, options));
    details.extend(records::decisions(schedule, options.at));
    let details = Sheet { is_wide: true, ..Sheet::new("Late items, incomplete work, decisions".to_owned(), details) };
    sheet_text::document(title.clone(), schedule, revision, vec![Sheet::new(title, parts), details])
}

fn head(schedule: &Schedule, options: &ComplianceOptions, when: String) -> Head {
    let plan = name(schedule.plan.title());
    let from = options.from.unwrap_or(schedule.plan.horizon().from);
    let last = schedule.zone.local(options.at.plus(-1)).date();
    let period = if from <= last { format!("period {}", dates(from, last)) } else { String::new() };
    let counted = if options.count_hosts { "hosts are counted" } else { "systems are counted" };
    let particulars = [plan, period, counted.to_owned()];
    Head {
        title: "Compliance".to_owned(),
        particulars: particulars.into_iter().filter(|text| !text.is_empty()).collect(),
        date: when,
        zone: schedule.plan.zone().to_owned(),
    }
}

/// "the end of Wed 31 Mar 2027", "Wed 31 Mar 2027 14:05"
fn at_in_words(schedule: &Schedule, at: UtcMinute) -> String {
    let local = schedule.zone.local(at);
    if local == LocalMinute::midnight(local.date()) {
        format!("the end of {}", date(schedule.zone.local(at.plus(-1)).date()))
    } else {
        moment(local)
    }
}

/// What the figures mean, in the words of the documentation.
fn definitions() -> Vec<Part> {
    let lines = [
        "An item is one advisory on one system that it affects.",
        "In time: all hosts were patched no later than the deadline. Late: after it. Overdue: the deadline has passed, and \
         they are not patched. Due: these three together. The percentage is in time / due.",
        "Excused: a decision in force says that it does not have to be installed, or no fix exists yet.",
        "Not scanned: done, and no later scan was clean. A scan that still finds something, and a rollback, reopen an item.",
    ];
    vec![heading("Definitions"), Part::Bullets(lines.map(str::to_owned).into())]
}
