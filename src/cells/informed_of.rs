//! What people and teams are informed of, as a cell shows and reads it.

use super::choices as cells;
use crate::model::{InformedOf, Plan};

pub fn shown(plan: &Plan, informed_of: &InformedOf) -> String {
    informed_of.in_words(plan.systems(), plan.areas())
}

/// What most people type.
pub fn choices(plan: &Plan) -> Vec<String> {
    let areas = cells::all_names(plan.areas()).into_iter().map(|area| format!("{}: {area}", InformedOf::AREAS));
    let usual = ["", InformedOf::BOOKINGS, InformedOf::EVERYTHING].map(str::to_owned);
    usual.into_iter().chain(areas).collect()
}

/// Reads "Everything", "Own bookings", "Systems: Core DB; Areas: Payments", or nothing.
///
/// # Errors
/// Another text, or an unknown name.
pub fn read(plan: &Plan, text: &str) -> Result<InformedOf, String> {
    match text.trim().to_lowercase().as_str() {
        "" | "nothing" | "no" => return Ok(InformedOf::Nothing),
        "own bookings" | "bookings" => return Ok(InformedOf::Bookings),
        "everything" | "all" => return Ok(InformedOf::Everything),
        _ => {}
    }
    let (systems, areas) = parts(text).ok_or_else(|| {
        format!(
            "Invalid text \"{}\": use Everything, Own bookings, or e.g. Systems: Core DB; Areas: Payments",
            text.trim()
        )
    })?;
    Ok(InformedOf::Affecting {
        systems: cells::sorted_records(plan.systems(), systems)?,
        areas: cells::sorted_records(plan.areas(), areas)?,
    })
}

/// The names after "Systems:" and after "Areas:", in any order. None if the text begins with neither. A name may contain
/// "areas:" or a semicolon, so the second part begins where one of these follows the other.
fn parts(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let after = |start: &str| {
        let head = text.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start))?;
        Some(text[head.len()..].trim_start())
    };
    let split = |rest, next: &str| {
        let at = str::find(&str::to_ascii_lowercase(rest), &format!("; {next}"));
        at.map_or((rest, ""), |at| (&rest[..at], rest[at + 2 + next.len()..].trim_start()))
    };
    let systems_first = after("systems:").or_else(|| after("system:")).map(|rest| split(rest, "areas:"));
    systems_first.or_else(|| {
        let (areas, systems) = split(after("areas:").or_else(|| after("area:"))?, "systems:");
        Some((systems, areas))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BusinessArea, Edit, Horizon, System};

    fn plan() -> Plan {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let system = |name: &str| Edit::PutSystem(System { id: name.into(), name: name.into(), ..System::default() });
        let area =
            |name: &str| Edit::PutArea(BusinessArea { id: name.into(), name: name.into(), ..BusinessArea::default() });
        let edits = vec![system("Core DB"), system("Web; old"), area("Payments"), area("Trading")];
        plan.apply(&Edit::Together { label: "Fill".into(), edits }).unwrap()
    }

    #[test]
    fn what_a_cell_shows_is_read_again() {
        let plan = plan();
        let affecting = |systems: &[&str], areas: &[&str]| InformedOf::Affecting {
            systems: systems.iter().map(|id| (*id).into()).collect(),
            areas: areas.iter().map(|id| (*id).into()).collect(),
        };
        for informed_of in [
            InformedOf::Nothing,
            InformedOf::Bookings,
            InformedOf::Everything,
            affecting(&["Core DB"], &[]),
            affecting(&["Core DB", "Web; old"], &["Payments", "Trading"]),
            affecting(&[], &["Trading"]),
        ] {
            assert_eq!(read(&plan, &shown(&plan, &informed_of)), Ok(informed_of));
        }
        assert_eq!(read(&plan, "area: payments; SYSTEMS: core db"), Ok(affecting(&["Core DB"], &["Payments"])));
    }

    #[test]
    fn a_text_that_says_something_else_is_refused() {
        assert!(read(&plan(), "Payments").unwrap_err().starts_with("Invalid text \"Payments\": use Everything"));
        assert!(read(&plan(), "Areas: Fax").unwrap_err().starts_with("Unknown business area \"Fax\""));
    }
}
