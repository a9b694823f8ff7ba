//! The sheet for the change advisory board: what it must decide, what the checks found, what changed, the coming weeks.

mod changes;
mod coming;
mod decisions;

use chrono::NaiveDate;

use super::paper::{Document, Part, Sheet};
use super::sheet_text;
use crate::checks::Findings;
use crate::schedule::{Revision, Schedule};
use crate::wording::date;
use coming::Coming;

/// The sheet for the weeks from `today` on. `since`: what is different from the plan that the board saw last.
pub fn document(
    schedule: &Schedule,
    findings: &Findings,
    since: Option<&Revision>,
    today: NaiveDate,
    weeks: u16,
    revision: &str,
) -> Document {
    let coming = Coming::new(schedule, today, weeks);
    let title = format!("Change advisory board, {}", date(today));
    let mut parts = vec![Part::Head(coming.head())];
    parts.extend(decisions::parts(&coming, findings));
    parts.extend(coming.findings(findings));
    parts.extend(changes::parts(since, coming.last));
    parts.extend(coming.windows());
    let sheet = Sheet::new(title.clone(), parts);
    sheet_text::document(title, schedule, revision, vec![sheet])
}
