//! Business areas of the plan as cells name them.

use crate::model::{AreaId, Plan};

/// The areas that a cell names by id or name, sorted; semicolons, bars or commas separate several. None if one is
/// unknown.
pub fn area_ids(text: &str, plan: &Plan) -> Option<Vec<AreaId>> {
    if let Some(area) = area_id(text, plan) {
        return Some(vec![area]);
    }
    let names = text.split([';', ',', '|', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let mut areas = names.map(|name| area_id(name, plan)).collect::<Option<Vec<_>>>()?;
    areas.sort();
    areas.dedup();
    (!areas.is_empty()).then_some(areas)
}

/// The area with that id or name.
pub fn area_id(name: &str, plan: &Plan) -> Option<AreaId> {
    let name = name.trim().to_lowercase();
    let by_id = plan.areas().iter().find(|area| area.id.as_str().to_lowercase() == name);
    by_id.or_else(|| plan.areas().iter().find(|area| area.name.to_lowercase() == name)).map(|area| area.id.clone())
}
