//! Advisories from a table, one row for each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::tally::Tally;
use crate::import::confidence::Confidence;
use crate::import::cve::cves_in;
use crate::import::error::ImportError;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::report::ImportReport;
use crate::import::tables::cells;
use crate::import::tables::days::{DayReader, date_order};
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::system_names::SystemNames;
use crate::import::tables::table::{Row, Table};
use crate::import::tables::title_zones::{NamedInTitle, in_title};
use crate::import::tables::written_zones::WrittenZone;
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::model::{Advisory, AdvisoryId, Plan, ReportedSeverity, SystemId, check_name_length, slug};
use crate::wording::counted;

pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::Advisories,
    fields: &[
        Field { id: "id", titles: &["cve", "cveid", "advisory", "advisoryid", "kennung", "nummer"] },
        Field {
            id: "title",
            titles: &["name", "titel", "vulnerabilityname", "summary", "description", "bezeichnung", "beschreibung"],
        },
        Field {
            id: "cvss",
            titles: &["cvssscore", "score", "basescore", "cvssbasescore", "cvssv31", "cvssv3", "cvssv40", "cvssv4"],
        },
        Field {
            id: "published",
            titles: &[
                "publishedon",
                "publisheddate",
                "publishdate",
                "publicationdate",
                "datepublished",
                "dateadded",
                "veröffentlicht",
                "veröffentlichtam",
                "date",
                "released",
                "datum",
            ],
        },
        Field { id: "exploited", titles: &["isexploited", "knownexploited", "kev", "ausgenutzt"] },
        Field { id: "systems", titles: &["system", "affected", "affectedsystems", "systeme", "betroffen"] },
    ],
    required: &[&[ID], &[PUBLISHED]],
};
const ID: usize = 0;
const TITLE: usize = 1;
const CVSS: usize = 2;
const PUBLISHED: usize = 3;
const EXPLOITED: usize = 4;
const SYSTEMS: usize = 5;

/// One row that could be read. What a row does not say is left as it is in the plan.
struct AdvisoryRow {
    id: AdvisoryId,
    title: Option<String>,
    cvss_tenths: Option<u8>,
    published_on: NaiveDate,
    is_exploited: Option<bool>,
    systems: Vec<SystemId>,
}

pub(super) fn sniff(head: &Head) -> Confidence {
    SniffedTitles::read(head, &LAYOUT).confidence()
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(mut tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    for table in &mut tables {
        table.count_days_from_1900(&[PUBLISHED]);
    }
    let Some(order) = date_order(&tables, &LAYOUT, &[PUBLISHED], input, &mut imported) else {
        return Ok(imported.in_order());
    };
    let names = SystemNames::new(plan);
    let mut tally = Tally::default();
    let mut seen: BTreeMap<AdvisoryId, usize> = BTreeMap::new();
    let mut rows = RowCount::default();
    let mut counted_rows = CountedRows::default();
    for table in &tables {
        let is_kev = is_kev(table);
        if is_kev {
            let message =
                "All rows count as exploited: these are the titles of CISA's catalogue of such vulnerabilities";
            table.note(message.to_owned(), &mut imported);
        }
        let zone = match table.title(PUBLISHED).map(in_title) {
            Some(NamedInTitle::Zone(zone)) => Some(zone),
            Some(NamedInTitle::Unknown(_) | NamedInTitle::Other(_) | NamedInTitle::Nothing) | None => None,
        };
        let reader = RowReader { names: &names, days: DayReader { order: &order, plan }, zone };
        for row in &table.rows {
            input.source.check_cancelled()?;
            counted_rows.add(row);
            let read = reader.read(row, &mut |message| table.warn(row.line, message, &mut imported));
            let read = read.and_then(|read| match seen.insert(read.id.clone(), row.line) {
                Some(first) => Err(format!("line {first} already has its id, and each advisory has one row")),
                None => Ok(read),
            });
            if let Some(mut read) = rows.count(read, table, row, &mut imported) {
                read.is_exploited = read.is_exploited.or(is_kev.then_some(true));
                tally.put(read.advisory(plan), plan, &mut imported);
            }
        }
    }
    imported.summary = tally.summary();
    imported.report = Some(counted_rows.report(rows.totals(), &seen));
    rows.report(&mut imported);
    if tally.same > 0 {
        imported.warn(None, format!("{} unchanged: the plan already says the same", counted(tally.same, "row")));
    }
    Ok(imported.in_order())
}

/// What the report says about all rows, also about those that cannot be read.
#[derive(Default)]
struct CountedRows {
    cves: BTreeSet<String>,
    by_severity: BTreeMap<&'static str, usize>,
}

impl CountedRows {
    fn add(&mut self, row: &Row) {
        self.cves.extend(row.get(ID).map(cves_in).unwrap_or_default());
        let severity = row.get(CVSS).and_then(tenths).and_then(ReportedSeverity::of_cvss_tenths);
        let name = severity.map_or("none", ReportedSeverity::name);
        *self.by_severity.entry(name).or_default() += 1;
    }

    /// `totals`: how many rows were read, and how many not. `seen`: the advisories of those that were.
    fn report(self, (read, skipped): (usize, usize), seen: &BTreeMap<AdvisoryId, usize>) -> ImportReport {
        let mut report = ImportReport::new(super::TABLE.id);
        (report.rows, report.rows_imported, report.items) = (read + skipped, read, seen.len());
        (report.cves, report.by_severity) = (self.cves.len(), self.by_severity);
        report.cves_imported = seen.keys().filter(|id| !cves_in(id.as_str()).is_empty()).count();
        report.leave_out("rows that cannot be read", skipped);
        report
    }
}

/// Whether a table is CISA's catalogue of known exploited vulnerabilities, which has no column for that.
fn is_kev(table: &Table) -> bool {
    (table.title(ID), table.title(PUBLISHED), table.title(EXPLOITED)) == (Some("cveID"), Some("dateAdded"), None)
}

/// What the cells of all rows are read with.
struct RowReader<'a> {
    names: &'a SystemNames<'a>,
    days: DayReader<'a>,
    /// That of times without one.
    zone: Option<WrittenZone>,
}

