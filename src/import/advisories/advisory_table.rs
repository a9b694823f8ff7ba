//! Advisories from a table: `id,title,cvss,published,exploited,systems`, one row for each advisory.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::tally::Tally;
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::{Columns, Table, cells, sniff_columns};
use crate::import::text::{checked, words_on_one_line};
use crate::model::{Advisory, AdvisoryId, Plan, SystemId, check_name_length, slug};
use crate::wording::{counted, within_sentence};

const COLUMNS: [&str; 6] = ["id", "title", "cvss", "published", "exploited", "systems"];
const REQUIRED: [usize; 2] = [0, 3];

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
    sniff_columns(head, &COLUMNS, &REQUIRED)
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let (text, plan) = (input.text()?, input.plan());
    let table = Table::read(checked(&text)?)?;
    let mut imported = Imported::default();
    let columns = Columns::find(&COLUMNS, &REQUIRED, &table.header, &mut imported)?;
    let names = SystemNames::new(plan);
    let mut tally = Tally::default();
    let mut seen: BTreeMap<AdvisoryId, usize> = BTreeMap::new();
    let mut skipped = 0;
    for (line, record) in &table.rows {
        input.source.check_cancelled()?;
        let row = AdvisoryRow::read(columns.cells(record), &names, &mut |message| imported.warn(Some(*line), message));
        let row = row.and_then(|row| match seen.insert(row.id.clone(), *line) {
            Some(first) => Err(format!("line {first} already has its id, and each advisory has one row")),
            None => Ok(row),
        });
        match row {
            Ok(row) => tally.put(row.advisory(plan), plan, &mut imported),
            Err(reason) => {
                skipped += 1;
                imported.warn(Some(*line), format!("Row skipped: {}", within_sentence(&reason)));
            }
        }
    }
    imported.summary = tally.summary();
    if skipped > 0 {
        imported.warn(None, format!("{} skipped", counted(skipped, "row")));
    }
    if tally.same > 0 {
        imported.warn(None, format!("{} unchanged: the plan already says the same", counted(tally.same, "row")));
    }
    Ok(imported.in_order())
}

impl AdvisoryRow {
    fn read(cells: [Option<&str>; 6], names: &SystemNames<'_>, warn: &mut dyn FnMut(String)) -> Result<Self, String> {
        let [id, title, cvss, published, exploited, systems] = cells;
        let id = words_on_one_line(id.unwrap_or_default());
        if id.is_empty() {
            return Err("the id is missing: use the CVE number or the vendor's own".to_owned());
        }
        let published = published.ok_or("the publication date is missing: use e.g. 2027-03-13")?;
        let published_on = cells::date(published)?;
        let cvss_tenths = cvss.and_then(|cvss| {
            let tenths = tenths(cvss);
            if tenths.is_none() {
                let cvss = words_on_one_line(cvss);
                warn(format!("Invalid CVSS score \"{cvss}\" (expected 0.0 to 10.0): \"{id}\" imported without"));
            }
            tenths
        });
        let is_exploited = exploited.and_then(|exploited| {
            let answer = yes_or_no(exploited);
            if answer.is_none() {
                let exploited = words_on_one_line(exploited);
                warn(format!(
                    "Invalid value \"{exploited}\" in column exploited (expected yes or no): ignored for \"{id}\""
                ));
            }
            answer
        });
        let systems = systems.map_or_else(Vec::new, |systems| names.systems(systems, warn));
        let title = title.map(words_on_one_line).filter(|title| !title.is_empty());
        title.as_deref().map_or(Ok(()), check_name_length)?;
        Ok(Self { id: AdvisoryId::new(&slug(&id)), title, cvss_tenths, published_on, is_exploited, systems })
    }

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

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "known" | "active" => Some(true),
        "no" | "n" | "false" | "0" | "-" | "none" | "unknown" => Some(false),
        _ => None,
    }
}

/// The plan's systems by id and by name in lower case.
struct SystemNames<'a>(HashMap<String, Vec<&'a SystemId>>);

impl<'a> SystemNames<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut names: HashMap<String, Vec<&SystemId>> = HashMap::new();
        for system in plan.systems() {
            names.entry(words_on_one_line(&system.name).to_lowercase()).or_default().push(&system.id);
        }
        // If an id is also the name of another system, the id wins.
        names.extend(plan.systems().iter().map(|system| (system.id.as_str().to_lowercase(), vec![&system.id])));
        Self(names)
    }

    /// The systems that a cell names, sorted. Semicolons, bars or commas separate several, and spaces several ids. A name
    /// may itself contain any of these.
    fn systems(&self, cell: &str, warn: &mut dyn FnMut(String)) -> Vec<SystemId> {
        let mut systems = Vec::new();
        self.collect(cell, &[&[';', '|', '\n', '\r'], &[',']], &mut systems, warn);
        systems.sort();
        systems.dedup();
        systems
    }

    fn collect(&self, text: &str, separators: &[&[char]], systems: &mut Vec<SystemId>, warn: &mut dyn FnMut(String)) {
        if let Some(found) = self.named(text) {
            systems.extend(found);
        } else if let Some((first, rest)) = separators.split_first() {
            for part in text.split(*first).map(str::trim).filter(|part| !part.is_empty()) {
                self.collect(part, rest, systems, warn);
            }
        } else {
            match text.split_whitespace().map(|word| self.named(word)).collect::<Option<Vec<_>>>() {
                Some(words) => systems.extend(words.into_iter().flatten()),
                None => warn(format!("Unknown system \"{}\": ignored", words_on_one_line(text))),
            }
        }
    }

    fn named(&self, name: &str) -> Option<impl Iterator<Item = SystemId>> {
        self.0.get(&words_on_one_line(name).to_lowercase()).map(|ids| ids.iter().map(|id| (*id).clone()))
    }
}
