//! Hosts in JSON documents.

use serde_json::Value;

use super::collected::Inventory;
use super::host_row::HostRow;
use crate::connect::documents::json;
use crate::connect::documents::json_value::text;
use crate::import::{ImportError, ImportKind, Imported, Input};

/// What a document has.
#[derive(Default)]
pub struct JsonHosts {
    pub rows: Vec<HostRow>,
    /// Why it is only a part of an inventory, as a sentence without a full stop.
    pub part: Option<&'static str>,
}

/// Reads the hosts of the only file. `hosts` finds them in a document; none if it is of another shape.
///
/// # Errors
/// The file cannot be read, is not such a document, or has too many hosts.
pub fn read(
    input: &Input<'_>,
    kind: &'static ImportKind,
    hosts: fn(&Value) -> Option<JsonHosts>,
) -> Result<Imported, ImportError> {
    let document: Value = json::read(input, kind.name)?;
    let wrong = || ImportError::BrokenDocument { name: kind.name, problem: "its list of hosts is missing".to_owned() };
    let JsonHosts { rows, part } = hosts(&document).ok_or_else(wrong)?;
    let mut inventory = Inventory::new(kind.id, input)?;
    for row in rows {
        input.source.check_cancelled()?;
        inventory.add(row)?;
    }
    if let Some(part) = part {
        inventory.warn(None, part);
    }
    Ok(inventory.finish(part.is_none()))
}

/// The first of two values that is a number or a text that says something, as a text.
pub fn number_or_text(values: [&Value; 2]) -> String {
    let written = |value: &Value| value.as_u64().map_or_else(|| text(value).to_owned(), |number| number.to_string());
    values.map(written).into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// The texts that say something, each once.
pub fn names<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !names.iter().any(|name| name == text) {
            names.push(text.to_owned());
        }
    }
    names
}
