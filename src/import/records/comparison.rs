//! What an import changes in a record that the plan has, in words.

use serde::Serialize;
use serde_json::{Map, Value};

use super::record_list::RecordColumn;
use crate::wording::{capitalised, list_in_sentence};

/// Fields that no person changes.
const TECHNICAL: [&str; 2] = ["imported", "sequence"];

/// The names of the fields in which two records differ, as in the plan file.
pub(super) fn changed_fields(old: &impl Serialize, new: &impl Serialize) -> Vec<String> {
    let (old, new) = (fields(old), fields(new));
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    names.filter(|name| !TECHNICAL.contains(&name.as_str()) && old.get(*name) != new.get(*name)).cloned().collect()
}

/// "Renamed from Core; Platform: Linux → Windows; also notes"
pub(super) fn differences(columns: &[RecordColumn], old: &[String], new: &[String], changed: &[String]) -> String {
    let cells = columns.iter().zip(old.iter().zip(new)).filter(|(_, (old, new))| old != new);
    let mut parts: Vec<String> = cells
        .clone()
        .map(|(column, (old, new))| match column.fields {
            ["name"] => format!("Renamed from {}", shown(old)),
            _ => format!("{}: {} → {}", column.title, shown(old), shown(new)),
        })
        .collect();
    let is_shown = |field: &&String| cells.clone().any(|(column, _)| column.fields.contains(&field.as_str()));
    let others: Vec<String> =
        changed.iter().filter(|field| !is_shown(field)).map(|field| field.replace('_', " ")).collect();
    if !others.is_empty() {
        let others = list_in_sentence(&others, others.len());
        parts.push(if parts.is_empty() {
            format!("{} changed", capitalised(&others))
        } else {
            format!("also {others}")
        });
    }
    parts.join("; ")
}

fn shown(cell: &str) -> &str {
    if cell.is_empty() { "none" } else { cell }
}

fn fields(record: &impl Serialize) -> Map<String, Value> {
    // Records of a plan can always be written; one that could not has no fields to compare.
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) | Err(_) => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_fields_are_compared_and_others_are_named() {
        let columns = [RecordColumn::new("Name", &["name"]), RecordColumn::new("Product", &["vendor", "product"])];
        let cells = |product: &str| vec!["A".to_owned(), product.to_owned()];
        let differ = |old: &str, new: &str, changed: &[&str]| {
            let changed: Vec<String> = changed.iter().map(|&field| field.to_owned()).collect();
            differences(&columns, &cells(old), &cells(new), &changed)
        };
        assert_eq!(differ("", "Linux", &["vendor", "product"]), "Product: none → Linux");
        assert_eq!(differ("X", "Y", &["vendor", "notes", "depends_on"]), "Product: X → Y; also notes and depends on");
        let renamed = differences(&columns, &["A".to_owned(), "X".to_owned()], &["B".to_owned(), "X".to_owned()], &[]);
        assert_eq!(renamed, "Renamed from A");
        assert_eq!(differ("X", "X", &["service_owner"]), "Service owner changed");
        assert_eq!(differ("X", "X", &[]), "");
    }

    #[test]
    fn what_only_the_program_keeps_is_no_change() {
        let record = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let old = record("{\"name\": \"A\", \"sequence\": 1, \"hosts\": 2}");
        let new = record("{\"name\": \"A\", \"sequence\": 2, \"imported\": 1, \"hosts\": 3, \"notes\": \"x\"}");
        assert_eq!(changed_fields(&old, &new), ["hosts", "notes"]);
    }
}
