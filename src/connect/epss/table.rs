//! Reads the daily file: a line about the model, titles, and a row for each CVE.

use chrono::NaiveDate;

use super::TABLE;
use super::scores::Scores;
use crate::connect::documents::days::day;
use crate::connect::documents::table::{Header, TableReader};
use crate::connect::documents::titles::Titles;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["cve"]) && titles.has(&["epss"]) && titles.has(&["percentile"])
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, TABLE.name, are_titles)?;
    let (cve, epss) = (table.column(&["cve"]), table.column(&["epss"]));
    let mut scores = Scores::new(TABLE.id, input);
    while let Some(row) = table.next()? {
        scores.add(row.text(&cve), row.text(&epss));
    }
    Ok(scores.finish(scored_on(input.file()?.head()?.text()), table.remarks()))
}

/// The day in "#model_version:v2025.03.14,score_date:2027-01-15T12:55:00Z".
fn scored_on(head: &str) -> Option<NaiveDate> {
    let first = head.lines().next().filter(|line| line.trim_start_matches(['"', '\u{feff}']).starts_with('#'))?;
    let (_, after) = first.split_once("score_date:")?;
    day(after.trim_end_matches(['"', ',', ';']).get(..10)?)
}
