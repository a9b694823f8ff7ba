//! Business areas from a table, one row for each.

use std::collections::HashSet;

use super::record_tally::{self, RecordTally, name, set, set_email};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::area_names::area_id;
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::topic::Topic;
use crate::model::{AreaId, BusinessArea, Edit, Plan};

const NAME: usize = 0;
const ID: usize = 1;
const OWNER: usize = 2;
const EMAIL: usize = 3;
const NOTICE: usize = 4;
const NOTES: usize = 5;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Areas,
    fields: &[
        Field {
            id: "name",
            titles: &[
                "area",
                "businessarea",
                "areaname",
                "bereich",
                "fachbereich",
                "geschäftsbereich",
                "geschaeftsbereich",
                "abteilung",
                "department",
                "businessunit",
                "unit",
            ],
        },
        Field { id: "id", titles: &["areaid", "kürzel", "kuerzel", "code", "key"] },
        Field {
            id: "owner",
            titles: &[
                "businessowner",
                "ownername",
                "contact",
                "ansprechpartner",
                "verantwortlich",
                "verantwortlicher",
                "leiter",
            ],
        },
        Field { id: "email", titles: &["mail", "emailaddress", "emailadresse", "owneremail"] },
        Field { id: "notice", titles: &["noticedays", "vorlauf", "vorlauftage", "ankündigung"] },
        Field { id: "notes", titles: &["note", "comment", "bemerkung", "bemerkungen", "kommentar", "notiz"] },
    ],
    required: &[&[NAME]],
};

/// A name alone could be anything: an owner makes it a table of business areas.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    match titles.confidence() {
        Confidence::Likely if !titles.has_field(OWNER) => Confidence::Unlikely,
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
            let unit = table.title(NOTICE).map_or("", unit_in_brackets);
            let warn = &mut |message| table.warn(row.line, message, &mut imported);
            let claimed = name(row, NAME).and_then(|name| tally.claim((row.get(ID), &name), row.line, warn));
            let area = claimed.and_then(|()| area(row, unit, (plan, &given), &mut ids, warn));
            let put = area.and_then(|area| {
                let id = area.id.clone();
                let old = plan.areas().get(&id).map(|old| &**old);
                tally.put((id.as_str(), row.line), area, old, Edit::PutArea, &mut imported)
            });
            rows.count(put, table, row, &mut imported);
        }
    }
    tally.report("business area", &mut imported);
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// # Errors
/// Why the row is skipped.
fn area(
    row: &Row,
    unit: &str,
    (plan, given): (&Plan, &HashSet<String>),
    ids: &mut FreshIds,
    warn: &mut dyn FnMut(String),
) -> Result<BusinessArea, String> {
    let name = name(row, NAME)?;
    // Another row is about an area whose id it has.
    let is_free = |id: &AreaId| row.get(ID).is_none() || !given.contains(&id.as_str().to_lowercase());
    let known = row.get(ID).and_then(|id| area_id(id, plan)).or_else(|| area_id(&name, plan).filter(is_free));
    let old = known.and_then(|id| plan.areas().get(&id)).map(|area| BusinessArea::clone(area));
    let mut area = old.unwrap_or_else(|| {
        let id = ids.fresh(row.get(ID).unwrap_or(&name), |id| plan.areas().contains(&id.into()));
        BusinessArea { id: AreaId::new(&id), ..BusinessArea::default() }
    });
    area.name = name;
    set(&mut area.owner, row, OWNER);
    set_email(&mut area.email, row, EMAIL, warn);
    if let Some(text) = row.get(NOTES) {
        text.clone_into(&mut area.notes);
    }
    if let Some(text) = row.get(NOTICE) {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let text = &if is_number { format!("{text} {unit}") } else { text.to_owned() };
        match notice_days(text) {
            Some(days) => area.notice_days = Some(days),
            None => warn(format!("Invalid notice \"{text}\": ignored, use a number of days, e.g. 14")),
        }
    }
    Ok(area)
}

/// What the title of notices says that numbers count: "weeks" of "Notice (weeks)".
fn unit_in_brackets(title: &str) -> &str {
    let (_, rest) = title.split_once(['(', '[']).unwrap_or_default();
    let unit = rest.trim_end_matches([')', ']', ' ']).trim();
    unit.strip_prefix("in ").unwrap_or(unit)
}

/// Days of "10", "10 days", "2 weeks" and "48h". Months and working days are not a fixed number of days.
fn notice_days<T: TryFrom<u32>>(text: &str) -> Option<T> {
    let lower = text.trim().to_lowercase();
    let end = lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    let number: u32 = number.parse().ok()?;
    let days = match unit.trim().trim_end_matches('.') {
        "" | "d" | "day" | "days" | "tag" | "tage" | "calendar days" | "kalendertage" => number,
        "w" | "week" | "weeks" | "woche" | "wochen" => number.checked_mul(7)?,
        "h" | "hour" | "hours" | "std" | "stunden" if number.is_multiple_of(24) => number / 24,
        _ => return None,
    };
    T::try_from(days).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_say_the_unit_of_notices() {
        for (title, number, expected) in [
            ("Notice (weeks)", 2, Some(14)),
            ("Notice [in hours]", 72, Some(3)),
            ("Notice (days)", 10, Some(10)),
            ("Notice", 10, Some(10)),
            ("Notice (working days)", 10, None),
        ] {
            let text = format!("{number} {}", unit_in_brackets(title));
            assert_eq!(notice_days::<u32>(&text), expected, "{title}");
        }
    }

    #[test]
    fn notice_is_read_with_its_unit() {
        for (text, expected) in [
            ("10", Some(10)),
            ("10 days", Some(10)),
            ("10 Tage", Some(10)),
            ("2 weeks", Some(14)),
            ("3 Wochen", Some(21)),
            ("48h", Some(2)),
            ("72 hours", Some(3)),
            ("30 hours", None),
            ("1 Monat", None),
            ("1 month", None),
            ("10 Werktage", None),
            ("soon", None),
        ] {
            assert_eq!(notice_days::<u32>(text), expected, "{text}");
        }
    }
}
