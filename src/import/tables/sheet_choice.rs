//! Chooses the sheets of a workbook that are read.

use super::assigned::Assigned;
use super::fit::{SheetFit, TableKind, sheet_fit};
use super::layout::{Header, Layout};
use super::sheet::Sheet;
use crate::import::imported::Imported;
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::wording::{counted, list_in_sentence};

/// A note names at most this many sheets.
const MOST_SHEETS: usize = 12;

/// The headers of the sheets that are read. The others are named with the reason. If no sheet fits the topic best, all with
/// the required titles are read, unless they are about another topic: if there are only such sheets, the import has a
/// question. No header is returned if no sheet has the required titles.
pub fn choose(
    sheets: &[Sheet],
    layout: &Layout,
    assigned: Assigned<'_>,
    kinds: &[TableKind],
    imported: &mut Imported,
) -> Vec<Option<Header>> {
    let header = |sheet: &Sheet| layout.find_header(&sheet.rows, assigned).filter(|_| !sheet.is_hidden);
    let mut found: Vec<Option<Header>> = sheets.iter().map(header).collect();
    // A text table has no name.
    if found.iter().all(Option::is_none) || sheets.iter().all(|sheet| sheet.name.is_none()) {
        return found;
    }
    let fits: Vec<Option<SheetFit>> = sheets
        .iter()
        .zip(&found)
        .map(|(sheet, header)| header.as_ref().map(|header| fit(sheet, header, layout, assigned, kinds)))
        .collect();
    if let Some(question) = only_other_topics(sheets, layout, &fits) {
        imported.ask(question);
        return found;
    }
    if sheets.iter().filter(|sheet| rows(sheet) > 0).count() < 2 {
        return found;
    }
    let any_best = fits.contains(&Some(SheetFit::Best));
    let topic = layout.topic.words().id;
    for ((sheet, header), fit) in sheets.iter().zip(&mut found).zip(fits) {
        let why = match fit {
            _ if sheet.is_hidden => "it is hidden".to_owned(),
            None => "no row has the required column titles".to_owned(),
            Some(SheetFit::Other(other)) if any_best => fits_other(other),
            Some(SheetFit::Only(other)) => fits_other(other),
            Some(SheetFit::Unclear) if any_best => format!("the titles of other sheets fit {topic} better"),
            Some(SheetFit::Best | SheetFit::Other(_) | SheetFit::Unclear) => continue,
        };
        *header = None;
        if rows(sheet) > 0 {
            let rows = counted(rows(sheet), "row");
            imported.warn(None, format!("Sheet {} ignored ({rows}): {why}", quoted(sheet)));
        }
    }
    let read = sheets.iter().zip(&found).filter(|(_, header)| header.is_some()).map(|(sheet, _)| quoted(sheet));
    let read: Vec<String> = read.collect();
    let noun = if read.len() == 1 { "sheet" } else { "sheets" };
    imported.warn(None, format!("Read as {topic}: {noun} {}", list_in_sentence(read, MOST_SHEETS)));
    found
}

fn fits_other(topic: Topic) -> String {
    let other = topic.words().id;
    format!("its titles fit {other}, import it as {other}")
}

/// Says what the sheets are about, if all with the required titles are about other topics.
fn only_other_topics(sheets: &[Sheet], layout: &Layout, fits: &[Option<SheetFit>]) -> Option<String> {
    let mut others = Vec::new();
    for (sheet, fit) in sheets.iter().zip(fits) {
        match fit {
            Some(SheetFit::Only(topic)) => others.push(format!("{} ({})", quoted(sheet), topic.words().id)),
            Some(SheetFit::Best | SheetFit::Other(_) | SheetFit::Unclear) => return None,
            None => {}
        }
    }
    let topic = layout.topic.words().id;
    let (sheet, verb, it) = if others.len() == 1 { ("sheet", "is", "it") } else { ("sheets", "are", "them") };
    let others = list_in_sentence(others, MOST_SHEETS);
    Some(format!(
        "No sheet has {topic}, and {sheet} {others} {verb} about something else: import {it} as that, or assign the \
         columns with the option column"
    ))
}

fn fit(sheet: &Sheet, header: &Header, layout: &Layout, assigned: Assigned<'_>, kinds: &[TableKind]) -> SheetFit {
    let titles = header.row.and_then(|row| sheet.rows.get(row)).map_or(&[][..], |row| &row.cells);
    if assigned.columns(titles).is_some() {
        return SheetFit::Best;
    }
    let is_chosen = !assigned.chosen.is_empty() || assigned.title_row.is_some();
    sheet_fit(kinds, layout.topic, sheet, header.columns.iter().flatten().count(), is_chosen)
}

fn rows(sheet: &Sheet) -> usize {
    sheet.rows.iter().filter(|row| !row.is_blank()).count()
}

fn quoted(sheet: &Sheet) -> String {
    format!("\"{}\"", words_on_one_line(sheet.name.as_deref().unwrap_or_default()))
}
