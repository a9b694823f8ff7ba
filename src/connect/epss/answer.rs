//! Reads an answer of the API, which writes numbers as texts.

use super::ANSWER;
use super::scores::Scores;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, list, number, text};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["data", "cve"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["data", "status-code"])
            && (json::has_keys(text, &["epss"]) || !json::has_keys(text, &["cve"]))
            || json::has_keys(text, &["cve", "epss", "percentile"]) && !json::has_keys(text, &["matches"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, ANSWER.name, &[])?;
    let mut scores = Scores::new(ANSWER.id, input);
    let (mut scored_on, mut remarks) = (None, Vec::new());
    for document in json::known_elements(&documents, ANSWER.name, MEMBERS)? {
        let (total, is_page) = (document["total"].as_u64().unwrap_or(0), document["data"].is_array());
        let entries = list(&document["data"]);
        if total > entries.len() as u64 {
            remarks.push(format!("The file has {} of {total} scores: FIRST gives them in pages", entries.len()));
        }
        for entry in if is_page { entries } else { std::slice::from_ref(document) } {
            input.source.check_cancelled()?;
            let score = number(&entry["epss"]).map_or_else(String::new, |score| score.to_string());
            scores.add(text(&entry["cve"]), &score);
            scored_on = scored_on.max(day(&entry["date"]));
        }
    }
    Ok(scores.finish(scored_on, remarks))
}
