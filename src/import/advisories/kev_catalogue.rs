//! CISA's catalogue of known exploited vulnerabilities, in JSON. Entries that affect no system of the plan are skipped.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::kev_entries::entries;
use super::product_match::ProductMatch;
use super::tally::Tally;
use crate::import::confidence::Confidence;
use crate::import::cve::cves_in;
use crate::import::error::ImportError;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::import::report::ImportReport;
use crate::import::tables::cells;
use crate::import::text::{checked, words_on_one_line};
use crate::model::{Advisory, AdvisoryId, Plan, check_name_length, slug};
use crate::wording::{counted, within_sentence};

#[derive(Deserialize)]
struct Catalogue {
    #[serde(deserialize_with = "known_entries")]
    vulnerabilities: Vec<Value>,
}

/// The entries alone, as a list.
#[derive(Deserialize)]
struct EntryList(#[serde(deserialize_with = "known_entries")] Vec<Value>);

/// The fields of an [`Entry`].
const FIELDS: &[&str] = &[
    "cveID",
    "vendorProject",
    "product",
    "vulnerabilityName",
    "dateAdded",
    "dueDate",
    "shortDescription",
    "requiredAction",
    "knownRansomwareCampaignUse",
    "notes",
];

fn known_entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    entries(deserializer, FIELDS)
}

/// One entry with its dates parsed.
struct DatedEntry {
    entry: Entry,
    added_on: NaiveDate,
    due_on: Option<NaiveDate>,
}

/// One entry, as far as a plan needs it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(rename = "cveID")]
    cve_id: String,
    vendor_project: String,
    product: String,
    #[serde(default)]
    vulnerability_name: String,
    date_added: String,
    #[serde(default)]
    due_date: String,
    #[serde(default)]
    short_description: String,
    #[serde(default)]
    required_action: String,
    #[serde(default)]
    known_ransomware_campaign_use: String,
    #[serde(default)]
    notes: String,
}

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text().trim_start_matches('\u{feff}').trim_start();
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    match text.starts_with(['{', '[']) {
        true if has("cveID") && (has("vulnerabilities") || has("dateAdded")) => Confidence::Certain,
        true if ["vulnerabilities", "cveID", "catalogVersion"].into_iter().any(has) => Confidence::Unlikely,
        true | false => Confidence::No,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let (text, plan) = (input.text()?, input.plan());
    let vulnerabilities = vulnerabilities(checked(&text)?)?;
    let all = vulnerabilities.len();
    let products = ProductMatch::new(plan);
    let (mut imported, mut tally, mut skipped) = (Imported::default(), Tally::default(), Skipped::default());
    let (mut seen, mut cves, mut others) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (index, value) in vulnerabilities.into_iter().enumerate() {
        input.source.check_cancelled()?;
        cves.extend(value.get("cveID").and_then(Value::as_str).map(cves_in).unwrap_or_default());
        let entry = match DatedEntry::parse(value) {
            Ok(entry) => entry,
            Err(problem) => {
                skipped.unread += 1;
                imported.warn(None, format!("Entry {} skipped: {problem}", index + 1));
                continue;
            }
        };
        let id = AdvisoryId::new(&slug(&entry.entry.cve_id));
        let affected = products.affected(&entry.entry.vendor_project, &entry.entry.product);
        let old = plan.advisories().get(&id);
        if affected.is_empty() && old.is_none() {
            others += 1;
            continue;
        }
        if !seen.insert(id.clone()) {
            skipped.repeated += 1;
        } else if old.is_none() && entry.due_on.is_some_and(|due_on| due_on < plan.horizon().from) {
            skipped.too_early += 1;
        } else {
            let mut advisory = old.map_or_else(|| entry.new_advisory(id), |old| entry.updated(old));
            advisory.systems.extend(affected);
            advisory.systems.sort();
            advisory.systems.dedup();
            tally.put(advisory, plan, &mut imported);
        }
    }
    imported.report = Some(skipped.report(all, others, cves.len()));
    imported.summary = format!("{} of {} entries", tally.summary(), all);
    skipped.warn(&mut imported, &tally, plan.horizon().from);
    warn_about_systems_without_product(&mut imported, &products, plan);
    Ok(imported.in_order())
}

/// The entries of the catalogue, or of a list of them.
///
/// # Errors
/// It is neither, has too many entries, or none of them is about a CVE, as in documents of other programs that have a list
/// of this name.
fn vulnerabilities(text: &str) -> Result<Vec<Value>, ImportError> {
    let not_catalogue = |problem: &str| ImportError::NotCatalogue(words_on_one_line(problem));
    let is_list = text.trim_start_matches('\u{feff}').trim_start().starts_with('[');
    let read = if is_list {
        serde_json::from_str::<EntryList>(text).map(|list| list.0)
    } else {
        serde_json::from_str::<Catalogue>(text).map(|catalogue| catalogue.vulnerabilities)
    };
    let entries = read.map_err(|error| not_catalogue(&error.to_string()))?;
    if entries.len() > MOST_RECORDS {
        return Err(ImportError::TooMany("entries"));
    }
    if !entries.is_empty() && entries.iter().all(|entry| entry.get("cveID").is_none()) {
        return Err(not_catalogue("no entry has a cveID"));
    }
    Ok(entries)
}

