//! The text of a scope: "Everything", "Areas: Payments, Trading".

use super::choices;
use crate::model::{Plan, SystemScope};

pub fn scope(plan: &Plan, scope: &SystemScope) -> String {
    match scope {
        SystemScope::Everything => "Everything".to_owned(),
        SystemScope::Areas(ids) => format!("Areas: {}", choices::joined_names(plan.areas(), ids)),
        SystemScope::Ladders(ids) => format!("Ladders: {}", choices::joined_names(plan.ladders(), ids)),
        SystemScope::Systems(ids) => format!("Systems: {}", choices::joined_names(plan.systems(), ids)),
    }
}

pub fn read_scope(plan: &Plan, text: &str) -> Result<SystemScope, String> {
    if matches!(text.trim().to_lowercase().as_str(), "everything" | "all") {
        return Ok(SystemScope::Everything);
    }
    let wrong = || format!("Invalid scope \"{}\": use Everything, or e.g. Areas: Payments", text.trim());
    let (kind, names) = text.split_once(':').ok_or_else(wrong)?;
    match kind.trim().to_lowercase().as_str() {
        "area" | "areas" => Ok(SystemScope::Areas(choices::sorted_records(plan.areas(), names)?)),
        "ladder" | "ladders" => Ok(SystemScope::Ladders(choices::sorted_records(plan.ladders(), names)?)),
        "system" | "systems" => Ok(SystemScope::Systems(choices::sorted_records(plan.systems(), names)?)),
        _ => Err(wrong()),
    }
}
