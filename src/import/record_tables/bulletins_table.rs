//! Bulletin duties from a table, one row for each: the list that Windowsill writes, or one that somebody keeps.

use std::collections::HashSet;

use super::record_tally::{self, RecordTally, name, read_cell, set};
use crate::cells::{assignee, choices};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::topic::Topic;
use crate::model::{BulletinDuty, BulletinDutyId, Edit, Plan};

const NAME: usize = 0;
const ID: usize = 1;
const VENDORS: usize = 2;
const SOURCE: usize = 3;
const OWNER: usize = 4;
const STAND_IN: usize = 5;
const NOTES: usize = 6;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Bulletins,
    fields: &[
        Field { id: "name", titles: &["bulletin", "bulletins", "dutyname", "bulletinduty", "bezeichnung"] },
        Field { id: "id", titles: &["duty", "dutyid", "kürzel"] },
        Field { id: "vendors", titles: &["vendor", "hersteller"] },
        Field { id: "source", titles: &["url", "link", "feed", "mailinglist", "quelle"] },
        Field { id: "owner", titles: &["reader", "responsible", "who", "verantwortlich", "ownername"] },
        Field { id: "stand-in", titles: &["deputy", "backup", "vertretung", "standinname"] },
        Field { id: "notes", titles: &["note", "comment", "bemerkung", "bemerkungen", "kommentar", "notiz"] },
    ],
    required: &[&[NAME]],
};

/// A name alone could be anything: vendors and who reads, or a stand-in, make it a table of bulletins.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    let is_of_bulletins = titles.has_field(VENDORS) && titles.has_field(OWNER) && titles.has_field(STAND_IN);
    match titles.confidence() {
        Confidence::Likely if titles.has_title(&["duty"]) && titles.has_title(&["unreadfrom"]) => Confidence::Certain,
        Confidence::Likely if !is_of_bulletins => Confidence::Unlikely,
        confidence => confidence,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    let (mut rows, mut tally, mut ids) = (RowCount::default(), RecordTally::default(), FreshIds::default());
    let given = record_tally::ids(&tables, ID);
    for table in &tables {
        for row in &table.rows {
            input.source.check_cancelled()?;
            let warn = &mut |message| table.warn(row.line, message, &mut imported);
            let claimed = duty_name(row).and_then(|name| tally.claim((row.get(ID), &name), row.line, warn));
            let duty = claimed.and_then(|()| duty(row, (plan, &given), &mut ids, warn));
            let put = duty.and_then(|duty| {
                let id = duty.id.clone();
                let old = plan.bulletin_duties().get(&id).map(|old| &**old);
                tally.put((id.as_str(), row.line), duty, old, Edit::PutBulletinDuty, &mut imported)
            });
            rows.count(put, table, row, &mut imported);
        }
    }
    tally.report("bulletin duty", &mut imported);
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// The list of the program also names vendors whose bulletins nobody reads.
///
/// # Errors
/// The row is skipped.
fn duty_name(row: &Row) -> Result<String, String> {
    match (row.problem.is_none() && row.get(NAME).is_none(), row.get(VENDORS)) {
        (true, Some(vendors)) => Err(format!("the name is missing: nobody reads the bulletins of {vendors} yet")),
        _ => name(row, NAME),
    }
}

/// # Errors
/// Why the row is skipped.
fn duty(
    row: &Row,
    (plan, given): (&Plan, &HashSet<String>),
    ids: &mut FreshIds,
    warn: &mut dyn FnMut(String),
) -> Result<BulletinDuty, String> {
    let name = duty_name(row)?;
    let old = record_tally::find(plan.bulletin_duties(), row.get(ID), &name, given);
    let old = old.map(|old| BulletinDuty::clone(old));
    let mut duty = old.unwrap_or_else(|| {
        let id = ids.fresh(row.get(ID).unwrap_or(&name), |id| plan.bulletin_duties().contains(&id.into()));
        BulletinDuty::new(BulletinDutyId::new(&id), &name)
    });
    duty.name = name;
    if let Some(text) = row.get(VENDORS) {
        let vendors = choices::names_in(text);
        // A name with a comma in it cannot be told from two names.
        let is_same = choices::names_in(&duty.vendors.join(", ")) == vendors;
        duty.vendors = if is_same { duty.vendors } else { vendors };
    }
    set(&mut duty.source, row, SOURCE);
    duty.owner = read_cell(row, OWNER, warn, |text| assignee::read(plan, text)).unwrap_or(duty.owner);
    duty.stand_in = read_cell(row, STAND_IN, warn, |text| assignee::read(plan, text)).unwrap_or(duty.stand_in);
    if let Some(text) = row.get(NOTES) {
        text.clone_into(&mut duty.notes);
    }
    Ok(duty)
}