impl DatedEntry {
    fn parse(value: Value) -> Result<Self, String> {
        let number = value.get("cveID").and_then(Value::as_str).map(words_on_one_line).unwrap_or_default();
        let about = |problem: String| if number.is_empty() { problem } else { format!("{number}: {problem}") };
        let entry: Entry =
            serde_json::from_value(value).map_err(|error| about(words_on_one_line(&error.to_string())))?;
        if number.is_empty() {
            return Err("cveID is missing".to_owned());
        }
        check_name_length(&entry.vulnerability_name).map_err(about)?;
        let added_on = cells::date(&entry.date_added)
            .map_err(|problem| about(format!("dateAdded: {}", within_sentence(&problem))))?;
        let due_on = Some(&entry.due_date).filter(|date| !date.trim().is_empty()).map(|date| cells::date(date));
        let due_on = due_on.transpose().map_err(|problem| about(format!("dueDate: {}", within_sentence(&problem))))?;
        Ok(Self { entry, added_on, due_on })
    }

    fn new_advisory(&self, id: AdvisoryId) -> Advisory {
        let Entry { short_description, required_action, known_ransomware_campaign_use, notes, .. } = &self.entry;
        let is_known = known_ransomware_campaign_use.eq_ignore_ascii_case("known");
        let ransomware = if is_known { "Used in ransomware campaigns." } else { "" };
        let paragraphs = [short_description, required_action, ransomware, notes].map(words_on_one_line);
        let paragraphs: Vec<String> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
        Advisory { notes: paragraphs.join("\n"), ..self.updated(&Advisory::new(id, "", self.added_on)) }
    }

    /// The advisory with what the catalogue says now. What people or scanners wrote about it is kept; so is an earlier day
    /// of publication, since the catalogue only knows when an entry was added.
    fn updated(&self, old: &Advisory) -> Advisory {
        let names = [&self.entry.vulnerability_name, &self.entry.cve_id].map(|name| words_on_one_line(name));
        let has_title = !old.title.is_empty() && old.title != old.number();
        let own_title = Some(&old.title).filter(|_| has_title).cloned();
        Advisory {
            title: own_title.or_else(|| names.into_iter().find(|name| !name.is_empty())).unwrap_or_default(),
            vendor: words_on_one_line(&self.entry.vendor_project),
            product: words_on_one_line(&self.entry.product),
            is_exploited: true,
            published_on: old.published_on.min(self.added_on),
            due_on: self.due_on.or(old.due_on),
            ..old.clone()
        }
    }
}

/// How many entries were skipped, by reason.
#[derive(Default)]
struct Skipped {
    unread: usize,
    repeated: usize,
    too_early: usize,
}

impl Skipped {
    /// `others`: entries for none of the plan's systems. `cves`: distinct ones of all entries.
    fn report(&self, all: usize, others: usize, cves: usize) -> ImportReport {
        let mut report = ImportReport::new(super::KEV_CATALOGUE.id);
        report.rows = all;
        report.rows_imported = all - others - self.unread - self.repeated - self.too_early;
        (report.items, report.cves, report.cves_imported) = (report.rows_imported, cves, report.rows_imported);
        if all > 0 {
            report.by_severity.insert("none", all);
        }
        report.leave_out("of no system and no advisory of the plan", others);
        report.leave_out("entries that cannot be read", self.unread);
        report.leave_out("repeated", self.repeated);
        report.leave_out("due before the plan begins", self.too_early);
        report
    }

    fn warn(&self, imported: &mut Imported, tally: &Tally, plan_begins: NaiveDate) {
        let skipped = [
            (self.unread, "could not be read".to_owned()),
            (self.repeated, "skipped: repeated in the catalogue".to_owned()),
            (self.too_early, format!("for a system skipped: due before the plan begins ({plan_begins})")),
            (tally.same, "unchanged: the plan already says the same".to_owned()),
        ];
        for (count, reason) in skipped.into_iter().filter(|(count, _)| *count > 0) {
            imported.warn(None, format!("{} {reason}", counted(count, "entry")));
        }
    }
}

/// Warns about systems that no entry can match.
fn warn_about_systems_without_product(imported: &mut Imported, products: &ProductMatch, plan: &Plan) {
    let without = products.systems_without_product;
    if without > 0 {
        let all = counted(plan.systems().len(), "system");
        let (has, them) = if without == 1 { ("has", "it") } else { ("have", "them") };
        let advice = format!("no entry can match {them}: enter vendor and product");
        imported.warn(None, format!("{without} of {all} {has} neither product nor platform, so {advice}"));
    }
}
