//! CISA's catalogue of known exploited vulnerabilities, in JSON. What affects no system of the plan is left out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::Tally;
use super::matching::Makes;
use crate::import::windows_csv::cells;
use crate::import::{ImportError, Imported, MOST_RECORDS, one_line};
use crate::model::{Advisory, AdvisoryId, Plan, slug};
use crate::wording::counted;

#[derive(Deserialize)]
struct Catalogue {
    vulnerabilities: Vec<Value>,
}

/// One entry with its dates understood.
struct Dated {
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

pub(super) fn read(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let catalogue: Catalogue =
        serde_json::from_str(text).map_err(|error| ImportError::NoCatalogue(one_line(&error.to_string())))?;
    let all = catalogue.vulnerabilities.len();
    if all > MOST_RECORDS {
        return Err(ImportError::TooMany("entries"));
    }
    let makes = Makes::of(plan);
    let (mut imported, mut tally, mut left_out) = (Imported::default(), Tally::default(), LeftOut::default());
    let mut seen = BTreeSet::new();
    for (index, value) in catalogue.vulnerabilities.into_iter().enumerate() {
        let entry = match Dated::of(value) {
            Ok(entry) => entry,
            Err(problem) => {
                left_out.unread += 1;
                imported.warn(None, format!("Entry {} left out: {problem}", index + 1));
                continue;
            }
        };
        let id = AdvisoryId::new(&slug(&entry.entry.cve_id));
        let affected = makes.affected(&entry.entry.vendor_project, &entry.entry.product);
        let old = plan.advisories().get(&id);
        if affected.is_empty() && old.is_none() {
            continue;
        }
        if !seen.insert(id.clone()) {
            left_out.doubled += 1;
        } else if old.is_none() && entry.due_on.is_some_and(|due_on| due_on < plan.horizon().from) {
            left_out.too_early += 1;
        } else {
            let mut advisory = old.map_or_else(|| entry.new_advisory(id), |old| entry.renewed(old));
            advisory.systems.extend(affected);
            advisory.systems.sort();
            advisory.systems.dedup();
            tally.put(advisory, plan, &mut imported);
        }
    }
    imported.summary = format!("{} out of {}", tally.in_words(), counted(all, "entry"));
    left_out.tell(&mut imported, &tally, plan.horizon().from);
    tell_unsaid(&mut imported, &makes, plan);
    Ok(imported)
}

impl Dated {
    fn of(value: Value) -> Result<Self, String> {
        let number = value.get("cveID").and_then(Value::as_str).map(one_line).unwrap_or_default();
        let about = |problem: String| if number.is_empty() { problem } else { format!("{number}: {problem}") };
        let entry: Entry = serde_json::from_value(value).map_err(|error| about(one_line(&error.to_string())))?;
        if number.is_empty() {
            return Err("it has no cveID".to_owned());
        }
        let added_on = cells::date(&entry.date_added).map_err(|problem| about(format!("dateAdded {problem}")))?;
        let due_on = Some(&entry.due_date).filter(|date| !date.trim().is_empty()).map(|date| cells::date(date));
        let due_on = due_on.transpose().map_err(|problem| about(format!("dueDate {problem}")))?;
        Ok(Self { entry, added_on, due_on })
    }

    fn new_advisory(&self, id: AdvisoryId) -> Advisory {
        let Entry { short_description, required_action, known_ransomware_campaign_use, notes, .. } = &self.entry;
        let is_known = known_ransomware_campaign_use.eq_ignore_ascii_case("known");
        let ransomware = if is_known { "Used in ransomware campaigns." } else { "" };
        let paragraphs = [short_description, required_action, ransomware, notes].map(one_line);
        let paragraphs: Vec<String> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
        Advisory { notes: paragraphs.join("\n"), ..self.renewed(&Advisory::new(id, "", self.added_on)) }
    }

    /// The advisory with what the catalogue says now. People's own words about it stay.
    fn renewed(&self, old: &Advisory) -> Advisory {
        let names = [&self.entry.vulnerability_name, &self.entry.cve_id].map(|name| one_line(name));
        Advisory {
            title: names.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
            vendor: one_line(&self.entry.vendor_project),
            product: one_line(&self.entry.product),
            is_exploited: true,
            published_on: self.added_on,
            due_on: self.due_on.or(old.due_on),
            ..old.clone()
        }
    }
}

/// How many entries were not taken in, by why.
#[derive(Default)]
struct LeftOut {
    unread: usize,
    doubled: usize,
    too_early: usize,
}

impl LeftOut {
    fn tell(&self, imported: &mut Imported, tally: &Tally, plan_begins: NaiveDate) {
        let were = |count| if count == 1 { "was" } else { "were" };
        let early = format!("due before the plan begins ({plan_begins}) and left out");
        let told = [
            (self.unread, "could not be read".to_owned()),
            (self.doubled, format!("{} in the catalogue before: the first one counts", were(self.doubled))),
            (self.too_early, format!("matched a system, but {} {early}", were(self.too_early))),
            (tally.same, format!("{} in the plan already, just so", were(tally.same))),
        ];
        for (count, what) in told.into_iter().filter(|(count, _)| *count > 0) {
            imported.warn(None, format!("{} {what}", counted(count, "entry")));
        }
    }
}

/// Says how many systems nothing could be matched to.
fn tell_unsaid(imported: &mut Imported, makes: &Makes, plan: &Plan) {
    let all = counted(plan.systems().len(), "system");
    let (says, them) = if makes.unsaid == 1 { ("says", "it") } else { ("say", "them") };
    if makes.unsaid > 0 {
        let why = format!("so nothing was matched to {them}: enter vendor and product");
        imported.warn(None, format!("{} of {all} {says} neither product nor platform, {why}", makes.unsaid));
    }
}