impl RowReader<'_> {
    fn read(&self, row: &Row, warn: &mut dyn FnMut(String)) -> Result<AdvisoryRow, String> {
        if let Some(problem) = &row.problem {
            return Err(problem.clone());
        }
        let id = words_on_one_line(row.get(ID).unwrap_or_default());
        if id.is_empty() {
            return Err("the id is missing: use the CVE number or the vendor's own".to_owned());
        }
        let published = row.get(PUBLISHED).ok_or("the publication date is missing: use e.g. 2027-03-13")?;
        // A time in another zone may be on another day here.
        let published_on = self.days.last_day(published, self.zone.as_ref(), false)?;
        let cvss_tenths = row.get(CVSS).and_then(|cvss| {
            let tenths = tenths(cvss);
            if tenths.is_none() {
                let cvss = words_on_one_line(cvss);
                warn(format!("Invalid CVSS score \"{cvss}\" (expected 0.0 to 10.0): \"{id}\" imported without"));
            }
            tenths
        });
        let is_exploited = row.get(EXPLOITED).and_then(|exploited| {
            let answer = cells::yes_or_no(exploited);
            if answer.is_none() {
                let exploited = words_on_one_line(exploited);
                warn(format!(
                    "Invalid value \"{exploited}\" in column exploited (expected yes or no): ignored for \"{id}\""
                ));
            }
            answer
        });
        let systems = row.get(SYSTEMS).map_or_else(Vec::new, |systems| self.names.systems(systems, warn));
        let title = row.get(TITLE).map(words_on_one_line).filter(|title| !title.is_empty());
        title.as_deref().map_or(Ok(()), check_name_length)?;
        Ok(AdvisoryRow { id: AdvisoryId::new(&slug(&id)), title, cvss_tenths, published_on, is_exploited, systems })
    }
}

impl AdvisoryRow {
    fn advisory(self, plan: &Plan) -> Advisory {
        let old = plan.advisories().get(&self.id);
        let old = old.map(|old| Advisory::clone(old));
        let old = old.unwrap_or_else(|| Advisory::new(self.id.clone(), "", self.published_on));
        let number = old.number();
        let title = if old.title.is_empty() { number } else { old.title };
        Advisory {
            title: self.title.unwrap_or(title),
            cvss_tenths: self.cvss_tenths.or(old.cvss_tenths),
            published_on: self.published_on,
            is_exploited: self.is_exploited.unwrap_or(old.is_exploited),
            systems: if self.systems.is_empty() { old.systems } else { self.systems },
            ..old
        }
    }
}

/// Reads "9.8" as 98.
fn tenths(text: &str) -> Option<u8> {
    let score = text.replace(',', ".").parse::<f32>().ok().filter(|score| (0.0..=10.0).contains(score))?;
    Some((score * 10.0).round() as u8)
}
